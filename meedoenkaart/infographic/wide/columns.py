"""In which columns the units of a phase stand, for a number of columns that the search tries."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from meedoenkaart.infographic.plan.plan import EVERYONE, Plan, Unit


@dataclass(frozen=True, slots=True)
class Columns:
    """A choice: how many columns each phase has, and the first and last column of each unit."""

    first: tuple[int, ...]
    """By phase, its first column."""
    counts: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    """By unit."""

    @property
    def total(self) -> int:
        """How many columns the drawing has."""
        return sum(self.counts)

    def phase_of(self, column: int) -> int:
        """Return the phase to which a column belongs."""
        return max(phase for phase, first in enumerate(self.first) if first <= column)

    def last(self, phase: int) -> int:
        """Return a phase's last column."""
        return self.first[phase] + self.counts[phase] - 1


@dataclass(frozen=True, slots=True)
class Stand:
    """How the units of one phase stand in a number of columns."""

    spans: tuple[tuple[int, int, int], ...]
    """Unit, first and last column counted from the phase's own; a long unit ends with the phase here."""
    heights: dict[int, float]
    """By lane, about how high its highest stack is, long cards aside."""
    folds: float
    """How bad it is that units stand below those they follow on."""


class Chooser:
    """Tries numbers of columns, phase by phase, and remembers what it found."""

    def __init__(self, plan: Plan, height: Callable[[Unit, int, float], float]) -> None:
        """``height`` tells how high a unit is in a number of columns of a width."""
        self._plan, self._height = plan, height
        self._phases = range(len(plan.route.phases))
        self._members = [[unit for unit in plan.units if unit.first.phase == phase] for phase in self._phases]
        self._weights = [_weights(members) for members in self._members]
        self._spans: dict[tuple[int, int], tuple[tuple[int, int, int], ...]] = {}
        self._stands: dict[tuple[int, int, float], Stand] = {}
        self._before = {
            unit.index: {line.source for line in plan.lines if line.target == unit.index and not line.back}
            for unit in plan.units
        }

    def counts(self, least: int, most: int) -> Iterator[tuple[int, ...]]:
        """Yield how many columns each phase may have, ``least`` to ``most`` in all; more than one only where used."""
        useful = [max(1, min(5, sum(min(weight, 3) for weight in one.values()))) for one in self._weights]
        least = min(least, sum(useful))
        for counts in _counts(useful, max(most, len(useful))):
            if sum(counts) >= least:
                yield counts

    def stand(self, phase: int, count: int, width: float) -> Stand:
        """Return how a phase's units stand in ``count`` columns of ``width`` px."""
        key = (phase, count, width)
        if key not in self._stands:
            spans = self._phase_spans(phase, count)
            stacks: dict[tuple[int, int], float] = {}
            place = {}
            folds = 0.0
            for index, start, end in spans:
                unit = self._plan.units[index]
                place[index] = (start, end)
                if unit.long:
                    continue
                tall = self._height(unit, end - start + 1, width) + 24
                for column in range(start, end + 1):
                    stack = (unit.first.lane, column)
                    stacks[stack] = stacks.get(stack, 0.0) + tall
            for index, start, _ in spans:
                for other in self._before[index]:
                    if other in place and start <= place[other][1] and not self._plan.units[other].long:
                        plain = len(self._plan.units[other].stops) == len(self._plan.units[index].stops) == 1
                        folds += 0.04 if plain else 0.2
            heights: dict[int, float] = {}
            for (lane, _), tall in stacks.items():
                heights[lane] = max(heights.get(lane, 0.0), tall)
            self._stands[key] = Stand(spans, heights, folds)
        return self._stands[key]

    def columns(self, counts: tuple[int, ...]) -> Columns:
        """Give every unit its columns."""
        first = tuple(sum(counts[:phase]) for phase in self._phases)
        spans: list[tuple[int, int]] = [(0, 0)] * len(self._plan.units)
        for phase in self._phases:
            for index, start, end in self._phase_spans(phase, counts[phase]):
                unit = self._plan.units[index]
                last = first[unit.first.until] + counts[unit.first.until] - 1
                spans[index] = (first[phase] + start, last if unit.long else first[phase] + end)
        _regroup(self._plan, spans)
        return Columns(first, counts, tuple(spans))

    def _phase_spans(self, phase: int, count: int) -> tuple[tuple[int, int, int], ...]:
        if (phase, count) not in self._spans:
            self._spans[phase, count] = self._placed(phase, count)
        return self._spans[phase, count]

    def _placed(self, phase: int, count: int) -> tuple[tuple[int, int, int], ...]:
        weights = self._weights[phase]
        starts, widths = _spread(weights, count)
        lanes: dict[int, list[Unit]] = {}
        for unit in self._members[phase]:
            lanes.setdefault(unit.first.lane, []).append(unit)
        spans: dict[int, tuple[int, int]] = {}
        for group in lanes.values():
            for level in weights:
                here = sorted((one for one in group if one.first.level == level), key=lambda one: one.first.height)
                later = any(one.first.level > level for one in group)
                room = widths[level] if later else count - starts[level]
                for position, unit in enumerate(here):
                    start = starts[level]
                    if unit.long:
                        spans[unit.index] = (start, count - 1)
                    elif len(unit.stops) > 1:
                        wide = min(room if len(here) == 1 else widths[level], len(unit.stops))
                        spans[unit.index] = (start, start + wide - 1)
                    else:
                        column = start + position % widths[level]
                        spans[unit.index] = (column, column)
            _broaden(count - 1, group, spans)
        return tuple((index, *span) for index, span in spans.items())


