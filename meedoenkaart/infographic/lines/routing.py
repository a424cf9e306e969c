"""Lines between units: through the gutters between columns and the gaps between cards, never through anything."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from meedoenkaart.infographic.lines.gutters import Gutters
from meedoenkaart.infographic.lines.pathfinding import Pathfinder
from meedoenkaart.infographic.lines.ports import Ports, nets
from meedoenkaart.infographic.lines.terrain import LEVEL, End, Terrain, Way
from meedoenkaart.infographic.lines.turns import Turns
from meedoenkaart.infographic.measuring.geometry import Point
from meedoenkaart.infographic.plan.plan import Line


@dataclass(frozen=True, slots=True)
class Routed:
    """What the router found."""

    paths: dict[Line, tuple[Point, ...]]
    nets: dict[Line, int]
    dots: tuple[tuple[float, float, Line], ...]
    failed: tuple[Line, ...]
    """Lines for which there is no way."""
    wider: dict[int, float]
    """By gutter, px that it lacks."""
    higher: dict[int, float]
    """By unit, px that the gap below it lacks."""
    crossings: int


class Router:
    """Finds ways for all lines of one placed drawing: first which way, then the ports, the heights, and the places."""

    def __init__(self, terrain: Terrain, ends: dict[int, End]) -> None:
        """Take the terrain, and the units by index."""
        self._terrain, self._ends = terrain, ends

    def route(self, lines: Iterable[Line]) -> Routed:
        """Return a way for each line, or what stands in its way."""
        wanted = list(lines)
        owners = nets(wanted)
        finder = Pathfinder(self._terrain, self._ends)
        turns, gutters = Turns(self._terrain, self._ends), Gutters(self._terrain)
        found = {line: finder.find(line) for line in wanted}
        ways = [Way(line, *way, owners[line]) for line, way in found.items() if way]
        Ports(self._terrain, self._ends).choose(ways)
        ways = gutters.choose(turns.choose(ways))
        paths = {way.line: self._points(way) for way in ways}
        numbers = {net: number for number, net in enumerate(dict.fromkeys(way.net for way in ways))}
        return Routed(
            paths=paths,
            nets={way.line: numbers[way.net] for way in ways},
            dots=_dots(ways, paths),
            failed=(*(line for line, way in found.items() if not way), *turns.failed, *gutters.failed),
            wider=gutters.wider,
            higher=turns.higher,
            crossings=crossings([(paths[way.line], numbers[way.net]) for way in ways]),
        )

    def _points(self, way: Way) -> tuple[Point, ...]:
        source, target = self._ends[way.line.source], self._ends[way.line.target]
        points: list[Point] = []
        gap = 0
        turns, xs = way.turns or [], way.xs or {}
        if way.out_side == "right":
            points.append((_side_x(source, right=True), way.start))
        elif way.out_side == "below":
            points.append((way.start, source.box.bottom))
        else:
            points.append((way.start, source.box.y))
        if len(way.cells) == 1 and not way.cells[0].gutter and turns:
            points += [(way.start, turns[0]), (way.end, turns[0])]
        elif len(way.cells) > 1 and way.out_side != "right":
            points.append((way.start, turns[0]))
        for position, cell in enumerate(way.cells):
            if not cell.gutter:
                gap += 1
                continue
            x = xs.get(position)
            if x is None:
                continue
            points += [(x, way.entry(position, gap)), (x, way.exit(position, gap))]
        if len(way.cells) > 1 and way.in_side in ("below", "above"):
            points.append((way.end, turns[-1]))
        if way.in_side == "left":
            points.append((_side_x(target, right=False), way.end))
        elif way.in_side == "right":
            points.append((_side_x(target, right=True), way.end))
        elif way.in_side == "below":
            points.append((way.end, target.box.bottom))
        else:
            points.append((way.end, target.box.y))
        return _simplified(points)


def _side_x(end: End, *, right: bool) -> float:
    bar = 11.0 if end.joined else 0.0
    return end.box.right + bar if right else end.box.x - bar


def _dots(ways: list[Way], paths: dict[Line, tuple[Point, ...]]) -> tuple[tuple[float, float, Line], ...]:
    """Mark where lines come together: the corner of one on the run of another of the same net."""
    dots: dict[tuple[float, float], Line] = {}
    merging = [way for way in ways if way.net[0] == "in"]
    for way in merging:
        for corner in paths[way.line][1:-1]:
            for other in merging:
                if other is not way and other.net == way.net and _on(corner, paths[other.line]):
                    dots.setdefault(corner, way.line)
    return tuple((x, y, line) for (x, y), line in dots.items())


def _simplified(points: list[Point]) -> tuple[Point, ...]:
    """Leave out points that change nothing, and level what is level but for a rounding."""
    found: list[Point] = []
    for x, y in points:
        if found and abs(found[-1][0] - x) < LEVEL and abs(found[-1][1] - y) < LEVEL:
            continue
        while len(found) >= 2 and (
            abs(found[-1][0] - found[-2][0]) < LEVEL > abs(found[-1][0] - x)
            or abs(found[-1][1] - found[-2][1]) < LEVEL > abs(found[-1][1] - y)
        ):
            found.pop()
        if found and abs(found[-1][1] - y) < LEVEL:
            y = found[-1][1]
        elif found and abs(found[-1][0] - x) < LEVEL:
            x = found[-1][0]
        found.append((x, y))
    return tuple(found)


def _on(point: Point, path: Sequence[Point]) -> bool:
    """Whether a point lies on a path, not counting the path's own corners."""
    x, y = point
    for (x1, y1), (x2, y2) in pairwise(path):
        if (abs(x - x1) < 1 and abs(y - y1) < 1) or (abs(x - x2) < 1 and abs(y - y2) < 1):
            continue
        if min(x1, x2) - 0.5 <= x <= max(x1, x2) + 0.5 and min(y1, y2) - 0.5 <= y <= max(y1, y2) + 0.5:
            return True
    return False


def crossings(paths: Sequence[tuple[Sequence[Point], int]]) -> int:
    """Count how often lines of different nets cross."""
    level: list[tuple[float, float, float, int]] = []
    upright: list[tuple[float, float, float, int]] = []
    for points, net in paths:
        for (x1, y1), (x2, y2) in pairwise(points):
            if abs(y1 - y2) < LEVEL:
                level.append((y1, min(x1, x2), max(x1, x2), net))
            else:
                upright.append((x1, min(y1, y2), max(y1, y2), net))
    return sum(
        net != other and left < x < right and top < y < bottom
        for y, left, right, net in level
        for x, top, bottom, other in upright
    )
