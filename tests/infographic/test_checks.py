"""Each check is able to fail: a good drawing is spoiled on purpose, and the check says so."""

from collections.abc import Callable
from dataclasses import replace
from inspect import isgeneratorfunction
from typing import Any

import pytest

from meedoenkaart.infographic import Draughtsman
from meedoenkaart.infographic.board import Edge, Stem, WideBoard
from meedoenkaart.infographic.measuring.cards import Card
from meedoenkaart.infographic.measuring.forms import A3, WIDE
from meedoenkaart.infographic.measuring.geometry import Box, TextLine
from meedoenkaart.infographic.measuring.look import Look
from meedoenkaart.infographic.wide import checks
from tests.infographic.made_up import full


@pytest.fixture(scope="module")
def board(draughtsman: Draughtsman) -> WideBoard:
    found = draughtsman.board(full(), "wide")
    assert isinstance(found, WideBoard)
    return found


@pytest.fixture(scope="module")
def look(draughtsman: Draughtsman) -> Look:
    return draughtsman.look("nl")


def _with_card(board: WideBoard, number: int, **changes: Any) -> WideBoard:
    cards = list(board.cards)
    cards[number] = replace(cards[number], **changes)
    return replace(board, cards=tuple(cards))


def _moved(card: Card, x: float, y: float) -> Card:
    return card.at(card.box.x + x, card.box.y + y)


def test_the_good_drawing_is_good(board: WideBoard, look: Look) -> None:
    assert checks.findings(board, look, WIDE) == []
    assert board.band
    assert board.band.chip
    assert board.lanes
    assert board.edges


def _overlapping_cards(board: WideBoard) -> WideBoard:
    return _with_card(board, 1, box=board.cards[0].box)


def _card_on_band(board: WideBoard) -> WideBoard:
    assert board.band
    return _with_card(board, 0, box=replace(board.cards[0].box, x=board.band.box.x + 5, y=board.band.box.y))


def _long_text(board: WideBoard) -> WideBoard:
    line = TextLine("een regel die nooit in een kaart past, hoe breed die kaart ook is " * 4, 12, 60, "text")
    return _with_card(board, 0, lines=(line,))


def _text_on_text(board: WideBoard) -> WideBoard:
    line = board.cards[0].lines[0]
    return _with_card(board, 0, lines=(line, line))


def _off_the_page(board: WideBoard) -> WideBoard:
    return _with_card(board, 0, box=replace(board.cards[0].box, x=-40))


def _chip_beside_band(board: WideBoard) -> WideBoard:
    assert board.band
    assert board.band.chip
    return replace(board, band=replace(board.band, chip=board.band.chip.moved(300, 0)))


def _words_beside_band(board: WideBoard) -> WideBoard:
    assert board.band
    lines = tuple(replace(line, y=line.y + 200) for line in board.band.lines)
    return replace(board, band=replace(board.band, lines=lines))


def _line_through_card(board: WideBoard) -> WideBoard:
    box = board.cards[0].box
    edge = Edge(0, 1, ((box.x - 20, box.centre), (box.right + 20, box.centre)), -1, False, 99)
    return replace(board, edges=(*board.edges, edge))


def _line_through_band(board: WideBoard) -> WideBoard:
    assert board.band
    box = board.band.box
    edge = Edge(0, 1, ((box.middle, box.y - 20), (box.middle, box.bottom + 20)), -1, False, 99)
    return replace(board, edges=(*board.edges, edge))


def _line_on_line(board: WideBoard) -> WideBoard:
    return replace(board, edges=(*board.edges, replace(board.edges[0], net=99)))


def _lanes_turned(board: WideBoard) -> WideBoard:
    one, other = board.lanes[:2]
    return replace(board, lanes=(replace(one, box=other.box), replace(other, box=one.box)))


def _lanes_overlap(board: WideBoard) -> WideBoard:
    one, other = board.lanes[:2]
    return replace(board, lanes=(replace(one, box=replace(one.box, height=one.box.height + 60)), other))


def _in_another_phase(board: WideBoard) -> WideBoard:
    box = board.cards[0].box
    return _with_card(board, 0, box=replace(box, x=board.phases[2].area.x + 5))


def _out_of_lane(board: WideBoard) -> WideBoard:
    number = next(number for number, card in enumerate(board.cards) if card.stop.lane >= 0)
    return _with_card(board, number, box=_moved(board.cards[number], 0, -60).box)


def _stem_through_card(board: WideBoard) -> WideBoard:
    box = board.cards[0].box
    return replace(board, stems=(*board.stems, Stem("x", box.middle, box.y - 30, box.bottom + 30, box.y)))


def _root_through_card(board: WideBoard) -> WideBoard:
    assert board.band
    return replace(board, band=replace(board.band, root=(*board.band.root, board.cards[0].box)))


def _line_through_root(board: WideBoard) -> WideBoard:
    assert board.band
    root = board.band.root[-1]
    edge = Edge(0, 1, ((root.x - 20, root.centre), (root.right + 20, root.centre)), -1, False, 99)
    return replace(board, edges=(*board.edges, edge))


def _line_through_label(board: WideBoard) -> WideBoard:
    box = board.lanes[0].label
    edge = Edge(0, 1, ((box.x, box.y + 14), (box.right, box.y + 14)), -1, False, 99)
    return replace(board, edges=(*board.edges, edge))


