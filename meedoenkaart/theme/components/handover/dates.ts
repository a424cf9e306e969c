export type Unit = "dagen" | "weken" | "maanden"
/** How many, of what, and since when. */
export type Deadline = readonly [number: number, unit: Unit, since: string]

const DAY_MS = 86_400_000
const WRITTEN = new Intl.DateTimeFormat("nl-NL", { dateStyle: "long", timeZone: "UTC" })

/** Read what a date field holds; null when that is no day. Days are those of UTC, so that no clock ever shifts one. */
export function dayOf(value: string): Date | null {
  const day = /^\d{4}-\d\d-\d\d$/.test(value) ? new Date(`${value}T00:00:00Z`) : null
  return day && !Number.isNaN(day.getTime()) ? day : null
}

/** The last day of a deadline; of months, the same day of the month or that month's last. */
export function lastDay(since: Date, [number, unit]: Deadline): Date {
  if (unit !== "maanden") return new Date(since.getTime() + number * (unit === "weken" ? 7 : 1) * DAY_MS)
  const [year, month] = [since.getUTCFullYear(), since.getUTCMonth() + number]
  const longest = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month, Math.min(since.getUTCDate(), longest)))
}

export function written(day: Date): string {
  return WRITTEN.format(day)
}
