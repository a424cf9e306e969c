"""Which calendars there are, what is in each, and where it lies."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from meedoenkaart.calendars.events import is_dated
from meedoenkaart.catalogue import Catalogue, MunicipalityPage, Offer, OrganisationPage, ReceptionPage
from meedoenkaart.texts import texts

NAME = "agenda.ics"
"""What a calendar is called that lies beside its page."""
NEAR_KM = 15
"""The calendar of a reception location tells of what is within so many kilometres: a ride of an hour."""


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """A calendar before it is written."""

    path: str
    """From the site's root."""
    page: str
    """The page that it belongs to."""
    name: str
    """What people see in their list of calendars."""
    offers: tuple[Offer, ...]


def own_calendar(offer: Offer) -> str:
    """Return where the calendar of one opportunity lies, from the site's root."""
    return f"{offer.organisation.url}agenda/{offer.opportunity.id}.ics"


def beside(page: str) -> str:
    """Return where the calendar of a page lies, from the site's root."""
    return f"{page}{NAME}"


def calendars(catalogue: Catalogue, region: str) -> Iterator[CalendarFile]:
    """Yield every calendar: of each opportunity with known days, and of what people look at together.

    ``region`` is what the site's region is called.
    """
    names = texts("calendars")["name"]
    for organisation in catalogue.organisations.values():
        offers, name = of_organisation(catalogue, organisation), organisation.record.name
        for one in offers:
            called = names["opportunity"].format(title=one.opportunity.title, name=name)
            yield CalendarFile(own_calendar(one), one.url, called, (one,))
        yield from _beside(organisation.url, name, offers)
    for reception in catalogue.receptions.values():
        called = names["reception"].format(name=reception.record.name, within=NEAR_KM)
        yield from _beside(reception.url, called, near_reception(catalogue, reception))
    for municipality in catalogue.municipalities.values():
        called = names["municipality"].format(name=municipality.name)
        yield from _beside(municipality.url, called, in_municipality(catalogue, municipality))
    for id, term in catalogue.vocabulary.activities.items():
        called = names["activity"].format(label=term.label, region=region)
        yield from _beside(f"activiteiten/{id}/", called, of_activity(catalogue, id))


def of_organisation(catalogue: Catalogue, page: OrganisationPage) -> tuple[Offer, ...]:
    """Return what an organisation's calendar tells of: what is paused or over too, as cancelled."""
    return tuple(filter(is_dated, catalogue.offers_of(page)))


def near_reception(catalogue: Catalogue, page: ReceptionPage) -> tuple[Offer, ...]:
    """Return what the calendar of a reception location tells of, nearest first."""
    return _going_on(one.offer for one in catalogue.near_receptions[page.slug] if one.kilometres <= NEAR_KM)


def in_municipality(catalogue: Catalogue, page: MunicipalityPage) -> tuple[Offer, ...]:
    """Return what a municipality's calendar tells of."""
    return _going_on(catalogue.offers_by_municipality.get(page.slug, ()))


def of_activity(catalogue: Catalogue, id: str) -> tuple[Offer, ...]:
    """Return what the calendar of an activity in the region tells of."""
    return _going_on(catalogue.offers_by_activity.get(id, ()))


def _going_on(offers: Iterable[Offer]) -> tuple[Offer, ...]:
    return tuple(one for one in offers if not one.is_paused and is_dated(one))


def _beside(page: str, name: str, offers: tuple[Offer, ...]) -> Iterator[CalendarFile]:
    if offers:
        yield CalendarFile(beside(page), page, name, offers)
