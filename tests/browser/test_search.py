"""The search of the whole site answers opportunities and organisations first, with the finder's understanding."""

from playwright.sync_api import expect

from tests.browser.axe import findings
from tests.browser.conftest import PHONE, Open


def test_a_question_is_answered_before_pages(visit: Open) -> None:
    page = visit(viewport=PHONE).open("over/")
    page.keyboard.press("/")
    page.keyboard.type("fietsen maken bij azc Drachten")
    answers = page.locator(".search__answers")
    expect(answers.get_by_role("link").first).to_be_visible()
    assert findings(page) == []
    answers.get_by_role("link", name="Alle kansen bij deze vraag").click()
    page.wait_for_url("**/kansen/?bij=azc-drachten*")
    expect(page.locator(".chip__label", has_text="Techniek en reparatie")).to_be_visible()


def test_an_organisation_is_found_by_its_name(visit: Open) -> None:
    page = visit().open("begrippen/")
    page.keyboard.press("/")
    page.keyboard.type("meedoenbalie azc sn")
    page.locator(".search__answer", has_text="Meedoenbalie azc Sneek").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Meedoenbalie azc Sneek")


def test_what_is_typed_is_shown_as_text(visit: Open) -> None:
    page = visit().open("over/")
    page.keyboard.press("/")
    page.keyboard.type("<img src=x onerror=window.hacked=1> zorg")
    expect(page.locator(".search__answer").first).to_be_visible()
    assert page.evaluate("window.hacked") is None
