"""The drawing with columns, for screens from 760 px and for paper: searched, placed, and its lines routed."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from meedoenkaart.infographic.board import WideBoard
from meedoenkaart.infographic.lines.routing import Routed, Router
from meedoenkaart.infographic.lines.terrain import End, Terrain
from meedoenkaart.infographic.measuring.cards import CardMaker, Extra
from meedoenkaart.infographic.measuring.forms import Form
from meedoenkaart.infographic.measuring.geometry import Box
from meedoenkaart.infographic.measuring.look import Look
from meedoenkaart.infographic.plan.plan import Line, Plan
from meedoenkaart.infographic.wide.columns import Columns
from meedoenkaart.infographic.wide.finishing import Finisher
from meedoenkaart.infographic.wide.labels import lane_label_width
from meedoenkaart.infographic.wide.placing import Placer
from meedoenkaart.infographic.wide.searching import Search
from meedoenkaart.infographic.wide.stacking import MARGIN, PHASE_PAD, Demands, Order, Stacked

_FEW = 2
"""Crossings with which a drawing is good enough to look no further."""
_ROUNDS = 5
"""Times that a drawing may ask for more room for its lines."""


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

    def __init__(self, plan: Plan, look: Look, form: Form, maker: CardMaker, late: Callable[[], bool]) -> None:
        """Take what to draw; ``maker`` may hold cards made for another form, ``late`` says when to look no further."""
        self._plan, self._look, self._late = plan, look, late
        self._placer = Placer(plan, look, form, maker)
        self._search = Search(self._placer, late)

    def board(self) -> WideBoard:
        """Return the best drawing that was found; ``CannotDraw`` when there is none in time."""
        tries: list[_Try] = []
        for choice in self._search.promising():
            tries.append(self._drawn(*choice))
            if len(tries[-1].routed.paths) == len(self._plan.lines) and tries[-1].routed.crossings <= _FEW:
                break
        best = min(tries, key=lambda one: one.score)
        return Finisher(self._placer).board(best.stacked, best.routed, best.demands.extras, best.width)

    def _drawn(self, columns: Columns, order: Order, width: float) -> _Try:
        """Place a choice and route its lines, giving more room where they ask for it."""
        demands = Demands()
        lines = list(self._plan.lines)
        best: _Try | None = None
        for number in range(_ROUNDS):
            stacked = self._placer.stack(columns, order, demands, width)
            routed = self._route(stacked, lines, width)
            score = self._score(stacked, routed, width, lines)
            current = _Try(columns, order, width, stacked, routed, demands, score)
            if not routed.failed:
                best = current
                break
            late = self._late()
            last = number >= _ROUNDS - 2 or late
            demands = self._more(demands, routed, stacked.card_width, last=last)
            gone = self._unhelped(routed, last=last)
            lines = [line for line in lines if line not in gone]
            demands = self._told(demands, gone)
            if last and number == _ROUNDS - 2:
                continue
            if number == _ROUNDS - 1 or late:
                demands = self._told(demands, lines)
                lines = []
                stacked = self._placer.stack(columns, order, demands, width)
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
        return self._search.promise(stacked, width) + lost * 0.35 + routed.crossings * 0.05 + length * 0.008

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
                wide = lane_label_width(self._plan, self._look, stacked, track)
                last = track.first
                while last < track.last and stacked.right(last) - stacked.lefts[track.first] < wide:
                    last += 1
                blocks.append((track.first, last, Box(0, track.top, 0, track.label - 9)))
        root = self._placer.bands.root(stacked)
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
            bars=self._placer.bar_sides(columns),
            shut=[(column, box) for box in root],
        )
        return Router(terrain, ends).route(lines)

    def _with_stems(self, drawn: _Try) -> _Try:
        """Mark the contact moments that no stem tells; cards may grow by it, so place and route again."""
        if self._plan.start < 0:
            return drawn
        told = {stem.stop for stem in self._placer.bands.stems(drawn.stacked, drawn.routed)}
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
        stacked = self._placer.stack(columns, drawn.order, demands, drawn.width)
        routed = self._route(stacked, list(drawn.routed.paths), drawn.width)
        if routed.failed:
            demands = self._told(demands, list(routed.failed))
            lines = [line for line in drawn.routed.paths if line not in routed.failed]
            stacked = self._placer.stack(columns, drawn.order, demands, drawn.width)
            routed = self._route(stacked, lines, drawn.width)
            if routed.failed:
                demands = self._told(demands, lines)
                stacked = self._placer.stack(columns, drawn.order, demands, drawn.width)
                routed = self._route(stacked, [], drawn.width)
        return replace(drawn, stacked=stacked, routed=routed, demands=demands)

    def _grows(self, id: str) -> bool:
        return self._plan.units[self._plan.start].first.id == id
