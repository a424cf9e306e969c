"""The sheet of a handover: filled in by hand, printed or mailed, and kept nowhere."""

from urllib.parse import parse_qs, unquote, urlsplit

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PREFIX, Open, Visit

ROUTE = "overdracht/?bij=azc-sneek&naar=smallingerland"
TYPED = "Zwijgt als het graf 8461"
LONGEST_MAIL = 1900


def _open(tab: Visit, cards: int = 0, url: str = ROUTE) -> Page:
    """Open the sheet, after some cards were put on the shortlist."""
    page = tab.page
    if cards:
        tab.open("azc/azc-sneek/")
        for number in range(cards):
            page.locator(".card .keep:visible").nth(number).click()
    tab.open(url)
    page.locator(".handover--ready").wait_for()
    if cards:
        expect(page.locator(".did__off")).to_have_count(min(cards, 6))
    return page


def _type(page: Page) -> None:
    """Write in every field there is, and choose one of the ways."""
    for field in page.locator(".handover__sheet :is(textarea, input[type=text])").all():
        field.fill(TYPED)
    page.locator("#__koppeling").fill("2026-12-01")
    page.get_by_label("Gecombineerde aanpak").check()


def _written(page: Page) -> list[str]:
    fields = page.locator(".handover :is(textarea, input:not([type=radio]), input:checked)")
    return [value for field in fields.all() if (value := field.input_value())]


def _pages(page: Page, paper: str) -> list[str]:
    """Print a sheet by its button, and return the text of each page."""
    page.evaluate("window.print = () => { window.printed = document.querySelector('.handover').dataset.paper }")
    page.locator(f"[data-do={paper}]").click()
    page.evaluate("document.querySelector('.handover').dataset.paper = window.printed")
    printed = pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True))
    return [sheet.get_textpage().get_text_bounded() for sheet in printed]


def test_what_is_typed_is_not_kept_anywhere(visit: Open) -> None:
    tab = visit()
    page = _open(tab, cards=2)
    stored = "() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])"
    before = page.evaluate(stored)
    _type(page)
    page.get_by_role("button", name="Als tekst of mail").click()
    assert TYPED in page.get_by_label("Dit komt in de mail").input_value()
    assert len(_written(page)) > 10
    page.select_option("#__naar", "gennep")
    assert page.url.endswith("/overdracht/?bij=azc-sneek&naar=gennep")
    assert page.evaluate(stored) == before
    assert not [url for url in tab.asked if "8461" in url or "2026-12" in url]
    page.reload()
    page.locator(".handover--ready").wait_for()
    assert _written(page) == []
    assert page.locator("#__naar").input_value() == "gennep"  # no fact about anybody, and in the address
    _type(page)
    tab.open("begrippen/")
    page.go_back()
    page.locator(".handover--ready").wait_for()
    assert _written(page) == []
    assert (
        page.locator(".handover [autocomplete=off]").count()
        == page.locator(".handover :is(input:not([type=radio]), select, textarea)").count()
    )


def test_it_fits_on_two_pages_and_the_one_for_the_person_on_one(visit: Open) -> None:
    page = _open(visit(), cards=7)
    expect(page.locator("[data-part=route]")).to_be_visible()
    page.locator("#__afspraken").fill("Eerst bellen.\n" * 6)
    page.locator("#__koppeling").fill("2026-12-01")
    both = _pages(page, "blad")
    assert len(both) == 2
    assert "Ook op het lijstje" in both[0]
    assert "Eerst bellen." in both[0]
    assert "Start na verhuizing" in both[1]
    [person] = _pages(page, "jou")
    assert "Je gaat verhuizen naar Smallingerland" in person
    assert "Afspraken" not in person


def test_a_mail_holds_what_there_is_room_for_and_the_copy_all(visit: Open) -> None:
    page = _open(visit())
    page.locator("#__door").fill(TYPED)
    page.get_by_role("button", name="Als tekst of mail").click()
    mail = page.get_by_role("link", name="Open in je mail")
    expect(page.locator("[data-part=there]")).to_contain_text("smallingerland.nl")

    def body() -> str:
        address = mail.get_attribute("href") or ""
        assert len(address) <= LONGEST_MAIL
        assert address.startswith("mailto:?subject=")
        return parse_qs(urlsplit(address).query)["body"][0]

    whole = page.locator("#__tekst").input_value()
    assert "WIE BEL JE WAAR?" in whole
    assert "Geen contact bekend: Casemanager participatie, Meedoenbalie, Regisseur" in whole
    assert "WIE BEREIDT WAT VOOR?" in whole
    assert TYPED in body()
    assert "WIE BEREIDT WAT VOOR?" not in body()
    expect(page.locator("[data-slot=shorter]")).to_be_visible()
    page.locator("#__niet").fill("Lang. " * 300)
    expect(page.locator("[data-slot=too-long]")).to_be_visible()
    assert body() == "(Plak hier de tekst.)"
    assert "Lang. Lang." in page.locator("#__tekst").input_value()
    assert unquote(page.url).endswith(ROUTE)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles"])
def test_dates_are_reckoned_from_the_koppeling(visit: Open, zone: str) -> None:
    """Wherever the clock stands, and to the last day of a shorter month."""
    page = _open(visit(timezone_id=zone), url="overdracht/?naar=de-fryske-marren")
    page.locator("#__koppeling").fill("2026-12-31")
    expect(page.locator(".prepared [data-within]")).to_have_text("uiterlijk 11 maart 2027")
    expect(page.locator("[data-part=steps] [data-within]")).to_have_text("uiterlijk 28 februari 2027")
    expect(page.locator("[data-slot=day]")).to_have_text("31 december 2026")
    page.locator("#__koppeling").fill("")
    expect(page.locator(".prepared [data-within]")).to_have_text("")


def test_contacts_and_the_route_follow_what_is_chosen(visit: Open) -> None:
    page = _open(visit(), url="overdracht/?naar=bestaat-niet&bij=ook-niet")
    there, route = page.locator("[data-part=there]"), page.locator("[data-part=route]")
    expect(there.locator(".reached__row--gap")).to_have_count(6)
    expect(route).to_be_hidden()
    page.select_option("#__naar", "middelburg")
    expect(there.get_by_role("link", name="orioniswalcheren.nl")).to_be_visible()
    expect(there.locator(".reached__row--gap")).to_have_count(5)
    page.select_option("#__naar", "smallingerland")
    expect(route).to_contain_text("Warme overdracht")
    expect(route).to_contain_text("Deze route hoort bij een eerdere wet.")
    page.select_option("#__naar", "")
    expect(route).to_be_hidden()
    assert page.evaluate("location.pathname + location.search") == f"{PREFIX}overdracht/"


def test_what_came_from_the_shortlist_can_be_left_out(visit: Open) -> None:
    page = _open(visit(), cards=2)
    title = page.locator(".did [data-slot=title]").first.inner_text()
    page.get_by_role("button", name=f"Niet op dit blad {title}").click()
    expect(page.locator(".did__off")).to_have_count(1)
    expect(page.locator("[data-slot=you-did] li")).to_have_count(1)
    assert page.evaluate("document.activeElement.tagName") == "INPUT"
    expect(page.locator(".menu [data-shortlist]")).to_contain_text("(2)")


def test_without_a_script_it_is_a_sheet_to_write_on(visit: Open) -> None:
    page = visit(java_script_enabled=False).open("overdracht/")
    expect(page.locator(".ways__one")).to_have_count(3)
    expect(page.locator(".prepared__one")).to_have_count(6)
    assert page.locator(".handover__sheet .line:visible").count() > 8
    printed = pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True))
    assert len(printed) == 2
