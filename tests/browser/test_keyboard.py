"""Everything can be done with a keyboard, and one sees where one is."""

from typing import Any

import pytest
from playwright.sync_api import FloatRect, Page, ViewportSize, expect

from tests.browser.conftest import LAPTOP, PHONE, Open
from tests.site.kinds import KINDS

FOCUSED = """() => {
  const one = document.activeElement
  return { tag: one.tagName, id: one.id, class: one.className, text: one.innerText, href: one.getAttribute("href") }
}"""
SETTLED = """async () => {
  const first = () => document.querySelector(".search__list a")
  const before = first()
  await new Promise(done => setTimeout(done, 500))
  return before !== null && first() === before
}"""
"""Results are drawn anew after each letter, which takes the focus away."""
TERM = "a.begrip"
EXPLANATION = "#__begrip"


def focused(page: Page) -> dict[str, Any]:
    """Return what is known of the element that has the focus."""
    found: dict[str, Any] = page.evaluate(FOCUSED)
    return found


def test_focus_is_visible_all_the_way(visit: Open) -> None:
    """Each stop of the Tab key has an outline that stands out, and lies within the window."""
    tab = visit(reduced_motion="reduce")
    state = """() => {
      const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect()
      const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth
      // A card draws the outline of its link around all of itself.
      const outline = [style, getComputedStyle(one, "::after")].some(
        ({ outlineStyle, outlineWidth }) => outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) ||
        // A step of a drawing draws a line around its card.
        [...one.querySelectorAll(".d-focus")].some(part => getComputedStyle(part).stroke !== "none")
      return { end: one === document.body, name: `${one.tagName}.${one.className} ${one.innerText}`, inside, outline }
    }"""
    for kind in ("home", "organisation with contact", "municipality", "not found"):
        page = tab.open(KINDS[kind])
        stops = []
        for _ in range(60):
            page.keyboard.press("Tab")
            stop = page.evaluate(state)
            if stop["end"]:
                break
            assert stop["outline"], f"{kind}: {stop['name']}"
            assert stop["inside"], f"{kind}: {stop['name']}"
            stops.append(stop["name"])
        assert len(stops) > 10, kind


def test_focus_is_seen_in_the_filters_of_a_phone(visit: Open) -> None:
    """It never lies beneath the bar at the foot of the screen (WCAG 2.4.11), and its line is painted (2.4.7)."""
    page = visit(viewport=PHONE, reduced_motion="reduce").open("kansen/")
    page.locator(".finder--ready").wait_for()
    page.locator(".finder__filters-title").click()
    state = """() => {
      const one = document.activeElement, { x, y, width, height } = one.getBoundingClientRect()
      const seen = document.elementFromPoint(x + width / 2, y + height / 2)
      const bar = one.closest(".finder__show"), covered = !bar && Boolean(seen?.closest(".finder__show"))
      const name = one.innerText || one.name, facet = one.matches(".facet__title")
      return { name, covered, bar: Boolean(bar), facet, x, y, height }
    }"""
    facets = 0
    for _ in range(40):
        page.keyboard.press("Tab")
        stop = page.evaluate(state)
        assert not stop["covered"], stop["name"]
        if stop["bar"]:
            break
        if stop["facet"]:
            facets += 1
            beside: FloatRect = {"x": stop["x"] - 8, "y": stop["y"], "width": 8, "height": stop["height"]}
            focused_look = page.screenshot(clip=beside)
            page.evaluate("document.activeElement.style.outline = 'none'")
            assert page.screenshot(clip=beside) != focused_look, stop["name"]
    assert facets > 5


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_the_menu_of_a_phone_opens_and_closes(visit: Open, script: bool) -> None:
    page = visit(viewport=PHONE, java_script_enabled=script).open("kansen/")
    button = page.get_by_role("button", name="Menu")
    link = page.locator(".menu").get_by_role("link", name="Gemeenten")
    expect(link).to_be_hidden()
    button.focus()
    page.keyboard.press("Enter")
    expect(link).to_be_visible()
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(button).to_be_focused()
    button.click()
    page.locator(".menu").get_by_role("button", name="Sluit").click()
    expect(link).to_be_hidden()
    button.click()
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Gemeenten")


