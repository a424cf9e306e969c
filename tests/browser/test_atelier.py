"""The page on which a municipality makes its route: from the first click to a file that passes the check, and back."""

import difflib
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from meedoenkaart.loading import load
from meedoenkaart.reading.documents import Reader
from tests.browser.axe import findings
from tests.browser.conftest import LAPTOP, PHONE, Open
from tests.conftest import TODAY
from tests.site.copies import ROOT, copy_project

TALL = {**LAPTOP, "height": 3000}
"""So high that no card is cut off by the edge of the board, which axe takes for a card that is too small."""
SPARING = "Object.defineProperty(Navigator.prototype, 'connection', { get: () => ({ saveData: true }) })"
"""Says that the reader saves data: then the engine waits until somebody asks for it."""


def opened(visit: Open, url: str = "route-maken/", *, with_engine: bool = False, **options: object) -> Page:
    tab = visit(**options)
    if not with_engine:
        tab.page.add_init_script(SPARING)
    return tab.open(url)


def begun(page: Page, way: str, municipality: str = "leeuwarden") -> Page:
    page.get_by_label("Gemeente", exact=True).select_option(municipality)
    page.get_by_role("radio", name=way).check()
    page.get_by_role("button", name="Begin", exact=True).click()
    expect(page.locator("[data-board]")).to_be_visible()
    return page


def card(page: Page, title: str) -> Locator:
    return page.locator(".board-card__open").filter(has_text=title)


def cell(page: Page, title: str) -> tuple[str | None, str | None]:
    """Return the phase and the lane in which a step stands."""
    found = page.locator("[data-phase]").filter(has=card(page, title))
    return found.get_attribute("data-phase"), found.get_attribute("data-lane")


def sent(page: Page) -> str:
    page.get_by_role("button", name="Versturen").click()
    expect(page.get_by_role("heading", name="Verstuur je voorstel")).to_be_focused()
    return page.locator("[data-yaml]").text_content() or ""


def said(page: Page, words: str) -> None:
    expect(page.locator("[data-live]")).to_contain_text(words)


def test_from_what_the_law_asks_to_a_pull_request(visit: Open, fork: Path, tmp_path: Path) -> None:
    """Somebody says how the municipality does it, and sees it drawn; the file that is sent passes the check."""
    page = begun(opened(visit, with_engine=True), "Wat de wet vraagt")
    page.get_by_role("button", name="Nieuwe stap").first.click()
    page.keyboard.type("Samen")
    drawing = page.locator("[data-drawing] svg")
    expect(drawing).to_contain_text("Brede intake", timeout=120_000)
    # What the engine found is shown, and whoever types goes on.
    expect(page.get_by_role("textbox", name="Nieuwe stap")).to_be_focused()
    expect(page.get_by_role("textbox", name="Nieuwe stap")).to_have_value("Samen")
    page.keyboard.press("Escape")

    page.get_by_role("tab", name="Controle").click()
    page.get_by_role("button", name="Periode").click()
    expect(page.get_by_label("Periode")).to_be_focused()
    page.keyboard.type("vanaf 2025")
    page.locator("[data-list=status] button").first.click()
    page.get_by_label("Hoe ver is het?").select_option("praktijk")
    page.get_by_role("button", name="De hele route").click()
    page.locator("[data-list=sources] button").first.click()
    page.get_by_label("Adres van de pagina").fill("https://www.leeuwarden.nl/inburgering")
    page.get_by_label("Naam van de site").fill("Gemeente Leeuwarden")

    card(page, "Brede intake").click()
    page.get_by_label("Titel").fill("Kennismaken en intake")
    expect(drawing).to_contain_text("Kennismaken en intake", timeout=20_000)
    expect(drawing.locator("[data-step=brede-intake]")).to_have_class(re.compile("is-chosen"))
    drawing.locator("[data-step=pip] a").click()
    expect(page.get_by_label("Titel")).to_have_value(re.compile("plan", re.IGNORECASE))
    expect(page.locator("[data-count]")).to_be_hidden(timeout=20_000)

    text = sent(page)
    link = urlsplit(page.get_by_role("link", name="Open het voorstel op GitHub").get_attribute("href") or "")
    asked = parse_qs(link.query)
    assert link.path.endswith("/routes")
    assert asked == {"filename": ["leeuwarden.yml"], "value": [text]}

    copy = copy_project(fork, tmp_path / "project")
    (copy / "routes/leeuwarden.yml").write_text(text, "utf-8")
    loaded = load(Reader(copy), TODAY)
    assert [one for one in loaded.problems if one.file == "routes/leeuwarden.yml" and one.severity == "error"] == []


