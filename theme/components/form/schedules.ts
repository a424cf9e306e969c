import { type Answers, type Data, type Finding, indexesOf, list, text } from "./model"
import { type Day, type Recurrence, lengthOf, readRule, readStretch, weekdayOf, written } from "./recurrence"
import { meetingDays } from "./sentence"

/** A day as a number of days, so that days can be counted. */
type Count = number

const DAY_MS = 86_400_000
const WEEK = 7
/** What does not happen within so many days never does, as generator/rules/times.py has it. */
const AHEAD = 5 * 366
/** The hour that is skipped in spring and comes twice in autumn, on a Sunday. */
const NIGHT = ["02:00", "03:00"] as const
const SUNDAY = 6

interface Meeting {
  at: string
  found: Recurrence | undefined
  seasons: number[]
  first: Count | undefined
  last: Count | undefined
}

/** A stretch as days from the first to the last, in every year where `year` is 0. */
type Span = [first: Day, last: Day]

/**
 * Return what the parts of a schedule say together that can't be, as generator/rules/times.py does.
 *
 * Which days are school or public holidays, `check` alone knows.
 */
export function schedule(answers: Answers, at: string, data: Data, today: string): Finding[] {
  const meetings = indexesOf(answers, `${at}.meetings`).map(index => meetingAt(answers, `${at}.meetings.${index}`, data))
  const without = indexesOf(answers, `${at}.without`).map(index => `${at}.without.${index}.days`)
  const stretches = without.map(path => readStretch(data.times, text(answers, path)))
  const now = countOf(dayOf(today) ?? [0, 1, 1])
  const isReckoned = meetings.every(one => hasDays(one.found))
  const found: Finding[] = []
  const tell = (path: string, rule: string, values: Record<string, string> = {}): void => {
    found.push({ path, rule, values })
  }

  const inOrder = (path: string, start: string, end: string): void => {
    const [first, last] = [start, end].map(name => text(answers, `${path}.${name}`).replace(".", ":"))
    if (first && last && last < first) tell(`${path}.${end}`, "end-before-start", { start: first, end: last })
  }
  for (const index of indexesOf(answers, `${at}.changes`)) inOrder(`${at}.changes.${index}`, "starts", "ends")

  for (const { at: path, found: days } of meetings) {
    inOrder(path, "starts", "ends")
    inOrder(path, "first_day", "last_day")
    const rule = text(answers, `${path}.rule`)
    const named = rule ? readRule(data.times, rule) : undefined
    if (named && (named.nth.length || named.dates.length || named.days.length) && list(answers, `${path}.days`).length) {
      tell(`${path}.days`, "days-twice")
    }
    const weekdays = [...(days?.days ?? []), ...(days?.nth ?? []).map(([, day]) => day), ...(days?.dates ?? []).map(weekdayOf)]
    for (const name of ["starts", "ends"]) {
      const time = text(answers, `${path}.${name}`).replace(".", ":")
      if (weekdays.includes(SUNDAY) && time >= NIGHT[0] && time < NIGHT[1]) tell(`${path}.${name}`, "clock-change", { time })
    }
  }

  const hasUnknownDays = stretches.some(one => one.school || one.isPublic)
  const spans = stretches.flatMap(one => one.spans)
  for (const one of meetings) {
    if (!hasDays(one.found) || (one.first !== undefined && one.last !== undefined && one.last < one.first)) continue
    const dates = (one.found?.dates ?? []).map(countOf)
    const first = one.first ?? (dates.length ? Math.min(...dates) : (one.last ?? now))
    const isPlain = !(dates.length || one.last !== undefined || one.seasons.length || stretches.length)
    if (isPlain || hasUnknownDays) continue
    const [start, end] = [Math.min(first, now), Math.max(first, now) + AHEAD]
    if (!someDay(start, end, day => isOn(one, day) && !spans.some(span => isIn(span, day)))) tell(`${one.at}.rule`, "never-happens")
  }

  if (meetings.length && isReckoned) {
    stretches.forEach((stretch, index) => {
      const isIdle = stretch.spans.some(span => !meetings.some(one => fallsIn(one, span, now)))
      if (isIdle) tell(without[index] ?? "", "nothing-then")
    })
    for (const index of indexesOf(answers, `${at}.changes`)) {
      const path = `${at}.changes.${index}.instead_of`
      const other = dayOf(text(answers, path))
      if (other && !meetings.some(one => isOn(one, countOf(other)))) {
        tell(path, "not-a-meeting-day", { day: written(other), weekday: data.times.weekdays[weekdayOf(other)] ?? "" })
      }
    }
  }

  const ends = meetings.map(one => one.last ?? Math.max(...(one.found?.dates ?? []).map(countOf)))
  if (isReckoned && ends.length && ends.every(Number.isFinite) && Math.max(...ends) < now) {
    const changes = indexesOf(answers, `${at}.changes`).map(index => text(answers, `${at}.changes.${index}.on`))
    const last = written(dateOf(Math.max(...ends)))
    if (!changes.some(day => day >= today)) tell(`${meetings[0]?.at}.rule`, "meetings-over", { last })
  }
  return found
}

