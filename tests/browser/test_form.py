"""The form: from the home page to the address at GitHub, and back into the catalogue."""

import difflib
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Download, Locator, Page, expect

from meedoenkaart.loading import load
from meedoenkaart.reading.documents import COLLECTIONS, Reader
from meedoenkaart.writing.layout import layout
from tests.browser.axe import findings
from tests.browser.conftest import LAPTOP, PHONE, TILES, Open, hosted
from tests.browser.test_map import background
from tests.conftest import TODAY
from tests.site.copies import ROOT, built, copy_project

SEND = "Controleer en verstuur"
FILE = "catalogue/organisations/smallingerland/buurthuis-de-wilg.yml"
ANSWERS = {
    "Naam verplicht": "Buurthuis De Wilg",
    "Plaats verplicht": "Drachten",
    "E-mailadres": "info@dewilg.nl",
    "Wat kun je er doen? verplicht": "Samen koken: elke week",
    "Uitleg": (
        "Je kookt samen met mensen uit de wijk, en daarna eet je met elkaar aan de lange tafel in de zaal. "
        "Je hoeft niets mee te nemen."
    ),
    "Waar staat dit? (webadres)": "https://www.dewilg.nl/koken",
    "Naam van de site": "De Wilg",
}


def ready(page: Page) -> Page:
    """Wait until the form's script runs."""
    page.locator("#formulier [data-script]:visible").first.wait_for()
    return page


def answer(page: Page, answers: dict[str, str] = ANSWERS) -> None:
    own = page.locator("[data-path]:not([data-path^='contacts.'])")  # other contacts have the same questions
    for label, value in answers.items():
        own.and_(page.get_by_label(label, exact=True)).first.fill(value)
    page.get_by_label("Soort organisatie verplicht", exact=True).select_option("buurthuis")
    page.get_by_label("Soort activiteit verplicht", exact=True).select_option("ontmoeting")


def sent(page: Page) -> str:
    """Press the button and return the file that comes out."""
    page.get_by_role("button", name=SEND).click()
    expect(page.get_by_role("heading", name="Verstuur je voorstel")).to_be_focused()
    return page.locator("[data-yaml]").text_content() or ""


def errors_of(project: Path, file: str) -> list[str]:
    """Return what ``check`` says of a file of a project."""
    return [one.rule for one in load(Reader(project), TODAY).problems if one.file == file]


def is_laid_out(text: str) -> bool:
    """Say whether ``meedoenkaart format`` leaves a file as it is."""
    return layout(text.encode(), COLLECTIONS[0]) is None


@pytest.fixture
def copy(fork: Path, tmp_path: Path) -> Path:
    return copy_project(fork, tmp_path / "project")


def test_from_the_home_page_to_a_page_of_the_site(visit: Open, copy: Path) -> None:
    """A partner adds an opportunity; the file that arrives passes the check and is on the site after a build."""
    page = visit().open("")
    page.get_by_role("main").get_by_role("link", name="Kans toevoegen").click()
    answer(ready(page))
    page.get_by_text("Wanneer en hoe vaak").click()
    page.get_by_label("woensdag", exact=True).check()
    expect(page.get_by_label("Hoe vaak is het?")).to_contain_text("Elke week")
    page.get_by_label("Begint om", exact=True).first.fill("16:30")
    expect(page.locator("#address_municipality")).to_have_value("smallingerland")
    page.get_by_role("button", name=SEND).click()
    address = page.get_by_role("link", name="Open het voorstel op GitHub").get_attribute("href") or ""
    parts = urlsplit(address)
    query = parse_qs(parts.query)
    assert f"{parts.scheme}://{parts.netloc}" == "https://github.com"
    assert parts.path == "/meedoenkaart/meedoenkaart/new/main/catalogue/organisations/smallingerland"
    assert query["filename"] == ["buurthuis-de-wilg.yml"]
    yaml = query["value"][0]
    assert 'title: "Samen koken: elke week"' in yaml
    shown = page.locator("[data-preview] .card").inner_text()

    (copy / FILE).write_text(yaml, "utf-8")
    assert errors_of(copy, FILE) == []
    assert is_laid_out(yaml)
    site = built(copy)
    with hosted(site) as found:
        other = visit(found).open("kansen/smallingerland/buurthuis-de-wilg/")
        expect(other.get_by_role("heading", name="Samen koken: elke week")).to_be_visible()
        expect(other.get_by_text("Elke woensdag vanaf 16.30 uur")).to_be_visible()
        other = visit(found).open("kansen/smallingerland/")
        card = other.locator(".card", has_text="Samen koken: elke week")
        beside = ("", "Mensen ontmoeten", "Bewaar")  # the list's own group and button
        assert [one for one in card.inner_text().split("\n") if one not in beside] == [
            one for one in shown.split("\n") if one not in beside
        ]


def test_who_works_there_needs_no_web_page(visit: Open, copy: Path) -> None:
    """A volunteer says what they do there, and the page says that it was told, by whom and when.

    Their website has other letters: the link has the name that computers know, the reader sees what people know.
    """
    tab = visit()
    tab.page.clock.set_fixed_time(TODAY.isoformat() + "T12:00:00")
    page = ready(tab.open("toevoegen/"))
    answer(page, {label: value for label, value in ANSWERS.items() if "site" not in label and "webadres" not in label})
    page.get_by_label("Website", exact=True).first.fill("https://café-zout.nl/a_(b)")
    page.get_by_role("button", name=SEND).click()
    expect(page.locator("[data-summary]")).to_contain_text("Er staat niet hoe we dit weten.")
    page.get_by_label("Het staat op een webpagina").uncheck()
    expect(page.get_by_role("heading", name="Op welke webpagina staat het?")).to_be_hidden()
    page.get_by_label("Ik werk of help daar zelf").check()
    expect(page.get_by_label("Op welke dag zeg je dit?")).to_have_value(TODAY.isoformat())
    page.get_by_label("Op welke dag zeg je dit?").fill("2027-01-01")
    page.get_by_label("Wie zegt dat?").fill("de coördinator")
    page.get_by_label("Wie zegt dat?").blur()
    expect(page.locator("[data-summary]")).to_contain_text("ligt in de toekomst")
    page.get_by_label("Op welke dag zeg je dit?").fill("2026-09-01")
    page.get_by_label("Op welke dag zeg je dit?").blur()
    expect(page.locator("[data-summary]")).to_be_hidden()
    yaml = sent(page)
    assert "sources" not in yaml
    expect(page.locator("[data-preview] .card")).to_contain_text("Bevestigd")
    (copy / FILE).write_text(yaml, "utf-8")
    assert errors_of(copy, FILE) == []
    assert is_laid_out(yaml)
    with hosted(built(copy)) as found:
        other = visit(found).open("kansen/smallingerland/buurthuis-de-wilg/")
        expect(other.get_by_text("Bevestigd op 1 september 2026 door de coördinator.")).to_be_visible()
        expect(other.get_by_role("region", name="Over deze organisatie").locator(".sources")).to_have_text(
            "Verteld door de coördinator, 1 september 2026"
        )
        link = other.locator(".contact a", has_text="Website")
        expect(link).to_contain_text("café-zout.nl")
        assert link.first.get_attribute("href") == "https://xn--caf-zout-d1a.nl/a_(b)"


