"""Opportunities in titled groups, as pages list them."""

from collections.abc import Iterable
from typing import NamedTuple

from meedoenkaart.catalogue import Catalogue, Home, MunicipalityPage, Offer
from meedoenkaart.texts import texts

LISTED = 500
"""A page shows so many opportunities at most, some half a megabyte; beyond that it names how many there are in each
municipality, with links to their lists. Those are always complete: something has to be."""


WITHOUT_TRAVEL = "zonder-reizen"
"""The anchor of the part of a list for which one need not travel."""


class Group(NamedTuple):
    """A titled part of a list."""

    title: str
    anchor: str
    offers: list[Offer]


def by_activity(catalogue: Catalogue, offers: list[Offer]) -> list[Group]:
    """Return opportunities by activity, in the order of the vocabulary."""
    return [
        Group(str(term.label), id, found)
        for id, term in catalogue.vocabulary.activities.items()
        if (found := [offer for offer in offers if offer.opportunity.activity == id])
    ]


def by_home(catalogue: Catalogue, offers: list[Offer]) -> list[Group]:
    """Return opportunities by municipality, in the order of their names; at the end those of the whole country."""
    found: dict[str, list[Offer]] = {}
    for offer in offers:
        found.setdefault(offer.home.slug, []).append(offer)
    homes: list[Home] = [*catalogue.municipalities.values(), catalogue.nationwide]
    return [Group(home.name, home.slug, found[home.slug]) for home in homes if home.slug in found]


def without_travel(catalogue: Catalogue, municipality: MunicipalityPage, near: Iterable[Offer]) -> Group:
    """Return what people in a municipality can take part in at home, by telephone or online, besides what is near."""
    return Group(texts("pages")["without-travel"], WITHOUT_TRAVEL, catalogue.without_travel(municipality, near))


def links(groups: list[Group]) -> list[tuple[str, str, int]]:
    """Return title, address and number of opportunities of groups by municipality."""
    return [(group.title, f"kansen/{group.anchor}/", len(group.offers)) for group in groups]
