"""The agenda near a place that one chooses, of the reader's day."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import PHONE, Open, hosted


@pytest.fixture(scope="module")
def timed_address(timed: Path) -> Iterator[str]:
    with hosted(timed / "site") as found:
        yield found


def _entries(within: Locator) -> list[str]:
    """Return what stands below a day, each in one line."""
    return [" ".join(text.split()) for text in within.locator(".agenda__entry").all_inner_texts()]


def test_what_is_on_near_a_place(visit: Open, timed_address: str) -> None:
    tab = visit(timed_address, viewport=PHONE)
    tab.page.clock.set_fixed_time("2026-12-24T12:00:00")
    page = tab.open("agenda/")
    days, apart = page.locator(".agenda__days"), page.get_by_role("region", name="Online of bij je thuis")
    first = days.locator(".agenda__day").first
    expect(first.get_by_role("heading", level=2)).to_have_text("Vrijdag 25 december")
    expect(first).to_contain_text("Eerste kerstdag. Vraag of het doorgaat.")
    expect(apart).to_be_hidden()

    page.get_by_label("Waar?").fill("Oudega")
    page.get_by_role("option", name="gemeente Smallingerland").click()
    page.get_by_role("radio", name="5 km", exact=True).check()
    status = page.locator(".agenda__status")
    expect(status).to_contain_text("Binnen 5 km van Oudega")
    # On the fourth Saturday it is in a hall here; what else is on is in Drachten.
    repairs = days.locator(".agenda__entry", has_text="Repair Café")
    expect(repairs).to_have_count(1)
    expect(repairs).to_contain_text("Wijkcentrum Tijden, Kerkzaal, Oudega")
    expect(days.get_by_text("Taalcafé")).to_have_count(0)
    # The telephone rings everywhere; what is on more often stands there once.
    expect(apart.locator(".group__count")).to_have_text("1 kans")
    assert _entries(apart) == [
        "di 29 dec 20.00 tot 20.30 Nederlands oefenen aan de telefoon Wijkcentrum Tijden "
        "Elke dinsdag en woensdag van 20 tot 20.30 uur Telefonisch Bevestigd "
        "Zet in agenda : Nederlands oefenen aan de telefoon"
    ]

    said, shown = status.inner_text(), _entries(days)
    page.reload()
    expect(status).to_have_text(said)
    assert _entries(days) == shown
    page.emulate_media(media="print")
    expect(page.get_by_label("Waar?")).to_be_hidden()
    expect(page.locator(".agenda__radius")).to_be_hidden()
    expect(status).to_be_visible()
