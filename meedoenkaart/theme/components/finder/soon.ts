import { type Schedule, times, today, weekdayOf } from "../when/days"
import type { Facet, Index } from "./data"

const [TODAY, WEEK, LATER] = [0, 1, 2]
const LAST = 6

/** Add the facet that the reader's own day decides: whether something is today or this week. */
export function withSoon(index: Index, day = today()): Index {
  const facet: Facet = {
    name: "wanneer",
    names: false,
    values: Object.entries(index.words.soon).map(([id, label]) => [id, label, []]),
    sets: [[], ...index.schedules.map(one => soon(one, day))],
    rows: index.offers.schedule.map(number => number + 1),
  }
  const at = index.facets.findIndex(({ name }) => name === "dag")
  return { ...index, facets: [...index.facets.slice(0, at), facet, ...index.facets.slice(at)] }
}

/** Return when the next times of a schedule are; a week ends on Sunday. */
function soon(schedule: Schedule, day: number): number[] {
  const days = times(schedule, day, day + LAST - weekdayOf(day)).map(one => one.day)
  return days.length ? (days[0] === day ? [TODAY, WEEK] : [WEEK]) : [LATER]
}
