"""A schedule as the site's scripts reckon with it: ``theme/components/when/days.ts`` gives the same days."""

import datetime
from typing import Any

from meedoenkaart.records.organisation import Change, Meeting, Opportunity, Schedule
from meedoenkaart.texts import fold
from meedoenkaart.times.days import AHEAD, DAY, all_closed, changed, has_days, months, recurrence
from meedoenkaart.times.holidays import public_holidays

EPOCH = datetime.date(1970, 1, 1)


def compact(what: Opportunity, today: datetime.date) -> dict[str, Any] | None:
    """Return what the days of an opportunity can be reckoned from in the 400 days after today; None when none is known.

    Days are numbers from 1970 on. Exceptions are days already, since browsers know no school holidays.
    """
    schedule = what.schedule or Schedule()
    meetings = [_meeting(one, what) for one in schedule.meetings if has_days(one)]
    last = today + AHEAD * DAY
    first_open, last_open = max(today, what.first_day or today), min(last, what.last_day or last)
    changes = [_change(what, schedule, one) for one in schedule.changes if first_open <= one.on <= last_open]
    if not meetings and not changes:
        return None
    shut = [[number(one.first), number(one.last)] for one in all_closed(schedule, today, last)]
    moved = sorted(number(one.instead_of) for one in schedule.changes if one.instead_of)
    shut += [[day, day] for day in moved]
    return _known({"m": meetings, "x": shut, "c": changes})


def without_times(found: dict[str, Any]) -> dict[str, Any]:
    """Return what the days are reckoned from, without times and places: many schedules are on the same days."""
    meetings = [
        {name: value for name, value in one.items() if name not in ("s", "e", "p")} for one in found.get("m", [])
    ]
    once = [one for index, one in enumerate(meetings) if one not in meetings[:index]]
    return found | _known({"m": once, "c": [[day, "", ""] for day, *_ in found.get("c", [])]})


def holidays(today: datetime.date) -> dict[int, str]:
    """Return the names of the public holidays in the 400 days after today."""
    return {number(day): name for day, name in public_holidays(today, today + AHEAD * DAY).items()}


def number(day: datetime.date) -> int:
    """Return the number of a day, counted from 1970."""
    return (day - EPOCH).days


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def _meeting(meeting: Meeting, what: Opportunity) -> dict[str, Any]:
    """Return a meeting of an opportunity without what is as usual."""
    found = recurrence(meeting)
    first = max((one for one in (meeting.first_day, found.start, what.first_day) if one), default=None)
    last = min((one for one in (meeting.last_day, what.last_day) if one), default=None)
    return _known(
        {
            "w": list(found.days) if found.kind == "weekly" else None,
            "n": [list(one) for one in found.nth],
            "d": [number(day) for day in found.dates],
            "i": found.interval if found.interval > 1 else None,
            "a": number(found.start - found.start.weekday() * DAY) if found.start else None,
            "b": sum(1 << (month - 1) for month in months(meeting)),
            "f": number(first) if first else None,
            "l": number(last) if last else None,
            "s": meeting.starts,
            "e": meeting.ends,
            "p": _place(what, meeting.at),
        }
    )


def _change(what: Opportunity, schedule: Schedule, change: Change) -> list[Any]:
    found = changed(schedule, change)
    place = _place(what, found.at)
    return [number(found.day), found.starts or "", found.ends or "", *([place] if place else [])]


def _place(what: Opportunity, name: str | None) -> int:
    """Return which of an opportunity's locations has a name, counted from 1; 0 when none is named."""
    names = [fold(one.name or "") for one in what.locations]
    return names.index(fold(name)) + 1 if name else 0
