import { clock, dateFormat } from "../../locale"
import { counted, fill } from "../finder/data"
import { make } from "../finder/dom"
import { dateOf, times, today, type Time } from "../when/days"
import { listIn, type Way, type Words } from "./offers"

/** Days that it tells of, today included: as many as the site's own agenda. */
const DAYS = 14
const DAY_NAME = dateFormat({ weekday: "long", day: "numeric", month: "long", timeZone: "UTC" })

/** What is on in the coming two weeks, day by day. */
export const AGENDA: Way = {
  pick: ({ schedules = [] }, found) => {
    const day = today()
    const all = found.flatMap(one => times(schedules[one.row] ?? {}, day, day + DAYS - 1).map(time => ({ ...one, time })))
    return all.sort((one, other) => one.time.day - other.time.day || (one.time.starts || "~").localeCompare(other.time.starts || "~"))
  },
  count: (words, all) => counted(words.agenda, all),
  place: (box, { time }, card, { holidays }, words) => {
    if (!time) return
    const day = String(time.day)
    if (box.lastElementChild?.getAttribute("data-day") !== day) {
      const section = make("section", "embed__day")
      section.dataset["day"] = day
      section.append(make("h2", "embed__date", [capital(DAY_NAME.format(dateOf(time.day))), holidays?.[time.day]].filter(Boolean).join(" · ")))
      box.append(section)
    }
    const when = card.querySelector(".card__when span")
    const said = timeOf(time, words)
    if (when && said) when.textContent = said
    listIn(box.lastElementChild as HTMLElement).append(card)
  },
}

function timeOf({ starts, ends }: Time, words: Words): string {
  const pattern = starts && ends ? words.time.both : starts ? words.time.starts : ends ? words.time.ends : ""
  return capital(fill(pattern, { starts: clock(words.clock, starts), ends: clock(words.clock, ends) }))
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
