"""What holds for every drawing, also of routes that nobody has seen yet. Each check returns what it found wrong."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise

from meedoenkaart.infographic.board import Board, WideBoard
from meedoenkaart.infographic.measuring.cards import Card
from meedoenkaart.infographic.measuring.forms import SMALLEST, Form, scale
from meedoenkaart.infographic.measuring.geometry import Box, TextLine
from meedoenkaart.infographic.measuring.look import Look

_SLACK = 0.6
"""px"""
_NEAR = 4.0
"""px between two lines below which they read as one."""


def findings(board: Board, look: Look, form: Form) -> list[str]:
    """Return everything that is wrong with a drawing; nothing for a good one."""
    found = [
        *cards_overlap(board),
        *text_outside_cards(board, look),
        *outside_the_drawing(board, look),
        *words_overlap(board, look),
        *band_too_small(board, look),
        *below_the_floor(board, form, look),
    ]
    if isinstance(board, WideBoard):
        found += [
            *lines_through_things(board),
            *lines_as_one(board),
            *lanes_out_of_order(board),
            *cards_outside_phases(board),
            *cards_outside_lanes(board),
            *stems_through_things(board),
        ]
    return found


def cards_overlap(board: Board) -> Iterator[str]:
    """No two cards touch each other or the band."""
    for one, other in combinations(board.cards, 2):
        if one.box.meets(other.box, 2):
            yield f"cards {one.stop.id} and {other.stop.id} overlap"
    for card in board.cards:
        if board.band and card.box.meets(board.band.box):
            yield f"card {card.stop.id} overlaps the band"


def text_outside_cards(board: Board, look: Look) -> Iterator[str]:
    """All text and every sign lies within its card."""
    for card in board.cards:
        inside = Box(0, 0, card.box.width, card.box.height)
        for line in card.lines:
            if not inside.holds(_place(line, look), _SLACK):
                yield f"text {line.text!r} leaves card {card.stop.id}"
        for icon in (*card.icons, *(icon for _, icon in card.joining)):
            if not inside.holds(Box(icon.x, icon.y, icon.size, icon.size), _SLACK):
                yield f"icon {icon.name} leaves card {card.stop.id}"
        for place in (card.pin, card.mark):
            if place and not inside.holds(Box(place[0] - 11, place[1] - 11, 22, 22), _SLACK):
                yield f"a sign leaves card {card.stop.id}"


def words_overlap(board: Board, look: Look) -> Iterator[str]:
    """No words of a card run through other words or signs of it, nor do those of the legend and the head."""
    for card in board.cards:
        yield from _overlaps(f"card {card.stop.id}", _card_parts(card, look))
    head = [(line.text, _place(line, look)) for line in board.head.lines] + [("frame", board.head.frame)]
    yield from _overlaps("head", head)
    yield from _overlaps("legend", [(entry.line.text, _place(entry.line, look)) for entry in board.legend])
    if board.band:
        band = [(line.text, _place(line, look)) for line in board.band.lines]
        band += [("pin", Box(x - 11, y - 11, 22, 22)) for x, y, _ in board.band.pins]
        yield from _overlaps("band", band)


def outside_the_drawing(board: Board, look: Look) -> Iterator[str]:
    """Everything lies on the page."""
    page = Box(0, 0, board.width, board.height)
    boxes = [card.box for card in board.cards] + [phase.area for phase in board.phases]
    boxes += [lane.box for lane in board.lanes] + [board.head.frame]
    boxes += [_place(line, look) for line in (*board.head.lines, *(entry.line for entry in board.legend))]
    boxes += [_place(line, look) for phase in board.phases for line in (*phase.lines, *phase.goal_lines)]
    boxes += [_place(line, look) for lane in board.lanes for line in lane.lines]
    for box in boxes:
        if not page.holds(box, _SLACK):
            yield f"something at {box.x:.0f}, {box.y:.0f} leaves the drawing"
    for phase in board.phases:
        for line in phase.lines:
            if not phase.chevron.holds(_place(line, look), _SLACK):
                yield f"text {line.text!r} leaves its phase"


def band_too_small(board: Board, look: Look) -> Iterator[str]:
    """The band holds its words and the chip, and the chip its own."""
    if board.band is None:
        return
    band = board.band
    if band.chip and not band.box.holds(band.chip, _SLACK):
        yield "the budget leaves the band"
    for line in band.lines:
        place = _place(line, look)
        if not band.box.holds(place, _SLACK):
            yield f"text {line.text!r} leaves the band"
        in_chip = line.style in ("amount", "chip-text")
        if in_chip and band.chip and not band.chip.holds(place, _SLACK):
            yield f"text {line.text!r} leaves the budget"
        if not in_chip and band.chip and band.chip.meets(place):
            yield f"text {line.text!r} runs into the budget"


def below_the_floor(board: Board, form: Form, look: Look) -> Iterator[str]:
    """No text is smaller on paper than the form allows."""
    used = {line.style for card in board.cards for line in card.lines}
    used |= {entry.line.style for entry in board.legend} | {line.style for line in board.head.lines}
    smallest = min(look.styles[style].size for style in used)
    if smallest < SMALLEST or smallest * scale(form, board.width, board.height) < form.floor - 0.001:
        yield f"text of {smallest} px is below the floor"


def lines_through_things(board: WideBoard) -> Iterator[str]:
    """No line runs through a card, the band, or the label of a lane."""
    things = [(card.stop.id, card.box) for card in board.cards]
    if board.band:
        things += [("the band", box) for box in (board.band.box, *board.band.root)]
    things += [("a label", Box(lane.label.x + 8, lane.label.y + 7, lane.label.width - 16, 14)) for lane in board.lanes]
    for edge in board.edges:
        for piece in _pieces(edge.points):
            for name, box in things:
                if piece.meets(box, -1.5):
                    yield f"the line from {edge.source} to {edge.target} runs through {name}"


def lines_as_one(board: WideBoard) -> Iterator[str]:
    """Lines that are not of one net never run on top of each other."""
    pieces = [(edge, piece) for edge in board.edges for piece in _pieces(edge.points)]
    for (one, first), (other, second) in combinations(pieces, 2):
        if one.net == other.net:
            continue
        level = first.height < 0.1 and second.height < 0.1
        upright = first.width < 0.1 and second.width < 0.1
        along = (
            level and abs(first.y - second.y) < _NEAR and min(first.right, second.right) - max(first.x, second.x) > 3
        ) or (
            (upright and abs(first.x - second.x) < _NEAR)
            and min(first.bottom, second.bottom) - max(first.y, second.y) > 3
        )
        if along:
            yield f"lines {one.source}-{one.target} and {other.source}-{other.target} read as one"


def lanes_out_of_order(board: WideBoard) -> Iterator[str]:
    """Lanes stay apart, and stand in the order of the file wherever they share a column."""
    for one, other in combinations(board.lanes, 2):
        if one.box.meets(other.box, 2):
            yield f"lanes {one.index} and {other.index} overlap"
        beside = one.box.x < other.box.right and other.box.x < one.box.right
        if beside and one.index != other.index and (one.index < other.index) != (one.box.y < other.box.y):
            yield f"lanes {one.index} and {other.index} stand in the wrong order"
    if board.band and any(lane.box.meets(board.band.box) for lane in board.lanes):
        yield "a lane overlaps the band"


def cards_outside_phases(board: WideBoard) -> Iterator[str]:
    """Each card lies within its phases."""
    for card in board.cards:
        first, last = board.phases[card.stop.phase].area, board.phases[card.stop.until].area
        if card.box.x < first.x or card.box.right > last.right or card.box.bottom > first.bottom:
            yield f"card {card.stop.id} leaves its phase"


def cards_outside_lanes(board: WideBoard) -> Iterator[str]:
    """Each card lies within its own lane and in no other."""
    for card in board.cards:
        for lane in board.lanes:
            if lane.index == card.stop.lane and lane.box.meets(card.box) and not lane.box.holds(card.box):
                yield f"card {card.stop.id} leaves its lane"
            if lane.index != card.stop.lane and lane.box.meets(card.box):
                yield f"card {card.stop.id} stands in the lane of others"
        if card.stop.lane >= 0 and not any(
            lane.index == card.stop.lane and lane.box.holds(card.box) for lane in board.lanes
        ):
            yield f"card {card.stop.id} has no lane"


def stems_through_things(board: WideBoard) -> Iterator[str]:
    """No dotted line, and no root of the band, runs through a card."""
    ways = [(stem.stop, Box(stem.x - 2, stem.top + 1, 4, stem.bottom - stem.top - 2)) for stem in board.stems]
    ways += [("the band", root) for root in board.band.root] if board.band else []
    for name, way in ways:
        for card in board.cards:
            if way.meets(card.box, -0.5):
                yield f"the stem of {name} runs through {card.stop.id}"


def _pieces(points: Sequence[tuple[float, float]]) -> Iterator[Box]:
    for (x1, y1), (x2, y2) in pairwise(points):
        yield Box(min(x1, x2), min(y1, y2), abs(x1 - x2), abs(y1 - y2))


def _place(line: TextLine, look: Look) -> Box:
    """Return what a line of text covers: from the top of its capitals to just below its baseline."""
    style = look.styles[line.style]
    return Box(line.x, line.y - style.size * 0.74, look.width(line.text, line.style), style.size * 0.9)


def _card_parts(card: Card, look: Look) -> list[tuple[str, Box]]:
    parts = [(line.text, _place(line, look)) for line in card.lines]
    parts += [(icon.name, Box(icon.x, icon.y, icon.size, icon.size)) for icon in card.icons]
    parts += [(icon.name, Box(icon.x, icon.y, icon.size, icon.size)) for _, icon in card.joining]
    parts += [("sign", Box(place[0] - 11, place[1] - 11, 22, 22)) for place in (card.pin, card.mark) if place]
    return parts


def _overlaps(where: str, parts: Iterable[tuple[str, Box]]) -> Iterator[str]:
    for (one, first), (other, second) in combinations(parts, 2):
        if first.meets(second, -1.0):
            yield f"{one!r} and {other!r} overlap in {where}"
