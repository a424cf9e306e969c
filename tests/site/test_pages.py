"""Every page of the real site: its links, its head, its outline."""

import itertools
import json
import posixpath
import re
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from meedoenkaart.publishing.pages import pages
from meedoenkaart.texts import fold
from tests.site.conftest import Built
from tests.site.html import Html

LINKS = ("href", "src", "action", "srcset", "poster", "data", "formaction")
NOT_EXPLAINED = {"a", "button", "svg", "summary", "label", "h1", "h2", "h3", "h4", "h5", "h6"}
"""Where a term of the glossary is no link to what it means."""
NO_SITE_LINK = ("mailto", "tel")


def _own(real: Built) -> dict[str, Html]:
    """Return the pages of the site itself: neither redirects nor what other sites put in a frame."""
    return {url: page for url, page in real.pages.items() if not page.is_redirect and not url.startswith("embed/")}


def _site_url(real: Built) -> str:
    found = re.search(r"^site_url: (\S+)$", (real.project / "mkdocs.yml").read_text("utf-8"), re.MULTILINE)
    assert found
    return found[1]


def test_every_link_leads_somewhere(real: Built) -> None:
    """Pages, anchors, scripts, styles, pictures and the symbols of icon sheets."""
    base = _site_url(real)
    anchors = {url: set(page.ids) for url, page in real.pages.items()}
    symbols = re.findall(r'<symbol id="([^"]+)"', (real.site / "assets/icons.svg").read_text("utf-8"))
    anchors["assets/icons.svg"] = set(symbols)
    files = {path.relative_to(real.site).as_posix() for path in real.site.rglob("*") if path.is_file()}
    broken, seen = [], 0
    for url, page in real.pages.items():
        for element in page.elements:
            for name in LINKS:
                if name not in element.attributes:
                    continue
                target = urljoin(base + url, element[name])
                if urlsplit(target).scheme in NO_SITE_LINK or not target.startswith(base):
                    continue
                path, _, anchor = target.removeprefix(base).partition("#")
                path = unquote(path.partition("?")[0])
                file = posixpath.join(path, "index.html") if path in ("", ".") or path.endswith("/") else path
                seen += 1
                known = anchors.get(path.removesuffix("index.html"), set())
                if file not in files or (anchor and unquote(anchor) not in known):
                    broken.append(f"{url or '/'}: <{element.tag} {name}={element[name]!r}>")
    assert broken == []
    assert seen > 5000


def test_the_not_found_page_works_at_any_depth(real: Built) -> None:
    """A host shows it at the address that was not found, so its own links start at the host's root."""
    path = urlsplit(_site_url(real)).path
    lost = real.pages["404.html"]
    links = [element[name] for element in lost.elements for name in ("href", "src", "action") if element[name]]
    assert [one for one in links if not one.startswith((path, "#", "https:"))] == []


def test_outside_links_are_web_addresses(real: Built) -> None:
    """What contributors wrote never runs: no other scheme than these."""
    schemes = Counter(
        urlsplit(element[name]).scheme
        for page in real.pages.values()
        for element in page.elements
        for name in ("href", "src", "action")
    )
    assert set(schemes) <= {"", "http", "https", "mailto", "tel", "webcal"}


def test_pages_are_well_formed(real: Built) -> None:
    assert {url: page.faults for url, page in real.pages.items() if page.faults} == {}


def test_pages_are_in_dutch(real: Built) -> None:
    assert {page.all("html")[0]["lang"] for page in real.pages.values()} == {"nl"}


def test_one_title_on_top(real: Built) -> None:
    for url, page in real.pages.items():
        headings = page.all("h1")
        assert len(headings) == 1, url
        assert headings[0].text.strip(), url


def test_headings_do_not_skip_a_level(real: Built) -> None:
    for url, page in _own(real).items():
        levels = [int(one.tag[1]) for one in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
        skips = [(one, other) for one, other in itertools.pairwise(levels) if other > one + 1]
        assert levels[0] == 1, url
        assert skips == [], url


def test_headings_say_something(real: Built) -> None:
    for url, page in _own(real).items():
        for heading in page.all("h1", "h2", "h3", "h4"):
            assert heading.text.strip(), url


def test_ids_are_used_once(real: Built) -> None:
    for url, page in real.pages.items():
        assert [id for id, times in Counter(page.ids).items() if times > 1] == [], url


def test_references_within_a_page_lead_to_an_id(real: Built) -> None:
    for url, page in _own(real).items():
        for element in page.elements:
            for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "popovertarget", "form"):
                for id in element[name].split():
                    assert id in page.ids, f"{url}: {name}={id}"


def test_titles_and_descriptions_are_filled_and_unique(real: Built) -> None:
    own = {url: page for url, page in _own(real).items() if url != "404.html"}
    for texts in (
        {url: page.title for url, page in own.items()},
        {url: "".join(page.meta("description")) for url, page in own.items()},
    ):
        assert [url for url, text in texts.items() if len(text.strip()) < 10] == []
        assert [url for url, text in texts.items() if len(text) > 200] == []
        shared = Counter(texts.values())
        assert {url: text for url, text in texts.items() if shared[text] > 1} == {}


