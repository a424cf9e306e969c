"""Pages in other languages, used: the way of a resident, the change of language, right to left."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.axe import findings
from tests.browser.conftest import LAPTOP, PHONE, Open, hosted, settled
from tests.browser.test_layout import CUT_OFF, TOO_WIDE
from tests.languages.pseudo import FROM_LEFT, FROM_RIGHT
from tests.languages.test_pages import Strays
from tests.site.kinds import KINDS

FOR_RESIDENTS = {
    kind: url
    for kind, url in KINDS.items()
    if re.fullmatch(
        r"|((kansen|azc|gemeenten|agenda|doorgaan|begrippen|lijstje|activiteiten|sectoren)/(?!.*/?(dekking|wie-doet)).*)",
        url,
    )
}
QUESTIONS = {
    "en": "something in care near Sneek, A1, without a permit",
    "ar": "شيء في الرعاية قرب Sneek، A1، بدون تصريح إقامة",
    "uk": "догляд біля Sneek, A1, без дозволу на проживання",
}
VOICES = """
window.said = [];
const voices = [{ lang: "ar-SA", name: "a" }, { lang: "nl-NL", name: "b" }];
class Utterance extends EventTarget { constructor(text) { super(); this.text = text } }
const speech = {
  pending: false, getVoices: () => voices, cancel() {}, speak(one) { window.said.push([one.lang, one.text]) },
};
Object.defineProperty(window, "SpeechSynthesisUtterance", { value: Utterance });
Object.defineProperty(window, "speechSynthesis", { value: Object.assign(new EventTarget(), speech) });
"""
"""A device with two voices: what it would say is noted."""


@pytest.fixture(scope="session")
def address(spoken: Path) -> Iterator[str]:
    with hosted(spoken / "site") as found:
        yield found


def test_axe_finds_nothing(visit: Open) -> None:
    """Colours are those of Dutch pages, where they are looked at."""
    tab = visit(reduced_motion="reduce", viewport=PHONE, locale="ar")
    found: dict[str, Any] = {}
    for url in (*(f"ar/{url}" for url in FOR_RESIDENTS.values()), "ti/", "ti/kansen/", "ti/gemeenten/smallingerland/"):
        page = tab.open(url)
        settled(page)
        page.evaluate("for (const one of document.querySelectorAll('details:not(.languages)')) one.open = true")
        if wrong := findings(page, colours=False):
            found[url] = wrong
    page.locator(".languages summary").click()
    assert (found, findings(page)) == ({}, [])


@pytest.mark.parametrize("code", [FROM_LEFT, FROM_RIGHT])
def test_longer_words_fit(visit: Open, code: str) -> None:
    tab = visit(locale=code[:2])
    wide: dict[Any, Any] = {}
    for kind, url in FOR_RESIDENTS.items():
        page = tab.open(f"{code}/{url}")
        settled(page)
        page.evaluate("for (const one of document.querySelectorAll('details:not(.languages)')) one.open = true")
        for width in (320, 1280) if code == FROM_LEFT else (320,):
            page.set_viewport_size({"width": width, "height": 800})
            if found := page.evaluate(TOO_WIDE) + page.evaluate(CUT_OFF):
                wide[kind, width] = found[:5]
    assert wide == {}


@pytest.mark.parametrize("code", QUESTIONS)
def test_a_resident_asks_keeps_and_prints(visit: Open, code: str) -> None:
    """From the home page to the printed sheet, in one's own language with Dutch beside it."""
    page = visit(viewport=PHONE, locale=code).open(f"{code}/")
    page.locator("#__vraag").fill(QUESTIONS[code])
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"/{code}/kansen/"))
    settled(page)
    assert {"bij=sneek", "taal=A1", "vergunning=nee", "sector=zorg"} <= set(page.url.partition("?")[2].split("&"))
    expect(page.locator(".finder__status")).not_to_have_text(re.compile("kans"))
    page.locator(".card .keep").first.click()
    page.goto(page.url.partition("kansen/")[0] + "lijstje/")
    kept = page.locator(".kept").first
    expect(kept.locator("[data-row=permission] dd [lang=nl]")).to_have_text(re.compile("^(Ja|Nee|Niet)"))
    expect(kept.locator("[data-row=where] dt [lang=nl]")).to_have_text("Waar")
    own = kept.locator("[data-row=where] dt").evaluate("one => one.firstChild.textContent")
    assert own not in ("", "Waar")
    page.emulate_media(media="print")
    expect(page.locator(".paper-head:visible [lang=nl]").first).to_have_text("Hier kun je meedoen")
    expect(page.locator(".list-code svg")).to_be_visible()
    expect(page.locator(".languages")).to_be_hidden()
    page.goto(f"{page.url.partition(f'/{code}/')[0]}/lijstje/")
    expect(page.locator(".kept")).to_have_count(1)


