"""Browsers reckon the same days as the build, and both as the standard says (RFC 5545). All schedules are made up."""

import datetime
import os
import random
from pathlib import Path
from typing import Any

import pytest
from dateutil.rrule import rruleset, rrulestr
from pydantic import TypeAdapter

from meedoenkaart.records.organisation import Opportunity
from meedoenkaart.records.recurrence import SEASONS, WEEKDAYS
from meedoenkaart.times.compact import compact, number
from meedoenkaart.times.days import next_time, times_of
from tests.finder.conftest import answered, bundled

SCHEDULES = int(os.environ.get("SCHEDULES", "500"))
"""``make fuzz`` makes more up."""
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ORDINALS = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "vijfde": 5, "laatste": -1}
LOCATIONS: list[dict[str, Any]] = [
    {"name": "Dorpshuis", "address": {"place": "Drachten"}},
    {"name": "Kerkzaal", "address": {"place": "Oudega"}},
]
DAY = datetime.timedelta(1)


def _meeting(chance: random.Random, today: datetime.date) -> tuple[dict[str, Any], str]:
    """Return a meeting and the rule of the standard that means the same."""
    days = sorted(chance.sample(range(7), chance.choice([1, 1, 2, 3])))
    names, codes = [WEEKDAYS[day] for day in days], ",".join(CODES[day] for day in days)
    start = today + chance.randint(-500, 60) * DAY
    weeks = chance.randint(2, 6)
    nth = [(chance.choice([*ORDINALS]), day) for day in days]
    months = " en ".join(f"{which} {WEEKDAYS[day]}" for which, day in nth)
    single = sorted({today + chance.randint(-30, 380) * DAY for _ in range(chance.randint(1, 4))})
    anchored = f"DTSTART:{start:%Y%m%d}T000000\nRRULE:FREQ=WEEKLY;INTERVAL={weeks};WKST=MO"
    found: list[tuple[dict[str, Any], str]] = [
        ({"days": names}, f"FREQ=WEEKLY;BYDAY={codes}"),
        ({"rule": " en ".join(names)}, f"FREQ=WEEKLY;BYDAY={codes}"),
        (
            {"rule": months},
            "FREQ=MONTHLY;BYDAY=" + ",".join(f"{ORDINALS[which]}{CODES[day]}" for which, day in nth),
        ),
        ({"rule": f"om de {weeks} weken vanaf {start}"}, f"{anchored};BYDAY={CODES[start.weekday()]}"),
        ({"days": names, "rule": f"om de {weeks} weken vanaf {start}"}, f"{anchored};BYDAY={codes}"),
        (
            {"rule": "eenmalig op " + " en ".join(map(str, single))},
            "RDATE:" + ",".join(f"{day:%Y%m%d}T000000" for day in single),
        ),
    ]
    return chance.choice(found)


def _schedule(chance: random.Random, today: datetime.date) -> tuple[dict[str, Any], list[datetime.date]]:
    """Return a schedule and its days in the 400 days from today, as the standard gives them."""
    days: set[datetime.date] = set()
    meetings, first, last = [], today, today + 400 * DAY
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        meeting, rule = _meeting(chance, today)
        if chance.random() < 0.25 and "RDATE" not in rule:
            meeting["seasons"] = chance.sample([*SEASONS], 2)
            rule += ";BYMONTH=" + ",".join(str(month) for one in meeting["seasons"] for month in SEASONS[one])
        if chance.random() < 0.2:
            meeting["first_day"] = str(today + chance.randint(-90, 200) * DAY)
        if chance.random() < 0.2:
            meeting["last_day"] = str(today + chance.randint(201, 500) * DAY)
        if chance.random() < 0.5:
            meeting["starts"] = f"{chance.randint(8, 20):02}:{chance.choice(['00', '30'])}"
        if chance.random() < 0.3:
            meeting["at"] = chance.choice(LOCATIONS)["name"]
        meetings.append(meeting)
        bounds = [
            datetime.date.fromisoformat(meeting.get(name, str(usual)))
            for name, usual in (("first_day", first), ("last_day", last))
        ]
        start = datetime.datetime(first.year - 1, 1, 1)  # a day has no zone
        found = rrulestr(rule, dtstart=start, forceset=True)
        assert isinstance(found, rruleset)
        days |= (
            {one.date() for one in found.between(_time(max(first, bounds[0])), _time(min(last, bounds[1])), inc=True)}
            if bounds[0] <= bounds[1]
            else set()
        )
    schedule: dict[str, Any] = {"meetings": meetings}
    if chance.random() < 0.4:
        one = today + chance.randint(0, 300) * DAY
        other = one + chance.randint(0, 60) * DAY
        schedule["without"] = [{"days": f"{one} tot en met {other}"}]
        days -= {one + step * DAY for step in range((other - one).days + 1)}
    if chance.random() < 0.3:
        on, instead = today + chance.randint(0, 300) * DAY, today + chance.randint(0, 300) * DAY
        schedule["changes"] = [{"on": str(on), "instead_of": str(instead), "at": chance.choice(LOCATIONS)["name"]}]
        days = (days - {instead}) | {on}
    return schedule, sorted(days)


def _time(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time())


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bundled("days.mjs", tmp_path_factory.mktemp("days"))


def _reckoned(program: Path, schedules: list[Any], moments: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = answered(program, asked={"schedules": schedules, "moments": moments})
    return found


def test_made_up_schedules_have_the_same_days_everywhere(program: Path) -> None:
    chance = random.Random(2026)  # noqa: S311  # the same schedules every time
    adapter = TypeAdapter(Opportunity)
    asked: list[Any] = []
    expected = []
    for _ in range(SCHEDULES):
        today = datetime.date(2026, 1, 1) + chance.randint(0, 1500) * DAY
        values, days = _schedule(chance, today)
        open_on = {}
        if chance.random() < 0.3:
            bounds = today + chance.randint(-50, 150) * DAY, today + chance.randint(160, 450) * DAY
            open_on = dict(zip(("first_day", "last_day"), map(str, bounds), strict=True))
            days = [day for day in days if bounds[0] <= day <= bounds[1]]
        made = {"id": "x", "title": "Iets", "activity": "taal", "locations": LOCATIONS, "schedule": values, **open_on}
        what = adapter.validate_python(made)
        found = times_of(what, today, today + 400 * DAY)
        assert sorted({one.day for one in found}) == days, values
        following = next_time(what, today)
        places = [one["name"] for one in LOCATIONS]
        times = sorted(
            (number(one.day), one.starts or "", one.ends or "", places.index(one.at) + 1 if one.at else 0)
            for one in found
        )
        asked.append([compact(what, today) or {}, number(today), number(today) + 400])
        expected.append((times, number(following.day) if following else None))
    answers = _reckoned(program, asked, [])["found"]
    for (values, *_), (wanted, day), (reckoned, first) in zip(asked, expected, answers, strict=True):
        assert [(one["day"], one["starts"], one["ends"], one["place"]) for one in reckoned] == wanted, values
        assert first == day, values


def test_today_is_the_day_in_the_netherlands(program: Path) -> None:
    moments = {
        "2026-12-05T22:59:59Z": "2026-12-05",
        "2026-12-05T23:00:00Z": "2026-12-06",
        "2027-06-30T21:59:59Z": "2027-06-30",
        "2027-06-30T22:00:00Z": "2027-07-01",
        "2026-12-31T23:30:00Z": "2027-01-01",
    }
    days = _reckoned(program, [], [*moments])["days"]
    assert days == [number(datetime.date.fromisoformat(day)) for day in moments.values()]
