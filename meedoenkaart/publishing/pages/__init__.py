"""Which pages the site has: one module for each kind, in the order in which they are made."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.languages import DUTCH, Language, speaking
from meedoenkaart.publishing.page import Page
from meedoenkaart.publishing.pages import (
    agenda,
    atelier,
    contacts,
    coverage,
    data,
    embedding,
    embeds,
    fields,
    form,
    glossary,
    guides,
    handover,
    home,
    municipalities,
    offline,
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
    offline,
    handover,
    contacts,
    tasks,
    coverage,
    guides,
    data,
    embedding,
    embeds,
    fields,
    route_help,
    routes,
    routes_law,
    routes_compared,
    form,
    atelier,
    organisations,  # last, since there are most of them
)
"""Every kind of page: a module with a function ``pages``."""


FOR_RESIDENTS = frozenset(
    {
        home,
        opportunities,
        receptions,
        agenda,
        onward,
        municipalities,
        glossary,
        shortlist,
        offline,
        embeds,
        organisations,
    }
)
"""The kinds of page that are there in every language of the site; the others are for who works in Dutch."""


def pages(catalogue: Catalogue, languages: Sequence[Language] = (DUTCH,)) -> Iterator[Page]:
    """Yield every generated page, in every language that it is there in."""
    others = tuple(one.code for one in languages if not one.is_source)
    for kind in KINDS:
        for page in kind.pages(catalogue):
            yield replace(page, others=others) if others and kind in FOR_RESIDENTS else page
    for language in languages:
        if not language.is_source:
            for kind in KINDS:
                if kind in FOR_RESIDENTS:
                    with speaking(language):
                        found = list(kind.pages(catalogue))  # within: a generator would let others speak it too
                    yield from (_in(language, one, others) for one in found)


def page_of(catalogue: Catalogue, organisation: str, language: Language, languages: Sequence[Language]) -> Page:
    """Return the page of an organisation, by its slug, in the language that is spoken: one of those of the site."""
    others = tuple(one.code for one in languages if not one.is_source)
    return _in(language, organisations.page_of(catalogue, catalogue.organisations[organisation]), others)


def _in(language: Language, page: Page, others: tuple[str, ...]) -> Page:
    return replace(page, url=language.way + page.url, language=language.code, others=others)


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