def test_the_head_has_each_thing_once(real: Built) -> None:
    base = _site_url(real)
    for url, page in _own(real).items():
        head = [one for one in page.elements if one.inside[:2] == ("html", "head")]
        assert len(page.meta("description")) == 1, url
        assert len([one for one in head if one.tag == "title"]) == 1, url
        assert [one["charset"].lower() for one in head if "charset" in one.attributes] == ["utf-8"], url
        assert len(page.meta("viewport")) == 1, url
        assert "user-scalable" not in page.meta("viewport")[0], url
        if url == "404.html":
            assert page.links("canonical") == []
            assert page.meta("robots") == ["noindex"]
        else:
            assert page.links("canonical") == [base + url], url
            assert page.meta("og:url") == [base + url], url
            (picture,) = page.meta("og:image")
            assert (real.site / picture.removeprefix(base)).is_file(), url
            assert page.meta("robots") == [], url


def test_the_character_set_comes_first(real: Built) -> None:
    """Browsers look for it in the first 1024 bytes."""
    for path in real.site.rglob("*.html"):
        assert b'charset="utf-8"' in path.read_bytes()[:1024], path


def test_search_engines_can_read_the_data(real: Built) -> None:
    base = _site_url(real)
    with_data = 0
    for url, page in _own(real).items():
        for text in page.data:
            found: list[dict[str, Any]] = json.loads(text)
            with_data += 1
            assert {one["@context"] for one in found} == {"https://schema.org"}
            trails = [one for one in found if one["@type"] == "BreadcrumbList"]
            assert len(trails) == 1, url
            steps = trails[0]["itemListElement"]
            assert [one["position"] for one in steps] == list(range(1, len(steps) + 1))
            assert steps[0]["item"] == base
            assert steps[-1]["item"] == base + url
            shown = next(one for one in page.all("nav") if one["aria-label"] == "Kruimelpad")
            assert [one["name"] for one in steps] == [
                one.text.strip() for one in page.elements if one.tag == "li" and "breadcrumbs__item" in one.classes
            ], url
            assert shown.children
            for step in steps:
                assert step["item"].removeprefix(base) in real.pages, url
    assert with_data > 200


def test_every_organisation_shows_all_it_offers_with_its_sources(real: Built) -> None:
    for organisation in real.catalogue.organisations.values():
        page = real.pages[organisation.url]
        texts = {" ".join(one.text.split()) for one in page.all("h1", "h2")}
        links = {one["href"] for one in page.all("a")}
        assert organisation.record.name in texts
        for opportunity in organisation.record.opportunities:
            assert str(opportunity.title) in texts
            assert opportunity.id in page.ids
        assert {source.address for source in organisation.record.sources} <= links


def test_names_are_kept_from_translation(real: Built) -> None:
    """Whoever lets a browser translate a page still finds the place, the organisation and the word that others use."""

    def kept(url: str) -> set[str]:
        return {
            " ".join(one.text.split()) for one in real.pages[url].all("a", "h1", "span") if one["translate"] == "no"
        }

    for organisation in real.catalogue.organisations.values():
        home = set() if organisation.home is real.catalogue.nationwide else {organisation.home.name}
        assert {organisation.record.name} | home <= kept(organisation.url)
    regional = real.catalogue.regional_municipalities
    for slug in real.catalogue.offers_by_municipality:
        name = real.catalogue.municipalities[slug].name
        assert name in kept(f"kansen/{slug}/") & kept(f"gemeenten/{slug}/")
        assert slug not in regional or name in kept("kansen/")
    for slug, reception in real.catalogue.receptions.items():
        assert reception.record.name in kept(reception.url) & kept("azc/")
        assert slug not in real.catalogue.regional_receptions or reception.record.name in kept("")
    assert {term.term for term in real.catalogue.glossary.terms.values()} <= kept("begrippen/")
    for url, page in real.pages.items():
        for term in page.all("a"):
            if "begrip" in term.classes:
                assert term["translate"] == "no"
                assert not NOT_EXPLAINED.intersection(term.inside), (url, term.text)
        if url.startswith("kansen/"):
            assert all(one["translate"] == "no" for one in page.all("p") if "card__who" in one.classes)


def test_long_pages_start_with_links_to_their_parts(real: Built) -> None:
    def linked(url: str) -> list[str]:
        links = [one["href"] for one in real.pages[url].all("a") if "pill" in one.classes]
        return [link.removeprefix("#") for link in links if link.startswith("#")]

    for url in (
        "toevoegen/uitleg/",
        "over/",
        "privacy/",
        "toegankelijkheid/",
        "bronnen/",
        "data/",
        "toevoegen/velden/",
    ):
        assert linked(url) == [one["id"] for one in real.pages[url].all("h2")] != []
    first = {term.term[0].upper(): id for id, term in reversed(real.catalogue.glossary.terms.items())}
    assert linked("begrippen/") == [first[letter] for letter in sorted(first)]


