"""What there is to do around a place, for whom and when, and what is missing there.

What fits is decided as in the finder (``theme/components/finder/engine.ts``): what nobody knows is possible, not sure.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import accumulate, chain, islice, product
from operator import attrgetter
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
    """Who offers a thing somewhere: ids, those with most opportunities first."""

    networks: tuple[str, ...]
    kinds: tuple[str, ...]


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


@dataclass(frozen=True)
class Axes:
    """Along what is counted."""

    rows: tuple[Row, ...]
    """In the order of the vocabulary."""
    levels: tuple[str, ...]
    """The levels of Dutch, the lowest first."""


def axes(catalogue: Catalogue) -> Axes:
    """Return along what the opportunities of a catalogue are counted."""
    known = catalogue.vocabulary
    counted = (
        Row(facet, id) for facet, ids in (("activities", known.activities), ("sectors", known.sectors)) for id in ids
    )
    return Axes(tuple(counted), tuple(known.levels))


class Counted(NamedTuple):
    """What counts of an opportunity, wherever somebody looks from."""

    rows: tuple[Row, ...]
    level: str | None
    """The level of Dutch that it asks; None when nobody knows."""
    fits: tuple[tuple[str, bool], ...]
    """The permits with which it fits, and whether that is sure."""
    times: tuple[tuple[str, str], ...]
    year: str
    is_confirmed: bool
    networks: tuple[str, ...]
    kind: str
    said: str
    """A digest of all of this."""


@dataclass(frozen=True)
class Ring:
    """What is at most so far from a place, and farther than the distance before."""

    said: str
    """By it two are compared: the digests of all that counts."""
    counted: Sequence[Counted] = field(compare=False)


def counted(catalogue: Catalogue) -> Mapping[int, Counted]:
    """Return what counts of each current opportunity, by its identity."""
    return {id(offer): _counted(offer) for offer in catalogue.current_offers if not offer.is_paused}


def _counted(offer: Offer) -> Counted:
    what, record = offer.opportunity, offer.organisation.record
    level = what.dutch.level if what.dutch else None
    answers = zip(PERMITS, (offer.without_permit.answer, offer.with_permit.answer), strict=True)
    facts = (
        rows_of(offer),
        level,
        tuple((permit, level is not None and said != "onbekend") for permit, said in answers if said != "nee"),
        tuple(sorted(_times(offer))),
        _year(offer),
        offer.organisation.is_confirmed,
        tuple(record.networks),
        record.kind,
    )
    return Counted(*facts, hashlib.blake2b(repr(facts).encode(), digest_size=8).hexdigest())


def rings(near: Iterable[Nearby], municipality: MunicipalityPage, known: Mapping[int, Counted]) -> Mapping[str, Ring]:
    """Return what is near a place in a municipality by the first distance at which it is.

    What is paused does not count. What is elsewhere and also works in that municipality is at every distance.
    ``known`` is what ``counted`` gave.
    """
    waiting = [
        (0.0 if one.offer.also_serves(municipality) else one.kilometres, known[id(one.offer)])
        for one in near
        if id(one.offer) in known
    ]
    found = {}
    for name, far in sorted(REACHES.items(), key=lambda one: one[1]):
        here = sorted((one for away, one in waiting if away <= far), key=attrgetter("said"))
        found[name] = Ring(" ".join(one.said for one in here), here)
        waiting = [one for one in waiting if one[0] > far]
    return found


def coverage(near: Mapping[str, Ring], along: Axes) -> Mapping[str, Found]:
    """Return what was counted within each distance."""
    here = _Tally(along)
    found = {}
    for name, ring in near.items():
        here.add(ring.counted)
        found[name] = here.found()
    return {name: found[name] for name in REACHES}


class _Tally:
    """Counts opportunities, from near to far."""

    def __init__(self, along: Axes) -> None:
        self._along = along
        runs = product(PERMITS, along.rows, (True, False))
        self._counts = {run: dict.fromkeys((None, *along.levels), 0) for run in runs}
        """How many of each permit and row are sure, and are possible, by the level that they ask."""
        self._total = self._without_days = self._confirmed = 0
        self._times: Counter[tuple[str, str]] = Counter()
        self._years: Counter[str] = Counter()
        self._networks: set[str] = set()
        self._kinds: set[str] = set()

    def add(self, found: Sequence[Counted]) -> None:
        """Count some more."""
        for one in found:
            for permit, is_sure in one.fits:
                for row in one.rows:
                    self._counts[permit, row, is_sure][one.level] += 1
        self._total += len(found)
        self._times.update(chain.from_iterable(one.times for one in found))
        self._without_days += sum(not one.times for one in found)
        self._years.update(one.year for one in found)
        self._confirmed += sum(one.is_confirmed for one in found)
        self._networks.update(*(one.networks for one in found))
        self._kinds.update(one.kind for one in found)

    def found(self) -> Found:
        """Return what was counted until now."""
        return Found(
            self._total,
            {permit: {row: self._row(permit, row) for row in self._along.rows} for permit in PERMITS},
            Counter(self._times),
            self._without_days,
            Counter(self._years),
            self._confirmed,
            frozenset(self._networks),
            frozenset(self._kinds),
        )

    def _row(self, permit: str, row: Row) -> tuple[Count, ...]:
        """Return what there is at each level with what asks less, and with what asks an unknown level."""
        sure, possible = (accumulate(self._counts[permit, row, one].values()) for one in (True, False))
        return tuple(map(Count, sure, possible))[1:]  # that of an unknown level came first


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


@dataclass(frozen=True)
class Elsewhere:
    """Who could be asked for what is missing somewhere."""

    askable: Mapping[Row, Askable]


def elsewhere(catalogue: Catalogue) -> Elsewhere:
    """Return by row which networks and kinds of organisations offer it, anywhere."""
    along = axes(catalogue)
    networks: dict[Row, Counter[str]] = {row: Counter() for row in along.rows}
    kinds: dict[Row, Counter[str]] = {row: Counter() for row in along.rows}
    for offer in catalogue.current_offers:
        record = offer.organisation.record
        for row in rows_of(offer):
            networks[row].update(record.networks)
            if record.kind != OTHER:
                kinds[row][record.kind] += 1
    return Elsewhere({row: Askable(_most(networks[row]), _most(kinds[row])) for row in networks})


def _most(counted: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted(counted, key=lambda one: (-counted[one], one)))


def gaps(found: Found, permit: str, along: Axes, others: Elsewhere) -> list[Gap]:
    """Return the rows in which somebody of some level of Dutch finds nothing, or nothing that is sure."""
    missing = []
    for row, counts in found.tables[permit].items():
        if counts[0].sure:  # and so at every level
            continue
        at_levels = list(zip(along.levels, counts, strict=True))
        nothing = [level for level, one in at_levels if not (one.sure or one.possible)]
        unsure = [level for level, one in at_levels if one.possible and not one.sure]
        if nothing or unsure:
            asked = others.askable[row]
            missing.append(
                Gap(
                    row,
                    nothing[-1] if nothing else None,
                    unsure[-1] if unsure else None,
                    _absent(asked.networks, found.networks),
                    _absent(asked.kinds, found.kinds),
                )
            )
    return missing


def _absent(asked: Iterable[str], here: Set[str]) -> tuple[str, ...]:
    return tuple(islice((id for id in asked if id not in here), MOST_ASKED))


def lowest(levels: Sequence[str], counts: Sequence[Count]) -> tuple[str | None, str | None]:
    """Return the lowest level of Dutch with which something is sure, and with which something is possible."""
    sure = next((level for level, one in zip(levels, counts, strict=True) if one.sure), None)
    possible = next((level for level, one in zip(levels, counts, strict=True) if one.possible), None)
    return sure, possible
