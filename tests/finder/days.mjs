// Reckons the days of schedules with the site's own module: JSON in, JSON out.
import { readFileSync } from "node:fs"
import { nextTime, times, today } from "../../meedoenkaart/theme/components/when/days.ts"

const { schedules, moments } = JSON.parse(readFileSync(0, "utf-8"))
const found = schedules.map(([schedule, first, last]) => [times(schedule, first, last), nextTime(schedule, first)?.day ?? null])
process.stdout.write(JSON.stringify({ found, days: moments.map(moment => today(new Date(moment))) }))
