"""The drawing with columns, for screens from 760 px and for paper: searched, placed, and its lines routed."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise, product

from generator.infographic.board import Band, Bar, Edge, Head, LaneArea, PhaseArea, Stem, WideBoard
from generator.infographic.cards import CardMaker, Extra
from generator.infographic.columns import Chooser, Columns
from generator.infographic.forms import SMALLEST, Form
from generator.infographic.furniture import TIP, band_words, head, legend, text_block
from generator.infographic.geometry import Box, Icon, TextLine
from generator.infographic.limits import CannotDraw
from generator.infographic.look import Look
from generator.infographic.plan import EVERYONE, Line, Plan, Unit
from generator.infographic.routing import Routed, Router
from generator.infographic.stacking import (
    BAR,
    BAR_GAP,
    GUTTER,
    LANE_LABEL,
    LANE_PAD,
    MARGIN,
    PHASE_GAP,
    PHASE_PAD,
    STACK_GAP,
    TRACK_GAP,
    Demands,
    Order,
    Sizes,
    Stacked,
    Stacker,
    Track,
    column_lefts,
)
from generator.infographic.terrain import End, Terrain
from generator.infographic.wrapping import isolated

_PLACED = 28
"""Choices of columns that are placed."""
_TRIES = 2
"""Choices of columns that are drawn to the end."""
_FEW = 2
"""Crossings with which a drawing is good enough to look no further."""
_ROUNDS = 5
"""Times that a drawing may ask for more room for its lines."""
SECONDS = 10.0
"""Processor time that one drawing may take."""
_LONGEST_STEM = 260.0
"""px; a contact moment farther from the band carries a mark instead."""
_ROOT = 28.0
"""px, the stretch by which the band grows out of its step."""


@dataclass(slots=True)
class _Try:
    """One choice, drawn."""

    columns: Columns
    order: Order
    width: float
    stacked: Stacked
    routed: Routed
    demands: Demands
    score: float


class WideDrawing:
    """Draws one route in one form with columns."""

    def __init__(self, plan: Plan, look: Look, form: Form, maker: CardMaker | None = None) -> None:
        """Take what to draw; ``maker`` may hold cards that were made for another form."""
        self._plan, self._look, self._form = plan, look, form
        self._maker = maker or CardMaker(plan.route, look)
        self._legends: dict[float, float] = {}
        self._heads: dict[float, Head] = {}
        self._deadline = time.thread_time() + SECONDS

    def board(self) -> WideBoard:
        """Return the best drawing that was found; ``CannotDraw`` when there is none in time."""
        tries: list[_Try] = []
        for choice in self._promising():
            tries.append(self._drawn(*choice))
            if len(tries[-1].routed.paths) == len(self._plan.lines) and tries[-1].routed.crossings <= _FEW:
                break
        return self._finished(min(tries, key=lambda one: one.score))

    # The search

    def _promising(self) -> list[tuple[Columns, Order, float]]:
        """Return choices of columns, order and width, by what they promise before lines are routed.

        A rough sum tells which choices are worth placing, and placing them tells which are worth lines.
        """
        chooser = Chooser(self._plan, self._unit_height)
        rough: list[tuple[float, float, tuple[int, ...]]] = []
        for width in self._form.widths:
            most = max(1, int((width - 2 * MARGIN) // (self._form.narrowest_card + GUTTER)))
            tried = chooser.counts(most - 3, most)
            rough += [(self._rough(chooser, counts, width), width, counts) for counts in tried]
            if time.thread_time() > self._deadline:
                raise CannotDraw("the search for an arrangement took too long")
        rough.sort()
        orders = self._orders()
        found: list[tuple[float, int, Columns, float]] = []
        for number, (_, width, counts) in enumerate(rough[:_PLACED]):
            columns = chooser.columns(counts)
            lefts, card_width = column_lefts(columns, width, Demands())
            stacked = self._stack(columns, orders[0], lefts, card_width, Demands(), width, cards=False)
            found.append((self._promise(stacked, width), number, columns, width))
        found.sort(key=lambda one: one[:2])
        best = [(columns, orders[0], width) for _, _, columns, width in found[:_TRIES]]
        if len(orders) > 1 and self._cost(orders[0]) >= 1:
            best.append((best[0][0], orders[1], best[0][2]))
        return best

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
        height = body + 220 + self._below(width)
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
            shape = max(0.0, 1 - fitting / floor) * 12 + max(0.0, 1.35 - fitting / floor) * 0.8
        narrow = max(0.0, (178 - card_width) / 178) * 1.2 + max(0.0, (self._form.narrowest_card - card_width) / 10)
        return shape + narrow + max(0.0, (card_width - 250) / 250) * 1.5

    def _promise(self, stacked: Stacked, width: float) -> float:
        """Return how far from good a stacked drawing is: its shape, its empty stretches, what stands folded."""
        filled = sum(box.height * box.width for box in stacked.boxes.values())
        area = (stacked.bottom - stacked.top) * (width - 2 * MARGIN)
        units, spans = self._plan.units, stacked.columns.spans
        folded = sum(
            0.04 if len(units[line.source].stops) == len(units[line.target].stops) == 1 else 0.2
            for line in self._plan.lines
            if spans[line.target][0] <= spans[line.source][1] and not line.back and not units[line.source].long
        )
        shape = self._shape(width, stacked.bottom + self._below(width), stacked.card_width)
        return shape + (1 - filled / max(1.0, area)) * 1.2 + folded

    def _below(self, width: float) -> float:
        """Return the height of the legend and what is around it."""
        if width not in self._legends:
            words, signs = self._look.words, {}
            if self._plan.notes:
                signs["pin"] = words["note_legend_print" if self._form.paper else "note_legend"]
            if any(stop.step and stop.step.contact_moment for stop in self._plan.stops):
                signs |= {"contact": words["contact_legend"], "mark": words["mark_legend"]}
            if any(line.back for line in self._plan.lines):
                signs["back"] = words["back_legend"]
            _, bottom = legend(self._plan, self._look, width, MARGIN, 0.0, signs=signs)
            self._legends[width] = bottom + 34
        return self._legends[width]

    def _orders(self) -> list[Order]:
        """Return orders of lanes, band and what is for everyone: those that part the fewest lines first."""
        lanes = range(len(self._plan.route.lanes) + 1)
        long = any(unit.long and unit.first.lane == EVERYONE for unit in self._plan.units)
        bands = lanes if self._plan.start >= 0 else lanes[-1:]
        orders = self._sorted([Order(band, shared, shared) for band in bands for shared in lanes])
        if long:
            best = orders[0]
            places = product(lanes, (False, True))
            orders = self._sorted([Order(best.band, best.shared, place, below) for place, below in places])
        return orders

    def _sorted(self, orders: list[Order]) -> list[Order]:
        costs = [(self._cost(one), -one.band, one.shared, one.long, one.long_below) for one in orders]
        return [order for _, order in sorted(zip(costs, orders, strict=True), key=lambda one: one[0])]

    def _cost(self, order: Order) -> float:
        """Return what an order spoils: lines that the band or a long card parts, ways to the band that are shut."""
        plan = self._plan
        start = plan.units[plan.start].first if plan.start >= 0 else None
        band = order.band - 0.25
        slots = {}
        for unit in plan.units:
            lane = unit.first.lane
            slots[unit.index] = float(lane)
            if lane == EVERYONE:
                slots[unit.index] = order.shared - 0.5
                if unit.long:
                    slots[unit.index] = order.long - (0.15 if order.long_below else 0.4)
        walls = [(slots[unit.index], unit) for unit in plan.units if unit.long]
        cost = 0.0
        for line in plan.lines:
            one, other = plan.units[line.source].first, plan.units[line.target].first
            low, high = sorted((slots[line.source], slots[line.target]))
            reach = max(one.phase, other.phase)
            if start and reach >= start.phase and line.target != plan.start:
                cost += 3.0 * (low < band < high)
            cost += sum(2.0 * (low < at < high and wall.first.phase <= reach <= wall.first.until) for at, wall in walls)
            cost += 0.15 * (high - low)
        if start:
            own = slots[plan.start]
            low, high = sorted((own, band))
            cost += 0.4 * (high - low)
            shut = [wall for at, wall in walls if low < at < high and wall.index != plan.start]
            cost += sum(1.5 for wall in shut if wall.first.phase <= start.phase <= wall.first.until)
            for unit in plan.units:
                if any(stop.step and stop.step.contact_moment for stop in unit.stops):
                    cost += 0.3 * abs(slots[unit.index] - band)
        return cost

    def _drawn(self, columns: Columns, order: Order, width: float) -> _Try:
        """Place a choice and route its lines, giving more room where they ask for it."""
        demands = Demands()
        lines = list(self._plan.lines)
        best: _Try | None = None
        for number in range(_ROUNDS):
            lefts, card_width = column_lefts(columns, width, self._with_bars(columns, demands))
            stacked = self._stack(columns, order, lefts, card_width, demands, width)
            routed = self._route(stacked, lines, width)
            score = self._score(stacked, routed, width, lines)
            current = _Try(columns, order, width, stacked, routed, demands, score)
            if not routed.failed:
                best = current
                break
            late = time.thread_time() > self._deadline
            last = number >= _ROUNDS - 2 or late
            demands = self._more(demands, routed, card_width, last=last)
            gone = self._unhelped(routed, last=last)
            lines = [line for line in lines if line not in gone]
            demands = self._told(demands, gone)
            if last and number == _ROUNDS - 2:
                continue
            if number == _ROUNDS - 1 or late:
                demands = self._told(demands, lines)
                lines = []
                lefts, card_width = column_lefts(columns, width, self._with_bars(columns, demands))
                stacked = self._stack(columns, order, lefts, card_width, demands, width)
                routed = self._route(stacked, lines, width)
                best = _Try(columns, order, width, stacked, routed, demands, self._score(stacked, routed, width, lines))
                break
        assert best  # noqa: S101
        return self._with_stems(best)

    def _more(self, demands: Demands, routed: Routed, card_width: float, *, last: bool) -> Demands:
        gutters, gaps = dict(demands.gutters), dict(demands.gaps)
        if not last:
            for gutter, more in routed.wider.items():
                gutters[gutter] = min(gutters.get(gutter, 0.0) + more, card_width * 0.4)
            for unit, more in routed.higher.items():
                gaps[unit] = min(gaps.get(unit, 0.0) + more, 60.0)
        return Demands(gutters, gaps, dict(demands.extras))

    def _unhelped(self, routed: Routed, *, last: bool) -> list[Line]:
        """Return the failed lines for which more room is no help."""
        helped = bool(routed.wider or routed.higher) and not last
        return [] if helped else list(routed.failed)

    def _told(self, demands: Demands, lines: list[Line]) -> Demands:
        """Let cards say what lines can't."""
        extras = dict(demands.extras)
        for line in lines:
            targets = self._plan.units[line.target].stops
            ids = tuple(stop.id for stop in targets)
            for stop in self._plan.units[line.source].stops:
                if not stop.step:
                    continue
                extra = extras.get(stop.id, Extra())
                if line.back:
                    wanted = tuple(id for id in ids if id in stop.step.back_to and id not in extra.back)
                    extras[stop.id] = replace(extra, back=extra.back + wanted)
                else:
                    extras[stop.id] = replace(
                        extra, onward=extra.onward + tuple(i for i in ids if i not in extra.onward)
                    )
        return Demands(demands.gutters, demands.gaps, extras)

    def _score(self, stacked: Stacked, routed: Routed, width: float, lines: list[Line]) -> float:
        lost = len(self._plan.lines) - len(lines) + len(routed.failed)
        length = sum(len(points) - 2 for points in routed.paths.values())
        return self._promise(stacked, width) + lost * 0.35 + routed.crossings * 0.05 + length * 0.008

    # Placing

    def _stack(
        self,
        columns: Columns,
        order: Order,
        lefts: list[float],
        card_width: float,
        demands: Demands,
        width: float,
        *,
        cards: bool = True,
    ) -> Stacked:
        goals = {}
        for number, phase in enumerate(self._plan.route.phases.values()):
            if phase.goal and number in self._with_goal():
                across = columns.counts[number] * card_width + (columns.counts[number] - 1) * GUTTER
                lines = self._look.lines(self._look.text(phase.goal), "goal", across - 26)
                goals[number] = len(lines) * self._look.leading("goal") + 6
        if goals and not self._plan.route.lanes:
            goals = dict.fromkeys(range(len(columns.counts)), max(goals.values()))
        if width not in self._heads:
            self._heads[width] = head(self._plan, self._look, width, MARGIN)
        self._head = self._heads[width]
        self._chevron_top = self._head.bottom + 14
        tall = max(self._chevron_height(columns, number, lefts, card_width) for number in range(len(columns.counts)))
        self._chevron = tall
        band = self._band_height(columns, lefts, card_width) if self._plan.start >= 0 else 0.0
        stacker = Stacker(self._plan, self._look, self._maker, columns, demands)
        top = self._chevron_top + tall + 12
        least = 0.0
        if self._form.paper and cards:
            least = width * self._form.paper[1] / self._form.paper[0] - top - self._below(width)
        return stacker.stack(lefts, card_width, order, Sizes(goals, band), top, max(0.0, least), cards=cards)

    def _with_goal(self) -> set[int]:
        """Return the phases that show their goal: all, or when one has lanes those that have none."""
        plan = self._plan
        laned = {
            phase
            for unit in plan.units
            if unit.first.lane != EVERYONE and not unit.long
            for phase in range(unit.first.phase, unit.first.until + 1)
        }
        return set(range(len(plan.route.phases))) - laned

    def _chevron_room(self, columns: Columns, phase: int, lefts: list[float], card_width: float) -> float:
        across = lefts[columns.last(phase)] + card_width - lefts[columns.first[phase]]
        return across + PHASE_PAD - 2 - (8 if phase else 0)

    def _chevron_height(self, columns: Columns, phase: int, lefts: list[float], card_width: float) -> float:
        room = self._chevron_room(columns, phase, lefts, card_width)
        _, bottom = self._chevron_lines(phase, 0, 0, room)
        return bottom + 16

    def _chevron_lines(self, phase: int, x: float, top: float, room: float) -> tuple[list[TextLine], float]:
        found = list(self._plan.route.phases.values())[phase]
        lines, y = text_block(self._look, f"{phase + 1}. {self._look.text(found.title)}", "phase", x, top, room)
        if found.when:
            more, y = text_block(self._look, self._look.text(found.when), "when", x, y, room)
            lines += more
        return lines, y

    def _band_room(self, columns: Columns, lefts: list[float], card_width: float) -> tuple[float, float]:
        first = columns.spans[self._plan.start][0]
        last = max(first, columns.last(self._plan.band_until))
        return lefts[first], lefts[last] + card_width + (PHASE_PAD if last == columns.total - 1 else 0)

    def _band_height(self, columns: Columns, lefts: list[float], card_width: float) -> float:
        left, right = self._band_room(columns, lefts, card_width)
        _, bottom, _, _, _ = band_words(self._plan, self._look, left, right, 0.0)
        return max(58.0, bottom + 7)

    # Lines

    def _with_bars(self, columns: Columns, demands: Demands) -> Demands:
        """Add what bars take of the gutters beside them."""
        gutters = dict(demands.gutters)
        for gutter, _ in self._bar_sides(columns):
            gutters[gutter] = gutters.get(gutter, 0.0) + BAR + BAR_GAP
        return Demands(gutters, demands.gaps, demands.extras)

    def _bar_sides(self, columns: Columns) -> frozenset[tuple[int, bool]]:
        sides = set()
        for line in self._plan.lines:
            if len(self._plan.units[line.source].stops) > 1:
                sides.add((columns.spans[line.source][1] + 1, False))
            if len(self._plan.units[line.target].stops) > 1:
                sides.add((columns.spans[line.target][0], True))
        return frozenset(sides)

    def _route(self, stacked: Stacked, lines: list[Line], width: float) -> Routed:
        columns = stacked.columns
        blocks: list[tuple[int, int, Box]] = []
        ends = {}
        for unit in self._plan.units:
            first, last = columns.spans[unit.index]
            ends[unit.index] = End(first, last, stacked.boxes[unit.index], len(unit.stops) > 1)
            blocks.append((first, last, stacked.boxes[unit.index]))
        for track in stacked.tracks:
            if track.kind == "band":
                blocks.append((track.first, track.last, Box(0, track.top, 0, track.height)))
            elif track.kind == "goal":
                blocks.append((track.first, track.last, Box(0, track.top, 0, track.height - 9)))
            elif track.kind == "lane":
                wide = self._label_width(stacked, track)
                last = track.first
                while last < track.last and stacked.right(last) - stacked.lefts[track.first] < wide:
                    last += 1
                blocks.append((track.first, last, Box(0, track.top, 0, track.label - 9)))
        root = self._root(stacked)
        column = columns.spans[max(0, self._plan.start)][0]
        if root:
            blocks.append((column, column, root[-1]))
        terrain = Terrain(
            lefts=stacked.lefts,
            rights=[left + stacked.card_width for left in stacked.lefts],
            outer=(MARGIN - PHASE_PAD, width - MARGIN + PHASE_PAD),
            top=stacked.top,
            bottom=stacked.bottom,
            blocks=blocks,
            bars=self._bar_sides(columns),
            shut=[(column, box) for box in root],
        )
        return Router(terrain, ends).route(lines)

    def _label_width(self, stacked: Stacked, track: Track) -> float:
        """Return how far the words of a lane reach from its first card."""
        lines = self._label(stacked, track)
        return max(line.x + self._look.width(line.text, line.style) for line in lines) - stacked.lefts[track.first] + 10

    def _root(self, stacked: Stacked) -> list[Box]:
        """Return the stretches by which the band grows out of its step, the last one ends at the band.

        They pass behind the steps that follow in the same column; nothing else may be in their way.
        """
        track = stacked.track("band")
        if track is None:
            return []
        column = stacked.columns.spans[self._plan.start][0]
        start = stacked.boxes[self._plan.start]
        x = stacked.lefts[column] + min(26.0, stacked.card_width / 6)
        if start.bottom > track.top:
            root = Box(x, track.bottom, _ROOT, start.y - track.bottom)
            return [root] if self._free(stacked, root, {self._plan.start}) else []
        under = {self._plan.start, *self._following(stacked)}
        if not self._free(stacked, Box(x, start.bottom, _ROOT, track.top - start.bottom), under):
            return []
        passed = sorted((box for index in under for box in [stacked.boxes[index]]), key=lambda box: box.y)
        ends = [*(box.y for box in passed[1:]), track.top]
        return [Box(x, box.bottom, _ROOT, end - box.bottom) for box, end in zip(passed, ends, strict=True)]

    def _following(self, stacked: Stacked) -> list[int]:
        """Return the units below the band's step, in its column and lane, that come after it."""
        units, start = self._plan.units, stacked.boxes[self._plan.start]
        first = units[self._plan.start].first
        return [
            unit.index
            for unit in units
            if len(unit.stops) == 1
            and stacked.columns.spans[unit.index] == stacked.columns.spans[self._plan.start]
            and (unit.first.phase, unit.first.lane) == (first.phase, first.lane)
            and unit.first.level >= first.level
            and stacked.boxes[unit.index].y > start.y
        ]

    def _free(self, stacked: Stacked, way: Box, but: set[int]) -> bool:
        """Whether an upright way meets no cards, labels or goals."""
        if any(way.meets(box, 3) for index, box in stacked.boxes.items() if index not in but):
            return False
        for track in stacked.tracks:
            if track.kind == "lane":
                left = stacked.lefts[track.first]
                if way.meets(Box(left, track.top, self._label_width(stacked, track), track.label - 6), 3):
                    return False
            elif track.kind == "goal":
                goal = Box(
                    stacked.lefts[track.first],
                    track.top,
                    stacked.right(track.last) - stacked.lefts[track.first],
                    track.height,
                )
                if way.meets(goal, 0):
                    return False
        return True

    def _with_stems(self, drawn: _Try) -> _Try:
        """Mark the contact moments that no stem tells; cards may grow by it, so place and route again."""
        if self._plan.start < 0:
            return drawn
        told = {stem.stop for stem in self._stems(drawn)}
        untold = [
            stop.id
            for stop in self._plan.stops
            if stop.step and stop.step.contact_moment and stop.id not in told and not self._grows(stop.id)
        ]
        known = drawn.demands.extras
        if all(known.get(id, Extra()).mark for id in untold):
            return drawn
        extras = {**known, **{id: replace(known.get(id, Extra()), mark=True) for id in untold}}
        demands = Demands(drawn.demands.gutters, drawn.demands.gaps, extras)
        columns = drawn.columns
        lefts, card_width = column_lefts(columns, drawn.width, self._with_bars(columns, demands))
        stacked = self._stack(columns, drawn.order, lefts, card_width, demands, drawn.width)
        routed = self._route(stacked, list(drawn.routed.paths), drawn.width)
        if routed.failed:
            demands = self._told(demands, list(routed.failed))
            lines = [line for line in drawn.routed.paths if line not in routed.failed]
            stacked = self._stack(columns, drawn.order, lefts, card_width, demands, drawn.width)
            routed = self._route(stacked, lines, drawn.width)
            if routed.failed:
                demands = self._told(demands, lines)
                stacked = self._stack(columns, drawn.order, lefts, card_width, demands, drawn.width)
                routed = self._route(stacked, [], drawn.width)
        return replace(drawn, stacked=stacked, routed=routed, demands=demands)

    def _grows(self, id: str) -> bool:
        return self._plan.units[self._plan.start].first.id == id

    def _stems(self, drawn: _Try) -> list[Stem]:
        """Return the dotted lines from contact moments to the band, where their way is free."""
        stacked = drawn.stacked
        track = stacked.track("band")
        if track is None:
            return []
        left, right = self._band_room(stacked.columns, stacked.lefts, stacked.card_width)
        stems: list[Stem] = []
        upright = [
            (x1, min(y1, y2), max(y1, y2))
            for points in drawn.routed.paths.values()
            for (x1, y1), (x2, y2) in pairwise(points)
            if abs(x1 - x2) < 1
        ]
        upright += [
            (x, box.y, box.bottom)
            for unit in self._plan.units
            if len(unit.stops) > 1
            for box in (stacked.boxes[unit.index],)
            for x in (box.x - BAR_GAP - BAR / 2, box.right + BAR_GAP + BAR / 2)
        ]
        level = [
            (y1, min(x1, x2), max(x1, x2))
            for points in drawn.routed.paths.values()
            for (x1, y1), (x2, y2) in pairwise(points)
            if abs(y1 - y2) < 1
        ]
        for unit in self._plan.units:
            for card in stacked.cards[unit.index]:
                if not (card.stop.step and card.stop.step.contact_moment) or unit.index == self._plan.start:
                    continue
                above = card.box.bottom <= track.top
                top, bottom = (card.box.bottom, track.top) if above else (track.bottom, card.box.y)
                for share in (0.5, 0.25, 0.75, 0.12, 0.88):
                    x = round(card.box.x + card.box.width * share, 1)
                    if not left + 12 < x < right - TIP - 12 or bottom - top < 8:
                        continue
                    way = Box(x - 3, top + 0.1, 6, bottom - top - 0.2)
                    others = [other.box for cards in stacked.cards.values() for other in cards if other is not card]
                    if any(way.meets(box, 4) for box in others) or not self._free(stacked, way, {unit.index}):
                        continue
                    if any(abs(x - line) < 14 and low < bottom and top < high for line, low, high in upright):
                        continue
                    if any(abs(stem.x - x) < 16 for stem in stems) or bottom - top > _LONGEST_STEM:
                        continue
                    if any(first - 12 < x < last + 12 and top < y < bottom for y, first, last in level):
                        continue
                    stems.append(Stem(card.stop.id, x, top, bottom, bottom if above else top))
                    break
        return stems

    # The finished drawing

    def _finished(self, drawn: _Try) -> WideBoard:
        plan, look, width = self._plan, self._look, drawn.width
        stacked, routed = drawn.stacked, drawn.routed
        columns = stacked.columns
        # Everything that depends on the choice is worked out again for the one that won.
        self._stack(columns, drawn.order, stacked.lefts, stacked.card_width, drawn.demands, width)
        stems = tuple(self._stems(drawn))
        bottom = stacked.bottom + 10
        phases = tuple(self._phase(stacked, number, bottom) for number in range(len(columns.counts)))
        lanes = tuple(self._lane(stacked, track) for track in stacked.tracks if track.kind == "lane")
        band = self._band(stacked)
        edges = tuple(self._edges(routed))
        dots = tuple((x, y, self._colour(routed, line)) for x, y, line in routed.dots)
        signs = self._signs(stems, edges, drawn.demands.extras)
        entries, end = legend(plan, look, width, MARGIN, bottom + 10, signs=signs)
        cards = {card.stop.id: card for cards in stacked.cards.values() for card in cards}
        return WideBoard(
            width=width,
            height=round(end + 14),
            head=self._head,
            phases=phases,
            lanes=lanes,
            cards=tuple(cards[stop.id] for stop in plan.stops),
            bars=tuple(self._bars(stacked, edges)),
            edges=edges,
            dots=dots,
            band=band,
            stems=stems,
            legend=tuple(entries),
        )

    def _signs(self, stems: tuple[Stem, ...], edges: tuple[Edge, ...], extras: dict[str, Extra]) -> dict[str, str]:
        words = self._look.words
        signs = {}
        if self._plan.notes:
            signs["pin"] = words["note_legend_print" if self._form.paper else "note_legend"]
        if stems:
            signs["contact"] = words["contact_legend"]
        if any(extra.mark for extra in extras.values()):
            signs["mark"] = words["contact_legend"] if not stems else words["mark_legend"]
        if any(edge.back for edge in edges):
            signs["back"] = words["back_legend"]
        return signs

    def _phase(self, stacked: Stacked, number: int, bottom: float) -> PhaseArea:
        columns, look = stacked.columns, self._look
        left, right = self._phase_sides(stacked, number)
        chevron = Box(left, self._chevron_top, right - left, self._chevron)
        room = self._chevron_room(columns, number, stacked.lefts, stacked.card_width)
        x = stacked.lefts[columns.first[number]] + (8 if number else 0)
        _, height = self._chevron_lines(number, x, 0, room)
        lines, _ = self._chevron_lines(number, x, chevron.y + (self._chevron - height) / 2, room)
        area = Box(left, chevron.bottom - 10, right - left, bottom - chevron.bottom + 10)
        phase = list(self._plan.route.phases.values())[number]
        goal_lines: list[TextLine] = []
        goal, goal_icon = None, None
        track = next((one for one in stacked.tracks if one.kind == "goal" and one.first == columns.first[number]), None)
        if phase.goal and track:
            x = stacked.lefts[track.first]
            across = columns.counts[number] * stacked.card_width + (columns.counts[number] - 1) * GUTTER
            goal_lines, end = text_block(look, look.text(phase.goal), "goal", x + 24, track.top, across - 26)
            goal = Box(x, track.top, across, end - track.top)
            goal_icon = Icon(look.icons["goal"], x + 1, track.top + 1.5, 15, "goal")
        return PhaseArea(number, chevron, area, tuple(lines), goal, tuple(goal_lines), goal_icon)

    def _phase_sides(self, stacked: Stacked, number: int) -> tuple[float, float]:
        """Return both edges of a phase: in the middle of the gutter to the next, a small gap apart."""
        columns = stacked.columns
        first, last = columns.first[number], columns.last(number)
        left, right = stacked.lefts[first] - PHASE_PAD, stacked.right(last) + PHASE_PAD
        if number:
            left = (stacked.right(first - 1) + stacked.lefts[first] + PHASE_GAP) / 2
        if last + 1 < columns.total:
            right = (stacked.right(last) + stacked.lefts[last + 1] - PHASE_GAP) / 2
        return left, right

    def _lane(self, stacked: Stacked, track: Track) -> LaneArea:
        left, right = stacked.lefts[track.first] - 9, stacked.right(track.last) + 9
        box = Box(left, track.top, right - left, track.height)
        lines = self._label(stacked, track)
        wide = max(line.x + self._look.width(line.text, line.style) for line in lines) - left
        return LaneArea(track.lane, box, Box(left, track.top, wide + 10, track.label - 6), tuple(lines))

    def _label(self, stacked: Stacked, track: Track) -> list[TextLine]:
        """Return the lane's title and, where there is room for it, its text."""
        look = self._look
        lane = list(self._plan.route.lanes.values())[track.lane]
        x = stacked.lefts[track.first]
        room = stacked.right(track.last) - x
        baseline = track.top + 19
        lines = [
            TextLine(line, x, baseline + number * look.leading("lane"), "lane")
            for number, line in enumerate(look.lines(look.text(lane.title), "lane", room))
        ]
        if lane.text and len(lines) == 1:
            start = look.width(lines[0].text, "lane") + 10
            text = look.text(lane.text)
            if start + look.width(text, "lane-text") <= room:
                lines.append(TextLine(isolated(text), x + start, baseline, "lane-text"))
        return lines

    def _band(self, stacked: Stacked) -> Band | None:
        track = stacked.track("band")
        if track is None:
            return None
        left, right = self._band_room(stacked.columns, stacked.lefts, stacked.card_width)
        box = Box(left, track.top, right - left, track.height)
        _, bottom, *_ = band_words(self._plan, self._look, left, right, 0.0)
        lines, _, chip, icons, pins = band_words(
            self._plan, self._look, left, right, track.top + (track.height - 7 - bottom) / 2
        )
        return Band(box, tuple(self._root(stacked)), tuple(lines), tuple(icons), chip, tuple(pins))

    def _bars(self, stacked: Stacked, edges: tuple[Edge, ...]) -> Iterator[Bar]:
        left = {edge.target: edge.lane for edge in edges if not edge.back}
        right = {edge.source: edge.lane for edge in edges if not edge.back}
        for unit in self._plan.units:
            if len(unit.stops) < 2:
                continue
            box = stacked.boxes[unit.index]
            if unit.index in left:
                yield Bar(unit.index, Box(box.x - BAR_GAP - BAR, box.y, BAR, box.height), left[unit.index])
            if unit.index in right:
                yield Bar(unit.index, Box(box.right + BAR_GAP, box.y, BAR, box.height), right[unit.index])

    def _edges(self, routed: Routed) -> Iterator[Edge]:
        for line, points in routed.paths.items():
            lane = self._colour(routed, line)
            yield Edge(line.source, line.target, points, lane, line.back, routed.nets[line])

    def _colour(self, routed: Routed, line: Line) -> int:
        """Return the lane whose colour a line has: that of all lines of its net, or none."""
        lanes = set()
        for other, net in routed.nets.items():
            if net == routed.nets[line]:
                source, target = self._plan.units[other.source].first, self._plan.units[other.target].first
                lanes.add(target.lane if target.lane != EVERYONE else source.lane)
        return lanes.pop() if len(lanes) == 1 else EVERYONE