MENDED = {
    "Website": (" Voorbeeld.nl ", "https://Voorbeeld.nl"),
    "Telefoonnummer": ("0031 512 000002", "+31 512 000002"),
    "E-mailadres": ("mailto: info@dewilg.nl", "info@dewilg.nl"),
    "Postcode": ("9203-cd", "9203 CD"),
}


def test_one_click_puts_the_right_answer_in_place(visit: Open) -> None:
    page = ready(visit().open("toevoegen/"))
    page.get_by_text("Straat en plek op de kaart").click()
    for label, (wrong, right) in MENDED.items():
        field = page.get_by_label(label, exact=True).first
        field.fill(wrong)
        field.blur()
        page.get_by_role("button", name=f"Maak ervan: {right}").click()
        expect(field).to_have_value(right)
        expect(field).to_be_focused()
        expect(page.get_by_role("button", name="Maak ervan")).to_have_count(0)
        expect(field).not_to_have_attribute("aria-invalid", "true")
        field.press("Control+z")
        expect(field).to_have_value(wrong)
        field.fill("")


def test_one_click_mends_letters_and_the_municipality_follows(visit: Open) -> None:
    page = ready(visit().open("toevoegen/"))
    field = page.get_by_label("Plaats verplicht", exact=True).first
    field.fill("GoÃ«ngahuizen")
    field.blur()
    expect(page.get_by_text("De letters zijn verkeerd opgeslagen. Er hoort te staan: Goëngahuizen")).to_be_visible()
    page.get_by_role("button", name="Maak ervan: Goëngahuizen").click()
    expect(field).to_have_value("Goëngahuizen")
    expect(page.get_by_role("button", name="Maak ervan")).to_have_count(0)


def test_what_may_be_meant_is_what_check_says(visit: Open, copy: Path) -> None:
    """Of an unknown place, and of a hall that the opportunity does not have; each can be put in place."""
    page = ready(visit(reduced_motion="reduce").open("toevoegen/"))
    answer(page)
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    at = "opportunities.0.schedule.meetings.0.at"
    names = ("Zaal West", "Zaal Oost")
    page.get_by_role("button", name="Nog een plek").click()
    for number, name in enumerate(names):
        for path, value in (("name", name), ("address.place", "Drachten")):
            page.locator(f"[data-path='opportunities.0.locations.{number}.{path}']").fill(value)
    page.get_by_label("maandag", exact=True).check()
    page.locator(f"[data-path='{at}']").fill(names[1])
    right = sent(page)
    wrong = [("address.place", "Drachten", "Drahten"), (at, "Zaal Oost", "Zaal Ost")]
    for path, meant, written in wrong:
        (copy / FILE).write_text(
            re.sub(rf"(place|at): {meant}$", rf"\1: {written}", right, flags=re.MULTILINE), "utf-8"
        )
        field, own = page.locator(f"[data-path='{path}']"), page.locator(f"[data-question='{path}']")
        field.fill(written)
        field.blur()
        told = [one for one in load(Reader(copy), TODAY).problems if one.file == FILE]
        assert any(f'Bedoel je "{meant}"?' in one.message for one in told)
        expect(own.locator(".question__problem")).to_contain_text(f'Bedoel je "{meant}"?')
        own.get_by_role("button", name=f"Maak ervan: {meant}").click()
        expect(field).to_have_value(meant)
        expect(own.get_by_role("button", name="Maak ervan")).to_have_count(0)
    assert sent(page) == right


def test_one_click_puts_both_numbers_of_a_position_in_place(visit: Open) -> None:
    page = ready(visit().open("toevoegen/"))
    page.get_by_text("Straat en plek op de kaart").click()
    north, east = page.get_by_label("Noord", exact=True).first, page.get_by_label("Oost", exact=True).first
    north.fill("6.09")
    east.fill("53.1")
    east.blur()
    told = page.get_by_text("De breedte en de lengte zijn verwisseld. Noord is 53.1, oost is 6.09.")
    expect(told).to_be_visible()
    page.get_by_role("button", name="Maak ervan: 53.1, 6.09").click()
    expect(north).to_have_value("53.1")
    expect(east).to_have_value("6.09")
    expect(north).to_be_focused()
    expect(told).to_have_count(0)


PASTE = """([selector, text]) => {
  const control = document.querySelector(selector)
  control.focus()
  control.setSelectionRange(control.value.length, control.value.length)
  const clipboardData = new DataTransfer()
  clipboardData.setData("text/plain", text)
  const isLeft = control.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))
  return isLeft
}"""
WORD = "Je doet:\r\n•\tkoffie\u00a0zetten\r\n\uf0b7\t‘gezellig’ pra\u00adten…\r\n-\topruimen\u200b"


def test_what_is_pasted_from_a_word_processor_is_tidied_and_can_come_back(visit: Open) -> None:
    page = ready(visit().open("toevoegen/"))
    field = page.get_by_label("Uitleg", exact=True)
    field.press_sequentially("Welkom. ")
    assert page.evaluate(PASTE, ["#opportunities_description", WORD]) is False
    tidy = "Welkom. Je doet:\nKoffie zetten.\n‘gezellig’ praten…\nOpruimen."
    expect(field).to_have_value(tidy)
    question = page.locator("[data-question='opportunities.0.description']")
    expect(question.get_by_role("status")).to_contain_text("Opgeruimd")
    field.press("Control+z")
    expect(field).to_have_value("Welkom. ")
    field.press("Control+Shift+z")
    expect(field).to_have_value(tidy)
    question.get_by_role("button", name="Ongedaan maken").click()
    expect(field).to_have_value("Welkom. " + WORD.replace("\r\n", "\n"))
    expect(question.get_by_role("status")).to_contain_text("zoals je hem plakte")
    assert page.evaluate(PASTE, ["#opportunities_title", "Gewone “tekst”…"]) is True
    page.evaluate(PASTE, ["#opportunities_title", "•\tkoffie\n•\tthee"])
    expect(page.locator("#opportunities_title")).to_have_value("Koffie. Thee.")


