"""Were an attack to pass the rules for texts, it would still be text on every page and in every index."""

import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from meedoenkaart import plugin
from meedoenkaart.layers import made
from meedoenkaart.publishing.folder import Folder
from meedoenkaart.publishing.pages import pages
from meedoenkaart.publishing.publish import addresses, publish
from tests.site.conftest import Built
from tests.site.hostile import ATTACKS, MARK, Poison
from tests.site.html import Html, Pages


@dataclass(frozen=True)
class Attacked:
    site: Path
    pages: Pages
    texts: list[str]


@pytest.fixture(scope="module")
def attacked(real: Built, tmp_path_factory: pytest.TempPathFactory) -> Attacked:
    poison = Poison()
    catalogue = poison.catalogue(real.catalogue)
    within = real.catalogue.regional_municipalities
    catalogue = replace(catalogue, region=frozenset(catalogue.municipalities[slug].record.province for slug in within))
    folder = tmp_path_factory.mktemp("attacked")
    frame = plugin.surroundings(real.project, folder / "editorial", addresses(pages(catalogue)))
    theme = made(real.project, "theme")
    target = Folder(folder / "site", folder / "staging")
    publish(real.project, theme, catalogue, pages(catalogue), frame, target, {})
    return Attacked(folder / "site", Pages(folder / "site"), poison.texts)


def _shape(page: Html) -> Counter[str]:
    return Counter(one.tag for one in page.elements)


def test_the_attacks_are_there(attacked: Attacked) -> None:
    """Otherwise nothing below proves anything: every kind of attack is on many kinds of pages."""
    assert len(attacked.texts) > 1000
    seen: Counter[str] = Counter()
    for page in attacked.pages.values():
        text = page.all("body")[0].text
        seen.update(attack for attack in ATTACKS if attack in text)
    assert min(seen[attack] for attack in ATTACKS) > 20
    assert sum(MARK in page.all("body")[0].text for page in attacked.pages.values()) > 250


def test_attacks_add_no_element_and_no_attribute(attacked: Attacked, real: Built) -> None:
    """A page has the kinds of elements that it has with honest texts, and as many of those that run or load."""
    assert attacked.pages.keys() == real.pages.keys()
    for url, page in attacked.pages.items():
        assert page.faults == [], url
        shape, honest = _shape(page), _shape(real.pages[url])
        assert set(shape) <= set(honest), url
        for tag in ("html", "head", "title", "body", "script", "link", "meta", "form", "input", "button", "main"):
            assert shape[tag] == honest[tag], f"{url}: {tag}"
        for element in page.elements:
            assert [name for name in element.attributes if name.startswith("on")] == [], f"{url}: {element}"
            for name in ("href", "src", "action"):
                assert not re.match(r"\s*(javascript|data|vbscript):", element[name], re.IGNORECASE), url


def test_templates_in_texts_stay_text(attacked: Attacked) -> None:
    for page in attacked.pages.values():
        text = page.all("body")[0].text
        for found in re.finditer(rf"{MARK}\d+ (\S+)", text):
            assert found[1] != "49"
        assert text.count("{{7*7}}") == len(re.findall(rf"{MARK}\d+\s+\{{\{{7\*7\}}\}}", text))


def test_markers_of_the_shell_stay_text(attacked: Attacked, real: Built) -> None:
    """A text that looks like the place of the content doesn't become one: all stands once and in its place."""
    for url, page in attacked.pages.items():
        path = attacked.site / url / ("" if url.endswith(".html") else "index.html")
        html = path.read_text("utf-8")
        assert html.count("<!doctype html>") == 1, url
        assert html.count("</html>") == 1, url
        framed = 0 if real.pages[url].is_redirect or url.startswith("embed/") else 1
        assert html.count('id="__inhoud"') == framed, url
        assert len(page.all("main")) == len(real.pages[url].all("main")), url


def test_cards_for_frames_hold_texts_alone(attacked: Attacked) -> None:
    files = list(attacked.site.glob("kansen/*/*/kaart.json"))
    cards = [card for file in files for cards in json.loads(file.read_bytes()) for card in cards]
    assert sum(MARK in card for card in cards) > 250
    for card in cards:
        page = Html(card)
        assert page.faults == []
        assert {one.tag for one in page.elements} <= {"li", "span", "svg", "use", "h2", "a", "p"}
        names = {name for one in page.elements for name in one.attributes}
        assert names <= {"class", "href", "translate", "aria-hidden"}


def test_data_for_search_engines_holds_the_texts_as_they_are(attacked: Attacked) -> None:
    texts = set(attacked.texts)
    found = 0
    for url, page in attacked.pages.items():
        for data in page.data:
            assert "<" not in data, url
            assert "&" not in data, url
            for value in _strings(json.loads(data)):
                if value.startswith(MARK):
                    assert value in texts, url
                    found += 1
    assert found > 500


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [one for part in parts for one in _strings(part)]


def test_the_search_index_holds_no_markup_but_around_names(attacked: Attacked) -> None:
    """Material's search writes titles and texts into the page as HTML."""
    index = json.loads((attacked.site / "search/search_index.json").read_text("utf-8"))
    hostile = [one for one in index["docs"] if MARK in one["title"] + one["text"]]
    assert len(hostile) > 150
    for one in hostile:
        assert "<" not in re.sub('^([^<]*)<span translate="no">([^<]+)</span>$', r"\1\2", one["title"]) + one["text"]
        assert not re.search(r"&(?!(amp|lt|gt);)", one["title"] + one["text"])


def test_the_sitemap_stays_xml(attacked: Attacked, real: Built) -> None:
    assert (attacked.site / "sitemap.xml").read_bytes() == (real.site / "sitemap.xml").read_bytes()
    ET.parse(attacked.site / "sitemap.xml")  # noqa: S314  # our own file


def test_the_glossary_data_stays_json(attacked: Attacked, real: Built) -> None:
    terms = json.loads((attacked.site / "assets/begrippen.json").read_text("utf-8"))
    assert terms.keys() == json.loads((real.site / "assets/begrippen.json").read_text("utf-8")).keys()
    for term in terms.values():
        assert term["term"] in attacked.texts
        assert term["explanation"] in attacked.texts
