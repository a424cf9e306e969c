"""The form says of an answer what ``meedoenkaart check`` says of a file with it: rule by rule, in a real browser."""

import datetime
import json
from collections.abc import Iterator
from copy import deepcopy
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from meedoenkaart.loading import load
from meedoenkaart.publishing.form import questions
from meedoenkaart.reading.documents import Reader
from meedoenkaart.records.organisation import Organisation
from meedoenkaart.writing.fields import in_first_items
from tests.browser.conftest import Open
from tests.conftest import TODAY
from tests.site.copies import copy_project

TEXTS = [
    "Gewone tekst",
    "x" * 90,
    "x" * 91,
    "x" * 101,
    "é" * 201,
    "woord " * 120,
    "👍" * 91,
    "Bel 06 12345678",
    "+31 6 1234 5678",
    "0031 612345678",
    "1061234567890",
    "mail jan.jansen@voorbeeld.nl of info@voorbeeld.nl",
    "coordinator.taal@voorbeeld.nl",
    "stichting@GMAIL.com",
    "https://voorbeeld.nl/jan.jansen@voorbeeld.nl",
    "Vraag naar Jan de Vries",
    "vraag naar jan de vries",
    "mevrouw Pietersen",
    "dhr. van der Meer",
    "Vraag naar Élodie Önder",
    "éMevrouw Pietersen",
    "<b>vet</b>",
    "a < b",
    "&lt;script&gt;",
    "&#x27;",
    "twee  spaties",
    "DIT IS ALLES IN HOOFDLETTERS",
    "ÉÉN TWEE DRIE VIER",
    "SCHREEUWENDETEKST",
    "AB CD EF GH IJ KL MN",
    "a\u200bb",
    "\u202eomgekeerd",
    "zacht\u00adstreepje",
    "- streepje",
    "# hekje",
    "a: b",
    "null",
    "12:30",
    "{{ 7 * 7 }}",
    "=1+1",
    "CafÃ© de Brink",
    "DamwÃƒÂ¢ld",
    "GEÃ‹NTERESSEERD",
    "dat Ã©Ã©n â€œvraagâ€™",
    "Â\xa0harde spatie, Ã\xa0 la carte",
    "Ø³Ù„Ø§Ù…",
    "Damwï¿½ld",
    "Vraag naar Ã‰lodie Jansen",
    "SÃO PAULO, Ã, à propos",
    "CAFÉ’S «\xa0café\xa0»",
    "Úžasné “AMANHÃ” Tomáš…",
    "ሰላም سلام ÇAĞRI’NIN",
]
DAYS = ["2026-11-22", "2026-02-30", "22-11-2026", "0000-01-01", "2026", "2026-13", "2019-09", "2026-1-1", "٢٠٢٦-01-01"]
TIMES = ["9:30", "09:30", "24:00", "15.00", "12:60", "12:30:00"]
NUMBERS = ["8", "0", "-1", "1.5", "0.4", "40.1", "1e3", "10001", "121", "٣", "+5", "016", "1234567"]
ADDRESSES = [
    "www.voorbeeld.nl",
    "https://voorbeeld",
    "https://voorbeeld.nl",
    "https://voorbeeld.nl:",
    "http://voorbeeld.nl:8080/",
    "http://voorbeeld.nl:80/a?b=[c]#d",
    "https://voorbeeld.nl/een twee",
    'https://voorbeeld.nl/"onclick=x',
    "HTTPS://Voorbeeld.NL/pad",
    "https://jan@voorbeeld.nl/",
    "https://voorbeeld.nl/" + "x" * 500,
    "javascript:alert(1)",
    "data:text/html,x",
    "ftp://voorbeeld.nl/",
    "http:/voorbeeld.nl",
    "https://[::1]/",
    "https://вход.рф/",
    "https://café-zout.nl/a_(b)",
    "https://cafe\u0301-zout.nl/",
    "https://ſoorbeeld.nl/",
    "https://p\u0430ypal.nl/",
    "https://☃.nl/",
    "https://xn--caf-zout-d1a.nl/",
    "https://93.184.216.34/",
    "https://voorbeeld.nl/één",
]
BOXES = ["info@voorbeeld.nl", "info@", "jan.jansen@voorbeeld.nl", "mailto:info@voorbeeld.nl", "info@gmail.com", "i@v.n"]
PHONES = [
    "0512 12 34 56",
    "06 12345678",
    "+31 (0)512 123456",
    "+31(0)512123456",
    "tel:0512123456",
    "12345",
    "0800 1234",
]
POSTCODES = ["9101 AB", "9101AB", "9101 ab", "9101-ab", "0101 AB"]
VALUES = [*TEXTS, *DAYS, *TIMES, *NUMBERS, *ADDRESSES, *BOXES, *PHONES, *POSTCODES]
COMPARED_ELSEWHERE = {"same-organisation", "same-website", "confirmation-stale", "duplicate-cbs-code"}
PLACES = {
    "Drachten": set(),
    "drachten": set(),
    "Súdwest": {"unknown-place"},
    "Drachtn": {"unknown-place"},
    "Utrecht": set(),
    "Terneuzen": {"place-elsewhere"},
    "Slappeterp": {"ambiguous-place"},
    "GoÃ«ngahuizen": {"wrong-letters"},
}