def _icon_outside(board: WideBoard) -> WideBoard:
    card = board.cards[0]
    return _with_card(board, 0, icons=(card.icons[0].moved(-30, 0),))


def _sign_outside(board: WideBoard) -> WideBoard:
    return _with_card(board, 0, pin=(board.cards[0].box.width, 10.0))


def _words_outside_phase(board: WideBoard) -> WideBoard:
    first = board.phases[0]
    lines = tuple(replace(line, y=line.y + 200) for line in first.lines)
    return replace(board, phases=(replace(first, lines=lines), *board.phases[1:]))


def _words_beside_budget(board: WideBoard) -> WideBoard:
    assert board.band
    assert board.band.chip
    lines = tuple(replace(one, x=one.x - 60) if one.style == "amount" else one for one in board.band.lines)
    return replace(board, band=replace(board.band, lines=lines))


def _words_under_budget(board: WideBoard) -> WideBoard:
    assert board.band
    assert board.band.chip
    left = board.band.chip.x - 4
    lines = tuple(replace(one, x=left) if one.style == "band" else one for one in board.band.lines)
    return replace(board, band=replace(board.band, lines=lines))


def _title_on_frame(board: WideBoard) -> WideBoard:
    lines = tuple(replace(line, x=board.head.frame.x, y=board.head.frame.centre) for line in board.head.lines)
    return replace(board, head=replace(board.head, lines=lines))


def _legend_on_itself(board: WideBoard) -> WideBoard:
    return replace(board, legend=(*board.legend, board.legend[0]))


def _pin_on_band_words(board: WideBoard) -> WideBoard:
    assert board.band
    line = board.band.lines[0]
    return replace(board, band=replace(board.band, pins=((line.x + 10, line.y - 5, 1),)))


def _lane_on_band(board: WideBoard) -> WideBoard:
    assert board.band
    return replace(board, lanes=(replace(board.lanes[0], box=board.band.box),))


def _in_the_lane_of_others(board: WideBoard) -> WideBoard:
    number = next(number for number, card in enumerate(board.cards) if card.stop.lane < 0)
    return _with_card(board, number, box=board.lanes[0].box)


def _without_lane(board: WideBoard) -> WideBoard:
    return replace(board, lanes=())


Check = Callable[..., Any]


PROOFS: list[tuple[Check, Callable[[WideBoard], WideBoard]]] = [
    (checks.cards_overlap, _overlapping_cards),
    (checks.cards_overlap, _card_on_band),
    (checks.text_outside_cards, _long_text),
    (checks.words_overlap, _text_on_text),
    (checks.outside_the_drawing, _off_the_page),
    (checks.band_too_small, _chip_beside_band),
    (checks.band_too_small, _words_beside_band),
    (checks.lines_through_things, _line_through_card),
    (checks.lines_through_things, _line_through_band),
    (checks.lines_as_one, _line_on_line),
    (checks.lanes_out_of_order, _lanes_turned),
    (checks.lanes_out_of_order, _lanes_overlap),
    (checks.cards_outside_phases, _in_another_phase),
    (checks.cards_outside_lanes, _out_of_lane),
    (checks.stems_through_things, _stem_through_card),
    (checks.stems_through_things, _root_through_card),
    (checks.lines_through_things, _line_through_root),
    (checks.lines_through_things, _line_through_label),
    (checks.text_outside_cards, _icon_outside),
    (checks.text_outside_cards, _sign_outside),
    (checks.outside_the_drawing, _words_outside_phase),
    (checks.band_too_small, _words_beside_budget),
    (checks.band_too_small, _words_under_budget),
    (checks.words_overlap, _title_on_frame),
    (checks.words_overlap, _legend_on_itself),
    (checks.words_overlap, _pin_on_band_words),
    (checks.lanes_out_of_order, _lane_on_band),
    (checks.cards_outside_lanes, _in_the_lane_of_others),
    (checks.cards_outside_lanes, _without_lane),
]


@pytest.mark.parametrize(("check", "spoil"), PROOFS)
def test_a_check_fails_on_what_it_forbids(
    board: WideBoard, look: Look, check: Check, spoil: Callable[[WideBoard], WideBoard]
) -> None:
    takes_look = check in (
        checks.text_outside_cards,
        checks.words_overlap,
        checks.outside_the_drawing,
        checks.band_too_small,
    )
    more = (look,) if takes_look else ()
    assert not list(check(board, *more))
    assert list(check(spoil(board), *more))


def test_every_check_is_able_to_fail() -> None:
    named = {name for name, one in vars(checks).items() if isgeneratorfunction(one) and not name.startswith("_")}
    proven = {check.__name__ for check, _ in PROOFS} | {"below_the_floor"}
    assert named == proven


def test_small_type_on_paper_is_found(board: WideBoard, look: Look) -> None:
    small = {name: replace(style, size=9.0) for name, style in look.styles.items()}
    assert list(checks.below_the_floor(board, A3, replace(look, styles=small)))
    assert not list(checks.below_the_floor(board, A3, look))


def test_boxes_know_what_they_hold() -> None:
    assert Box(0, 0, 10, 10).holds(Box(2, 2, 4, 4))
    assert not Box(0, 0, 10, 10).holds(Box(8, 2, 4, 4))
    assert not Box(0, 0, 10, 10).meets(Box(10, 0, 5, 5))
