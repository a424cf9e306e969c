"""The shortlist: kept in this browser, shared as a link, printed for a resident and for who guides them."""

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import findings
from tests.browser.conftest import LAPTOP, PHONE, PREFIX, Open, Visit
from tests.browser.test_layout import CUT_OFF, SIZES, SMALL, TOO_WIDE

DOKKUM = "noardeast-fryslan/repair-cafe-dokkum"
WIKEN = "smallingerland/wijkcentrum-de-wiken"
STORED = f"{PREFIX}lijstje/"
"""Where the browser keeps the list."""
LIMIT = 60
SHEET_BYTES = 20_000
"""What the page of the shortlist may load beyond every page's script, compressed."""
HOSTILE = "<img src=x onerror=window.hacked=1>"


def _keep(tab: Visit, organisation: str) -> str:
    """Keep the first opportunity of an organisation, and return its title."""
    page = tab.open(f"kansen/{organisation}/")
    page.locator(".opportunity .keep").first.click()
    return page.locator(".opportunity__title").first.inner_text()


def _store(tab: Visit, value: str) -> Page:
    page = tab.open("begrippen/")
    page.evaluate("([name, value]) => localStorage.setItem(name, value)", [STORED, value])
    return page


def _kept(page: Page) -> Locator:
    return page.locator(".kept")


def _stored(page: Page) -> Any:
    return page.evaluate("name => JSON.parse(localStorage.getItem(name) ?? '[]')", STORED)


def _count(page: Page) -> str:
    return " ".join(page.locator(".menu [data-shortlist]").inner_text().split())


# Keeping


def test_keeping_on_a_card_and_on_an_organisation(visit: Open) -> None:
    tab = visit()
    title = _keep(tab, WIKEN)
    assert _count(tab.page) == "Lijstje (1)"
    expect(tab.page.get_by_role("button", name=f"Bewaard: {title}")).to_be_visible()
    page = tab.open("azc/azc-sneek/")
    assert _count(page) == "Lijstje (1)"
    button = page.locator(".card .keep:visible").first
    button.click()
    expect(button).to_have_text("Bewaard", use_inner_text=True)
    expect(page.locator(".toast [role=status]")).to_contain_text("Bewaard op je lijstje")
    assert _count(page) == "Lijstje (2)"
    page.locator(".menu").get_by_role("link", name="Lijstje").click()
    expect(_kept(page)).to_have_count(2)
    expect(page.locator(".shortlist__status")).to_have_text("2 kansen")


def test_with_a_keyboard_and_with_undo(visit: Open) -> None:
    tab = visit()
    titles = [_keep(tab, DOKKUM), _keep(tab, WIKEN)]
    page = tab.open("lijstje/")
    expect(_kept(page)).to_have_count(2)
    page.get_by_role("button", name=f"Haal weg: {titles[0]}").focus()
    page.keyboard.press("Enter")
    expect(_kept(page)).to_have_count(1)
    expect(page.locator(".toast [role=status]")).to_have_text(f"Van je lijstje gehaald: {titles[0]}.")
    expect(page.get_by_role("button", name="Zet terug")).to_be_focused()
    page.keyboard.press("Enter")
    expect(_kept(page)).to_have_count(2)
    expect(page.locator(".kept__title").first).to_have_text(titles[0])  # where it was
    expect(page.get_by_role("button", name=f"Haal weg: {titles[0]}")).to_be_focused()


def test_with_a_finger(visit: Open) -> None:
    tab = visit(viewport=PHONE, has_touch=True)
    page = tab.open("azc/azc-sneek/")
    link = page.locator(".shortlist-link")
    expect(link).to_be_hidden()  # nothing to see yet, and little room
    page.locator(".card .keep:visible").first.tap()
    expect(link).to_be_visible()
    assert page.evaluate(SMALL, [".keep, .shortlist-link, .toast__button", 44]) == []
    page.locator(".card .keep:visible").first.tap()
    page.get_by_role("button", name="Zet terug").tap()
    link.tap()
    expect(_kept(page)).to_have_count(1)
    assert page.evaluate(SMALL, [".keep, .shortlist .button, .shortlist .field", 44]) == []
    assert page.evaluate(SMALL, [".kept a", 24]) == []


