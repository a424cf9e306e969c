"""When something is, as people think of it: chosen in the form, written as a rule that the check takes."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, Open
from tests.browser.test_form import FILE, answer, errors_of, is_laid_out, ready, sent
from tests.conftest import TODAY
from tests.site.copies import copy_project

IN_MONTH = "Vaste dag in de maand, zoals elke tweede zaterdag"
Meeting = dict[str, Any]


def meeting(kans: Locator, number: int, how: str = "", **said: Any) -> None:
    """Answer the questions of one of the meetings, by their labels."""
    if number > 1:
        kans.get_by_role("button", name="Nog een dag of tijd toevoegen").click()
    own = kans.get_by_role("group", name=f"Dag of tijd {number}", exact=True)
    own.evaluate("one => one.querySelectorAll('details').forEach(fold => { fold.open = true })")
    if how:
        own.get_by_label("Hoe vaak is het?").select_option(label=how)
    for box in said.get("days", ()):
        own.get_by_label(box, exact=True).check()
    if "date" in said:
        own.locator("[data-value=date]:visible").fill(said["date"])
    for name in ("starts", "ends", "at"):
        if name in said:
            own.locator(f"[data-path$='.{name}']").fill(said[name])
            own.locator(f"[data-path$='.{name}']").blur()


CASES: list[tuple[str, list[Meeting], dict[str, Any], str]] = [
    (
        "Repair Café in twee zalen",
        [
            {"how": IN_MONTH, "days": ["tweede", "zaterdag"], "starts": "10:00", "ends": "13:00", "at": "Zaal Oost"},
            {"how": IN_MONTH, "days": ["laatste", "zaterdag"], "starts": "10:00", "at": "Zaal West"},
        ],
        {
            "meetings": [
                {"rule": "tweede zaterdag van de maand", "starts": "10:00", "ends": "13:00", "at": "Zaal Oost"},
                {"rule": "laatste zaterdag van de maand", "starts": "10:00", "at": "Zaal West"},
            ],
            "without": [{"days": "juli en augustus"}],
        },
        "Elke tweede zaterdag van de maand van 10 tot 13 uur in Zaal Oost; elke laatste zaterdag van de maand "
        "vanaf 10 uur in Zaal West, niet in juli en augustus",
    ),
    (
        "Drie dagen met drie tijden",
        [
            {"days": ["maandag"], "starts": "09:00"},
            {"days": ["woensdag"], "starts": "13:30"},
            {"days": ["vrijdag"], "starts": "19:00"},
        ],
        {
            "meetings": [
                {"days": ["maandag"], "starts": "09:00"},
                {"days": ["woensdag"], "starts": "13:30"},
                {"days": ["vrijdag"], "starts": "19:00"},
            ]
        },
        "Elke maandag vanaf 9 uur; elke woensdag vanaf 13.30 uur; elke vrijdag vanaf 19 uur",
    ),
    (
        "Eerste maandag en derde donderdag",
        [{"how": IN_MONTH, "days": ["eerste", "maandag"]}, {"how": IN_MONTH, "days": ["derde", "donderdag"]}],
        {"meetings": [{"rule": "eerste maandag van de maand"}, {"rule": "derde donderdag van de maand"}]},
        "Elke eerste maandag van de maand; elke derde donderdag van de maand",
    ),
    (
        "Om de week",
        [{"how": "Om de week", "date": "2026-12-01"}],
        {"meetings": [{"rule": "om de week vanaf 2026-12-01"}]},
        "Om de week op dinsdag, vanaf 1 december 2026",
    ),
    (
        "Niet in de schoolvakanties",
        [{"days": ["dinsdag"]}],
        {"meetings": [{"days": ["dinsdag"]}], "without": [{"days": "schoolvakanties noord"}]},
        "Elke dinsdag, niet in de schoolvakanties (regio Noord)",
    ),
    (
        "Eén keer",
        [{"how": "Eén keer", "date": "2026-12-05"}],
        {"meetings": [{"rule": "eenmalig op 2026-12-05"}]},
        "Op zaterdag 5 december 2026",
    ),
    (
        "Een dag verplaatst",
        [{"days": ["zaterdag"]}],
        {"meetings": [{"days": ["zaterdag"]}], "changes": [{"on": "2026-12-19", "instead_of": "2026-12-26"}]},
        "Elke zaterdag, zaterdag 19 december 2026 in plaats van zaterdag 26 december 2026",
    ),
    (
        "Alleen in de winter",
        [{"days": ["zondag", "winter"]}],
        {"meetings": [{"days": ["zondag"], "seasons": ["winter"]}]},
        "Elke zondag in de winter",
    ),
    (
        "Wanneer weet niemand",
        [{"how": "Dat weet ik niet", "days": ["vrijdag"]}],
        {"meetings": [{"days": ["vrijdag"], "rule": "niet bekend hoe vaak"}]},
        "Op vrijdag (niet bekend hoe vaak)",
    ),
]


def test_what_is_chosen_is_what_the_check_takes_and_the_page_will_say(visit: Open, fork: Path, tmp_path: Path) -> None:
    tab = visit(viewport=PHONE, reduced_motion="reduce")
    tab.page.clock.set_fixed_time(TODAY.isoformat() + "T12:00:00")
    page = ready(tab.open("toevoegen/"))
    answer(page)
    page.locator("#address_place").blur()
    for number, (title, meetings, schedule, said) in enumerate(CASES):
        if number:
            page.get_by_role("button", name="Nog een kans toevoegen").click()
        kans = page.get_by_role("group", name=f"Kans {number + 1}", exact=True)
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        kans.get_by_label("Wat kun je er doen?").fill(title)
        kans.get_by_label("Soort activiteit").select_option("ontmoeting")
        _places(page, kans, f"opportunities.{number}", schedule)
        for index, one in enumerate(meetings, 1):
            meeting(kans, index, **one)
        _rest(page, kans, f"opportunities.{number}", schedule)
        expect(kans.locator("[data-sentence]")).to_contain_text(said)
        expect(page.locator("[data-preview] .card__when").nth(number)).to_have_text(said)
    written = sent(page)
    found = yaml.load(written, yaml.BaseLoader)["opportunities"]  # noqa: S506  # texts alone
    assert [one["schedule"] for one in found] == [schedule for _, _, schedule, _ in CASES]
    copy = copy_project(fork, tmp_path / "project")
    (copy / FILE).write_text(written, "utf-8")
    assert errors_of(copy, FILE) == []
    assert is_laid_out(written)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def _places(page: Page, kans: Locator, at: str, schedule: dict[str, Any]) -> None:
    for number, name in enumerate(one["at"] for one in schedule["meetings"] if "at" in one):
        if number:
            kans.get_by_role("button", name="Nog een plek").click()
        _fill(page, f"{at}.locations.{number}.name", name)
        _fill(page, f"{at}.locations.{number}.address.place", "Drachten")


def _rest(page: Page, kans: Locator, at: str, schedule: dict[str, Any]) -> None:
    """Say when it is not, and when it is otherwise."""
    for one in schedule.get("without", ()):
        how = "In de schoolvakanties" if "school" in one["days"] else "In juli en augustus"
        kans.get_by_label("Wanneer niet?").select_option(label=how)
    for one in schedule.get("changes", ()):
        for name, value in one.items():
            _fill(page, f"{at}.schedule.changes.0.{name}", value)


def _fill(page: Page, path: str, value: str) -> None:
    page.locator(f"[data-path='{path}']").fill(value)
    page.locator(f"[data-path='{path}']").blur()


@pytest.mark.parametrize(
    ("rule", "how"),
    [
        ("elke tweede zaterdag", IN_MONTH),
        ("maandelijks", "Elke maand, op wisselende dagen"),
        ("om de week", "Om de week"),
        ("eerste maandag en derde donderdag", "Anders"),
    ],
)
def test_a_rule_that_is_there_is_shown_as_the_choice_that_it_is(visit: Open, rule: str, how: str) -> None:
    """What was typed and kept comes back as a choice; a rule that is no choice stays a text."""
    page = ready(visit().open("toevoegen/"))
    page.evaluate(
        "rule => localStorage.setItem('meedoenkaart/formulier/nieuw',"
        " JSON.stringify([['name', 'x'], ['opportunities.0.schedule.meetings.1.rule', rule]]))",
        rule,
    )
    page.reload()
    ready(page).get_by_text("Wanneer en hoe vaak").click()
    second = page.get_by_role("group", name="Dag of tijd 2")
    assert second.get_by_label("Hoe vaak is het?").locator("option:checked").inner_text() == how
    expect(second.locator("[data-written] input")).to_have_value(rule)
    expect(second.locator("[data-written] input")).to_be_visible(visible=how == "Anders")
    second.get_by_role("button", name="Haal weg").click()
    expect(page.get_by_role("group", name="Dag of tijd 2")).to_have_count(0)
    expect(page.get_by_role("button", name="Nog een dag of tijd toevoegen")).to_be_focused()
