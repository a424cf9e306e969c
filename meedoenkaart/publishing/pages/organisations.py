"""Organisations, each with its opportunities."""

import datetime
from collections.abc import Iterator
from functools import partial
from itertools import islice
from textwrap import shorten
from typing import Any

from meedoenkaart.calendars.selection import beside, of_organisation
from meedoenkaart.catalogue import Catalogue, Offer, OrganisationPage, Venue
from meedoenkaart.geography.distance import kilometres, might_reach
from meedoenkaart.publishing.embeds import CARDS
from meedoenkaart.publishing.page import Page, crumbs_to, words_of
from meedoenkaart.publishing.structured_data import areas, place, schedules, virtual
from meedoenkaart.texts import texts

NEAR_RECEPTION_KM = 30
"""An organisation's page names the reception locations within so many kilometres."""
MOST_ELSEWHERE = 3
"""So many other places of a network are named."""
ONLINE = "online"
"""The way to take part that search engines know a word for."""
LONGEST_DESCRIPTION = 160
"""Characters of a page's description that search engines show."""


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Yield a page for every organisation."""
    for organisation in catalogue.organisations.values():
        yield page_of(catalogue, organisation)


def page_of(catalogue: Catalogue, page: OrganisationPage) -> Page:
    """Return the page of an organisation."""
    record = page.record
    offers = catalogue.offers_of(page)
    titles = ", ".join(str(offer.opportunity.title) for offer in offers)
    crumbs = crumbs_to(
        (texts("pages")["opportunities"]["title"], "kansen/"),
        (page.home.name, f"kansen/{page.home.slug}/"),
        (record.name, None),
    )
    vocabulary = catalogue.vocabulary
    kinds = [str(vocabulary.activities[offer.opportunity.activity].label) for offer in offers]
    sectors = [str(vocabulary.sectors[id].label) for offer in offers for id in offer.opportunity.sectors]
    places = [venue.address.place for venue in _venues(page, offers)]
    names = [venue.name for offer in offers for venue in offer.venues if venue.name]
    facts = dict.fromkeys([*places, page.home.name, *names, *kinds, *sectors])
    place = record.address.place if record.address else ""
    words = words_of(
        "organisation" if place else "organisation-nationwide", titles=titles, name=record.name, place=place
    )
    return Page(
        page.url,
        "organisation",
        record.name if place and place in record.name else words.title,
        shorten(words.description, LONGEST_DESCRIPTION, placeholder=" …"),
        partial(_organisation_context, catalogue, page),
        crumbs,
        search=f"{titles}. {', '.join(facts)}",
        beside=CARDS,
    )


def _venues(page: OrganisationPage, offers: list[Offer]) -> list[Venue]:
    """Return the organisation's own address, and where its opportunities are."""
    own = [page.venue] if page.venue else []
    return [*own, *(venue for offer in offers for venue in offer.venues if venue is not page.venue)]


def _organisation_context(catalogue: Catalogue, page: OrganisationPage) -> dict[str, Any]:
    offers = catalogue.offers_of(page)
    spots = [venue.spot for venue in _venues(page, offers)]
    near = [
        (one, min(kilometres(spot, one.spot) for spot in spots))
        for one in catalogue.receptions.values()
        if any(might_reach(spot, one.spot, NEAR_RECEPTION_KM) for spot in spots)
    ]
    return {
        "page": page,
        "offers": offers,
        "calendar": beside(page.url) if len(of_organisation(catalogue, page)) > 1 else None,
        "found_again": {
            id: [(one.home.name, one.url) for one in _elsewhere(catalogue, page, id)] for id in page.record.networks
        },
        "nearby_receptions": sorted((one for one in near if one[1] <= NEAR_RECEPTION_KM), key=lambda one: one[1]),
        "jsonld": [_organisation_jsonld(catalogue, page, offers)],
    }


def _elsewhere(catalogue: Catalogue, page: OrganisationPage, network: str) -> list[OrganisationPage]:
    """Return a few organisations of a network in other municipalities, one in each."""
    others = (one for one in catalogue.network_in_each_home.get(network, ()) if one.home is not page.home)
    return list(islice(others, MOST_ELSEWHERE))


def _organisation_jsonld(catalogue: Catalogue, page: OrganisationPage, offers: list[Offer]) -> dict[str, Any]:
    today = catalogue.today
    record = page.record
    contact = record.contact
    found: dict[str, Any] = {"@context": "https://schema.org", "@type": "Organization", "name": record.name}
    if record.description:
        found["description"] = str(record.description)
    if contact:
        known = {"url": contact.website, "email": contact.email, "telephone": contact.phone}
        found |= {name: value for name, value in known.items() if value}
    if page.venue:
        found["location"] = place(page.venue)
    found["makesOffer"] = [
        {
            "@type": "Offer",
            "itemOffered": _offered(offer, today),
            **({"areaServed": areas(catalogue, offer.areas)} if offer.opportunity.serves or not offer.venues else {}),
        }
        for offer in offers
    ]
    return found


def _offered(offer: Offer, today: datetime.date) -> dict[str, Any]:
    """Return what one can do: an event when its days are known, else a service."""
    what = offer.opportunity
    when = schedules(what.schedule, today)
    described = {"description": str(what.description)} if what.description else {}
    known: dict[str, Any] = {"@type": "Event" if when else "Service", "name": str(what.title), **described}
    places = [place(venue) for venue in offer.venues]
    if not when:
        channel = {"@type": "ServiceChannel", "serviceLocation": places}
        return known | ({"availableChannel": channel} if places else {})
    online = [virtual(offer.organisation.record.contact)] if ONLINE in what.ways else []
    mode = "Mixed" if online and places else "Online" if online else "Offline"
    where = {"location": [*places, *online]} if places or online else {}
    return known | where | {"eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode"} | when
