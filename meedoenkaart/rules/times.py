"""Checks of when something is: what the parts of a schedule say together."""

import datetime
from collections.abc import Callable, Iterator

from meedoenkaart.problems import did_you_mean
from meedoenkaart.records.organisation import Change, Meeting, Schedule
from meedoenkaart.records.record import Path
from meedoenkaart.records.recurrence import WEEKDAYS, Span, Stretch
from meedoenkaart.rules.scene import Finding, Scene
from meedoenkaart.texts import fold
from meedoenkaart.times.days import closed, days_of, has_days, occurrences, recurrence, weekdays_of

AHEAD = datetime.timedelta(5 * 366)
"""What does not happen within so many days never does: a fifth Saturday in February comes once in 28 years."""
NIGHT = ("02:00", "03:00")
"""The hour that is skipped in spring and comes twice in autumn, on a Sunday."""
SUNDAY = 6

_Found = Iterator[tuple[str, Path, dict[str, object]]]
"""Rule, path within the schedule, and what the message tells."""


def schedules(scene: Scene) -> Iterator[Finding]:
    """A schedule says days that there are, and exceptions that change something."""
    for document, organisation in scene.organisations:
        for index, opportunity in enumerate(organisation.opportunities):
            if opportunity.schedule is None:
                continue
            path: Path = ("opportunities", index, "schedule")
            if document.knows(*path):
                for check in _CHECKS:
                    for rule, where, values in check(opportunity.schedule, scene.today):
                        yield Finding(rule, document.file, (*path, *where), values)
            if document.knows("opportunities", index, "locations"):
                names = [one.name for one in opportunity.locations if one.name]
                for rule, where, values in _places(opportunity.schedule, names):
                    yield Finding(rule, document.file, (*path, *where), values)


def _places(schedule: Schedule, names: list[str]) -> _Found:
    """A meeting that names a location is at one of the opportunity's."""
    parts: tuple[tuple[str, tuple[Meeting | Change, ...]], ...] = (
        ("meetings", schedule.meetings),
        ("changes", schedule.changes),
    )
    for part, listed in parts:
        for index, one in enumerate(listed):
            if one.at and fold(one.at) not in map(fold, names):
                values: dict[str, object] = {"name": one.at, "suggestion": did_you_mean(one.at, names)}
                yield "unknown-location", (part, index, "at"), values


def _days_once(schedule: Schedule, _: datetime.date) -> _Found:
    """Days stand in ``days`` or in the rule."""
    for index, one in enumerate(schedule.meetings):
        rule = one.rule
        if one.days and rule and (rule.nth or rule.dates or rule.days):
            yield "days-twice", ("meetings", index, "days"), {}


def _never(schedule: Schedule, today: datetime.date) -> _Found:
    """Every meeting happens one day."""
    for index, one in enumerate(schedule.meetings):
        if not has_days(one) or (one.last_day and one.first_day and one.last_day < one.first_day):
            continue
        single = recurrence(one).dates
        first = one.first_day or min(single, default=one.last_day or today)
        plain = not (single or one.last_day or one.seasons or schedule.without)
        if not plain and not _happens(_alone(schedule, one), min(first, today), max(first, today) + AHEAD):
            yield "never-happens", ("meetings", index), {}


def _happens(schedule: Schedule, first: datetime.date, last: datetime.date) -> bool:
    """Say whether something is on one day of a stretch of years; most is within months of its beginning."""
    return any(occurrences(schedule, first, until) for until in (min(first + AHEAD // 10, last), last))


def _alone(schedule: Schedule, meeting: Meeting) -> Schedule:
    return Schedule(meetings=(meeting,), without=schedule.without)


def _idle_exceptions(schedule: Schedule, today: datetime.date) -> _Found:
    """An exception takes away a meeting, and a day that moved was one."""
    if not schedule.meetings or not all(has_days(one) for one in schedule.meetings):
        return
    for index, without in enumerate(schedule.without):
        for span in without.days.spans:
            if not any(_falls_in(one, span, today) for one in schedule.meetings):
                yield "nothing-then", ("without", index, "days"), {}
                break
    for index, change in enumerate(schedule.changes):
        other = change.instead_of
        if other and not any(days_of(one, other, other) for one in schedule.meetings):
            weekday = WEEKDAYS[other.weekday()]
            yield "not-a-meeting-day", ("changes", index, "instead_of"), {"day": other, "weekday": weekday}


def _falls_in(meeting: Meeting, span: Span, today: datetime.date) -> bool:
    """Say whether a meeting ever falls in a span; one of every year is tried for some years."""
    if span.first[0]:
        first = datetime.date(*span.first)
        return bool(days_of(meeting, first, datetime.date(*span.last)))
    first = meeting.first_day or min(recurrence(meeting).dates, default=min(today, meeting.last_day or today))
    return any(
        days_of(meeting, one.first, one.last) for one in closed(Stretch((span,)), first, max(first, today) + AHEAD)
    )


def _over(schedule: Schedule, today: datetime.date) -> _Found:
    """Something that is over says so."""
    if all(has_days(one) for one in schedule.meetings) and any(
        one.last_day or recurrence(one).dates for one in schedule.meetings
    ):
        last = max((one.last_day or max(recurrence(one).dates, default=datetime.date.max)) for one in schedule.meetings)
        if last < today and not any(change.on >= today for change in schedule.changes):
            yield "meetings-over", ("meetings",), {"last": last}


def _clock_change(schedule: Schedule, _: datetime.date) -> _Found:
    """Nothing begins or ends in the hour that the clock skips."""
    for index, one in enumerate(schedule.meetings):
        for name in ("starts", "ends"):
            time = getattr(one, name)
            if SUNDAY in weekdays_of(one) and time and NIGHT[0] <= time < NIGHT[1]:
                yield "clock-change", ("meetings", index, name), {"time": time}


_CHECKS: tuple[Callable[[Schedule, datetime.date], _Found], ...] = (
    _days_once,
    _never,
    _idle_exceptions,
    _over,
    _clock_change,
)
RULES = (schedules,)
"""Every check of schedules."""
