"""A file with a wrong value is looked at as far as it can be read: all that is wrong shows, and nothing else."""

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT, Project
from tests.test_rules import INPUTS

BRIDGE = "catalogue/organisations/smallingerland/buurthuis-de-brug.yml"
STEP = "catalogue/organisations/opsterland/sportclub-de-stap.yml"
WORD = "catalogue/organisations/sudwest-fryslan/taalhuis-het-woord.yml"
AZC = "catalogue/reception/azc-drachten.yml"
TOWN = "catalogue/municipalities/smallingerland.yml"
WORDS = "catalogue/vocabulary.yml"
LEGAL = "catalogue/legal.yml"
PLACES = "catalogue/places.yml"
ROUTE = "routes/smallingerland.yml"
LAW = "routes/statutory.yml"

RULES_OF_FILES = {"unknown-icon"}
"""A file that is not there has no wrong value either; icons need a folder of them."""
RULES = sorted(
    id
    for file in ("catalogue", "routes", "scene")
    for id in set(re.findall(r'Finding\(\s*"([a-z-]+)"', (ROOT / f"meedoenkaart/rules/{file}.py").read_text("utf-8")))
    - RULES_OF_FILES
)


@pytest.mark.parametrize("rule", RULES)
def test_a_wrong_value_hides_no_other_problem(project: Project, rule: str) -> None:
    """Each file that breaks a rule of the whole catalogue also gets a title that is none."""
    project.overlay(INPUTS / rule)
    expected = (INPUTS / rule / "expected.txt").read_text("utf-8").splitlines()
    for file in {line.partition(":")[0] for line in expected}:
        text, count = re.subn(r"\b(title|label): [^,}\n]+", r"\1: []", project.read(file), count=1)
        assert count == 1, file
        project.write(file, text)
        line = text[: re.search(r"(title|label): \[]", text).start()].count("\n") + 1  # type: ignore[union-attr]
        expected.append(f"{file}:{line} not-a-text")
    found = [re.sub(r":\d+ ", " ", one) for one in project.problems()]
    assert sorted(found) == sorted(re.sub(r":(\d+):\d+ ", r":\1 ", one) for one in expected)


