"""What the finder should answer, said once more and slowly, straight from the records."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from meedoenkaart.catalogue import Catalogue, MunicipalityPage, Offer
from meedoenkaart.geography.distance import Spot, kilometres
from meedoenkaart.publishing.facets import Facet
from meedoenkaart.texts import fold

FITS, MAYBE, NO = "fits", "maybe", "no"
FITS_ALL = "fits, as it is for everybody"
MAYBE_ABOUT = "maybe it is about that"
LATER = {FITS: 0, FITS_ALL: 1, MAYBE: 2, MAYBE_ABOUT: 16, NO: 0}
UNSURE = {MAYBE, MAYBE_ABOUT}
ABOUT = {"sector", "activiteit", "doelgroep"}


@dataclass(frozen=True)
class Wanted:
    """A filter."""

    spot: Spot | None = None
    municipality: MunicipalityPage | None = None
    """Where the spot is."""
    within: float | None = None
    permit: str | None = None
    level: str | None = None
    age: int | None = None
    include: dict[str, set[str]] = field(default_factory=dict)
    exclude: dict[str, set[str]] = field(default_factory=dict)
    sure: bool = False


def found(catalogue: Catalogue, all_facets: list[Facet], wanted: Wanted) -> tuple[set[str], set[str]]:
    """Return the keys of what fits for sure, and of what may fit."""
    sure: set[str] = set()
    maybe: set[str] = set()
    of = {facet.name: facet.of for facet in all_facets}
    for offer in catalogue.current_offers:
        verdicts = set(_verdicts(catalogue, of, offer, wanted))
        if NO in verdicts or (UNSURE & verdicts and wanted.sure):
            continue
        (maybe if UNSURE & verdicts else sure).add(offer.key)
    return sure, maybe


def lateness(catalogue: Catalogue, all_facets: list[Facet], offer: Offer, wanted: Wanted) -> int:
    """Return how much later an offer comes than others of its list: what is unknown of it, and that it is for all."""
    verdicts = _verdicts(catalogue, {facet.name: facet.of for facet in all_facets}, offer, wanted)
    return sum(LATER[verdict] for verdict in verdicts)


def is_near(offer: Offer, wanted: Wanted) -> bool:
    """Say whether one can go to it within the distance that was asked."""
    spot, within = wanted.spot, wanted.within
    if spot is None or within is None:
        return bool(offer.venues)
    return any(kilometres(spot, venue.spot) <= within for venue in offer.venues)


def is_apart(offer: Offer, wanted: Wanted) -> bool:
    """Say whether it is listed apart: there is no place near, and one need not travel."""
    ways = offer.opportunity.ways or ("ter-plaatse",)
    return not is_near(offer, wanted) and ways != ("ter-plaatse",)


def is_reached(offer: Offer, wanted: Wanted) -> bool:
    """Say whether it is for people where the search is from, and not because they live in its own municipality."""
    here = wanted.municipality
    if here is None:
        return False
    own, record = offer.organisation.slug.partition("/")[0], offer.organisation.record
    told = offer.opportunity.serves or record.serves
    areas = {*told, *([own] if not offer.opportunity.serves and not (own == "landelijk" and told) else [])}
    lies_in = {here.slug, f"provincie-{fold(here.record.province)}", "landelijk"}
    needs_no_travel = bool({"thuis", "telefoon", "online"} & set(offer.opportunity.ways))
    has_place_here = any(venue.municipality is here for venue in offer.venues)
    return bool(areas & lies_in) and (needs_no_travel or (bool(offer.venues) and not has_place_here))


def _verdicts(
    catalogue: Catalogue, of: Mapping[str, Callable[[Offer], Iterable[str]]], offer: Offer, wanted: Wanted
) -> Iterator[str]:
    what = offer.opportunity
    if wanted.spot is None and catalogue.is_elsewhere(offer.home):
        yield NO
    if wanted.spot and wanted.within is not None:
        yield FITS if is_near(offer, wanted) or is_reached(offer, wanted) else NO
    if wanted.permit:
        answer = (offer.without_permit if wanted.permit == "nee" else offer.with_permit).answer
        yield {"ja": FITS, "ja-mits": FITS, "nee": NO, "onbekend": MAYBE}[answer]
    if wanted.level:
        levels = list(catalogue.vocabulary.levels)
        needed = what.dutch.level if what.dutch else None
        yield MAYBE if needed is None else FITS if levels.index(needed) <= levels.index(wanted.level) else NO
    if wanted.age is not None:
        least, most = (what.age.least, what.age.most) if what.age else (None, None)
        if least is None and most is None:
            yield MAYBE
        else:
            yield FITS if (least or 0) <= wanted.age <= (999 if most is None else most) else NO
    for name in {*wanted.include, *wanted.exclude}:
        chosen, ruled_out = wanted.include.get(name, set()), wanted.exclude.get(name, set())
        values = set(of[name](offer)) or {"onbekend"}
        is_for_all = name == "doelgroep" and "iedereen" in values and bool(chosen - {"onbekend"})
        if values & ruled_out or (chosen and values != {"onbekend"} and not values & chosen and not is_for_all):
            yield NO
        elif chosen and is_for_all and not values & chosen:
            yield FITS_ALL
        elif values == {"onbekend"} and "onbekend" not in chosen:
            yield MAYBE_ABOUT if name in ABOUT else MAYBE
        else:
            yield FITS