BASE: dict[str, str] = {
    "name": "Buurthuis De Proef",
    "kind": "buurthuis",
    "address.place": "Drachten",
    "contact.email": "info@deproef.nl",
    "sources.0.address": "https://www.deproef.nl/",
    "sources.0.title": "De Proef",
    "confirmation.on": TODAY.isoformat(),
    "confirmation.by": "het bestuur",
    "opportunities.0.title": "Samen koken",
    "opportunities.0.activity": "ontmoeting",
}
TRY = """async ({ base, cases }) => {
  const control = path => document.querySelector(`[data-path="${path}"]`)
  const put = (path, value) => {
    control(path).value = value
    control(path).dispatchEvent(new Event("change", { bubbles: true }))
  }
  if ("confirmation.on" in base) document.querySelector("[data-tick=confirmation]").click()
  for (const [path, value] of Object.entries(base)) put(path, value)
  document.querySelector("#formulier button[type=submit]").click()
  await new Promise(done => setTimeout(done, 500))
  return cases.map(changes => {
    const before = Object.keys(changes).map(path => [path, control(path).value])
    for (const [path, value] of Object.entries(changes)) put(path, value)
    const told = [...document.querySelectorAll("[data-rules]")].map(one => one.dataset.rules)
    const rules = told.flatMap(one => one.split(" ").filter(Boolean))
    const folder = control("address.municipality")?.value
    for (const [path, value] of before) put(path, value)
    return { rules, folder }
  })
}"""
Changes = dict[str, str]


def _put(tree: dict[str, Any], values: Changes) -> dict[str, Any]:
    """Put values into a file's tree, each by its path; an empty one takes the field away."""
    for where, what in values.items():
        part: Any = tree
        *steps, last = [int(step) if step.isdigit() else step for step in where.split(".")]
        for step, following in pairwise([*steps, last]):
            if isinstance(step, int):
                part += [{} for _ in range(len(part), step + 1)]
                part = part[step]
            else:
                part = part.setdefault(step, [] if isinstance(following, int) else {})
        part[last] = what
        if not what:
            del part[last]
    return tree


def _tree(changes: Changes) -> dict[str, Any]:
    """Return the values of an organisation's file with some of them changed."""
    return _put({"sources": [{}], "opportunities": [{"id": "kans"}]}, BASE | changes)


@pytest.fixture(scope="module")
def paths(project: Path) -> list[str]:
    """One field that is typed for each shape of value, beside all the others of the name's kind."""
    catalogue = load(Reader(project), TODAY).catalogue
    assert catalogue
    found: dict[Any, str] = {}
    for one in questions(catalogue, "organisations"):
        if one.control in ("line", "area") and one.shape and one.path != "aliases":
            path = ".".join(map(str, in_first_items(Organisation, one.path.split("."))))
            if not path.endswith((".place", ".id")):
                found.setdefault((one.shape, one.required), path)
    return sorted(found.values())


def _cases(paths: list[str]) -> Iterator[Changes]:
    for path in paths:
        for value in VALUES:
            yield {path: value.strip()}


def _position(latitude: str, longitude: str, at: str = "") -> Changes:
    where = f"{at}position"
    return {f"{where}.latitude": latitude, f"{where}.longitude": longitude, f"{where}.precision": "exact"}


