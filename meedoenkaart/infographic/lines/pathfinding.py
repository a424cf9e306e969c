"""From one unit to another through free stretches: which gutters and gaps a line takes."""

import heapq

from meedoenkaart.infographic.lines.terrain import CLEAR, LEVEL, Cell, End, Terrain
from meedoenkaart.infographic.plan.plan import Line

_VERTICAL_START = 40.0
"""What it costs to leave or reach a card from above or below."""
_AROUND = 60.0
"""What it costs to go around to the near side of a card that stands below."""


class Pathfinder:
    """Finds the shortest way with the fewest turns."""

    def __init__(self, terrain: Terrain, ends: dict[int, End]) -> None:
        """Take the terrain, and the units by index."""
        self._terrain, self._ends = terrain, ends
        # Beside the first and the last column there is no room: what would go around says so in words.
        inner = range(1, len(terrain.lefts))
        self._gutters = [self._free(gutter, gutter=True) if gutter in inner else [] for gutter in range(inner.stop + 1)]
        self._gaps = [self._free(column, gutter=False) for column in range(len(terrain.lefts))]

    def find(self, line: Line) -> tuple[list[Cell], str, str] | None:
        """Return the stretches of a line, and at which side it leaves and reaches its units."""
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
                if low > high + LEVEL:
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
            if abs((cell.top if below else cell.bottom) - (y + CLEAR if below else y - CLEAR)) < LEVEL:
                return cell
        return None
