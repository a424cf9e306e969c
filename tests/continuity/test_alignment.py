"""Routes side by side: the columns, the page's own module and a slow reading of the files say the same."""

import json
import random
import subprocess
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.continuity.alignment import Column, aligned, asked, columns, differences, together
from meedoenkaart.layers import BASE, Layers
from tests.conftest import Project
from tests.finder.conftest import NODE, bundled, real_catalogue
from tests.site.copies import ROOT

Raw = dict[str, Any]
LAW = "routes/statutory.yml"
ROUTE = "routes/smallingerland.yml"
WEEKS_OF = {"dagen": 1 / 7, "weken": 1.0, "maanden": 365.25 / 12 / 7}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return real_catalogue()


@pytest.fixture(scope="module")
def found(catalogue: Catalogue) -> list[Column]:
    return columns(catalogue)


def _raw(file: str) -> Raw:
    read: Raw = _in_dutch(yaml.load((Layers(ROOT, BASE) / file).read_text("utf-8"), yaml.CSafeLoader))
    return read


def _in_dutch(tree: Any) -> Any:
    """Return nested values with the Dutch text in the place of one in several languages."""
    if isinstance(tree, dict):
        return tree["nl"] if "nl" in tree else {name: _in_dutch(one) for name, one in tree.items()}
    return [_in_dutch(one) for one in tree] if isinstance(tree, list) else tree


def _slowly(route: Raw, law: Raw) -> dict[str, set[str]]:
    """Return for every row that tells something the steps or things it tells, read from the files alone."""
    told: dict[str, set[str]] = {}

    def add(key: str, what: str) -> None:
        told.setdefault(key, set()).add(what)

    actors = route.get("actors", {})
    for id, step in route["steps"].items():
        add(f"fase:{step['phase']}", id)
        if route["law"] == law["law"]:
            for element in step.get("fulfils", []):
                add(f"wet:{element}", id)
        for actor in [step.get("actor"), *step.get("together_with", [])]:
            if actor:
                add(f"rol:{actors[actor].get('role', 'anders')}", id)
        if step.get("contact_moment"):
            add("contact:regisseur", id)
        if "within" in step:
            add(f"termijn:{step['within']['since']}", id)
        elif "term" in step:
            add("termijn:woorden", id)
    for one in route.get("money", []):
        add(f"geld:{one['kind']}", one["amount"])
    return told


def _steps(key: str, row: Any) -> set[str]:
    part = key.partition(":")[0]
    if part == "fase":
        return {one.id for one in row.content[1]}
    if part == "rol":
        return {one.id for actor in row.content for one in actor.does + actor.joins}
    if part == "termijn":
        return {one.step for one in row.content}
    return {str(one.amount) if part == "geld" else one.id for one in row.content}


def test_a_column_tells_what_the_file_says(found: list[Column]) -> None:
    law = _raw(LAW)
    for column in found:
        told = _slowly(_raw(column.page.file), law)
        shown = {
            key: _steps(key, row)
            for key, row in column.rows.items()
            if row.told and not key.startswith(("kort:", "deel:"))
        }
        assert {key: steps for key, steps in shown.items() if steps} == told, column.slug
        assert column.told == sum(key.startswith("wet:") for key in told)
        assert column.of_today == (column.route.law == law["law"])


def test_what_the_law_asks_is_named_by_whom_the_files_say(catalogue: Catalogue, found: list[Column]) -> None:
    law = _raw(LAW)
    files = {slug: _raw(one.file) for slug, one in catalogue.routes.items()}
    today = {slug for slug, one in files.items() if one["law"] == law["law"]}
    for one in asked(catalogue, found):
        naming = {
            slug for slug in today if any(one.id in step.get("fulfils", []) for step in files[slug]["steps"].values())
        }
        assert {named.column.slug for named in one.named} == naming
        assert {column.slug for column in one.silent} == today - naming


def _pairs(found: list[Column]) -> list[list[Column]]:
    chance = random.Random(16)  # noqa: S311  # the same on every machine
    more = [chance.sample(found, 4) for _ in range(20)]
    return [[one] for one in found] + [list(some) for n in (2, 3) for some in combinations(found, n)] + more


def test_rows_and_differences_are_the_same_on_the_page(found: list[Column], tmp_path: Path) -> None:
    chosen = _pairs(found)
    told = [
        [{"keys": list(one.rows), "told": [key for key, row in one.rows.items() if row.told]} for one in some]
        for some in chosen
    ]
    program = bundled("align.mjs", tmp_path, ROOT / "tests/continuity")
    done = subprocess.run([NODE, str(program)], input=json.dumps(told), capture_output=True, text=True, check=True)
    for some, answer in zip(chosen, json.loads(done.stdout), strict=True):
        made, common = differences(some)
        assert answer == {
            "aligned": aligned(one.rows for one in some),
            "together": together(some),
            "apart": [[one.alone, one.lacks] for one in made],
            "hasCommon": common,
        }


def test_every_row_of_every_column_stands_somewhere_once(found: list[Column]) -> None:
    for some in _pairs(found):
        keys = [key for group in together(some) for key in group]
        assert sorted(keys) == sorted({key for one in some for key in one.rows})
        assert [key for key in keys if key.startswith("deel:")] == [key for key in some[0].rows if key[:5] == "deel:"]
        parts = [key.replace("deel:", "").partition(":")[0] for key in keys]
        assert [part for at, part in enumerate(parts) if at == 0 or parts[at - 1] != part] == list(dict.fromkeys(parts))
        first = [key for key in keys if key in some[0].rows]
        assert first == list(some[0].rows)  # the first route keeps its own order


