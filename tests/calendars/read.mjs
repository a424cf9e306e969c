// Reads calendars with a library that nobody here wrote: JSON in, JSON out.
import { readFileSync } from "node:fs"
import ICAL from "ical.js"

const { calendars, first, last } = JSON.parse(readFileSync(0, "utf-8"))

/** Return every time of a calendar between two days: day, start, end, status and place. */
function read(text) {
  const calendar = new ICAL.Component(ICAL.parse(text))
  const zones = calendar.getAllSubcomponents("vtimezone").map(one => new ICAL.Timezone(one))
  const events = calendar.getAllSubcomponents("vevent").map(one => new ICAL.Event(one))
  const found = []
  for (const event of events) {
    if (event.isRecurrenceException()) continue
    for (const other of events) if (other.isRecurrenceException() && other.uid === event.uid) event.relateException(other)
    for (const time of event.isRecurring() ? expanded(event) : [event.startDate]) {
      const { item, startDate, endDate } = event.isRecurring() ? event.getOccurrenceDetails(time) : { item: event, startDate: event.startDate, endDate: event.endDate }
      found.push(told(item, startDate, endDate))
    }
  }
  return { zones: zones.map(({ tzid }) => tzid), times: found.filter(([day]) => first <= day && day <= last).sort() }
}

/** Yield the starts of an event; those that moved may be on another day. */
function* expanded(event) {
  const times = event.iterator()
  for (let next = times.next(); next && next.toString().slice(0, 10) <= last; next = times.next()) yield next
}

function told(event, start, end) {
  const ends = event.component.hasProperty("dtend") && !start.isDate ? end.toString().slice(11, 16) : ""
  const status = event.component.getFirstPropertyValue("status")
  return [start.toString().slice(0, 10), start.isDate ? "" : start.toString().slice(11, 16), ends, status, event.location ?? "", start.isDate ? "" : start.zone.tzid]
}

process.stdout.write(JSON.stringify(calendars.map(read)))
