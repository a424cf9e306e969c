"""A calendar as a file: what stands around the events, and the events themselves, as bytes."""

import datetime
from collections.abc import Iterable
from functools import cache

from icalendar import Calendar, Component, Timezone, TimezoneDaylight, TimezoneStandard, vDuration, vText, vUri

from generator.calendars.events import ZONE, Window, events, one_line
from generator.catalogue import Offer
from generator.texts import texts

_BEGIN, _END = b"BEGIN:VEVENT\r\n", b"END:VCALENDAR\r\n"
_ONCE_A_DAY = datetime.timedelta(days=1)


def events_of(offer: Offer, address: str, label: str, known: Window) -> bytes:
    """Return the events of an opportunity as they stand in every calendar; see ``events``."""
    return b"".join(one.to_ical() for one in events(offer, address, label, known))


def calendar(name: str, site: str, page: str, address: str, found: Iterable[bytes]) -> bytes:
    """Return a calendar with these events; ``page`` and ``address`` are where a reader finds more, and where it lies.

    ``site`` is what the site is called.
    """
    around, called = Calendar(), vText(one_line(name))
    around.add("prodid", vText(f"-//{one_line(site)}//NL"))
    around.add("version", "2.0")
    around.add("name", called)
    around.add("x-wr-calname", called)
    around.add("description", vText(texts("calendars")["about"].format(site=one_line(site))))
    around.add("url", page)
    around.add("source", vUri(address))
    around.add("refresh-interval", vDuration(_ONCE_A_DAY))
    around.add("x-published-ttl", vDuration(_ONCE_A_DAY))
    around["refresh-interval"].params["VALUE"] = "DURATION"
    around["source"].params["VALUE"] = "URI"
    around.add_component(_zone())
    written: bytes = around.to_ical()
    return b"".join((written.removesuffix(_END), *found, _END))


def events_in(found: bytes) -> bytes:
    """Return the events of a calendar that was made here."""
    start = found.find(_BEGIN)
    return found[start:].removesuffix(_END) if start >= 0 else b""


@cache
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
