"""What is on in the coming two weeks, day by day."""

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from meedoenkaart.calendars import selection
from meedoenkaart.calendars.events import venue_of
from meedoenkaart.catalogue import Catalogue, Offer, Venue
from meedoenkaart.publishing.page import Page, crumbs_to, words_of
from meedoenkaart.times.days import DAY, Occurrence, times_of
from meedoenkaart.times.holidays import days_between, public_holidays

DAYS = 14
"""As many days as the page tells, today included."""


class Entry(NamedTuple):
    """One time that an opportunity is."""

    offer: Offer
    time: Occurrence

    @property
    def venue(self) -> Venue | None:
        """Where it is then, or else where it is first."""
        return venue_of(self.offer, self.time.at)


class Day(NamedTuple):
    """A day of the agenda."""

    day: datetime.date
    holiday: str
    """The name of the public holiday that it is, or nothing."""
    entries: list[Entry]


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Yield the agenda of the region."""
    words = words_of("agenda")
    crumbs = crumbs_to((words.title, None))
    context = {
        "days": agenda(catalogue),
        "intro": words.intro,
        "calendar_within": selection.NEAR_KM,
        "followed": {
            "azc": [slug for slug, one in catalogue.receptions.items() if selection.near_reception(catalogue, one)],
            "gemeenten": [
                slug for slug, one in catalogue.municipalities.items() if selection.in_municipality(catalogue, one)
            ],
        },
    }
    yield Page(
        "agenda/", "agenda", words.title, words.description, context, crumbs, search="wanneer, vandaag, deze week"
    )


def agenda(catalogue: Catalogue) -> list[Day]:
    """Return the coming days of the region, each with what is on that is not paused, by time."""
    first, last = catalogue.today, catalogue.today + (DAYS - 1) * DAY
    by_day: dict[datetime.date, list[Entry]] = {}
    for offer in catalogue.regional_offers:
        for time in () if offer.is_paused else times_of(offer.opportunity, first, last):
            by_day.setdefault(time.day, []).append(Entry(offer, time))
    holidays = public_holidays(first, last)
    return [
        Day(day, holidays.get(day, ""), sorted(by_day.get(day, []), key=lambda entry: entry.time.starts or "~"))
        for day in days_between(first, last)
    ]
