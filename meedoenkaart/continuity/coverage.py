"""What there is to do around a place, for whom and when, and what is missing there.

What fits is decided as in the finder (``theme/components/finder/engine.ts``): what nobody knows is possible, not sure.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from meedoenkaart.catalogue import NEAR_KM, Catalogue, MunicipalityPage, Nearby, Offer
from meedoenkaart.geography.distance import BIKE_KM_PER_HOUR, DETOUR
from meedoenkaart.records.recurrence import WEEKDAYS
from meedoenkaart.times.days import parts_of, weekdays, weekdays_of

REACHES: Mapping[str, float] = {"5": 5, "fiets": 0.5 * BIKE_KM_PER_HOUR / DETOUR, "10": 10, "25": NEAR_KM}
"""Kilometres in a straight line by the name of a distance; ``fiets`` is half an hour by bike."""
PERMITS = ("nee", "ja")
"""Whether somebody has a residence permit."""
TIME_UNKNOWN = "onbekend"
"""The part of the day of what is on a known day at an unknown time."""
OTHER = "overig"
"""The kind of what is of no kind: nobody can be asked for it."""
MOST_ASKED = 3
"""So many networks, and kinds of organisations, are named that could be asked for what is missing."""


class Row(NamedTuple):
    """What is counted: an activity or a sector."""

    facet: str
    """``activities`` or ``sectors``."""
    id: str


class Count(NamedTuple):
    """How many opportunities there are."""

    sure: int
    """They fit by all that is known."""
    possible: int
    """They may fit: the level of Dutch that they ask, or what the law says, is not known."""


class Found(NamedTuple):
    """What was counted within one distance."""

    total: int
    """Opportunities, for whomever they are."""
    tables: Mapping[str, Mapping[Row, tuple[Count, ...]]]
    """By permit and row, for somebody of each level of Dutch, the lowest first."""
    times: Mapping[tuple[str, str], int]
    """How many are on each weekday in each part of the day, or ``TIME_UNKNOWN``."""
    without_days: int
    """How many do not say on which days they are."""
    years: Mapping[str, int]
    """How many have their newest source from each year; the empty text stands for sources without a date."""
    confirmed: int
    """How many somebody confirmed, within the term."""
    networks: frozenset[str]
    """The networks that are here."""
    kinds: frozenset[str]
    """The kinds of organisations that are here."""


class Askable(NamedTuple):
    """Who offers a thing somewhere: ids with the number of opportunities, most first."""

    networks: tuple[tuple[str, int], ...]
    kinds: tuple[tuple[str, int], ...]


class Gap(NamedTuple):
    """A row in which something is missing."""

    row: Row
    nothing_until: str | None
    """The highest level of Dutch with nothing at all; None when everybody has a chance of something."""
    unsure_until: str | None
    """The highest level with nothing that is sure, beyond the other; None when there is no such level."""
    networks: tuple[str, ...]
    """Networks that do this elsewhere and are not here."""
    kinds: tuple[str, ...]
    """Kinds of organisations that do this elsewhere and are not here."""


def rows(catalogue: Catalogue) -> list[Row]:
    """Return everything that is counted, in the order of the vocabulary."""
    known = catalogue.vocabulary
    return [*(Row("activities", id) for id in known.activities), *(Row("sectors", id) for id in known.sectors)]


class Counted(NamedTuple):
    """What counts of an opportunity, wherever somebody looks from."""

    rows: tuple[Row, ...]
    needed: str | None
    """The level of Dutch that it asks; None when nobody knows."""
    answers: Mapping[str, str]
    """What the law says, by permit."""
    times: frozenset[tuple[str, str]]
    year: str


def counted(catalogue: Catalogue) -> Mapping[str, Counted]:
    """Return what counts of each current opportunity, by its key."""
    return {
        offer.key: Counted(
            rows_of(offer),
            offer.opportunity.dutch.level if offer.opportunity.dutch else None,
            {"nee": offer.without_permit.answer, "ja": offer.with_permit.answer},
            frozenset(_times(offer)),
            _year(offer),
        )
        for offer in catalogue.current_offers
        if not offer.is_paused
    }


def coverage(
    catalogue: Catalogue, near: Iterable[Nearby], municipality: MunicipalityPage, known: Mapping[str, Counted]
) -> Mapping[str, Found]:
    """Return by distance what was found among what is near a place in a municipality; what is paused does not count.

    What is elsewhere and also works in that municipality counts at every distance. ``known`` is what ``counted`` gave.
    """
    waiting = [
        (0.0 if one.offer.also_serves(municipality) else one.kilometres, one.offer)
        for one in near
        if one.offer.key in known
    ]
    found, here = {}, _Tally()
    for name, far in sorted(REACHES.items(), key=lambda one: one[1]):
        for away, offer in waiting:
            if away <= far:
                here.add(offer, known[offer.key])
        waiting = [one for one in waiting if one[0] > far]
        found[name] = here.found(catalogue)
    return {name: found[name] for name in REACHES}


class _Tally:
    """Counts opportunities, from near to far."""

    def __init__(self) -> None:
        self._total = self._without_days = self._confirmed = 0
        self._sure: Counter[tuple[str, Row, str | None]] = Counter()
        self._possible: Counter[tuple[str, Row, str | None]] = Counter()
        self._times: Counter[tuple[str, str]] = Counter()
        self._years: Counter[str] = Counter()
        self._networks: set[str] = set()
        self._kinds: set[str] = set()

    def add(self, offer: Offer, what: Counted) -> None:
        """Count one more."""
        for permit, answer in what.answers.items():
            if answer != "nee":
                fits = self._sure if what.needed and answer != "onbekend" else self._possible
                fits.update((permit, row, what.needed) for row in what.rows)
        self._total += 1
        self._times.update(what.times)
        self._without_days += not what.times
        self._years[what.year] += 1
        self._confirmed += offer.organisation.is_confirmed
        self._networks.update(offer.organisation.record.networks)
        self._kinds.add(offer.organisation.record.kind)

    def found(self, catalogue: Catalogue) -> Found:
        """Return what was counted until now."""
        levels = list(catalogue.vocabulary.levels)
        nothing = (Count(0, 0),) * len(levels)
        counts: dict[str, dict[Row, tuple[Count, ...]]] = {permit: {} for permit in PERMITS}
        for permit, row in {(permit, row) for permit, row, _ in (*self._sure, *self._possible)}:
            sure, possible = (_up_to(fits, permit, row, levels) for fits in (self._sure, self._possible))
            counts[permit][row] = tuple(map(Count, sure, possible))
        return Found(
            self._total,
            {permit: {row: found.get(row, nothing) for row in rows(catalogue)} for permit, found in counts.items()},
            Counter(self._times),
            self._without_days,
            Counter(self._years),
            self._confirmed,
            frozenset(self._networks),
            frozenset(self._kinds),
        )


def _up_to(fits: Mapping[tuple[str, Row, str | None], int], permit: str, row: Row, levels: Sequence[str]) -> list[int]:
    """Return how many there are at each level of Dutch with those of lower levels, and those that ask nothing known."""
    unknown = fits[permit, row, None]
    return [unknown + number for number in accumulate(fits[permit, row, level] for level in levels)]


def rows_of(offer: Offer) -> tuple[Row, ...]:
    """Return in which rows an opportunity counts."""
    what = offer.opportunity
    return (Row("activities", what.activity), *(Row("sectors", id) for id in what.sectors))


def _times(offer: Offer) -> set[tuple[str, str]]:
    schedule = offer.opportunity.schedule
    if not schedule:
        return set()
    found = {
        (WEEKDAYS[day], part)
        for meeting in schedule.meetings
        for day in weekdays_of(meeting)
        for part in parts_of(meeting) or (TIME_UNKNOWN,)
    }
    moved = {WEEKDAYS[day] for day in weekdays(schedule)} - {day for day, _ in found}
    return found | {(day, TIME_UNKNOWN) for day in moved}


def _year(offer: Offer) -> str:
    return max((one.date[:4] for one in offer.organisation.record.sources if one.date), default="")


def askable(catalogue: Catalogue) -> Mapping[Row, Askable]:
    """Return by row which networks and kinds of organisations offer it, anywhere."""
    networks: dict[Row, Counter[str]] = {row: Counter() for row in rows(catalogue)}
    kinds: dict[Row, Counter[str]] = {row: Counter() for row in rows(catalogue)}
    for offer in catalogue.current_offers:
        record = offer.organisation.record
        for row in rows_of(offer):
            networks[row].update(record.networks)
            if record.kind != OTHER:
                kinds[row][record.kind] += 1
    return {row: Askable(_most(networks[row]), _most(kinds[row])) for row in networks}


def _most(counted: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counted.items(), key=lambda one: (-one[1], one[0])))


def gaps(catalogue: Catalogue, found: Found, permit: str, known: Mapping[Row, Askable]) -> list[Gap]:
    """Return the rows in which somebody of some level of Dutch finds nothing, or nothing that is sure."""
    levels = list(catalogue.vocabulary.levels)
    missing = []
    for row, counts in found.tables[permit].items():
        nothing = [level for level, one in zip(levels, counts, strict=True) if not (one.sure or one.possible)]
        unsure = [level for level, one in zip(levels, counts, strict=True) if one.possible and not one.sure]
        if nothing or unsure:
            asked = known[row]
            missing.append(
                Gap(
                    row,
                    nothing[-1] if nothing else None,
                    unsure[-1] if unsure else None,
                    tuple(id for id, _ in asked.networks if id not in found.networks)[:MOST_ASKED],
                    tuple(id for id, _ in asked.kinds if id not in found.kinds)[:MOST_ASKED],
                )
            )
    return missing


def lowest(levels: Sequence[str], counts: Sequence[Count]) -> tuple[str | None, str | None]:
    """Return the lowest level of Dutch with which something is sure, and with which something is possible."""
    sure = next((level for level, one in zip(levels, counts, strict=True) if one.sure), None)
    possible = next((level for level, one in zip(levels, counts, strict=True) if one.possible), None)
    return sure, possible
