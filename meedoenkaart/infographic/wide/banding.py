"""The band of the regisseur: how far it runs, how it grows out of its step, and the dotted lines that lead to it."""

from itertools import pairwise

from meedoenkaart.infographic.board import Band, Stem
from meedoenkaart.infographic.furniture import TIP, band_words
from meedoenkaart.infographic.lines.routing import Routed
from meedoenkaart.infographic.measuring.geometry import Box
from meedoenkaart.infographic.measuring.look import Look
from meedoenkaart.infographic.plan.plan import Plan
from meedoenkaart.infographic.wide.columns import Columns
from meedoenkaart.infographic.wide.labels import lane_label_width
from meedoenkaart.infographic.wide.stacking import BAR, BAR_GAP, PHASE_PAD, Stacked

_LONGEST_STEM = 260.0
"""px; a contact moment farther from the band carries a mark instead."""
_ROOT = 28.0
"""px, the stretch by which the band grows out of its step."""


class BandMaker:
    """Works out the band of one route."""

    def __init__(self, plan: Plan, look: Look) -> None:
        """Take the route and how it is set."""
        self._plan, self._look = plan, look

    def room(self, columns: Columns, lefts: list[float], card_width: float) -> tuple[float, float]:
        """Return from where to where it runs."""
        first = columns.spans[self._plan.start][0]
        last = max(first, columns.last(self._plan.band_until))
        return lefts[first], lefts[last] + card_width + (PHASE_PAD if last == columns.total - 1 else 0)

    def height(self, columns: Columns, lefts: list[float], card_width: float) -> float:
        """Return how high it is."""
        left, right = self.room(columns, lefts, card_width)
        _, bottom, _, _, _ = band_words(self._plan, self._look, left, right, 0.0)
        return max(58.0, bottom + 7)

    def root(self, stacked: Stacked) -> list[Box]:
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
                if way.meets(
                    Box(left, track.top, lane_label_width(self._plan, self._look, stacked, track), track.label - 6), 3
                ):
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

    def stems(self, stacked: Stacked, routed: Routed) -> list[Stem]:
        """Return the dotted lines from contact moments to the band, where their way is free."""
        track = stacked.track("band")
        if track is None:
            return []
        left, right = self.room(stacked.columns, stacked.lefts, stacked.card_width)
        stems: list[Stem] = []
        upright = [
            (x1, min(y1, y2), max(y1, y2))
            for points in routed.paths.values()
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
            for points in routed.paths.values()
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

    def band(self, stacked: Stacked) -> Band | None:
        """Return the band as it is drawn."""
        track = stacked.track("band")
        if track is None:
            return None
        left, right = self.room(stacked.columns, stacked.lefts, stacked.card_width)
        box = Box(left, track.top, right - left, track.height)
        _, bottom, *_ = band_words(self._plan, self._look, left, right, 0.0)
        lines, _, chip, icons, pins = band_words(
            self._plan, self._look, left, right, track.top + (track.height - 7 - bottom) / 2
        )
        return Band(box, tuple(self.root(stacked)), tuple(lines), tuple(icons), chip, tuple(pins))
