"""What stands around the steps: title and status, chevrons, goals, labels of lanes, the band's words, the legend."""

from dataclasses import replace

from meedoenkaart.infographic.board import Head, LegendEntry
from meedoenkaart.infographic.measuring.cards import BADGE, TILE
from meedoenkaart.infographic.measuring.geometry import Box, Icon, TextLine
from meedoenkaart.infographic.measuring.look import Look
from meedoenkaart.infographic.plan.plan import Plan

TIP = 26.0
"""px, the point of the band's arrow."""
_NARROW_BAND = 260.0
"""px; a band below this width has its words alone, without signs beside them: else they would be cut into letters."""
FRAME = 400.0
"""Width of the frame with the status, px."""


def text_block(look: Look, text: str, style: str, x: float, top: float, width: float) -> tuple[list[TextLine], float]:
    """Return the lines of a text with its top at ``top``, and its bottom."""
    lines = []
    size, leading = look.styles[style].size, look.leading(style)
    for line in look.lines(text, style, width, balanced=style != "text"):
        lines.append(TextLine(line, x, top + leading / 2 + size * 0.36, style))
        top += leading
    return lines, top


def head(plan: Plan, look: Look, width: float, margin: float) -> Head:
    """Return title, subtitle and the frame with the status: beside each other, or below on a narrow drawing."""
    route = plan.route
    narrow = width < 700
    frame_width = width - 2 * margin if narrow else FRAME
    room = width - 2 * margin - (0 if narrow else frame_width + 32)
    heading = "heading" if not narrow else "phone-heading"
    lines, y = text_block(look, look.text(route.title), heading, margin, margin - 2, room)
    if route.subtitle:
        more, y = text_block(look, look.text(route.subtitle), "lead", margin, y + 4, room)
        lines += more
    top = y + 14 if narrow else margin
    pin = plan.notes.get("status", 0)
    status = route.status
    left = width - margin - frame_width
    inner = frame_width - 16 - 34 - 16 - (BADGE + 6 if pin else 0)
    words = look.words["status"][plan.stage]
    frame_lines, bottom = text_block(look, words, "status", left + 50, top + 10, inner)
    if status and status.text:
        more, bottom = text_block(look, look.text(status.text), "status-text", left + 50, bottom + 1, inner)
        frame_lines += more
    frame = Box(left, top, frame_width, bottom + 10 - top)
    icon = Icon(look.icons[f"status-{plan.stage}"], left + 16, top + (frame.height - 24) / 2, 24, "status")
    place = (frame.right - 10 - BADGE / 2, top + 10 + BADGE / 2, pin) if pin else None
    return Head(tuple(lines), frame, tuple(frame_lines), icon, place, max(y, frame.bottom))


def legend(
    plan: Plan, look: Look, width: float, margin: float, top: float, *, signs: dict[str, str]
) -> tuple[list[LegendEntry], float]:
    """Return the legend in rows from ``top``, and its bottom; ``signs`` are words by sign that the drawing uses."""
    used = {id for stop in plan.stops if stop.step for id in (stop.step.actor, *stop.step.together_with) if id}
    wanted = [("head", -1, "", str(look.words["who"]))]
    wanted += [
        ("actor", number, actor.icon, look.text(actor.name))
        for number, (id, actor) in enumerate(plan.route.actors.items())
        if id in used
    ]
    if len(wanted) == 1:
        wanted = []
    wanted += [(kind, -1, "", words) for kind, words in signs.items()]
    entries: list[LegendEntry] = []
    x, y, row = margin, top, 26.0
    for kind, actor, icon, words in wanted:
        style = "legend-head" if kind == "head" else "legend"
        before = {"head": 0.0, "actor": TILE + 8, "pin": BADGE + 6, "contact": 36.0, "mark": BADGE + 6, "back": 40.0}[
            kind
        ]
        lines = look.lines(words, style, width - 2 * margin - before)
        wide = before + max(look.width(line, style) for line in lines)
        if x > margin and x + wide > width - margin:
            x, y = margin, y + row
        leading = look.leading(style)
        for number, line in enumerate(lines):
            shape = Icon(icon, x, y + (row - TILE) / 2, TILE, "actor") if icon and not number else None
            baseline = y + row / 2 + look.styles[style].size * 0.36 + number * leading
            entry = TextLine(line, x + before, baseline, style)
            box = Box(x, y + number * leading, wide, row)
            entries.append(LegendEntry(box, kind if not number else "more", actor, shape, entry))
        y += (len(lines) - 1) * leading
        x += wide + 16
    return entries, (y + row if wanted else top)


