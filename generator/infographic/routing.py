"""Lines between units: through the gutters between columns and the gaps between cards, never through anything."""

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations

from generator.infographic.board import Point
from generator.infographic.cards import Box
from generator.infographic.plan import Line

CLEAR = 9.0
"""px that a line keeps from cards beside it."""
APART = 9.0
"""px between two lines that are not of one net."""
SHAFT = 22.0
"""px of straight line before an arrow's tip, at least."""
PORT = 15.0
"""px between two places where lines touch one card."""
_EDGE = 13.0
"""px from a card's corner where no line touches."""
_VERTICAL_START = 40.0
_AROUND = 60.0
"""What it costs to go around to the near side of a card that stands below."""
_SAME = 5.0
"""px between two level stretches below which they read as one."""
_AS_ONE = 500.0
_MORE = 5.0
"""px that are asked for beyond what is lacking, since cards step back by whole steps."""
_ASIDE = 15.0
"""px from a card's middle where lines leave or reach it from above or below: each kind has its own place."""
_LEVEL = 0.6
"""Two heights closer than this are one."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A free stretch: of the gutter left of column ``at``, or of column ``at`` between two things in it."""

    gutter: bool
    at: int
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Terrain:
    """Where lines may run."""

    lefts: Sequence[float]
    rights: Sequence[float]
    outer: tuple[float, float]
    """The far edges of the drawing, for the first and the last gutter."""
    top: float
    bottom: float
    blocks: Sequence[tuple[int, int, Box]]
    """First and last column, and place of everything that lines avoid."""
    bars: frozenset[tuple[int, bool]]
    """Gutters that have bars: at their left side (False) or at their right side (True)."""
    shut: Sequence[tuple[int, Box]] = ()
    """Columns, and stretches of the band's root in them: nothing runs across, only along."""

    def sides(self, gutter: int) -> tuple[float, float]:
        """Return the left and right edge of a gutter."""
        left = self.rights[gutter - 1] if gutter else self.outer[0]
        right = self.lefts[gutter] if gutter < len(self.lefts) else self.outer[1]
        return left, right


@dataclass(frozen=True, slots=True)
class End:
    """A unit as a place where lines begin and end."""

    first: int
    last: int
    box: Box
    joined: bool
    """Whether it is several cards along a bar, which lines reach from the side only."""


