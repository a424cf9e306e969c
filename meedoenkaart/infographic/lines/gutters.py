"""Where lines run up and down: side by side in the gutters between columns, in the order that crosses least."""

from itertools import permutations

from meedoenkaart.infographic.lines.terrain import APART, AS_ONE, CLEAR, LEVEL, Net, Terrain, Way
from meedoenkaart.infographic.plan.plan import Line

SHAFT = 22.0
"""px of straight line before an arrow's tip, at least."""
_CONFUSED = 500.0
"""What it costs that two lines read as one."""
_MORE = 5.0
"""px that are asked for beyond what is lacking, since cards step back by whole steps."""


class Gutters:
    """Gives the stretches in gutters their places."""

    def __init__(self, terrain: Terrain) -> None:
        """Take the terrain."""
        self._terrain = terrain
        self.failed: dict[Line, None] = {}
        self.wider: dict[int, float] = {}
        """By gutter, px that it lacks."""

    def choose(self, ways: list[Way]) -> list[Way]:
        """Return the ways for which there is room."""
        kept = {id(way): way for way in ways}
        for gutter in range(len(self._terrain.lefts) + 1):
            for _ in range(len(ways) + 1):
                stretches = self._stretches([way for way in ways if id(way) in kept], gutter)
                problem = self._place(gutter, stretches)
                if problem is None:
                    break
                kept.pop(id(problem), None)
                self.failed[problem.line] = None
        return [way for way in ways if id(way) in kept]

    def _stretches(self, ways: list[Way], gutter: int) -> list["_Stretch"]:
        found: dict[Net, _Stretch] = {}
        for way in ways:
            gap = 0
            for position, cell in enumerate(way.cells):
                if not cell.gutter:
                    gap += 1
                    continue
                if cell.gutter and cell.at == gutter:
                    enters = way.entry(position, gap)
                    leaves = way.exit(position, gap)
                    side_in, side_out = self._directions(way, position)
                    stretch = found.setdefault(way.net, _Stretch(way.net))
                    stretch.ways.append((way, position, enters, leaves, side_in, side_out))
        return [stretch.close() for stretch in found.values()]

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
            self.wider[gutter] = max(self.wider.get(gutter, 0.0), needed - (high - low) + _MORE)
            return max((way for one in moving for way, *_ in one.ways), key=_hardness)
        costs = [[0.0 if one is other else _crossed(one, other) for other in moving] for one in moving]
        order = _best_order(costs)
        worst = [(costs[i][j], i, j) for at, i in enumerate(order) for j in order[at + 1 :] if costs[i][j] >= _CONFUSED]
        if worst:
            _, i, j = worst[0]
            return max((way for one in (moving[i], moving[j]) for way, *_ in one.ways), key=_hardness)
        middle = (low + high) / 2
        for place, index in enumerate(order):
            x = round(middle + (place - (len(order) - 1) / 2) * APART, 1)
            for way, position, *_ in moving[index].ways:
                way.xs = {**(way.xs or {}), position: x}
        return None


class _Stretch:
    """What one net does in one gutter: a run up and down, and stubs to both sides."""

    def __init__(self, net: Net) -> None:
        self.net = net
        self.ways: list[tuple[Way, int, float, float, str, str]] = []

    def close(self) -> "_Stretch":
        """Work out the run and the stubs, once all ways are known."""
        heights = [height for one in self.ways for height in one[2:4]]
        self.low, self.high = min(heights), max(heights)
        self.moves = self.high - self.low > LEVEL or any(one[4] == one[5] for one in self.ways)
        self.lefts = [y for one in self.ways for y, side in ((one[2], one[4]), (one[3], one[5])) if side == "left"]
        self.rights = [y for one in self.ways for y, side in ((one[2], one[4]), (one[3], one[5])) if side == "right"]
        return self

    def sort_key(self) -> float:
        """Put first what goes up from the left: such runs then cross least."""
        return -(self.low + self.high) / 2 if sum(one[3] - one[2] for one in self.ways) else 0.0

    def collides(self, other: "_Stretch") -> bool:
        """Whether a stretch without a run lies on a stub of another."""
        return any(abs(y - there) < AS_ONE for y in self.lefts for there in (*other.lefts, *other.rights))

    def crossed_at(self, y: float) -> float:
        """Return how bad it is that a stub at a height crosses the run."""
        if not self.low - 2 < y < self.high + 2:
            return 0.0
        return 4.0 if y - self.low < AS_ONE or self.high - y < AS_ONE else 1.0


def _crossed(left: _Stretch, right: _Stretch) -> float:
    """Return how bad it is that one stretch runs left of another."""
    cost = sum(right.crossed_at(y) for y in left.rights) + sum(left.crossed_at(y) for y in right.lefts)
    for ones, others in ((left.rights, right.lefts), (left.rights, right.rights), (left.lefts, right.lefts)):
        cost += sum(_CONFUSED for y in ones for there in others if abs(y - there) < AS_ONE)
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
