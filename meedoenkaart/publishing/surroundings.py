"""A picture of what lies around a reception location: villages with opportunities, borders, and how far that is.

All numbers are whole units of the picture, of which the template makes SVG.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from meedoenkaart.catalogue import Nearby, ReceptionPage
from meedoenkaart.geography.distance import EARTH_RADIUS_KM, Spot, kilometres, middle, might_reach
from meedoenkaart.geography.outlines import Line, inhabitants, outlines
from meedoenkaart.geography.places import Place
from meedoenkaart.infographic.measuring.geometry import Box, Point

WIDTH, HEIGHT = 640, 560
VIEWS = ((12, (5, 10)), (17, (5, 10, 15)), (27, (5, 10, 25)))
"""Kilometres from the middle to the upper edge, and those of the rings; the widest holds all that the page lists."""
ENOUGH = 6
"""With so many places, there is no need to show what lies farther away."""
TOWNS = 4
"""Names of towns without opportunities, to know one's way by."""
LEAST_INHABITANTS = 2000
FLAG = 44
"""The side of the flag of the location."""
POLE = 40
"""How far the flag stands above the location, which others may share."""
LETTER_WIDTH, LINE_HEIGHT = 15, 32
"""What a letter of a name takes, on the safe side."""
SMALL_LETTER_WIDTH = 12
GAP = 6
EDGE = 8
CLOSEST_POINTS = 3
_KM_PER_DEGREE = math.radians(EARTH_RADIUS_KM)

Town = tuple[int, str, Spot]
"""How many people live there, its name, and where it lies."""
WHOLE = Box(0, 0, WIDTH, HEIGHT)
_WITHIN_EDGES = Box(EDGE, EDGE, WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE)
_AROUND = Box(-20, -20, WIDTH + 40, HEIGHT + 40)
"""Lines end out of sight."""


@dataclass(frozen=True, slots=True)
class Label:
    """Where a text stands: its baseline, and whether that is its start, middle or end (as SVG calls them)."""

    text: str
    x: int
    y: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Village:
    """A place with opportunities."""

    name: str
    kilometres: float
    """From the location to the nearest of them."""
    count: int
    x: int
    y: int
    radius: int
    label: Label | None = None
    """None where its name has no room."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What lies around a location: all that its picture is made of."""

    middle: Spot
    reach: int
    """Kilometres from the middle to the upper edge."""
    rings: tuple[int, ...]
    """Kilometres from the middle."""
    villages: tuple[Village, ...]
    """The nearest first, without their names."""
    towns: tuple[tuple[str, int, int], ...]
    """Names of other towns and where they lie in the picture, the largest first."""


@dataclass(frozen=True, slots=True)
class Picture:
    """All that is drawn, from the lowest to the highest."""

    abroad: str
    """The land around, as the path of a filled shape, like ``land``."""
    land: str
    municipalities: str
    """Borders, as the path of lines, like ``provinces``."""
    provinces: str
    rings: Sequence[tuple[int, int, Label | None]]
    """Kilometres from the middle, the same in the picture, and what is written there."""
    towns: Sequence[tuple[int, int, Label]]
    """Towns without opportunities."""
    villages: Sequence[Village]
    """The nearest first."""

    @property
    def largest_first(self) -> list[Village]:
        """The villages in the order in which they are drawn, so that a small one lies over a large one."""
        return sorted(self.villages, key=lambda one: -one.radius)


def towns_of(places: Iterable[Place]) -> list[Town]:
    """Return the places by which one knows one's way, the largest first."""
    sizes = inhabitants()
    known = [(sizes.get((one.name, one.cbs_code), 0), one.name, one.spot) for one in places]
    return sorted((one for one in known if one[0] >= LEAST_INHABITANTS), key=lambda one: (-one[0], one[1]))


def scene(page: ReceptionPage, near: Sequence[Nearby], towns: Iterable[Town]) -> Scene:
    """Return what a picture of what is ``near`` a reception location is made of; see ``towns_of``."""
    view, villages = _chosen_view(page.spot, _places(near))
    known = {page.record.place, *(one.name for one in villages)}
    within = 2 * view.reach
    others = (
        (name, *view.at(spot))
        for _, name, spot in towns
        if name not in known and might_reach(view.middle, spot, within) and kilometres(view.middle, spot) < within
    )
    return Scene(view.middle, view.reach, view.rings, villages, tuple(others))