@dataclass(slots=True)
class Way:
    """One line on its way."""

    line: Line
    cells: list[Cell]
    out_side: str
    """``right``, ``below`` or ``above`` the source."""
    in_side: str
    """``left``, ``right``, ``below`` or ``above`` the target."""
    net: tuple[str, int]
    start: float = 0.0
    """Height (or x, for a vertical start) at the source."""
    end: float = 0.0
    turns: list[float] | None = None
    """The height of every gap that it crosses."""
    xs: dict[int, float] | None = None
    """By position among the cells, the x of its stretch in that gutter."""


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
    """Finds ways for all lines of one placed drawing."""

    def __init__(self, terrain: Terrain, ends: dict[int, End]) -> None:
        """Take the terrain, and the units by index."""
        self._terrain, self._ends = terrain, ends
        # Beside the first and the last column there is no room: what would go around says so in words.
        inner = range(1, len(terrain.lefts))
        self._gutters = [self._free(gutter, gutter=True) if gutter in inner else [] for gutter in range(inner.stop + 1)]
        self._gaps = [self._free(column, gutter=False) for column in range(len(terrain.lefts))]
        self._wider: dict[int, float] = {}
        self._higher: dict[int, float] = {}
        self._failed: dict[Line, None] = {}

    def route(self, lines: Iterable[Line]) -> Routed:
        """Return a way for each line, or what stands in its way."""
        wanted = list(lines)
        nets = self._nets(wanted)
        ways = []
        for line in wanted:
            found = self._find(line)
            if found is None:
                self._failed[line] = None
            else:
                ways.append(Way(line, found[0], found[1], found[2], nets[line]))
        self._ports(ways)
        ways = self._turns(ways)
        ways = self._lanes(ways)
        paths = {way.line: self._points(way) for way in ways}
        numbers = {net: number for number, net in enumerate(dict.fromkeys(way.net for way in ways))}
        return Routed(
            paths=paths,
            nets={way.line: numbers[way.net] for way in ways},
            dots=self._dots(ways, paths),
            failed=tuple(self._failed),
            wider=self._wider,
            higher=self._higher,
            crossings=crossings([(paths[way.line], numbers[way.net]) for way in ways]),
        )

    # Free stretches

    def _free(self, at: int, *, gutter: bool) -> list[Cell]:
        terrain = self._terrain
        taken = sorted(
            (box.y, box.bottom)
            for first, last, box in terrain.blocks
            if (first < at <= last if gutter else first <= at <= last)
        )
        cells, y = [], terrain.top
        for top, bottom in [*taken, (terrain.bottom + CLEAR, terrain.bottom + CLEAR)]:
            if top - CLEAR - y >= 0:
                cells.append(Cell(gutter, at, y, top - CLEAR))
            y = max(y, bottom + CLEAR)
        return cells

    def _gutter_at(self, gutter: int, y: float) -> Cell | None:
        return next((cell for cell in self._gutters[gutter] if cell.top - CLEAR <= y <= cell.bottom + CLEAR), None)

    def _gap_beside(self, column: int, y: float, *, below: bool) -> Cell | None:
        for cell in self._gaps[column]:
            if abs((cell.top if below else cell.bottom) - (y + CLEAR if below else y - CLEAR)) < _LEVEL:
                return cell
        return None

    # Ways

    def _find(self, line: Line) -> tuple[list[Cell], str, str] | None:
        source, target = self._ends[line.source], self._ends[line.target]
        starts: dict[Cell, tuple[float, str, float]] = {}
        goals: dict[Cell, tuple[float, str, float]] = {}

        def offer(
            into: dict[Cell, tuple[float, str, float]], cell: Cell | None, cost: float, side: str, y: float
        ) -> None:
            if cell is not None and (cell not in into or cost < into[cell][0]):
                into[cell] = (cost, side, y)

        if line.back:
            for into, end in ((starts, source), (goals, target)):
                if end.joined:
                    continue
                for column in range(end.first, end.last + 1):
                    cell = self._gap_beside(column, end.box.bottom, below=True)
                    offer(into, cell, abs(column - end.first), "below", end.box.bottom + CLEAR)
                    cell = self._gap_beside(column, end.box.y, below=False)
                    offer(into, cell, 30 + abs(column - end.first), "above", end.box.y - CLEAR)
        else:
            offer(starts, self._gutter_at(source.last + 1, source.box.centre), 0, "right", source.box.centre)
            around = 0 if target.first > source.first else _AROUND
            offer(goals, self._gutter_at(target.first, target.box.centre), around, "left", target.box.centre)
            upright = target.first <= source.last
            if not source.joined and upright:
                for column in range(source.first, source.last + 1):
                    cell = self._gap_beside(column, source.box.bottom, below=True)
                    offer(starts, cell, _VERTICAL_START, "below", source.box.bottom + CLEAR)
                    cell = self._gap_beside(column, source.box.y, below=False)
                    offer(starts, cell, _VERTICAL_START + 30, "above", source.box.y - CLEAR)
            if not target.joined and upright:
                for column in range(target.first, target.last + 1):
                    cell = self._gap_beside(column, target.box.y, below=False)
                    offer(goals, cell, _VERTICAL_START, "above", target.box.y - CLEAR)
                    cell = self._gap_beside(column, target.box.bottom, below=True)
                    offer(goals, cell, _VERTICAL_START + 30, "below", target.box.bottom + CLEAR)
        return self._search(starts, goals)

    def _search(
        self, starts: dict[Cell, tuple[float, str, float]], goals: dict[Cell, tuple[float, str, float]]
    ) -> tuple[list[Cell], str, str] | None:
        queue: list[tuple[float, int, float, list[Cell], str]] = []
        tie = 0
        for cell, (cost, side, y) in starts.items():
            heapq.heappush(queue, (cost, tie, y, [cell], side))
            tie += 1
        seen: set[Cell] = set()
        best: tuple[float, list[Cell], str, str] | None = None
        while queue:
            cost, _, y, cells, side = heapq.heappop(queue)
            if best and cost >= best[0]:
                break
            cell = cells[-1]
            if cell in seen:
                continue
            seen.add(cell)
            if cell in goals:
                more, in_side, goal_y = goals[cell]
                whole = cost + more + abs(goal_y - y)
                if best is None or whole < best[0]:
                    best = (whole, cells, side, in_side)
            for other in self._beside(cell):
                if other in seen:
                    continue
                low, high = max(cell.top, other.top), min(cell.bottom, other.bottom)
                if low > high + _LEVEL:
                    continue
                there = min(max(y, low), high)
                tie += 1
                heapq.heappush(queue, (cost + abs(there - y) + 60, tie, there, [*cells, other], side))
        return (best[1], best[2], best[3]) if best else None

    def _beside(self, cell: Cell) -> list[Cell]:
        if not cell.gutter:
            return [] if self._shut(cell) else self._gutters[cell.at] + self._gutters[cell.at + 1]
        found = list(self._gaps[cell.at]) if cell.at < len(self._gaps) else []
        return [gap for gap in found + (self._gaps[cell.at - 1] if cell.at else []) if not self._shut(gap)]

    def _shut(self, gap: Cell) -> bool:
        return any(
            at == gap.at and gap.top < box.bottom and box.y < gap.bottom + CLEAR for at, box in self._terrain.shut
        )

    # Where lines touch cards

    def _nets(self, lines: list[Line]) -> dict[Line, tuple[str, int]]:
        """Give each line its net: with what leaves the same unit, or else with what reaches the same unit."""
        leaving: dict[int, int] = {}
        reaching: dict[int, int] = {}
        for line in lines:
            if not line.back:
                leaving[line.source] = leaving.get(line.source, 0) + 1
                reaching[line.target] = reaching.get(line.target, 0) + 1
        nets: dict[Line, tuple[str, int]] = {}
        for number, line in enumerate(lines):
            if line.back:
                nets[line] = ("back", number)
            elif leaving[line.source] == 1 and reaching[line.target] > 1:
                nets[line] = ("in", line.target)
            else:
                nets[line] = ("out", line.source)
        return nets

    def _ports(self, ways: list[Way]) -> None:
        """Choose where each line touches its two units: straight where it can be, apart where nets differ."""
        sides: dict[tuple[int, str], dict[tuple[str, int, int], list[tuple[Way, bool]]]] = {}
        for way in ways:
            own = way.line.source * 1000 + way.line.target
            for unit, side, leaving in (
                (way.line.source, way.out_side, True),
                (way.line.target, way.in_side, False),
            ):
                shares = way.net[0] == ("out" if leaving else "in")
                key = (*way.net, 0) if shares else (*way.net, own)
                sides.setdefault((unit, side), {}).setdefault(key, []).append((way, leaving))
        for (unit, side), ports in sides.items():
            box = self._ends[unit].box
            upright = side in ("below", "above")
            order = sorted(
                ports,
                key=lambda key: (
                    upright and ports[key][0][1] is (side == "below"),
                    self._pull(ports[key], upright),
                    key,
                ),
            )
            bent = upright and any(len(way.cells) > 1 for found in ports.values() for way, _ in found)
            middle, room = (box.middle, box.width) if upright else (box.centre, box.height)
            step = min(PORT, (room - 2 * _EDGE) / max(1, len(order) - 1))
            for position, key in enumerate(order):
                at = middle + (position - (len(order) - 1) / 2) * step
                if bent:
                    aside = _ASIDE if side == "below" else -2 * _ASIDE
                    at += aside if ports[key][0][1] else -aside
                for way, leaving in ports[key]:
                    if upright:
                        column = way.cells[0 if leaving else -1].at
                        left, right = self._terrain.lefts[column], self._terrain.rights[column]
                        if not left + _EDGE <= at <= right - _EDGE:
                            within = at - middle + (left + right) / 2
                            at = min(max(within, left + _EDGE), right - _EDGE)
                    if leaving:
                        way.start = at
                    else:
                        way.end = at
        for way in ways:
            self._straighten(way, sides)

    def _straighten(
        self, way: Way, sides: dict[tuple[int, str], dict[tuple[str, int, int], list[tuple[Way, bool]]]]
    ) -> None:
        source, target = self._ends[way.line.source], self._ends[way.line.target]
        alone_out = len(sides[way.line.source, way.out_side]) == 1
        alone_in = len(sides[way.line.target, way.in_side]) == 1
        if len(way.cells) == 1 and not way.cells[0].gutter:
            if {way.out_side, way.in_side} == {"below", "above"}:
                if alone_in and target.box.x + _EDGE <= way.start <= target.box.right - _EDGE:
                    way.end = way.start
                    return
                if alone_out and source.box.x + _EDGE <= way.end <= source.box.right - _EDGE:
                    way.start = way.end
            return
        if way.out_side != "right" or way.in_side != "left" or abs(way.start - way.end) < _LEVEL:
            return
        single_out = alone_out and sum(len(found) for found in sides[way.line.source, way.out_side].values()) == 1
        single_in = alone_in and sum(len(found) for found in sides[way.line.target, way.in_side].values()) == 1
        if single_in and target.box.y + _EDGE <= way.start <= target.box.bottom - _EDGE:
            way.end = way.start
        elif single_out and source.box.y + _EDGE <= way.end <= source.box.bottom - _EDGE:
            way.start = way.end

    def _pull(self, found: list[tuple[Way, bool]], upright: bool) -> float:
        """Return whereto the lines of a port go: their other end, so that ports stand in the order of their lines."""
        pulls = []
        for way, leaving in found:
            other = self._ends[way.line.target if leaving else way.line.source].box
            cells = way.cells if leaving else way.cells[::-1]
            if upright and len(cells) > 1:
                pulls.append(1e5 if cells[1].at > cells[0].at else -1e5)
            else:
                pulls.append(other.middle if upright else other.centre)
        return sum(pulls) / len(pulls)

    # Heights of the stretches in gaps

    def _turns(self, ways: list[Way]) -> list[Way]:
        taken: list[tuple[float, float, float, tuple[str, int]]] = []
        kept = []
        for way in sorted(ways, key=lambda way: (len(way.cells), way.line.source, way.line.target)):
            if len(way.cells) == 1:
                kept.append(way)
                if not way.cells[0].gutter and abs(way.start - way.end) > _LEVEL:
                    cell = way.cells[0]
                    left, right = sorted((way.start, way.end))
                    y = self._height(taken, left, right, cell.top, cell.bottom, (cell.top + cell.bottom) / 2, way.net)
                    if y is None:
                        kept.pop()
                        self._lack(way.line, [cell])
                    else:
                        way.turns = [y]
                        taken.append((left, right, y, way.net))
                continue
            if self._turn(way, taken):
                kept.append(way)
        return kept

    def _turn(self, way: Way, taken: list[tuple[float, float, float, tuple[str, int]]]) -> bool:
        gaps = [position for position, cell in enumerate(way.cells) if not cell.gutter]
        turns: dict[int, float] = {}
        index = 0
        wanted = way.start if way.out_side == "right" else None
        while index < len(gaps):
            way.cells[gaps[index]]
            low, high = self._window(way, gaps[index])
            together = index + 1
            while together < len(gaps):
                more_low, more_high = self._window(way, gaps[together])
                if max(low, more_low) > min(high, more_high):
                    break
                low, high = max(low, more_low), min(high, more_high)
                together += 1
            columns = [way.cells[gaps[one]].at for one in range(index, together)]
            left = self._terrain.lefts[min(columns)] - 30
            right = self._terrain.rights[max(columns)] + 30
            if wanted is None:
                wanted = low if way.out_side == "below" else high
            goal = way.end if together == len(gaps) and way.in_side == "left" and low <= way.end <= high else wanted
            goal = (low + high) / 2 if high - low < 2 * APART else goal
            if way.line.back:
                goal = low + 4
            y = self._height(taken, left, right, low, high, goal, way.net)
            if y is None:
                self._lack(way.line, [way.cells[gaps[one]] for one in range(index, together)])
                return False
            for one in range(index, together):
                turns[gaps[one]] = y
            taken.append((left, right, y, way.net))
            index, wanted = together, y
        way.turns = [turns[position] for position in gaps]
        return True

    def _window(self, way: Way, position: int) -> tuple[float, float]:
        """Return the heights at which a way can cross a gap, given the gutters at both sides of it."""
        cell = way.cells[position]
        low, high = cell.top, cell.bottom
        for other in way.cells[max(0, position - 1) : position + 2]:
            low, high = max(low, other.top), min(high, other.bottom)
        return (low, high) if low <= high else ((low + high) / 2, (low + high) / 2)

    def _height(
        self,
        taken: list[tuple[float, float, float, tuple[str, int]]],
        left: float,
        right: float,
        low: float,
        high: float,
        goal: float,
        net: tuple[str, int],
    ) -> float | None:
        goal = min(max(goal, low), high)
        near = [y for one, other, y, owner in taken if one < right and left < other and owner != net]
        tries = [goal, low, high, *(y + APART for y in near), *(y - APART for y in near)]
        fitting = [
            y for y in tries if low - 0.01 <= y <= high + 0.01 and all(abs(y - other) >= APART - 0.01 for other in near)
        ]
        return min(fitting, key=lambda y: (abs(y - goal), y)) if fitting else None

    def _lack(self, line: Line, cells: list[Cell]) -> None:
        """Ask for more height in a gap, by the unit above it; a gap without one above can't grow."""
        self._failed[line] = None
        for cell in cells:
            for index, end in self._ends.items():
                if end.first <= cell.at <= end.last and abs(end.box.bottom + CLEAR - cell.top) < _LEVEL:
                    self._higher[index] = max(self._higher.get(index, 0.0), APART)

    # Places of the stretches in gutters

    def _lanes(self, ways: list[Way]) -> list[Way]:
        kept = {id(way): way for way in ways}
        for gutter in range(len(self._gutters)):
            for _ in range(len(ways) + 1):
                stretches = self._stretches([way for way in ways if id(way) in kept], gutter)
                problem = self._place(gutter, stretches)
                if problem is None:
                    break
                kept.pop(id(problem), None)
                self._failed[problem.line] = None
        return [way for way in ways if id(way) in kept]

    def _stretches(self, ways: list[Way], gutter: int) -> list["_Stretch"]:
        found: dict[tuple[str, int], _Stretch] = {}
        for way in ways:
            gap = 0
            for position, cell in enumerate(way.cells):
                if not cell.gutter:
                    gap += 1
                    continue
                if cell.gutter and cell.at == gutter:
                    enters = self._entry(way, position, gap)
                    leaves = self._exit(way, position, gap)
                    side_in, side_out = self._directions(way, position)
                    stretch = found.setdefault(way.net, _Stretch(way.net))
                    stretch.ways.append((way, position, enters, leaves, side_in, side_out))
        return [stretch.close() for stretch in found.values()]

    def _entry(self, way: Way, position: int, gap: int) -> float:
        return way.start if position == 0 else (way.turns or [])[gap - 1]

    def _exit(self, way: Way, position: int, gap: int) -> float:
        return way.end if position == len(way.cells) - 1 else (way.turns or [])[gap]

    def _directions(self, way: Way, position: int) -> tuple[str, str]:
        """Return from which side a way comes into a gutter and to which side it leaves."""
        gutter = way.cells[position].at
        came = "left" if position == 0 or way.cells[position - 1].at < gutter else "right"
        if position == len(way.cells) - 1:
            goes = "right" if way.in_side == "left" else "left"
        else:
            goes = "left" if way.cells[position + 1].at < gutter else "right"
        return came, goes

    def _place(self, gutter: int, stretches: list["_Stretch"]) -> Way | None:
        """Choose an x for every stretch; return a way that has to give up when there is no room for all."""
        left, right = self._terrain.sides(gutter)
        low = left + CLEAR + (12 if (gutter, False) in self._terrain.bars else 0)
        high = right - SHAFT - (11 if (gutter, True) in self._terrain.bars else 0)
        if high < low:
            high = low = (low + high) / 2
        moving = sorted((one for one in stretches if one.moves), key=lambda one: (one.sort_key(), one.net))
        level = [one for one in stretches if not one.moves]
        for one in level:
            for other in stretches:
                if one is not other and one.collides(other):
                    return max((way for way, *_ in (*one.ways, *other.ways)), key=_hardness)
        if not moving:
            return None
        needed = (len(moving) - 1) * APART
        if needed > high - low + 0.01:
            self._wider[gutter] = max(self._wider.get(gutter, 0.0), needed - (high - low) + _MORE)
            return max((way for one in moving for way, *_ in one.ways), key=_hardness)
        costs = [[0.0 if one is other else _crossed(one, other) for other in moving] for one in moving]
        order = _best_order(costs)
        worst = [(costs[i][j], i, j) for at, i in enumerate(order) for j in order[at + 1 :] if costs[i][j] >= _AS_ONE]
        if worst:
            _, i, j = worst[0]
            return max((way for one in (moving[i], moving[j]) for way, *_ in one.ways), key=_hardness)
        middle = (low + high) / 2
        for place, index in enumerate(order):
            x = round(middle + (place - (len(order) - 1) / 2) * APART, 1)
            for way, position, *_ in moving[index].ways:
                way.xs = {**(way.xs or {}), position: x}
        return None

    # Points

    def _points(self, way: Way) -> tuple[Point, ...]:
        source, target = self._ends[way.line.source], self._ends[way.line.target]
        points: list[Point] = []
        gap = 0
        turns, xs = way.turns or [], way.xs or {}
        if way.out_side == "right":
            points.append((self._side_x(source, right=True), way.start))
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
            points += [(x, self._entry(way, position, gap)), (x, self._exit(way, position, gap))]
        if len(way.cells) > 1 and way.in_side in ("below", "above"):
            points.append((way.end, turns[-1]))
        if way.in_side == "left":
            points.append((self._side_x(target, right=False), way.end))
        elif way.in_side == "right":
            points.append((self._side_x(target, right=True), way.end))
        elif way.in_side == "below":
            points.append((way.end, target.box.bottom))
        else:
            points.append((way.end, target.box.y))
        return _simplified(points)

    def _side_x(self, end: End, *, right: bool) -> float:
        bar = 11.0 if end.joined else 0.0
        return end.box.right + bar if right else end.box.x - bar

    def _dots(self, ways: list[Way], paths: dict[Line, tuple[Point, ...]]) -> tuple[tuple[float, float, Line], ...]:
        """Mark where lines come together: the corner of one on the run of another of the same net."""
        dots: dict[tuple[float, float], Line] = {}
        merging = [way for way in ways if way.net[0] == "in"]
        for way in merging:
            for corner in paths[way.line][1:-1]:
                for other in merging:
                    if other is not way and other.net == way.net and _on(corner, paths[other.line], ends=False):
                        dots.setdefault(corner, way.line)
        return tuple((x, y, line) for (x, y), line in dots.items())


