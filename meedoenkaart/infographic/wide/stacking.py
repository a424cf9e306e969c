"""From columns to places: lanes, the band and the cards for everyone find their height without ever meeting."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from meedoenkaart.infographic.measuring.cards import Card, CardMaker, Extra
from meedoenkaart.infographic.measuring.geometry import Box
from meedoenkaart.infographic.measuring.look import Look
from meedoenkaart.infographic.plan.plan import EVERYONE, Plan, Stop, Unit
from meedoenkaart.infographic.wide.columns import Columns

MARGIN = 16.0
"""px around the drawing."""
PHASE_PAD = 11.0
"""px between the edge of a phase and its cards."""
PHASE_GAP = 10.0
"""px between two phases."""
GUTTER = 34.0
"""px between two columns, at least."""
STACK_GAP = 10.0
"""px between the cards of one unit."""
UNIT_GAP = 22.0
"""px between units: room for an arrow."""
TRACK_GAP = 12.0
"""px between lanes, band and what is for everyone."""
LANE_PAD = 10.0
LANE_LABEL = 28.0
"""Height of a lane's label."""
BAR = 4.0
"""Width of the bar along a unit of several cards."""
BAR_GAP = 7.0
"""px between that bar and the cards."""
_NARROWEST = 90.0
"""px, a card where far too many phases share a page; the page then grows."""
_FARTHEST = 110.0
"""px that a card moves to stand level with the one before it, at most."""
_LOOSEST = 34.0
"""px by which a gap may grow to fill a phase."""


@dataclass(slots=True)
class Demands:
    """What lines asked for in an earlier try: wider gutters, higher gaps, and words where there was no way."""

    gutters: dict[int, float] = field(default_factory=dict)
    """By gutter (its number is that of the column to its right), px more."""
    gaps: dict[int, float] = field(default_factory=dict)
    """By unit, px more below it."""
    extras: dict[str, Extra] = field(default_factory=dict)
    """By step, what its card says more."""


@dataclass(frozen=True, slots=True)
class Order:
    """From top to bottom: behind how many lanes the band runs, and behind how many stands what is for everyone."""

    band: int
    shared: int
    long: int
    """Behind how many lanes stand long cards for everyone."""
    long_below: bool = False
    """Whether those stand below the band where they have the same place."""


@dataclass(slots=True)
class Track:
    """Something that takes a height over a number of columns."""

    kind: str
    """``goal``, ``lane``, ``shared`` or ``band``."""
    first: int
    last: int
    height: float
    units: tuple[Unit, ...] = ()
    lane: int = EVERYONE
    label: float = LANE_LABEL
    """Height of a lane's label."""
    stretch: float = 0.0
    """How eagerly it fills what is left over."""
    top: float = 0.0
    lowest: float = 0.0
    """Until where it may reach."""

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height


@dataclass(slots=True)
class Stacked:
    """Units and tracks with their places."""

    columns: Columns
    lefts: list[float]
    """By column."""
    card_width: float
    top: float
    bottom: float
    """Of the area below the chevrons."""
    tracks: list[Track]
    boxes: dict[int, Box]
    """By unit, around its cards."""
    cards: dict[int, list[Card]]
    """By unit."""

    def right(self, column: int) -> float:
        """Return the far edge of a column."""
        return self.lefts[column] + self.card_width

    def track(self, kind: str) -> Track | None:
        """Return the only track of a kind."""
        return next((track for track in self.tracks if track.kind == kind), None)


@dataclass(frozen=True, slots=True)
class Sizes:
    """Heights that are known before anything is placed."""

    goals: Mapping[int, float]
    """By phase."""
    band: float
    """0 without a band."""


