"""Calendars read by libraries that nobody here wrote, as lists of times to compare."""

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import recurring_ical_events
from icalendar import Calendar

from meedoenkaart.calendars.events import ZONE, Window, venue_of
from meedoenkaart.catalogue import Offer
from meedoenkaart.times.days import times_of
from tests.finder.conftest import answered, bundled

HERE = Path(__file__).parent
DAY = datetime.timedelta(1)


class Time(NamedTuple):
    """A time that something is, as a calendar has it."""

    day: str
    starts: str
    ends: str
    where: str


def by_python(data: bytes, days: Window) -> tuple[list[Time], list[Time]]:
    """Return what is on and what is cancelled between two days, as ``recurring-ical-events`` reads it."""
    read = recurring_ical_events.of(Calendar.from_ical(data))
    found: list[Any] = read.between(days.first, days.last + DAY)
    on: list[Time] = []
    cancelled: list[Time] = []
    for event in found:
        start, end = event["DTSTART"].dt, event["DTEND"].dt if "DTEND" in event else None
        if isinstance(start, datetime.datetime):
            assert start.tzinfo == ZONE
            # That library gives an event without an end the same end as its start.
            ends = f"{end:%H:%M}" if end and end != start else ""
            time = Time(f"{start:%Y-%m-%d}", f"{start:%H:%M}", ends, str(event.get("LOCATION", "")))
        else:
            time = Time(start.isoformat(), "", "", str(event.get("LOCATION", "")))
        (cancelled if event["STATUS"] == "CANCELLED" else on).append(time)
    return sorted(set(on)), sorted(set(cancelled))  # as pages do with what is told twice


def by_javascript(calendars: Sequence[bytes], days: Window, folder: Path) -> list[tuple[list[Time], list[Time]]]:
    """Return the same of several calendars, as ``ical.js`` reads it."""
    program = bundled("read.mjs", folder, HERE)
    asked = {
        "calendars": [one.decode() for one in calendars],
        "first": days.first.isoformat(),
        "last": days.last.isoformat(),
    }
    answers: list[dict[str, Any]] = answered(program, asked=asked)
    found = []
    for answer in answers:
        assert answer["zones"] == [ZONE.key]
        times = answer["times"]
        assert {zone for *_, zone in times} <= {ZONE.key, ""}
        on = {_time(one) for one in times if one[3] != "CANCELLED"}
        found.append((sorted(on), sorted({_time(one) for one in times if one[3] == "CANCELLED"})))
    return found


def _time(told: list[str]) -> Time:
    day, starts, ends, _, where, _ = told
    return Time(day, starts, ends, where)


def reckoned(offer: Offer, days: Window) -> list[Time]:
    """Return when an opportunity is between two days, as pages tell it."""
    found = []
    for one in times_of(offer.opportunity, *days):
        ends = one.ends if one.starts and one.ends and one.ends > one.starts else None
        found.append(Time(one.day.isoformat(), one.starts or "", ends or "", _where(offer, one.at)))
    return sorted(set(found))


def _where(offer: Offer, at: str | None) -> str:
    venue = venue_of(offer, at)
    if not venue:
        return ""
    town = " ".join(filter(None, (venue.address.postcode, venue.address.place)))
    return ", ".join(filter(None, (venue.name, venue.address.street, town)))
