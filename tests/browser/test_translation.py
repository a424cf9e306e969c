"""Pages that a browser translates: it puts other texts in the place of ours, and what comes later has to be right."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.test_form import answer, ready, sent

TRANSLATE = """() => {
  const translate = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const texts = []
    while (walker.nextNode()) texts.push(walker.currentNode)
    for (const text of texts) {
      const within = text.parentElement
      if (!text.data.trim() || within.closest("[translate=no], script, style, svg, textarea")) continue
      const [outer, inner] = [document.createElement("font"), document.createElement("font")]
      inner.append(text.data.replaceAll(/[⟦⟧]/g, "").replace(/\\S(.*\\S)?/s, "⟦$&⟧"))
      outer.append(inner)
      text.replaceWith(outer)
    }
  }
  translate()
  window.translateAgain = translate
}"""
"""Do as Google Translate does: another text within two elements ``font`` for each; here, the same text in brackets."""
BRACKETS = str.maketrans("", "", "⟦⟧")
FACTS = """cards => cards.map(card => ({
  key: card.dataset.key,
  address: card.querySelector("a").getAttribute("href"),
  icon: card.querySelector(".card__icon").innerHTML,
  signs: [...card.querySelectorAll(".tag")].map(tag => tag.className + (tag.querySelector("svg")?.innerHTML ?? "")),
  says: [...card.querySelectorAll(".card__title, p, .tag")].filter(one => !one.hidden).map(one => one.textContent),
}))"""
CARD = ".finder__results .cards:not(.cards--over) > .card:not([hidden])"
BESIDE = (".finder__status", ".chip", ".value:visible", ".pick", ".results__title", ".finder__filters-name")


def _facts(page: Page) -> list[dict[str, Any]]:
    """Return what all cards say, without the brackets of the translation."""
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    cards: list[dict[str, Any]] = page.locator(CARD).evaluate_all(FACTS)
    return [{**card, "says": [text.translate(BRACKETS) for text in card["says"]]} for card in cards]


def _said(page: Page, what: str) -> list[str]:
    return [text.translate(BRACKETS) for text in page.locator(what).all_text_contents()]


def _opened(visit: Open, url: str) -> Page:
    page = visit().open(url)
    page.locator(".finder--ready").wait_for()
    page.add_style_tag(content=".facet { content-visibility: visible }")  # what is far from the screen counts as seen
    return page


def _query(page: Page) -> str:
    # The address holds what was typed a moment after it is shown.
    query: str = page.evaluate("new Promise(done => setTimeout(() => done(location.search), 320))")
    return query


def _choose(page: Page, label: str) -> None:
    """Choose something of a filter, and wait for what comes after the cards: numbers, and marks on a map."""
    page.evaluate("""() => {
      const root = document.querySelector(".finder")
      window.told = new Promise(done => root.addEventListener("finder:results", done, { once: true })).then(() => 0)
    }""")
    page.locator(".finder__filters label", has_text=label).locator("input").first.check()
    page.evaluate("window.told")


def test_cards_of_a_translated_page_say_what_those_of_another_do(visit: Open) -> None:
    translated, other = (_opened(visit, "azc/azc-drachten/") for _ in range(2))
    _facts(translated)  # all cards are there
    translated.evaluate(TRANSLATE)
    for label in ("Zonder vergunning", "Vrijwilligerswerk", "Met vergunning", "A1"):
        for page in (translated, other):
            _choose(page, label)
        assert _facts(translated) == _facts(other) != []
        for what in BESIDE:
            assert _said(translated, what) == _said(other, what)
        translated.evaluate("translateAgain()")


def test_another_place_and_words_to_search_for(visit: Open) -> None:
    page = _opened(visit, "kansen/?bij=drachten")
    _facts(page)
    page.evaluate(TRANSLATE)
    page.locator("#__waar").fill("Sneek")
    page.get_by_role("option").filter(has_text="Sneek").first.click()
    expect(page.locator(".finder__status")).to_contain_text("Sneek")
    assert _facts(page) == _facts(_opened(visit, f"kansen/{_query(page)}")) != []
    for words in ("taal", "koffie"):
        page.evaluate("translateAgain()")
        page.locator(".finder__ask input").fill(words)
        query = _query(page)
        assert _facts(page) == _facts(_opened(visit, f"kansen/{query}")) != []
        assert page.locator(f"{CARD} mark").count() > 0


def test_names_stay_in_what_scripts_show(visit: Open) -> None:
    page = _opened(visit, "kansen/?bij=drachten&netwerk=humanitas")
    page.keyboard.press("/")
    page.keyboard.type("Repair Café Dokkum")
    page.locator(".search__list h1").first.wait_for()
    page.evaluate(TRANSLATE)
    expect(page.locator(".search__list h1").first).to_have_text("Repair Café Dokkum")
    expect(page.locator(".chip__label")).to_have_text(["⟦bij⟧ Drachten", "Humanitas"])
    expect(page.locator(".value", has_text="Humanitas").locator(".value__label")).to_have_text("Humanitas")


def test_marks_of_the_map_and_what_is_kept(visit: Open) -> None:
    page = visit().open("azc/azc-drachten/")
    page.locator(".finder--ready").wait_for()
    page.locator(".finder__show-map").click()
    page.locator(".map .origin").wait_for()
    page.evaluate(TRANSLATE)
    _choose(page, "Zonder vergunning")
    _choose(page, "A1")
    page.wait_for_timeout(400)  # a map draws when results rest
    # An opportunity with more places has a pin at each, and its card says the nearest.
    key = page.evaluate("""() => {
      const { results } = document.querySelector(".finder").found
      const single = new Set(results.filter(one => one.others.length === 0).map(one => one.key))
      const pins = [...document.querySelectorAll(".map .pin [data-pin]")]
      return pins.map(one => one.dataset.pin).find(key => single.has(key))
    }""")
    pin = page.locator(".map .pin", has=page.locator(f"[data-pin='{key}']"))
    pin.focus()
    page.keyboard.press("Enter")
    popup = page.locator(".popup")
    expect(popup).to_have_attribute("data-key", key)
    title, who, *_ = next(card["says"] for card in _facts(page) if card["key"] == key)
    expect(popup.locator("a")).to_have_text(title)
    expect(popup.locator("p").nth(1)).to_have_text(who)
    page.evaluate("translateAgain()")
    popup.locator(".keep").click()
    kept = page.locator(f"{CARD}:has(.keep--on)")
    expect(kept).to_have_count(1)
    expect(kept).to_have_attribute("data-key", key)
    expect(page.locator(".kept-count").first).to_have_text("(1)")


def test_the_form_sends_our_words_and_says_a_thing_once(visit: Open) -> None:
    page = ready(visit().open("toevoegen/"))
    answer(page)
    page.evaluate(TRANSLATE)
    card = page.locator("[data-preview] .card")
    page.locator("#opportunities_activity").select_option("sport")
    expect(card.locator(".tag").first).to_have_text("Sport en bewegen")
    email = page.locator("#contact_email")
    email.fill("de wilg")
    email.blur()
    problem = page.locator("#contact_email__melding")
    expect(problem).not_to_be_empty()
    page.evaluate("translateAgain()")
    page.locator("#name").fill("De Linde")
    expect(card.locator(".card__who")).to_have_text("De Linde, Drachten")
    expect(problem).to_contain_text("⟦")  # still the translation: nobody hears it twice
    email.fill("info@dewilg.nl")
    yaml = sent(page)
    issue = page.locator("[data-send=issue]").get_attribute("href") or ""
    assert parse_qs(urlsplit(issue).query)["content"] == [yaml]
    other = ready(visit().open("toevoegen/"))
    answer(other)
    other.locator("#opportunities_activity").select_option("sport")
    other.locator("#contact_email").fill("info@dewilg.nl")
    other.locator("#name").fill("De Linde")
    assert yaml == sent(other)
