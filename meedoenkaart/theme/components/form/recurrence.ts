import type { Times } from "./model"

/** On which days something is, as meedoenkaart/records/recurrence.py has it; Monday is 0, -1 the last of the month. */
export interface Recurrence {
  kind: "weekly" | "monthly" | "once" | "unknown"
  days: number[]
  nth: [which: number, day: number][]
  interval: number
  start?: Day
  dates: Day[]
  often: string
}

/** Year, month and day; of every year where the year is 0. */
export type Day = [year: number, month: number, day: number]

/** Days on which something is not. */
export interface Stretch {
  spans: [first: Day, last: Day][]
  school: string
  region: string
  isPublic: boolean
}

/** Raised where words are no rule; its message is the id of the rule that is broken. */
export class WrongError extends Error {
  readonly values: Record<string, string>

  constructor(rule: string, values: Record<string, string>) {
    super(rule)
    this.values = values
  }
}

/** A leap year: 29 February is a day of some years. */
const LEAP = 2024
const MOST_WEEKS = 52

/** Return words in small letters, without accents and without a full stop. */
export function folded(words: string): string {
  const small = words.normalize("NFC").toLowerCase().trim().split(/\s+/u).join(" ")
  return small.replace(/\.+$/, "").replace(/[èéêë]/g, "e")
}

/** Read on which days something is; what has the right shape can still name days that there are not. */
export function readRule(times: Times, words: string): Recurrence {
  const text = folded(words)
  const { parts } = times
  const dates = matches(parts.date, text).map(word => dayOf(times, word))
  const before = text.split(" vanaf ", 1)[0] ?? ""
  if (isWhole(parts.once, text)) {
    const sorted = [...new Map(dates.map(day => [written(day), day])).entries()].sort(([one], [other]) => (one < other ? -1 : 1))
    return dates.length ? recurrence({ kind: "once", dates: sorted.map(([, day]) => day) }) : unknown("eenmalig")
  }
  if (isWhole(parts.monthly, text)) return recurrence({ kind: "monthly", nth: nthOf(times, text) })
  const days = weekdaysOf(times, before)
  if (isWhole(parts.unclear, text)) {
    return unknown(Object.entries(times.vague).find(([vague]) => text.includes(vague))?.[1] ?? "onbekend", days)
  }
  const every = matches(parts.every, before)[0]
  const interval = every ? weeksOf(times, every) : 1
  if (interval === 1) return recurrence({ days: days.length || !text.includes("dagelijks") ? days : [0, 1, 2, 3, 4, 5, 6] })
  return dates[0] ? recurrence({ days, interval, start: dates[0] }) : unknown("om de week", days)
}

/** Read on which days something is not. */
export function readStretch(times: Times, words: string): Stretch {
  const text = folded(words)
  const value = text.slice(0, 60)
  const nothing: Stretch = { spans: [], school: "", region: "", isPublic: false }
  if (text.includes("feestdagen")) return { ...nothing, isPublic: true }
  if (text.includes("vakantie")) {
    const region = text.includes(" ") ? (text.split(" ").at(-1) ?? "") : ""
    if (!times.regions.includes(region)) throw new WrongError("unknown-school-region", { value })
    return { ...nothing, school: times.holidays.find(one => text.includes(one)) ?? "alle", region }
  }
  const season = matches(String.raw`\b${times.parts.season}\b`, text)[0]
  if (season) {
    const months = times.seasons[season] ?? []
    const [first = 1, last = 1] = [months[0], months.at(-1)]
    return { ...nothing, spans: [[[0, first, 1], [0, last, lengthOf(last)]]] }
  }
  const spans = matches(times.parts.span, text).map((span): [Day, Day] => {
    const [first = "", last] = span.split(new RegExp(times.parts.until, "u"))
    const days: [Day, Day] = [dayOf(times, first), dayOf(times, last ?? first, true)]
    if (days[0][0] && written(days[1]) < written(days[0])) throw new WrongError("end-before-start", { start: first, end: last ?? "" })
    return days
  })
  return { ...nothing, spans }
}

/** Return a day as the file has it. */
export function written([year, month, day]: Day): string {
  const two = (number: number): string => String(number).padStart(2, "0")
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`
}

/** Return how many days a month has; February has 29. */
export function lengthOf(month: number): number {
  return new Date(Date.UTC(LEAP, month, 0)).getUTCDate()
}

function recurrence(known: Partial<Recurrence>): Recurrence {
  return { kind: "weekly", days: [], nth: [], interval: 1, dates: [], often: "", ...known }
}

function unknown(often: string, days: number[] = []): Recurrence {
  return recurrence({ kind: "unknown", days, often })
}

function isWhole(pattern: string, text: string): boolean {
  return new RegExp(`^(?:${pattern})$`, "u").test(text)
}

function matches(pattern: string, text: string): string[] {
  return [...text.matchAll(new RegExp(pattern, "gu"))].map(([found]) => found)
}

function weekdaysOf({ weekdays, parts }: Times, text: string): number[] {
  let found = [...text.matchAll(/\b([a-z]+dag)(?:en|s)?\b/gu)].map(([, day = ""]) => weekdays.indexOf(day)).filter(day => day >= 0)
  if (/\bwerkdag|\bdoordeweeks/u.test(text)) found = [0, 1, 2, 3, 4]
  else if (/\bweekend/u.test(text)) found = [5, 6]
  else if (/\bdag\b/u.test(text)) found = [0, 1, 2, 3, 4, 5, 6]
  else if (new RegExp(parts.until, "u").test(text)) {
    const [first = 0, last = 0] = found
    found = Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, step) => (first + step) % 7)
  }
  return [...new Set(found)].sort((one, other) => one - other)
}

function nthOf({ ordinals, weekdays, most, parts }: Times, text: string): [number, number][] {
  const found: [number, number][] = []
  let waiting: number[] = []
  for (const word of matches(`${parts.ordinal}|${parts.day}`, text)) {
    const day = /^[a-z]+dag/.exec(word)?.[0]
    if (day) {
      for (const which of waiting) found.push([which, weekdays.indexOf(day)])
      waiting = []
      continue
    }
    const which = ordinals[word] ?? Number(word.slice(0, -1))
    if (which === 0 || which > most.month) throw new WrongError("no-such-ordinal", { value: word })
    waiting.push(which)
  }
  return found
}

function weeksOf({ numbers, parts }: Times, words: string): number {
  const number = matches(`${parts.number} weken`, words)[0]
  if (!number) return 2
  const word = number.replace(/ weken$/, "")
  const weeks = numbers[word] ?? Number(word)
  if (weeks < 1 || weeks > MOST_WEEKS) throw new WrongError("not-a-rule", { value: words })
  return weeks
}

function dayOf({ months }: Times, word: string, isLast = false): Day {
  let parts: Day
  if (/^[0-9-]+$/.test(word)) {
    const [year = 0, month = 0, day = 0] = word.split("-").map(Number)
    parts = [year, month, day]
  } else {
    const name = months.find(one => word.includes(one)) ?? ""
    const [before = "", after = ""] = word.split(name)
    const month = months.indexOf(name) + 1
    parts = [Number(after), month, before.trim() ? Number(before) : isLast ? lengthOf(month) : 1]
  }
  const date = new Date(Date.UTC(parts[0] || LEAP, parts[1] - 1, parts[2]))
  if (date.getUTCMonth() !== parts[1] - 1 || date.getUTCDate() !== parts[2]) throw new WrongError("no-such-day", { value: word })
  return parts
}