@lru_cache(maxsize=100)  # it is the same in every language
def picture_of(shown: Scene) -> Picture:
    """Draw what lies around a location."""
    view = _View(shown.middle, shown.reach, shown.rings)
    canvas = _Canvas()
    canvas.take(Box(view.x - FLAG / 2, view.y - POLE - FLAG, FLAG, FLAG))
    for one in shown.villages:
        canvas.take(_around(one.x, one.y, one.radius))
    rings = [(km, view.length(km), _ring_label(canvas, view, km)) for km in view.rings]
    labels = {
        one: canvas.place(one.name, _beside(one.x, one.y, one.radius), LETTER_WIDTH)
        for one in sorted(shown.villages, key=lambda one: (-one.count, one.kilometres))
    }
    drawn = outlines()
    return Picture(
        abroad="".join(_area(view, ring) for ring in drawn.abroad),
        land="".join(_area(view, ring) for ring in drawn.land),
        municipalities="".join(_lines(view, line) for line in drawn.municipalities),
        provinces="".join(_lines(view, line) for line in drawn.provinces),
        rings=rings,
        towns=list(_towns(canvas, shown.towns)),
        villages=[replace(one, label=labels[one]) for one in shown.villages],
    )


@dataclass(frozen=True, slots=True)
class _Place:
    name: str
    count: int
    kilometres: float
    spot: Spot


def _places(near: Sequence[Nearby]) -> list[_Place]:
    """Return the places with opportunities, the nearest first, each in the middle of its own."""
    found: dict[tuple[str, str], list[Nearby]] = defaultdict(list)
    for one in near:
        found[one.venue.address.place, one.venue.municipality.slug].append(one)
    return [
        _Place(name, len(there), there[0].kilometres, middle([one.venue.spot for one in there]))
        for (name, _), there in found.items()
    ]


def _radius(count: int) -> int:
    return min(36, round(14 + 4 * math.sqrt(count)))


def _chosen_view(middle: Spot, places: Sequence[_Place]) -> tuple["_View", tuple[Village, ...]]:
    """Return the closest view that shows enough, and which places it shows where."""
    for reach, rings in VIEWS:
        view = _View(middle, reach, rings)
        villages = [
            Village(one.name, one.kilometres, one.count, *view.at(one.spot), _radius(one.count)) for one in places
        ]
        seen = tuple(one for one in villages if WHOLE.holds(_around(one.x, one.y, one.radius)))
        if len(seen) >= ENOUGH:
            break
    return view, seen


class _View:
    """From degrees to units of the picture; so near, the earth is flat."""

    x, y = WIDTH // 2, HEIGHT // 2

    def __init__(self, middle: Spot, reach: int, rings: tuple[int, ...]) -> None:
        """Show ``reach`` kilometres above and below the middle, and some rings around it."""
        self.middle = middle
        self.rings = rings
        self.reach = reach
        self._per_north = _KM_PER_DEGREE * HEIGHT / 2 / reach
        self._per_east = self._per_north * math.cos(math.radians(middle.latitude))

    def point(self, east: float, north: float) -> Point:
        return (
            self.x + (east - self.middle.longitude) * self._per_east,
            self.y - (north - self.middle.latitude) * self._per_north,
        )

    def at(self, spot: Spot) -> tuple[int, int]:
        x, y = self.point(spot.longitude, spot.latitude)
        return round(x), round(y)

    def length(self, km: float) -> int:
        return round(km * HEIGHT / 2 / self.reach)

    def box(self, line: Line) -> Box:
        left, top = self.point(line.west, line.north)
        right, bottom = self.point(line.east, line.south)
        return Box(left, top, right - left, bottom - top)


@dataclass(slots=True)
class _Canvas:
    """What of the picture is taken, and what may still be written."""

    taken: list[Box] = field(default_factory=list)

    def take(self, box: Box) -> None:
        self.taken.append(box)

    def place(self, text: str, ways: Iterable[tuple[int, int, str]], letter: int) -> Label | None:
        """Write a text at the first of some points where it has room."""
        width = len(text) * letter
        for x, y, anchor in ways:
            left = x - {"start": 0, "middle": width / 2, "end": width}[anchor]
            box = Box(left - GAP / 2, y - LINE_HEIGHT / 2, width + GAP, LINE_HEIGHT)
            if _WITHIN_EDGES.holds(box) and not any(box.meets(other) for other in self.taken):
                self.take(box)
                return Label(text, x, y, anchor)
        return None


def _around(x: int, y: int, radius: int) -> Box:
    return Box(x - radius, y - radius, 2 * radius, 2 * radius)


