// What a frame on another site finds: queries and lists in, rows out.
import { readFileSync } from "node:fs"

globalThis.location = { search: "" }
globalThis.document = { documentElement: { lang: "nl" } }
const { asked, inFinder } = await import("../../meedoenkaart/theme/components/embed/asked.ts")
const { choose } = await import("../../meedoenkaart/theme/components/embed/list.ts")

const { facets, levels, calls } = JSON.parse(readFileSync(0, "utf8"))
const known = { facets: new Map(Object.entries(facets).map(([name, ids]) => [name, new Set(ids)])), levels: new Set(levels) }
const answers = calls.map(([query, list]) => {
  const question = asked(query, known)
  return { ...question, filter: null, finder: inFinder(query, question, known), found: list && choose(list, question.filter, levels) }
})
console.log(JSON.stringify(answers))
