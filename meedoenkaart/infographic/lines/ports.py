"""Where lines touch cards: straight where it can be, apart where they don't belong together."""

from meedoenkaart.infographic.lines.terrain import EDGE, LEVEL, End, Net, Terrain, Way
from meedoenkaart.infographic.plan.plan import Line

PORT = 15.0
"""px between two places where lines touch one card."""
_ASIDE = 15.0
"""px from a card's middle where lines leave or reach it from above or below: each kind has its own place."""


Port = tuple[str, int, int]
Side = tuple[int, str, int]
"""A unit and its side; above and below, also the column in which lines touch it."""
Sides = dict[Side, dict[Port, list[tuple[Way, bool]]]]
"""By side, the ways at each port; and whether they leave there."""


def nets(lines: list[Line]) -> dict[Line, Net]:
    """Give each line its net: with what leaves the same unit, or else with what reaches the same unit."""
    leaving: dict[int, int] = {}
    reaching: dict[int, int] = {}
    for line in lines:
        if not line.back:
            leaving[line.source] = leaving.get(line.source, 0) + 1
            reaching[line.target] = reaching.get(line.target, 0) + 1
    nets: dict[Line, Net] = {}
    for number, line in enumerate(lines):
        if line.back:
            nets[line] = ("back", number)
        elif leaving[line.source] == 1 and reaching[line.target] > 1:
            nets[line] = ("in", line.target)
        else:
            nets[line] = ("out", line.source)
    return nets


class Ports:
    """Chooses the ports of all lines of one drawing."""

    def __init__(self, terrain: Terrain, ends: dict[int, End]) -> None:
        """Take the terrain, and the units by index."""
        self._terrain, self._ends = terrain, ends

    def choose(self, ways: list[Way]) -> None:
        """Choose where each line touches its two units: straight where it can be, apart where nets differ."""
        sides: Sides = {}
        for way in ways:
            own = way.line.source * 1000 + way.line.target
            for leaving in (True, False):
                shares = way.net[0] == ("out" if leaving else "in")
                key = (*way.net, 0) if shares else (*way.net, own)
                sides.setdefault(_side(way, leaving), {}).setdefault(key, []).append((way, leaving))
        for (unit, side, column), ports in sides.items():
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
            step = min(PORT, (room - 2 * EDGE) / max(1, len(order) - 1))
            places = [middle + (position - (len(order) - 1) / 2) * step for position in range(len(order))]
            if bent:
                aside = _ASIDE if side == "below" else -2 * _ASIDE
                places = [at + (aside if ports[key][0][1] else -aside) for key, at in zip(order, places, strict=True)]
            if upright:
                places = self._within(column, places, middle)
            for key, at in zip(order, places, strict=True):
                for way, leaving in ports[key]:
                    if leaving:
                        way.start = at
                    else:
                        way.end = at
        for way in ways:
            self._straighten(way, sides)

    def _within(self, column: int, places: list[float], middle: float) -> list[float]:
        """Return places along a column, around its middle where that of their unit is too far: they stay apart."""
        left, right = self._terrain.lefts[column] + EDGE, self._terrain.rights[column] - EDGE
        if left <= min(places) and max(places) <= right:
            return places
        moved = [at - middle + (left + right) / 2 for at in places]
        first, last = min(left, *moved), max(right, *moved)
        return [left + (at - first) * (right - left) / (last - first) for at in moved]

    def _straighten(self, way: Way, sides: Sides) -> None:
        source, target = self._ends[way.line.source], self._ends[way.line.target]
        out, into = sides[_side(way, True)], sides[_side(way, False)]
        alone_out, alone_in = len(out) == 1, len(into) == 1
        if len(way.cells) == 1 and not way.cells[0].gutter:
            if {way.out_side, way.in_side} == {"below", "above"}:
                if alone_in and target.box.x + EDGE <= way.start <= target.box.right - EDGE:
                    way.end = way.start
                    return
                if alone_out and source.box.x + EDGE <= way.end <= source.box.right - EDGE:
                    way.start = way.end
            return
        if way.out_side != "right" or way.in_side != "left" or abs(way.start - way.end) < LEVEL:
            return
        single_out = alone_out and sum(len(found) for found in out.values()) == 1
        single_in = alone_in and sum(len(found) for found in into.values()) == 1
        if single_in and target.box.y + EDGE <= way.start <= target.box.bottom - EDGE:
            way.end = way.start
        elif single_out and source.box.y + EDGE <= way.end <= source.box.bottom - EDGE:
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


def _side(way: Way, leaving: bool) -> Side:
    """Return where a way leaves its source or reaches its target."""
    unit, side = (way.line.source, way.out_side) if leaving else (way.line.target, way.in_side)
    return unit, side, way.cells[0 if leaving else -1].at if side in ("below", "above") else -1
