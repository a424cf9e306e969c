"""The finder as people use it: from a question on the home page to what is there, by keyboard, mouse and touch."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, Route, expect

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.cli import today
from meedoenkaart.loading import load
from meedoenkaart.plugin.settings import region
from meedoenkaart.reading.documents import Reader
from tests.browser.axe import findings
from tests.browser.conftest import LAPTOP, PHONE, Open, Visit, settled

STATUS = ".finder__status"
CARD = ".finder__results .card"
READY = ".finder--ready"
ATTACK = "\"><img src=x onerror='window.hacked=1'><script>window.hacked=1</script>"


def _query(page: Page) -> dict[str, str]:
    # The address holds a change a moment after it is shown.
    query: str = page.evaluate("new Promise(done => setTimeout(() => done(location.search.slice(1)), 64))")
    return {name: values[0] for name, values in parse_qs(query).items()}


def _opened(visit: Open, url: str, **options: Any) -> Page:
    page = visit(**options).open(url)
    page.locator(READY).wait_for()
    return page


def _counts(page: Page) -> tuple[int, int]:
    """How many there are to go to, and how many one need not travel for."""
    found = re.fullmatch(
        r"(\d+) kans(?:en)?(?: bij .+?)?(?:, en (\d+) online of bij je thuis)?", page.locator(STATUS).inner_text()
    )
    return (int(found[1]), int(found[2] or 0)) if found else (0, 0)


def _count(page: Page) -> int:
    return sum(_counts(page))


@pytest.fixture(scope="session")
def catalogue(project: Path) -> Catalogue:
    found = load(Reader(project), today(), region=region(project)).catalogue
    assert found
    return found


def _told(there: int, apart: int, where: str = "") -> str:
    """What the finder says of so many to go to, more than one, and so many that one need not travel for."""
    return f"{there} kansen{where}" + (f", en {apart} online of bij je thuis" if apart else "")


def test_a_card_answers_for_whom_it_was_asked(visit: Open) -> None:
    """With a permit one sees what holds with a permit, not that there is a condition without one."""
    page = _opened(visit, "azc/azc-drachten/")
    tags = page.locator(f"{CARD} .card__tags")
    expect(tags.filter(has_text="Zonder vergunning: voorwaarde").first).to_be_visible()
    page.get_by_role("radio", name=re.compile("Met vergunning")).check()
    expect(tags.filter(has_text=re.compile("Mag met vergunning|Met vergunning: niet bekend")).first).to_be_visible()
    expect(tags.filter(has_text=re.compile("zonder vergunning", re.IGNORECASE))).to_have_count(0)
    page.get_by_role("radio", name=re.compile("Zonder vergunning")).check()
    expect(tags.filter(has_text="Zonder vergunning: voorwaarde").first).to_be_visible()


def _tally(told: str) -> tuple[int, int]:
    """The number beside a choice: how many fit for sure, and how many may."""
    found = re.fullmatch(r"(?:(\d+)(?: \+ |$))?(?:(\d+)\?)?", told.strip())
    assert found, told
    return int(found[1] or 0), int(found[2] or 0)


# The casemanager's questions, each in two actions from the home page: say it, and press Enter.


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_care_near_sneek_for_somebody_without_a_permit(visit: Open, size: Any) -> None:
    page = visit(viewport=size).open("")
    page.get_by_label("Wat zoek je, en waar?").fill(
        "iets in de zorg bij Sneek voor iemand met A1 zonder vergunning, dat door kan gaan na verhuizing"
    )
    page.keyboard.press("Enter")
    page.locator(READY).wait_for()
    expect(page.locator(STATUS)).to_contain_text("bij Sneek, binnen 25 km")
    assert _query(page) == {"bij": "sneek", "taal": "A1", "vergunning": "nee", "sector": "zorg", "doorgaan": "ja"}
    chips = ["bij Sneek", "Zonder vergunning", "Nederlands: A1", "Zorg", "Kan doorgaan"]
    assert page.locator(".chip__label").all_inner_texts() == chips
    expect(page.locator(CARD).first).to_be_visible()
    expect(page.locator(CARD).first.locator(".card__away")).to_contain_text("In dezelfde plaats")
    expect(page.locator(CARD).first.locator(".card__lacks")).to_contain_text("hoeveel Nederlands je nodig hebt")
    assert page.locator(f"{CARD} .tag--nee").count() == 0  # nothing that asks for a permit
    law = page.locator(".finder__law:visible")
    law.first.locator("summary").click()
    expect(law.first).to_contain_text("UWV")


def test_a_repair_cafe_near_a_village(visit: Open) -> None:
    page = visit().open("")
    page.get_by_label("Wat zoek je, en waar?").fill("Repair Café bij Sint Annaparochie")
    page.keyboard.press("Enter")
    page.locator(READY).wait_for()
    expect(page.locator(CARD).first.locator(".card__who")).to_have_text("Repair Café azc Sint Annaparochie")
    expect(page.locator(CARD).first.locator("mark").first).to_have_text("Repair")
    expect(page.locator(CARD).first.locator(".card__when")).to_contain_text("vrijdag")


def test_sport_on_saturday_near_drachten(visit: Open) -> None:
    page = visit().open("")
    page.get_by_label("Wat zoek je, en waar?").fill("zaterdag sport binnen 10 km van Drachten")
    page.keyboard.press("Enter")
    page.locator(READY).wait_for()
    assert _query(page) == {"bij": "drachten", "straal": "10", "dag": "zaterdag", "sector": "sport"}
    expect(page.locator(STATUS)).to_contain_text("bij Drachten, binnen 10 km")
    assert _count(page) > 0  # nobody knows the day of what there is, and it says so
    for card in page.locator(CARD).all():
        expect(card.locator(".card__lacks")).to_contain_text("welke dag")
    page.get_by_label("Alleen wat zeker past").check()
    # Nothing certain: a wish is let go of, says so, and can be held on to.
    expect(page.locator(".finder__released")).to_have_text("Niets op zaterdag. Dit is er op andere dagen:")
    assert _count(page) > 0
    day = page.locator(".chip--released")
    expect(day).to_have_text("Houd vast aan: zaterdag")
    day.click()
    expect(page.locator(STATUS)).to_be_focused()
    expect(page.locator(".chip--released")).not_to_contain_text(["zaterdag"])
    assert _query(page)["dag"] == "zaterdag"


def test_what_may_be_something_else_says_so(visit: Open) -> None:
    page = _opened(visit, "kansen/?vraag=winkel+bij+Leewarden")
    assert _query(page) == {"bij": "leeuwarden", "sector": "winkel", "woorden": "winkel"}
    notes = page.locator(".finder__notes")
    expect(notes).to_contain_text("We lazen ‘Leewarden’ als Leeuwarden.")
    notes.get_by_role("button", name="Bedoel je de plaats Winkel?").click()
    expect(page.locator(STATUS)).to_contain_text("bij Winkel")


def test_what_is_not_there_says_so_and_leads_on(visit: Open) -> None:
    page = _opened(visit, "kansen/?vraag=boksen+in+Heerenveen")
    expect(page.locator(".finder__notes")).to_contain_text("Nog niets met ‘boksen’ op de kaart.")
    assert _count(page) > 0
    page.locator(".finder__notes").get_by_role("link", name="Zet het erbij").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kans toevoegen")


def test_suggestions_come_while_typing(visit: Open) -> None:
    """With the keyboard alone, told to who does not see them, and without a word leaving the browser."""
    tab = visit(viewport=PHONE)
    page = tab.open("kansen/")
    page.locator(READY).wait_for()
    asked = len(tab.asked)
    field = page.get_by_role("combobox", name="Wat zoek je?")
    field.press_sequentially("iets in de zo")
    option = page.get_by_role("option", name="iets in de zorg")
    expect(option).to_be_visible()
    expect(page.locator(".finder__ask-note")).to_contain_text("Kies met de pijltjes.")
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", option.get_attribute("id") or "")
    page.keyboard.press("Enter")
    expect(page.locator(".chip__label")).to_have_text("Zorg")
    expect(page.get_by_role("listbox", name="Voorstellen")).to_be_hidden()
    field.fill("meedoenb")
    page.get_by_role("option", name="Meedoenbalie").first.click()
    page.wait_for_url("**/kansen/*/meedoenbalie*/")
    assert all(url.rpartition("?")[0] == "" for url in tab.asked[asked:] if "/assets/" in url)


def test_clicking_from_a_reception_location(visit: Open) -> None:
    page = visit().open("")
    page.get_by_role("link", name="azc Sneek").click()
    page.locator(READY).wait_for()
    expect(page.locator(STATUS)).to_contain_text("bij azc Sneek, binnen 25 km")
    near = page.locator(CARD).first.locator(".card__away")
    expect(near).to_contain_text("In dezelfde plaats")
    before = _count(page)
    page.get_by_label("Zonder vergunning").check()
    assert _count(page) < before
    assert _query(page) == {"vergunning": "nee"}
    page.locator(".pick", has_text="5 km").first.click()
    assert _query(page) == {"straal": "5", "vergunning": "nee"}
    shown = page.locator(".finder__radius .pick", has=page.locator("input:checked")).locator(".pick__count")
    assert sum(_tally(shown.inner_text())) == _count(page)
    page.locator(".finder__elsewhere").click()
    page.get_by_label("Waar?").fill("Drachten")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/kansen/\?bij=azc-drachten&vergunning=nee$"))


@pytest.mark.parametrize("question", ["iets in de zorg bij Sneek, A1, zonder vergunning", "koffie"])
@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_on_a_phone_a_question_shows_its_results(visit: Open, question: str, motion: Any) -> None:
    page = visit(viewport=PHONE, reduced_motion=motion).open("")
    page.get_by_label("Wat zoek je, en waar?").fill(question)
    page.keyboard.press("Enter")
    page.locator(READY).wait_for()
    expect(page.locator(STATUS)).to_be_focused()
    expect(page.locator(STATUS)).to_be_in_viewport(ratio=1)
    expect(page.locator(CARD).first.locator(".card__title")).to_be_in_viewport(ratio=1)
    page.get_by_label("Wat zoek je?").fill("fiets")
    page.keyboard.press("Enter")
    expect(page.locator(STATUS)).to_be_focused()
    expect(page.locator(STATUS)).to_be_in_viewport(ratio=1)


def test_on_a_phone_filters_lead_to_what_they_give(visit: Open) -> None:
    page = _opened(visit, "kansen/?bij=azc-sneek", viewport=PHONE)
    page.locator(".finder__filters > summary").click()
    show = page.locator(".finder__show button")
    page.locator(".finder__facets .pick", has_text="A1").click()
    expect(show).to_be_in_viewport(ratio=1)
    expect(show).to_have_text(f"Toon {_count(page)} kansen")
    assert sum(
        _tally(page.locator(".finder__facets .pick", has_text="A1").locator(".pick__count").inner_text())
    ) == _count(page)
    show.click()
    expect(page.get_by_label("Leeftijd")).to_be_hidden()
    expect(page.locator(STATUS)).to_be_focused()
    expect(page.locator(CARD).first.locator(".card__title")).to_be_in_viewport(ratio=1)


def test_a_place_that_is_asked_comes_before_results(visit: Open) -> None:
    page = visit(viewport=PHONE).open("kansen/?vraag=koffie+bij+Winsum")
    page.locator(READY).wait_for()
    expect(page.get_by_role("button", name="Winsum, gemeente Het Hogeland")).to_be_in_viewport(ratio=1)


def test_what_is_uncertain_says_where_certain_ones_are(visit: Open) -> None:
    page = _opened(visit, "kansen/?bij=azc-drachten&kosten=gratis&dag=vrijdag")
    expect(page.locator(".finder__sure")).to_contain_text("Geen past zeker")
    expect(page.locator(f"{CARD} .card__lacks").first).to_contain_text("welke dag")
    farther = page.locator(".finder__farther button")
    told = re.fullmatch(r"Verder weg passen er (\d+) zeker, de eerste op (\d+ km)", farther.inner_text())
    assert told
    farther.click()
    expect(page.locator(CARD).first.locator(".card__away")).to_contain_text(told[2])
    expect(page.locator(".group__count").first).to_have_text(f"{told[1]} kansen")
    expect(page.locator(".finder__farther")).to_be_hidden()


def test_a_job_without_a_permit_says_what_the_law_asks(visit: Open) -> None:
    page = _opened(visit, "kansen/?vraag=baan+zonder+vergunning")
    expect(page.locator(".chip__label")).to_have_text(["Zonder vergunning", "Betaald werk", "Werkervaring"])
    expect(page.locator(".finder__law:visible summary", has_text="Betaald werk")).to_be_visible()
    for card in page.locator(CARD).all():
        expect(card.locator(".card__tags")).to_contain_text(re.compile("Werkervaring|Betaald werk"))


# Choosing


def test_values_are_chosen_ruled_out_and_counted(visit: Open) -> None:
    page = _opened(visit, "kansen/")
    everything = _count(page)
    page.locator(".facet__title", has_text="Soort organisatie").click()
    row = page.locator(".value", has_text="Repair Café").first
    promised = sum(_tally(row.locator(".value__count").inner_text()))
    row.get_by_label("Repair Café").first.check()
    assert _count(page) == promised
    assert _query(page) == {"soort": "repair-cafe"}
    row.get_by_role("button", name="Sluit Repair Café uit").click()
    assert _count(page) == everything - promised
    assert _query(page) == {"niet": "soort.repair-cafe"}
    expect(row.get_by_role("button")).to_have_attribute("aria-pressed", "true")
    expect(row.locator("input")).not_to_be_checked()
    expect(page.locator(".chip__label")).to_have_text("niet: Repair Café")
    page.locator(".chip").click()
    assert _count(page) == everything
    expect(page.locator(STATUS)).to_be_focused()


def test_what_nobody_knows_is_a_value_of_its_own(visit: Open) -> None:
    page = _opened(visit, "kansen/?dag=zaterdag")
    known = page.locator(".results__group").first
    expect(known.locator("h3")).to_contain_text("Dit past")
    expect(page.locator(".finder__sure")).to_contain_text("van ")
    unknown = page.locator(".facet", has_text="Dag").first.locator(".value", has_text="niet bekend")
    unknown.get_by_role("button").click()
    assert _query(page) == {"dag": "zaterdag", "niet": "dag.onbekend"}
    expect(page.locator(".finder__sure")).to_be_hidden()
    for card in page.locator(CARD).all():
        expect(card.locator(".card__lacks")).to_be_empty()


def test_empty_values_are_not_shown(visit: Open) -> None:
    page = _opened(visit, "kansen/")
    assert page.locator(".facet", has_text="VOG nodig").is_hidden()  # no record says anything about it
    for count in page.locator(".value:visible .value__count").all_inner_texts():
        assert sum(_tally(count)) > 0


def test_age_and_level(visit: Open) -> None:
    page = _opened(visit, "kansen/")
    page.get_by_label("Leeftijd").fill("10")
    page.wait_for_url(re.compile("leeftijd=10"))
    titles = page.locator(f"{CARD} .card__title").all_inner_texts()
    assert titles
    page.locator(".finder__facets .pick", has_text="A1").click()
    expect(page.locator(".finder__results")).to_have_attribute("aria-busy", "false")
    for tag in page.locator(f"{CARD} .tag", has_text="Nederlands A").all_text_contents():
        assert tag in ("Nederlands A0", "Nederlands A1")


def test_words_are_found_while_one_types(visit: Open) -> None:
    page = _opened(visit, "kansen/")
    page.get_by_label("Wat zoek je?").press_sequentially("repair caf")
    expect(page.locator(f"{CARD} mark").first).to_be_visible()
    page.wait_for_url(re.compile(r"woorden=repair\+caf"))
    assert 0 < _count(page) < 40
    page.get_by_label("Wat zoek je?").fill("reapir")
    expect(page.locator(".finder__notes")).to_contain_text("‘reapir’ vonden we niet")
    assert _count(page) > 0


# Where


def test_the_combobox_by_keyboard(visit: Open) -> None:
    page = _opened(visit, "kansen/")
    field = page.get_by_role("combobox", name="Waar?")
    field.focus()
    page.keyboard.type("oudeg")
    options = page.get_by_role("option")
    expect(options).to_have_count(3)
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(options.first).to_contain_text("gemeente")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    active = field.get_attribute("aria-activedescendant")
    expect(page.locator(f"#{active}")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(field).to_be_focused()
    page.keyboard.type("a")
    expect(options).to_have_count(3)
    page.keyboard.press("Enter")  # three places: nothing is guessed
    assert "bij" not in _query(page)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert _query(page)["bij"].startswith("oudega-")
    expect(page.locator(STATUS)).to_contain_text("bij Oudega")
    field.fill("")
    page.keyboard.press("Enter")
    assert "bij" not in _query(page)


@pytest.mark.parametrize("url", ["kansen/?vraag=koffie+bij+Winsum", "kansen/?bij=winsum&woorden=koffie"])
def test_an_ambiguous_place_is_asked(visit: Open, url: str) -> None:
    page = _opened(visit, url)
    expect(page.locator(".finder__where-note")).to_have_text("Er zijn meer plaatsen die Winsum heten. Welke bedoel je?")
    page.get_by_role("button", name="Winsum, gemeente Het Hogeland").click()
    expect(page.locator(STATUS)).to_contain_text("bij Winsum")
    assert _query(page) == {"bij": "winsum-het-hogeland", "woorden": "koffie"}
    expect(page.locator(".finder__which")).to_be_hidden()


def test_a_municipality_means_within_it(visit: Open, catalogue: Catalogue) -> None:
    """And what its people are reached by: from a place elsewhere, or without travel."""
    page = _opened(visit, "kansen/?bij=gemeente-smallingerland")
    inside = page.get_by_label("In deze gemeente")
    expect(inside).to_be_checked()
    settled(page)
    keys = page.locator(CARD).evaluate_all("all => all.map(one => one.dataset.key)")
    home = catalogue.municipalities["smallingerland"]
    within = catalogue.offers_by_municipality[home.slug]
    there = [*within, *(offer for offer in catalogue.current_offers if offer.also_serves(home))]
    apart = catalogue.without_travel(home, there)
    assert sorted(keys) == sorted(offer.key for offer in [*there, *apart])
    assert _counts(page) == (len(there), len(apart))
    page.locator(".pick", has_text="25 km").click()
    assert _count(page) > len(keys)


def test_my_location_is_asked_on_a_click_and_goes_nowhere(visit: Open) -> None:
    tab = visit(geolocation={"latitude": 53.0324, "longitude": 5.6556}, permissions=["geolocation"])
    tab.page.add_init_script(
        "const get = navigator.geolocation.getCurrentPosition.bind(navigator.geolocation); window.asked = 0;"
        "navigator.geolocation.getCurrentPosition = (...all) => { window.asked++; get(...all) }"
    )
    page = tab.open("kansen/")
    page.locator(READY).wait_for()
    assert page.evaluate("window.asked") == 0
    page.get_by_role("button", name="Mijn locatie").click()
    expect(page.locator(STATUS)).to_contain_text("bij Mijn locatie, binnen 25 km")
    expect(page.locator(CARD).first.locator(".card__away")).to_be_visible()
    assert _query(page) == {"bij": "hier"}
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, history.state])")
    assert not re.search(r"53\.03|5\.655", kept + " ".join(tab.asked))
    page.reload()
    page.locator(READY).wait_for()
    assert page.evaluate("window.asked") == 0
    expect(page.locator(".finder__where-note")).to_contain_text("Klik op ‘Mijn locatie’")


# Links and history


def test_back_and_forward(visit: Open) -> None:
    page = _opened(visit, "kansen/")
    everything = _counts(page)
    page.locator(".finder__facets .pick", has_text="A1").click()
    page.get_by_role("combobox", name="Waar?").fill("azc sneek")
    page.keyboard.press("Enter")
    expect(page.locator(STATUS)).to_contain_text("bij azc Sneek")
    both = _counts(page)
    assert "bij" in _query(page)
    page.go_back()
    expect(page.locator(STATUS)).not_to_contain_text("azc Sneek")
    expect(page.locator("input[name=taal][value=A1]")).to_be_checked()
    expect(page.get_by_role("combobox", name="Waar?")).to_have_value("")
    page.go_back()
    expect(page.locator(STATUS)).to_have_text(_told(*everything))
    page.go_forward()
    page.go_forward()
    expect(page.locator(STATUS)).to_have_text(_told(*both, " bij azc Sneek, binnen 25 km"))
    page.reload()
    page.locator(READY).wait_for()
    assert _counts(page) == both


def test_a_link_with_what_is_gone_works_and_says_so(visit: Open) -> None:
    page = _opened(visit, "kansen/?bij=azc-verdwenen&sector=zorg,zeepzieden&taal=Z9")
    expect(page.locator(".finder__notes")).to_contain_text("‘zeepzieden’ bestaat niet meer")
    expect(page.locator(".finder__notes")).to_contain_text("‘azc-verdwenen’ bestaat niet meer")
    expect(page.locator(".finder__notes")).to_contain_text("‘Z9’ bestaat niet meer")
    expect(page.locator(".chip__label")).to_have_text("Zorg")
    page.get_by_label("Zonder vergunning").check()
    expect(page.locator(".finder__notes")).to_be_empty()


def test_hostile_addresses_and_stored_values_do_nothing(visit: Open) -> None:
    tab = visit()
    views = [
        {"name": ATTACK[:50], "query": "?sector=zorg", "seen": []},
        {"name": "x", "query": "javascript:window.hacked=1", "seen": []},
        7,
        None,
    ]
    stored = json.dumps(["/meedoenkaart/finder-views", json.dumps(views)])
    tab.page.add_init_script(f"localStorage.setItem(...{stored})")
    names = ["bij", "straal", "vergunning", "taal", "leeftijd", "sector", "niet", "zeker", "woorden", "vraag"]
    for values in (ATTACK, "__proto__", "constructor.prototype", "%00%0a", "😀" * 300, "sector.__proto__"):
        page = tab.page
        query = page.evaluate("pairs => String(new URLSearchParams(pairs))", [[name, values] for name in names])
        page.goto(f"{tab.address}kansen/?{query}")
        page.locator(READY).wait_for()
        page.locator(".finder__saved li").wait_for(state="attached")
        assert page.evaluate("window.hacked") is None
        assert page.locator(".finder :is(img, script, iframe)").count() == 0
    assert page.locator(".finder__saved li").count() == 1
    assert page.evaluate("({}).polluted") is None


# Results


def test_the_number_of_results_is_announced(visit: Open, catalogue: Catalogue) -> None:
    page = _opened(visit, "kansen/")
    status = page.get_by_role("status").filter(has=page.locator(STATUS))
    expect(status).to_have_attribute("aria-live", "polite")
    apart = sum(offer.goes_without_travel and not offer.venues for offer in catalogue.regional_offers)
    expect(status).to_have_text(_told(len(catalogue.regional_offers) - apart, apart))


def test_long_lists_are_drawn_in_parts_and_whole_for_paper_and_search(visit: Open, catalogue: Catalogue) -> None:
    page = _opened(visit, "kansen/")
    without_travel = {offer.key for offer in catalogue.offers_without_travel}
    total = _count(page)
    for asks in ("new Event('beforeprint')", "new KeyboardEvent('keydown', { key: 'f', ctrlKey: true })"):
        for values in (["nee"], ["nee", ""], ["ja", "nee"]):
            drawn, apart, found = page.evaluate(
                """([values, asks]) => {
                  for (const value of values) document.querySelector(`[name=vergunning][value='${value}']`).click()
                  window.dispatchEvent(eval(asks))
                  const cards = [...document.querySelectorAll(".finder__results .card")]
                  const shown = cards.filter(card => !card.hidden && !card.closest(".cards--over"))
                  const found = document.querySelector(".finder").found.results
                  const last = [...document.querySelectorAll(".results__group")].at(-1)
                  const keys = cards => cards.map(card => card.dataset.key)
                  const [near, apart] = [false, true].map(is => shown.filter(card => last.contains(card) === is))
                  return [keys(near), keys(apart), found.map(one => one.key)]
                }""",
                [values, asks],
            )
            assert drawn == found  # what a map shows: not what one need not travel for
            assert (len(found), len(apart)) == _counts(page)
            assert len(found) > 20
            assert set(apart) <= without_travel
    page.locator(".pick", has_text="Maakt niet uit").first.click()
    _query(page)
    page.reload()
    expect(page.locator(CARD)).to_have_count(total)  # by themselves, for a search that no key asks for


def test_filters_stay_beside_the_results_and_a_change_shows_the_first_of_them(visit: Open) -> None:
    page = _opened(visit, "kansen/", viewport=LAPTOP)
    page.mouse.wheel(0, 3000)
    expect(page.locator(STATUS)).not_to_be_in_viewport()
    page.locator(".finder__facets .pick", has_text="A1").click()
    expect(page.locator(STATUS)).to_be_in_viewport()
    expect(page.locator(CARD).first).to_be_in_viewport()


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_a_list_out_of_sight_has_room_for_its_cards(visit: Open, size: Any) -> None:
    """Else a screen reader and Lighthouse find cards of one list upon those of the next."""
    page = _opened(visit, "kansen/", viewport=size)
    expect(page.locator(".finder__results")).to_have_attribute("aria-busy", "false")
    beyond = page.evaluate(
        """[...document.querySelectorAll(".results__group .cards")].map(list =>
          list.lastElementChild.getBoundingClientRect().bottom - list.getBoundingClientRect().bottom)"""
    )
    assert len(beyond) > 5
    assert max(beyond) <= 1


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_what_is_in_sight_comes_with_the_change_itself(visit: Open, size: Any) -> None:
    page = _opened(visit, "kansen/?bij=azc-sneek&straal=5&taal=A0&zeker=ja", viewport=size)
    page.locator(".finder__main").evaluate("main => main.scrollIntoView({ behavior: 'instant' })")
    for choice in ("zeker", "straal][value=alles", "taal][value=''", "vergunning][value=ja", "taal][value=A1", "zeker"):
        at_once, later = page.evaluate(
            """async choice => {
              const isInSight = ({ height, top }) => height > 0 && top < innerHeight
              const sight = () => [...document.querySelectorAll(".finder__results .card")]
                .filter(card => isInSight(card.getBoundingClientRect())).map(card => card.textContent)
              document.querySelector(`.finder [name=${choice}]`).click()
              await new Promise(requestAnimationFrame)
              const atOnce = sight()
              await new Promise(done => setTimeout(done, 500))
              return [atOnce, sight()]
            }""",
            choice,
        )
        assert at_once == later != []


def test_paper_shows_the_results_and_not_the_controls(visit: Open) -> None:
    page = _opened(visit, "azc/azc-sneek/?vergunning=nee")
    page.emulate_media(media="print")
    expect(page.locator(CARD).first).to_be_visible()
    for selector in (".finder__top", ".finder__filters", ".finder__views", ".finder-plain"):
        expect(page.locator(selector)).to_be_hidden()
    expect(page.locator(STATUS)).to_be_visible()
    expect(page.locator(".chip").first).to_be_visible()
    width = page.locator(CARD).first.evaluate("one => one.getBoundingClientRect().width / innerWidth")
    assert width > 0.4  # two cards beside each other, all over the paper


def test_results_and_marks_are_told(visit: Open) -> None:
    """What the map and the shortlist listen to."""
    page = _opened(visit, "kansen/?bij=azc-sneek&straal=5")
    page.evaluate(
        "const root = document.querySelector('.finder'); window.told = []; window.marks = [];"
        "root.addEventListener('finder:results', event => told.push(event.detail));"
        "window.heard = new Promise(done => root.addEventListener('finder:results', () => done(), { once: true }));"
        "root.addEventListener('finder:mark', event => marks.push(event.detail.key))"
    )
    first = page.evaluate("document.querySelector('.finder').found")
    assert first["origin"]["kind"] == "azc"
    assert first["radius"] == 5
    page.locator(".pick", has_text="10 km").click()
    page.evaluate("window.heard")
    told = page.evaluate("window.told.map(one => ({ ...one, results: one.results }))")
    assert len(told) == 1
    assert told[0]["radius"] == 10
    assert len(told[0]["results"]) == _counts(page)[0]
    names = {"key", "title", "who", "place", "url", "activity", "icon", "lat", "lon", "km", "others"}
    assert set(told[0]["results"][0]) == names
    card = page.locator(CARD).nth(1)
    card.hover()
    assert page.evaluate("window.marks").pop() == card.get_attribute("data-key")
    expect(card).to_have_class(re.compile("card--marked"))
    key = page.locator(CARD).nth(2).get_attribute("data-key")
    page.evaluate(
        "key => document.querySelector('.finder').dispatchEvent(new CustomEvent('finder:mark', { detail: { key } }))",
        key,
    )
    expect(page.locator(CARD).nth(2)).to_have_class(re.compile("card--marked"))
    expect(card.locator(".card__keep")).to_have_count(1)


def test_every_card_leads_to_its_opportunity(visit: Open) -> None:
    page = _opened(visit, "azc/azc-sneek/")
    page.locator(f"{CARD} a").nth(3).click()
    expect(page.locator(":target")).to_be_in_viewport()


def test_a_card_is_that_of_the_server(visit: Open) -> None:
    """The same words in the same elements, whoever drew it."""
    page = _opened(visit, "azc/azc-sneek/")
    words = """async selector => {
      const sheet = await (await fetch("../../assets/icons.svg")).text()
      const symbols = new DOMParser().parseFromString(sheet, "image/svg+xml")
      const shapes = icon => {
        const use = icon.querySelector("use")
        const drawn = use ? symbols.getElementById(use.getAttribute("href").split("#")[1]) : icon
        const parts = one => [one.tagName, [...one.attributes].map(({ name, value }) => [name, value])]
        return [...drawn.children].map(parts)
      }
      return Object.fromEntries([...document.querySelectorAll(`${selector} .card`)].map(card => [card.dataset.key, [
        ...[".card__title", ".card__who", ".card__away", ".card__when"]
          .map(one => card.querySelector(one)?.textContent.replace(/\\s+/g, " ").trim() || null),
        shapes(card.querySelector(".card__icon svg")),
      ]]))
    }"""
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    drawn = page.evaluate(words, ".finder__results")
    served = page.evaluate(words, ".finder-plain")
    assert len(served) > 50
    assert drawn == served
    tags = """selector => Object.fromEntries([...document.querySelectorAll(`${selector} .card`)].map(card =>
      [card.dataset.key, [...card.querySelectorAll(".tag")].map(tag => tag.textContent.trim())]))"""
    drawn, served = page.evaluate(tags, ".finder__results"), page.evaluate(tags, ".finder-plain")
    apart = page.evaluate(tags, ".finder-plain [aria-labelledby=zonder-reizen]")
    assert apart
    # There, the group says the activity, except of those that are apart.
    assert {key: found if key in apart else found[1:] for key, found in drawn.items()} == served


# Saved views


def test_views_are_kept_in_this_browser_and_say_what_is_new(visit: Open) -> None:
    page = _opened(visit, "kansen/?bij=azc-sneek&straal=5&sector=sport")
    page.locator(".finder__views summary").click()
    page.get_by_label("Naam").fill("sport bij Sneek")
    page.get_by_role("button", name="Bewaar", exact=True).click()
    view = page.locator(".view")
    expect(view.get_by_role("link")).to_have_text("sport bij Sneek")
    expect(view.locator(".view__new")).to_be_hidden()
    page.evaluate(
        "const key = '/meedoenkaart/finder-views', views = JSON.parse(localStorage.getItem(key));"
        "views[0].seen.splice(0, 2); localStorage.setItem(key, JSON.stringify(views))"
    )
    page.goto(page.url.partition("?")[0])
    page.locator(READY).wait_for()
    page.locator(".finder__views summary").click()
    expect(page.locator(".view__new")).to_have_text("2 nieuw")
    page.locator(".view__open").click()
    page.locator(READY).wait_for()
    expect(page.locator(STATUS)).to_contain_text("bij azc Sneek, binnen 5 km")
    page.locator(".finder__views summary").click()
    expect(page.locator(".view__new")).to_be_hidden()
    page.get_by_role("button", name="Verwijder sport bij Sneek").click()
    expect(page.locator(".view")).to_have_count(0)
    page.get_by_role("button", name="Zet terug").click()
    expect(page.locator(".view")).to_have_count(1)


# Everybody


def test_by_touch(visit: Open) -> None:
    page = _opened(visit, "kansen/", viewport=PHONE, has_touch=True, is_mobile=True)
    expect(page.locator(".finder__facets")).to_be_hidden()
    page.locator(".finder__filters-title").tap()
    page.locator(".pick", has_text="Zonder vergunning").tap()
    page.locator(".finder__filters-title").tap()
    expect(page.locator(".finder__filters-name")).to_have_text("Filters (1)")
    page.get_by_role("combobox", name="Waar?").tap()
    page.get_by_role("option", name="azc Emmen").tap()
    expect(page.locator(STATUS)).to_contain_text("bij azc Emmen")
    settled(page)  # cards far below have no size until they are laid out
    small = page.evaluate(
        "[...document.querySelectorAll('.finder :is(button, summary, .pick, .chip)')]"
        ".filter(one => one.checkVisibility())"
        ".filter(one => Math.min(one.getBoundingClientRect().width, one.getBoundingClientRect().height) < 24)"
        ".map(one => one.className)"
    )
    assert small == []


def test_by_keyboard_alone(visit: Open) -> None:
    page = _opened(visit, "kansen/")
    page.get_by_label("Wat zoek je?").focus()
    seen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.closest('.finder') && document.activeElement.name"))
        if seen[-1] == "vergunning":
            break
    page.keyboard.press("ArrowDown")
    expect(page.locator("input[name=vergunning][value=nee]")).to_be_checked()
    assert _query(page) == {"vergunning": "nee"}
    page.locator(".facet__title").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert "activiteit" in _query(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert _query(page)["niet"].startswith("activiteit.")


def test_axe_finds_nothing_in_a_finder_in_use(visit: Open) -> None:
    url = "kansen/?bij=azc-sneek&taal=A1&vergunning=nee&niet=soort.natuur&woorden=koffie"
    page = _opened(visit, url, color_scheme="dark", reduced_motion="reduce")
    page.evaluate("for (const one of document.querySelectorAll('.finder details')) one.open = true")
    page.get_by_label("Naam").fill("koffie")
    page.get_by_role("button", name="Bewaar", exact=True).click()
    page.locator(".view").wait_for()
    settled(page)
    for size in (PHONE, LAPTOP):
        page.set_viewport_size(size)
        assert findings(page) == []
    page.get_by_role("combobox", name="Waar?").fill("win")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert findings(page) == []
    page.keyboard.press("Escape")
    page = _opened(visit, "kansen/?woorden=xqzwvxqz", color_scheme="dark", reduced_motion="reduce")
    page.locator(".finder__none").wait_for()
    assert findings(page) == []
    page.get_by_label("Wat zoek je?").fill("winkel bij Leewarden op zondag, alleen Frans")
    page.keyboard.press("Enter")
    page.locator(".finder__notes .as-link").first.wait_for()
    assert findings(page) == []


def test_without_script_the_list_is_there_and_the_finder_is_not(visit: Open) -> None:
    for url in ("kansen/?sector=zorg", "azc/azc-sneek/"):
        page = visit(java_script_enabled=False).open(url)
        expect(page.locator(".finder")).to_be_hidden()
        expect(page.locator(".finder-plain .card").first).to_be_visible()


def test_without_its_index_the_list_stays(visit: Open) -> None:
    tab = visit()

    def refuse(route: Route) -> None:
        route.fulfill(status=200, content_type="application/json", body="{")

    tab.page.route("**/assets/finder/index-*", refuse)
    page = tab.open("kansen/")
    expect(page.locator(STATUS)).to_have_text("Zoeken lukt nu niet. Hieronder staat de hele lijst.")
    expect(page.locator(".finder-plain .card").first).to_be_visible()


# Before the browser is idle

BUSY = "window.requestIdleCallback = () => 0"
"""A browser that always has something better to do: what waits for that never comes."""
OLD = "delete window.requestIdleCallback; delete window.scheduler"
"""A browser that doesn't tell when it is idle, and can't be given its turn."""
RARE = """async root => {
  const read = async address => (await fetch(address)).json()
  const [index, { offers }] = [await read(root.dataset.index), await read(root.dataset.texts)]
  const known = JSON.stringify(index).toLowerCase()
  return offers.join(" ").toLowerCase().match(/[a-z]{9,}/g).find(word => !known.includes(word))
}"""
FIRST_SHOWN = """new MutationObserver((_, observer) => {
  const root = document.querySelector(".finder--ready")
  if (!root) return
  observer.disconnect()
  const text = selector => root.querySelector(selector).textContent
  const keys = [...root.querySelectorAll(".finder__results .card")].map(card => card.dataset.key)
  window.firstShown = [text(".finder__status"), text(".pick__count"), keys]
}).observe(document, { subtree: true, childList: true, attributeFilter: ["class"] })"""


@pytest.mark.parametrize("kind", [BUSY, OLD], ids=["busy", "old"])
def test_a_finder_answers_before_the_browser_is_idle(visit: Open, kind: str) -> None:
    tab = visit()
    tab.page.add_init_script(kind)
    page = tab.open("kansen/")
    page.locator(READY).wait_for()
    keep = page.locator(f"{CARD} .keep").first
    keep.click()
    expect(keep).to_have_class(re.compile("keep--on"))
    word = page.locator(".finder").evaluate(RARE)
    page.get_by_label("Wat zoek je?").fill(word)  # stands in a description alone
    expect(page.locator(STATUS)).to_have_text(re.compile(r"^\d+ kans"))
    expect(page.locator(".finder__notes")).to_be_empty()
    page.locator(".finder__views summary").press("Enter")  # results still come in above it: a click could miss
    page.get_by_label("Naam").fill("Zeldzaam")
    page.get_by_role("button", name="Bewaar", exact=True).last.click()
    expect(page.locator(".finder__saved .view__open")).to_have_text("Zeldzaam")


@pytest.mark.parametrize("url", ["kansen/?bij=azc-sneek&vergunning=nee&zeker=ja", "azc/azc-drachten/?taal=A1"])
def test_an_address_shows_its_own_results_first(visit: Open, url: str) -> None:
    tab = visit()
    tab.page.add_init_script(FIRST_SHOWN)
    page = tab.open(url)
    settled(page)
    status, count, keys = page.evaluate("window.firstShown")
    assert status == page.locator(STATUS).text_content()
    assert count == page.locator(".pick__count").first.text_content()
    assert keys
    assert keys == page.locator(CARD).evaluate_all(f"all => all.slice(0, {len(keys)}).map(card => card.dataset.key)")


# What can't be read


class Line:
    """A line to the site that loses some files, until it is mended."""

    def __init__(self, tab: Visit, lost: str) -> None:
        self.tab = tab
        self._lost = re.compile(lost)
        tab.page.route(self._lost, lambda route: route.fulfill(status=503))

    def mend(self) -> None:
        """Let everything through again."""
        self.tab.page.unroute(self._lost)


@pytest.fixture
def losing(visit: Open) -> Iterator[Callable[..., Line]]:
    """Open tabs on a line that loses some files; that those did not come is meant."""
    lines: list[Line] = []

    def make(lost: str, **options: Any) -> Line:
        lines.append(Line(visit(**options), lost))
        return lines[-1]

    yield make
    for line in lines:
        line.tab.faults[:] = [fault for fault in line.tab.faults if "503" not in fault]


Losing = Callable[..., Line]


def _by_hand(page: Page) -> None:
    page.get_by_role("button", name="Probeer het nog eens").click()


def _by_itself(page: Page) -> None:
    page.evaluate("window.dispatchEvent(new Event('online'))")


AGAIN = pytest.mark.parametrize("again", [_by_hand, _by_itself])


@AGAIN
def test_a_place_that_could_not_be_read_is_not_gone(losing: Losing, again: Any) -> None:
    line = losing("/places-")
    page = line.tab.open("kansen/?bij=dokkum&straal=10")
    page.locator(READY).wait_for()
    notes = page.locator(".finder__notes")
    expect(notes).to_contain_text("De lijst met plaatsen kon niet laden. Daarom zoeken we nog niet op ‘dokkum’.")
    expect(notes).not_to_contain_text("bestaat niet meer")
    expect(page.get_by_role("combobox", name="Waar?")).to_have_value("dokkum")
    page.get_by_label("Zonder vergunning").check()
    wish = {"bij": "dokkum", "straal": "10", "vergunning": "nee"}
    assert _query(page) == wish
    expect(notes).to_contain_text("dokkum")
    line.mend()
    again(page)
    expect(page.locator(STATUS)).to_contain_text("bij Dokkum, binnen 10 km")
    expect(page.get_by_role("combobox", name="Waar?")).to_have_value("Dokkum")
    expect(notes).to_be_empty()
    expect(page.get_by_role("button", name="Probeer het nog eens")).to_be_hidden()
    assert _query(page) == wish


@AGAIN
def test_a_question_waits_for_places_that_could_not_be_read(losing: Losing, again: Any) -> None:
    line = losing("/places-")
    page = line.tab.open("kansen/?vraag=koffie+bij+Dokkum")
    page.locator(READY).wait_for()
    expect(page.locator(".finder__notes")).to_contain_text("zoeken we nog niet op ‘koffie bij Dokkum’")
    expect(page.get_by_label("Wat zoek je?")).to_have_value("koffie bij Dokkum")
    assert _query(page) == {"vraag": "koffie bij Dokkum"}
    line.mend()
    again(page)
    expect(page.locator(STATUS)).to_contain_text("bij Dokkum")
    assert _query(page) == {"bij": "dokkum", "woorden": "koffie"}


def test_a_wished_place_can_be_dropped(losing: Losing) -> None:
    line = losing("/places-")
    page = line.tab.open("kansen/?bij=dokkum")
    page.locator(READY).wait_for()
    where = page.get_by_role("combobox", name="Waar?")
    where.fill("Dokkum")
    expect(page.locator(".finder__where-note")).to_contain_text("De lijst met plaatsen kon niet laden.")
    where.fill("")
    page.keyboard.press("Tab")
    expect(page.locator(".finder__notes")).to_be_empty()
    assert _query(page) == {}
    line.mend()


@AGAIN
def test_words_say_when_descriptions_could_not_be_read(losing: Losing, again: Any) -> None:
    line = losing("/texts-")
    page = line.tab.open("kansen/?woorden=koffie")
    notes = page.locator(".finder__notes")
    expect(notes).to_contain_text("De beschrijvingen konden niet laden. We zoeken nu alleen in namen en titels.")
    before = _count(page)
    line.mend()
    again(page)
    expect(notes).to_be_empty()
    assert _count(page) > before


@AGAIN
def test_a_finder_without_its_index_starts_later(losing: Losing, again: Any) -> None:
    line = losing("/index-")
    page = line.tab.open("kansen/?vergunning=nee")
    expect(page.locator(STATUS)).to_have_text("Zoeken lukt nu niet. Hieronder staat de hele lijst.")
    expect(page.locator(".finder-plain .card").first).to_be_visible()
    expect(page.locator(".finder__filters")).to_be_hidden()
    line.mend()
    again(page)
    page.locator(READY).wait_for()
    assert _count(page) > 0
    expect(page.get_by_role("radio", name="Zonder vergunning")).to_be_checked()
    expect(page.locator(".finder-plain")).to_be_hidden()


@AGAIN
def test_a_map_that_could_not_load_loads_later(losing: Losing, again: Any) -> None:
    line = losing("/map-.*js", tiles=lambda route: route.fulfill(status=204))
    page = line.tab.open("kansen/?bij=azc-sneek")
    page.locator(READY).wait_for()
    page.get_by_role("button", name="Kaart").click()
    expect(page.locator(".map__failed")).to_contain_text("De kaart kon niet laden.")
    line.mend()
    again(page)
    expect(page.locator(".map .pin, .map .cluster").first).to_be_visible()
    expect(page.locator(".map__failed")).to_be_hidden()
