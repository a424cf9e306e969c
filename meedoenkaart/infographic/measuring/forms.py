"""The forms in which a route is drawn."""

from dataclasses import dataclass, replace
from typing import Literal

FormName = Literal["wide", "phone", "a3", "a4"]
_POINTS_PER_MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Form:
    """Measures of one form; px unless said otherwise."""

    name: FormName
    widths: tuple[float, ...]
    """The widths that may be tried, the best first."""
    aspect: float
    """Width divided by height that is wanted."""
    narrowest_card: float
    paper: tuple[float, float] | None = None
    """Width and height of the page within its margins, in points; None on a screen."""
    margin: float = 0.0
    """Around the drawing on paper, in points."""
    floor: float = 0.0
    """The smallest type on paper, in points."""


def _paper(width: float, height: float, margin: float) -> tuple[float, float]:
    return (width - 2 * margin) * _POINTS_PER_MM, (height - 2 * margin) * _POINTS_PER_MM


SMALLEST = 12.0
"""px, the smallest type of a drawing with columns; ``theme/drawing/drawing.yml`` sets nothing smaller."""

READABLE = 7.5
"""Points, the smallest type of a drawing that makes room for its notes on the same sheet."""
NOTES_GAP = 12.0
"""Points between a drawing and the notes below it."""

WIDE = Form("wide", (1200,), 1.32, 146)
PHONE = Form("phone", (328,), 0.1, 200)
A3 = Form("a3", (900, 1240, 1440, 1640), 1.46, 150, _paper(420, 297, 9), 9 * _POINTS_PER_MM, 7.5)
A4 = Form("a4", (1040, 1200, 1340, 1480), 1.46, 136, _paper(297, 210, 7), 7 * _POINTS_PER_MM, 6.5)
FORMS: dict[FormName, Form] = {form.name: form for form in (WIDE, PHONE, A3, A4)}


def note_size(form: Form) -> float:
    """Return the type of notes below a drawing, in points."""
    return max(READABLE, form.floor + 1)


def above(form: Form, notes: float) -> Form | None:
    """Return a form for what notes of a height leave of the paper; None when they leave nothing."""
    assert form.paper  # noqa: S101  # a form for paper
    width, height = form.paper[0], form.paper[1] - notes - NOTES_GAP
    return replace(form, paper=(width, height), floor=READABLE) if height > 0 else None


def fits(form: Form, width: float, height: float) -> bool:
    """Say whether a drawing of so many px fits its paper in type that is no smaller than the form's floor."""
    size = scale(form, width, height)
    return form.paper is None or (width * size <= form.paper[0] + 0.1 and height * size <= form.paper[1] + 0.1)


def scale(form: Form, width: float, height: float) -> float:
    """Return points for a px on paper: as large as fits, but never so small that type falls below the floor."""
    if form.paper is None:
        return 1.0
    fitting = min(form.paper[0] / width, form.paper[1] / height)
    return max(fitting, form.floor / SMALLEST)