def _counts(most: Sequence[int], left: int) -> Iterator[tuple[int, ...]]:
    if not most:
        yield ()
        return
    for count in range(1, min(most[0], left - len(most) + 1) + 1):
        for others in _counts(most[1:], left - count):
            yield (count, *others)


def _weights(members: list[Unit]) -> dict[int, int]:
    """Return by rank how many cards stand above each other there, in the lane that has most."""
    stacks: dict[tuple[int, int], int] = {}
    for unit in members:
        key = (unit.first.level, unit.first.lane)
        stacks[key] = stacks.get(key, 0) + len(unit.stops)
    weights: dict[int, int] = {}
    for (level, _), count in stacks.items():
        weights[level] = max(weights.get(level, 0), count)
    return dict(sorted(weights.items()))


def _broaden(last: int, group: list[Unit], spans: dict[int, tuple[int, int]]) -> None:
    """Let units of several cards take more columns of their phase where that makes the highest stack lower."""
    for unit in group:
        while len(unit.stops) > 1 and not unit.long and spans[unit.index][1] < last:
            before = _highest(group, spans)
            start, end = spans[unit.index]
            if len(unit.stops) <= end - start + 1:
                break
            spans[unit.index] = (start, end + 1)
            if _highest(group, spans) >= before:
                spans[unit.index] = (start, end)
                break


def _highest(group: list[Unit], spans: dict[int, tuple[int, int]]) -> int:
    """Return how many cards the highest stack of a group has."""
    loads: dict[int, int] = {}
    for unit in group:
        start, end = spans[unit.index]
        rows = -(-len(unit.stops) // (end - start + 1)) if not unit.long else 1
        for column in range(start, end + 1):
            loads[column] = loads.get(column, 0) + rows
    return max(loads.values())


def _regroup(plan: Plan, spans: list[tuple[int, int]]) -> None:
    """Move what is for everyone out from between the lanes, to the step it follows on in a column without lanes."""
    covered: set[int] = set()
    for lane in range(len(plan.route.lanes)):
        taken = [spans[unit.index] for unit in plan.units if unit.first.lane == lane]
        if taken and not all(unit.long for unit in plan.units if unit.first.lane == lane):
            covered.update(range(min(start for start, _ in taken), max(end for _, end in taken) + 1))
    leads_on = {line.source for line in plan.lines if not line.back}
    for unit in plan.units:
        start, end = spans[unit.index]
        if unit.first.lane != EVERYONE or len(unit.stops) > 1 or unit.index in leads_on:
            continue
        if start != end and not unit.long:
            continue
        before = [line.source for line in plan.lines if line.target == unit.index and not line.back]
        if start not in covered or len(before) != 1:
            continue
        other = plan.units[before[0]]
        place = spans[other.index]
        if other.first.phase == unit.first.phase and place[0] == place[1] and place[0] not in covered:
            spans[unit.index] = (place[0], end) if unit.long else place


def _spread(weights: dict[int, int], count: int) -> tuple[dict[int, int], dict[int, int]]:
    """Return the first column and the number of columns of each rank of a phase with ``count`` columns."""
    levels = list(weights)
    if not levels or len(levels) >= count:
        return {level: index * count // len(levels) for index, level in enumerate(levels)}, dict.fromkeys(levels, 1)
    widths = dict.fromkeys(levels, 1)
    for _ in range(count - len(levels)):
        fullest = max(levels, key=lambda level: (weights[level] / widths[level], -level))
        widths[fullest] += 1
    starts, at = {}, 0
    for level in levels:
        starts[level] = at
        at += widths[level]
    return starts, widths
