"""Reception locations, and what there is to do near each."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from meedoenkaart.calendars import selection
from meedoenkaart.catalogue import NEAR_KM, Catalogue, Nearby, ReceptionPage
from meedoenkaart.publishing.grouping import LISTED, by_home, links, without_travel
from meedoenkaart.publishing.page import Page, crumbs_to, feed_beside, region_of, words_of
from meedoenkaart.publishing.structured_data import address, geo
from meedoenkaart.publishing.surroundings import Town, scene, towns_of


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Yield the overview of reception locations and a page for each."""
    words = words_of("reception-index", region=region_of(catalogue.region))
    receptions = list(catalogue.receptions.values())
    near = catalogue.near_receptions
    context = {
        "receptions": list(catalogue.regional_receptions.values()),
        "elsewhere": [one for one in receptions if catalogue.is_elsewhere(one.municipality)],
        "counts": {slug: len(found) for slug, found in near.items()},
        "within": NEAR_KM,
    }
    crumbs = crumbs_to((words.title, None))
    yield Page("azc/", "reception_index", words.title, words.description, context, crumbs, search="")
    towns = towns_of(catalogue.places)
    for reception in receptions:
        yield _reception(catalogue, reception, near[reception.slug], towns, words.title)


def _reception(catalogue: Catalogue, page: ReceptionPage, near: list[Nearby], towns: list[Town], parent: str) -> Page:
    name = page.record.name
    words = words_of("reception", name=name, count=len(near), within=NEAR_KM)
    crumbs = crumbs_to((parent, "azc/"), (name, None))
    search = f"{page.record.place}, {page.municipality.name}"
    context = partial(_context, catalogue, page, near, towns)
    return Page(
        page.url,
        "reception",
        words.title,
        words.description,
        context,
        crumbs,
        search,
        feed=feed_beside(page.url),
    )


def _context(catalogue: Catalogue, page: ReceptionPage, near: list[Nearby], towns: list[Town]) -> Mapping[str, Any]:
    groups = [
        (term, id, found)
        for id, term in catalogue.vocabulary.activities.items()
        if (found := [one for one in near[:LISTED] if one.offer.opportunity.activity == id])
    ]
    farther = by_home(catalogue, [one.offer for one in near[LISTED:]])
    jsonld = {
        "@context": "https://schema.org",
        "@type": "Place",
        "name": page.record.name,
        **geo(page.spot),
        **address(page.record.place),
    }
    return {
        "page": page,
        "with_finder": bool(catalogue.offers),
        "apart": without_travel(catalogue, page.municipality, [one.offer for one in near]),
        "groups": groups,
        "farther": links(farther),
        "within": NEAR_KM,
        "calendar": selection.beside(page.url) if selection.near_reception(catalogue, page) else None,
        "calendar_within": selection.NEAR_KM,
        "scene": scene(page, near, towns),
        "jsonld": [jsonld],
    }
