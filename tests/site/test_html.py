"""Checkers that others wrote find nothing in the HTML of one page of every kind, or of every page."""

import os
import re
from pathlib import Path

from tests.site.checkers import html_validate, nu
from tests.site.conftest import Built
from tests.site.kinds import FRAMES, KINDS

BEFORE = (
    '<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8"><title>Kansen</title></head><body><h1>Kansen</h1>\n'
)
AGAINST_THE_STANDARD = [
    '<input type="checkbox" aria-label="Kies" autocomplete="off">',
    '<h2><span role="status">12 kansen</span></h2>',
    "<template><h4>Werk</h4></template>",
    '<div aria-labelledby="kop">Werk</div>',
    '<pre aria-label="Bestand">Werk</pre>',
]
KEEPS_OUT = {
    '<form action="."><input aria-label="Plaats" name="plaats"></form>': "wcag/h32",
    "<h2></h2>": "empty-heading",
    '<p aria-label="Werk">Werk</p>': "aria-label-misuse",
    '<a href="."><img src="a.png" alt=""></a>': "wcag/h30",
    '<button type="button"></button>': "text-content",
    '<fieldset aria-label="Dagen"></fieldset>': "wcag/h71",
}


def _of_every_kind(real: Built) -> list[Path]:
    files = [real.site / url / "index.html" for url in (*KINDS.values(), *FRAMES)]
    return [*filter(Path.exists, files), real.site / "404.html"]


def test_html_is_as_the_standard_says(real: Built) -> None:
    """Of every page where ``EVERY_PAGE`` asks for it."""
    checked = sorted(real.site.rglob("*.html")) if os.environ.get("EVERY_PAGE") else _of_every_kind(real)
    pictures = sorted(real.site.rglob("*.svg"))
    assert pictures
    assert nu([*checked, *pictures]) == []


def test_html_keeps_nobody_out(real: Built, tmp_path: Path) -> None:
    assert html_validate(_of_every_kind(real), tmp_path) == []


def test_the_checkers_name_the_line_of_what_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "fout.html"
    file.write_text(BEFORE + "\n".join(AGAINST_THE_STANDARD), "utf-8")
    lines = {int(re.sub(r".*fout.html:(\d+): .*", r"\1", one)) for one in nu([file])}
    assert lines == {number for number, _ in enumerate(AGAINST_THE_STANDARD, 2)}
    file.write_text(BEFORE + "<template>\n<h2></h2></template>\n" + "\n".join(KEEPS_OUT), "utf-8")
    found = [one.removeprefix(f"{file}:").split(": ")[:2] for one in html_validate([file], tmp_path)]
    assert found == [[str(number), rule] for number, rule in enumerate(KEEPS_OUT.values(), 4)]
