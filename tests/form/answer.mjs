// Says when something is with the form's own modules: a list of answers in, a list of sentences out, no page.
import { readFileSync } from "node:fs"
import { answersOf } from "../../meedoenkaart/theme/components/form/answers.ts"
import { sentence } from "../../meedoenkaart/theme/components/form/sentence.ts"

const { times } = JSON.parse(readFileSync(process.argv[2], "utf8"))
const schedules = JSON.parse(readFileSync(0, "utf8"))
process.stdout.write(JSON.stringify(schedules.map(one => sentence(answersOf({ schedule: one }), "schedule", times))))
