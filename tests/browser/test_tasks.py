"""A colleague asks who does what somewhere: answered from the page, in the address, and on paper alone."""

from urllib.parse import quote

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Open

URL = "wie-doet-wat/"


def _ask(page: Page, question: str) -> str:
    """Ask by typing, and return the answer."""
    page.get_by_label("Wat wil je weten?").fill(question)
    page.get_by_role("button", name="Zoek op").click()
    return _answer(page)


def _answer(page: Page) -> str:
    expect(page.locator(".tasks__status")).to_have_text("")
    expect(page.locator(".tasks__answer")).to_be_visible()
    return page.locator(".tasks__answer").inner_text()


def test_who_helps_with_digid_in_sneek_and_who_does_not(visit: Open) -> None:
    page = visit(viewport=PHONE).open("")
    page.goto(page.url + "contacten/")
    page.get_by_role("link", name="zoek op wie wat doet").click()
    answer = _ask(page, "Wie helpt met DigiD op azc Sneek?")
    assert answer.startswith("DigiD · azc Sneek")
    lines = page.locator(".tasks__answer .task__line")
    helps = lines.filter(has_text="VluchtelingenWerk in de opvang")
    expect(helps).to_contain_text("helpt")
    expect(helps).to_contain_text("Oude bron")
    expect(helps.locator(".task__reach")).to_contain_text("eigen team op azc Sneek")
    expect(lines.filter(has_text="Casemanager participatie")).to_contain_text("doet dit niet")
    assert "Niet bekend wat deze hiermee doen: Huisarts in de opvang, IND" in answer
    assert "Geen contact bekend bij azc Sneek van: COA" in answer
    assert page.evaluate("document.activeElement.dataset.part") == "answer"
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    printed = pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True))
    assert len(printed) == 1
    text = printed[0].get_textpage().get_text_bounded()
    assert "azc Sneek" in text
    assert "Persoonlijk plan" not in text


def test_a_question_stands_in_the_address_and_the_back_button_leads_to_the_one_before(visit: Open) -> None:
    page = visit().open(f"{URL}?vraag={quote('wie regelt de uitkering in Groningen')}")
    assert _answer(page).startswith("Uitkering · Groningen")
    expect(page.locator(".tasks__answer")).to_contain_text("gemeente.groningen.nl")
    assert _ask(page, "brede intake Balk").startswith("Brede intake · Balk")
    expect(page.locator(".tasks__answer")).to_contain_text("Klantregisseur (Regisseur)")  # by its own route
    page.go_back()
    expect(page.locator(".tasks__answer h2")).to_have_text("Uitkering · Groningen")
    page.reload()
    expect(page.locator(".tasks__answer h2")).to_have_text("Uitkering · Groningen")
    page.get_by_role("link", name="Wie helpt met DigiD").click()
    expect(page.locator(".tasks__answer h2")).to_have_text("DigiD · azc Assen")


ANSWERED = {
    "inschrijven bij gemeente wie": ["Eerste inschrijving in de BRP en BSN", "Inschrijven in de nieuwe gemeente"],
    "digit azc assen": ["DigiD · azc Assen"],
    "wie zoekt een woning voor iemand uit azc Sneek": ["Woning · azc Sneek", "niet die van de opvang"],
    "wie geeft taallessen": ["Nederlandse les in de opvang", "Leerroute en taallessen", "Noem ook een azc of gemeente"],
    "digid in Utopia": ["DigiD", "Niet begrepen: ‘utopia’"],
    "digid in Bergen": ["DigiD", "meer plaatsen met de naam ‘bergen’"],
    "wie repareert mijn fiets": ["Het onderwerp van je vraag staat hier niet bij"],
    "wat doet DUO": ["kijk wat DUO doet"],
    "": ["Typ een vraag"],
    "<script>alert(1)</script>": ["Het onderwerp van je vraag staat hier niet bij"],
    "digid " + "a" * 10_000: ["We hebben de eerste 200 tekens gelezen", "DigiD"],
    "\u202e\U0001f600%00'\"`--": ["Het onderwerp van je vraag staat hier niet bij"],
}
"""Questions, and what their answers say."""


def test_what_is_not_understood_is_said_and_the_rest_works(visit: Open) -> None:
    tab = visit()
    for question, expected in ANSWERED.items():
        page = tab.open(f"{URL}?vraag={quote(question)[:12_000]}")
        answer = _answer(page)
        for part in expected:
            assert part in answer, (question, answer)
        assert page.locator(".tasks__answer script").count() == 0
        expect(page.locator("#digid")).to_be_visible()


@pytest.mark.parametrize("file", ["index", "gegevens"])
def test_without_the_files_the_list_stays(visit: Open, file: str) -> None:
    tab = visit()
    tab.page.route(f"**/{file}-*.json", lambda route: route.fulfill(status=503))
    page = tab.open(f"{URL}?vraag=digid")
    assert "Je vraag kon niet worden gelezen" in _answer(page)
    expect(page.locator("#digid")).to_be_visible()
    tab.page.unroute(f"**/{file}-*.json")
    assert _ask(page, "digid").startswith("DigiD")
    tab.faults.clear()  # the console tells of the answer 503


def test_without_a_script_everything_is_in_the_list(visit: Open) -> None:
    page = visit(java_script_enabled=False).open(URL)
    expect(page.locator(".tasks__ask")).to_be_hidden()
    expect(page.locator("#digid")).to_contain_text("VluchtelingenWerk in de opvang")
    page.get_by_role("link", name="Gemeente", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wat doet Gemeente?")
