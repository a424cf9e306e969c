"""What holds on every kind of page, asked in one visit to each, which is what costs."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.test_keyboard import focused
from tests.site.kinds import KINDS


@pytest.fixture
def address(fork_address: str) -> str:
    return fork_address


def test_the_head_holds_each_thing_once_and_the_skip_link_comes_first_and_works(visit: Open) -> None:
    tab = visit()
    for kind, url in KINDS.items():
        page = tab.open(url)
        _the_head_holds_each_thing_once(page, kind)
        _the_skip_link_comes_first_and_works(page, kind)


def _the_head_holds_each_thing_once(page: Page, kind: str) -> None:
    counts = page.evaluate(
        """() => Object.fromEntries(["title", "link[rel=canonical]", "meta[name=description]", "meta[charset]",
        "meta[name=viewport]", "link[rel=icon]", "link[rel=stylesheet]"].map(one =>
        [one, document.head.querySelectorAll(`:scope > ${one}`).length]))"""
    )
    canonical = counts.pop("link[rel=canonical]")
    assert canonical == (0 if kind == "not found" else 1), kind
    assert set(counts.values()) == {1}, kind
    assert page.evaluate("document.body.querySelectorAll('title:not(svg *), link, meta').length") == 0, kind
    assert page.evaluate("document.compatMode") == "CSS1Compat", kind
    for text in page.locator("script[type='application/ld+json']").all_text_contents():
        assert json.loads(text), kind


def _the_skip_link_comes_first_and_works(page: Page, kind: str) -> None:
    page.keyboard.press("Tab")
    skip = focused(page)
    assert skip["text"] == "Naar de inhoud", kind
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    target = page.locator(skip["href"])
    expect(target).to_be_focused()
    page.keyboard.press("Tab")
    after = "target => document.activeElement === document.body || target.contains(document.activeElement)"
    assert target.evaluate(after) or page.locator("footer :focus").count(), kind