def test_the_toast_waits_for_slow_readers(visit: Open) -> None:
    tab = visit()
    tab.page.clock.install()
    page = tab.open(f"kansen/{WIKEN}/")
    page.locator(".keep").first.click()
    page.locator(".keep").first.click()
    page.mouse.move(0, 0)
    page.clock.run_for(11_000)
    undo = page.get_by_role("button", name="Zet terug")
    expect(undo).to_be_visible()
    undo.focus()
    page.clock.run_for(60_000)
    expect(undo).to_be_visible()  # somebody is in it
    page.locator(".keep").first.focus()
    page.clock.run_for(30_000)
    expect(undo).to_be_hidden()


def test_tabs_agree(visit: Open) -> None:
    tab = visit()
    _keep(tab, WIKEN)
    other = tab.page.context.new_page()
    other.goto(f"{tab.address}lijstje/")
    expect(_kept(other)).to_have_count(1)
    _keep(tab, DOKKUM)
    expect(_kept(other)).to_have_count(2)
    assert _count(other) == "Lijstje (2)"


def test_a_list_has_an_end(visit: Open) -> None:
    tab = visit()
    _store(tab, json.dumps([[f"gemeente/organisatie#kans-{number}", "Kans"] for number in range(LIMIT)]))
    page = tab.open(f"kansen/{WIKEN}/")
    page.locator(".keep").first.click()
    expect(page.locator(".toast [role=status]")).to_contain_text(f"er passen {LIMIT} kansen op")
    assert len(_stored(page)) == LIMIT
    expect(page.locator(".keep").first).to_have_text("Bewaar", use_inner_text=True)


def test_a_browser_that_keeps_nothing_is_told(visit: Open) -> None:
    tab = visit()
    tab.page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full') }")
    page = tab.open(f"kansen/{WIKEN}/")
    page.locator(".keep").first.click()
    expect(page.locator(".toast [role=status]")).to_contain_text("kan niets bewaren")


# The page


def test_what_the_page_shows_comes_from_the_organisation(visit: Open) -> None:
    tab = visit()
    title = _keep(tab, WIKEN)
    source = tab.page.locator(".opportunity").first
    address = source.locator("[data-field=where] dd > p").first.inner_text()
    phone = tab.page.locator(".reach .contact__to").first.inner_text()
    page = tab.open("lijstje/?bij=azc-drachten")
    kept = _kept(page)
    expect(kept.locator(".kept__title a")).to_have_text(title)
    expect(kept.locator("[data-row=where] dd > p").first).to_have_text(address)
    expect(kept.locator("[data-row=contact]")).to_contain_text(phone)
    expect(kept.locator("[data-row=away]")).to_contain_text(re.compile(r"van azc Drachten|plaats als azc Drachten"))
    kept.locator(".kept__title a").click()
    expect(page).to_have_url(re.compile(rf"kansen/{WIKEN}/#"))


def test_the_distance_follows_the_chosen_reception(visit: Open) -> None:
    tab = visit()
    _keep(tab, DOKKUM)
    _keep(tab, WIKEN)
    page = tab.open("lijstje/")
    expect(_kept(page)).to_have_count(2)
    assert page.locator("[data-row=away]").count() == 0
    page.get_by_label("Afstand vanaf").select_option(label="azc Sneek")
    expect(page.locator("[data-row=away]")).to_have_count(2)
    expect(page).to_have_url(re.compile(r"lijstje/\?bij=azc-sneek$"))
    order = page.locator(".kept").evaluate_all("all => all.map(one => one.dataset.key.split('#')[0])")
    assert order == [WIKEN, DOKKUM]  # the nearest first
    page.reload()
    expect(page.get_by_label("Afstand vanaf")).to_have_value("azc-sneek")


def test_the_list_counts_from_where_one_looked(visit: Open) -> None:
    tab = visit()
    page = tab.open("azc/azc-sneek/")
    page.locator(".finder__results .keep").first.click()
    page = tab.open("lijstje/")
    expect(page.get_by_label("Afstand vanaf")).to_have_value("azc-sneek")
    expect(page.locator("[data-row=away]")).to_have_count(1)
    page = tab.open("lijstje/?bij=azc-drachten")
    expect(page.get_by_label("Afstand vanaf")).to_have_value("azc-drachten")


def test_an_empty_list_has_a_way_on(visit: Open) -> None:
    page = visit().open("lijstje/")
    expect(page.get_by_text("Je lijstje is nog leeg")).to_be_visible()
    expect(page.get_by_role("button", name="Print")).to_have_count(0)
    page.locator("main").get_by_role("link", name="Alle kansen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kansen")


def test_without_a_script_the_page_explains_itself(visit: Open) -> None:
    page = visit(java_script_enabled=False).open("lijstje/")
    expect(page.locator("noscript p")).to_contain_text("kan alleen met JavaScript")
    expect(page.locator("noscript p")).to_be_visible()
    assert page.locator("button:visible:not([popovertarget]), select:visible").count() == 0