def test_the_menu_says_where_one_is(visit: Open) -> None:
    tab = visit()
    for kind, label in (
        ("opportunities", "Kansen"),
        ("organisation", "Kansen"),
        ("reception location", "Opvang"),
        ("agenda", "Agenda"),
        ("fields", "Kans toevoegen"),
    ):
        page = tab.open(KINDS[kind])
        assert [text.strip() for text in page.locator(".menu [aria-current]").all_inner_texts()] == [label]


# Search


def _open_search(page: Page, how: str) -> None:
    if how == "slash":
        page.keyboard.press("/")
    else:
        page.get_by_role("button", name="Zoek").first.focus()
        page.keyboard.press("Enter")
    expect(page.locator("dialog.search")).to_be_visible()
    expect(page.locator("[name=query]")).to_be_focused()


def _close_search(page: Page) -> None:
    page.keyboard.press("Escape")
    expect(page.locator("dialog.search")).to_be_hidden()


@pytest.mark.parametrize("how", ["slash", "button"])
@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_search_opens_and_gives_the_focus_back(visit: Open, size: ViewportSize, how: str) -> None:
    page = visit(viewport=size).open("over/")
    place = page.locator("main a").last
    place.focus()
    _open_search(page, how)
    if how == "slash":
        assert page.locator("[name=query]").input_value() == ""
    page.keyboard.type("fiets")
    expect(page.locator(".search__list a").first).to_be_visible()
    _close_search(page)
    expect(place if how == "slash" else page.get_by_role("button", name="Zoek").first).to_be_focused()
    _open_search(page, "slash")  # and again
    page.locator("dialog.search").get_by_role("button", name="Sluit").click()
    expect(page.locator("dialog.search")).to_be_hidden()


def test_search_that_is_opened_again_at_once_stays_open(visit: Open) -> None:
    """A dialog tells that it was closed only a moment later."""
    page = visit().open("over/")
    _open_search(page, "slash")
    page.evaluate(
        """() => new Promise(done => {
            document.querySelector("dialog.search").addEventListener("close", () => requestAnimationFrame(done))
            for (let time = 0; time < 2; time++) document.getElementById("__search").click()
        })"""
    )
    expect(page.locator("dialog.search")).to_be_visible()
    _close_search(page)


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("Repair Café Dokkum", "kansen/noardeast-fryslan/repair-cafe-dokkum/"),
        ("repair cafe dokkum", "kansen/noardeast-fryslan/repair-cafe-dokkum/"),
        ("Sneek", "azc/azc-sneek/"),
        ("sneek", "kansen/sudwest-fryslan/"),
        ("vrijwilligerswerk", "activiteiten/vrijwilligerswerk/"),
        ("Dokkum vrijwilligerswerk", "kansen/noardeast-fryslan/repair-cafe-dokkum/"),
        ("Smallingerland", "gemeenten/smallingerland/"),
        ("privacy", "privacy/"),
    ],
)
def test_search_finds(visit: Open, query: str, wanted: str) -> None:
    page = visit().open("kansen/")
    _open_search(page, "slash")
    page.keyboard.type(query)
    result = page.locator(f".search__list a[href*='{wanted}']").first
    result.wait_for(state="attached")
    expect(page.locator(".search__count")).to_contain_text("gevonden")


