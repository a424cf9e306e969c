"""A calendar as a file: what stands around the events, and the events themselves, as bytes."""

import datetime
from collections.abc import Iterable
from typing import NamedTuple

from icalendar import Calendar, Component, Timezone, TimezoneDaylight, TimezoneStandard, vDuration, vText

from meedoenkaart.calendars.events import ZONE, Window, events
from meedoenkaart.catalogue import Offer
from meedoenkaart.texts import texts, visible_line

_END = b"END:VCALENDAR\r\n"
_ZONE = b"BEGIN:VTIMEZONE\r\n"
_LONGEST = 75
"""Octets of a line."""
_ONCE_A_DAY = datetime.timedelta(days=1)


class Around(NamedTuple):
    """What calendars begin with, before and after what is their own."""

    before: bytes
    after: bytes


def events_of(offer: Offer, address: str, label: str, known: Window) -> bytes:
    """Return the events of an opportunity as they stand in every calendar; see ``events``."""
    found = events(offer, address, label, known)
    return b"".join(folded(line) for event in found for line in event)


def calendar(around: Around, name: str, page: str, address: str, found: Iterable[bytes]) -> bytes:
    """Return a calendar with these events; ``page`` is where a reader finds more, ``address`` where it lies."""
    called = vText(visible_line(name)).to_ical().decode()
    own = (f"NAME:{called}", f"X-WR-CALNAME:{called}", f"SOURCE;VALUE=URI:{address}", f"URL:{page}")
    return b"".join((around.before, *map(folded, own), around.after, *found, _END))


def folded(line: str) -> bytes:
    """Return a line of a calendar in lines of at most 75 octets, in which every sign is whole."""
    data = line.encode()
    start, parts = 0, []
    while len(data) - start > (room := _LONGEST - bool(start)):
        end = start + room
        while data[end] & 0b1100_0000 == 0b1000_0000:  # within a sign
            end -= 1
        parts.append(data[start:end])
        start = end
    return b"\r\n ".join((*parts, data[start:])) + b"\r\n"


def around_all(site: str) -> Around:
    """Return what all calendars of a site begin with; ``site`` is what it is called."""
    around = Calendar()
    around.add("prodid", vText(f"-//{visible_line(site)}//NL"))
    around.add("version", "2.0")
    around.add("description", vText(texts("calendars")["about"].format(site=visible_line(site))))
    around.add("refresh-interval", vDuration(_ONCE_A_DAY))
    around.add("x-published-ttl", vDuration(_ONCE_A_DAY))
    around["refresh-interval"].params["VALUE"] = "DURATION"
    around.add_component(_zone())
    written: bytes = around.to_ical()
    before, zone, after = written.removesuffix(_END).partition(_ZONE)
    return Around(before, zone + after)


def _zone() -> Timezone:
    """Return the clock of the Netherlands, by the rule that the European Union has had since 1996."""
    zone = Timezone()
    zone.add("tzid", ZONE.key)
    for part, name, day, hour, month, before, after in (
        (TimezoneDaylight(), "CEST", 31, 2, 3, 1, 2),
        (TimezoneStandard(), "CET", 27, 3, 10, 2, 1),
    ):
        told: Component = part
        told.add("dtstart", datetime.datetime(1996, month, day, hour))  # a zone is what gives a clock its zone
        told.add("rrule", {"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": "-1SU"})
        told.add("tzoffsetfrom", datetime.timedelta(hours=before))
        told.add("tzoffsetto", datetime.timedelta(hours=after))
        told.add("tzname", name)
        zone.add_component(told)
    return zone
