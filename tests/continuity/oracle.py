"""What goes on after a move, said once more and slowly, straight from the records."""

from collections.abc import Iterable, Iterator

from meedoenkaart.catalogue import Catalogue, MunicipalityPage, Offer
from meedoenkaart.geography.distance import Spot, kilometres

NEAR_KM, MOST = 15, 3
Outcome = list[object]
"""A rule, the keys of what it leads to, and networks of which no place is known there."""


def onward(catalogue: Catalogue, offer: Offer, spot: Spot, areas: set[str]) -> list[Outcome]:
    """Return the rules that hold for an offer when somebody goes to live at a spot, in these areas."""
    told = offer.opportunity.continuity.ways if offer.opportunity.continuity else ()
    stays = "niet" not in told and not _is_of_reception(catalogue, offer)
    if stays and _needs_no_travel(offer) and areas & {*offer.areas}:
        return [["mee", [offer.key], []]]
    if stays and _away(offer, spot) <= NEAR_KM:
        return [["blijft", [offer.key], []]]
    found: list[Outcome] = []
    if stays and {"online", "op-afstand"} & {*told}:
        found.append(["mee", [offer.key], []])
    there = list(_there(catalogue, spot, areas))
    own = _likest(offer, [one for one in there if one.organisation is offer.organisation and one is not offer])
    same = [offer.key] if stays and areas & {*offer.areas} else [one.key for one in own[:1]]
    if same:
        found.append(["organisatie", same, []])
    networks = [id for id in catalogue.vocabulary.networks if id in _networks(catalogue, offer)]
    members = _likest(offer, [one for id in networks for one in there if id in _networks(catalogue, one)])
    named = _each_once([one for one in members if one.organisation is not offer.organisation])
    known = {id for one in named for id in _networks(catalogue, one)}
    absent = [id for id in networks if catalogue.vocabulary.networks[id].is_everywhere and id not in known]
    if named or absent:
        found.append(["netwerk", [one.key for one in named], absent])
    taken = {*same, *(one.key for one in named), offer.key}
    for rule, others in (
        ("soortgelijk", [one for one in there if _away(one, spot) <= NEAR_KM or not _needs_no_travel(one)]),
        ("overal", [one for one in there if _away(one, spot) > NEAR_KM and _needs_no_travel(one)]),
    ):
        alike = [one for one in _alike(catalogue, offer, others) if one.key not in taken]
        if alike:
            found.append([rule, [one.key for one in _each_once(alike)], []])
    return found or [["stopt", [], []]]


def _there(catalogue: Catalogue, spot: Spot, areas: set[str]) -> Iterator[Offer]:
    """Yield what one can do from a new home: what is near, nearest first, then what reaches it from elsewhere."""
    order = {one.key: number for number, one in enumerate(_in_order(catalogue))}
    going = [one for one in _in_order(catalogue) if not one.is_paused and not _is_of_reception(catalogue, one)]
    near = [one for one in going if _away(one, spot) <= NEAR_KM]
    yield from sorted(near, key=lambda one: (_away(one, spot), order[one.key]))
    yield from (one for one in going if _away(one, spot) > NEAR_KM and areas & {*one.areas})


def _in_order(catalogue: Catalogue) -> list[Offer]:
    current = {one.key for one in catalogue.current_offers}
    return [one for one in catalogue.offers if one.key in current]


def _away(offer: Offer, spot: Spot) -> float:
    return min((kilometres(spot, venue.spot) for venue in offer.venues), default=float("inf"))


def _needs_no_travel(offer: Offer) -> bool:
    return bool({"thuis", "telefoon", "online"} & {*offer.opportunity.ways})


def _networks(catalogue: Catalogue, offer: Offer) -> set[str]:
    known = catalogue.vocabulary.networks
    return {id for id in offer.organisation.record.networks if not known[id].only_at_reception}


def _is_of_reception(catalogue: Catalogue, offer: Offer) -> bool:
    return bool(offer.organisation.record.networks) and not _networks(catalogue, offer)


def _alike(catalogue: Catalogue, offer: Offer, others: Iterable[Offer]) -> Iterator[Offer]:
    """Yield what is alike: in the same sector and activity, then in the same sector; without a sector by activity."""
    levels = list(catalogue.vocabulary.levels)

    def level(one: Offer) -> int:
        return (
            levels.index(one.opportunity.dutch.level) if one.opportunity.dutch and one.opportunity.dutch.level else -1
        )

    fitting = [one for one in others if level(offer) < 0 or level(one) <= level(offer)]
    sectors = [id for id in catalogue.vocabulary.sectors if id in offer.opportunity.sectors]
    activity = offer.opportunity.activity
    for sector in sectors:
        yield from (
            one for one in fitting if sector in one.opportunity.sectors and one.opportunity.activity == activity
        )
    for sector in sectors:
        yield from (one for one in fitting if sector in one.opportunity.sectors)
    if not sectors:
        yield from (one for one in fitting if one.opportunity.activity == activity)


def _likest(offer: Offer, others: list[Offer]) -> list[Offer]:
    """Return others with those first that are of the same activity and in the same sector, then those of either."""
    what = offer.opportunity

    def differences(one: Offer) -> int:
        other = one.opportunity
        return (other.activity != what.activity) + set(other.sectors).isdisjoint(what.sectors)

    return sorted(others, key=differences)


def _each_once(offers: Iterable[Offer]) -> list[Offer]:
    """Return the first few, each organisation once."""
    found: dict[str, Offer] = {}
    for one in offers:
        found.setdefault(one.organisation.slug, one)
    return list(found.values())[:MOST]


def areas_of(municipality: MunicipalityPage) -> set[str]:
    """Return the areas that a home in a municipality lies in."""
    return {*municipality.areas}