class _Stretch:
    """What one net does in one gutter: a run up and down, and stubs to both sides."""

    def __init__(self, net: tuple[str, int]) -> None:
        self.net = net
        self.ways: list[tuple[Way, int, float, float, str, str]] = []

    def close(self) -> "_Stretch":
        """Work out the run and the stubs, once all ways are known."""
        heights = [height for one in self.ways for height in one[2:4]]
        self.low, self.high = min(heights), max(heights)
        self.moves = self.high - self.low > _LEVEL or any(one[4] == one[5] for one in self.ways)
        self.lefts = [y for one in self.ways for y, side in ((one[2], one[4]), (one[3], one[5])) if side == "left"]
        self.rights = [y for one in self.ways for y, side in ((one[2], one[4]), (one[3], one[5])) if side == "right"]
        return self

    def sort_key(self) -> float:
        """Put first what goes up from the left: such runs then cross least."""
        return -(self.low + self.high) / 2 if sum(one[3] - one[2] for one in self.ways) else 0.0

    def collides(self, other: "_Stretch") -> bool:
        """Whether a stretch without a run lies on a stub of another."""
        return any(abs(y - there) < _SAME for y in self.lefts for there in (*other.lefts, *other.rights))

    def crossed_at(self, y: float) -> float:
        """Return how bad it is that a stub at a height crosses the run."""
        if not self.low - 2 < y < self.high + 2:
            return 0.0
        return 4.0 if y - self.low < _SAME or self.high - y < _SAME else 1.0