def test_a_result_leads_to_its_page_by_keyboard(visit: Open) -> None:
    page = visit().open("over/")
    _open_search(page, "slash")
    page.keyboard.type("Repair Café Dokkum")
    first = page.locator(".search__list a").first
    expect(first).to_contain_text("Repair Café Dokkum")
    page.wait_for_function(SETTLED)
    for _ in range(12):  # past what the finder answers
        page.keyboard.press("Tab")
        if "md-search-result" in focused(page)["class"]:
            break
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/repair-cafe-dokkum/**")
    expect(page.get_by_role("heading", level=1)).to_have_text("Repair Café Dokkum")


def test_search_says_when_it_finds_nothing(visit: Open) -> None:
    page = visit().open("")
    _open_search(page, "button")
    page.keyboard.type("qqqqxyz")
    expect(page.locator(".search").get_by_role("status")).to_contain_text("Niets gevonden")


def test_the_focus_stays_in_the_search_dialog(visit: Open) -> None:
    page = visit().open("")
    _open_search(page, "slash")
    page.keyboard.type("taal")
    page.locator(".search__list a").first.wait_for(state="visible")
    dialog = page.locator("dialog.search")
    inside = "dialog => document.activeElement === document.body || dialog.contains(document.activeElement)"
    stops = set()
    for _ in range(40):  # more than there are stops, so that it starts anew
        page.keyboard.press("Tab")
        assert dialog.evaluate("dialog => dialog.open")
        assert dialog.evaluate(inside)
        stops.add(page.evaluate("document.activeElement.id"))
    assert "__search_query" in stops


def test_typing_in_a_field_does_not_open_search(visit: Open) -> None:
    page = visit().open(KINDS["not found"])
    field = page.locator("#__lost")
    field.focus()
    page.keyboard.type("s/f")
    expect(page.locator("dialog.search")).to_be_hidden()
    expect(field).to_have_value("s/f")


def test_the_field_of_the_not_found_page_searches(visit: Open) -> None:
    page = visit().open(KINDS["not found"])
    page.locator("#__lost").fill("Repair Café Dokkum")
    page.keyboard.press("Enter")
    expect(page.locator(".search__list a").first).to_contain_text("Repair Café Dokkum")


# Terms of the glossary


def test_a_term_is_explained_on_hover(visit: Open) -> None:
    page = visit().open(KINDS["organisation"])
    term, box = page.locator(TERM).first, page.locator(EXPLANATION)
    expect(box).to_be_hidden()
    term.hover()
    expect(box).to_be_visible()
    expect(box).to_be_in_viewport(ratio=1)
    assert len(box.inner_text()) > 20
    box.hover()  # WCAG 1.4.13: the pointer may go there
    page.wait_for_timeout(400)
    expect(box).to_be_visible()
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()


def test_a_term_is_explained_on_focus(visit: Open) -> None:
    page = visit().open(KINDS["organisation"])
    term, box = page.locator(TERM).first, page.locator(EXPLANATION)
    term.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(term).to_be_focused()
    expect(box).to_be_visible()
    assert term.get_attribute("aria-describedby") == "__begrip"
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(term).to_be_focused()
    assert term.get_attribute("aria-describedby") is None
    page.keyboard.press("Enter")
    page.wait_for_url("**/begrippen/#*")


def test_a_term_is_explained_on_tap(visit: Open) -> None:
    page = visit(viewport=PHONE, has_touch=True, is_mobile=True).open(KINDS["organisation"])
    term, box = page.locator(TERM).first, page.locator(EXPLANATION)
    term.tap()
    expect(box).to_be_visible()
    expect(box).to_be_in_viewport(ratio=1)
    page.get_by_role("heading", level=1).tap()
    expect(box).to_be_hidden()
    term.tap()
    expect(box).to_be_visible()
    term.tap()
    page.wait_for_url("**/begrippen/#*")
    assert page.locator(":target").count() == 1


# Colours


@pytest.mark.parametrize(("device", "other"), [("light", "slate"), ("dark", "default")])
def test_the_chosen_colours_stay(visit: Open, device: str, other: str) -> None:
    page = visit(color_scheme=device).open("")
    scheme = "document.body.dataset.mdColorScheme"
    usual = page.evaluate(scheme)
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert usual != other
    button = page.locator(".scheme button:visible")
    button.focus()
    page.keyboard.press("Enter")
    assert page.evaluate(scheme) == other
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != background
    assert focused(page)["tag"] == "BUTTON"
    page.reload()
    assert page.evaluate(scheme) == other
    page.goto(page.url + "over/")
    assert page.evaluate(scheme) == other
    page.locator(".scheme button:visible").click()
    assert page.evaluate(scheme) == usual


def test_without_a_choice_the_colours_follow_the_device(visit: Open) -> None:
    page = visit(color_scheme="light").open("")
    page.emulate_media(color_scheme="dark")
    for url in (page.url, f"{page.url}over/", page.url):
        page.goto(url)
        assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    page.emulate_media(color_scheme="light")
    page.reload()
    assert page.evaluate("document.body.dataset.mdColorScheme") == "default"