LOCATION = "opportunities.0.locations.0.address"
TOGETHER: list[Changes] = [
    _position("53.1", "6.09"),
    _position("53.3", "6.5"),
    _position("53.24", "6.09"),
    _position("6.09", "53.1"),
    _position("6.09", "6.1"),
    _position("6.09", "54"),
    _position("6.09", "53.1", "opportunities.0.locations.0."),
    {"position.precision": "adres"},
    {"confirmation.on": "2026-11-23"},
    {"confirmation.by": ""},
    {"address.place": "Slappeterp", **_position("53.23", "5.66")},
    _position("53.1", "6.09", "opportunities.0.locations.0."),
    {f"{LOCATION}.place": "Oudega", f"{LOCATION}.municipality": "smallingerland"}
    | _position("52.5", "6.09", "opportunities.0.locations.0."),
]
"""Answers that are right or wrong together."""
RULES = [
    "elke tweede zaterdag",
    "Eerste en derde maandag van de maand.",
    "elke 6e maandag",
    "elke 0e maandag",
    "om de week",
    "om de week vanaf 7 september 2026",
    "om de 60 weken vanaf 2026-09-07",
    "om de week vanaf 2026-02-31",
    "eenmalig op 5 december 2026",
    "eenmalig op 31 februari 2027",
    "eenmalig op 2026-01-05",
    "doordeweeks",
    "maandag t/m donderdag",
    "zo nu en dan",
    "elke dag " * 20,
    "niet bekend hoe vaak",
    "élke dinsdag",
]
STRETCHES = [
    "juli en augustus",
    "20 december tot en met 5 januari",
    "2026-12-26",
    "26 december 2026 tot en met 5 januari 2026",
    "31 april",
    "schoolvakanties noord",
    "schoolvakanties",
    "kerstvakantie oost",
    "feestdagen",
    "in de winter",
    "soms",
]


def _times(changes: Changes) -> Changes:
    return {f"opportunities.0.schedule.{path}": value for path, value in changes.items()}


SCHEDULES: list[Changes] = [
    *({"meetings.0.rule": rule} for rule in RULES),
    *({"meetings.0.rule": "dinsdag", "without.0.days": stretch} for stretch in STRETCHES),
    {"meetings.0.starts": "13:00", "meetings.0.ends": "12.30"},
    {"meetings.0.rule": "elke zondag", "meetings.0.starts": "02:30"},
    {"meetings.0.rule": "elke dinsdag", "meetings.0.first_day": "2027-02-01", "meetings.0.last_day": "2027-01-01"},
    {"meetings.0.rule": "elke dinsdag", "meetings.0.last_day": "2026-01-05"},
    {"meetings.0.rule": "eenmalig op 2027-07-05", "without.0.days": "juli"},
    {"meetings.0.rule": "elke dinsdag", "without.0.days": "2026-12-23"},
    {"meetings.0.rule": "elke dinsdag", "changes.0.on": "2026-12-24", "changes.0.instead_of": "2026-12-23"},
    {"meetings.0.rule": "elke dinsdag", "changes.0.on": "2026-12-24", "changes.0.instead_of": "2026-12-22"},
    {"meetings.0.rule": "laatste vrijdag", "changes.0.on": "2026-12-24", "changes.0.instead_of": "2026-12-25"},
    {"meetings.0.rule": "laatste vrijdag", "changes.0.on": "2026-12-24", "changes.0.instead_of": "2026-12-18"},
    {
        "meetings.0.rule": "om de week vanaf 2026-12-01",
        "changes.0.on": "2026-12-24",
        "changes.0.instead_of": "2026-12-15",
    },
    {
        "meetings.0.rule": "om de week vanaf 2026-12-01",
        "changes.0.on": "2026-12-24",
        "changes.0.instead_of": "2026-12-08",
    },
    {"meetings.0.rule": "elke dinsdag", "meetings.0.at": "Sporthal"},
    {"meetings.0.rule": "elke dinsdag", "without.0.reason": "Zomerstop"},
]
"""Answers about when something is, right and wrong."""


def test_the_form_finds_what_check_finds(visit: Open, project: Path, paths: list[str], tmp_path: Path) -> None:
    cases = [*_cases(paths), *TOGETHER, *map(_times, SCHEDULES)]
    assert len(cases) > 1000
    tab = visit()
    tab.page.clock.set_fixed_time(datetime.datetime(TODAY.year, TODAY.month, TODAY.day, 12))
    page = tab.open("toevoegen/")
    page.locator("[data-preview]").wait_for()
    told = page.evaluate(TRY, {"base": BASE, "cases": cases})

    copy = copy_project(project, tmp_path / "project")
    folders = [one["folder"] if "address.place" in case else "" for case, one in zip(cases, told, strict=True)]
    files = [
        f"catalogue/organisations/{folder or 'smallingerland'}/geval-{number}.yml"
        for number, folder in enumerate(folders)
    ]
    rules = _compared(copy, [(file, _tree(case)) for file, case in zip(files, cases, strict=True)], told, cases)
    assert len(rules) > 20, "too few rules were tried"
    assert {"position-far", "position-swapped", "wrong-letters"} <= rules
    assert {"not-a-rule", "no-such-ordinal", "no-such-day", "not-a-stretch", "unknown-school-region"} <= rules
    assert {"never-happens", "nothing-then", "not-a-meeting-day", "meetings-over", "clock-change"} <= rules


