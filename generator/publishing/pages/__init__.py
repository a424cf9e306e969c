"""Which pages the site has: one module for each kind, in the order in which they are made."""

from collections.abc import Iterator

from generator.catalogue import Catalogue
from generator.publishing.page import Page
from generator.publishing.pages import (
    agenda,
    contacts,
    coverage,
    fields,
    form,
    glossary,
    guides,
    handover,
    home,
    municipalities,
    onward,
    opportunities,
    organisations,
    receptions,
    route_help,
    routes,
    routes_compared,
    routes_law,
    shortlist,
    tasks,
)

KINDS = (
    home,
    opportunities,
    receptions,
    agenda,
    onward,
    municipalities,
    glossary,
    shortlist,
    handover,
    contacts,
    tasks,
    coverage,
    guides,
    fields,
    route_help,
    routes,
    routes_law,
    routes_compared,
    form,
    organisations,  # last, since there are most of them
)
"""Every kind of page: a module with a function ``pages``."""


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Yield every generated page."""
    for kind in KINDS:
        yield from kind.pages(catalogue)


def redirects(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield ``(old address, new address)`` for every alias, from the site's root."""
    for prefix, found in (
        ("kansen", catalogue.organisations),
        ("azc", catalogue.receptions),
        ("gemeenten", catalogue.municipalities),
    ):
        for page in found.values():
            for alias in page.record.aliases:
                known = alias.split("/")[0] in ("kansen", "azc", "gemeenten")
                yield (f"{alias}/" if known else f"{prefix}/{alias}/"), page.url