def test_what_is_gone_is_named(visit: Open) -> None:
    tab = visit()
    gone = [["assen/bestaat-niet#kans", "Iets dat er niet meer is"], [f"{WIKEN}#andere-kans", "Een oude kans"]]
    _store(tab, json.dumps(gone))
    _keep(tab, DOKKUM)
    page = tab.open("lijstje/")
    section = page.get_by_role("region", name="Staat niet meer op de kaart")
    expect(section.get_by_role("listitem")).to_have_text([title for _, title in gone])
    expect(_kept(page)).to_have_count(1)
    section.get_by_role("button", name="Haal weg").click()
    expect(section).to_be_hidden()
    assert len(_stored(page)) == 1
    tab.faults[:] = [fault for fault in tab.faults if "404" not in fault]


@pytest.mark.parametrize("by_itself", [False, True])
def test_what_did_not_come_can_be_asked_again(visit: Open, by_itself: bool) -> None:
    tab = visit()
    title = _keep(tab, WIKEN)
    tab.page.route(f"**/kansen/{WIKEN}/", lambda route: route.fulfill(status=503))
    page = tab.open("lijstje/")
    section = page.get_by_role("region", name="Niet geladen")
    expect(section.get_by_role("listitem")).to_have_text([title])
    page.unroute(f"**/kansen/{WIKEN}/")
    if by_itself:
        page.evaluate("window.dispatchEvent(new Event('online'))")
    else:
        section.get_by_role("button", name="Probeer het nog eens").click()
    expect(_kept(page)).to_have_count(1)
    expect(section).to_be_hidden()
    tab.faults[:] = [fault for fault in tab.faults if "503" not in fault]


def test_a_renamed_organisation_is_found(visit: Open) -> None:
    """The page at an old address leads to the new one."""
    tab = visit()
    new = "../wijkcentrum-de-wiken/"
    moved = f'<meta http-equiv="refresh" content="0; url={new}"><a href="{new}">x</a>'
    old = "**/kansen/smallingerland/oude-naam/"
    tab.page.route(old, lambda route: route.fulfill(body=moved, content_type="text/html"))
    _keep(tab, WIKEN)
    [[key, title]] = _stored(tab.page)
    _store(tab, json.dumps([[key.replace("wijkcentrum-de-wiken", "oude-naam"), title]]))
    page = tab.open("lijstje/")
    expect(page.locator(".kept__title")).to_have_text(title)


def test_the_sheet_says_how_to_ask_where_no_contact_is_known(visit: Open) -> None:
    tab = visit()
    _keep(tab, "assen/repair-cafe")
    page = tab.open("lijstje/")
    expect(page.locator(".kept [data-row=contact] dd p")).to_have_text(
        ["Niet bekend: hoe je de organisatie bereikt.", "Ga langs en vraag of er plek is: Vesteplein 5, Assen."]
    )
    page.emulate_media(media="print")
    expect(page.locator("[data-paper-for=blad]")).to_contain_text("Vraag eerst of er plek is. Bij elke kans staat hoe.")
    expect(page.locator("main")).not_to_contain_text("Bel of mail")


# Sharing


def test_a_shared_list_leaves_ones_own_alone(visit: Open) -> None:
    tab = visit()
    titles = {_keep(tab, DOKKUM), _keep(tab, WIKEN)}
    page = tab.open("lijstje/?bij=azc-sneek")
    page.get_by_role("button", name="Deel als link").click()
    link = page.locator("#__link").input_value()
    assert link.startswith(f"{tab.address}lijstje/?kansen=")
    assert link.endswith("&bij=azc-sneek")
    assert not re.search(r"%|\s", link)

    other = visit()
    own = _keep(other, "noardeast-fryslan/repair-cafe-dokkum")
    mine = _stored(other.page)
    page = other.page
    page.goto(link)
    expect(page.locator(".kept__title")).to_have_count(2)
    assert set(page.locator(".kept__title").all_inner_texts()) == titles
    expect(page.get_by_label("Afstand vanaf")).to_have_value("azc-sneek")
    assert _stored(page) == mine
    page.get_by_role("button", name="Zet op mijn lijstje").click()
    expect(page.locator(".shortlist__status")).to_have_text("1 erbij gezet op je lijstje.")
    assert [title for _, title in _stored(page)] == [own, *(titles - {own})]
    assert "kansen=" not in page.url
    page.goto(link)
    expect(page.get_by_text("Alles hiervan staat al op je eigen lijstje.")).to_be_visible()
    expect(page.get_by_role("button", name="Zet op mijn lijstje")).to_have_count(0)


