"""From places and lines to the finished drawing with columns."""

from collections.abc import Iterator

from meedoenkaart.infographic.board import Bar, Edge, LaneArea, PhaseArea, Stem, WideBoard
from meedoenkaart.infographic.furniture import legend, text_block
from meedoenkaart.infographic.lines.routing import Routed
from meedoenkaart.infographic.measuring.cards import Extra
from meedoenkaart.infographic.measuring.geometry import Box, Icon, TextLine
from meedoenkaart.infographic.plan.plan import EVERYONE, Line
from meedoenkaart.infographic.wide.labels import lane_label
from meedoenkaart.infographic.wide.placing import Placer
from meedoenkaart.infographic.wide.stacking import BAR, BAR_GAP, GUTTER, MARGIN, PHASE_GAP, PHASE_PAD, Stacked, Track


class Finisher:
    """Puts one drawing together."""

    def __init__(self, placer: Placer) -> None:
        """Take what placed everything."""
        self._placer = placer
        self._plan, self._look, self._form = placer.plan, placer.look, placer.form

    def board(self, stacked: Stacked, routed: Routed, extras: dict[str, Extra], width: float) -> WideBoard:
        """Return the whole drawing."""
        plan, look, columns = self._plan, self._look, stacked.columns
        self._row = self._placer.chevrons(columns, stacked.lefts, stacked.card_width, width)
        stems = tuple(self._placer.bands.stems(stacked, routed))
        bottom = stacked.bottom + 10
        phases = tuple(self._phase(stacked, number, bottom) for number in range(len(columns.counts)))
        lanes = tuple(self._lane(stacked, track) for track in stacked.tracks if track.kind == "lane")
        band = self._placer.bands.band(stacked)
        edges = tuple(self._edges(routed))
        dots = tuple((x, y, self._colour(routed, line)) for x, y, line in routed.dots)
        signs = self._signs(stems, edges, extras)
        entries, end = legend(plan, look, width, MARGIN, bottom + 10, signs=signs)
        cards = {card.stop.id: card for cards in stacked.cards.values() for card in cards}
        return WideBoard(
            width=width,
            height=round(end + 14),
            head=self._placer.head(width),
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
        chevron = Box(left, self._row.y, right - left, self._row.height)
        room = self._placer.chevron_room(columns, number, stacked.lefts, stacked.card_width)
        x = stacked.lefts[columns.first[number]] + (8 if number else 0)
        _, height = self._placer.chevron_lines(number, x, 0, room)
        lines, _ = self._placer.chevron_lines(number, x, chevron.y + (self._row.height - height) / 2, room)
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
        lines = lane_label(self._plan, self._look, stacked, track)
        wide = max(line.x + self._look.width(line.text, line.style) for line in lines) - left
        return LaneArea(track.lane, box, Box(left, track.top, wide + 10, track.label - 6), tuple(lines))

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