def band_words(
    plan: Plan, look: Look, left: float, right: float, top: float, tip: float = TIP
) -> tuple[list[TextLine], float, Box | None, list[Icon], list[tuple[float, float, int]]]:
    """Return the band's words from ``top`` down, their bottom, the budget's chip, icons and pins."""
    route = plan.route
    assert route.regisseur  # noqa: S101
    narrow = right - left < _NARROW_BAND
    icons = [] if narrow else [Icon(look.icons["regisseur"], left + 20, 0, 34, "band")]
    pins: list[tuple[float, float, int]] = []
    text_left, text_right = left + (14 if narrow else 72), right - tip - (4 if narrow else 16)
    chip: Box | None = None
    chip_lines: list[TextLine] = []
    chip_bottom = 0.0
    stacked_chip = False
    if route.budget:
        pin = plan.notes.get("budget", 0)
        amount = look.text(route.budget.amount)
        most = min(330.0, (text_right - text_left) * 0.55)
        stacked_chip = text_right - text_left < 420
        most = text_right - text_left if stacked_chip else most
        inset = 10 if narrow else 50
        room = most - inset - 8 - (BADGE + 8 if pin else 0)
        words = look.text(route.budget.text) if route.budget.text else ""
        wrapped = [*look.lines(amount, "amount", room)]
        under = list(look.lines(words, "band-text", most - inset - 12, balanced=True)) if words else []
        wide = max(
            [look.width(line, "amount") + (BADGE + 8 if pin else 0) for line in wrapped]
            + [look.width(line, "band-text") for line in under]
        )
        tall = len(wrapped) * look.leading("amount") + len(under) * look.leading("band-text")
        chip = Box(text_right - wide - inset - 14, 0, wide + inset + 14, tall + 12)
        chip_bottom = chip.height
        y = 6.0
        for line in wrapped:
            chip_lines.append(TextLine(line, chip.x + inset, y + look.leading("amount") / 2 + 6.4, "amount"))
            y += look.leading("amount")
        for line in under:
            chip_lines.append(TextLine(line, chip.x + inset, y + look.leading("band-text") / 2 + 4.8, "chip-text"))
            y += look.leading("band-text")
        if not narrow:
            icons.append(Icon(look.icons["money"], chip.x + 14, chip.height / 2 - 12, 24, "money"))
        if pin:
            pins.append((chip.x + inset + look.width(wrapped[0], "amount") + 8 + BADGE / 2, 6 + 10.5, pin))
    room = text_right - text_left - (0 if stacked_chip or not chip else chip.width + 24)
    pin = plan.notes.get("regisseur", 0)
    lines, y = text_block(
        look, look.text(route.regisseur.title), "band", text_left, 0, room - (BADGE + 8 if pin else 0)
    )
    if pin:
        wide = look.width(lines[0].text, "band")
        pins.append((text_left + wide + 9 + BADGE / 2, lines[0].y - 6.6, pin))
    if route.regisseur.text:
        more, y = text_block(look, look.text(route.regisseur.text), "band-text", text_left, y, room)
        lines += more
    words_height = y
    if chip and stacked_chip:
        total = words_height + 10 + chip_bottom
        chip_top, words_top = top + 7 + words_height + 10, top + 7
        chip = Box(text_left, 0, chip.width, chip.height)
        shift = chip.x - (text_right - chip.width)
        chip_lines = [replace(line, x=line.x + shift) for line in chip_lines]
        icons = [*icons[:1], *(replace(icon, x=icon.x + shift) for icon in icons[1:])]
        pins = [(x + shift, y, n) if n == plan.notes.get("budget") else (x, y, n) for x, y, n in pins]
    else:
        total = max(words_height, chip_bottom)
        chip_top, words_top = top + 7 + (total - chip_bottom) / 2, top + 7 + (total - words_height) / 2
    budget_pin = plan.notes.get("budget", 0) if route.budget else 0
    pins = [(x, y + (chip_top if number == budget_pin else words_top), number) for x, y, number in pins]
    placed = [replace(line, y=line.y + words_top) for line in lines]
    placed += [replace(line, y=line.y + chip_top) for line in chip_lines]
    middle = top + 7 + total / 2
    shown = [replace(icon, y=middle - 17) for icon in icons[:1]]
    shown += [replace(icon, y=icon.y + chip_top) for icon in icons[1:]]
    return placed, top + 7 + total, chip.moved(0, chip_top) if chip else None, shown, pins
