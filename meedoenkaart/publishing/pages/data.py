"""The open data: what there is, with samples, and how one uses it."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.open_data.description import dataset, downloads
from meedoenkaart.open_data.files import ROOT, About
from meedoenkaart.open_data.samples import samples
from meedoenkaart.publishing.page import Page, crumbs_to, region_of, words_of
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
    about = About(_CALLED, _HERE, "", region_of(catalogue.region))
    return {
        "intro": intro,
        "root_of_data": ROOT,
        "here": _HERE,
        "called": _CALLED,
        "downloads": [(one.path, one.path.rpartition(".")[2], one.title) for one in downloads()],
        "route": next(iter(catalogue.routes), ""),
        "samples": samples(catalogue, about),
        "changes": texts("open-data")["changes"],
        "jsonld": [described],
    }


def described(site: Site, catalogue: Catalogue) -> Mapping[str, Any]:
    """Return what search engines for data read."""
    return dataset(site.name, site.url, region_of(catalogue.region))