ONE_PROBLEM: dict[str, tuple[str, str, dict[str, str]]] = {
    "contact is no group": (
        STEP,
        "not-a-group",
        {"contact:\n  website: https://stap.voorbeeld.nl/\n": "contact: stap.voorbeeld.nl\n"},
    ),
    "the only contact is wrong": (STEP, "forbidden-scheme", {"website: https://stap": "website: www.stap"}),
    "the only contact is misspelt": (STEP, "unknown-field", {"  website:": "  web:"}),
    "contact is misspelt": (STEP, "unknown-field", {"contact:": "contakt:"}),
    "ended, but the word is wrong": (
        STEP,
        "unknown-choice",
        {"contact:\n  website: https://stap.voorbeeld.nl/\n": "status: gestop\n"},
    ),
    "over, but the word is wrong": (
        BRIDGE,
        "unknown-choice",
        {"last_day: 2027-06-30": "last_day: 2026-06-30", "    status: actief": "    status: x"},
    ),
    "the kind decides about the term": (STEP, "not-a-slug", {"kind: sportvereniging": "kind: Sportvereniging"}),
    "the term is wrong": (WORDS, "not-a-number", {"months: 24": "months: twee jaar"}),
    "the place is wrong": (BRIDGE, "not-a-text", {"place: Drachten": "place: [Drachten]"}),
    "the address is no group": (
        BRIDGE,
        "not-a-group",
        {"        address:\n          place: Oudega\n": "        address: Oudega\n"},
    ),
    "the address's municipality is wrong": (
        STEP,
        "not-a-slug",
        {"place: Nearnshuzen": "place: Oudega\n  municipality: Súdwest-Fryslân"},
    ),
    "the point is wrong": (BRIDGE, "not-a-number", {"latitude: 53.1131": "latitude: noord"}),
    "the place of a postcode far away is wrong": (
        BRIDGE,
        "not-a-text",
        {"place: Drachten": "place: [Drachten]", "postcode: 9200 AB": "postcode: 8601 AB"},
    ),
    "a place to know by is wrong": (PLACES, "not-a-number", {"latitude: 53.05": "latitude: 53,05"}),
    "the code is wrong": (TOWN, "not-a-cbs-code", {"GM0090": "0090"}),
    "the municipality's name is wrong": (TOWN, "not-a-text", {"name: Smallingerland": "name: [Smallingerland]"}),
    "the location's municipality is wrong": (AZC, "not-a-slug", {"municipality: small": "municipality: Small"}),
    "the location's type is wrong": (AZC, "unknown-choice", {"type: azc": "type: amw"}),
    "an id is wrong": (BRIDGE, "not-a-slug", {"id: samen-koken": "id: Samen koken"}),
    "an opportunity is no group": (BRIDGE, "not-a-group", {"  - id: afwassen\n": "  - afwassen\n  - id: afwassen\n"}),
    "opportunities are no list": (
        WORD,
        "not-a-list",
        {"opportunities:\n  -": "opportunities:\n   "},
    ),
    "a term's id is wrong": (WORDS, "not-a-slug", {"  buurthuis: {": "  Buurthuis: {"}),
    "a facet is no group": (WORDS, "not-a-group", {"networks:\n  voorbeeldbond:\n": "networks: geen\nx:\n"}),
    "a fact's id is wrong": (LEGAL, "not-a-slug", {"  vrij:\n": "  Vrij:\n"}),
    "no rule is left": (
        LEGAL,
        "too-few",
        {"  - answer: ja\n    sentence: Ja, dit mag altijd.\n    fact: vrij\n": "  []\n"},
    ),
    "a phase's id is wrong": (ROUTE, "not-a-slug", {"  begin:\n": "  Begin:\n"}),
    "a step's phase is wrong": (ROUTE, "not-a-slug", {"phase: begin\n": "phase: Begin\n"}),
    "a step's lane is wrong": (ROUTE, "not-a-slug", {"lane: volwassenen\n": "lane: Volwassenen\n"}),
    "a step's id is wrong": (ROUTE, "not-a-slug", {"  gesprek:\n": "  Gesprek:\n"}),
    "steps are no group": (ROUTE, "not-a-group", {"steps:\n": "steps: geen\nstappen:\n"}),
    "a link's address is wrong": (ROUTE, "forbidden-scheme", {"address: https://koken": "address: koken"}),
    "the route's law is wrong": (ROUTE, "unknown-choice", {"law: Wi2021": "law: Wi2022"}),
    "the law is wrong": (LAW, "unknown-choice", {"law: Wi2021": "law: Wi2022"}),
    "an element's id is wrong": (LAW, "not-a-slug", {"  intake:": "  Intake:"}),
}
"""A file, the one problem that it has after these changes, and the changes."""


@pytest.mark.parametrize("case", ONE_PROBLEM)
def test_a_wrong_value_brings_no_problem_but_its_own(project: Project, case: str) -> None:
    """What mending it would take away is not said at all; a second field under a wrong name goes with it."""
    file, rule, changes = ONE_PROBLEM[case]
    for old, new in changes.items():
        project.replace(file, old, new)
    assert {one.rpartition(" ")[2] for one in project.problems()} - {"unknown-field"} == {rule} - {"unknown-field"}
    assert project.load().catalogue is None
    assert {one.file for one in project.load().problems} == {file}


def test_branches_whose_networks_are_wrong_may_share_a_website(project: Project) -> None:
    project.replace(STEP, "https://stap.voorbeeld.nl/\n", "https://brug.voorbeeld.nl/\nnetworks: [Voorbeeldbond]\n")
    assert [one.rpartition(" ")[2] for one in project.problems()] == ["not-a-slug"]


def test_a_field_that_stands_twice_hides_nothing(project: Project) -> None:
    """Its first value counts; the file is no record all the same."""
    project.replace(STEP, "contact:\n  website: https://stap.voorbeeld.nl/\n", "name: Nog een\nstatus: soms\n")
    assert [one.rpartition(" ")[2] for one in project.problems()] == ["duplicate-key", "unknown-choice"]
    project.replace(STEP, "status: soms\n", "")
    assert [one.rpartition(" ")[2] for one in project.problems()] == ["no-contact", "duplicate-key"]
    assert project.load().catalogue is None


def test_of_a_file_that_is_wrong_all_over_nothing_is_concluded(project: Project) -> None:
    fields = "".join(f"veld{number}: x\n" for number in range(60))
    text = project.read(STEP).replace("contact:\n  website: https://stap.voorbeeld.nl/\n", "")
    project.write(STEP, text + fields)
    assert {Path(one).suffix.split()[-1] for one in project.problems()} == {"unknown-field"}
