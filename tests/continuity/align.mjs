// Columns of routes put together, with the page's own module: columns in, rows and differences out.
import { readFileSync } from "node:fs"
import { aligned, differences, together } from "../../meedoenkaart/theme/components/compare/align.ts"

const answer = columns => {
  const told = columns.map(one => ({ keys: one.keys, told: new Set(one.told) }))
  const { apart, hasCommon } = differences(told)
  return { aligned: aligned(columns.map(one => one.keys)), together: together(told), apart: apart.map(one => [one.alone, one.lacks]), hasCommon }
}
process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(answer)))
