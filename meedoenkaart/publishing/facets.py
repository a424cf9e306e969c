"""What one can choose by in the finder, and which values an opportunity has."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from meedoenkaart.catalogue import AT_A_PLACE, Offer
from meedoenkaart.records.organisation import Schedule
from meedoenkaart.records.recurrence import WEEKDAYS
from meedoenkaart.records.vocabulary import Vocabulary
from meedoenkaart.times.days import PARTS, is_once, parts_of, weekdays

EVERYBODY = "iedereen"
"""The audience that leaves nobody out."""
FEW_HOURS, MANY_HOURS = 4, 16
"""Hours a week: up to the first is little, more than the second is much."""


class Value(NamedTuple):
    """A value of a facet: its id in an address, what a reader sees, and other words for it."""

    id: str
    label: str
    synonyms: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Facet:
    """Something to choose by."""

    name: str
    """Its name in an address."""
    values: Sequence[Value]
    of: Callable[[Offer], Iterable[str]]
    """The ids of an offer's values; none when nobody knows."""
    names: bool = False
    """Whether its values are names, which nobody translates."""
    everybody: str = ""
    """The value of what is for everybody: it fits whoever is asked for."""


def facets(vocabulary: Vocabulary, labels: Mapping[str, Mapping[str, str]]) -> list[Facet]:
    """Return the facets in the order in which they are shown; ``labels`` names the values that records fix."""

    def terms(facet: str) -> list[Value]:
        found: Mapping[str, Any] = getattr(vocabulary, facet)
        return [Value(id, str(one.label), one.words) for id, one in found.items()]

    def languages() -> list[Value]:
        return [Value(id, str(one.label), (str(one.endonym),)) for id, one in vocabulary.languages.items()]

    def fixed(name: str) -> list[Value]:
        return [Value(id, label) for id, label in labels[name].items()]

    return [
        Facet("activiteit", terms("activities"), lambda offer: (offer.opportunity.activity,)),
        Facet("sector", terms("sectors"), lambda offer: offer.opportunity.sectors),
        Facet("meedoen", fixed("meedoen"), lambda offer: offer.opportunity.ways or (AT_A_PLACE,)),
        Facet("dag", fixed("dag"), _days),
        Facet("dagdeel", fixed("dagdeel"), lambda offer: parts_of_day(offer.opportunity.schedule)),
        Facet("doorgaan", fixed("doorgaan"), _can_go_on),
        Facet("doelgroep", terms("audiences"), lambda offer: offer.opportunity.audience, everybody=EVERYBODY),
        Facet("spreekt", languages(), lambda offer: offer.opportunity.languages),
        Facet("inzet", fixed("inzet"), _commitment),
        Facet("kosten", fixed("kosten"), _costs),
        Facet("vog", fixed("vog"), _vog),
        Facet("soort", terms("kinds"), lambda offer: (offer.organisation.record.kind,)),
        Facet("netwerk", terms("networks"), lambda offer: offer.organisation.record.networks, names=True),
        Facet("rolstoel", fixed("rolstoel"), lambda offer: _known(offer.organisation.record.accessible)),
        Facet("bevestigd", fixed("bevestigd"), lambda offer: ("ja" if offer.organisation.is_confirmed else "nee",)),
    ]


def parts_of_day(schedule: Schedule | None) -> tuple[str, ...]:
    """Return the parts of the day that the meetings of a schedule touch."""
    touched = {part for one in schedule.meetings for part in parts_of(one)} if schedule else set()
    return tuple(part for part in PARTS if part in touched)


def _days(offer: Offer) -> tuple[str, ...]:
    schedule = offer.opportunity.schedule
    return tuple(WEEKDAYS[day] for day in weekdays(schedule)) if schedule else ()


def _can_go_on(offer: Offer) -> tuple[str, ...]:
    ways = offer.opportunity.continuity.ways if offer.opportunity.continuity else ()
    return ("nee",) if ways == ("niet",) else ("ja",) if ways else ()


def _commitment(offer: Offer) -> tuple[str, ...]:
    commitment, schedule = offer.opportunity.commitment, offer.opportunity.schedule
    if (commitment and commitment.one_off) or (schedule and is_once(schedule)):
        return ("eenmalig",)
    hours = commitment.hours_per_week if commitment else None
    if hours is None:
        return ()
    return ("weinig" if hours <= FEW_HOURS else "veel" if hours > MANY_HOURS else "gemiddeld",)


def _costs(offer: Offer) -> tuple[str, ...]:
    costs = offer.opportunity.costs
    return _known(costs.kind) if costs else ()


def _vog(offer: Offer) -> tuple[str, ...]:
    requirements = offer.opportunity.requirements
    return _known(requirements.vog) if requirements else ()


def _known(value: str) -> tuple[str, ...]:
    return () if value == "onbekend" else (value,)