def _beside(x: int, y: int, radius: int) -> list[tuple[int, int, str]]:
    """Return where a name may stand: the middle of its line, and what of it is there."""
    half = LINE_HEIGHT // 2
    return [
        (x + radius + GAP, y, "start"),
        (x, y + radius + half, "middle"),
        (x - radius - GAP, y, "end"),
        (x, y - radius - half, "middle"),
        (x + radius, y + radius + half // 2, "start"),
        (x + radius, y - radius - half // 2, "start"),
        (x - radius, y + radius + half // 2, "end"),
        (x - radius, y - radius - half // 2, "end"),
        (x + radius, y + radius + half, "end"),
        (x + radius, y - radius - half, "end"),
        (x - radius, y + radius + half, "start"),
        (x - radius, y - radius - half, "start"),
    ]


def _ring_label(canvas: _Canvas, view: _View, km: int) -> Label | None:
    radius = view.length(km)
    slanted = round(radius * math.sqrt(0.5))
    return canvas.place(
        f"{km} km",
        [
            (view.x, view.y - radius, "middle"),
            (view.x, view.y + radius, "middle"),
            (view.x + slanted, view.y - slanted, "middle"),
            (view.x - slanted, view.y - slanted, "middle"),
            (view.x + slanted, view.y + slanted, "middle"),
            (view.x - slanted, view.y + slanted, "middle"),
        ],
        SMALL_LETTER_WIDTH,
    )


def _towns(canvas: _Canvas, towns: Iterable[tuple[str, int, int]]) -> Iterator[tuple[int, int, Label]]:
    """Yield the first few towns for whose name there is room."""
    left = TOWNS
    for name, x, y in towns:
        if left and (label := canvas.place(name, _beside(x, y, 6), LETTER_WIDTH)):
            left -= 1
            canvas.take(_around(x, y, 6))
            yield x, y, label


def _area(view: _View, ring: Line) -> str:
    """Return the part of a ring that can be seen, as a closed path."""
    if not view.box(ring).meets(_AROUND):
        return ""
    points = [view.point(*point) for point in ring.points]
    for is_inside, crossing in _EDGES:
        points = _clipped(points, is_inside, crossing)
    return f"{_path(points)}z" if len(points) > 2 else ""


def _crossing_at_x(x: float) -> Callable[[Point, Point], Point]:
    return lambda one, other: (x, one[1] + (other[1] - one[1]) * (x - one[0]) / (other[0] - one[0]))


def _crossing_at_y(y: float) -> Callable[[Point, Point], Point]:
    return lambda one, other: (one[0] + (other[0] - one[0]) * (y - one[1]) / (other[1] - one[1]), y)


_EDGES: Sequence[tuple[Callable[[Point], bool], Callable[[Point, Point], Point]]] = (
    (lambda point: point[0] >= _AROUND.x, _crossing_at_x(_AROUND.x)),
    (lambda point: point[0] <= _AROUND.right, _crossing_at_x(_AROUND.right)),
    (lambda point: point[1] >= _AROUND.y, _crossing_at_y(_AROUND.y)),
    (lambda point: point[1] <= _AROUND.bottom, _crossing_at_y(_AROUND.bottom)),
)


def _clipped(
    points: list[Point], is_inside: Callable[[Point], bool], crossing: Callable[[Point, Point], Point]
) -> list[Point]:
    """Cut a ring off at one edge (Sutherland and Hodgman)."""
    kept = []
    for before, point in zip([*points[-1:], *points[:-1]], points, strict=True):
        if is_inside(before) != is_inside(point):
            kept.append(crossing(before, point))
        if is_inside(point):
            kept.append(point)
    return kept


def _lines(view: _View, line: Line) -> str:
    """Return the parts of a line that can be seen, as a path."""
    if not view.box(line).meets(_AROUND):
        return ""
    parts: list[list[Point]] = [[]]
    points = [view.point(*point) for point in line.points]
    for (x, y), (to_x, to_y) in pairwise(points):
        if Box(min(x, to_x), min(y, to_y), abs(to_x - x), abs(to_y - y)).meets(_AROUND):
            parts[-1] += [(to_x, to_y)] if parts[-1] else [(x, y), (to_x, to_y)]
        elif parts[-1]:
            parts.append([])
    return "".join(_path(part) for part in parts if part)


def _path(points: Sequence[Point]) -> str:
    """Return the way along some points in whole steps, without those too close to tell apart."""
    at = [(round(x), round(y)) for x, y in points]
    kept = at[:1]
    for point in at[1:-1]:
        if math.dist(kept[-1], point) >= CLOSEST_POINTS:
            kept.append(point)
    kept += at[-1:]
    steps = [(x - from_x, y - from_y) for (from_x, from_y), (x, y) in pairwise(kept)]
    return f"M{_pair(*kept[0])}l" + " ".join(_pair(*step) for step in steps)


def _pair(x: int, y: int) -> str:
    return f"{x}{y}" if y < 0 else f"{x} {y}"
