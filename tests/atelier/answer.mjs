// Makes changes with the page's own modules: texts and names of changes in, texts and what stands in them out, no page.
import { readFileSync } from "node:fs"
import * as changes from "../../theme/components/atelier/changes.ts"
import * as history from "../../theme/components/atelier/history.ts"
import * as route from "../../theme/components/atelier/route.ts"

const data = JSON.parse(readFileSync(process.argv[2], "utf8"))
const called = { ...changes, ...history, ...route }

/** Calls a function by name; `$` stands for what came of the call before, `@` for the data. */
function run(calls) {
  let answer
  return calls.map(([name, ...values]) => {
    const filled = values.map(value => (value === "$" ? (answer?.text ?? answer) : value === "@" ? data : value))
    answer = called[name](...filled)
    return answer ?? null
  })
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(run)))
