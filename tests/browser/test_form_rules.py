"""The form says of an answer what ``meedoenkaart check`` says of a file with it: rule by rule, in a real browser."""

import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.loading import load
from generator.publishing.form import questions
from generator.reading.documents import Reader
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
POSTCODES = ["9101 AB", "9101AB", "9101 ab", "0101 AB"]
VALUES = [*TEXTS, *DAYS, *TIMES, *NUMBERS, *ADDRESSES, *BOXES, *PHONES, *POSTCODES]
COMPARED_ELSEWHERE = {"same-organisation", "same-website", "confirmation-stale"}
PLACES = {
    "Drachten": set(),
    "drachten": set(),
    "Súdwest": {"unknown-place"},
    "Drachtn": {"unknown-place"},
    "Utrecht": {"place-elsewhere"},
    "Slappeterp": {"ambiguous-place"},
}

BASE: dict[str, str] = {
    "name": "Buurthuis De Proef",
    "kind": "buurthuis",
    "address.place": "Drachten",
    "contact.email": "info@deproef.nl",
    "sources.0.address": "https://www.deproef.nl/",
    "sources.0.title": "De Proef",
    "opportunities.0.title": "Samen koken",
    "opportunities.0.activity": "ontmoeting",
}
TRY = """async ({ base, cases }) => {
  const control = path => document.querySelector(`[data-path="${path}"]`)
  const put = (path, value) => {
    control(path).value = value
    control(path).dispatchEvent(new Event("change", { bubbles: true }))
  }
  for (const [path, value] of Object.entries(base)) put(path, value)
  document.querySelector("#formulier button[type=submit]").click()
  await new Promise(done => setTimeout(done, 500))
  return cases.map(([path, value]) => {
    const before = control(path).value
    put(path, value)
    const told = [...document.querySelectorAll("[data-rules]")].map(one => one.dataset.rules)
    const rules = told.flatMap(one => one.split(" ").filter(Boolean))
    const folder = control("address.municipality").value
    put(path, before)
    return { rules, folder }
  })
}"""


def _tree(path: str, value: str) -> dict[str, Any]:
    """Return a file's values with one of them given by its path."""
    tree: dict[str, Any] = {"sources": [{}], "opportunities": [{"id": "kans"}]}
    for where, what in {**BASE, path: value}.items():
        part: Any = tree
        *steps, last = [int(step) if step.isdigit() else step for step in where.split(".")]
        for step in steps:
            part = part[step] if isinstance(step, int) else part.setdefault(step, {})
        part[last] = what
    return tree


@pytest.fixture(scope="module")
def paths(project: Path) -> list[str]:
    """One field that is typed for each shape of value, beside all the others of the name's kind."""
    catalogue = load(Reader(project), TODAY).catalogue
    assert catalogue
    found: dict[Any, str] = {}
    for one in questions(catalogue):
        if one.control in ("line", "area") and one.shape and "position" not in one.path and one.path != "aliases":
            path = one.path.replace("opportunities.", "opportunities.0.").replace("sources.", "sources.0.")
            if not path.endswith((".place", ".id")):
                found.setdefault((one.shape, one.required), path)
    return sorted(found.values())


def _cases(paths: list[str]) -> Iterator[tuple[str, str]]:
    for path in paths:
        for value in VALUES:
            yield path, value.strip()


def test_the_form_finds_what_check_finds(visit: Open, project: Path, paths: list[str], tmp_path: Path) -> None:
    cases = list(_cases(paths))
    assert len(cases) > 1000
    tab = visit()
    tab.page.clock.set_fixed_time(datetime.datetime(TODAY.year, TODAY.month, TODAY.day, 12))
    page = tab.open("toevoegen/")
    page.locator("[data-preview]").wait_for()
    told = page.evaluate(TRY, {"base": BASE, "cases": cases})

    copy = copy_project(project, tmp_path / "project")
    folder = copy / "catalogue/organisations/smallingerland"
    for number, (path, value) in enumerate(cases):
        (folder / f"geval-{number}.yml").write_text(json.dumps(_tree(path, value), ensure_ascii=False), "utf-8")
    found: dict[str, list[str]] = {}
    for problem in load(Reader(copy), TODAY).problems:
        found.setdefault(problem.file, []).append(problem.rule)
    different = []
    for number, ((path, value), by_form) in enumerate(zip(cases, told, strict=True)):
        by_check = set(found.get(f"catalogue/organisations/smallingerland/geval-{number}.yml", []))
        one, other = by_check - COMPARED_ELSEWHERE, set(by_form["rules"]) - COMPARED_ELSEWHERE
        if one != other:
            different.append((path, value[:60], sorted(one), sorted(other)))
    assert different == []
    assert len({rule for rules in found.values() for rule in rules}) > 20, "too few rules were tried"


def test_the_form_knows_places_as_check_does(visit: Open) -> None:
    page = visit().open("toevoegen/")
    page.locator("[data-preview]").wait_for()
    told = page.evaluate(TRY, {"base": BASE, "cases": [["address.place", place] for place in PLACES]})
    assert dict(zip(PLACES, ({*one["rules"]} for one in told), strict=True)) == PLACES
    assert [one["folder"] for one in told] == ["smallingerland", "smallingerland", "", "", "", "waadhoeke"]
