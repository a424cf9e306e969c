"""The days on which something is: what the rules, the exceptions and the changes of a schedule come to."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from dateutil.rrule import MO, MONTHLY, WEEKLY, rrule, weekday

from meedoenkaart.records.organisation import Change, Meeting, Opportunity, Schedule
from meedoenkaart.records.recurrence import SEASONS, WEEKDAYS, Recurrence, Span, Stretch
from meedoenkaart.times.holidays import public_holidays, school_holidays

PARTS = ("ochtend", "middag", "avond")
"""The parts of a day."""
NOON, EVENING = "12:00", "18:00"
"""Where the second and the third begin."""
AHEAD = 400
"""Days in which whatever comes back within a year comes back."""
DAY = datetime.timedelta(1)


class Closed(NamedTuple):
    """Days without meetings, both included."""

    first: datetime.date
    last: datetime.date


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that it is."""

    day: datetime.date
    starts: str | None
    """``HH:MM``; None when nobody knows."""
    ends: str | None
    at: str | None
    """The name of the location; None: where it always is."""


def recurrence(meeting: Meeting) -> Recurrence:
    """Return on which days a meeting is: its rule on its days of the week."""
    days = tuple(sorted({WEEKDAYS.index(day) for day in meeting.days}))
    rule = meeting.rule
    if rule is None:
        return Recurrence("weekly", days) if days else Recurrence("unknown", often="onbekend")
    if rule.start and not days and not rule.days:
        return Recurrence("weekly", (rule.start.weekday(),), interval=rule.interval, start=rule.start)
    if not days or rule.nth or rule.dates or rule.days:
        return rule
    if rule.kind == "unknown":
        return Recurrence("unknown", days, often=rule.often)
    return Recurrence("weekly", days, interval=rule.interval, start=rule.start)


def weekdays(schedule: Schedule) -> tuple[int, ...]:
    """Return the weekdays on which something is or may be, Monday is 0; days that moved count too."""
    days = {day for one in schedule.meetings for day in weekdays_of(one)}
    return tuple(sorted(days | {one.on.weekday() for one in schedule.changes}))


def weekdays_of(meeting: Meeting) -> set[int]:
    """Return the weekdays on which a meeting is or may be, Monday is 0."""
    found = recurrence(meeting)
    return {*found.days, *(day for _, day in found.nth), *(day.weekday() for day in found.dates)}


def parts_of(meeting: Meeting) -> tuple[str, ...]:
    """Return the parts of the day that a meeting touches; none when its times are not known."""
    starts, ends = meeting.starts or meeting.ends or "", meeting.ends or meeting.starts or ""
    touched = (
        starts < NOON,
        starts < EVENING and (ends > NOON or starts >= NOON),
        starts >= EVENING or ends > EVENING,
    )
    return tuple(part for part, is_touched in zip(PARTS, touched, strict=True) if is_touched) if starts else ()


def is_once(schedule: Schedule) -> bool:
    """Say whether it is only once, or on a few single days."""
    found = [recurrence(one) for one in schedule.meetings]
    return bool(found) and all(one.kind == "once" or one.often == "eenmalig" for one in found)


def months(meeting: Meeting) -> tuple[int, ...]:
    """Return the months of a meeting's seasons; none when it has no season."""
    return tuple(sorted(month for season in meeting.seasons for month in SEASONS[season]))


def has_days(meeting: Meeting) -> bool:
    """Say whether the days of a meeting can be reckoned."""
    found = recurrence(meeting)
    return bool(found.nth or found.dates or (found.kind == "weekly" and found.days))


def days_of(meeting: Meeting, first: datetime.date, last: datetime.date) -> list[datetime.date]:
    """Return the days of a meeting between two days, both included, without regard to exceptions."""
    first, last = max(first, meeting.first_day or first), min(last, meeting.last_day or last)
    return _days(recurrence(meeting), months(meeting), first, last) if has_days(meeting) and first <= last else []


