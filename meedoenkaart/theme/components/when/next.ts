import { fill } from "../finder/data"
import { setText } from "../finder/dom"
import { dateOf, nextTime, today, type Schedule } from "./days"
import { clock, dateFormat } from "../../locale"

/** What `next_words` of `meedoenkaart/times/sentence.py` returns. */
interface Words {
  readonly next: string
  readonly time: string
  readonly clock: string
  readonly today: string
  readonly tomorrow: string
  readonly holiday: string
  /** The names of public holidays by the number of the day. */
  readonly holidays: Readonly<Record<number, string>>
}

const DAY_NAME = dateFormat({ weekday: "short", day: "numeric", month: "long", timeZone: "UTC" })

/** Say when something is next, and what is over, as of the reader's day: the page tells it as of the day it was built. */
export function renewTimes(page: Document, day = today()): void {
  const root = page.querySelector<HTMLElement>("[data-next-words]")
  if (!root) return
  const words = JSON.parse(root.dataset["nextWords"] ?? "") as Words
  for (const line of root.querySelectorAll<HTMLElement>("[data-next]")) {
    const said = sentence(JSON.parse(line.dataset["next"] ?? "") as Schedule, words, day)
    if (said) setText(line, said)
    else line.remove()
  }
  for (const one of root.querySelectorAll<HTMLTemplateElement>("template[data-last-day]"))
    if (day > Number(one.dataset["lastDay"])) one.replaceWith(one.content)
}

function sentence(schedule: Schedule, words: Words, today: number): string {
  const next = nextTime(schedule, today)
  if (!next) return ""
  const name = [words.today, words.tomorrow][next.day - today] ?? DAY_NAME.format(dateOf(next.day))
  const time = next.starts ? fill(words.time, { starts: clock(words.clock, next.starts) }) : ""
  const holiday = words.holidays[next.day]
  return fill(words.next, { day: name, time }) + (holiday ? ` ${fill(words.holiday, { name: holiday })}` : "")
}
