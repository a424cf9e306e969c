"""At which height lines cross columns: in the gaps between cards, apart from each other."""

from meedoenkaart.infographic.lines.terrain import APART, AS_ONE, CLEAR, LEVEL, Cell, End, Net, Terrain, Way
from meedoenkaart.infographic.plan.plan import Line

Stretch = tuple[float, float, float, Net]
"""From where to where a straight piece runs, at which height (or x, where it is upright), and its net."""
Foot = tuple[float, float]
"""The x and the height at which a line touches a card from above or below: from there it runs to its turn."""


class Turns:
    """Gives the stretches in gaps their heights."""

    def __init__(self, terrain: Terrain, ends: dict[int, End]) -> None:
        """Take the terrain, and the units by index."""
        self._terrain, self._ends = terrain, ends
        self._level: list[Stretch] = []
        self._upright: list[Stretch] = []
        self.failed: dict[Line, None] = {}
        self.higher: dict[int, float] = {}
        """By unit, px that the gap below it lacks."""

    def choose(self, ways: list[Way]) -> list[Way]:
        """Return the ways for which there is room."""
        for way in filter(_is_straight, ways):
            for _, y in self._feet(way, leaving=False):
                self._stand(self._feet(way, leaving=True), y, way.net)
        kept = []
        for way in sorted(ways, key=lambda way: (len(way.cells), way.line.source, way.line.target)):
            if len(way.cells) > 1:
                found = self._turn(way)
            else:
                found = way.cells[0].gutter or _is_straight(way) or self._turn_once(way)
            if found:
                kept.append(way)
        return kept

    def _turn_once(self, way: Way) -> bool:
        cell = way.cells[0]
        feet = self._feet(way, leaving=True) + self._feet(way, leaving=False)
        left, right = sorted((way.start, way.end))
        y = self._height(left, right, cell.top, cell.bottom, (cell.top + cell.bottom) / 2, way.net, feet)
        if y is None:
            self._lack(way.line, [cell])
            return False
        way.turns = [y]
        return True

    def _turn(self, way: Way) -> bool:
        gaps = [position for position, cell in enumerate(way.cells) if not cell.gutter]
        turns: dict[int, float] = {}
        index = 0
        wanted = way.start if way.out_side == "right" else None
        while index < len(gaps):
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
            feet = self._feet(way, leaving=True) if index == 0 else []
            feet += self._feet(way, leaving=False) if together == len(gaps) else []
            y = self._height(left, right, low, high, goal, way.net, feet)
            if y is None:
                self._lack(way.line, [way.cells[gaps[one]] for one in range(index, together)])
                return False
            for one in range(index, together):
                turns[gaps[one]] = y
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

    def _feet(self, way: Way, *, leaving: bool) -> list[Foot]:
        """Return where a way leaves its source, or reaches its target, from above or below; nothing at a side."""
        line = way.line
        unit, side, x = (line.source, way.out_side, way.start) if leaving else (line.target, way.in_side, way.end)
        box = self._ends[unit].box
        return [(x, box.bottom if side == "below" else box.y)] if side in ("below", "above") else []

    def _height(
        self,
        left: float,
        right: float,
        low: float,
        high: float,
        goal: float,
        net: Net,
        feet: list[Foot],
    ) -> float | None:
        """Return the height nearest to ``goal`` that is free, and take it; None when none is."""
        goal = min(max(goal, low), high)
        near = [y for one, other, y, owner in self._level if one < right and left < other and owner != net]
        tries = [goal, low, high, *(y + APART for y in near), *(y - APART for y in near)]
        fitting = [
            y
            for y in tries
            if low - 0.01 <= y <= high + 0.01
            and all(abs(y - other) >= APART - 0.01 for other in near)
            and all(self._is_free(foot, y, net) for foot in feet)
        ]
        if not fitting:
            return None
        found = min(fitting, key=lambda y: (abs(y - goal), y))
        self._level.append((left, right, found, net))
        self._stand(feet, found, net)
        return found

    def _is_free(self, foot: Foot, y: float, net: Net) -> bool:
        """Whether the piece between a card and a turn stays clear of all that run up or down beside it."""
        x, card = foot
        top, bottom = min(card, y) - APART + LEVEL, max(card, y) + APART - LEVEL
        return not any(
            owner != net and abs(x - at) < AS_ONE and first < bottom and top < last
            for first, last, at, owner in self._upright
        )

    def _stand(self, feet: list[Foot], y: float, net: Net) -> None:
        self._upright += [(min(card, y), max(card, y), x, net) for x, card in feet]

    def _lack(self, line: Line, cells: list[Cell]) -> None:
        """Ask for more height in a gap, by the unit above it; a gap without one above can't grow."""
        self.failed[line] = None
        for cell in cells:
            for index, end in self._ends.items():
                if end.first <= cell.at <= end.last and abs(end.box.bottom + CLEAR - cell.top) < LEVEL:
                    self.higher[index] = max(self.higher.get(index, 0.0), APART)


def _is_straight(way: Way) -> bool:
    """Whether a way only crosses the one gap between its cards."""
    return len(way.cells) == 1 and not way.cells[0].gutter and abs(way.start - way.end) <= LEVEL