def test_every_field_filled_in(visit: Open, project: Path, tmp_path: Path) -> None:
    """Whatever the form asks can be in a file that the check accepts and `format` leaves alone."""
    copy = copy_project(project, tmp_path / "project")  # all municipalities and networks can be ticked
    tab = visit()
    tab.page.clock.set_fixed_time(TODAY.isoformat() + "T12:00:00")
    page = ready(tab.open("toevoegen/"))
    answer(page)
    page.evaluate("""() => {
      const examples = {
        "address.street": "Dorpsstraat 1", "address.postcode": "9203 AB", "contact.website": "https://www.dewilg.nl",
        "contacts.0.contact.website": "https://www.dewilg.nl", "contacts.0.contact.email": "taal@dewilg.nl",
        "contacts.0.contact.phone": "0512123457", "contacts.0.source.address": "https://www.dewilg.nl/taal",
        "contacts.0.source.date": "2026-09", "contact.phone": "0512123456", "sources.0.date": "2026-09",
        "opportunities.0.first_day": "2027-01-01",
        "opportunities.0.last_day": "2027-06-30", "opportunities.0.age.least": "16", "opportunities.0.age.most": "99",
        "opportunities.0.commitment.hours_per_week": "2.5", "opportunities.0.places": "8",
        "opportunities.0.requirements.declaration.until": "2029-05-31",
        "position.latitude": "53.11", "position.longitude": "6.1",
      }
      const schedule = {
        "meetings.0.rule": "om de week vanaf 2027-01-05", "meetings.0.starts": "16.30", "meetings.0.ends": "19:00",
        "meetings.0.first_day": "2027-01-01", "meetings.0.last_day": "2027-06-30", "without.0.days": "1 mei 2027",
        "changes.0.on": "2027-02-12", "changes.0.instead_of": "2027-02-05", "changes.0.starts": "15:00",
        "changes.0.ends": "16:00",
      }
      const location = {
        "address.place": "Oudega", "address.municipality": "smallingerland", "address.postcode": "9216 XX",
        "position.latitude": "53.13", "position.longitude": "6.02",
      }
      for (const [name, value] of Object.entries(schedule)) examples[`opportunities.0.schedule.${name}`] = value
      for (const [name, value] of Object.entries(location)) examples[`opportunities.0.locations.0.${name}`] = value
      for (const one of document.querySelectorAll("#formulier [data-path]")) {
        const { path } = one.dataset
        if (one.type === "checkbox") one.checked = true
        else if (examples[path]) one.value = examples[path]
        else if (one.value === "" && one.tagName === "SELECT") one.selectedIndex = 1
        else if (one.value === "") one.value = "Nee: een # tekst, met 'tekens' en \\"meer\\""
        one.dispatchEvent(new Event("change", { bubbles: true }))
      }
      const place = document.querySelector("[data-path='opportunities.0.locations.0.address.municipality']")
      place.value = "smallingerland"
      place.dispatchEvent(new Event("change", { bubbles: true }))
    }""")
    yaml = sent(page)
    (copy / FILE).write_text(yaml, "utf-8")
    assert errors_of(copy, FILE) == []
    assert is_laid_out(yaml)
    assert yaml.count("\n") > 80


def test_two_named_halls(visit: Open, copy: Path) -> None:
    """Places are asked as often as there are, each with a name of its own."""
    page = ready(visit().open("toevoegen/"))
    answer(page)
    page.get_by_text("Op een ander adres dan de organisatie").click()
    page.get_by_role("button", name="Nog een plek").click()
    for number, (name, place) in enumerate([("Zaal Oost", "Drachten"), ("Zaal Oost", "Oudega")]):
        for path, value in (("name", name), ("address.place", place)):
            page.locator(f"[data-path='opportunities.0.locations.{number}.{path}']").fill(value)
    page.locator("[data-path='opportunities.0.locations.1.address.municipality']").select_option("smallingerland")
    second = page.locator("[data-path='opportunities.0.locations.1.name']")
    expect(page.locator("[data-question='opportunities.0.locations.1.name'] .question__problem")).to_contain_text(
        "twee keer"
    )
    second.fill("Zaal West")
    yaml = sent(page)
    (copy / FILE).write_text(yaml, "utf-8")
    assert errors_of(copy, FILE) == []
    assert re.findall("name: (Zaal .*)", yaml) == ["Zaal Oost", "Zaal West"]


MISLEADING = [
    "nee",
    "no",
    "on",
    "12:30",
    "012",
    "2026-11-22",
    "~",
    "null",
    "1e3",
    "0x1F",
    "- a",
    "# b",
    "& c",
    "*d",
    "!e",
    "@f",
    "%g",
    "`h`",
    "? i",
    "a: b",
    "a #b",
    "[j",
    "{k}",
    "'l",
    '"m"',
    "\\n",
    "=",
    "<<",
    ">-",
    "|",
    "---",
    "...",
    "1_000",
    "é😀",
]


def test_no_text_changes_on_its_way_through_yaml(visit: Open, copy: Path) -> None:
    page = ready(visit(reduced_motion="reduce").open("toevoegen/"))
    answer(page)
    for number, text in enumerate(MISLEADING):
        page.locator("#opportunities_title").fill(text)
        page.locator("#opportunities_title").blur()
        page.get_by_role("button", name=SEND).click()
        yaml = page.locator("[data-yaml]").text_content() or ""
        assert is_laid_out(yaml), yaml
        (copy / FILE.replace(".yml", f"-{number}.yml")).write_text(yaml, "utf-8")
    catalogue = load(Reader(copy), TODAY).catalogue
    assert catalogue
    slugs = [f"smallingerland/buurthuis-de-wilg-{number}" for number in range(len(MISLEADING))]
    assert [str(catalogue.organisations[slug].record.opportunities[0].title) for slug in slugs] == MISLEADING


