"""What there is around each reception location, in each municipality and in the region, and what is missing."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from io import StringIO
from itertools import chain
from math import ceil
from typing import Any, NamedTuple

from meedoenkaart.catalogue import NEAR_KM, Catalogue, MunicipalityPage, Nearby, ReceptionPage
from meedoenkaart.continuity.coverage import (
    PERMITS,
    REACHES,
    TIME_UNKNOWN,
    Counted,
    Elsewhere,
    Ring,
    Row,
    axes,
    counted,
    coverage,
    elsewhere,
    gaps,
    lowest,
    rings,
)
from meedoenkaart.geography.distance import Spot
from meedoenkaart.geography.places import spelled
from meedoenkaart.open_data.spreadsheets import safe
from meedoenkaart.publishing.page import Page, crumbs_to, region_of, words_of
from meedoenkaart.records.recurrence import WEEKDAYS
from meedoenkaart.texts import texts
from meedoenkaart.times.days import PARTS

USUAL = ("10", "nee")
"""The distance and the permit that are shown first."""
FACETS = {"activities": "activiteit", "sectors": "sector"}
"""What the finder calls a row's facet."""


class Around(NamedTuple):
    """A place with all that counts around it."""

    name: str
    url: str
    origin: str
    """What the finder calls it."""
    near: Mapping[str, Ring]


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Yield the page of the region, and one for each reception location and each municipality of the region."""
    others, what = cache(partial(elsewhere, catalogue)), cache(partial(counted, catalogue))  # only when they are asked
    words = words_of("coverage-region", region=region_of(catalogue.region))
    crumbs = crumbs_to((words.title, None))
    yield Page(
        "dekking/",
        "coverage_region",
        words.title,
        words.description,
        partial(_region, catalogue, what, words.intro),
        crumbs,
        search=words.intro,
        beside="dekking.csv",
    )
    for reception in catalogue.receptions.values():
        name, parent = reception.record.name, (words_of("reception-index", region="").title, "azc/")
        yield _page(catalogue, reception, name, parent, partial(_at_reception, catalogue, what, reception), others)
    for municipality in catalogue.regional_municipalities.values():
        parent = (words_of("municipality-index").title, "gemeenten/")
        around = partial(_in_municipality, catalogue, what, municipality)
        yield _page(catalogue, municipality, municipality.name, parent, around, others)


def _page(
    catalogue: Catalogue,
    place: ReceptionPage | MunicipalityPage,
    name: str,
    parent: tuple[str, str],
    around: partial[Around],
    others: Callable[[], Elsewhere],
) -> Page:
    words = words_of("coverage", name=name)
    crumbs = crumbs_to(parent, (name, place.url), (texts("pages")["coverage"]["short"], None))
    url, beside = f"{place.url}dekking/", f"dekking-{place.slug}.csv"
    context = partial(_context, catalogue, around, others, {"intro": words.intro, "csv": beside})
    return Page(url, "coverage", words.title, words.description, context, crumbs, beside=beside)


def _at_reception(catalogue: Catalogue, what: Callable[[], Mapping[int, Counted]], page: ReceptionPage) -> Around:
    near = rings(catalogue.near_receptions[page.slug], page.municipality, what())
    return Around(page.record.name, page.url, page.slug, near)


def _in_municipality(catalogue: Catalogue, what: Callable[[], Mapping[int, Counted]], page: MunicipalityPage) -> Around:
    return Around(page.name, page.url, f"gemeente-{page.slug}", rings(_near(catalogue, page), page, what()))


def _near(catalogue: Catalogue, page: MunicipalityPage) -> list[Nearby]:
    """Return what is near a municipality's main place."""
    spot = _seat(catalogue, page)
    return catalogue.near(spot, NEAR_KM, page) if spot else []


def _seat(catalogue: Catalogue, page: MunicipalityPage) -> Spot | None:
    seat = spelled(page.record.seat)
    for place in catalogue.places:
        if place.cbs_code == page.record.cbs_code and seat in map(spelled, (place.name, *place.also)):
            return place.spot
    return None


def _context(
    catalogue: Catalogue, around: partial[Around], others: Callable[[], Elsewhere], more: Mapping[str, Any]
) -> Mapping[str, Any]:
    return {
        **_counting(catalogue, [around()]),
        **more,
        "labels": {row: label for _, labelled in _groups(catalogue) for row, label in labelled},
        "facets": FACETS,
        "elsewhere": others(),
        "gaps": gaps,
        "weekdays": WEEKDAYS,
        "parts": (*PARTS, TIME_UNKNOWN),
    }


def _region(catalogue: Catalogue, what: Callable[[], Mapping[int, Counted]], intro: str) -> Mapping[str, Any]:
    places = [_at_reception(catalogue, what, one) for one in catalogue.regional_receptions.values()]
    return {**_counting(catalogue, places), "intro": intro, "lowest": lowest}


def _counting(catalogue: Catalogue, places: Sequence[Around]) -> Mapping[str, Any]:
    """Return what is counted where, and how: to count it takes longer than to see that it is the same."""
    return {
        "places": places,
        "axes": axes(catalogue),
        "coverage": coverage,
        "reaches": [(name, ceil(far)) for name, far in REACHES.items()],  # with the kilometres that the finder is asked
        "permits": PERMITS,
        "usual": USUAL,
        "groups": _groups(catalogue),
        "beside": _csv,
    }


def _groups(catalogue: Catalogue) -> list[tuple[str, list[tuple[Row, str]]]]:
    """Return the rows by facet, with what readers call them."""
    found: dict[str, list[tuple[Row, str]]] = {facet: [] for facet in FACETS}
    for row in axes(catalogue).rows:
        found[row.facet].append((row, str(getattr(catalogue.vocabulary, row.facet)[row.id].label)))
    return list(found.items())


def _csv(context: Mapping[str, Any]) -> bytes:
    """Return all counts as a table that Dutch spreadsheets open: a row for each place, distance, permit and subject."""
    words, along = texts("pages")["coverage"], context["axes"]
    file = StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerow([*words["columns"], *(f"{level} {kind}" for level in along.levels for kind in words["kinds"])])
    subjects = [
        (row, safe(words["facets"][facet]), safe(label))
        for facet, labelled in context["groups"]
        for row, label in labelled
    ]
    for place in context["places"]:
        for reach, found in coverage(place.near, along).items():
            for permit, table in found.tables.items():
                where = [safe(one) for one in (place.name, words["reaches"][reach], words["permits"][permit])]
                writer.writerows([*where, *about, *chain.from_iterable(table[row])] for row, *about in subjects)
    return file.getvalue().encode("utf-8-sig")
