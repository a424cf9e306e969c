"""Everything works without JavaScript."""

import re
from urllib.parse import urljoin

from playwright.sync_api import expect

from tests.browser.conftest import LAPTOP, PHONE, Open
from tests.site.kinds import KINDS


def test_from_home_to_an_opportunity(visit: Open) -> None:
    page = visit(viewport=PHONE, java_script_enabled=False).open("")
    page.get_by_role("link", name="azc Sneek").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sneek")
    page.locator(".card__title a").first.click()
    expect(page.locator(":target")).to_be_in_viewport()
    page.locator(".menu").get_by_role("link").first.wait_for(state="hidden")


def test_every_link_can_be_used_and_nothing_is_shown_that_cannot(visit: Open) -> None:
    tab = visit(java_script_enabled=False)
    hidden = """() => [...document.querySelectorAll("main a, footer a, .menu a")]
      .filter(one => !one.checkVisibility())
      .filter(one => !one.closest(".picture, details:not([open]), [hidden], .coverage__part, .needs-js"))
      .map(one => one.outerHTML)"""
    for kind, url in KINDS.items():
        page = tab.open(url)
        assert page.locator("main a").count() > 0, kind
        assert page.evaluate(hidden) == [], kind
        if kind == "add":
            continue  # test_form.py sends this form without a script
        buttons = page.locator("button:visible")
        assert buttons.count() == buttons.and_(page.locator("[popovertarget]")).count(), kind
        # What is chosen in a part that is remembered is shown by style alone: test_coverage.py does so.
        assert page.locator("input:visible:not(.remembered input), form:visible").count() == 0, kind


def test_folded_parts_unfold(visit: Open) -> None:
    page = visit(java_script_enabled=False).open(KINDS["organisation"])
    text = page.locator(".permission__text").first
    expect(text).to_be_hidden()
    page.locator(".permission__law summary").first.click()
    expect(text).to_be_visible()


def test_a_term_is_a_link_to_its_explanation(visit: Open) -> None:
    page = visit(viewport=LAPTOP, java_script_enabled=False).open(KINDS["organisation"])
    term = page.locator("a.begrip").first
    name = term.get_attribute("data-begrip")
    term.click()
    expect(page).to_have_url(re.compile(f"/begrippen/#{name}$"))
    expect(page.locator(f"[id='{name}']")).to_be_in_viewport()


def test_the_not_found_page_helps(visit: Open) -> None:
    tab = visit(java_script_enabled=False)
    for url in ("bestaat-niet/", "kansen/leeuwarden/bestaat-niet/", "a/b/c/d/e/bestaat-niet/"):
        response = tab.page.goto(tab.address + url)
        assert response
        assert response.status == 404
        expect(tab.page.get_by_role("heading", level=1)).to_have_text("Deze pagina bestaat niet")
        background = tab.page.locator(".header").evaluate("one => getComputedStyle(one).backgroundColor")
        assert background != "rgba(0, 0, 0, 0)"  # its style is found at any depth
        for link in tab.page.locator("main a").all():
            found = tab.page.request.get(urljoin(tab.page.url, link.get_attribute("href") or ""))
            assert found.status == 200
    tab.page.locator("main").get_by_role("link", name="Alle kansen").click()
    expect(tab.page.get_by_role("heading", level=1)).to_have_text("Kansen")


def test_the_colours_follow_the_device(visit: Open) -> None:
    background = "getComputedStyle(document.body).backgroundColor"
    light = visit(java_script_enabled=False, color_scheme="light").open("").evaluate(background)
    dark = visit(java_script_enabled=False, color_scheme="dark").open("").evaluate(background)
    assert light != dark