def test_a_municipality_names_who_works_there_from_elsewhere(real: Built) -> None:
    pairs = [
        (area, organisation)
        for organisation in real.catalogue.organisations.values()
        if organisation.record.status != "gestopt"
        for area in organisation.record.serves
    ]
    assert pairs
    for area, organisation in pairs:
        links = {urljoin("/gemeenten/x/", one["href"]) for one in real.pages[f"gemeenten/{area}/"].all("a")}
        assert f"/{organisation.url}" in links


def test_every_current_opportunity_can_be_reached_without_searching(real: Built) -> None:
    """From the page of all that the region has, or from that of a municipality elsewhere."""

    def listed(url: str) -> set[str]:
        return {one["data-key"] for one in real.pages[url].all("li") if "card" in one.classes}

    def linked(url: str) -> set[str]:
        return {urljoin(f"/{url}", one["href"]).removeprefix("/") for one in real.pages[url].all("a")}

    assert listed("kansen/") == {offer.key for offer in real.catalogue.regional_offers}
    elsewhere = real.catalogue.municipalities.keys() - real.catalogue.regional_municipalities.keys()
    urls = ["kansen/", *(f"gemeenten/{slug}/" for slug in elsewhere)]
    assert set().union(*map(listed, urls)) == {offer.key for offer in real.catalogue.current_offers}
    assert {offer.url for offer in real.catalogue.current_offers} <= set().union(*map(linked, urls))


def test_what_scripts_copy_has_its_icons_in_place(real: Built) -> None:
    """A ``<use>`` takes a browser several times as long to copy; a finder copies hundreds with each letter."""
    text = (real.site / "kansen/index.html").read_text("utf-8")
    parts = re.findall(r"<template data-part=.*?</template>", text, re.DOTALL)
    assert len(parts) > 20
    assert [part for part in parts if "<use" in part] == []
    assert sum('viewBox="0 0 24 24"' in part for part in parts) > 10


# What lists all pages


def _sitemap(site: Path) -> list[str]:
    root = ET.parse(site / "sitemap.xml").getroot()  # noqa: S314  # our own file
    names = {"": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    assert root.tag == f"{{{names['']}}}urlset"
    return [one.text or "" for one in root.findall("url/loc", names)]


def test_the_sitemap_lists_every_page(real: Built) -> None:
    listed = _sitemap(real.site)
    base = _site_url(real)
    assert len(listed) == len(set(listed))
    assert all(address.startswith(base) for address in listed)
    assert {address.removeprefix(base) for address in listed} == set(_own(real)) - {"404.html"}
    assert not (real.site / "sitemap.xml.gz").exists()


def test_robots_may_come_and_find_the_sitemap(real: Built) -> None:
    lines = (real.site / "robots.txt").read_text("utf-8").splitlines()
    assert "User-agent: *" in lines
    assert f"Sitemap: {_site_url(real)}sitemap.xml" in lines
    assert not [line for line in lines if line.startswith("Disallow: /")]


@pytest.fixture(scope="module")
def index(real: Built) -> list[dict[str, str]]:
    found: dict[str, Any] = json.loads((real.site / "search/search_index.json").read_text("utf-8"))
    assert found["config"]["lang"] == ["nl"]
    docs: list[dict[str, str]] = found["docs"]
    return docs


def test_search_knows_every_record_once(real: Built, index: list[dict[str, str]]) -> None:
    catalogue = real.catalogue
    places = [one["location"] for one in index]
    assert len(places) == len(set(places))
    for records in (catalogue.organisations, catalogue.receptions, catalogue.municipalities):
        assert {page.url for page in records.values()} <= set(places)
    for editorial in ("over/", "privacy/", "toegankelijkheid/", "bronnen/", "toevoegen/"):
        assert editorial in places


def test_search_leads_to_pages_that_exist(real: Built, index: list[dict[str, str]]) -> None:
    for one in index:
        url, _, anchor = one["location"].partition("#")
        assert url in real.pages, one["location"]
        assert not anchor or anchor in real.pages[url].ids, one["location"]


def test_search_finds_an_organisation_by_name_place_and_activity(real: Built, index: list[dict[str, str]]) -> None:
    texts = {one["location"]: fold(f"{one['title']} {one['text']}".replace("&amp;", "&")) for one in index}
    activities = real.catalogue.vocabulary.activities
    for page in real.catalogue.organisations.values():
        text = texts[page.url]
        assert f'<span translate="no">{fold(page.record.name)}' in text
        assert fold(page.record.address.place if page.record.address else "") in text
        assert fold(page.home.name) in text
        for opportunity in page.record.opportunities:
            assert fold(str(activities[opportunity.activity].label)) in text
            assert fold(str(opportunity.title)) in text
    for reception in real.catalogue.receptions.values():
        assert fold(reception.record.place) in texts[reception.url]
    for municipality in real.catalogue.municipalities.values():
        assert fold(municipality.record.seat) in texts[municipality.url]


def test_nothing_is_published_twice_or_left_out(real: Built) -> None:
    planned = [page.url for page in pages(real.catalogue)]
    assert len(planned) == len(set(planned))
    assert set(planned) <= set(real.pages)