def test_the_link_can_be_copied(visit: Open) -> None:
    tab = visit(permissions=["clipboard-read", "clipboard-write"])
    _keep(tab, WIKEN)
    page = tab.open("lijstje/")
    page.get_by_role("button", name="Deel als link").click()
    page.get_by_role("button", name="Kopieer").click()
    expect(page.locator(".shortlist__status")).to_have_text("De link is gekopieerd.")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#__link").input_value()


# What attacks


@pytest.mark.parametrize(
    "value",
    [
        "",
        "{",
        "null",
        "7",
        '{"__proto__": [1]}',
        json.dumps([HOSTILE, None, 3, [], [HOSTILE, HOSTILE], {"key": "a/b#c"}]),
        json.dumps([["../../evil#x", "x"], ["javascript:alert(1)//a/b#c", "x"], ["//evil.example/a#b", "x"]]),
        json.dumps([["a/b#c", 7], ["a/b#" + "c" * 500, "x"], ["A/b#c", "x"]]),
    ],
)
def test_broken_stored_values_do_nothing(visit: Open, value: str) -> None:
    tab = visit()
    _store(tab, value)
    page = tab.open("lijstje/")
    expect(page.get_by_text("Je lijstje is nog leeg")).to_be_visible()
    assert _count(page) == "Lijstje"
    assert page.evaluate("window.hacked") is None
    _keep(tab, WIKEN)
    assert len(_stored(tab.page)) == 1


def test_a_stored_title_stays_text(visit: Open) -> None:
    tab = visit()
    _store(tab, json.dumps([[f"{WIKEN}#weg", HOSTILE + "x" * 5000]]))
    page = tab.open("lijstje/")
    item = page.get_by_role("region", name="Staat niet meer op de kaart").get_by_role("listitem")
    expect(item).to_contain_text(HOSTILE)
    assert len(item.inner_text()) <= 200
    assert page.locator("main img").count() == 0
    assert page.evaluate("window.hacked") is None


@pytest.mark.parametrize(
    "query",
    [
        "kansen=",
        f"kansen={HOSTILE}&bij={HOSTILE}",
        "kansen=javascript:alert(1)&bij=javascript:alert(1)",
        "kansen=../../evil.x,//evil.example/a.b,https://evil.example/a.b",
        "kansen=" + "a/b." * 5000,
    ],
)
def test_hostile_addresses_do_nothing(visit: Open, query: str) -> None:
    page = visit().open(f"lijstje/?{query}")
    expect(page.get_by_text("Deze link klopt niet")).to_be_visible()
    expect(page.locator("main").get_by_role("link", name="Mijn eigen lijstje")).to_be_visible()
    assert page.evaluate("window.hacked") is None


def test_what_an_organisation_wrote_stays_text(visit: Open) -> None:
    """Even if a page held markup or addresses that it should not: only text and safe addresses are lifted."""
    tab = visit()
    _keep(tab, WIKEN)
    name = _stored(tab.page)[0][0].split("#")[1]
    body = f"""<h1 data-field="who">{HOSTILE}</h1><ul data-field="contact"><li><a href="javascript:window.hacked=1">
      <span class="contact__verb">Bel</span><span class="contact__to">{HOSTILE}</span></a></li></ul>
      <section class="opportunity" id="{name}" data-lat="x" data-lon="NaN">
      <h2 data-field="title">T{HOSTILE}</h2>
      <dl><div data-field="where"><dt>Waar</dt><dd><p>&lt;img src=x&gt;</p>
      <a data-field="map" href="data:text/html,x">k</a></dd></div></dl>
      <script>window.hacked = 1</script></section>"""
    tab.page.route(f"**/kansen/{WIKEN}/", lambda route: route.fulfill(body=body, content_type="text/html"))
    page = tab.open("lijstje/?bij=azc-sneek")
    expect(_kept(page)).to_have_count(1)
    assert page.locator(".shortlist :is(img, script)").count() == 0
    assert page.locator("main a[href^=javascript], main a[href^=data]").count() == 0
    assert page.locator("[data-row=away]").count() == 0  # a position that is none has no distance
    assert page.evaluate("window.hacked") is None
    # The browser tells of what the page's policy kept from running, and that is all it may tell.
    assert all("Content Security Policy" in fault for fault in tab.faults)
    tab.faults.clear()