@lru_cache(maxsize=4096)  # many meetings are weekly on one day
def _days(
    found: Recurrence, in_months: tuple[int, ...], first: datetime.date, last: datetime.date
) -> list[datetime.date]:
    if found.kind == "once":
        return [day for day in found.dates if first <= day <= last and (not in_months or day.month in in_months)]
    start = found.start if found.start and found.interval > 1 else first
    if found.kind == "monthly":
        by_day = [weekday(day)(which) for which, day in found.nth]
        rule = rrule(MONTHLY, dtstart=_at_night(first.replace(day=1)), byweekday=by_day, bymonth=in_months or None)
    else:
        start -= start.weekday() * DAY  # an interval counts weeks, from Monday
        rule = rrule(
            WEEKLY,
            interval=found.interval,
            wkst=MO,
            dtstart=_at_night(start),
            byweekday=found.days,
            bymonth=in_months or None,
        )
    days = [one.date() for one in rule.between(_at_night(first), _at_night(last), inc=True)]
    return [day for day in days if not found.start or day >= found.start]


def _at_night(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time())


def closed(stretch: Stretch, first: datetime.date, last: datetime.date) -> list[Closed]:
    """Return the days of a stretch that touch the time between two days, by their first day."""
    if stretch.public:
        return [Closed(day, day) for day in public_holidays(first, last)]
    if stretch.school:
        return [
            Closed(one.first, one.last)
            for one in school_holidays()
            if stretch.region in one.regions
            and stretch.school in (one.name, "alle")
            and one.first <= last
            and one.last >= first
        ]
    return sorted(
        one
        for span in stretch.spans
        for year in ((0,) if span.first[0] else range(first.year - 1, last.year + 1))
        for one in _in_year(span, year)
        if one.first <= last and one.last >= first
    )


def _in_year(span: Span, year: int) -> Iterator[Closed]:
    """Yield the days of a span that begin in a year; 29 February is 28 February where there is none."""
    (own, *first), (until, *last) = span.first, span.last
    after = until or year + (last < first)
    yield Closed(_day(own or year, *first), _day(after, *last))


def _day(year: int, month: int, day: int) -> datetime.date:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return datetime.date(year, 2, 28)


def all_closed(schedule: Schedule, first: datetime.date, last: datetime.date) -> list[Closed]:
    """Return all days on which a schedule has no meetings between two days, by their first day."""
    return sorted(one for without in schedule.without for one in closed(without.days, first, last))


def occurrences(schedule: Schedule, first: datetime.date, last: datetime.date) -> list[Occurrence]:
    """Return every time that something is between two days, both included, by day and start."""
    shut = all_closed(schedule, first, last)
    moved = {change.instead_of for change in schedule.changes}
    found = [
        Occurrence(day, meeting.starts, meeting.ends, meeting.at)
        for meeting in schedule.meetings
        for day in days_of(meeting, first, last)
        if day not in moved and not _is_in(day, shut)
    ]
    found += [changed(schedule, change) for change in schedule.changes if first <= change.on <= last]
    return sorted(set(found), key=lambda one: (one.day, one.starts or "", one.ends or "", one.at or ""))


def times_of(what: Opportunity, first: datetime.date, last: datetime.date) -> list[Occurrence]:
    """Return every time that an opportunity is between two days, on days on which it is open."""
    first, last = max(first, what.first_day or first), min(last, what.last_day or last)
    return occurrences(what.schedule, first, last) if what.schedule and first <= last else []


def next_time(what: Opportunity, today: datetime.date) -> Occurrence | None:
    """Return the next time that an opportunity is, today included; None when nobody knows, or when it is over."""
    for days in (AHEAD // 10, AHEAD):  # most are within weeks
        if found := times_of(what, today, today + days * DAY):
            return found[0]
    return None


def changed(schedule: Schedule, change: Change) -> Occurrence:
    """Return a day that was moved or added; what it does not say is as on the day that it takes the place of."""
    meetings = schedule.meetings
    if change.instead_of:
        meetings = tuple(one for one in meetings if days_of(one, change.instead_of, change.instead_of)) or meetings
    meeting = meetings[0] if len(meetings) == 1 else Meeting()
    starts, ends = (change.starts, change.ends) if change.starts else (meeting.starts, change.ends or meeting.ends)
    return Occurrence(change.on, starts, ends, change.at or meeting.at)


def _is_in(day: datetime.date, shut: Iterable[Closed]) -> bool:
    return any(one.first <= day <= one.last for one in shut)