def test_a_changed_step_changes_one_line_of_the_file(visit: Open) -> None:
    page = opened(visit, "gemeenten/smallingerland/")
    page.get_by_role("link", name="Wijzig deze route").click()
    expect(card(page, "VOORwerk")).to_be_visible()
    page.get_by_role("button", name="Versturen").click()
    expect(page.get_by_text("Je hebt nog niets veranderd.")).to_be_visible()
    page.keyboard.press("Escape")
    card(page, "Je uitkering regelen").click()
    page.get_by_label("Tekst", exact=True).fill("Samen met de regisseur vraag je een uitkering aan.")
    text = sent(page)
    expect(page.locator("[data-changes]")).to_have_text("Gewijzigd: Stap ‘Je uitkering regelen’")
    before = (ROOT / "routes/smallingerland.yml").read_text("utf-8")
    changed = [one for one in difflib.ndiff(before.splitlines(), text.splitlines()) if one[0] in "+-"]
    assert changed == [
        "-       nl: De regisseur regelt zaken zoals je uitkering.",
        "+       nl: Samen met de regisseur vraag je een uitkering aan.",
    ]


def test_the_whole_board_by_keyboard(visit: Open) -> None:
    page = begun(opened(visit), "Niets")
    press, type_ = page.keyboard.press, page.keyboard.type

    def new(words: str, *names: str) -> None:
        page.get_by_role("button", name=words).first.focus()
        press("Enter")
        for name in names:
            type_(name)
            press("Enter")

    new("Nieuwe fase", "In het azc")
    new("Nieuwe fase", "In je woning")
    new("Nieuwe groep", "Jongeren")
    new("Nieuwe groep", "Ouderen")
    new("Nieuwe stap: In het azc, Voor iedereen", "Kennismaken", "Samen een plan")
    press("Escape")
    assert (cell(page, "Samen een plan")) == ("in-het-azc", "")
    expect(card(page, "Samen een plan")).to_contain_text("na 1")

    page.get_by_role("button", name="Meer doen met: Samen een plan").focus()
    press("Enter")
    expect(page.get_by_role("menuitem", name="Wijzig")).to_be_focused()
    page.get_by_role("menuitem", name="Verplaats met de pijltjes").focus()
    press("Enter")
    press("ArrowRight")
    said(page, "In je woning, Voor iedereen, plaats 1 van 1")
    press("ArrowDown")
    said(page, "In je woning, Jongeren")
    press("Enter")
    assert cell(page, "Samen een plan") == ("in-je-woning", "jongeren")
    expect(card(page, "Samen een plan")).to_be_focused()
    press("Control+z")
    assert cell(page, "Samen een plan") == ("in-het-azc", "")
    press("Control+y")
    assert cell(page, "Samen een plan") == ("in-je-woning", "jongeren")

    new("Nieuwe stap: In je woning, Ouderen", "Koffie in de buurt")
    press("Escape")
    page.get_by_role("button", name="Meer doen met: Samen een plan").focus()
    press("Enter")
    page.get_by_role("menuitem", name="Verbind met een stap hierna").focus()
    press("Enter")
    card(page, "Koffie in de buurt").focus()
    press("Enter")
    said(page, "‘Koffie in de buurt’ komt nu na ‘Samen een plan’")
    page.get_by_role("button", name="Meer doen met: Koffie in de buurt").focus()
    press("Enter")
    page.get_by_role("menuitem", name="Verbind met een stap hierna").focus()
    press("Enter")
    card(page, "Kennismaken").focus()
    press("Enter")
    expect(page.get_by_text("Dat kan niet: ‘Koffie in de buurt’ komt zelf na ‘Kennismaken’")).to_be_visible()

    card(page, "Kennismaken").focus()
    press("Enter")
    expect(page.get_by_label("Titel")).to_be_focused()
    page.get_by_text("Splits over groepen").focus()
    press("Enter")
    for lane in ("Jongeren", "Ouderen"):
        page.get_by_role("checkbox", name=lane).focus()
        press("Space")
    page.get_by_role("button", name="Splits de stap").focus()
    press("Enter")
    expect(card(page, "Kennismaken")).to_have_count(2)
    page.get_by_role("button", name="Haal weg", exact=True).focus()
    press("Enter")
    said(page, "Weggehaald: Kennismaken")
    expect(card(page, "Kennismaken")).to_have_count(1)


def test_cards_and_lines_are_dragged(visit: Open) -> None:
    page = begun(opened(visit), "Wat de wet vraagt")
    page.evaluate("document.querySelector('[data-room]').style.setProperty('--board', '85%')")
    first, second = card(page, "Brede intake"), card(page, "Leerbaarheidstoets")
    target = page.locator("[data-phase]").nth(1)
    first.drag_to(target, target_position={"x": 60, "y": 8})
    assert cell(page, "Brede intake")[0] == target.get_attribute("data-phase")
    page.get_by_role("button", name="Maak ongedaan").click()
    first.click()
    pull = page.locator(".board-card", has=first).locator(".board-card__pull")
    at, to = pull.bounding_box(), second.bounding_box()
    assert at
    assert to
    page.mouse.move(at["x"] + 8, at["y"] + 8)
    page.mouse.down()
    page.mouse.move(to["x"] + 40, to["y"] + 20, steps=4)
    page.mouse.up()
    expect(second).to_contain_text("na 1")


