"""How many columns each phase gets, in which order, and how wide: what promises the best drawing."""

from collections.abc import Callable

from meedoenkaart.infographic.measuring.cards import Extra
from meedoenkaart.infographic.measuring.forms import SMALLEST
from meedoenkaart.infographic.plan.limits import CannotDraw
from meedoenkaart.infographic.plan.plan import EVERYONE, Unit
from meedoenkaart.infographic.wide.columns import Chooser, Columns
from meedoenkaart.infographic.wide.orders import order_cost, orders
from meedoenkaart.infographic.wide.placing import Placer
from meedoenkaart.infographic.wide.stacking import (
    GUTTER,
    LANE_LABEL,
    LANE_PAD,
    MARGIN,
    PHASE_PAD,
    STACK_GAP,
    TRACK_GAP,
    Demands,
    Order,
    Stacked,
)

_PLACED = 17
"""Choices of columns that are placed."""
_TRIES = 2
"""Choices of columns that are drawn to the end."""


class Search:
    """Looks for arrangements of one route in one form."""

    def __init__(self, placer: Placer, late: Callable[[], bool]) -> None:
        """``late`` says when it has taken too long."""
        self._placer, self._late = placer, late
        self._plan, self._form, self._maker = placer.plan, placer.form, placer.maker

    def promising(self) -> list[tuple[Columns, Order, float]]:
        """Return choices of columns, order and width, by what they promise before lines are routed.

        A rough sum tells which choices are worth placing, and placing them tells which are worth lines.
        """
        chooser = Chooser(self._plan, self._unit_height)
        rough: list[tuple[float, float, tuple[int, ...]]] = []
        for width in self._form.widths:
            most = max(1, int((width - 2 * MARGIN) // (self._form.narrowest_card + GUTTER)))
            tried = chooser.counts(most - 3, most)
            rough += [(self._rough(chooser, counts, width), width, counts) for counts in tried]
            if self._late():
                raise CannotDraw("the search for an arrangement took too long")
        rough.sort()
        ordered = orders(self._plan)
        first = ordered[0]
        found: list[tuple[float, int, Columns, float]] = []
        for number, (_, width, counts) in enumerate(rough[:_PLACED]):
            columns = chooser.columns(counts)
            stacked = self._placer.stack(columns, first, Demands(), width, cards=False)
            found.append((self.promise(stacked, width), number, columns, width))
        found.sort(key=lambda one: one[:2])
        best = [(columns, first, width) for _, _, columns, width in found[:_TRIES]]
        if len(ordered) > 1 and order_cost(self._plan, first) >= 1:
            best.append((best[0][0], ordered[1], best[0][2]))
        return best

    def promise(self, stacked: Stacked, width: float) -> float:
        """Return how far from good a stacked drawing is: its shape, its empty stretches, what stands folded."""
        filled = sum(box.height * box.width for box in stacked.boxes.values())
        area = (stacked.bottom - stacked.top) * (width - 2 * MARGIN)
        units, spans = self._plan.units, stacked.columns.spans
        folded = sum(
            0.04 if len(units[line.source].stops) == len(units[line.target].stops) == 1 else 0.2
            for line in self._plan.lines
            if spans[line.target][0] <= spans[line.source][1] and not line.back and not units[line.source].long
        )
        shape = self._shape(width, stacked.bottom + self._placer.below(width), stacked.card_width)
        return shape + (1 - filled / max(1.0, area)) * 1.2 + folded

    def _unit_height(self, unit: Unit, columns: int, width: float) -> float:
        """Return about how high a unit is; many widths that hardly differ count as one."""
        if len(unit.stops) == 1:
            across = columns * width + (columns - 1) * GUTTER
            return self._maker.card(unit.first, across, Extra()).box.height
        tall = [self._maker.card(stop, width, Extra()).box.height for stop in unit.stops]
        return sum(max(tall[start : start + columns]) + STACK_GAP for start in range(0, len(tall), columns))

    def _rough(self, chooser: Chooser, counts: tuple[int, ...], width: float) -> float:
        """Return about how far from good a drawing will be."""
        total = sum(counts)
        inner = width - 2 * MARGIN - 2 * PHASE_PAD - (total - 1) * GUTTER
        card_width = float(int(inner / total / 4) * 4)
        stands = [chooser.stand(phase, count, card_width) for phase, count in enumerate(counts)]
        lanes: dict[int, float] = {}
        for stand in stands:
            for lane, tall in stand.heights.items():
                lanes[lane] = max(lanes.get(lane, 0.0), tall + (LANE_LABEL + LANE_PAD if lane != EVERYONE else 0))
        body = max(
            max(stand.heights.get(EVERYONE, 0.0), sum(lanes[lane] for lane in stand.heights if lane != EVERYONE))
            for stand in stands
        )
        body += sum(self._long_height(unit, counts, card_width) for unit in self._plan.units if unit.long)
        body += 100 if self._plan.start >= 0 else 0
        height = body + 220 + self._placer.below(width)
        filled = sum(
            tall * count / max(1, total)
            for count, stand in zip(counts, stands, strict=True)
            for tall in stand.heights.values()
        )
        return self._shape(width, height, card_width) + sum(one.folds for one in stands) + (1 - filled / body) * 0.5

    def _long_height(self, unit: Unit, counts: tuple[int, ...], width: float) -> float:
        columns = sum(counts[unit.first.phase : unit.first.until + 1])
        label = LANE_LABEL + LANE_PAD if unit.first.lane != EVERYONE else 0.0
        return self._unit_height(unit, columns, width) + TRACK_GAP + label

    def _shape(self, width: float, height: float, card_width: float) -> float:
        """Return how far from good the outline of a drawing is, and its cards' width."""
        ratio = width / height / self._form.aspect
        shape = (1 / ratio - 1) * 2.2 if ratio < 1 else (ratio - 1) * 0.2
        if self._form.paper:
            fitting = min(self._form.paper[0] / width, self._form.paper[1] / height)
            floor = self._form.floor / SMALLEST
            empty = max(0.0, 1 - height * fitting / self._form.paper[1])
            shape = max(0.0, 1 - fitting / floor) * 12 + max(0.0, 1.35 - fitting / floor) * 0.8 + empty * 0.8
        narrow = max(0.0, (178 - card_width) / 178) * 1.2 + max(0.0, (self._form.narrowest_card - card_width) / 10)
        return shape + narrow + max(0.0, (card_width - 250) / 250) * 1.5