def _crossed(left: _Stretch, right: _Stretch) -> float:
    """Return how bad it is that one stretch runs left of another."""
    cost = sum(right.crossed_at(y) for y in left.rights) + sum(left.crossed_at(y) for y in right.lefts)
    for ones, others in ((left.rights, right.lefts), (left.rights, right.rights), (left.lefts, right.lefts)):
        cost += sum(_AS_ONE for y in ones for there in others if abs(y - there) < _SAME)
    return cost


def _best_order(costs: list[list[float]]) -> list[int]:
    """Return the order from left to right that costs least: of all for a few, else by putting in one at a time."""
    count = len(costs)
    if count <= 4:
        tried: list[tuple[int, ...]] = [*permutations(range(count))]
        sums = [sum(costs[i][j] for at, i in enumerate(one) for j in one[at + 1 :]) for one in tried]
        return list(tried[sums.index(min(sums))])
    order: list[int] = []
    for index in range(count):
        best = min(
            range(len(order) + 1),
            key=lambda at: sum(costs[i][index] for i in order[:at]) + sum(costs[index][j] for j in order[at:]),
        )
        order.insert(best, index)
    return order


def _hardness(way: Way) -> tuple[bool, int, int, int]:
    """Return what makes a way the one to give up: that it leads back, or goes far."""
    return way.line.back, len(way.cells), way.line.source, way.line.target


