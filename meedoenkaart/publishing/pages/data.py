"""The open data: what there is, with samples, and how one uses it."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from meedoenkaart.calendars.events import is_dated, window
from meedoenkaart.calendars.files import events_of
from meedoenkaart.calendars.selection import calendars
from meedoenkaart.catalogue import Catalogue
from meedoenkaart.open_data.description import dataset, downloads
from meedoenkaart.open_data.files import ROOT, About
from meedoenkaart.open_data.samples import samples
from meedoenkaart.publishing.page import Page, crumbs_to, feed_beside, region_of, words_of
from meedoenkaart.publishing.rendering import Site
from meedoenkaart.texts import texts

_HERE = "https://site/"
"""Stands in samples for the address of the site, which only those who draw the page know."""
_CALLED = "@@site@@"
"""Stands for its name."""


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Yield the page."""
    words = words_of("data")
    crumbs = crumbs_to((words.title, None))
    context = partial(_context, catalogue, words.intro)
    yield Page("data/", "data", words.title, words.description, context, crumbs, search=words.intro)


def _context(catalogue: Catalogue, intro: str) -> Mapping[str, Any]:
    elsewhere = tuple(f"azc/{slug}/" for slug in catalogue.receptions if slug not in catalogue.regional_receptions)
    about = About(_CALLED, _HERE, "", region_of(catalogue.region))
    return {
        "intro": intro,
        "root_of_data": ROOT,
        "here": _HERE,
        "called": _CALLED,
        "downloads": [(one.path, one.path.rpartition(".")[2], one.title) for one in downloads()],
        "route": next(iter(catalogue.routes), ""),
        "samples": {**samples(catalogue, about), **_event(catalogue)},
        "calendars": _first_of_each(
            one.path for one in calendars(catalogue, about.region) if not one.page.startswith(elsewhere)
        ),
        "feeds": _first_of_each(feed_beside(page) for page in _with_feed(catalogue)),
        "changes": texts("open-data")["changes"],
        "jsonld": [described],
    }


def _first_of_each(paths: Iterable[str]) -> Mapping[str, str]:
    """Return the first file of each kind, by the folder of its pages; a single opportunity's is of the kind "kans"."""
    found: dict[str, str] = {}
    for path in paths:
        found.setdefault("kans" if "/agenda/" in path else path.partition("/")[0], path)
    return found


def _with_feed(catalogue: Catalogue) -> Iterator[str]:
    yield from (one.url for one in catalogue.regional_receptions.values())
    yield from (one.url for one in catalogue.regional_municipalities.values())
    yield from (f"sectoren/{id}/" for id in catalogue.offers_by_sector)
    yield "routes/"


def _event(catalogue: Catalogue) -> Mapping[str, str]:
    """Return an event as calendars have it; none when no day is known of anything."""
    for offer in catalogue.regional_offers or catalogue.current_offers:
        label = str(catalogue.vocabulary.activities[offer.opportunity.activity].label)
        if is_dated(offer) and (told := events_of(offer, _HERE + offer.url, label, window(catalogue.today))):
            first, end, _ = told.decode().replace("\r\n", "\n").partition("END:VEVENT\n")
            return {"event": first + end}
    return {}


def described(site: Site, catalogue: Catalogue) -> Mapping[str, Any]:
    """Return what search engines for data read."""
    return dataset(site.name, site.url, region_of(catalogue.region))