def test_differences_are_those_that_one_would_find_by_hand(found: list[Column]) -> None:
    by_slug = {one.slug: one for one in found}
    made, common = differences([by_slug[slug] for slug in ("smallingerland", "groningen", "midden-groningen")])
    alone = {one.column.slug: set(one.alone) for one in made}
    lacks = {one.column.slug: set(one.lacks) for one in made}
    assert common
    assert {"geld:budget", "rol:coa"} <= alone["smallingerland"]
    assert alone["groningen"] == {"termijn:inschrijving-brp"}
    assert {"kort:regie", "contact:regisseur"} <= lacks["midden-groningen"]
    for one in made:
        for key in one.alone:
            assert one.column.rows[key].told
            assert not any(key in o.rows and o.rows[key].told for o in by_slug.values() if o in _others(made, one))


def _others(made: list[Any], one: Any) -> list[Column]:
    return [other.column for other in made if other is not one]


def _only(project: Project) -> Column:
    [column] = columns(project.catalogue())
    return column


def _law_with(project: Project, element: str) -> None:
    project.write(LAW, project.read(LAW).replace("    term: binnen tien weken\n", f"    term: zo snel\n{element}", 1))


def test_a_term_since_another_moment_is_not_put_on_the_scale(project: Project) -> None:
    [term] = [one for one in _only(project).terms if one.step]
    assert (term.start, term.begin, term.end) == ("koppeling", 0, 10)
    assert _only(project).rows["termijn:vergunning"].told is False


def test_it_is_where_the_route_says_how_long_that_moment_takes(project: Project) -> None:
    project.replace(
        ROUTE,
        "steps:\n",
        "steps:\n  koppeling:\n    title: Koppeling\n    phase: begin\n"
        "    within: {number: 6, unit: maanden, since: vergunning}\n",
    )
    terms = {one.step: one for one in _only(project).terms}
    months = 6 * WEEKS_OF["maanden"]
    assert terms["koppeling"][4:7] == ("vergunning", 0, months)
    assert terms["gesprek"][4:7] == ("vergunning", months, months + 10)


def test_moments_that_wait_for_each_other_stay_where_they_are(project: Project) -> None:
    step = "  {0}:\n    title: {0}\n    phase: begin\n    within: {{number: 1, unit: weken, since: {1}}}\n"
    project.replace(
        ROUTE, "steps:\n", "steps:\n" + step.format("koppeling", "verhuizing") + step.format("verhuizing", "koppeling")
    )
    assert {one.start for one in _only(project).terms if one.step} == {"koppeling", "verhuizing"}


@pytest.mark.parametrize(
    ("limit", "is_beyond"),
    [
        ("{number: 9, unit: weken, since: koppeling}", True),
        ("{number: 10, unit: weken, since: koppeling}", False),
        ("{number: 9, unit: weken, since: verhuizing}", False),  # not to be compared
        ("{number: 2, unit: maanden, since: koppeling}", True),
        ("{number: 69, unit: dagen, since: koppeling}", True),
        ("{number: 3, unit: maanden, since: koppeling}", False),
    ],
)
def test_longer_than_the_law_is_said_only_when_it_is_certain(project: Project, limit: str, is_beyond: bool) -> None:
    _law_with(project, f"    within: {limit}\n")
    column = _only(project)
    [named] = asked(project.catalogue(), [column])[0].named
    assert [str(one.article) for one in named.steps[0].beyond] == (["Verzonnen wet, artikel 1"] if is_beyond else [])
    [term] = [one for one in column.terms if one.step]
    assert term.beyond == named.steps[0].beyond


def test_a_whole_is_known_when_every_phase_says_how_long_it_lasts(project: Project) -> None:
    assert _only(project).total is None
    project.replace(
        ROUTE, "    title: Meedoen\nlanes", "    title: Meedoen\n    lasts: {number: 2, unit: weken}\nlanes"
    )
    assert _only(project).total == pytest.approx(2 + WEEKS_OF["maanden"])


def test_an_element_that_nobody_names_and_a_route_of_another_law(project: Project) -> None:
    found = asked(project.catalogue(), columns(project.catalogue()))
    assert [(one.id, len(one.named), len(one.silent)) for one in found] == [("intake", 1, 0), ("toets", 0, 1)]
    project.write(
        ROUTE, project.read(ROUTE).replace("law: Wi2021", "law: Wi2013").replace("    fulfils: [intake]\n", "")
    )
    column = _only(project)
    assert not column.of_today
    assert not any(key.startswith("wet:") for key in column.rows)
    assert [(len(one.named), len(one.silent)) for one in asked(project.catalogue(), [column])] == [(0, 0), (0, 0)]


def test_routes_with_nothing_in_common(project: Project) -> None:
    other = ROUTE.replace("smallingerland", "opsterland")
    project.write(
        other,
        "title: Kort\nlaw: Wi2021\nperiod: nu\nstatus:\n  stage: papier\nphases:\n  later:\n    title: Later\nsteps:\n"
        "  toets:\n    title: Toets\n    phase: later\n    fulfils: [toets]\nsources:\n"
        "  - address: https://route.voorbeeld.nl/bron\n    title: Voorbeeldkrant\n",
    )
    made, has_common = differences(columns(project.catalogue()))
    assert not has_common
    assert {one.column.slug: "wet:intake" in one.alone for one in made} == {"smallingerland": True, "opsterland": False}


def test_without_a_law_and_without_routes(project: Project) -> None:
    project.write(ROUTE, project.read(ROUTE).replace("    fulfils: [intake]\n", ""))
    for file in (LAW, "catalogue/tasks.yml"):  # which names what the law asks
        project.write(file, "stands_alone: ja\n")
    catalogue = project.catalogue()
    assert asked(catalogue, columns(catalogue)) == []
    (project.root / ROUTE).unlink()
    assert columns(project.catalogue()) == []
    assert differences([]) == ([], False)