function meetingAt(answers: Answers, at: string, data: Data): Meeting {
  const day = (name: string): Count | undefined => {
    const found = dayOf(text(answers, `${at}.${name}`))
    return found && countOf(found)
  }
  return {
    at,
    found: meetingDays(answers, at, data.times),
    seasons: list(answers, `${at}.seasons`).flatMap(season => data.times.seasons[season] ?? []),
    first: day("first_day"),
    last: day("last_day"),
  }
}

function hasDays(found: Recurrence | undefined): boolean {
  return found !== undefined && (found.nth.length > 0 || found.dates.length > 0 || (found.kind === "weekly" && found.days.length > 0))
}

/** Say whether a meeting is on a day, without regard to exceptions. */
function isOn({ found, seasons, first, last }: Meeting, count: Count): boolean {
  if (!found || count < (first ?? count) || count > (last ?? count)) return false
  const day = dateOf(count)
  if (seasons.length && !seasons.includes(day[1])) return false
  if (found.kind === "once") return found.dates.some(one => countOf(one) === count)
  const weekday = weekdayOf(day)
  if (found.kind === "monthly") {
    const length = day[1] === 2 ? new Date(Date.UTC(day[0], 2, 0)).getUTCDate() : lengthOf(day[1])
    const nth = Math.ceil(day[2] / WEEK)
    return found.nth.some(([which, on]) => on === weekday && (which === nth || (which === -1 && day[2] + WEEK > length)))
  }
  if (!found.days.includes(weekday)) return false
  if (!found.start) return true
  const [start, monday] = [countOf(found.start), countOf(found.start) - weekdayOf(found.start)]
  return count >= start && Math.floor((count - monday) / WEEK) % found.interval === 0
}

/** Say whether a meeting ever falls in a stretch; one of every year is tried for some years. */
function fallsIn(one: Meeting, span: Span, now: Count): boolean {
  const [first, last] = span
  if (first[0]) return someDay(countOf(first), countOf(last), day => isOn(one, day))
  const dates = (one.found?.dates ?? []).map(countOf)
  const start = one.first ?? (dates.length ? Math.min(...dates) : Math.min(now, one.last ?? now))
  return someDay(start - 366, Math.max(start, now) + AHEAD + 366, day => isIn(span, day) && isOn(one, day))
}

/** Say whether a day lies in a stretch, which may run over the turn of the year. */
function isIn([first, last]: Span, count: Count): boolean {
  if (first[0]) return countOf(first) <= count && count <= countOf(last)
  const [, month, day] = dateOf(count)
  const [own, start, end] = [month * 100 + day, first[1] * 100 + first[2], last[1] * 100 + last[2]]
  return start <= end ? start <= own && own <= end : own >= start || own <= end
}

function someDay(first: Count, last: Count, is: (day: Count) => boolean): boolean {
  for (let day = first; day <= last; day++) if (is(day)) return true
  return false
}

function dayOf(day: string): Day | undefined {
  const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day.trim())
  return found ? [Number(found[1]), Number(found[2]), Number(found[3])] : undefined
}

function countOf([year, month, day]: Day): Count {
  return Date.UTC(year, month - 1, day) / DAY_MS
}

function dateOf(count: Count): Day {
  const date = new Date(count * DAY_MS)
  return [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]
}
