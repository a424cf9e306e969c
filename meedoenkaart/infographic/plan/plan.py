"""A route as the drawing sees it: steps in reading order, in units that stand together, with the lines between them."""

from dataclasses import dataclass

from meedoenkaart.infographic.plan.limits import CannotDraw
from meedoenkaart.infographic.plan.ranking import GHOST, Rank
from meedoenkaart.records.route import Route, Step

EVERYONE = -1
"""The lane of what is for everybody."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A step of the route, or a place where the source breaks off."""

    id: str
    number: int
    """Place in reading order, from 1; 0 where the source breaks off."""
    step: Step | None
    """None where the source breaks off."""
    phase: int
    until: int
    """Index of the last phase in which it goes on."""
    lane: int
    """Index of its lane, or ``EVERYONE``."""
    level: int
    """Rank within the phase."""
    height: float
    """Order within the rank: smaller is higher."""
    pin: int = 0
    """Number of the note about it; 0 for none."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Steps that come after the same steps and before the same steps: one place in the drawing."""

    index: int
    stops: tuple[Stop, ...]

    @property
    def first(self) -> Stop:
        """The stop that stands for all."""
        return self.stops[0]

    @property
    def long(self) -> bool:
        """Whether it lasts several phases."""
        return self.first.until > self.first.phase


@dataclass(frozen=True, slots=True)
class Line:
    """A line from one unit to another."""

    source: int
    target: int
    back: bool = False
    """Whether it leads back: a loop that is meant."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be drawn, without sizes."""

    route: Route
    stops: tuple[Stop, ...]
    """In reading order: by phase, within a phase as in the file."""
    units: tuple[Unit, ...]
    lines: tuple[Line, ...]
    start: int
    """Index of the unit out of which the band grows; -1 without a band."""
    band_until: int
    """Index of the last phase under which the band runs."""
    notes: dict[str, int]
    """The first note's number by what it is about."""

    @property
    def stage(self) -> str:
        """What the frame beside the title says: paper or practice, or that it is the law alone."""
        return self.route.status.stage if self.route.status else "wet"

    def unit_of(self, id: str) -> int:
        """Return the index of the unit that holds a step."""
        return next(unit.index for unit in self.units if any(stop.id == id for stop in unit.stops))


def plan(route: Route, ranks: dict[str, Rank]) -> Plan:
    """Arrange a route; raise ``CannotDraw`` when steps wait for each other in a circle."""
    notes: dict[str, int] = {}
    for number, note in enumerate(route.notes, 1):
        notes.setdefault(note.about or "", number)
    stops = _stops(route, ranks, notes)
    before = {stop.id: frozenset(_before(route, stop)) for stop in stops}
    drawn = _told_once(before)
    after: dict[str, set[str]] = {stop.id: set() for stop in stops}
    for id, found in drawn.items():
        for one in found:
            after[one].add(id)
    backs = {stop.id: stop.step.back_to if stop.step else () for stop in stops}
    returned = {id for found in backs.values() for id in found}
    start = route.regisseur.starts_at if route.regisseur else None

    groups: dict[object, list[Stop]] = {}
    for stop in stops:
        alone = stop.until > stop.phase or stop.id == start or backs[stop.id] or stop.id in returned or not stop.step
        alone = alone or bool(stop.step and stop.step.accent)
        key = stop.id if alone else (stop.phase, stop.lane, stop.level, drawn[stop.id], frozenset(after[stop.id]))
        groups.setdefault(key, []).append(stop)
    units = tuple(Unit(index, tuple(group)) for index, group in enumerate(groups.values()))
    place = {stop.id: unit.index for unit in units for stop in unit.stops}
    lines = {Line(place[one], place[stop.id]): None for stop in stops for one in sorted(drawn[stop.id])}
    lines |= {Line(place[id], place[one], back=True): None for id, found in backs.items() for one in found}
    phases = list(route.phases)
    until = route.regisseur.until_phase if route.regisseur else None
    return Plan(
        route=route,
        stops=stops,
        units=units,
        lines=tuple(line for line in lines if line.source != line.target),
        start=place[start] if start else -1,
        band_until=phases.index(until) if until else len(phases) - 1,
        notes=notes,
    )


def _stops(route: Route, ranks: dict[str, Rank], notes: dict[str, int]) -> tuple[Stop, ...]:
    phases, lanes = list(route.phases), list(route.lanes)
    found: list[tuple[int, str, Step | None, int, int]] = []
    for id, step in route.steps.items():
        first = phases.index(step.phase)
        until = max(first, phases.index(step.until_phase)) if step.until_phase else first
        found.append((first, id, step, until, lanes.index(step.lane) if step.lane else EVERYONE))
    for number, end in enumerate(route.breaks_off):
        first = phases.index(end.phase)
        found.append((first, f"{GHOST}{number}", None, first, lanes.index(end.lane) if end.lane else EVERYONE))
    found.sort(key=lambda one: one[0])
    stops = []
    number = 0
    for first, id, one, until, lane in found:
        number += one is not None
        rank = ranks[id]
        place = number if one else 0
        stops.append(Stop(id, place, one, first, until, lane, rank.level, rank.height, notes.get(id, 0)))
    return tuple(stops)


def _before(route: Route, stop: Stop) -> tuple[str, ...]:
    if stop.step:
        return stop.step.after
    return route.breaks_off[int(stop.id.removeprefix(GHOST))].after


def _told_once(before: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Leave out the lines that others already tell: a -> c where a -> b -> c is drawn."""
    reached: dict[str, set[str]] = {}
    for id in _in_order(before):
        reached[id] = set().union(*({one} | reached[one] for one in before[id]), set())
    return {
        id: frozenset(one for one in found if not any(one in reached[other] for other in found if other != one))
        for id, found in before.items()
    }


def _in_order(before: dict[str, frozenset[str]]) -> list[str]:
    order: list[str] = []
    done: set[str] = set()
    waiting = list(before)
    while waiting:
        free = [id for id in waiting if before[id] <= done]
        if not free:
            raise CannotDraw("steps wait for each other in a circle: " + ", ".join(waiting[:8]))
        order += free
        done.update(free)
        waiting = [id for id in waiting if id not in done]
    return order
