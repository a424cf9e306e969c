/** The days on which something is, reckoned as `meedoenkaart/times/days.py` does; `compact.py` there writes what it is reckoned from. */

/** When something is; days are numbers, counted from 1970. */
export interface Schedule {
  m?: Meeting[]
  /** Days without meetings: the first and the last of each stretch. */
  x?: [first: number, last: number][]
  /** Days more: day, start and end, and where. */
  c?: [day: number, starts: string, ends: string, place?: number][]
}

export interface Meeting {
  /** Weekdays, Monday is 0. */
  w?: number[]
  /** Which one in the month (-1 the last) of which weekday. */
  n?: [which: number, weekday: number][]
  /** Single days. */
  d?: number[]
  /** Every so many weeks, counted from the week of Monday `a`. */
  i?: number
  a?: number
  /** Months, a bit for each, January the lowest. */
  b?: number
  /** First and last day. */
  f?: number
  l?: number
  /** Start and end, `HH:MM`. */
  s?: string
  e?: string
  /** Where: which of the opportunity's places, counted from 1. */
  p?: number
}

export interface Time {
  day: number
  starts: string
  ends: string
  /** Which of the opportunity's places, counted from 1; 0 when it is always there, or nobody says. */
  place: number
  /** Which of the meetings it is, counted from 0; -1: a day that moved or was added. */
  meeting: number
}

const AHEAD = 400

/** Return every time that it is from one day to another, both included, by day and start. */
export function times(schedule: Schedule, first: number, last: number): Time[] {
  const found: Time[] = []
  for (let day = first; day <= last; day++) {
    if (schedule.x?.some(([from, to]) => from <= day && day <= to)) continue
    for (const [meeting, one] of (schedule.m ?? []).entries())
      if (isOn(one, day)) found.push({ day, starts: one.s ?? "", ends: one.e ?? "", place: one.p ?? 0, meeting })
  }
  for (const [day, starts, ends, place = 0] of schedule.c ?? []) if (first <= day && day <= last) found.push({ day, starts, ends, place, meeting: -1 })
  const key = (one: Time): string => `${one.day} ${one.starts} ${one.ends} ${one.place}`
  const order = (one: Time, other: Time): number =>
    one.day - other.day || compare(one.starts, other.starts) || compare(one.ends, other.ends) || one.place - other.place
  return found.sort(order).filter((one, index) => !index || key(one) !== key(found[index - 1] as Time))
}

/** Return the first time from a day on, that day included. */
export function nextTime(schedule: Schedule, today: number): Time | undefined {
  return times(schedule, today, today + AHEAD / 10)[0] ?? times(schedule, today, today + AHEAD)[0]
}

/** Return the number of today in the Netherlands, wherever the device is. */
export function today(now = new Date()): number {
  const [year, month, day] = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Amsterdam" }).format(now).split("-").map(Number)
  return numberOf([year ?? 0, month ?? 1, day ?? 1])
}

/** Return a day as a date that is that day in UTC. */
export function dateOf(day: number): Date {
  return new Date(day * DAY)
}

/** Return the day of the week, Monday is 0. */
export function weekdayOf(day: number): number {
  return (((day + THURSDAY) % 7) + 7) % 7 // days before 1970 have negative numbers
}

/** Return the number of a day, given its year, month and day of the month. */
export function numberOf([year, month, day]: readonly [number, number, number]): number {
  return Date.UTC(year, month - 1, day) / DAY
}

const DAY = 86_400_000
const THURSDAY = 3

/** Say whether a meeting is on a day, without regard to exceptions. */
export function isOn(meeting: Meeting, day: number): boolean {
  if (day < (meeting.f ?? day) || day > (meeting.l ?? day)) return false
  const date = dateOf(day)
  if (meeting.b && !(meeting.b & (1 << date.getUTCMonth()))) return false
  if (meeting.d) return meeting.d.includes(day)
  const weekday = weekdayOf(day)
  if (meeting.n) return meeting.n.some(([which, on]) => on === weekday && isNth(date, which))
  return Boolean(meeting.w?.includes(weekday)) && Math.floor((day - (meeting.a ?? day)) / 7) % (meeting.i ?? 1) === 0
}

function isNth(date: Date, which: number): boolean {
  const [day, length] = [date.getUTCDate(), new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()]
  return which < 0 ? day + 7 > length : Math.ceil(day / 7) === which
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
