"""Lines between cards that stand anywhere: what does not belong together stays apart, none runs through a card."""

import os
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meedoenkaart.infographic import Draughtsman
from meedoenkaart.infographic.board import Edge, WideBoard
from meedoenkaart.infographic.lines.routing import Routed, Router
from meedoenkaart.infographic.lines.terrain import End, Terrain
from meedoenkaart.infographic.measuring.geometry import Box
from meedoenkaart.infographic.plan.plan import Line
from meedoenkaart.infographic.wide.checks import lines_as_one, lines_through_things
from tests.infographic.made_up import full

EXAMPLES = 40 * int(os.environ.get("EXAMPLES", "25"))
"""Cards without words take little time. ``make fuzz`` tries more."""
CARD, GUTTER = 140.0, 80.0
"""px, the width of a column and of what is between two."""

Arrangement = tuple[Terrain, dict[int, End], list[Line]]


def _terrain(lefts: list[float], ends: dict[int, End]) -> Terrain:
    return Terrain(
        lefts=lefts,
        rights=[left + CARD for left in lefts],
        outer=(0, lefts[-1] + CARD + 20),
        top=0,
        bottom=max(end.box.bottom for end in ends.values()) + 50,
        blocks=[(end.first, end.last, end.box) for end in ends.values()],
        bars=frozenset(),
    )


@st.composite
def arrangements(draw: st.DrawFn) -> Arrangement:
    """Return cards in 1 to 3 columns, perhaps one below them that is as wide as several, and lines between them."""
    columns = draw(st.integers(1, 3))
    lefts = [20 + column * (CARD + GUTTER) for column in range(columns)]
    height, gap = st.integers(30, 60), st.integers(18, 45)
    ends: dict[int, End] = {}
    floor = 0.0
    for column, left in enumerate(lefts):
        y = float(draw(gap))
        for _ in range(draw(st.integers(1, 4))):
            box = Box(left, y, CARD, float(draw(height)))
            ends[len(ends)] = End(column, column, box, joined=False)
            y = box.bottom + draw(gap)
        floor = max(floor, y)
    if draw(st.booleans()):
        first = draw(st.integers(0, columns - 1))
        last = draw(st.integers(first, columns - 1))
        box = Box(lefts[first], floor, lefts[last] + CARD - lefts[first], float(draw(height)))
        ends[len(ends)] = End(first, last, box, joined=False)
        floor = box.bottom + draw(gap)
    unit = st.integers(0, len(ends) - 1)
    pairs = draw(st.lists(st.tuples(unit, unit, st.booleans()), min_size=6, max_size=16))
    lines = [
        Line(source, target, back=back)
        for source, target, back in dict.fromkeys(pairs)
        if source != target and (back or ends[source].first <= ends[target].first)
    ]
    return _terrain(lefts, ends), ends, lines


@pytest.fixture(scope="module")
def board(draughtsman: Draughtsman) -> WideBoard:
    found = draughtsman.board(full(), "wide")
    assert isinstance(found, WideBoard)
    return found


@settings(max_examples=EXAMPLES, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(arrangement=arrangements())
def test_lines_stay_apart_however_cards_stand(board: WideBoard, arrangement: Arrangement) -> None:
    terrain, ends, lines = arrangement
    routed = Router(terrain, ends).route(lines)
    assert {*routed.paths} | {*routed.failed} == {*lines}
    assert _confused(board, ends, routed) == []


def test_lines_at_one_side_of_a_wide_card_stay_apart_where_its_middle_is_at_the_edge_of_a_column(
    board: WideBoard,
) -> None:
    ends = {
        0: End(0, 2, Box(20, 20, 672, 40), joined=False),
        1: End(0, 0, Box(20, 120, CARD, 40), joined=False),
        2: End(0, 0, Box(20, 200, CARD, 40), joined=False),
        3: End(0, 0, Box(20, 280, CARD, 40), joined=False),
        4: End(1, 1, Box(240, 240, CARD, 40), joined=False),
        5: End(2, 2, Box(552, 340, CARD, 40), joined=False),
    }
    lines = [Line(2, 0), Line(2, 5), Line(3, 0), Line(3, 5), Line(0, 4), Line(0, 5)]
    routed = Router(_terrain([20, 240, 552], ends), ends).route(lines)
    assert routed.failed == ()
    assert _confused(board, ends, routed) == []


def _confused(board: WideBoard, ends: dict[int, End], routed: Routed) -> list[str]:
    """Return what the checks of a drawing say of lines between cards."""
    edges = [
        Edge(line.source, line.target, points, -1, line.back, routed.nets[line])
        for line, points in routed.paths.items()
    ]
    cards = [replace(board.cards[0], box=end.box) for end in ends.values()]
    drawn = replace(board, cards=tuple(cards), edges=tuple(edges), lanes=(), band=None)
    return [*lines_as_one(drawn), *lines_through_things(drawn)]
