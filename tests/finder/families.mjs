// Answers for words with the finder's own module: a file of families, and JSON in; JSON out.
import { readFileSync } from "node:fs"
import { readFamilies } from "../../meedoenkaart/theme/components/finder/families.ts"

const families = readFamilies(JSON.parse(readFileSync(process.argv[2], "utf8")))
const words = JSON.parse(readFileSync(0, "utf8"))
process.stdout.write(JSON.stringify(words.map(word => [families.formsOf(word), families.partsOf(word)])))
