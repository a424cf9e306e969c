"""Files of an earlier layout become files of today; nothing that they say is lost. All of it is made up."""

import re
from pathlib import Path

import pytest

from generator.loading import load
from generator.reading.documents import Reader
from generator.upkeep.migrate import migrate
from tests.conftest import TODAY, Project

FILE = "catalogue/organisations/smallingerland/ouder.yml"
HEAD = """\
name: Buurtkamer
kind: buurthuis
address:
  place: Drachten
contact:
  website: https://buurtkamer.voorbeeld.nl/
sources:
  - address: https://buurtkamer.voorbeeld.nl/over
    title: Voorbeeldkrant
opportunities:
  - id: koffie
    title: Koffie
    activity: ontmoeting
"""


def _migrated(project: Project, lines: str) -> str:
    """Return what stands below the opportunity's activity after the command."""
    project.write(FILE, HEAD + lines)
    [one] = migrate(project.root, [], write=True)
    assert (one.file, one.is_changed, one.undecided) == (FILE, True, ())
    assert [problem.rule for problem in load(Reader(project.root), TODAY).problems if problem.file == FILE] == []
    assert list(migrate(project.root, [], write=True)) == []
    return project.read(FILE).removeprefix(HEAD)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("days: [maandag]\nstarts: 10:00\nfrequency: wekelijks", "meetings:\n  - days: [maandag]\n    starts: 10:00"),
        ("days: [maandag]", "meetings:\n  - days: [maandag]\n    rule: niet bekend hoe vaak"),
        ("frequency: tweewekelijks", "meetings:\n  - rule: om de week"),
        ("frequency: dagelijks\nstarts: 09:00", "meetings:\n  - rule: elke dag\n    starts: 09:00"),
        ("days: [zaterdag]\nfrequency: maandelijks\nwords: Eerste zaterdag van de maand.",
         "meetings:\n  - rule: eerste zaterdag van de maand"),
        ("days: [zaterdag]\nfrequency: maandelijks\nwords: Tweede vrijdag van de maand.",
         "meetings:\n  - days: [zaterdag]\n    rule: maandelijks\nwords: Tweede vrijdag van de maand."),
        ("days: [zaterdag]\nseasons: [lente, herfst]\nwords: Laatste zaterdag van de maand, niet in de winter.",
         "meetings:\n  - rule: laatste zaterdag van de maand\n    seasons: [lente, herfst]"),
        ("days: [zaterdag]\nwords: Laatste zaterdag van de maand, niet in juli en augustus.",
         "meetings:\n  - rule: laatste zaterdag van de maand\nwithout:\n  - days: in juli en augustus"),
        ("days: [dinsdag] # na schooltijd\nfrequency: wekelijks\nwords: Bel eerst.",
         "meetings:\n  - days: [dinsdag] # na schooltijd\nwords: Bel eerst."),
    ],
)  # fmt: skip
def test_a_schedule_gets_meetings(project: Project, before: str, after: str) -> None:
    assert _migrated(project, _under("schedule", before)) == _under("schedule", after)


def test_an_address_of_its_own_becomes_a_location(project: Project) -> None:
    before = "    address:\n      place: Oudega\n    position:\n      latitude: 53.125\n      longitude: 5.999\n"
    after = _migrated(project, f"{before}      precision: exact\n")
    assert re.sub(r"\s+", " ", after).strip() == (
        "locations: - address: place: Oudega position: latitude: 53.125 longitude: 5.999 precision: exact"
    )


def test_what_stands_in_both_layouts_is_left_to_people(project: Project) -> None:
    text = HEAD + _under("schedule", "days: [maandag]\nmeetings:\n  - days: [dinsdag]")
    project.write(FILE, text)
    [one] = migrate(project.root, [], write=True)
    assert [why for _, why in one.undecided] == ["both-schedules"]
    assert project.read(FILE) == text


def test_a_remark_beside_a_field_that_goes_is_not_lost(project: Project) -> None:
    text = HEAD + _under("schedule", "days: [dinsdag]\nfrequency: wekelijks # meestal")
    project.write(FILE, text)
    [one] = migrate(project.root, [], write=True)
    assert [why for _, why in one.undecided] == ["by-hand"]
    assert project.read(FILE) == text


def test_a_check_of_an_older_file_names_the_command(project: Project) -> None:
    project.write(FILE, HEAD + _under("schedule", "frequency: wekelijks"))
    [problem] = [one for one in load(Reader(project.root), TODAY).problems if one.file == FILE]
    assert "meedoenkaart migrate" in problem.message


def _under(name: str, lines: str) -> str:
    return "".join(f"    {line}\n" for line in [f"{name}:", *(f"  {line}" for line in lines.split("\n"))])


def test_files_of_today_stay_as_they_are(project: Project) -> None:
    before = {file: file.read_bytes() for file in Path(project.root / "catalogue").rglob("*.yml")}
    assert list(migrate(project.root, [], write=True)) == []
    assert {file: file.read_bytes() for file in before} == before
