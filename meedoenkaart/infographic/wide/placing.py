"""Everything of one choice of columns gets its place: head, chevrons, goals, lanes, band and cards."""

from meedoenkaart.infographic.board import Head
from meedoenkaart.infographic.furniture import head, legend, text_block
from meedoenkaart.infographic.measuring.cards import CardMaker
from meedoenkaart.infographic.measuring.forms import Form
from meedoenkaart.infographic.measuring.geometry import Box, TextLine
from meedoenkaart.infographic.measuring.look import Look
from meedoenkaart.infographic.plan.plan import EVERYONE, Plan
from meedoenkaart.infographic.wide.banding import BandMaker
from meedoenkaart.infographic.wide.columns import Columns
from meedoenkaart.infographic.wide.stacking import (
    BAR,
    BAR_GAP,
    GUTTER,
    MARGIN,
    PHASE_PAD,
    Demands,
    Order,
    Sizes,
    Stacked,
    Stacker,
    column_lefts,
)


class Placer:
    """Places one route in one form, as often as the search asks."""

    def __init__(self, plan: Plan, look: Look, form: Form, maker: CardMaker) -> None:
        """Take what to draw; ``maker`` may hold cards that were made for another form."""
        self.plan, self.look, self.form, self.maker = plan, look, form, maker
        self.bands = BandMaker(plan, look)
        self._legends: dict[float, float] = {}
        self._heads: dict[float, Head] = {}

    def head(self, width: float) -> Head:
        """Return title and status of a drawing of a width."""
        if width not in self._heads:
            self._heads[width] = head(self.plan, self.look, width, MARGIN)
        return self._heads[width]

    def lefts(self, columns: Columns, demands: Demands, width: float) -> tuple[list[float], float]:
        """Return the left edge of every column and the width of all, with room for bars."""
        return column_lefts(columns, width, self._with_bars(columns, demands))

    def chevrons(self, columns: Columns, lefts: list[float], card_width: float, width: float) -> Box:
        """Return the row of chevrons."""
        phases = range(len(columns.counts))
        tall = max(self._chevron_height(columns, number, lefts, card_width) for number in phases)
        return Box(MARGIN, self.head(width).bottom + 14, width - 2 * MARGIN, tall)

    def stack(
        self,
        columns: Columns,
        order: Order,
        demands: Demands,
        width: float,
        *,
        cards: bool = True,
    ) -> Stacked:
        """Return everything of a choice with its place; ``cards``: with the cards as well."""
        lefts, card_width = self.lefts(columns, demands, width)
        goals = {}
        for number, phase in enumerate(self.plan.route.phases.values()):
            if phase.goal and number in self._with_goal():
                across = columns.counts[number] * card_width + (columns.counts[number] - 1) * GUTTER
                lines = self.look.lines(self.look.text(phase.goal), "goal", across - 26)
                goals[number] = len(lines) * self.look.leading("goal") + 6
        if goals and not self.plan.route.lanes:
            goals = dict.fromkeys(range(len(columns.counts)), max(goals.values()))
        chevrons = self.chevrons(columns, lefts, card_width, width)
        band = self.bands.height(columns, lefts, card_width) if self.plan.start >= 0 else 0.0
        stacker = Stacker(self.plan, self.look, self.maker, columns, demands)
        top = chevrons.bottom + 12
        least = 0.0
        if self.form.paper and cards:
            least = width * self.form.paper[1] / self.form.paper[0] - top - self.below(width)
        return stacker.stack(lefts, card_width, order, Sizes(goals, band), top, max(0.0, least), cards=cards)

    def _with_goal(self) -> set[int]:
        """Return the phases that show their goal: all, or when one has lanes those that have none."""
        plan = self.plan
        laned = {
            phase
            for unit in plan.units
            if unit.first.lane != EVERYONE and not unit.long
            for phase in range(unit.first.phase, unit.first.until + 1)
        }
        return set(range(len(plan.route.phases))) - laned

    def below(self, width: float) -> float:
        """Return the height of the legend and what is around it."""
        if width not in self._legends:
            words, signs = self.look.words, {}
            if self.plan.notes:
                signs["pin"] = words["note_legend_print" if self.form.paper else "note_legend"]
            if any(stop.step and stop.step.contact_moment for stop in self.plan.stops):
                signs |= {"contact": words["contact_legend"], "mark": words["mark_legend"]}
            if any(line.back for line in self.plan.lines):
                signs["back"] = words["back_legend"]
            _, bottom = legend(self.plan, self.look, width, MARGIN, 0.0, signs=signs)
            self._legends[width] = bottom + 34
        return self._legends[width]

    def chevron_room(self, columns: Columns, phase: int, lefts: list[float], card_width: float) -> float:
        """Return the room for the words of a chevron."""
        across = lefts[columns.last(phase)] + card_width - lefts[columns.first[phase]]
        return across + PHASE_PAD - 2 - (8 if phase else 0)

    def _chevron_height(self, columns: Columns, phase: int, lefts: list[float], card_width: float) -> float:
        room = self.chevron_room(columns, phase, lefts, card_width)
        _, bottom = self.chevron_lines(phase, 0, 0, room)
        return bottom + 16

    def chevron_lines(self, phase: int, x: float, top: float, room: float) -> tuple[list[TextLine], float]:
        """Return the words of a chevron from ``top`` down, and their bottom."""
        found = list(self.plan.route.phases.values())[phase]
        lines, y = text_block(self.look, f"{phase + 1}. {self.look.text(found.title)}", "phase", x, top, room)
        if found.when:
            more, y = text_block(self.look, self.look.text(found.when), "when", x, y, room)
            lines += more
        return lines, y

    def _with_bars(self, columns: Columns, demands: Demands) -> Demands:
        """Add what bars take of the gutters beside them."""
        gutters = dict(demands.gutters)
        for gutter, _ in self.bar_sides(columns):
            gutters[gutter] = gutters.get(gutter, 0.0) + BAR + BAR_GAP
        return Demands(gutters, demands.gaps, demands.extras)

    def bar_sides(self, columns: Columns) -> frozenset[tuple[int, bool]]:
        """Return the gutters with bars: at their left side (False) or at their right side (True)."""
        sides = set()
        for line in self.plan.lines:
            if len(self.plan.units[line.source].stops) > 1:
                sides.add((columns.spans[line.source][1] + 1, False))
            if len(self.plan.units[line.target].stops) > 1:
                sides.add((columns.spans[line.target][0], True))
        return frozenset(sides)
