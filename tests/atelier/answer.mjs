// Makes changes with the page's own modules, without a page: names of functions with what they get in, answers out.
import { readFileSync } from "node:fs"
import * as changes from "../../meedoenkaart/theme/components/atelier/changes.ts"
import * as hints from "../../meedoenkaart/theme/components/atelier/hints.ts"
import * as history from "../../meedoenkaart/theme/components/atelier/history.ts"
import * as link from "../../meedoenkaart/theme/components/atelier/link.ts"
import * as route from "../../meedoenkaart/theme/components/atelier/route.ts"
import * as start from "../../meedoenkaart/theme/components/atelier/start.ts"

const data = JSON.parse(readFileSync(process.argv[2], "utf8"))
const named = { ...changes, ...hints, ...history, ...link, ...route, ...start }

/** Calls functions one after another: `$` stands for the text of the answer before, `$view` for what stands in it, `@` for the data. */
async function run(calls) {
  const answers = []
  let text
  const filled = value => (value === null ? undefined : known(value))
  const known = value => ({ $: text, $view: () => route.viewOf(text), "@": data })[value] ?? value
  for (const [name, ...values] of calls) {
    const given = values.map(value => (typeof value === "object" && value ? value : filled(value))).map(value => (typeof value === "function" ? value() : value))
    const answer = await named[name](...given)
    text = typeof answer === "string" && name !== "refusalOf" ? answer : (answer?.text ?? text)
    answers.push(answer ?? null)
  }
  return answers
}

const asked = JSON.parse(readFileSync(0, "utf8"))
const answers = []
for (const calls of asked) answers.push(await run(calls))
process.stdout.write(JSON.stringify(answers))
