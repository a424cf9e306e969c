import { numberOf, weekdayOf } from "../when/days"
import { type Answers, type Times, indexesOf, list, text } from "./model"
import { type Day, type Recurrence, type Stretch, lengthOf, readRule, readStretch } from "./recurrence"

/** Return when something is in one line, as meedoenkaart/times/sentence.py does; what is no rule stands there as it is written. */
export function sentence(answers: Answers, schedule: string, times: Times): string {
  const lines = indexesOf(answers, `${schedule}.meetings`)
    .map(index => meeting(answers, `${schedule}.meetings.${index}`, times))
    .filter(Boolean)
  const first = lines.slice(0, 1).map(capitalised)
  const together = lines.length > 1 ? [[...first, ...lines.slice(1)].join("; ")] : first
  const without = indexesOf(answers, `${schedule}.without`).map(index => exception(answers, `${schedule}.without.${index}`, times))
  const changes = indexesOf(answers, `${schedule}.changes`).map(index => change(answers, `${schedule}.changes.${index}`, times))
  return [...together, ...without, ...changes].filter(Boolean).join(", ")
}

/** Return on which days a meeting is: its rule on its days of the week; raises an error where its rule is none. */
export function meetingDays(answers: Answers, at: string, times: Times): Recurrence | undefined {
  const days = list(answers, `${at}.days`).map(day => times.weekdays.indexOf(day)).sort((one, other) => one - other)
  const words = text(answers, `${at}.rule`)
  const plain: Recurrence = { kind: "weekly", days, nth: [], interval: 1, dates: [], often: "" }
  if (!words) return days.length ? plain : undefined
  const rule = readRule(times, words)
  if (rule.start && !days.length && !rule.days.length) return { ...rule, days: [weekdayOf(numberOf(rule.start))] }
  if (!days.length || rule.nth.length || rule.dates.length || rule.days.length) return rule
  return { ...rule, days }
}

function meeting(answers: Answers, at: string, times: Times): string {
  const { words } = times
  const known = (name: string): string => text(answers, `${at}.${name}`)
  let days = known("rule")
  let start: Day | undefined
  try {
    const found = meetingDays(answers, at, times)
    days = found ? daysOf(found, times) : ""
    start = found && found.interval > 1 ? found.start : undefined
  } catch {
    // not a rule (yet): as it is written
  }
  const seasons = list(answers, `${at}.seasons`)
  const [starts, ends] = [known("starts"), known("ends")]
  const first = known("first_day") ? dateOf(known("first_day"), times) : start ? date(start, times) : ""
  const last = known("last_day") ? dateOf(known("last_day"), times) : ""
  const said = [
    days,
    seasons.length ? filled(words.season, { seasons: listed(seasons) }) : "",
    starts || ends ? filled(words.time[which(starts, ends, "starts", "ends")], { starts: clock(starts), ends: clock(ends) }) : "",
    known("at") ? filled(words.at, { at: known("at") }) : "",
    first || last ? filled(words.period[which(first, last, "first", "last")], { first, last }) : "",
  ]
  return said.filter(Boolean).join(" ").replaceAll(" ,", ",")
}

function which(start: string, end: string, first: string, last: string): string {
  return start && end ? "both" : start ? first : last
}

function daysOf(found: Recurrence, times: Times): string {
  const { words, weekdays } = times
  const days = found.days.length ? listed(found.days.map(day => weekdays[day] ?? "")) : ""
  switch (found.kind) {
    case "unknown": {
      const often = days || found.often !== "onbekend" ? found.often : "onbekend-zonder-dag"
      return filled(words.often[often], { names: days, days: days && filled(words.day["if-on"], { days }) })
    }
    case "once":
      return filled(words.day["once"], { dates: listed(found.dates.map(day => date(day, times, true))) })
    case "monthly": {
      const byDay = new Map<number, string[]>()
      for (const [nth, day] of found.nth) byDay.set(day, [...(byDay.get(day) ?? []), words.nth[String(nth)] ?? ""])
      return filled(words.day["monthly"], { nth: listed([...byDay].map(([day, nth]) => `${listed(nth)} ${weekdays[day]}`)) })
    }
    case "weekly":
      if (found.interval > 1) {
        const weeks = words.weeks[String(found.interval)] ?? filled(words.weeks["more"], { number: `${found.interval}` })
        return filled(words.day["interval"], { weeks, days })
      }
      if (!days) return words.day["week"] ?? ""
      if (found.days.length === weekdays.length) return words.day["every"] ?? ""
      return found.days.join() === "0,1,2,3,4" ? (words.day["stretch"] ?? "") : filled(words.day["weekly"], { days })
  }
}

function exception(answers: Answers, at: string, times: Times): string {
  const words = text(answers, `${at}.days`)
  if (!words) return ""
  let stretch = words
  try {
    stretch = stretchOf(readStretch(times, words), times)
  } catch {
    // not a stretch (yet): as it is written
  }
  return filled(times.words.without["start"], { stretch })
}

function stretchOf(stretch: Stretch, times: Times): string {
  const words = times.words.without
  if (stretch.isPublic) return words["public"] ?? ""
  if (stretch.school) {
    const values = { holiday: stretch.school, region: capitalised(stretch.region) }
    return filled(words[stretch.school === "alle" ? "all-school" : "school"], values)
  }
  const areMonths = stretch.spans.every(([first, last]) => !first[0] && first[2] === 1 && last[2] === lengthOf(last[1]))
  const month = (day: Day): string => times.months[day[1] - 1] ?? ""
  if (areMonths) {
    const months = stretch.spans.map(([first, last]) =>
      first[1] === last[1] ? month(first) : filled(words["from-to"], { first: month(first), last: month(last) }),
    )
    return filled(words["months"], { months: listed(months) })
  }
  const spans = stretch.spans.map(([one, other]) => {
    const [first, last] = [one, other].map(day => `${day[2]} ${month(day)}${day[0] ? ` ${day[0]}` : ""}`)
    return first === last ? filled(words["day"], { day: first ?? "" }) : filled(words["span"], { first: first ?? "", last: last ?? "" })
  })
  return listed(spans)
}

function change(answers: Answers, at: string, times: Times): string {
  const [on, other] = [text(answers, `${at}.on`), text(answers, `${at}.instead_of`)]
  if (!on) return ""
  const values = { day: dateOf(on, times, true), other: dateOf(other, times, true) }
  return filled(times.words.change[other ? "moved" : "extra"], values)
}

/** Return a day in words; what is no day stands there as it is written. */
function dateOf(day: string, times: Times, hasWeekday = false): string {
  const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day)
  return found ? date([Number(found[1]), Number(found[2]), Number(found[3])], times, hasWeekday) : day
}

function date(day: Day, { months, weekdays }: Times, hasWeekday = false): string {
  return `${hasWeekday ? `${weekdays[weekdayOf(numberOf(day))]} ` : ""}${day[2]} ${months[day[1] - 1]} ${day[0]}`
}

/** Return a time of the day as people say it: `10:00` is "10", `13:30` is "13.30". */
function clock(time: string): string {
  return time ? time.replace(".", ":").replace(/:00$/, "").replace(/^0/, "").replace(":", ".") || "0" : ""
}

const LIST = new Intl.ListFormat("nl")

function listed(names: string[]): string {
  return LIST.format(names)
}

function filled(sentence: string | undefined, values: Record<string, string>): string {
  return (sentence ?? "").replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "")
}

function capitalised(line: string): string {
  return line.charAt(0).toUpperCase() + line.slice(1)
}