def _simplified(points: list[Point]) -> tuple[Point, ...]:
    """Leave out points that change nothing, and level what is level but for a rounding."""
    found: list[Point] = []
    for x, y in points:
        if found and abs(found[-1][0] - x) < _LEVEL and abs(found[-1][1] - y) < _LEVEL:
            continue
        while len(found) >= 2 and (
            abs(found[-1][0] - found[-2][0]) < _LEVEL > abs(found[-1][0] - x)
            or abs(found[-1][1] - found[-2][1]) < _LEVEL > abs(found[-1][1] - y)
        ):
            found.pop()
        if found and abs(found[-1][1] - y) < _LEVEL:
            y = found[-1][1]
        elif found and abs(found[-1][0] - x) < _LEVEL:
            x = found[-1][0]
        found.append((x, y))
    return tuple(found)


def _on(point: Point, path: Sequence[Point], *, ends: bool) -> bool:
    """Whether a point lies on a path, not counting the path's own corners unless ``ends``."""
    x, y = point
    for (x1, y1), (x2, y2) in pairwise(path):
        if not ends and ((abs(x - x1) < 1 and abs(y - y1) < 1) or (abs(x - x2) < 1 and abs(y - y2) < 1)):
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
            if abs(y1 - y2) < _LEVEL:
                level.append((y1, min(x1, x2), max(x1, x2), net))
            else:
                upright.append((x1, min(y1, y2), max(y1, y2), net))
    return sum(
        net != other and left < x < right and top < y < bottom
        for y, left, right, net in level
        for x, top, bottom, other in upright
    )
