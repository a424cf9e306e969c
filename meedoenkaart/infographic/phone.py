"""The drawing for phones: a metro line, with a station for every step in reading order."""

from meedoenkaart.infographic.board import Band, LaneArea, PhaseArea, PhoneBoard, Rail, Station
from meedoenkaart.infographic.furniture import band_words, head, legend, text_block
from meedoenkaart.infographic.measuring.cards import Card, CardMaker, Extra
from meedoenkaart.infographic.measuring.forms import Form
from meedoenkaart.infographic.measuring.geometry import Box, Icon, TextLine
from meedoenkaart.infographic.measuring.look import Look
from meedoenkaart.infographic.plan.plan import EVERYONE, Plan, Stop

_MARGIN = 12.0
_RAIL_GAP = 12.0
"""px between two metro lines."""
_TRACK = 9.0
"""Width of the band's own line."""
_CARD_GAP = 12.0
_STATION = 26.0
"""px from a card's top to its station."""
_BEND = 12.0
"""px below a station before a line branches off."""


class PhoneDrawing:
    """Draws one route as a metro line."""

    def __init__(self, plan: Plan, look: Look, form: Form, maker: CardMaker) -> None:
        """Take what to draw; ``maker`` may hold cards that were made for another form."""
        self._plan, self._look, self._maker = plan, look, maker
        self._width = form.widths[0]
        used = sorted({stop.lane for stop in plan.stops})
        start = _MARGIN + (_TRACK + 14 if plan.start >= 0 else 8)
        self._rails = {lane: start + number * _RAIL_GAP for number, lane in enumerate(used)}
        self._left = max(self._rails.values()) + 18

    def board(self) -> PhoneBoard:
        """Return the placed drawing."""
        plan, look = self._plan, self._look
        top = head(plan, look, self._width, _MARGIN)
        self._y = top.bottom + 16
        self._cards: list[Card] = []
        self._pills: list[LaneArea] = []
        self._stations: dict[str, Station] = {}
        self._band: Band | None = None
        self._track_top = 0.0
        ends = []
        phases = []
        start = plan.units[plan.start].first.id if plan.start >= 0 else None
        for number in range(len(plan.route.phases)):
            phases.append(self._phase(number))
            lane = EVERYONE
            for stop in plan.stops:
                if stop.phase != number:
                    continue
                if stop.lane != lane:
                    self._pill(stop.lane)
                    lane = stop.lane
                self._stop(stop)
                if stop.id == start:
                    self._grow()
            ends.append(self._y - _CARD_GAP)
        signs = {}
        if plan.notes:
            signs["pin"] = str(look.words["note_legend"])
        if any(card.mark for card in self._cards):
            signs["mark"] = str(look.words["contact_legend"])
        entries, bottom = legend(plan, look, self._width, _MARGIN, self._y + 8, signs=signs)
        track = None
        if self._band:
            track = Box(_MARGIN, self._track_top, _TRACK, ends[plan.band_until] - self._track_top)
        return PhoneBoard(
            width=self._width,
            height=round(bottom + 12),
            head=top,
            phases=tuple(phases),
            lanes=tuple(self._pills),
            cards=tuple(self._cards),
            rails=tuple(self._lines(ends)),
            stations=tuple(self._stations.values()),
            band=self._band,
            track=track if track and track.height > 0 else None,
            legend=tuple(entries),
        )

    def _phase(self, number: int) -> PhaseArea:
        look = self._look
        phase = list(self._plan.route.phases.values())[number]
        if number:
            self._y += 12
        room = self._width - 2 * _MARGIN - 28
        x = _MARGIN + 14
        lines, y = text_block(look, f"{number + 1}. {look.text(phase.title)}", "phase", x, self._y + 10, room)
        if phase.when:
            more, y = text_block(look, look.text(phase.when), "when", x, y, room)
            lines += more
        bar = Box(_MARGIN, self._y, self._width - 2 * _MARGIN, y + 10 - self._y)
        self._y = bar.bottom + 14
        goal_lines: list[TextLine] = []
        goal, icon = None, None
        if phase.goal:
            across = self._width - _MARGIN - self._left
            goal_lines, end = text_block(look, look.text(phase.goal), "goal", self._left + 24, self._y, across - 24)
            goal = Box(self._left, self._y, across, end - self._y)
            icon = Icon(look.icons["goal"], self._left + 1, self._y + 1.5, 15, "goal")
            self._y = end + 12
        return PhaseArea(number, bar, bar, tuple(lines), goal, tuple(goal_lines), icon)

    def _pill(self, lane: int) -> None:
        look = self._look
        lanes = list(self._plan.route.lanes.values())
        words = look.text(lanes[lane].title) if lane != EVERYONE else look.words["everyone"]
        self._y += 2
        lines, y = text_block(
            look, words, "lane", self._left + 11, self._y + 5, self._width - _MARGIN - self._left - 22
        )
        wide = max(look.width(line.text, "lane") for line in lines) + 22
        box = Box(self._left, self._y, wide, y + 5 - self._y)
        self._pills.append(LaneArea(lane, box, box, tuple(lines)))
        self._y = box.bottom + 8

    def _stop(self, stop: Stop) -> None:
        step = stop.step
        start = self._plan.start >= 0 and stop.id == self._plan.units[self._plan.start].first.id
        marked = bool(step and step.contact_moment and not start)
        extra = Extra(mark=marked, back=step.back_to if step else (), until=True)
        card = self._maker.card(stop, self._width - _MARGIN - self._left, extra).at(self._left, round(self._y, 1))
        self._cards.append(card)
        at = min(_STATION, card.box.height / 2)
        if card.header:
            at = card.header / 2
        self._stations[stop.id] = Station(stop.id, self._rails[stop.lane], card.box.y + at, stop.lane, card.box.x)
        self._y = card.box.bottom + _CARD_GAP

    def _grow(self) -> None:
        """Let the band begin: a banner below its step, and from there its own line at the side."""
        plan, look = self._plan, self._look
        left, right = _MARGIN, self._width - _MARGIN
        _, bottom, *_ = band_words(plan, look, left - 8, right, 0.0, -4.0)
        top = self._y + 2
        lines, _, chip, icons, pins = band_words(plan, look, left - 8, right, top + 2, -4.0)
        box = Box(left, top, right - left, bottom + 14)
        card = self._cards[-1].box
        root = Box(self._left + 20, card.bottom, 26, top - card.bottom)
        self._band = Band(box, (root,), tuple(lines), tuple(icons), chip, tuple(pins))
        self._track_top = box.y + 10
        self._y = box.bottom + _CARD_GAP + 2

    def _lines(self, ends: list[float]) -> list[Rail]:
        """Return the metro lines: each from its first to its last station, and the branches between them."""
        plan = self._plan
        rails: list[Rail] = []
        by_lane: dict[int, list[Station]] = {}
        for station in self._stations.values():
            by_lane.setdefault(station.lane, []).append(station)
        for lane, stations in by_lane.items():
            x = self._rails[lane]
            last = stations[-1].y
            longest = max(
                (stop.until for stop in plan.stops if stop.lane == lane and stop.until > stop.phase), default=-1
            )
            if longest >= 0 and lane != EVERYONE:
                last = max(last, ends[longest])
            if last > stations[0].y:
                rails.append(Rail(((x, stations[0].y), (x, last)), lane))
        joined: set[tuple[int, int]] = set()
        for line in plan.lines:
            source, target = plan.units[line.source], plan.units[line.target]
            one, other = source.first.lane, target.first.lane
            if line.back or one == other:
                continue
            from_y = self._stations[source.stops[-1].id].y
            to_y = self._stations[target.first.id].y
            if to_y <= from_y:
                continue
            a, b = self._rails[one], self._rails[other]
            if other != EVERYONE and (other, target.first.phase) not in joined:
                joined.add((other, target.first.phase))
                first = by_lane[other][0].y
                if to_y <= first or first > from_y:
                    down = abs(b - a)
                    points = ((a, from_y), (a, from_y + _BEND), (b, from_y + _BEND + down), (b, to_y))
                    rails.append(Rail(points, other))
            elif other == EVERYONE:
                down = abs(b - a)
                points = ((a, from_y), (a, to_y - _BEND - down), (b, to_y - _BEND), (b, to_y))
                if to_y - _BEND - down > from_y:
                    rails.append(Rail(points, one))
        return rails
