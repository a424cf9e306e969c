"""One route, checked and drawn while somebody writes it, beside all that the build knew of the rest.

It runs in a browser's Python (``theme/components/atelier/worker.ts``), with what ``publishing/engine_files.py`` sent
along, and knows no page. What it says and draws is what ``check`` and ``build`` would.
"""

import base64
import datetime
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from meedoenkaart.draft import Draft
from meedoenkaart.infographic import CannotDraw, Draughtsman
from meedoenkaart.infographic.measuring.fonts import FontFile
from meedoenkaart.infographic.measuring.forms import FormName
from meedoenkaart.layers import Layers
from meedoenkaart.problems import Problem, has_errors
from meedoenkaart.processes import without_collecting
from meedoenkaart.reading.documents import ROUTES, Document, document_from, document_of, unread
from meedoenkaart.reading.yaml_text import positions
from meedoenkaart.records.record import Path as FieldPath
from meedoenkaart.records.record import changed
from meedoenkaart.records.route import Route, RouteStatus, Statutory
from meedoenkaart.rules.catalogue import check

_WORDS = frozenset(
    {"title", "subtitle", "period", "law", "stage", "text", "name", "goal", "when", "term", "condition", "amount"}
    | {"address", "date", "on", "by", "website", "email", "phone"}
)
"""Fields without which a drawing can be made: no line, place or colour follows from them."""


class Graphviz:
    """A ``Ranker`` that asks a function of the place where it runs."""

    def __init__(self, render: Callable[[str], Any]) -> None:
        """Take what turns a graph into the bytes of ``json0``, or into words when that can't be."""
        self._render = render

    def json(self, source: str) -> bytes:
        """Return the laid out graph."""
        found = self._render(source)
        if isinstance(found, str):
            raise CannotDraw(found)
        return bytes(found.to_bytes())


class Session:
    """Looks at one text after another."""

    def __init__(self, folder: Path, project: str, drawing: str, render: Callable[[str], Any]) -> None:
        """Take an empty folder to work in, both files that were sent along, and Graphviz."""
        told = json.loads(project) | json.loads(drawing)
        for name, text in told["theme"].items():
            _written(folder / "theme" / name, text.encode())
        fonts = [
            FontFile(folder, family, _written(folder / f"{number}.ttf", base64.b64decode(data)))
            for number, (family, data) in enumerate(told["fonts"])
        ]
        self._icons: dict[str, str] = told["icons"]
        self._texts: dict[str, str] = told["texts"]
        self._known = {file: document_of(file, tree, [], _nowhere) for file, tree in told["trees"].items()}
        self._unread = {file: unread(file) for file in self._texts}
        self._artist = Draughtsman(fonts, self._icons, Layers(folder / "theme"), folder, lambda: Graphviz(render))
        self._route: Route | None = None

    def check(self, slug: str, text: str, today: str) -> str:
        """Return the problems of a route's text, and what the law asks and it does not tell, as JSON."""
        file, data = f"{ROUTES}/{slug}.yml", text.encode("utf-8", "surrogatepass")

        def locate(other: str, paths: Sequence[FieldPath]) -> list[tuple[int, int]]:
            return positions(data, paths) if other == file else _nowhere(paths)

        with without_collecting():
            own = document_from(file, data)
            documents = {**self._known, **self._unread, **self._named_in(text), file: own}
            draft = Draft(documents[one] for one in sorted(documents))
            found = check(draft, self._icons, datetime.date.fromisoformat(today), locate)
        problems = sorted([*own.problems, *(one for one in found if one.file == file)])
        self._route = _drawable(own, problems)
        answer = {"problems": [asdict(one) for one in problems], "untold": _untold(own.content, draft)}
        return json.dumps(answer, ensure_ascii=False)

    def draw(self, form: FormName) -> str:
        """Return the route that was checked last as a page shows it, as JSON; empty when it has errors.

        Raises ``CannotDraw`` when it is beyond the limits.
        """
        route = self._route
        if route is None:
            return ""
        with without_collecting():
            board = self._artist.board(route, form)
            svg = self._artist.svg(board, route, form, "nl", "ltr")
        return json.dumps({"svg": svg, "width": board.width, "height": board.height}, ensure_ascii=False)

    def _named_in(self, text: str) -> dict[str, Document]:
        """Read the records that a text names: of all others a route asks no more than whether they are there."""
        for file, one in self._unread.items():
            if one.slug in text and file not in self._known:
                self._known[file] = document_from(file, self._texts[file].encode())
        return {file: self._known[file] for file in self._unread if file in self._known}


def _drawable(own: Document, problems: Sequence[Problem]) -> Route | None:
    """Return what can be drawn: also while words are still to be filled in, which are drawn as "…"."""
    route = own.content
    if not isinstance(route, Route) or has_errors(one for one in problems if one not in own.problems):
        return None
    if own.record is None and not (own.holes and all(hole[-1] in _WORDS for hole in own.holes)):
        return None
    unsaid = ("status", "stage") in own.holes  # until somebody says how far it is, it is a plan
    return changed(route, status=RouteStatus(stage="papier")) if unsaid else route


def _untold(route: Any, draft: Draft) -> list[dict[str, str]]:
    law: Statutory | None = draft.single("statutory")
    if not isinstance(route, Route) or law is None or law.law != route.law:
        return []
    told = {one for step in route.steps.values() for one in step.fulfils}
    return [
        {"id": id, "title": str(one.title), "who": str(one.who), "term": str(one.term or "")}
        for id, one in law.elements.items()
        if id not in told
    ]


def _nowhere(paths: Sequence[FieldPath]) -> list[tuple[int, int]]:
    return [(1, 1) for _ in paths]


def _written(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path
