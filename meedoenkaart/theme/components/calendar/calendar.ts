import { nextTime, today, dateOf, type Schedule, type Time } from "../when/days"
import { joined, only } from "./ics"

/** Where dates come in the calendar of the device: a file that the browser hands to it. */
function hand(calendar: string, name: string): void {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(new Blob([calendar], { type: "text/calendar" }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}

async function fetched(address: string): Promise<string> {
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(`${answer.status} ${address}`)
  return answer.text()
}

/** Hand over one date of what a link leads to; all of its dates where that one can't be made. */
export async function handOnce(link: HTMLAnchorElement): Promise<void> {
  const time = timeOf(link)
  const calendar = time && (await fetched(link.href).catch(() => ""))
  const day = time && dateOf(time.day).toISOString().slice(0, 10)
  const once = time && day && calendar ? only(calendar, { ...time, day: day.replaceAll("-", "") }) : undefined
  if (once) hand(once, `${nameOf(link.href)}-${day}.ics`)
  else location.assign(link.href)
}

/** Hand over all dates of several calendars. */
export async function handAll(addresses: readonly string[], name: string): Promise<void> {
  hand(joined(await Promise.all(addresses.map(fetched))), `${name}.ics`)
}

/** The time that a link is about: its own, or the next one of what it stands with. */
function timeOf(link: HTMLAnchorElement): Time | undefined {
  const told = link.dataset["once"] ?? ""
  if (told.startsWith("{")) return JSON.parse(told) as Time
  const next = link.closest("dd, section")?.querySelector<HTMLElement>("[data-next]")
  return next ? nextTime(JSON.parse(next.dataset["next"] ?? "") as Schedule, today()) : undefined
}

function nameOf(address: string): string {
  return /([^/]+)\.ics$/.exec(address)?.[1] ?? "agenda"
}