def test_on_a_phone_one_part_is_in_front_and_a_reload_loses_nothing(visit: Open) -> None:
    page = begun(opened(visit, viewport=PHONE, has_touch=True), "Wat de wet vraagt")
    card(page, "Brede intake").tap()
    expect(page.get_by_role("tab", name="Invullen")).to_have_attribute("aria-selected", "true")
    page.get_by_label("Titel").fill("Intake met koffie")
    page.get_by_label("Komt na").select_option(label="2. Leerbaarheidstoets")
    expect(page.locator("[data-names='step.after'] li")).to_have_text(["2. Leerbaarheidstoets"])
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.reload()
    expect(card(page, "Intake met koffie")).to_contain_text("na 2")
    page.get_by_role("tab", name="Tekening").tap()
    expect(page.get_by_role("button", name="Laad de tekening")).to_be_visible()
    page.get_by_role("button", name="Terug naar het begin").tap()
    expect(page.get_by_role("button", name="Ga verder: De route naar meedoen in Leeuwarden")).to_be_visible()
    page.get_by_role("button", name="Gooi weg: De route naar meedoen in Leeuwarden").tap()
    page.get_by_role("button", name="Zet terug").tap()
    page.get_by_role("button", name="Ga verder").tap()
    expect(card(page, "Intake met koffie")).to_be_visible()


def test_two_tabs_and_a_link(visit: Open) -> None:
    """Neither tab writes over the other without a word, and what a stranger's link carries is shown as text."""
    tab = visit(permissions=["clipboard-read", "clipboard-write"])
    tab.page.add_init_script(SPARING)
    page = begun(tab.open("route-maken/"), "Wat de wet vraagt")
    other = page.context.new_page()
    other.add_init_script(SPARING)
    other.goto(page.url)
    card(other, "Brede intake").click()
    other.get_by_label("Titel").fill("Van het andere tabblad <img src=x onerror=alert(1)>")
    expect(page.get_by_text("Dit concept is in een ander tabblad veranderd.")).to_be_visible()
    card(page, "Brede intake").click()
    page.get_by_label("Titel").fill("Van dit tabblad")
    expect(page.locator("[data-saved]")).to_contain_text("Niet bewaard")
    page.get_by_role("button", name="Bewaar dit hier als apart concept").click()
    other.reload()
    expect(card(other, "Van het andere tabblad <img")).to_be_visible()
    page.reload()
    expect(card(page, "Van dit tabblad")).to_be_visible()

    other.get_by_label("Bewaren, delen en printen").click()
    other.get_by_role("button", name="Kopieer een link voor een collega").click()
    expect(other.get_by_text("De link is gekopieerd.")).to_be_visible()
    link = other.evaluate("navigator.clipboard.readText()")
    other.close()
    page.goto("about:blank")
    page.goto(link)
    expect(page.get_by_text("Dit concept kwam met een link van iemand anders.")).to_be_visible()
    expect(card(page, "Van het andere tabblad <img src=x onerror=alert(1)>")).to_be_visible()
    assert "#" not in page.url


@pytest.mark.parametrize("size", [TALL, PHONE], ids=["laptop", "phone"])
def test_axe_finds_nothing_in_any_state(visit: Open, size: dict[str, int]) -> None:
    """Nor does anything stand outside the window, with letters twice as large and with texts that run the other way."""
    page = opened(
        visit, "route-maken/?route=smallingerland", viewport=size, color_scheme="dark", reduced_motion="reduce"
    )
    card(page, "VOORwerk").wait_for()
    assert findings(page) == []
    if size == PHONE:  # on a laptop a menu covers half of another card, which is the same to axe
        page.get_by_role("button", name="Meer doen met: VOORwerk").click()
        assert findings(page) == []
        page.keyboard.press("Escape")
    card(page, "VOORwerk").click()
    page.get_by_label("Titel").fill("ورشة العمل في المكتبة")
    page.evaluate("for (const one of document.querySelectorAll('details.fold')) one.open = true")
    assert findings(page) == []
    page.get_by_role("tab", name="Controle").click()
    assert findings(page) == []
    sent(page)
    assert findings(page) == []
    page.keyboard.press("Escape")
    page.emulate_media(forced_colors="active")
    page.add_style_tag(content="html { font-size: 200% }")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
