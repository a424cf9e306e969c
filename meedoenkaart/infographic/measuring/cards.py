"""A step becomes a card: as wide as its columns, as high as its text."""

from dataclasses import dataclass, replace

from meedoenkaart.infographic.measuring.geometry import Box, Icon, TextLine
from meedoenkaart.infographic.measuring.look import Look
from meedoenkaart.infographic.plan.plan import Stop
from meedoenkaart.records.route import Route, Step

PAD = 12.0
"""px between a card's edge and its text."""
TILE = 20.0
"""px, the square behind an actor's icon."""
BADGE = 22.0
"""px, a note's number or the mark of the regisseur."""
_CHIP_ICON = 14.0
_CHIP_APART = 16.0
"""px between two chips of one row."""
_SMALL_TILE = 18.0
"""px, the square behind the icon of one who joins in."""
_BROAD = 400.0
"""px; from this width on a card has its actor at the side and its chips beside the text."""
_MEASURE = 480.0
"""px, the longest line of running text."""


@dataclass(frozen=True, slots=True)
class Card:
    """A step as drawn; positions within it count from its own corner."""

    stop: Stop
    box: Box
    header: float
    """Height of the strip with the actor; 0 without one."""
    side: float
    """Width of that strip where it stands at the side; 0 where it is at the top."""
    lines: tuple[TextLine, ...]
    icons: tuple[Icon, ...]
    chips: tuple[Box, ...]
    """The backgrounds of chips."""
    pin: tuple[float, float] | None
    """The middle of the note's number."""
    mark: tuple[float, float] | None
    """The middle of the mark of a contact moment that no stem tells."""
    actor: int
    """Index of the actor among the route's; -1 for none."""
    joining: tuple[tuple[int, Icon], ...] = ()
    """Who joins in: the index of each, and the icon."""

    def at(self, x: float, y: float) -> "Card":
        """Return the card at another place."""
        return replace(self, box=Box(x, y, self.box.width, self.box.height))


@dataclass(frozen=True, slots=True)
class Extra:
    """What a card says because a line or a stem could not be drawn."""

    mark: bool = False
    onward: tuple[str, ...] = ()
    """Ids of the steps that follow."""
    back: tuple[str, ...] = ()
    """Ids of the steps to which one may return."""
    until: bool = False
    """Whether it says until which phase it goes on."""


