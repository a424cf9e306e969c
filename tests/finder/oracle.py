"""What the finder should answer, said once more and slowly, straight from the records."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from generator.catalogue import Catalogue, Offer
from generator.geography.distance import Spot, kilometres
from generator.publishing.facets import Facet

FITS, MAYBE, NO = "fits", "maybe", "no"


@dataclass(frozen=True)
class Wanted:
    """A filter."""

    spot: Spot | None = None
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
        if NO in verdicts or (MAYBE in verdicts and wanted.sure):
            continue
        (maybe if MAYBE in verdicts else sure).add(offer.key)
    return sure, maybe


def _verdicts(
    catalogue: Catalogue, of: Mapping[str, Callable[[Offer], Iterable[str]]], offer: Offer, wanted: Wanted
) -> Iterator[str]:
    what = offer.opportunity
    if wanted.spot and wanted.within is not None:
        away = min(kilometres(wanted.spot, venue.spot) for venue in offer.venues)
        yield FITS if away <= wanted.within else NO
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
        if values & ruled_out or (chosen and values != {"onbekend"} and not values & chosen):
            yield NO
        elif values == {"onbekend"} and "onbekend" not in chosen:
            yield MAYBE
        else:
            yield FITS
