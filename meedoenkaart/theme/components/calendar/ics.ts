/**
 * Calendars (RFC 5545) made of those that `meedoenkaart/calendars/` wrote. Lines are taken over as they are: no text is
 * escaped or folded here.
 */

const BEGIN = "BEGIN:VEVENT\r\n"
const END = "END:VEVENT\r\n"
const LAST = "END:VCALENDAR\r\n"
/** What says of which calendar a file is, and when to ask for it again: not true of a part of it. */
const OWN = new Set(["NAME", "X-WR-CALNAME", "URL", "SOURCE", "REFRESH-INTERVAL", "X-PUBLISHED-TTL"])
const OF_A_SERIES = new Set(["RRULE", "EXDATE", "RECURRENCE-ID"])

/** A time of something, as `times` of `when/days.ts` tells it. */
export interface Once {
  /** `20261205` */
  readonly day: string
  /** `HH:MM`, or nothing. */
  readonly starts: string
  /** Which of its meetings it is; -1: a day that moved or was added. */
  readonly meeting: number
}

/** Return one calendar with the events of several. */
export function joined(calendars: readonly string[]): string {
  return [headOf(calendars[0] ?? ""), ...calendars.flatMap(events), LAST].join("")
}

/** Return a calendar with one time of another; nothing when that does not have it. */
export function only(calendar: string, once: Once): string | undefined {
  const found = events(calendar).map(lines)
  const event = found.find(one => isDay(one, once)) ?? found.find(one => isSeries(one, once))
  return event && [headOf(calendar), ...event.flatMap(line => onDay(line, once.day)), LAST].join("")
}

function headOf(calendar: string): string {
  const head = calendar.slice(0, Math.max(calendar.indexOf(BEGIN), 0))
  return lines(head)
    .filter(line => !OWN.has(nameOf(line)))
    .join("")
}

function events(calendar: string): string[] {
  const start = calendar.indexOf(BEGIN)
  return start < 0 ? [] : calendar.slice(start, -LAST.length).split(END).slice(0, -1).map(one => one + END)
}

/** Return the lines of a calendar, each with those that it was folded into. */
function lines(text: string): string[] {
  return text.match(/[^\r\n]*\r\n(?:[ \t][^\r\n]*\r\n)*/g) ?? []
}

function nameOf(line: string): string {
  return /^[^:;]*/.exec(line)?.[0] ?? ""
}

function valueOf(event: readonly string[], name: string): string {
  const line = event.find(one => nameOf(one) === name) ?? ""
  return line.slice(line.lastIndexOf(":") + 1).trim()
}

/** Say whether an event is a day of its own: one that moved, one more, or one of single days. */
function isDay(event: readonly string[], { day, starts }: Once): boolean {
  const start = valueOf(event, "DTSTART")
  const time = start.slice(9, 13)
  return !valueOf(event, "RRULE") && valueOf(event, "STATUS") !== "CANCELLED" && start.startsWith(day) && time === starts.replace(":", "")
}

function isSeries(event: readonly string[], { meeting }: Once): boolean {
  return Boolean(valueOf(event, "RRULE")) && valueOf(event, "UID").endsWith(`-${meeting}`)
}

/** Return a line of an event as it is on one day; what tells of other days is left out. */
function onDay(line: string, day: string): string[] {
  const name = nameOf(line)
  if (OF_A_SERIES.has(name)) return []
  if (name === "DTSTART" || name === "DTEND") return [line.replace(/:\d{8}/, `:${day}`)]
  return [name === "UID" ? line.replace(/(?:-\d{8}(?:T\d+)?)?\r\n$/, `-${day}\r\n`) : line]
}
