"""Draws routes: the one door to this folder."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from meedoenkaart.infographic.board import Board
from meedoenkaart.infographic.files.keeping import Keeper
from meedoenkaart.infographic.files.shapes import Shapes, number
from meedoenkaart.infographic.files.styling import Scheme, flat, whole
from meedoenkaart.infographic.measuring.cards import CardMaker
from meedoenkaart.infographic.measuring.fonts import FontFile, Fonts, family
from meedoenkaart.infographic.measuring.forms import FORMS, Form, FormName, above, fits, note_size, scale
from meedoenkaart.infographic.measuring.look import Look, read_look
from meedoenkaart.infographic.measuring.wrapping import held, reads_right_to_left
from meedoenkaart.infographic.phone import PhoneDrawing
from meedoenkaart.infographic.plan.limits import CannotDraw, deadline, refuse_beyond
from meedoenkaart.infographic.plan.plan import Plan, Stop, plan
from meedoenkaart.infographic.plan.ranking import Ranker, dot_source, ranks
from meedoenkaart.infographic.wide.drawing import WideDrawing
from meedoenkaart.languages import spoken
from meedoenkaart.layers import Layers
from meedoenkaart.records.route import Route

if TYPE_CHECKING:
    from meedoenkaart.infographic.files.printing import Printer

Direction = Literal["ltr", "rtl"]
HUES = 10
"""Colours for actors; after these they start again, and the icon and the name tell the difference."""
_RIGHT_TO_LEFT_FROM_HERE = "\u2067"
REGISSEUR_HUE = 1
"""The colour of the band, for the actor of the same name."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A route drawn in one form."""

    svg: str
    """To stand in a page that has ``drawing.css`` and the fonts; links lead to ``#stap-<id>``."""
    width: float
    """px"""
    height: float
    """px"""


