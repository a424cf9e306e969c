"""Routes side by side: each as a column on a page of its own, and a page that puts two to four of these together.

A script takes the columns that somebody chooses from their pages, so that no page is made for a pair. Without it the
page shows the routes of the region.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

from meedoenkaart.catalogue import Catalogue, RoutePage
from meedoenkaart.continuity.alignment import Column, column, columns, differences, together, weeks
from meedoenkaart.publishing.page import Page, crumbs_to, words_of
from meedoenkaart.publishing.pages.routes import URL

MOST = 4
"""So many routes stand side by side at most."""


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Yield the page that compares, and a page for each column."""
    words, parent = words_of("routes-compared"), words_of("routes").title
    way = crumbs_to((parent, URL), (words.title, None))
    context = partial(_side_by_side, catalogue, words.intro)
    yield Page(
        f"{URL}vergelijken/", "routes_compared", words.title, words.description, context, way, search=words.intro
    )
    for route in catalogue.routes.values():
        name = catalogue.municipalities[route.slug].name
        own = words_of("route-in-short", name=name)
        way = crumbs_to((parent, URL), (name, None))
        yield Page(f"{URL}{route.slug}/", "route_in_short", own.title, own.description, _alone(catalogue, route), way)


def _side_by_side(catalogue: Catalogue, intro: str) -> dict[str, Any]:
    found = columns(catalogue)
    here = [one for one in found if not catalogue.is_elsewhere(one.municipality)]
    shown = (here if len(here) > 1 else found)[:MOST]
    return {"intro": intro, "all": sorted(found, key=lambda one: one.municipality.name), "most": MOST, **_shown(shown)}


def _alone(catalogue: Catalogue, route: RoutePage) -> partial[dict[str, Any]]:
    return partial(lambda: _shown([column(catalogue, route)]))


def _shown(found: list[Column]) -> dict[str, Any]:
    """Return what the template shows of these columns, with the longest term for the scale."""
    apart, has_common = differences(found)
    return {
        "columns": found,
        "groups": together(found),
        "rows": {key: row for one in reversed(found) for key, row in one.rows.items()},
        "longest": max((term.end for one in found for term in one.terms), default=0),
        "differences": apart,
        "has_common": has_common,
        "weeks": weeks,
    }
