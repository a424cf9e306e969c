"""The sentence that says when something is, from its schedule; its words stand in ``texts/nl/times.yml``."""

import datetime
from collections.abc import Iterator
from typing import Any

from meedoenkaart.languages.formats import day, day_of_year, full_day, listed, month, short_day, weekday
from meedoenkaart.records.organisation import Change, Meeting, Schedule, Without
from meedoenkaart.records.recurrence import WEEKDAYS, Recurrence, Span, length_of
from meedoenkaart.texts import texts
from meedoenkaart.times.compact import holidays
from meedoenkaart.times.days import Occurrence, recurrence
from meedoenkaart.times.holidays import public_holidays

WORKDAYS = (0, 1, 2, 3, 4)


def sentence(schedule: Schedule) -> str:
    """Return when something is in one line, "Elke dinsdag van 10 tot 12 uur, niet in juli"; empty when nobody knows."""
    lines = meeting_lines(schedule)
    if len(lines) > 1:
        lines = [f"{lines[0]}; {'; '.join(_small(one) for one in lines[1:])}"]
    return ", ".join(
        [*lines, *(_without(one) for one in schedule.without), *(_change(one) for one in schedule.changes)]
    )


def meeting_lines(schedule: Schedule) -> list[str]:
    """Return a line for each of the meetings of which something is known."""
    lines = (
        " ".join(_meeting(one)).replace(" ,", ",").replace(" ،", "،").replace(" ፣", "፣") for one in schedule.meetings
    )
    return [line[:1].upper() + line[1:] for line in lines if line]


def exception_lines(schedule: Schedule) -> list[str]:
    """Return a line for each exception and each change, with its reason."""
    words = texts("times")
    lines = []
    for said, reason in [
        *((_without(one), one.reason) for one in schedule.without),
        *((_change(one), one.reason) for one in schedule.changes),
    ]:
        line = said + (words["without"]["reason"].format(reason=reason) if reason else "")
        lines.append(line[:1].upper() + line[1:])
    return lines


def next_line(occurrence: Occurrence, sure: bool = True) -> str:
    """Return "Volgende keer: za 12 december, 10.00 uur."; what nobody confirmed is told as unsure."""
    words = texts("times")
    time = words["next-time"].format(starts=full_clock(occurrence.starts)) if occurrence.starts else ""
    said: str = words["next" if sure else "next-unsure"].format(day=short_day(occurrence.day), time=time)
    holiday = public_holidays(occurrence.day, occurrence.day).get(occurrence.day)
    return said + (" " + words["holiday"].format(name=holiday) if holiday else "")


def next_words(today: datetime.date, sure: bool) -> dict[str, Any]:
    """Return what scripts say the next time with, as ``next_line`` does."""
    words = texts("times")
    return {
        "next": words["next" if sure else "next-unsure"],
        "time": words["next-time"],
        "clock": words["clock"]["minutes"],
        **{name: words[name] for name in ("today", "tomorrow", "holiday")},
        "holidays": holidays(today),
    }


def clock(time: str) -> str:
    """Return a time of the day as people say it: in Dutch ``10:00`` is "10", ``13:30`` is "13.30"."""
    hour, _, minute = time.partition(":")
    words = texts("times")["clock"]
    return str(
        words["minutes" if minute.strip("0") else "hour"].format(hour=hour.removeprefix("0") or "0", minute=minute)
    )


def full_clock(time: str) -> str:
    """Return a time of the day with its minutes: in Dutch ``10.00``."""
    hour, _, minute = time.partition(":")
    return str(texts("times")["clock"]["minutes"].format(hour=hour, minute=minute))


def _small(line: str) -> str:
    return line[:1].lower() + line[1:]


def _meeting(meeting: Meeting) -> Iterator[str]:
    """Yield the parts of what is known of a meeting."""
    words = texts("times")
    found = recurrence(meeting)
    if meeting.days or meeting.rule:
        yield _days(found)
    if meeting.seasons:
        yield words["season"].format(seasons=listed([words["seasons"][one] for one in meeting.seasons]))
    if meeting.starts or meeting.ends:
        which = "both" if meeting.starts and meeting.ends else "starts" if meeting.starts else "ends"
        yield words["time"][which].format(starts=clock(meeting.starts or ""), ends=clock(meeting.ends or ""))
    if meeting.at:
        yield words["at"].format(at=meeting.at)
    first = meeting.first_day or (found.start if found.interval > 1 else None)
    if first or meeting.last_day:
        which = "both" if first and meeting.last_day else "first" if first else "last"
        yield words["period"][which].format(first=_day(first), last=_day(meeting.last_day))


def _days(found: Recurrence) -> str:
    words = texts("times")
    names = listed([weekday(day) for day in found.days]) if found.days else ""
    said: dict[str, Any] = words["day"]
    if found.kind == "unknown":
        often = found.often if names or found.often != "onbekend" else "onbekend-zonder-dag"
        return str(words["often"][often].format(names=names, days=said["if-on"].format(days=names) if names else ""))
    if found.kind == "once":
        return str(said["once"].format(dates=listed([full_day(day) for day in found.dates])))
    if found.kind == "monthly":
        return str(said["monthly"].format(nth=_nth(found)))
    if found.interval > 1:
        weeks = words["weeks"].get(found.interval) or words["weeks"]["more"].format(number=found.interval)
        return str(said["interval"].format(weeks=weeks, days=names))
    if not names:
        return str(said["week"])
    if len(found.days) == len(WEEKDAYS):
        return str(said["every"])
    return str(said["stretch"] if found.days == WORKDAYS else said["weekly"].format(days=names))


def _nth(found: Recurrence) -> str:
    """Return "eerste en derde maandag en laatste vrijdag"."""
    by_day: dict[int, list[str]] = {}
    for which, number in found.nth:
        by_day.setdefault(number, []).append(texts("times")["nth"][which])
    return listed([f"{listed(which)} {weekday(number)}" for number, which in by_day.items()])


def _day(date: datetime.date | None) -> str:
    return day(date) if date else ""


def _without(without: Without) -> str:
    words = texts("times")["without"]
    stretch = without.days
    if stretch.public:
        said = words["public"]
    elif stretch.school:
        region = stretch.region.capitalize()
        said = words["all-school" if stretch.school == "alle" else "school"].format(
            holiday=texts("times")["holidays"].get(stretch.school, stretch.school), region=region
        )
    elif all(_is_months(span) for span in stretch.spans):
        said = words["months"].format(months=listed([_months(span) for span in stretch.spans]))
    else:
        said = listed([_span(span) for span in stretch.spans])
    return str(words["start"].format(stretch=said))


def _is_months(span: Span) -> bool:
    """Say whether a span is whole months of every year; February ends on its 29th here."""
    (year, _, day), (_, month, until) = span.first, span.last
    return not year and day == 1 and until == length_of(month)


def _months(span: Span) -> str:
    first, last = (month(number) for _, number, _ in (span.first, span.last))
    return first if first == last else texts("times")["without"]["from-to"].format(first=first, last=last)


def _span(span: Span) -> str:
    words = texts("times")["without"]
    first, last = (
        day(datetime.date(year, month, number)) if year else day_of_year(month, number)
        for year, month, number in (span.first, span.last)
    )
    return str(words["day"].format(day=first) if first == last else words["span"].format(first=first, last=last))


def _change(change: Change) -> str:
    words = texts("times")["change"]
    day = full_day(change.on)
    if change.instead_of:
        return str(words["moved"].format(day=day, other=full_day(change.instead_of)))
    return str(words["extra"].format(day=day))