def test_the_language_keeps_page_filter_anchor_and_colours(visit: Open) -> None:
    page = visit().open("kansen/?vergunning=nee#bron")
    settled(page)
    usual = page.evaluate("document.body.dataset.mdColorScheme")
    page.locator(".scheme button:visible").click()
    expect(page.locator("body")).not_to_have_attribute("data-md-color-scheme", usual)
    page.locator(".finder input[name=taal][value=A1]").check(force=True)
    page.wait_for_url(re.compile("taal=A1"))
    page.locator(".languages summary").click()
    page.locator(".languages a[hreflang=ar]").click()
    page.wait_for_url(re.compile(r"/ar/kansen/\?.*taal=A1"))
    assert "vergunning=nee" in page.url
    settled(page)
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    expect(page.locator("body")).not_to_have_attribute("data-md-color-scheme", usual)
    page.locator(".languages summary").click()
    page.keyboard.press("Escape")
    expect(page.locator(".languages a").first).to_be_hidden()


@pytest.mark.parametrize("way", ["", "ar/"])
def test_the_list_of_languages_stays_on_a_narrow_screen(visit: Open, way: str) -> None:
    page = visit(viewport={"width": 320, "height": 800}).open(way)
    page.locator(".languages summary").click()
    box = page.locator(".languages__list").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320


def test_a_distance_on_the_map_begins_with_its_number(visit: Open) -> None:
    page = visit(locale="ar").open("ar/azc/azc-sneek/")
    page.locator(".finder__show-map").click()
    places = """one => [0, one.textContent.length - 1].map(at => {
      const range = new Range()
      range.setStart(one.firstChild, at)
      range.setEnd(one.firstChild, at + 1)
      return range.getBoundingClientRect().left
    })"""
    number, unit = page.locator(".map__km").first.evaluate(places)
    assert number < unit


def test_a_card_of_the_finder_says_what_is_dutch(visit: Open) -> None:
    page = visit(locale="ar").open("ar/kansen/?woorden=klusteam")
    card = page.locator('.finder .card[data-key="sudwest-fryslan/ons-sneek#klusteam"]').first
    for said in (card.locator(".card__title a"), card.locator(".card__when > span")):
        expect(said).to_have_attribute("lang", "nl")
        expect(said).to_have_attribute("dir", "ltr")


def test_what_goes_on_after_a_move_is_said_in_the_language(visit: Open) -> None:
    """What the script writes is a message, a name, or a record's own words, which are called Dutch."""
    tab = visit(locale="en")
    for query in ("bij=azc-sneek&naar=gemeente-den-haag", "bij=azc-sneek&naar=onbekend", "naar=littenseradiel"):
        page = tab.open(f"{FROM_LEFT}/doorgaan/?{query}")
        page.locator(".onward__ask").wait_for()
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        assert Strays(page.locator(".onward").inner_html()).found == []
    tab.open("ar/doorgaan/?bij=azc-sneek&naar=gemeente-den-haag")
    title = page.locator(".onward__title a").first
    expect(title).to_have_attribute("lang", "nl")
    title.click()
    page.wait_for_url(re.compile("/ar/kansen/.+/#"))


def test_the_language_of_the_browser_is_offered_and_not_forced(visit: Open) -> None:
    tab = visit(locale="ar-SY")
    page = tab.open("kansen/")
    offered = page.locator(".language-line a")
    expect(offered).to_have_attribute("lang", "ar")
    assert page.url.endswith("/kansen/")
    page.locator(".language-line button").click()
    expect(offered).to_have_count(0)
    tab.open("azc/")
    page.locator(".languages").wait_for()
    expect(offered).to_have_count(0)


def test_a_page_loads_only_the_letters_that_it_shows(visit: Open) -> None:
    def fonts(url: str) -> set[str]:
        tab = visit()
        settled(tab.open(url))
        tab.page.evaluate("document.fonts.ready")
        return {name for name in ("arabic", "ethiopic", "cyrillic") for one in tab.asked if f"-{name}-" in one}

    assert fonts("kansen/") == set()
    assert fonts("ar/kansen/") == {"arabic"}
    assert fonts("uk/kansen/") == {"cyrillic"}


def test_a_browser_that_translates_turns_the_page(visit: Open) -> None:
    page = visit().open("azc/azc-sneek/")
    page.evaluate("document.documentElement.classList.add('translated-rtl')")
    assert page.evaluate("getComputedStyle(document.documentElement).direction") == "rtl"


def test_each_text_is_read_in_its_own_language(visit: Open) -> None:
    tab = visit(locale="ar")
    page = tab.open("ar/kansen/noardeast-fryslan/repair-cafe-dokkum/")
    expect(page.locator(".aloud").first).to_be_hidden()  # no voice
    tab.page.add_init_script(VOICES)
    page.reload()
    button = page.locator(".aloud").first
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    said = page.evaluate("window.said")
    assert {lang for lang, _ in said} == {"ar-SA", "nl-NL"}
    assert any(lang == "nl-NL" and "gasten ontvangen" in text for lang, text in said)
    assert not any(lang == "ar-SA" and re.search("repareer|bezoekers", text) for lang, text in said)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")


def test_the_search_of_every_page_answers_in_the_language(visit: Open) -> None:
    page = visit(viewport=LAPTOP, locale="en").open("en/begrippen/")
    page.keyboard.press("/")
    page.keyboard.type("repair café dokkum")
    answer = page.locator(".search__answers a").first
    answer.wait_for(state="visible")
    assert "/en/kansen/" in str(answer.evaluate("one => one.href"))
    page.locator(".search__list a").first.wait_for(state="visible")
    assert "/en/" in str(page.locator(".search__list a").first.evaluate("one => one.href"))
