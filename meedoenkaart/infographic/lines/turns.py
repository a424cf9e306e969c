"""At which height lines cross columns: in the gaps between cards, apart from each other."""

from meedoenkaart.infographic.lines.terrain import APART, CLEAR, LEVEL, Cell, End, Net, Terrain, Way
from meedoenkaart.infographic.plan.plan import Line

Taken = list[tuple[float, float, float, Net]]
"""Left and right edge, height and net of every stretch that has its place."""


class Turns:
    """Gives the stretches in gaps their heights."""

    def __init__(self, terrain: Terrain, ends: dict[int, End]) -> None:
        """Take the terrain, and the units by index."""
        self._terrain, self._ends = terrain, ends
        self.failed: dict[Line, None] = {}
        self.higher: dict[int, float] = {}
        """By unit, px that the gap below it lacks."""

    def choose(self, ways: list[Way]) -> list[Way]:
        """Return the ways for which there is room."""
        taken: Taken = []
        kept = []
        for way in sorted(ways, key=lambda way: (len(way.cells), way.line.source, way.line.target)):
            if len(way.cells) == 1:
                kept.append(way)
                if not way.cells[0].gutter and abs(way.start - way.end) > LEVEL:
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

    def _turn(self, way: Way, taken: Taken) -> bool:
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
        taken: Taken,
        left: float,
        right: float,
        low: float,
        high: float,
        goal: float,
        net: Net,
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
        self.failed[line] = None
        for cell in cells:
            for index, end in self._ends.items():
                if end.first <= cell.at <= end.last and abs(end.box.bottom + CLEAR - cell.top) < LEVEL:
                    self.higher[index] = max(self.higher.get(index, 0.0), APART)
