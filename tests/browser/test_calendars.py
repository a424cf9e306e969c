"""Dates come in the calendar of one's own device: one, all of them, or those of a shortlist."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from meedoenkaart.calendars.events import Window
from tests.browser.conftest import PHONE, Open, hosted
from tests.calendars.reading import Time, by_javascript, by_python

PAGE = "kansen/smallingerland/tijden-voorbeeld/"
YEAR = Window(datetime.date(2026, 11, 27), datetime.date(2027, 11, 26))
HALLS = ("Dorpshuis, Drachten", "Kerkzaal, Oudega")


@pytest.fixture(scope="module")
def timed_address(timed: Path) -> Iterator[str]:
    with hosted(timed / "site") as found:
        yield found


def _handed(page: Page, link: Locator, folder: Path) -> tuple[str, list[Time]]:
    """Return the name of the file that a click hands over, and the times in it by two libraries."""
    with page.expect_download() as download:
        link.click()
    data = Path(download.value.path()).read_bytes()
    on, _ = by_python(data, YEAR)
    assert by_javascript([data], YEAR, folder)[0][0] == on
    return download.value.suggested_filename, on


def _opened(page: Page, id: str) -> Locator:
    ways = page.locator(f"#{id} .to-calendar")
    ways.locator("summary").click()
    return ways


def test_one_date_is_that_of_the_readers_day(visit: Open, timed_address: str, tmp_path: Path) -> None:
    tab = visit(timed_address, viewport=PHONE)
    tab.page.clock.set_fixed_time("2026-12-05T12:00:00")
    page = tab.open(PAGE)
    expected = {
        "repair-cafe": Time("2026-12-12", "10:00", "13:00", HALLS[0]),
        "taalcafe": Time("2026-12-07", "10:00", "12:00", "Drachten"),
        "wandelen": Time("2026-12-08", "09:30", "", "Drachten"),
        "feest": Time("2026-12-05", "14:00", "", "Drachten"),
        "schaatsen": Time("2026-12-06", "", "", "Drachten"),
    }
    for id, time in expected.items():
        one = _opened(page, id).get_by_role("link", name="Alleen de volgende keer")
        assert _handed(page, one, tmp_path) == (f"{id}-{time.day}.ics", [time])


def test_a_day_that_moved_is_handed_over_as_it_is(visit: Open, timed_address: str, tmp_path: Path) -> None:
    tab = visit(timed_address)
    tab.page.clock.set_fixed_time("2026-11-27T12:00:00")
    one = _opened(tab.open(PAGE), "zingen").get_by_role("link", name="Alleen de volgende keer")
    assert _handed(tab.page, one, tmp_path)[1] == [Time("2026-11-29", "20:00", "", "Drachten")]


def test_without_a_script_all_dates_are_there_and_can_be_followed(visit: Open, timed_address: str) -> None:
    page = visit(timed_address, java_script_enabled=False).open(PAGE)
    ways = _opened(page, "repair-cafe")
    expect(ways.get_by_text("Alleen de volgende keer")).to_be_hidden()
    own = f"{PAGE}agenda/repair-cafe.ics"
    assert page.request.get(ways.get_by_role("link", name="Alle keren").evaluate("one => one.href")).ok
    followed = ways.get_by_role("link", name="Volg deze agenda").get_attribute("href") or ""
    assert followed.startswith("webcal://")
    assert followed.endswith(f"/{own}")
    expect(ways).to_contain_text("https:" + followed.removeprefix("webcal:"))


def test_the_agenda_hands_over_what_stands_there(visit: Open, timed_address: str, tmp_path: Path) -> None:
    tab = visit(timed_address)
    tab.page.clock.set_fixed_time("2026-11-27T12:00:00")
    page = tab.open("agenda/?bij=gemeente-smallingerland&straal=25")
    follow = page.locator(".agenda__follow")
    expect(follow).to_be_visible()
    follow.locator("summary").click()
    assert page.request.get(follow.get_by_role("link", name="Alle keren").evaluate("one => one.href")).ok
    saturdays = page.locator(".agenda__entry", has_text="Repair Café").get_by_role("link", name="Zet in agenda")
    found = [_handed(page, one, tmp_path)[1] for one in saturdays.all()]
    assert found == [[Time("2026-11-28", "10:00", "13:00", HALLS[1])]]


def test_a_shortlist_is_one_calendar(visit: Open, timed_address: str, tmp_path: Path) -> None:
    tab = visit(timed_address)
    page = tab.open("lijstje/?kansen=smallingerland/tijden-voorbeeld.repair-cafe.zingen.koffie")
    name, found = _handed(page, page.get_by_role("button", name="Zet in agenda"), tmp_path)
    assert name == "lijstje.ics"
    expect(page.locator(".shortlist__status")).to_have_text(
        "2 kansen staan in het bestand voor je agenda. Van 1 kans zijn de dagen niet bekend: die staat er niet in."
    )
    assert {one.where for one in found} == {*HALLS, "Drachten"}
    assert found[0] == Time("2026-11-28", "10:00", "13:00", HALLS[1])
    assert Time("2026-11-29", "20:00", "", "Drachten") in found
    assert Time("2026-11-28", "20:00", "", "Drachten") not in found
    assert not {day for day, *_, where in found if where in HALLS and day[5:7] in ("07", "08")}
