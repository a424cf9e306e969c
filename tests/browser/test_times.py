"""What is told of time is told as of the reader's day, also of a page that was built a while ago."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, hosted

PAGE = "kansen/smallingerland/tijden-voorbeeld/"


@pytest.fixture(scope="module")
def timed_address(timed: Path) -> Iterator[str]:
    with hosted(timed / "site") as found:
        yield found


def _next(page: Page) -> dict[str, str]:
    """Return when each opportunity of the page says that it is next."""
    lines = "all => all.map(one => [one.closest('section').id, one.textContent])"
    return dict(page.locator("[data-next]").evaluate_all(lines))


def test_the_next_time_is_that_of_the_readers_day(visit: Open, timed_address: str) -> None:
    plain = _next(visit(timed_address, java_script_enabled=False).open(PAGE))
    tab = visit(timed_address)
    found = {}
    for day in ("2026-11-27", "2026-12-04", "2026-12-24"):
        tab.page.clock.set_fixed_time(f"{day}T12:00:00")
        found[day] = _next(tab.open(PAGE))
    friday, saturday = ("Volgende keer: vandaag, 19.00 uur.", "Volgende keer: morgen, 10.00 uur.")
    assert plain["taalcafe"] == "Volgende keer: vr 27 november, 19.00 uur."
    assert found["2026-11-27"] == plain | {"taalcafe": friday, "repair-cafe": saturday}
    assert found["2026-12-04"] == {
        "repair-cafe": "Volgende keer: za 12 december, 10.00 uur.",
        "taalcafe": friday,
        "eten": "Volgende keer: ma 7 december, 17.30 uur.",
        "wandelen": "Volgende keer: di 8 december, 09.30 uur.",
        "huiswerk": "Volgende keer: di 8 december, 15.30 uur.",
        "feest": "Volgende keer: morgen, 14.00 uur.",
        "zingen": "Volgende keer: morgen, 20.00 uur.",
        "schaatsen": "Volgende keer: zo 6 december.",
        "bellen": "Volgende keer: di 8 december, 20.00 uur.",
    }
    # It is over, as a page says that is built then.
    assert "feest" not in found["2026-12-24"]
    holiday = "Volgende keer: morgen, 19.00 uur. Dat is Eerste kerstdag: vraag of het doorgaat."
    assert found["2026-12-24"]["taalcafe"] == holiday


def test_what_ended_since_the_page_was_built_is_over(visit: Open, timed_address: str) -> None:
    tab = visit(timed_address)
    for day, is_over in (("2027-06-30", False), ("2027-07-01", True)):
        tab.page.clock.set_fixed_time(f"{day}T12:00:00")
        page = tab.open("kansen/smallingerland/buurthuis-de-brug/")
        notice = page.get_by_text("De laatste dag was 30 juni 2027.")
        expect(notice).to_have_count(int(is_over))