def column_lefts(columns: Columns, width: float, demands: Demands) -> tuple[list[float], float]:
    """Return the left edge of every column and the width of all: a multiple of 4 px, the rest goes to gutters."""
    gutters = columns.total - 1
    extra = sum(more for gutter, more in demands.gutters.items() if 0 < gutter < columns.total)
    inner = width - 2 * MARGIN - 2 * PHASE_PAD - gutters * GUTTER - extra
    card_width = max(_NARROWEST, inner // (4 * columns.total) * 4)
    spare = (inner - card_width * columns.total) / gutters if gutters else 0.0
    if not gutters:
        card_width = inner
    x, lefts = MARGIN + PHASE_PAD, []
    for column in range(columns.total):
        if column:
            x += card_width + GUTTER + spare + demands.gutters.get(column, 0.0)
        lefts.append(x)
    return lefts, card_width


class Stacker:
    """Stacks one choice of columns and order."""

    def __init__(self, plan: Plan, look: Look, maker: CardMaker, columns: Columns, demands: Demands) -> None:
        """Take the choice and what earlier tries asked for."""
        self._plan, self._look, self._maker = plan, look, maker
        self._columns, self._demands = columns, demands
        self._sources = {line.source for line in plan.lines}

    def stack(
        self,
        lefts: list[float],
        card_width: float,
        order: Order,
        sizes: Sizes,
        top: float,
        least: float,
        *,
        cards: bool,
    ) -> Stacked:
        """Return everything placed from ``top`` down, at least ``least`` px high; ``cards``: with the cards as well."""
        self._lefts, self._width = lefts, card_width
        heights = {unit.index: self._height(unit) for unit in self._plan.units}
        tracks = self._tracks(order, sizes, heights)
        bottom = self._compact(tracks, top, least)
        places = self._places(tracks, heights)
        self._align(tracks, places, heights)
        boxes, made = {}, {}
        for unit in self._plan.units:
            first, last = self._columns.spans[unit.index]
            x, y = lefts[first], places[unit.index]
            boxes[unit.index] = Box(x, y, lefts[last] + card_width - x, heights[unit.index])
            if cards:
                made[unit.index] = [card.at(card.box.x + x, card.box.y + y) for card in self._unit(unit)]
        return Stacked(self._columns, lefts, card_width, top, bottom, tracks, boxes, made)

    def _height(self, unit: Unit) -> float:
        """Return how high a unit is."""
        first, last = self._columns.spans[unit.index]
        if len(unit.stops) == 1:
            return self._card(unit.first, self._lefts[last] - self._lefts[first] + self._width).box.height
        rows = _rows(unit, last - first + 1)
        tall = sum(max(self._card(stop, self._width).box.height for stop in row) for row in rows)
        return tall + STACK_GAP * (len(rows) - 1)

    def _card(self, stop: Stop, width: float) -> Card:
        return self._maker.card(stop, width, self._demands.extras.get(stop.id, Extra()))

    def _unit(self, unit: Unit) -> list[Card]:
        """Return the cards of a unit at the origin: in rows, each as high as it is."""
        first, last = self._columns.spans[unit.index]
        if len(unit.stops) == 1:
            return [self._card(unit.first, self._lefts[last] - self._lefts[first] + self._width)]
        cards: list[Card] = []
        y = 0.0
        for row in _rows(unit, last - first + 1):
            made = [self._card(stop, self._width) for stop in row]
            cards += [card.at(self._lefts[first + number] - self._lefts[first], y) for number, card in enumerate(made)]
            y += max(card.box.height for card in made) + STACK_GAP
        return cards

    def _tracks(self, order: Order, sizes: Sizes, heights: dict[int, float]) -> list[Track]:
        plan, columns = self._plan, self._columns
        tracks = [
            Track("goal", columns.first[phase], columns.last(phase), height) for phase, height in sizes.goals.items()
        ]
        lanes = [self._lane_tracks(lane, heights) for lane in range(len(plan.route.lanes))]
        covered = {column for found in lanes for track in found for column in range(track.first, track.last + 1)}
        shared = self._shared_tracks(covered, heights)
        long = [track for track in shared if track.units[0].long]
        for slot in range(len(lanes) + 1):
            if slot == order.shared:
                tracks += [track for track in shared if not track.units[0].long]
            if slot == order.long and not order.long_below:
                tracks += long
            if slot == order.band and plan.start >= 0 and sizes.band:
                first = columns.spans[plan.start][0]
                last = columns.last(plan.band_until)
                tracks.append(Track("band", first, max(first, last), sizes.band))
            if slot == order.long and order.long_below:
                tracks += long
            if slot < len(lanes):
                tracks += lanes[slot]
        return tracks

    def _lane_tracks(self, lane: int, heights: dict[int, float]) -> list[Track]:
        columns = self._columns
        units = sorted(
            (unit for unit in self._plan.units if unit.first.lane == lane),
            key=lambda unit: columns.spans[unit.index],
        )
        parts: list[list[Unit]] = []
        reached = -2
        for unit in units:
            if unit.first.phase > reached + 1 or not parts:
                parts.append([])
            parts[-1].append(unit)
            reached = max(reached if len(parts[-1]) > 1 else -2, unit.first.until)
        tracks = []
        for part in parts:
            first = min(columns.spans[unit.index][0] for unit in part)
            last = max(columns.spans[unit.index][1] for unit in part)
            title = list(self._plan.route.lanes.values())[lane].title
            room = self._lefts[last] + self._width - self._lefts[first]
            lines = self._look.lines(self._look.text(title), "lane", room)
            label = LANE_LABEL + (len(lines) - 1) * self._look.leading("lane")
            height = self._skyline(part, heights)[1] + label + LANE_PAD
            stretch = 0.0 if all(unit.long for unit in part) else 1.0
            tracks.append(Track("lane", first, last, height, tuple(part), lane, label, stretch))
        return tracks

    def _shared_tracks(self, covered: set[int], heights: dict[int, float]) -> list[Track]:
        columns = self._columns
        groups: dict[tuple[int, bool, int], list[Unit]] = {}
        for unit in self._plan.units:
            if unit.first.lane == EVERYONE:
                first, last = columns.spans[unit.index]
                free = not any(column in covered for column in range(first, last + 1))
                groups.setdefault((unit.first.phase, free, unit.index if unit.long else -1), []).append(unit)
        tracks = []
        for (_, free, _), units in sorted(groups.items(), key=lambda group: (group[0][2] >= 0, group[0])):
            first = min(columns.spans[unit.index][0] for unit in units)
            last = max(columns.spans[unit.index][1] for unit in units)
            height = self._skyline(units, heights)[1]
            tracks.append(Track("shared", first, last, height, tuple(units), stretch=0.0 if not free else 0.001))
        return tracks

    def _ordered(self, units: list[Unit] | tuple[Unit, ...]) -> list[Unit]:
        """Return units from top to bottom: what comes first stands above."""
        return sorted(units, key=lambda one: (one.first.level, one.first.height, one.index))

    def _gap(self, unit: Unit) -> float:
        return UNIT_GAP + self._demands.gaps.get(unit.index, 0.0)

    def _skyline(
        self, units: list[Unit] | tuple[Unit, ...], heights: dict[int, float]
    ) -> tuple[dict[int, float], float]:
        """Return the tops of units stacked from 0, and the height of the highest stack."""
        reached: dict[int, float] = {}
        tops: dict[int, float] = {}
        for unit in self._ordered(units):
            first, last = self._columns.spans[unit.index]
            top = max((reached.get(column, 0.0) for column in range(first, last + 1)), default=0.0)
            tops[unit.index] = top
            for column in range(first, last + 1):
                reached[column] = top + heights[unit.index] + self._gap(unit)
        most = max((tops[unit.index] + heights[unit.index] for unit in units), default=0.0)
        return tops, most

    def _compact(self, tracks: list[Track], top: float, least: float) -> float:
        """Place the tracks as high as they can, then spread what is left over lanes; return the bottom of all."""
        self._drop(tracks, top)
        bottom = max([top + least, *(track.bottom for track in tracks)])
        for position, track in enumerate(tracks):
            if track.kind == "lane" and track.stretch:
                self._limit(tracks, bottom)
                chain = 1 + self._stretchable_below(tracks, position)
                track.height += max(0.0, track.lowest - track.bottom) / chain
                self._drop(tracks, top)
        for position in range(len(tracks) - 1, -1, -1):
            track = tracks[position]
            if track.kind == "band" or (track.kind == "lane" and not track.stretch):
                track.top = max(track.top, self._lowest(tracks, position, bottom) - track.height)
        for position, track in enumerate(tracks):
            if track.kind == "shared":
                track.height = max(track.height, self._lowest(tracks, position, bottom) - track.top)
        return bottom

    def _lowest(self, tracks: list[Track], position: int, bottom: float) -> float:
        """Return until where a track may reach, given where those below it stand."""
        track = tracks[position]
        below = [
            other.top - TRACK_GAP
            for other in tracks[position + 1 :]
            if other.first <= track.last and track.first <= other.last
        ]
        return min([bottom, *below])

    def _drop(self, tracks: list[Track], top: float) -> None:
        reached = [top] * self._columns.total
        for track in tracks:
            span = range(track.first, track.last + 1)
            track.top = max(reached[column] for column in span)
            for column in span:
                reached[column] = track.bottom + TRACK_GAP

    def _limit(self, tracks: list[Track], bottom: float) -> None:
        limits = [bottom] * self._columns.total
        for track in reversed(tracks):
            span = range(track.first, track.last + 1)
            track.lowest = min(limits[column] for column in span)
            for column in span:
                limits[column] = min(limits[column], track.lowest - track.height - TRACK_GAP)

    def _stretchable_below(self, tracks: list[Track], position: int) -> int:
        """Return how many lanes below a track can still take of the same height."""
        span = set(range(tracks[position].first, tracks[position].last + 1))
        count = 0
        for other in tracks[position + 1 :]:
            if span & set(range(other.first, other.last + 1)):
                span |= set(range(other.first, other.last + 1))
                count += other.kind == "lane" and other.stretch > 0
        return count

    def _places(self, tracks: list[Track], heights: dict[int, float]) -> dict[int, float]:
        """Return the top of every unit: stacks stand in the middle of their track."""
        places: dict[int, float] = {}
        for track in tracks:
            if not track.units:
                continue
            head, foot = (track.label, LANE_PAD) if track.kind == "lane" else (0.0, 0.0)
            for group in self._clusters(track.units):
                tops, used = self._skyline(group, heights)
                room = track.height - head - foot
                rows = len({round(tops[unit.index]) for unit in group})
                loose = min(_LOOSEST, max(0.0, (room - used) / (rows + 1))) if rows > 1 else 0.0
                levels = sorted({tops[unit.index] for unit in group})
                used += loose * (rows - 1)
                above = max(0.0, (room - used) / 2)
                for unit in group:
                    place = levels.index(tops[unit.index])
                    places[unit.index] = round(track.top + head + above + tops[unit.index] + loose * place, 1)
        return places

    def _align(self, tracks: list[Track], places: dict[int, float], heights: dict[int, float]) -> None:
        """Move what is for everyone level with what leads to it, as far as there is room."""
        for track in sorted((one for one in tracks if one.kind == "shared"), key=lambda one: one.first):
            for group in sorted(self._clusters(track.units), key=lambda one: self._columns.spans[one[0].index]):
                wanted = []
                members = {unit.index for unit in group}
                for line in self._plan.lines:
                    enters = line.target in members and line.source not in members and not line.back
                    if enters and self._columns.spans[line.source][1] < self._columns.spans[line.target][0]:
                        middle = places[line.target] + heights[line.target] / 2
                        wanted.append(places[line.source] + heights[line.source] / 2 - middle)
                if len(wanted) != 1:
                    continue
                top = min(places[index] for index in members)
                bottom = max(places[index] + heights[index] for index in members)
                if len(group) > 1 or abs(wanted[0]) > _FARTHEST:
                    continue
                shift = max(track.top - top, min(track.bottom - bottom, wanted[0]))
                for index in members:
                    places[index] = round(places[index] + shift, 1)

    def _clusters(self, units: tuple[Unit, ...]) -> list[list[Unit]]:
        """Return units grouped by the columns that they share: each group moves as one."""
        clusters: list[tuple[set[int], list[Unit]]] = []
        for unit in units:
            first, last = self._columns.spans[unit.index]
            span = set(range(first, last + 1))
            group = [unit]
            for other in [one for one in clusters if one[0] & span]:
                span |= other[0]
                group += other[1]
                clusters.remove(other)
            clusters.append((span, group))
        return [group for _, group in clusters]


def _rows(unit: Unit, columns: int) -> list[tuple[Stop, ...]]:
    return [unit.stops[start : start + columns] for start in range(0, len(unit.stops), columns)]
