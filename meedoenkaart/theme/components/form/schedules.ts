import { dateOf, isOn, numberOf, weekdayOf, type Meeting as Reckoned } from "../when/days"
import { type Answers, type Data, type Finding, indexesOf, list, text } from "./model"
import { type Day, type Recurrence, readRule, readStretch, written } from "./recurrence"
import { meetingDays } from "./sentence"

/** A day as `when/days` counts it. */
type Count = number

/** What does not happen within so many days never does, as meedoenkaart/rules/times.py has it. */
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
  /** What its days are reckoned from. */
  reckoned: Reckoned
}

/** A stretch as days from the first to the last, in every year where `year` is 0. */
type Span = [first: Day, last: Day]

/**
 * Return what the parts of a schedule say together that can't be, as meedoenkaart/rules/times.py does.
 *
 * Which days are school or public holidays, `check` alone knows.
 */
export function schedule(answers: Answers, at: string, data: Data, today: string): Finding[] {
  const meetings = indexesOf(answers, `${at}.meetings`).map(index => meetingAt(answers, `${at}.meetings.${index}`, data))
  const without = indexesOf(answers, `${at}.without`).map(index => `${at}.without.${index}.days`)
  const stretches = without.map(path => readStretch(data.times, text(answers, path)))
  const now = numberOf(dayOf(today) ?? [0, 1, 1])
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
    const weekdays = [...(days?.days ?? []), ...(days?.nth ?? []).map(([, day]) => day), ...(days?.dates ?? []).map(day => weekdayOf(numberOf(day)))]
    for (const name of ["starts", "ends"]) {
      const time = text(answers, `${path}.${name}`).replace(".", ":")
      if (weekdays.includes(SUNDAY) && time >= NIGHT[0] && time < NIGHT[1]) tell(`${path}.${name}`, "clock-change", { time })
    }
  }

  const hasUnknownDays = stretches.some(one => one.school || one.isPublic)
  const spans = stretches.flatMap(one => one.spans)
  for (const one of meetings) {
    if (!hasDays(one.found) || (one.first !== undefined && one.last !== undefined && one.last < one.first)) continue
    const dates = (one.found?.dates ?? []).map(numberOf)
    const first = one.first ?? (dates.length ? Math.min(...dates) : (one.last ?? now))
    const isPlain = !(dates.length || one.last !== undefined || one.seasons.length || stretches.length)
    if (isPlain || hasUnknownDays) continue
    const [start, end] = [Math.min(first, now), Math.max(first, now) + AHEAD]
    if (!someDay(start, end, day => isOn(one.reckoned, day) && !spans.some(span => isIn(span, day)))) tell(`${one.at}.rule`, "never-happens")
  }

  if (meetings.length && isReckoned) {
    stretches.forEach((stretch, index) => {
      const isIdle = stretch.spans.some(span => !meetings.some(one => fallsIn(one, span, now)))
      if (isIdle) tell(without[index] ?? "", "nothing-then")
    })
    for (const index of indexesOf(answers, `${at}.changes`)) {
      const path = `${at}.changes.${index}.instead_of`
      const other = dayOf(text(answers, path))
      if (other && !meetings.some(one => isOn(one.reckoned, numberOf(other)))) {
        tell(path, "not-a-meeting-day", { day: written(other), weekday: data.times.weekdays[weekdayOf(numberOf(other))] ?? "" })
      }
    }
  }

  const ends = meetings.map(one => one.last ?? Math.max(...(one.found?.dates ?? []).map(numberOf)))
  if (isReckoned && ends.length && ends.every(Number.isFinite) && Math.max(...ends) < now) {
    const changes = indexesOf(answers, `${at}.changes`).map(index => text(answers, `${at}.changes.${index}.on`))
    const last = dateOf(Math.max(...ends)).toISOString().slice(0, 10)
    if (!changes.some(day => day >= today)) tell(`${meetings[0]?.at}.rule`, "meetings-over", { last })
  }
  return found
}

function meetingAt(answers: Answers, at: string, data: Data): Meeting {
  const day = (name: string): Count | undefined => {
    const found = dayOf(text(answers, `${at}.${name}`))
    return found && numberOf(found)
  }
  const found = meetingDays(answers, at, data.times)
  const seasons = list(answers, `${at}.seasons`).flatMap(season => data.times.seasons[season] ?? [])
  const [first, last] = [day("first_day"), day("last_day")]
  return { at, found, seasons, first, last, reckoned: reckonedOf(found, seasons, first, last) }
}

/** Return a meeting as `meedoenkaart/times/compact.py` does. */
function reckonedOf(found: Recurrence | undefined, seasons: number[], first: Count | undefined, last: Count | undefined): Reckoned {
  const start = found?.start && numberOf(found.start)
  const starts = [first, start].filter(one => one !== undefined)
  return {
    w: found?.kind === "weekly" ? found.days : [],
    ...(found?.kind === "monthly" ? { n: found.nth } : {}),
    ...(found?.kind === "once" ? { d: found.dates.map(numberOf) } : {}),
    ...(start === undefined ? {} : { i: found?.interval ?? 1, a: start - weekdayOf(start) }),
    b: seasons.reduce((bits, month) => bits | (1 << (month - 1)), 0),
    ...(starts.length ? { f: Math.max(...starts) } : {}),
    ...(last === undefined ? {} : { l: last }),
  }
}

function hasDays(found: Recurrence | undefined): boolean {
  return found !== undefined && (found.nth.length > 0 || found.dates.length > 0 || (found.kind === "weekly" && found.days.length > 0))
}

/** Say whether a meeting ever falls in a stretch; one of every year is tried for some years. */
function fallsIn(one: Meeting, span: Span, now: Count): boolean {
  const [first, last] = span
  if (first[0]) return someDay(numberOf(first), numberOf(last), day => isOn(one.reckoned, day))
  const dates = (one.found?.dates ?? []).map(numberOf)
  const start = one.first ?? (dates.length ? Math.min(...dates) : Math.min(now, one.last ?? now))
  return someDay(start - 366, Math.max(start, now) + AHEAD + 366, day => isIn(span, day) && isOn(one.reckoned, day))
}

/** Say whether a day lies in a stretch, which may run over the turn of the year. */
function isIn([first, last]: Span, count: Count): boolean {
  if (first[0]) return numberOf(first) <= count && count <= numberOf(last)
  const date = dateOf(count)
  const [own, start, end] = [(date.getUTCMonth() + 1) * 100 + date.getUTCDate(), first[1] * 100 + first[2], last[1] * 100 + last[2]]
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
