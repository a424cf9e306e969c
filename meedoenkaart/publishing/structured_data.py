"""What several kinds of page tell search engines in the words of schema.org."""

import datetime
from collections.abc import Iterable
from typing import Any

from meedoenkaart.catalogue import Catalogue, Venue
from meedoenkaart.geography.areas import NATIONWIDE
from meedoenkaart.geography.distance import Spot
from meedoenkaart.records.organisation import Meeting, Schedule
from meedoenkaart.records.shared import Contact
from meedoenkaart.times.days import AHEAD, DAY, all_closed, has_days, months, recurrence
from meedoenkaart.times.holidays import days_between

ICAL_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""Weekdays as iCalendar has them (RFC 5545), Monday first."""


def address(place: str, street: str | None = None, postcode: str | None = None) -> dict[str, Any]:
    """Return an address as far as it is known."""
    known = {"streetAddress": street, "postalCode": postcode, "addressLocality": place, "addressCountry": "NL"}
    return {"address": {"@type": "PostalAddress", **{name: value for name, value in known.items() if value}}}


def geo(spot: Spot) -> dict[str, Any]:
    """Return the position for search engines, but not the centre of a place: that would claim too much."""
    if spot.precision == "plaats":
        return {}
    return {"geo": {"@type": "GeoCoordinates", "latitude": spot.latitude, "longitude": spot.longitude}}


def schedules(schedule: Schedule | None, today: datetime.date) -> dict[str, Any]:
    """Return the meetings of which the days are known, as ``Schedule`` of schema.org; exceptions of the coming year."""
    if schedule is None or not any(has_days(one) for one in schedule.meetings):
        return {}
    shut = {
        day.isoformat()
        for one in all_closed(schedule, today, today + AHEAD * DAY)
        for day in days_between(max(one.first, today), min(one.last, today + AHEAD * DAY))
    }
    shut |= {one.instead_of.isoformat() for one in schedule.changes if one.instead_of}
    made = [_schedule(one, sorted(shut)) for one in schedule.meetings if has_days(one)]
    made += [
        {"@type": "Schedule", "startDate": one.on.isoformat(), "endDate": one.on.isoformat(), "repeatCount": 1}
        for one in schedule.changes
    ]
    return {"eventSchedule": made}


def _schedule(meeting: Meeting, shut: list[str]) -> dict[str, Any]:
    found = recurrence(meeting)
    first, last = meeting.first_day or found.start, meeting.last_day
    values: dict[str, Any] = {"@type": "Schedule", "scheduleTimezone": "Europe/Amsterdam"}
    if found.kind == "monthly":
        values |= {"repeatFrequency": "P1M", "byDay": [f"{which}{ICAL_DAYS[day]}" for which, day in found.nth]}
    elif found.kind == "weekly":
        values |= {"repeatFrequency": f"P{found.interval}W", "byDay": [ICAL_DAYS[day] for day in found.days]}
    else:
        first, last = min(found.dates), max(found.dates)
        values["repeatCount"] = len(found.dates)
    if in_months := months(meeting):
        values["byMonth"] = list(in_months)
    known = {"startTime": meeting.starts, "endTime": meeting.ends, "startDate": first, "endDate": last}
    values |= {name: str(value) for name, value in known.items() if value}
    return values | ({"exceptDate": shut} if shut else {})


def areas(catalogue: Catalogue, ids: Iterable[str]) -> list[dict[str, Any]]:
    """Return the areas that something reaches."""
    whole = {"@type": "Country", "name": "Nederland"}
    return [
        whole if id == NATIONWIDE else {"@type": "AdministrativeArea", "name": catalogue.area_name(id)} for id in ids
    ]


def virtual(contact: Contact | None) -> dict[str, Any]:
    """Return where one takes part online; the organisation's own page is all that is known of it."""
    return {"@type": "VirtualLocation", **({"url": contact.website} if contact and contact.website else {})}


def place(venue: Venue) -> dict[str, Any]:
    """Return a place where one takes part."""
    where = venue.address
    named = {"name": venue.name} if venue.name else {}
    return {"@type": "Place", **named, **address(where.place, where.street, where.postcode), **geo(venue.spot)}