def test_a_long_file_is_copied_instead(visit: Open) -> None:
    tab = visit(reduced_motion="reduce", permissions=["clipboard-read", "clipboard-write"])
    page = ready(tab.open("toevoegen/"))
    answer(page)
    for _ in range(14):
        page.get_by_role("button", name="Nog een kans toevoegen").click()
    for number in range(1, 15):
        page.locator(f"#opportunities_{number}_title").fill(f"Kans {number}")
        page.locator(f"#opportunities_{number}_activity").select_option("taal")
        page.locator(f"#opportunities_{number}_description").fill("Een lange uitleg. " * 35)
    yaml = sent(page)
    expect(page.get_by_role("link", name="Open het voorstel op GitHub")).to_be_hidden()
    page.get_by_role("button", name="Kopieer").click()
    expect(page.get_by_text("Gekopieerd.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == yaml
    link = page.get_by_role("link", name="Open het bestand op GitHub").get_attribute("href") or ""
    assert link.endswith("/smallingerland?filename=buurthuis-de-wilg.yml")
    expect(page.get_by_text("Kopieer eerst het bestand, zoals hierboven")).to_be_visible()
    issue = page.get_by_role("link", name="Stuur als melding").get_attribute("href") or ""
    assert parse_qs(urlsplit(issue).query) == {"template": ["voorstel.yml"], "file": [FILE]}


def test_without_an_account(visit: Open, copy: Path) -> None:
    """No mailbox is configured here: the file can be kept, and an issue has all of it."""
    page = ready(visit().open("toevoegen/"))
    answer(page)
    yaml = sent(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Bewaar het bestand").click()
    kept: Download = download.value
    assert kept.suggested_filename == "buurthuis-de-wilg.yml"
    assert Path(kept.path()).read_text("utf-8") == yaml
    assert page.locator("[href^=mailto]").count() == 0
    query = parse_qs(urlsplit(page.get_by_role("link", name="Stuur als melding").get_attribute("href") or "").query)
    assert query == {"template": ["voorstel.yml"], "file": [FILE], "content": [yaml]}


def test_a_configured_mailbox(visit: Open, copy: Path) -> None:
    config = copy / "mkdocs.yml"
    config.write_text(f"{config.read_text('utf-8')}\nextra:\n  contribute:\n    email: kaart@voorbeeld.nl\n", "utf-8")
    with hosted(built(copy)) as address:
        page = ready(visit(address).open("toevoegen/"))
        answer(page)
        yaml = sent(page)
        link = urlsplit(page.get_by_role("link", name="Mail het").get_attribute("href") or "")
        assert (link.scheme, link.path) == ("mailto", "kaart@voorbeeld.nl")
        assert yaml in parse_qs(link.query)["body"][0]


def test_what_is_missing_is_listed_and_linked(visit: Open) -> None:
    page = ready(visit().open("toevoegen/"))
    assert page.locator(".question__problem:not(:empty)").count() == 0
    page.get_by_role("button", name=SEND).click()
    summary = page.get_by_role("region", name="Nog niet klaar")
    expect(summary).to_be_focused()
    page.get_by_role("link", name='"Soort activiteit" is nog leeg').click()
    field = page.get_by_label("Soort activiteit verplicht", exact=True)
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    described = (field.get_attribute("aria-describedby") or "").split()
    assert any("is nog leeg" in (page.locator(f"#{id}").text_content() or "") for id in described)
    field.select_option("taal")
    expect(field).not_to_have_attribute("aria-invalid", "true")


def test_warnings_while_typing(visit: Open) -> None:
    page = ready(visit().open("toevoegen/"))
    page.locator("#contact_email").press_sequentially("jan.jansen@voorbeeld.nl")
    expect(page.get_by_text("lijkt het adres van één persoon")).to_be_visible()
    page.locator("#contact_phone").press_sequentially("06 12345678")
    expect(page.get_by_text("is een mobiel nummer")).to_be_visible()


def test_a_place_of_several_municipalities_is_asked(visit: Open) -> None:
    page = ready(visit().open("toevoegen/"))
    answer(page, {**ANSWERS, "Plaats verplicht": "Oudega"})
    expect(page.get_by_text("Oudega is er in meer gemeenten: De Fryske Marren")).to_be_visible()
    page.get_by_role("button", name=SEND).click()
    page.get_by_role("link", name='"Gemeente" is nog leeg').click()
    page.locator("#address_municipality").select_option("smallingerland")
    assert "place: Oudega\n" in sent(page)


def test_an_organisation_that_is_there_already(visit: Open) -> None:
    page = ready(visit().open("toevoegen/"))
    answer(page, {**ANSWERS, "Naam verplicht": "Stichting Badminton-club Drachten"})
    note = page.get_by_role("status").filter(has_text="Dit lijkt al in de catalogus te staan")
    expect(note).to_be_visible()
    expect(note.get_by_role("link", name="Badmintonclub Drachten")).to_have_attribute(
        "href", "../kansen/smallingerland/badmintonclub-drachten/"
    )


def test_what_was_typed_survives_a_reload_and_can_be_thrown_away(visit: Open) -> None:
    tab = visit()
    page = ready(tab.open("toevoegen/"))
    answer(page)
    page.get_by_role("button", name="Nog een kans toevoegen").click()
    page.locator("#opportunities_1_title").fill("Tweede kans")
    page.wait_for_timeout(600)
    page.reload()
    expect(page.locator("#name")).to_have_value("Buurthuis De Wilg")
    expect(page.locator("#opportunities_1_title")).to_have_value("Tweede kans")
    expect(page.get_by_text("Wat je eerder typte, staat er nog")).to_be_visible()
    page.get_by_role("button", name="Gooi weg").click()
    expect(page.locator("#name")).to_have_value("")
    assert page.locator("#opportunities_1_title").count() == 0
    page.get_by_role("button", name="Zet terug").click()
    expect(page.locator("#name")).to_have_value("Buurthuis De Wilg")
    expect(page.locator("#opportunities_1_title")).to_have_value("Tweede kans")
    page.get_by_role("button", name="Gooi weg").click()
    page.reload()
    expect(ready(page).locator("#name")).to_have_value("")
    assert page.context.cookies() == []


def _difference(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.split("\n"), after.split("\n"), lineterm="", n=0)
    return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]


COMMENTED = """\
# yaml-language-server: $schema=../../../schemas/organisation.json
# Nagekeken met de coördinator.
name: Proefhuis   # zo heet het echt
kind: buurthuis
address: {street: Kerkstraat 1, place: Drachten} # in het centrum
contact:
  # alleen dit nummer
  phone: 0512 00 00 00
networks:
  - humanitas # sinds kort

  - voedselbanken
sources:
  - address: https://www.proefhuis.nl/
    title: 'Proefhuis'
    date: 2019
confirmation:
  on: 2025-01-01 # per mail
  by: Het bestuur

opportunities:
  - id: koken
    title: >-
      Samen koken
      en eten
    activity: ontmoeting
    sectors: [koken, buurt] # koken eerst
    description:
      nl: Je kookt samen.
      en: You cook together.
    status: actief # nog steeds
  - id: repareren
    title: Repareren
    activity: ontmoeting
    schedule:
      meetings:
        - days: [maandag]
          starts: 10:00
        # sinds kort
        - rule: elke tweede zaterdag # niet vaker
          starts: 13:00
        - rule: eerste maandag en derde donderdag
          ends: 20:00
    # hierna niets meer
# einde
"""
EDITED = "catalogue/organisations/smallingerland/proefhuis.yml"
Change = Callable[[Page], None]


@pytest.fixture(scope="module")
def commented(fork: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with a record whose file has comments and unusual layout everywhere, and two with a comment."""
    copy = copy_project(fork, tmp_path_factory.mktemp("commented") / "project")
    networks = {"humanitas", "voedselbanken"}
    assert networks <= set(load(Reader(copy), TODAY).catalogue.vocabulary.networks)  # type: ignore[union-attr]
    (copy / EDITED).write_text(COMMENTED, "utf-8")
    for file in (copy / "catalogue/municipalities/leeuwarden.yml", copy / "catalogue/reception/azc-sneek.yml"):
        file.write_text(file.read_text("utf-8").replace("\nsources:", "\n# Nagekeken. # niet weg\nsources:"), "utf-8")
    built(copy)
    return copy


CHANGES: list[tuple[dict[str, str | list[str]], list[str]]] = [
    (
        {"name": "Proefhuis Oost"},
        ["-name: Proefhuis   # zo heet het echt", "+name: Proefhuis Oost   # zo heet het echt"],
    ),
    ({"contact_phone": "0512 00 00 01"}, ["-  phone: 0512 00 00 00", "+  phone: 0512 00 00 01"]),
    ({"contact_email": "info@proefhuis.nl"}, ["+  email: info@proefhuis.nl"]),
    ({"sources_date": ""}, ["-    date: 2019"]),
    ({"sources_title": "Nee: ja"}, ["-    title: 'Proefhuis'", '+    title: "Nee: ja"']),
    (
        {"address_postcode": "9203 AB"},
        [
            "-address: {street: Kerkstraat 1, place: Drachten} # in het centrum",
            "+address: {street: Kerkstraat 1, place: Drachten, postcode: 9203 AB} # in het centrum",
        ],
    ),
    (
        {"opportunities_title": "Samen eten"},
        ["-    title: >-", "-      Samen koken", "-      en eten", "+    title: Samen eten"],
    ),
    ({"opportunities_description": "Je eet samen."}, ["-      nl: Je kookt samen.", "+      nl: Je eet samen."]),
    (
        {"opportunities_sectors": ["koken", "taal"]},
        ["-    sectors: [koken, buurt] # koken eerst", "+    sectors: [koken, taal] # koken eerst"],
    ),
    ({"networks": ["voedselbanken"]}, ["-  - humanitas # sinds kort"]),
    ({"opportunities_places": "8"}, ["+    places: 8"]),
    ({"opportunities_schedule_meetings_starts": "9:30"}, []),
    (
        {"opportunities_schedule_meetings_starts": "09:30", "opportunities_schedule_meetings_days": ["maandag"]},
        ["+    schedule:", "+      meetings:", "+        - days: [maandag]", "+          starts: 09:30"],
    ),
    (
        {"bron__confirmation": "ja"},
        ["-  on: 2025-01-01 # per mail", f"+  on: {TODAY} # per mail"],
    ),
]


def test_a_change_is_only_the_lines_meant(visit: Open, commented: Path) -> None:
    reader, file = Reader(commented), commented / EDITED
    with hosted(commented / "site") as address:
        tab = visit(address, reduced_motion="reduce")
        tab.page.clock.set_fixed_time(TODAY.isoformat() + "T12:00:00")
        tab.page.add_init_script("localStorage.clear()")  # what was typed before
        for changes, difference in CHANGES:
            page = ready(tab.open("wijzigen/?bestand=smallingerland/proefhuis"))
            change(page, changes)
            page.get_by_role("button", name=SEND).click()
            if not difference:
                expect(page.locator("[data-summary]")).to_be_focused()
                continue
            after = page.locator("[data-yaml]").text_content() or ""
            assert _difference(COMMENTED, after) == difference
            try:
                file.write_text(after, "utf-8")
                assert [one for one in load(reader, TODAY).problems if one.severity == "error"] == []
            finally:
                file.write_text(COMMENTED, "utf-8")


def test_what_is_taken_out_of_a_list_takes_its_own_lines(visit: Open, commented: Path) -> None:
    """One meeting goes, one changes, one is added; the others and all comments stay as they are."""
    with hosted(commented / "site") as address:
        page = ready(visit(address, reduced_motion="reduce").open("wijzigen/?bestand=smallingerland/proefhuis"))
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        kans = page.get_by_role("group", name="Kans 2", exact=True)
        chosen = kans.get_by_label("Hoe vaak is het?").evaluate_all(
            "all => all.map(one => one.selectedOptions[0].text)"
        )
        assert chosen == ["Elke week", "Vaste dag in de maand, zoals elke tweede zaterdag", "Anders"]
        kans.get_by_role("group", name="Dag of tijd 1").get_by_role("button", name="Haal weg").click()
        kans.get_by_label("Begint om").first.fill("14:00")
        kans.get_by_role("button", name="Nog een dag of tijd toevoegen").click()
        added = kans.get_by_role("group", name="Dag of tijd 3")
        added.get_by_label("Hoe vaak is het?").select_option(label="Eén keer")
        added.get_by_label("Op welke dag?").fill("2027-01-09")
        after = sent(page)
    assert _difference(COMMENTED, after) == [
        "-        - days: [maandag]",
        "-          starts: 10:00",
        "-          starts: 13:00",
        "+          starts: 14:00",
        "+        - rule: eenmalig op 2027-01-09",
    ]


def change(page: Page, changes: Mapping[str, str | list[str]]) -> None:
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    for name, value in changes.items():
        if page.locator(f"select#{name}").count():
            page.locator(f"#{name}").select_option(value)
        elif page.locator(f"#{name}[data-tick]").count():
            page.locator(f"#{name}").check()
        elif isinstance(value, list):
            for box in page.locator(f"input[name='{name}']").all():
                box.set_checked((box.get_attribute("value") or "") in value)
        else:
            page.locator(f"#{name}").fill(value)
            page.locator(f"#{name}").blur()


def test_wrong_answers_in_a_change_are_told(visit: Open, commented: Path) -> None:
    with hosted(commented / "site") as address:
        page = ready(visit(address).open("wijzigen/?bestand=smallingerland/proefhuis"))
        page.locator("#opportunities_title").fill("")
        page.get_by_role("button", name=SEND).click()
        expect(page.locator("[data-summary]")).to_contain_text('"Wat kun je er doen?" is nog leeg')
        expect(page.locator("#versturen")).to_be_hidden()


def test_still_right_is_one_click(visit: Open) -> None:
    """From the page of an organisation to a change of the day alone, with who says so filled in."""
    tab = visit()
    tab.page.clock.set_fixed_time(TODAY.isoformat() + "T12:00:00")
    page = tab.open("kansen/smallingerland/badmintonclub-drachten/")
    page.get_by_role("link", name="Nog steeds juist").click()
    expect(page.get_by_role("heading", name="Verstuur je voorstel")).to_be_visible()
    expect(page.get_by_label("Wie zegt dat?")).to_have_value("Badmintonclub Drachten")
    expect(page.locator("#contact_phone")).to_be_hidden()
    page.get_by_label("Wie zegt dat?").fill("Het bestuur")
    page.get_by_label("Wie zegt dat?").blur()
    before = (ROOT / "catalogue/organisations/smallingerland/badmintonclub-drachten.yml").read_text("utf-8")
    after = page.locator("[data-yaml]").text_content() or ""
    assert _difference(before, after) == ["+confirmation:", f"+  on: {TODAY}", "+  by: Het bestuur"]
    link = page.get_by_role("link", name="Open het bestand op GitHub").get_attribute("href") or ""
    path = "catalogue/organisations/smallingerland/badmintonclub-drachten.yml"
    assert link == f"https://github.com/meedoenkaart/meedoenkaart/edit/main/{path}"


@pytest.mark.parametrize(
    ("page_url", "changes", "difference"),
    [
        (
            "gemeenten/leeuwarden/",
            {"contact_email": "inburgering@leeuwarden.nl", "guidance_organisation": "leeuwarden/humanitas"},
            [
                "+contact:",
                "+  email: inburgering@leeuwarden.nl",
                "-  organisation: leeuwarden/vluchtelingenwerk",
                "+  organisation: leeuwarden/humanitas",
            ],
        ),
        (
            "azc/azc-sneek/",
            {"meedoenbalie_contact_phone": "0515 00 00 00", "open_since": "2015"},
            ["-  since: 2016", "+  since: 2015", "+  contact:", "+    phone: 0515 00 00 00"],
        ),
    ],
    ids=["municipality", "reception"],
)
def test_from_any_record_page_to_a_change_of_its_file(
    visit: Open, commented: Path, page_url: str, changes: dict[str, str], difference: list[str]
) -> None:
    """Comments stay where they are, the check accepts the file, and the button leads to it at GitHub."""
    folder, slug = page_url.split("/")[:2]
    file = f"catalogue/{ {'gemeenten': 'municipalities', 'azc': 'reception'}[folder] }/{slug}.yml"
    before = (commented / file).read_text("utf-8")
    with hosted(commented / "site") as address:
        page = visit(address).open(page_url)
        page.get_by_role("link", name="Wijzig dit").click()
        expect(ready(page).get_by_text("Je wijzigt:")).to_be_visible()
        page.get_by_role("button", name=SEND).click()
        expect(page.get_by_text("Je hebt nog niets veranderd.")).to_be_visible()
        assert page.locator("[data-yaml]").text_content() == before
        change(page, changes)
        after = sent(page)
        link = page.get_by_role("link", name="Open het bestand op GitHub").get_attribute("href") or ""
        issue = page.get_by_role("link", name="Stuur als melding").get_attribute("href") or ""
    assert _difference(before, after) == difference
    assert link == f"https://github.com/meedoenkaart/meedoenkaart/edit/main/{file}"
    assert parse_qs(urlsplit(issue).query) == {"template": ["voorstel.yml"], "file": [file], "content": [after]}
    try:
        (commented / file).write_text(after, "utf-8")
        told = [one for one in load(Reader(commented), TODAY).problems if one.file == file]
        assert [one.rule for one in told if one.severity == "error"] == []
    finally:
        (commented / file).write_text(before, "utf-8")


def test_an_opportunity_for_an_organisation_that_is_there(visit: Open, copy: Path) -> None:
    page = ready(visit().open("toevoegen/"))
    page.get_by_text("Staat de organisatie al op de kaart?").click()
    page.get_by_label("Gemeente", exact=True).first.select_option("smallingerland")
    page.get_by_label("Organisatie", exact=True).select_option("smallingerland/badmintonclub-drachten")
    page.get_by_role("link", name="Voeg er een kans aan toe").click()
    ready(page)
    expect(page.locator("#opportunities_1_title")).to_be_focused()
    page.locator("#opportunities_1_title").fill("Badminton")
    page.locator("#opportunities_1_activity").select_option("sport")
    after = sent(page)
    file = "catalogue/organisations/smallingerland/badmintonclub-drachten.yml"
    before = (ROOT / file).read_text("utf-8")
    added = ["+  - id: badminton-2", "+    title: Badminton", "+    activity: sport"]
    assert _difference(before, after) == added
    (copy / file).write_text(after, "utf-8")
    assert not {"duplicate-id", "missing-field"} & set(errors_of(copy, file))
    assert is_laid_out(after)


def test_still_right_keeps_nothing_and_is_there_for_a_municipality(visit: Open) -> None:
    tab = visit()
    tab.page.clock.set_fixed_time(TODAY.isoformat() + "T12:00:00")
    page = tab.open("gemeenten/leeuwarden/")
    page.get_by_role("link", name="Nog steeds juist").click()
    expect(page.get_by_role("heading", name="Verstuur je voorstel")).to_be_visible()
    before = (ROOT / "catalogue/municipalities/leeuwarden.yml").read_text("utf-8")
    after = page.locator("[data-yaml]").text_content() or ""
    assert _difference(before, after) == ["+confirmation:", f"+  on: {TODAY}", "+  by: Gemeente Leeuwarden"]
    page.goto(page.url.replace("&klopt", ""))
    expect(ready(page).locator("#bron__confirmation")).not_to_be_checked()


@pytest.mark.parametrize(
    "wish", ["", "?bestand=../../geheim", "?bestand=smallingerland/%3Cscript%3E", "?bestand=a/b/c"]
)
def test_no_organisation_to_change(visit: Open, wish: str) -> None:
    page = visit().open(f"wijzigen/{wish}")
    expect(page.get_by_text("Kies hieronder een organisatie")).to_be_visible()
    expect(page.get_by_role("button", name=SEND)).to_be_hidden()
    expect(page.get_by_label("Gemeente", exact=True).first).to_be_visible()


def test_every_file_comes_back_unchanged_from_the_form(visit: Open, project: Path) -> None:
    """Filled in and sent without a change, nothing is changed: tried with every organisation of the catalogue."""
    sources = sorted((project / "catalogue/organisations").glob("*/*.yml"))
    page = visit(reduced_motion="reduce").open("toevoegen/")
    published = page.evaluate(
        """slugs => Promise.all(
          slugs.map(async slug => (await fetch(`../kansen/${slug}/${slug.split("/")[1]}.yml`)).text())
        )""",
        [f"{path.parent.name}/{path.stem}" for path in sources],
    )
    assert [path.read_text("utf-8") for path in sources] == published
    for path in sources[::25]:
        page.goto(
            page.url.split("toevoegen")[0].split("wijzigen")[0] + f"wijzigen/?bestand={path.parent.name}/{path.stem}"
        )
        ready(page)
        page.get_by_role("button", name=SEND).click()
        expect(page.get_by_text("Je hebt nog niets veranderd.")).to_be_visible()
        assert page.locator("[data-yaml]").text_content() == path.read_text("utf-8")


HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "javascript:alert(1)",
    '"><svg onload=alert(1)>',
    "{{ 7 * 7 }} {% raw %}",
    "\u202eevil\u0000",
    "=HYPERLINK(1)",
]


def test_hostile_text_does_nothing(visit: Open) -> None:
    """In every field at once, in the preview, the messages, the summary, the file and the links."""
    page = ready(visit(reduced_motion="reduce").open("toevoegen/"))
    answer(page)
    before = page.evaluate("document.querySelectorAll('script, img, svg, iframe').length")
    for text in HOSTILE:
        page.evaluate(
            """text => {
              for (const one of document.querySelectorAll("#formulier [data-path]")) {
                if (one.type === "checkbox" || one.tagName === "SELECT") continue
                one.value = text
                // Only of these does something follow; the others are looked at together, when it is sent.
                const kind = /place$|postcode$|schedule/.test(one.dataset.path) ? "change" : "input"
                one.dispatchEvent(new Event(kind, { bubbles: true }))
              }
            }""",
            text,
        )
        page.get_by_role("button", name=SEND).click()
        page.wait_for_timeout(50)
        assert page.evaluate("document.querySelectorAll('script, img, iframe, [onerror], [onload]').length") <= before
        schemes = page.evaluate("[...document.querySelectorAll('a[href]')].map(one => one.protocol)")
        assert set(schemes) <= {"http:", "https:"}
    page.reload()
    ready(page)
    assert page.evaluate("document.querySelectorAll('[onerror], [onload]').length") == 0


def test_a_broken_memory_does_not_break_the_form(visit: Open) -> None:
    page = ready(visit().open("toevoegen/"))
    for kept in ["{", "7", '[["name", 7], 3, ["kind"]]', '[["opportunities.9999.title", "x"]]']:
        page.evaluate("kept => localStorage.setItem('meedoenkaart/formulier/nieuw', kept)", kept)
        page.reload()
        ready(page)


def test_by_keyboard_alone(visit: Open) -> None:
    page = ready(visit().open("toevoegen/"))
    page.locator("#name").focus()
    keys = page.keyboard
    typed = ["Proefclub", "Drachten", None, "", "info@proefclub.nl", "", "Sp"]
    for one in typed:
        if one:
            keys.type(one)
        keys.press("Tab")
    assert page.locator("#kind").input_value() == "sportvereniging"
    for _ in range(60):
        if page.evaluate("document.activeElement.id") == "opportunities_title":
            break
        keys.press("Tab")
    keys.type("Voetballen")
    keys.press("Tab")
    keys.type("Sp")
    for _ in range(10):
        if page.evaluate("document.activeElement.textContent").startswith("Wanneer en hoe vaak"):
            break
        keys.press("Tab")
    keys.press("Enter")
    expect(page.get_by_label("maandag", exact=True)).to_be_visible()
    for _ in range(60):
        keys.press("Tab")
        if page.evaluate("document.activeElement.id") == "bron__confirmation":
            break
    keys.press("Space")
    keys.press("Tab")
    keys.type("de trainer")
    for _ in range(60):
        if page.evaluate("document.activeElement.id") == "sources_address":
            break
        keys.press("Tab")
    keys.type("https://www.proefclub.nl/")
    keys.press("Tab")
    keys.type("Proefclub")
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Verstuur je voorstel")).to_be_focused()
    keys.press("Tab")
    keys.press("Tab")
    expect(page.get_by_role("link", name="Open het voorstel op GitHub")).to_be_focused()
    assert "by: de trainer" in (page.locator("[data-yaml]").text_content() or "")


def test_axe_finds_nothing_in_what_appears(visit: Open) -> None:
    """Errors with their summary, everything unfolded, and the ways to send."""
    tab = visit(color_scheme="dark", reduced_motion="reduce", viewport=PHONE)
    page = ready(tab.open("toevoegen/"))
    page.locator("#contact_phone").fill("06 12345678")
    page.get_by_role("button", name="Nog een kans toevoegen").click()
    page.get_by_role("button", name=SEND).click()
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    page.get_by_role("button", name="Wijs aan op de kaart").first.click()
    page.locator(".spot__pin").wait_for()
    assert findings(page) == []
    page.get_by_role("button", name="Haal weg").click()
    page.locator("#contact_phone").fill("")
    answer(page)
    sent(page)
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    for size in (PHONE, LAPTOP):
        page.set_viewport_size(size)
        assert findings(page) == []


def test_without_its_data_the_form_becomes_an_issue_too(visit: Open) -> None:
    tab = visit()
    tab.page.route("**/formulier.json", lambda route: route.fulfill(status=200, body="{"))
    page = tab.open("toevoegen/")
    expect(page.get_by_role("button", name="Stuur als melding op GitHub")).to_be_visible()


def test_without_script_the_form_becomes_an_issue(visit: Open) -> None:
    tab = visit(java_script_enabled=False)
    page = tab.open("toevoegen/")
    expect(page.get_by_text("er draait geen JavaScript")).to_be_visible()
    answer(page)
    expect(page.get_by_role("button", name=SEND)).to_be_hidden()
    with page.expect_request("https://github.com/**") as request:
        page.route("https://github.com/**", lambda route: route.fulfill(body=""))
        page.get_by_role("button", name="Stuur als melding op GitHub").click()
    tab.asked.remove(request.value.url)  # the one address elsewhere that is meant
    query = parse_qs(urlsplit(request.value.url).query)
    assert query["template"] == ["nieuwe-kans.yml"]
    assert query["name"] == ["Buurthuis De Wilg"]
    assert query["sources_address"] == ["https://www.dewilg.nl/koken"]


def test_without_script_changing_is_explained(visit: Open) -> None:
    page = visit(java_script_enabled=False).open("wijzigen/?bestand=smallingerland/badmintonclub-drachten")
    expect(page.get_by_text("er draait geen JavaScript")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("textbox")).to_have_count(0)
    page.get_by_role("link", name="Lees hoe dat gaat").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def _open_map(page: Page) -> Locator:
    """Ask for the map of the organisation's own position, and return its pin."""
    page.get_by_text("Straat en plek op de kaart").click()
    page.get_by_role("button", name="Wijs aan op de kaart").first.click()
    pin = page.get_by_role("button", name="Speld.")
    pin.wait_for()
    return pin


def _position(page: Page) -> list[str]:
    return [page.locator(f"#position_{name}").input_value() for name in ("latitude", "longitude", "precision")]


def test_a_pin_gives_the_position(visit: Open, copy: Path) -> None:
    """With the mouse and with the arrow keys; nothing is asked of anybody else, and the pin can be taken away again."""
    tab = visit(reduced_motion="reduce")  # nothing scrolls on while the mouse is on its way
    page = ready(tab.open("toevoegen/"))
    answer(page)
    assert not [url for url in tab.asked if "spot-" in url or "kaart.json" in url]
    pin = _open_map(page)
    assert _position(page) == ["", "", ""], "the map alone says nothing"
    expect(page.get_by_text("De speld staat nog niet vast")).to_be_visible()
    pin.focus()
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowUp"):
        page.keyboard.press(key)
    north, east, precision = _position(page)
    assert precision == "exact"
    expect(pin).to_be_focused()
    expect(page.get_by_text("van het midden van Drachten")).to_be_visible()
    page.locator("#position_precision").select_option("adres")
    pin.hover()  # which may scroll
    box = page.locator(".spot__canvas").bounding_box()
    assert box
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 60, steps=5)
    page.mouse.up()
    dragged = _position(page)
    assert dragged[0] > north
    assert dragged[1] < east
    assert dragged[2] == "adres"
    yaml = sent(page)
    assert f"position:\n  latitude: {dragged[0]}\n  longitude: {dragged[1]}\n  precision: adres\n" in yaml
    (copy / FILE).write_text(yaml, "utf-8")
    assert errors_of(copy, FILE) == []
    assert is_laid_out(yaml)
    page.locator("#position_latitude").fill("52.1")
    page.locator("#position_latitude").blur()
    expect(page.locator("#position_latitude__melding")).to_contain_text("kilometer van de dichtstbijzijnde plaats")
    expect(page.locator("#versturen")).to_be_hidden()
    page.get_by_role("button", name="Haal de speld weg").click()
    assert _position(page) == ["", "", ""]
    assert "position:" not in sent(page)


def test_the_map_of_one_opportunity_is_not_that_of_another(visit: Open) -> None:
    page = ready(visit().open("toevoegen/"))
    answer(page)
    page.get_by_text("Op een ander adres dan de organisatie").click()
    page.locator("[data-part=opportunities] [data-spot-open]").click()
    page.get_by_role("button", name="Speld.").wait_for()
    page.get_by_role("button", name="Nog een kans toevoegen").click()
    second = page.get_by_role("group", name="Kans 2")
    second.get_by_text("Op een ander adres dan de organisatie").click()
    second.locator("[data-spot-open]").click()
    second.get_by_role("button", name="Speld.").press("ArrowDown")
    expect(page.locator("#opportunities_1_locations_position_latitude")).to_have_value(re.compile(r"53\.\d+"))
    expect(page.locator("#opportunities_locations_position_latitude")).to_have_value("")
    page.get_by_role("button", name=SEND).click()
    second.get_by_role("group", name="Plek 1").get_by_text('"Plaats" is nog leeg').wait_for()
    page.get_by_role("button", name="Haal weg").last.click()
    page.locator("[data-part=opportunities] .spot__pin").press("ArrowDown")
    expect(page.locator("#opportunities_locations_position_latitude")).to_have_value(re.compile(r"53\.\d+"))


def test_the_map_names_places(visit: Open) -> None:
    page = ready(visit().open("wijzigen/azc/?bestand=azc-sneek"))
    page.get_by_text("De plek op de kaart").click()
    page.get_by_role("button", name="Wijs aan op de kaart").click()
    page.locator(".map__place", has_text=re.compile("^Sneek$")).wait_for()
    page.get_by_role("button", name="Speld.").press("ArrowLeft")
    assert "position:" in sent(page)


def test_streets_come_from_pdok_when_switched_on(visit: Open) -> None:
    tab = visit(tiles=background)
    page = ready(tab.open("wijzigen/azc/?bestand=azc-sneek"))
    page.get_by_text("De plek op de kaart").click()
    page.get_by_role("button", name="Wijs aan op de kaart").click()
    switch = page.get_by_role("checkbox", name="Achtergrond van PDOK")
    switch.wait_for()
    assert not [url for url in tab.asked if url.startswith(TILES)]
    switch.check()
    page.locator(".spot__canvas .leaflet-tile-loaded").first.wait_for()


def test_without_the_map_the_numbers_can_be_typed(visit: Open) -> None:
    tab = visit()
    tab.page.route("**/spot-*.js", lambda route: route.fulfill(status=404, body=""))
    page = ready(tab.open("wijzigen/azc/?bestand=azc-sneek"))
    page.get_by_text("De plek op de kaart").click()
    page.get_by_role("button", name="Wijs aan op de kaart").click()
    expect(page.get_by_text("De kaart kon niet laden")).to_be_visible()
    change(page, {"position_latitude": "53.03", "position_longitude": "5.66"})
    page.locator("#position_precision").select_option("adres")
    assert "latitude: 53.03\n" in sent(page)
    tab.faults[:] = [fault for fault in tab.faults if "404" not in fault]


def test_names_that_could_not_be_read_are_asked_again(visit: Open) -> None:
    tab = visit()
    names = "**/assets/namen/smallingerland.json"
    tab.page.route(names, lambda route: route.fulfill(status=503))
    page = tab.open("wijzigen/")
    page.get_by_label("Gemeente").first.select_option("smallingerland")
    failed = page.locator("[data-choose=failed]")
    expect(failed).to_contain_text("De lijst met organisaties kon niet laden.")
    page.unroute(names)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("[data-choose=organisation]")).to_be_enabled()
    expect(failed).to_be_hidden()
    tab.faults[:] = [fault for fault in tab.faults if "503" not in fault]


@pytest.mark.parametrize(("status", "said"), [(404, "staat niet meer op de kaart"), (503, "konden niet laden")])
def test_a_file_is_only_gone_when_that_is_known(visit: Open, status: int, said: str) -> None:
    tab = visit()
    tab.page.route("**/kansen/assen/iets/iets.yml", lambda route: route.fulfill(status=status))
    page = tab.open("wijzigen/?bestand=assen/iets")
    expect(page.locator(".notice:visible")).to_contain_text(said)
    tab.faults[:] = [fault for fault in tab.faults if str(status) not in fault]