def _compared(copy: Path, files: list[tuple[str, dict[str, Any]]], told: list[Any], cases: list[Changes]) -> set[str]:
    """Write the files, compare what ``check`` and the form say of each, and return all rules that were named."""
    for file, tree in files:
        (copy / file).parent.mkdir(exist_ok=True)
        (copy / file).write_text(json.dumps(tree, ensure_ascii=False), "utf-8")
    found: dict[str, set[str]] = {}
    for problem in load(Reader(copy), TODAY).problems:
        found.setdefault(problem.file, set()).add(problem.rule)
    different = []
    for (file, _), by_form, case in zip(files, told, cases, strict=True):
        one, other = found.get(file, set()) - COMPARED_ELSEWHERE, set(by_form["rules"]) - COMPARED_ELSEWHERE
        if one != other:
            different.append((case, sorted(one), sorted(other)))
    assert different == []
    return {rule for file, _ in files for rule in found.get(file, set())}


OTHER_KINDS: list[tuple[str, str, list[Changes], set[str]]] = [
    (
        "wijzigen/azc/?bestand=azc-sneek",
        "catalogue/reception/azc-sneek.yml",
        [
            {},
            {"name": ""},
            {"name": "amv-opvang Sneek"},
            {"name": "Noodopvang Sneek, bel 06 12345678"},
            {"place": "Snek", "municipality": "sudwest-fryslan"},
            {"place": "Drachten", "municipality": "leeuwarden"},
            {"open.since": "2016", "open.until": "2015-12-31"},
            {"open.since": "2030", "open.until": "2030-01-01"},
            {"meedoenbalie.contact.email": "jan.jansen@voorbeeld.nl"},
            _position("53.03", "5.66"),
            _position("5.66", "53.03"),
            _position("52.6", "6.6"),
        ],
        {"minors-location", "reception-closed", "end-before-start", "position-far", "position-swapped"}
        | {"place-elsewhere", "unknown-place"},
    ),
    (
        "wijzigen/gemeente/?bestand=leeuwarden",
        "catalogue/municipalities/leeuwarden.yml",
        [
            {},
            {"contact.phone": "06 12345678"},
            {"contact.website": "www.leeuwarden.nl"},
            {"guidance.note.text": ""},
            {"guidance.note.source": "ftp://voorbeeld.nl"},
            {"sources.0.title": ""},
            {"description": "<b>Welkom</b>"},
        ],
        {"private-phone", "forbidden-scheme", "missing-field", "html"},
    ),
]


@pytest.mark.parametrize(("url", "file", "cases", "rules"), OTHER_KINDS, ids=["reception", "municipality"])
def test_of_other_kinds_of_file_too(
    visit: Open, project: Path, tmp_path: Path, url: str, file: str, cases: list[Changes], rules: set[str]
) -> None:
    tab = visit()
    tab.page.clock.set_fixed_time(datetime.datetime(TODAY.year, TODAY.month, TODAY.day, 12))
    page = tab.open(url)
    page.locator("#formulier").wait_for()
    told = page.evaluate(TRY, {"base": {}, "cases": cases})
    copy = copy_project(project, tmp_path / "project")
    tree = yaml.load((copy / file).read_text("utf-8"), yaml.BaseLoader)  # noqa: S506  # texts alone
    name = file.removesuffix(".yml")
    files = [(f"{name}-geval-{number}.yml", _put(deepcopy(tree), case)) for number, case in enumerate(cases)]
    assert _compared(copy, files, told, cases) >= rules


def test_the_form_knows_places_as_check_does(visit: Open) -> None:
    page = visit().open("toevoegen/")
    page.locator("[data-preview]").wait_for()
    told = page.evaluate(TRY, {"base": BASE, "cases": [{"address.place": place} for place in PLACES]})
    assert dict(zip(PLACES, ({*one["rules"]} for one in told), strict=True)) == PLACES
    home = "smallingerland"
    assert [one["folder"] for one in told] == [home, home, "", "", "utrecht", "", "waadhoeke", home]
