"""How well an opportunity travels, when nobody asks where to, and what somebody who moves finds again.

The rules are those of ``theme/components/onward/rules.ts``, which knows where somebody goes; ``docs/developers/
continuity.md`` explains them.
"""

from typing import NamedTuple

from meedoenkaart.catalogue import Catalogue, MunicipalityPage, Offer
from meedoenkaart.geography.areas import NATIONWIDE
from meedoenkaart.records.vocabulary import Term

MOST_NAMED = 6
"""So many organisations of a network are named."""


class Travels(NamedTuple):
    """Whether an opportunity goes on after a move, as far as its record says."""

    rule: str
    """``mee``, ``organisatie``, ``netwerk``, ``soortgelijk`` or ``stopt``: the first that holds."""
    networks: tuple[str, ...]
    """The networks that somebody finds again wherever they move."""


class NetworkHere(NamedTuple):
    """A network with those of its organisations that somebody who lives somewhere can go on at."""

    term: Term
    organisations: list[tuple[str, str]]
    """Their names and addresses."""


def travels(catalogue: Catalogue, offer: Offer) -> Travels:
    """Say how well an opportunity travels."""
    told = offer.opportunity.continuity
    ways = told.ways if told else ()
    known = catalogue.vocabulary.networks
    networks = tuple(id for id in offer.organisation.record.networks if known[id].is_everywhere)
    everywhere = NATIONWIDE in offer.areas
    own = offer.organisation.record.networks
    if "niet" not in ways and not (own and all(known[id].only_at_reception for id in own)):
        if (offer.goes_without_travel and everywhere) or {"online", "op-afstand"} & set(ways):
            return Travels("mee", networks)
        if everywhere:
            return Travels("organisatie", networks)
    if networks:
        return Travels("netwerk", networks)
    return Travels("soortgelijk" if "zelfde-soort" in ways else "stopt", networks)


def networks_in(catalogue: Catalogue, municipality: MunicipalityPage) -> tuple[list[NetworkHere], list[Term]]:
    """Return the networks that have a place in a municipality or work there, and others that are in all the country."""
    here, elsewhere = [], []
    areas = [catalogue.networks_by_area.get(area, {}) for area in sorted(municipality.areas)]
    for id, term in catalogue.vocabulary.networks.items():
        found = {one.slug: one for by_network in areas for one in by_network.get(id, ())}
        if found and not term.only_at_reception:
            named = [found[slug] for slug in sorted(found)[:MOST_NAMED]]
            here.append(NetworkHere(term, [(one.record.name, one.url) for one in named]))
        elif term.is_everywhere:
            elsewhere.append(term)
    return here, elsewhere
