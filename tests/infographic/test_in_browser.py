"""The drawing in a real browser: where its text really is, the order of the Tab key, and what axe finds."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from meedoenkaart.infographic import Draughtsman
from meedoenkaart.infographic.measuring.forms import FormName
from tests.infographic.conftest import FONTS, ROOT
from tests.infographic.made_up import full

_PAGE = """<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Route</title><style>
@font-face {{ font-family: "Inter Variable"; font-weight: 100 900; src: url("{font}"); }}
body {{ --light: initial; --dark: ; margin: 0; }}
body.dark {{ --light: ; --dark: initial; background: #0e191e; color: #fff; }}
{css}</style></head>
<body class="{scheme}"><main><h1>Route</h1>{svg}<ul>{targets}</ul></main></body></html>"""
_MEASURE = """() => [...document.querySelectorAll('.d-step')].flatMap(step => {
  const card = step.querySelector('.d-card').getBoundingClientRect()
  return [...step.querySelectorAll('text')].map(text => {
    const box = text.getBoundingClientRect()
    return Math.max(card.left - box.left, box.right - card.right, card.top - box.top, box.bottom - card.bottom)
  })
})"""


def _open(browser: Browser, folder: Path, svg: str, width: int, scheme: str = "") -> Page:
    targets = "".join(f'<li id="stap-{id}">{id}</li>' for id in full().steps)
    css = (ROOT / "meedoenkaart/theme/drawing/drawing.css").read_text("utf-8")
    font = (FONTS / "inter/files/inter-latin-wght-normal.woff2").as_uri()
    file = folder / "page.html"
    file.write_text(_PAGE.format(font=font, css=css, svg=svg, targets=targets, scheme=scheme), "utf-8")
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(file.as_uri())
    page.evaluate("document.fonts.ready")
    return page


@pytest.mark.parametrize(("form", "width"), [("wide", 1200), ("phone", 360), ("a3", 1240), ("a4", 1200)])
def test_text_is_where_it_was_measured(
    browser: Browser, draughtsman: Draughtsman, tmp_path: Path, form: FormName, width: int
) -> None:
    page = _open(browser, tmp_path, draughtsman.draw(full(), form).svg, width)
    assert max(page.evaluate(_MEASURE)) <= 0.5
    look, board = draughtsman.look("nl"), draughtsman.board(full(), form)
    wide = page.evaluate("[...document.querySelectorAll('.d-step text.d-title')].map(t => t.getComputedTextLength())")
    lines = [line for card in board.cards for line in card.lines if line.style == "title"]
    assert [pytest.approx(look.width(line.text, "title"), abs=0.5) for line in lines] == wide
    page.close()


def test_tab_goes_through_the_steps_in_order(browser: Browser, draughtsman: Draughtsman, tmp_path: Path) -> None:
    page = _open(browser, tmp_path, draughtsman.draw(full(), "wide").svg, 1200)
    seen = []
    for _ in full().steps:
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.getAttribute('href')"))
    assert seen == page.evaluate("[...document.querySelectorAll('.drawing a')].map(link => link.getAttribute('href'))")
    assert len(seen) == len(full().steps)
    assert page.evaluate("seen => seen.every(href => document.querySelector(href))", seen)
    page.close()


@pytest.mark.parametrize("scheme", ["", "dark"])
@pytest.mark.parametrize("form", ["wide", "phone"])
def test_axe_finds_nothing(
    browser: Browser, draughtsman: Draughtsman, tmp_path: Path, form: FormName, scheme: str
) -> None:
    page = _open(browser, tmp_path, draughtsman.draw(full(), form).svg, 1200 if form == "wide" else 390, scheme)
    page.add_script_tag(path=ROOT / "node_modules/axe-core/axe.min.js")
    found = page.evaluate("axe.run(document.querySelector('.drawing')).then(result => result.violations)")
    assert [one["id"] for one in found] == []
    page.close()