class Draughtsman:
    """Draws routes in the served fonts, with the theme's templates."""

    def __init__(
        self,
        fonts: Sequence[FontFile],
        icons: Mapping[str, str],
        templates: Layers,
        cache_folder: Path,
        engine: Callable[[], Ranker] | None = None,
    ) -> None:
        """Take the font files in order of preference, icons by name, the theme, and where to keep what is slow.

        ``cache_folder`` may be thrown away at any time, ``engine`` starts Graphviz when it is needed: without it,
        the one that runs in wasmtime.
        """
        self.fonts = Fonts(fonts, cache_folder / "fonts")
        self._icons = icons
        self._theme = templates
        self._cache_folder = cache_folder
        self._engine = engine
        self._looks: dict[str, Look] = {}
        self._last: tuple[Route, str, Plan, CardMaker] | None = None
        self._environment = Environment(
            loader=FileSystemLoader(templates.folders),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def draw(self, route: Route, form: FormName, language: str = "nl", direction: Direction = "ltr") -> Drawing:
        """Draw a route for a page; raise ``CannotDraw`` when it is beyond the limits."""
        name = self._name(route, "draw", form, language, direction)
        kept = self._keeper.get(name)
        if kept is None:
            board = self.board(route, form, language)
            drawing = Drawing(self.svg(board, route, form, language, direction), board.width, board.height)
            self._keeper.put(name, json.dumps([drawing.svg, drawing.width, drawing.height]).encode())
            return drawing
        return Drawing(*json.loads(kept))

    def standalone(
        self, route: Route, form: FormName = "wide", language: str = "nl", direction: Direction = "ltr"
    ) -> str:
        """Return a drawing as an SVG file of its own: with its colours, and of its fonts what it uses."""
        name = self._name(route, "standalone", form, language, direction)
        kept = self._keeper.get(name)
        if kept is None:
            board = self.board(route, form, language)
            fonts = self.fonts.subsets(_texts(board))
            style = whole(self._css, fonts, paper=FORMS[form].paper is not None)
            kept = self.svg(board, route, form, language, direction, style).encode()
            self._keeper.put(name, kept)
        return kept.decode()

    def png(
        self,
        route: Route,
        form: FormName = "wide",
        scheme: Scheme = "light",
        pixels: float = 2.0,
        language: str = "nl",
        direction: Direction = "ltr",
    ) -> bytes:
        """Return a drawing as a picture of ``pixels`` for each px."""
        name = self._name(route, "png", form, scheme, str(pixels), language, direction)
        kept = self._keeper.get(name)
        if kept is None:
            board = self.board(route, form, language)
            svg = self._flat(board, route, form, language, direction, scheme)
            files = self.fonts.files_for(_texts(board))
            kept = self._printer.png(svg, files, board.width, board.height, pixels)
            self._keeper.put(name, kept)
        return kept

    def pdf(self, route: Route, form: Literal["a3", "a4"], language: str = "nl", direction: Direction = "ltr") -> bytes:
        """Return a page with the drawing and its notes: below it where they fit, or else on a page of their own.

        A drawing too large for its paper makes the page larger: type never falls below the form's floor.
        """
        name = self._name(route, "pdf", form, language, direction)
        kept = self._keeper.get(name)
        if kept is None:
            page = self._page(route, FORMS[form], language)
            written = [text for note in page["notes"] for text in note.values()] + page["sources"]
            files = self.fonts.files_for(written)
            above_notes = self._above_notes(route, FORMS[form], language, page, files)
            board, room = above_notes or (self.board(route, form, language), FORMS[form])
            size = scale(room, board.width, board.height)
            page["below"] = above_notes is not None
            page["size"] = [board.width * size, board.height * size]
            for key, side in zip(("width", "height"), page["size"], strict=True):
                page[key] = max(page[key], side + 2 * room.margin)
            svg = self._flat(board, route, form, language, direction, "light")
            kept = self._printer.pdf(svg, self.fonts.files_for([*_texts(board), *written]), page)
            self._keeper.put(name, kept)
        return kept

    def _above_notes(
        self, route: Route, form: Form, language: str, page: dict[str, Any], files: tuple[FontFile, ...]
    ) -> tuple[Board, Form] | None:
        """Return a drawing that leaves room for its notes; None without notes, or where it would get too small."""
        room = above(form, self._printer.notes_height(files, page)) if page["notes"] else None
        if room is None:
            return None
        planned, maker = self._planned(route, language)
        board = WideDrawing(planned, self.look(language), room, maker, deadline()).board()
        return (board, room) if fits(room, board.width, board.height) else None

    def _page(self, route: Route, form: Form, language: str) -> dict[str, Any]:
        """Return what ``print.typ`` prints around a drawing; lengths in points."""
        look, paper = self.look(language), form.paper
        assert paper  # noqa: S101  # a form for paper
        return {
            "title": look.text(route.title),
            "language": language,
            "about": look.words["about"].format(phases=len(route.phases), total=len(route.steps)),
            "margin": form.margin,
            "width": paper[0] + 2 * form.margin,
            "height": paper[1] + 2 * form.margin,
            "note-size": note_size(form),
            "heading": look.words["notes"],
            "notes": [{"title": look.text(note.title), "text": look.text(note.text)} for note in route.notes],
            "source-word": look.words["sources"],
            "sources": [one.title for one in route.sources],
        }

    def _flat(
        self,
        board: Board,
        route: Route,
        form: FormName,
        language: str,
        direction: Direction,
        scheme: Scheme,
    ) -> str:
        return self.svg(board, route, form, language, direction, flat(self._css, scheme), flat=True)

    def _in_families(self, line: str) -> str:
        """Name the font of every part of a line: who makes pictures tries one font for a line, and gives up."""
        own = self.fonts.files[0].family
        runs = self.fonts.by_family(line)
        other = next((name for _, name in runs if name != own), None)
        if other is None:
            return line
        # The first font decides the shapes of all letters; the mark sets the direction of the whole line.
        runs = [(_RIGHT_TO_LEFT_FROM_HERE, other), *runs] if reads_right_to_left(line) else runs
        marked = Markup('<tspan font-family="{}">{}</tspan>')
        return Markup("").join(marked.format(family(name), run) for run, name in runs)

    @cached_property
    def _printer(self) -> "Printer":
        from meedoenkaart.infographic.files.printing import Printer  # Typst, which only pictures and pages need

        return Printer(self._theme / "drawing/print.typ", self._cache_folder / "fonts")

    @cached_property
    def _ranker(self) -> Ranker:
        if self._engine:
            return self._engine()
        from meedoenkaart.infographic.plan.engine import Engine  # wasmtime, which not every place has

        return Engine(self._cache_folder)

    @cached_property
    def _css(self) -> str:
        return (self._theme / "drawing/drawing.css").read_text("utf-8")

    @cached_property
    def _keeper(self) -> Keeper:
        files = [*self._theme.files("drawing/*").values(), self._theme / "words.yml"]
        inputs = [file.read_bytes() for file in files]
        icons = [self._icons.get(name, "").encode() for name in self.look("nl").icons.values()]
        return Keeper(self._cache_folder / "kept", *inputs, *icons, self.fonts.fingerprint.encode())

    def _name(self, route: Route, *choices: str) -> str:
        """Return the name under which a drawing of a route is kept."""
        said = spoken().messages.state if spoken().code in choices else ""
        icons = (self._icons.get(one.icon, "") for one in route.actors.values())
        return self._keeper.name(route, said, *choices, *icons)

    def _icon(self, name: str) -> Markup:
        if name not in self._icons:
            raise CannotDraw(f"there is no icon {name[:60]}")
        return Markup(self._icons[name])  # noqa: S704  # Lucide's own shapes

    def board(self, route: Route, form: FormName, language: str = "nl") -> Board:
        """Return the placed drawing, before it becomes SVG."""
        planned, maker = self._planned(route, language)
        look = self.look(language)
        if form == "phone":
            return PhoneDrawing(planned, look, FORMS[form], maker).board()
        return WideDrawing(planned, look, FORMS[form], maker, deadline()).board()

    def dot(self, route: Route) -> str:
        """Return the route as a graph for Graphviz, with titles."""
        refuse_beyond(route)
        return dot_source(route, labels=True)

    def look(self, language: str) -> Look:
        """Return how drawings in a language are set."""
        if language not in self._looks:
            self._looks[language] = read_look(self._theme, self.fonts, language)
        return self._looks[language]

    def _planned(self, route: Route, language: str) -> tuple[Plan, CardMaker]:
        """Arrange a route once for all its forms."""
        if self._last is None or self._last[0] is not route or self._last[1] != language:
            refuse_beyond(route)
            planned = plan(route, ranks(route, self._ranker))
            self._last = (route, language, planned, CardMaker(route, self.look(language)))
        return self._last[2], self._last[3]

    def svg(
        self,
        board: Board,
        route: Route,
        form: FormName,
        language: str,
        direction: Direction,
        style: str = "",
        *,
        flat: bool = False,
    ) -> str:
        """Return a placed drawing as SVG; with ``style`` as a file of its own, without links.

        ``flat``: for the program that makes pictures, which knows one font for each weight.
        """
        planned, _ = self._planned(route, language)
        look = self.look(language)
        words = look.words
        phases = [look.text(phase.title) for phase in route.phases.values()]
        total = len(route.steps)

        plain = held if direction == "rtl" else str

        def step_label(stop: Stop) -> str:
            assert stop.step  # noqa: S101  # ghosts have no link
            label: str = words["step_of"].format(number=stop.number, total=total, title=look.text(stop.step.title))
            names = [look.text(route.actors[id].name) for id in (stop.step.actor, *stop.step.together_with) if id]
            return label + (", " + words["by"].format(actors=", ".join(names)) if names else "")

        def actors_of(stop: Stop) -> str:
            return " ".join(id for id in (stop.step.actor, *stop.step.together_with) if id) if stop.step else ""

        context: dict[str, Any] = {
            "board": board,
            "form": form,
            "language": language,
            "s": _Marked(Shapes(board.width, mirrored=direction == "rtl")),
            "n": number,
            "words": (lambda line: self._in_families(plain(line))) if flat else plain,
            "type": {
                name: Markup(f'font-size="{number(one.size)}" font-weight="{one.weight}"')  # noqa: S704  # numbers
                for name, one in look.styles.items()
            },
            "hues": hues(route, look),
            "lanes": list(route.lanes),
            "actor_ids": list(route.actors),
            "actors_of": actors_of,
            "ids_of": lambda unit: " ".join(stop.id for stop in planned.units[unit].stops),
            "step_label": step_label,
            "phase_label": lambda index: words["phase"].format(number=index + 1, title=phases[index]),
            "shapes": self._icon,
            "icons": look.icons,
            "stage": planned.stage,
            "title": look.text(route.title),
            "about": words["about"].format(phases=len(phases), total=total),
            "semantic": not style,
            "style": Markup(style),  # noqa: S704  # our own style sheet
            "flat": flat,
            "on_paper": FORMS[form].paper is not None,
            "families": ", ".join(
                family(name) if flat else name for name in dict.fromkeys(file.family for file in self.fonts.files)
            ),
        }
        template = "phone" if form == "phone" else "wide"
        drawn = self._environment.get_template(f"drawing/{template}.svg").render(context)
        return "\n".join(line for line in drawn.splitlines() if line.strip()) + "\n"


class _Marked:
    """Shapes whose answers need no escaping: they hold numbers only."""

    def __init__(self, shapes: Shapes) -> None:
        self._shapes = shapes
        self.mirrored = shapes.mirrored

    def __getattr__(self, name: str) -> Any:
        write = getattr(self._shapes, name)
        return lambda *values, **more: Markup(write(*values, **more))  # noqa: S704  # numbers


def hues(route: Route, look: Look) -> tuple[int, ...]:
    """Return the colour of each actor: that of the band for the regisseur, the others in turn."""
    title = look.text(route.regisseur.title).casefold() if route.regisseur else None
    others = [hue for hue in range(HUES) if hue != REGISSEUR_HUE or title is None]
    found, turn = [], 0
    for actor in route.actors.values():
        if title is not None and title.startswith(look.text(actor.name).casefold()):
            found.append(REGISSEUR_HUE)
        else:
            found.append(others[turn % len(others)])
            turn += 1
    return tuple(found)


def _texts(board: Board) -> list[str]:
    """Return everything that is written in a drawing."""
    lines = [*board.head.lines, *board.head.frame_lines, *(entry.line for entry in board.legend)]
    lines += [line for phase in board.phases for line in (*phase.lines, *phase.goal_lines)]
    lines += [line for lane in board.lanes for line in lane.lines]
    lines += [line for card in board.cards for line in card.lines]
    lines += board.band.lines if board.band else ()
    return [*(line.text for line in lines), "0123456789n"]