class CardMaker:
    """Makes the cards of one route, and remembers them."""

    def __init__(self, route: Route, look: Look) -> None:
        """Take the route and how it is set."""
        self._route = route
        self._look = look
        self._actors = list(route.actors)
        self._made: dict[tuple[str, int, Extra], Card] = {}

    def card(self, stop: Stop, width: float, extra: Extra) -> Card:
        """Return the card of a stop at the origin."""
        key = (stop.id, round(width * 10), extra)
        if key not in self._made:
            self._made[key] = self._ghost(stop, width) if stop.step is None else self._card(stop, width, extra)
        return self._made[key]

    def _card(self, stop: Stop, width: float, extra: Extra) -> Card:
        """Return a card with the actor in a strip at the top; at the side where the card is broad."""
        step = stop.step
        assert step  # noqa: S101  # a ghost has no card of this kind
        badges = [kind for kind, wanted in (("pin", stop.pin), ("mark", extra.mark)) if wanted]
        taken = len(badges) * (BADGE + 4)
        broad = width >= _BROAD and step.actor is not None
        lines: list[TextLine] = []
        icons: list[Icon] = []
        joining: list[tuple[int, Icon]] = []
        header, side, left, y = 0.0, 0.0, PAD, PAD + 1
        room = width - 2 * PAD
        if step.actor:
            strip = min(190.0, width * 0.28) if broad else width - taken - (2 if taken else 0)
            header = self._header(step, strip, lines, icons, joining)
            if broad:
                side, left, room = strip, strip + 14, width - strip - 14 - PAD - (taken + 6 if taken else 0)
            else:
                y = header + 9
        if not step.actor and badges:
            room -= taken
        chips: list[Box] = []
        text_room = min(room, _MEASURE)
        beside = broad and room - text_room * 0.62 > 220 and bool(self._chip_words(stop, extra))
        if beside:
            text_room = min(_MEASURE, room * 0.62)
        y = self._put(lines, step.title, "title", left, y, text_room, balanced=not broad)
        if step.text:
            y = self._put(lines, step.text, "text", left, y + 3, text_room)
        if not step.actor and badges:
            y, room = max(y, 9 + BADGE), room + taken
        if beside:
            across = left + text_room + 24
            chips, chip_bottom = self._chips(stop, across, width - PAD - taken - across, extra, lines, icons, PAD - 3)
            y = max(y, chip_bottom)
        else:
            chips, y = self._chips(stop, left, room, extra, lines, icons, y)
        height = round(y + PAD + 1)
        if broad:
            height = max(height, round(header))
            shift = (height - header) / 2
            strip_lines = sum(line.style == "actor" for line in lines)
            lines[:strip_lines] = [line.moved(0, shift) for line in lines[:strip_lines]]
            icons[0] = icons[0].moved(0, shift)
            joining = [(index, icon.moved(0, shift)) for index, icon in joining]
            header = height
        middle = header / 2 if header and not broad else 9 + BADGE / 2
        places = {kind: (width - 9 - BADGE / 2 - number * (BADGE + 4), middle) for number, kind in enumerate(badges)}
        return Card(
            stop=stop,
            box=Box(0, 0, width, height),
            header=header,
            side=side,
            lines=tuple(lines),
            icons=tuple(icons),
            chips=tuple(chips),
            pin=places.get("pin"),
            mark=places.get("mark"),
            actor=self._actors.index(step.actor) if step.actor else -1,
            joining=tuple(joining),
        )

    def _header(
        self, step: Step, width: float, lines: list[TextLine], icons: list[Icon], joining: list[tuple[int, Icon]]
    ) -> float:
        """Set the actor's icon and name, and the icons of those who join in; return the strip's height."""
        look = self._look
        assert step.actor  # noqa: S101
        left = 8 + TILE + 7
        name = look.text(self._route.actors[step.actor].name)
        leading = look.leading("actor")
        tiles = len(step.together_with)
        across = tiles * (_SMALL_TILE + 3) + (8 if tiles else 0)
        room = width - left - 6
        wrapped = look.lines(name, "actor", room, balanced=True)
        last = look.width(wrapped[-1], "actor")
        inline = last + across <= room
        below = bool(tiles) and not inline
        per_row = max(1, int((room + 3) // (_SMALL_TILE + 3)))
        rows = -(-tiles // per_row) if below else 0
        tall = len(wrapped) * leading + rows * (_SMALL_TILE + 3) + (2 if below else 0)
        header = max(TILE, tall) + 12
        top = (header - tall) / 2
        for number, text in enumerate(wrapped):
            lines.append(TextLine(text, left, top + number * leading + leading / 2 + 4.3, "actor"))
        icons.append(Icon(self._route.actors[step.actor].icon, 8, (header - TILE) / 2, TILE, "actor"))
        for number, id in enumerate(step.together_with):
            if below:
                x = left + (number % per_row) * (_SMALL_TILE + 3)
                y = top + len(wrapped) * leading + 2 + (number // per_row) * (_SMALL_TILE + 3)
            else:
                x = left + last + 8 + number * (_SMALL_TILE + 3)
                y = top + (len(wrapped) - 0.5) * leading - _SMALL_TILE / 2
            icon = Icon(self._route.actors[id].icon, x, y, _SMALL_TILE, "joining")
            joining.append((self._actors.index(id), icon))
        return header

    def _put(
        self,
        lines: list[TextLine],
        text: object,
        style: str,
        x: float,
        y: float,
        width: float,
        *,
        balanced: bool = False,
    ) -> float:
        """Set a text with its top at ``y`` and return its bottom."""
        look = self._look
        leading, size = look.leading(style), look.styles[style].size
        words = text if isinstance(text, str) else look.text(text)  # type: ignore[arg-type]
        for line in look.lines(words, style, width, balanced=balanced):
            lines.append(TextLine(line, x, y + leading / 2 + size * 0.36, style))
            y += leading
        return y

    def _chip_words(self, stop: Stop, extra: Extra) -> list[tuple[str, str]]:
        """Return kind and words of each chip."""
        look, step, words = self._look, stop.step, self._look.words
        assert step  # noqa: S101
        wanted: list[tuple[str, str]] = []
        if step.term:
            wanted.append(("term", look.text(step.term)))
        if step.condition:
            wanted.append(("condition", look.text(step.condition)))
        wanted += [("onward", words["onward"].format(title=self._title(id))) for id in extra.onward]
        wanted += [("back", words["back"].format(title=self._title(id))) for id in extra.back]
        if extra.until and stop.until > stop.phase:
            phase = list(self._route.phases.values())[stop.until]
            wanted.append(("until", words["until"].format(number=stop.until + 1, title=look.text(phase.title))))
        if step.from_budget:
            wanted.append(("budget", words["from_budget"]))
        return wanted

    def _title(self, id: str) -> str:
        found = self._route.steps.get(id)
        return self._look.text(found.title) if found else str(self._look.words["breaks_off"])

    def _chips(
        self,
        stop: Stop,
        left: float,
        width: float,
        extra: Extra,
        lines: list[TextLine],
        icons: list[Icon],
        y: float,
    ) -> tuple[list[Box], float]:
        """Set the chips below ``y``; return the backgrounds of those that have one, and the bottom."""
        look = self._look
        boxes: list[Box] = []
        rows = self._chip_rows(self._chip_words(stop, extra), width)
        y += 4 if rows else 0
        for row in rows:
            tall = any(kind == "budget" for kind, _ in row)
            start, bottom = left, y
            for kind, text in row:
                boxed = kind == "budget"
                style = "chip-budget" if boxed else "chip"
                inset = 8 if boxed else 0
                room = width - _CHIP_ICON - 6 - 2 * inset
                icons.append(Icon(look.icons[kind], start + inset, y + (5 if tall else 3), _CHIP_ICON, kind))
                at = start + inset + _CHIP_ICON + 6
                end = self._put(lines, text, style, at, y + (4 if tall else 2), room, balanced=True)
                if boxed:
                    wide = min(self._chip_width(kind, text), width)
                    boxes.append(Box(start, y + 1, wide, end - y + 2))
                bottom = max(bottom, end + (3 if tall else 0))
                start += self._chip_width(kind, text) + _CHIP_APART
            y = bottom
        return boxes, y

    def _chip_rows(self, wanted: list[tuple[str, str]], width: float) -> list[list[tuple[str, str]]]:
        """Return chips in rows: beside each other where they fit without breaking."""
        rows: list[list[tuple[str, str]]] = []
        used = 0.0
        for kind, text in wanted:
            own = self._chip_width(kind, text)
            if rows and used + _CHIP_APART + own <= width:
                rows[-1].append((kind, text))
                used += _CHIP_APART + own
            else:
                rows.append([(kind, text)])
                used = own
        return rows

    def _chip_width(self, kind: str, text: str) -> float:
        boxed = kind == "budget"
        return self._look.width(text, "chip-budget" if boxed else "chip") + _CHIP_ICON + 6 + (18 if boxed else 0)

    def _ghost(self, stop: Stop, width: float) -> Card:
        lines: list[TextLine] = []
        text = self._look.words["breaks_off"]
        bottom = self._put(lines, text, "text", PAD + 24, PAD, width - 2 * PAD - 24, balanced=True)
        icon = Icon(self._look.icons["ghost"], PAD, PAD + 1, 16, "ghost")
        return Card(stop, Box(0, 0, width, round(bottom + PAD)), 0, 0, tuple(lines), (icon,), (), None, None, -1)
