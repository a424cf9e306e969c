"""Checkers that others wrote find nothing in the HTML of pages as their scripts leave them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, settled
from tests.browser.test_form import SEND, ready
from tests.browser.test_map import SNEEK, result, say, show
from tests.site.checkers import html_validate, nu
from tests.site.kinds import KINDS


@pytest.fixture
def address(fork_address: str) -> str:
    return fork_address


def _nothing_fits(page: Page) -> None:
    expect(page.locator(".finder__remedies button").first).to_be_visible()


def _kept(page: Page) -> None:
    page.locator(".card .keep").first.click()
    page.goto(page.url.partition("kansen/")[0] + "lijstje/")
    expect(page.locator(".kept")).to_be_visible()


def _refused(page: Page) -> None:
    ready(page).get_by_role("button", name=SEND).click()
    expect(page.get_by_role("region", name="Nog niet klaar")).to_be_visible()


def _map_and_popup(page: Page) -> None:
    settled(page)
    show(page)
    say(page, {"results": [result(2), result(20)], "origin": SNEEK, "radius": 25})
    page.get_by_role("button", name="Kans 2, ").press("Enter")
    expect(page.locator(".popup")).to_be_visible()


STATES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "finder with choices": ("kansen/?bij=sneek&vergunning=nee&taal=B1", settled),
    "finder without results": ("kansen/?woorden=qqqqq", _nothing_fits),
    "map": ("azc/azc-sneek/", _map_and_popup),
    "shortlist": ("kansen/", _kept),
    "form with errors": ("toevoegen/", _refused),
}


def test_what_scripts_make_is_as_good(visit: Open, tmp_path: Path) -> None:
    tab = visit()
    files = []
    for name, (url, act) in {**{kind: (url, settled) for kind, url in KINDS.items()}, **STATES}.items():
        page = tab.open(url)
        act(page)
        files.append(tmp_path / f"{name}.html")
        files[-1].write_text(page.content(), "utf-8")
    assert nu(files) == []
    found = html_validate(files, tmp_path)
    # Marks of the map are Leaflet's; they do all that a button does (`test_map.py` tries it).
    assert [one for one in found if not ("/map.html:" in one and "prefer-native-element" in one)] == []
