"""axe-core finds nothing on any kind of page, in light and dark, on a phone and on a laptop."""

import pytest

from tests.browser.axe import findings
from tests.browser.conftest import LAPTOP, PHONE, Open, settled
from tests.site.kinds import KINDS


@pytest.fixture
def address(fork_address: str) -> str:
    return fork_address


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(visit: Open, kind: str) -> None:
    page = visit(color_scheme="dark", reduced_motion="reduce").open(KINDS[kind])
    settled(page)
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    for size in (PHONE, LAPTOP):
        page.set_viewport_size(size)
        assert findings(page, colours=size == LAPTOP) == [], size


def test_axe_finds_nothing_in_what_opens(visit: Open) -> None:
    """The menu on a phone, the search dialog with results, and the explanation of a term."""
    tab = visit(viewport=PHONE, color_scheme="dark", reduced_motion="reduce")
    page = tab.open(KINDS["organisation"])
    page.get_by_role("button", name="Menu").click()
    assert findings(page) == []
    page.keyboard.press("Escape")
    page.locator("a.begrip").first.hover()
    page.locator("#__begrip").wait_for(state="visible")
    assert findings(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("Sneek")
    page.locator(".search__list a").first.wait_for(state="visible")
    assert findings(page) == []
