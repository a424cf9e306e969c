// What goes on after a move, with the page's own modules: homes in, outcomes by key out.
import { readFileSync } from "node:fs"
import { unpacked } from "../../meedoenkaart/theme/components/finder/packed.ts"
import { Onward } from "../../meedoenkaart/theme/components/onward/rules.ts"

const [indexFile, continuityFile] = process.argv.slice(2).map(file => JSON.parse(readFileSync(file, "utf8")))
const index = unpacked(indexFile)
const { offers, organisations } = index
const keyOf = row => `${organisations.slug[offers.organisation[row]]}#${offers.id[row]}`
const networks = index.facets.find(one => one.name === "netwerk").values
const told = ({ rule, targets, networks: absent }) => [rule, targets.map(one => keyOf(one.row)), absent.map(one => networks[one][0])]

const homes = JSON.parse(readFileSync(0, "utf8"))
const answers = homes.map(home => {
  const onward = new Onward(index, continuityFile, home)
  return Object.fromEntries(offers.id.map((_, row) => [keyOf(row), (home ? onward.of(row) : [onward.travels(row)]).map(told)]))
})
process.stdout.write(JSON.stringify(answers))