# On paper


def _printed(visit: Open, name: str) -> Page:
    """Press a button to print, and return the page as paper shows it."""
    tab = visit(color_scheme="dark")
    tab.page.add_init_script("window.print = () => { window.printed = (window.printed ?? 0) + 1 }")
    for organisation in (DOKKUM, WIKEN):
        _keep(tab, organisation)
    page = tab.open("lijstje/?bij=azc-sneek")
    expect(_kept(page)).to_have_count(2)
    page.get_by_role("button", name=name).click()
    assert page.evaluate("window.printed") == 1
    page.emulate_media(media="print", color_scheme="dark")
    return page


def test_the_sheet_for_a_resident(visit: Open) -> None:
    page = _printed(visit, "Print voor de bewoner")
    expect(page.get_by_text("Hier kun je meedoen")).to_be_visible()
    expect(page.get_by_text("Afstanden vanaf azc Sneek").first).to_be_visible()
    for hidden in (".header", ".footer", ".toast", ".shortlist__tools", ".keep", "h1", ".lost-kept"):
        assert page.locator(hidden).locator("visible=true").count() == 0, hidden
    for kept in _kept(page).all():
        expect(kept.locator(".code")).to_be_visible()
        expect(kept.locator("[data-row=contact]")).to_be_visible()
        size = kept.evaluate("one => parseFloat(getComputedStyle(one.querySelector('dd')).fontSize)")
        assert size >= 16  # 12 points
        code = kept.locator(".code").bounding_box()
        assert code
        assert code["width"] >= 30 / 25.4 * 96
        quiet = page.evaluate("one => one.getAttribute('viewBox')", kept.locator(".code").element_handle())
        assert re.fullmatch(r"0 0 \d+ \d+", quiet)
        paper, dark = kept.locator(".code > *").evaluate_all("all => all.map(one => getComputedStyle(one).fill)")
        assert (paper, dark) == ("rgb(255, 255, 255)", "rgb(0, 0, 0)")
    assert page.locator("main input:visible, main textarea:visible").count() == 0  # nowhere to write a name


def test_the_short_list_takes_little_paper(visit: Open) -> None:
    page = _printed(visit, "Print een korte lijst")
    expect(page.get_by_text("Lijstje: kansen om mee te doen")).to_be_visible()
    for kept in _kept(page).all():
        assert not kept.locator(".code").is_visible()
        expect(kept.locator("[data-row=contact]")).to_be_visible()
        box = kept.bounding_box()
        assert box
        assert box["height"] < 60 / 25.4 * 96


# Everybody


def test_axe_finds_nothing(visit: Open) -> None:
    tab = visit(color_scheme="dark", reduced_motion="reduce")
    for organisation in (DOKKUM, WIKEN):
        _keep(tab, organisation)
    for url in ("lijstje/?bij=azc-sneek", f"lijstje/?kansen={WIKEN}.wijkcentrum,{WIKEN}.weg", "lijstje/?kansen="):
        page = tab.open(url)
        page.locator(".kept:visible, .empty:visible").first.wait_for()
        if page.get_by_role("button", name="Deel als link").count():
            page.get_by_role("button", name="Deel als link").click()
        for size in (PHONE, LAPTOP):
            page.set_viewport_size(size)
            assert findings(page) == [], url
    page = tab.open("lijstje/")
    page.locator(".kept .keep").first.click()
    expect(page.get_by_role("button", name="Zet terug")).to_be_visible()
    assert findings(page) == []
    page.set_viewport_size(PHONE)
    assert findings(page) == []


def test_nothing_scrolls_sideways(visit: Open) -> None:
    tab = visit()
    for organisation in (DOKKUM, WIKEN):
        _keep(tab, organisation)
    page = tab.open("lijstje/?bij=azc-sneek")
    expect(_kept(page)).to_have_count(2)
    page.get_by_role("button", name="Deel als link").click()
    for width, text in SIZES:
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("text => { document.documentElement.style.fontSize = text }", text)
        assert page.evaluate(TOO_WIDE) + page.evaluate(CUT_OFF) == [], (width, text)


def test_the_script_is_small_and_only_on_its_page(visit: Open, project: Path) -> None:
    [script] = (project / "site/assets").glob("sheet-*.js")
    assert len(gzip.compress(script.read_bytes(), 9)) <= SHEET_BYTES
    tab = visit()
    tab.open("begrippen/")
    tab.page.wait_for_load_state("networkidle")
    assert not any("sheet-" in url for url in tab.asked)
