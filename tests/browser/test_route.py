"""A route in the browser: following a way through the drawing, and going between drawing and text."""

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from pypdfium2 import PdfDocument

from tests.browser.axe import findings
from tests.browser.conftest import LAPTOP, PHONE, Open

SMALLINGERLAND = "gemeenten/smallingerland/"
WIDE = ".drawing-wide"


def _lit(page: Page, drawing: str = WIDE) -> set[str]:
    return set(page.eval_on_selector_all(f"{drawing} [data-step].is-on", "all => all.map(one => one.dataset.step)"))


def test_pointing_at_a_step_brings_its_way_forward(visit: Open) -> None:
    page = visit(viewport=LAPTOP).open(SMALLINGERLAND)
    page.locator(f"{WIDE} [data-step='welkom'] a").hover()
    lit = _lit(page)
    assert {"welkom", "warme-overdracht", "klantprofiel", "screening"} <= lit
    assert "isk" not in " ".join(lit)
    faded = page.locator(f"{WIDE} .d-step:not(.is-on)").first
    expect(faded).to_have_css("opacity", "0.28")
    page.mouse.move(2, 2)
    assert _lit(page) == set()


def test_the_keyboard_goes_through_the_steps_in_order(visit: Open) -> None:
    page = visit(viewport=LAPTOP).open(SMALLINGERLAND)
    steps = page.eval_on_selector_all("ol.steps > li", "all => all.map(one => one.id.replace('stap-', ''))")
    page.locator(f"{WIDE} [data-step] a").first.focus()
    met = []
    for _ in steps:
        met.append(page.evaluate("document.activeElement.closest('[data-step]')?.dataset.step"))
        assert met[-1] in _lit(page)
        page.keyboard.press("Tab")
    assert met == steps


@pytest.mark.parametrize(("size", "drawing"), [(LAPTOP, WIDE), (PHONE, ".drawing-phone")])
def test_what_the_keyboard_reaches_is_in_view(visit: Open, size: ViewportSize, drawing: str) -> None:
    """In a browser too that does not scroll to what has the focus within an SVG, as Firefox."""
    page = visit(viewport=size).open(SMALLINGERLAND)
    page.evaluate(
        """() => {
            const focus = SVGElement.prototype.focus
            SVGElement.prototype.focus = function () { focus.call(this, { preventScroll: true }) }
        }"""
    )
    page.keyboard.press("Tab")  # so that what a script focuses counts as reached by the keyboard
    parts = page.locator(f"{drawing} a:visible, {drawing} [tabindex='0']:visible")
    assert parts.count() > 20
    for part in parts.all():
        page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
        part.evaluate("one => one.focus()")
        top, bottom, height = part.evaluate(
            "one => [one.getBoundingClientRect().top, one.getBoundingClientRect().bottom, innerHeight]"
        )
        assert 0 <= top < bottom <= height


def test_an_actor_of_the_legend_shows_what_it_does(visit: Open) -> None:
    page = visit(viewport=LAPTOP).open(SMALLINGERLAND)
    actor = page.locator(f"{WIDE} [data-actor='coa']")
    actor.focus()
    does = page.eval_on_selector_all(
        f"{WIDE} [data-step]", "all => all.filter(one => one.dataset.actors.split(' ').includes('coa')).length"
    )
    assert len(_lit(page)) == does > 3
    page.keyboard.press("Escape")
    assert _lit(page) == set()


def test_from_the_drawing_to_the_text_and_back(visit: Open) -> None:
    for size, drawing in ((LAPTOP, WIDE), (PHONE, ".drawing-phone")):
        page = visit(viewport=size).open(SMALLINGERLAND)
        page.locator(f"{drawing} [data-step='warme-overdracht'] a").click()
        expect(page).to_have_url(re.compile("#stap-warme-overdracht$"))
        expect(page.locator("#stap-warme-overdracht")).to_be_in_viewport()
        page.locator("#stap-warme-overdracht .step__back a").click()
        back = page.locator(f"{drawing} [data-step='warme-overdracht'] a")
        expect(back).to_be_focused()
        expect(back).to_be_in_viewport()


def test_without_scripts_the_drawing_is_complete(visit: Open) -> None:
    page = visit(viewport=LAPTOP, java_script_enabled=False).open(SMALLINGERLAND)
    page.locator(f"{WIDE} [data-step='warme-overdracht'] a").click()
    expect(page.locator("#stap-warme-overdracht")).to_be_in_viewport()
    page.locator("#stap-warme-overdracht .step__back a").click()
    expect(page.locator("#tekening")).to_be_in_viewport()


def test_a_screen_reader_hears_the_route_from_start_to_end(visit: Open) -> None:
    page = visit(viewport=LAPTOP).open(SMALLINGERLAND)
    tree = page.locator("#tekening").aria_snapshot()
    heard = [int(number) for number in re.findall(r"Stap (\d+) van", tree)]
    assert heard == list(range(1, len(heard) + 1))
    assert len(heard) > 15
    assert [int(number) for number in re.findall(r"Fase (\d):", tree)] == [1, 2, 3, 4]


def test_the_page_fits_a_small_phone(visit: Open) -> None:
    tab = visit(viewport={"width": 320, "height": 640})
    for url in (SMALLINGERLAND, "gemeenten/den-haag/", "gemeenten/", "toevoegen/route/"):
        page = tab.open(url)
        page.evaluate(
            "for (const one of document.querySelectorAll('details')) { one.removeAttribute('name'); one.open = true }"
        )
        for text in ("100%", "200%"):
            page.evaluate("text => { document.documentElement.style.fontSize = text }", text)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, (url, text)


def _opened(page: Page) -> list[str]:
    opened: list[str] = page.eval_on_selector_all(
        ".step details[open]", "all => all.map(one => one.closest('.step').id)"
    )
    return opened


def test_on_a_phone_the_steps_open_one_at_a_time_and_everywhere_else_all_of_them(visit: Open) -> None:
    page = visit(viewport=PHONE).open(f"{SMALLINGERLAND}#stap-warme-overdracht")
    about = page.locator(".step:has(#uitleg-2)")
    expect(about).to_have_id("stap-warme-overdracht")
    assert _opened(page) == ["stap-warme-overdracht"]
    expect(about).to_be_in_viewport()
    about.get_by_role("link", name="stap 8").click()
    assert _opened(page) == ["stap-klantprofiel"]
    page.locator("#stap-welkom summary").focus()
    page.keyboard.press("Enter")
    assert _opened(page) == ["stap-welkom"]
    expect(page.locator("#stap-welkom summary")).to_be_in_viewport()
    page.go_back()
    expect(about.locator(".step__body")).to_be_visible()
    assert _opened(page) == ["stap-warme-overdracht"]
    assert findings(page) == []

    printed = PdfDocument(page.pdf(format="A4"))
    read = " ".join(" ".join(sheet.get_textpage().get_text_bounded() for sheet in printed).split())
    assert "Na: stap 8 (Klantprofiel" in read
    assert "Jij staat centraal in WELKOM" in read, "what is closed too"
    page.set_viewport_size(LAPTOP)
    expect(page.locator(".step details")).to_have_count(0)
    for paragraph in page.locator(".step > p").all():
        expect(paragraph).to_be_visible()
