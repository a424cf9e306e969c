"""Municipalities, each with its route."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from meedoenkaart.calendars.selection import beside, in_municipality
from meedoenkaart.catalogue import Catalogue, MunicipalityPage, RoutePage
from meedoenkaart.continuity.travels import networks_in
from meedoenkaart.publishing.drawings import preview_picture
from meedoenkaart.publishing.grouping import by_activity, without_travel
from meedoenkaart.publishing.page import Page, crumbs_to, feed_beside, words_of
from meedoenkaart.publishing.route import RouteView, law_view, view


@dataclass(frozen=True, slots=True)
class MunicipalityLine:
    """A municipality in the overview."""

    page: MunicipalityPage
    count: int
    """Current offers there."""
    route: RoutePage | None


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Yield the overview of municipalities and a page for each."""
    words = words_of("municipality-index")
    listed = [
        MunicipalityLine(one, len(catalogue.offers_by_municipality.get(slug, [])), catalogue.routes.get(slug))
        for slug, one in catalogue.municipalities.items()
    ]
    context = {
        "municipalities": [one for one in listed if not catalogue.is_elsewhere(one.page)],
        "elsewhere": [one for one in listed if catalogue.is_elsewhere(one.page)],
    }
    crumbs = crumbs_to((words.title, None))
    yield Page("gemeenten/", "municipality_index", words.title, words.description, context, crumbs, search="")
    law = law_view(catalogue)
    for municipality in catalogue.municipalities.values():
        yield _municipality(catalogue, municipality, words.title, law)


def _municipality(catalogue: Catalogue, page: MunicipalityPage, parent: str, law: RouteView | None) -> Page:
    record = page.record
    route = catalogue.routes.get(page.slug)
    count = len(catalogue.offers_by_municipality.get(page.slug, []))
    words = words_of("municipality-route" if route else "municipality", name=page.name, count=count)
    crumbs = crumbs_to((parent, "gemeenten/"), (page.name, None))
    steps = ", ".join(str(step.title) for step in route.record.steps.values()) if route else ""
    search = ". ".join(filter(None, (f"{record.province}, {record.seat}", steps)))
    picture = preview_picture(page.slug) if route else None
    context = partial(_context, catalogue, page, law)
    return Page(
        page.url,
        "municipality",
        words.title,
        words.description,
        context,
        crumbs,
        search,
        picture,
        feed=feed_beside(page.url),
    )


def _context(catalogue: Catalogue, page: MunicipalityPage, law: RouteView | None) -> Mapping[str, Any]:
    record = page.record
    offers = catalogue.offers_by_municipality.get(page.slug, [])
    guidance = record.guidance.organisation if record.guidance else None
    route = catalogue.routes.get(page.slug)
    shown = view(catalogue, route) if route else None
    linked = shown.offers if shown else ()
    networks, everywhere = networks_in(catalogue, page)
    sectors = Counter(id for offer in offers for id in offer.opportunity.sectors)
    jsonld = {
        "@context": "https://schema.org",
        "@type": "AdministrativeArea",
        "name": record.name,
        "containedInPlace": {"@type": "AdministrativeArea", "name": record.province},
    }
    return {
        "page": page,
        "networks": networks,
        "everywhere": everywhere,
        "sectors": [(id, one, sectors[id]) for id, one in catalogue.vocabulary.sectors.items() if id in sectors],
        "route": shown,
        "law": law,
        "linked": linked,
        "offers": offers,
        "calendar": beside(page.url) if in_municipality(catalogue, page) else None,
        "groups": by_activity(catalogue, [offer for offer in offers if offer not in linked]),
        "organisations": catalogue.organisations_by_home.get(page.slug, []),
        "apart": without_travel(catalogue, page, offers),
        "from_elsewhere": catalogue.from_elsewhere(page),
        "receptions": [one for one in catalogue.receptions.values() if one.municipality is page],
        "guidance": catalogue.organisations[guidance] if guidance else None,
        "jsonld": [jsonld],
    }
