"""What the browser itself makes of a page's head, and of texts that attack."""

from dataclasses import replace
from pathlib import Path

import pytest

from meedoenkaart import plugin
from meedoenkaart.cli import today
from meedoenkaart.layers import made
from meedoenkaart.loading import load
from meedoenkaart.plugin.settings import region
from meedoenkaart.publishing.folder import Folder
from meedoenkaart.publishing.pages import pages
from meedoenkaart.publishing.publish import addresses, publish
from meedoenkaart.reading.documents import Reader
from tests.browser.conftest import Open, hosted, settled
from tests.site.hostile import MARK, Poison
from tests.site.kinds import KINDS


def test_the_font_is_ours_and_loaded(visit: Open) -> None:
    page = visit().open("")
    loaded = page.evaluate("document.fonts.ready.then(() => [...document.fonts].map(one => [one.family, one.status]))")
    assert ["Inter Variable", "loaded"] in loaded


@pytest.fixture(scope="module")
def attacked(fork: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    real = load(Reader(fork), today(), region=region(fork)).catalogue
    assert real
    catalogue = Poison(frozenset({"term", "also"})).catalogue(real)  # words that pages explain stay words
    provinces = {catalogue.municipalities[slug].record.province for slug in real.regional_municipalities}
    catalogue = replace(catalogue, region=frozenset(provinces))
    folder = tmp_path_factory.mktemp("attacked")
    frame = plugin.surroundings(fork, folder / "editorial", addresses(pages(catalogue)))
    target = Folder(folder / "site", folder / "staging")
    publish(fork, made(fork, "theme"), catalogue, pages(catalogue), frame, target, {})
    return folder / "site"


def test_attacks_do_not_run(visit: Open, attacked: Path) -> None:
    """Nor on the page, nor where scripts show texts: in results of the search and in explanations."""
    with hosted(attacked) as address:
        tab = visit(base=address)
        for kind, url in KINDS.items():
            page = tab.open(url)
            assert page.evaluate("window.hacked") is None, kind
        for kind in ("opportunities", "reception location"):
            page = tab.open(f"{KINDS[kind]}?vergunning=nee&woorden={MARK}")
            page.locator(".finder--ready").wait_for()
            for fold in page.locator(".facet:visible summary").all():
                fold.click()
            if kind == "opportunities":
                page.get_by_role("combobox").last.press_sequentially(MARK)
                page.get_by_role("option").first.wait_for()
            assert MARK in page.locator(".finder__results .card").first.inner_text()
            assert page.locator(".finder :is(img, script, b, i, svg[onload], a[href^=javascript])").count() == 0
            assert page.evaluate("window.hacked") is None
        page = tab.open(KINDS["organisation"])
        page.keyboard.press("/")
        for query in (MARK, "script", "onerror", "img"):
            page.locator("[name=query]").fill("")
            page.keyboard.type(query)
            page.wait_for_timeout(400)
            assert page.evaluate("window.hacked") is None
        page.locator("[name=query]").fill("")
        page.keyboard.type(f"{MARK}1")
        page.locator(".search__list a").first.wait_for()
        assert page.locator(".search__list :is(img, script, b, i, svg[onload], a[href^=javascript])").count() == 0
        page.keyboard.press("Escape")
        found = 0
        for kind in ("glossary", "organisation", "reception location", "municipality"):
            page = tab.open(KINDS[kind])
            settled(page)
            page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
            for term in page.locator("a.begrip:visible").all()[:3]:
                term.hover()
                page.locator("#__begrip").wait_for(state="visible")
                assert page.locator("#__begrip :is(img, script, svg, a)").count() == 0
                found += 1
            assert page.evaluate("window.hacked") is None
        assert found >= 2
