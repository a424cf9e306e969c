"""What the law asks, told as a route: the same checks as of a municipality's route, but for its status."""

import pytest

from tests.conftest import Project

LAW = "routes/statutory.yml"
ROUTE = "routes/smallingerland.yml"
DRAWN = """\
route:
  title: Wat de verzonnen wet vraagt
  law: Wi2021
  period: vanaf 2022
  phases:
    begin:
      title: Begin
  steps:
    intake:
      title: Verzonnen intake
      phase: begin
      fulfils: [intake]
    toets:
      title: Verzonnen toets
      phase: begin
      after: [intake]
      fulfils: [toets]
  sources:
    - address: https://wet.voorbeeld.nl/
      title: Voorbeeldwet
"""


def _written(project: Project, old: str = "", new: str = "") -> int:
    """Add the route to the law, changed in one place, and return the line before it."""
    law = project.read(LAW)
    project.write(LAW, law + DRAWN.replace(old, new, 1) if old else law + DRAWN)
    return law.count("\n")


def test_the_law_needs_no_status(project: Project) -> None:
    _written(project)
    statutory = project.catalogue().statutory
    assert statutory
    assert statutory.route
    assert statutory.route.status is None
    assert set(statutory.route.steps) == set(statutory.elements)


def test_a_municipality_says_whether_its_route_is_paper_or_practice(project: Project) -> None:
    status = project.read(ROUTE).partition("status:\n")[2].partition("actors:\n")[0]
    project.replace(ROUTE, f"status:\n{status}", "")
    assert project.problems() == [f"{ROUTE}:3:1 missing-field"]


def test_a_wrong_status_is_not_missing_too(project: Project) -> None:
    project.replace(ROUTE, "stage: deels", "stage: soms")
    assert [one.partition(" ")[2] for one in project.problems()] == ["unknown-choice"]


@pytest.mark.parametrize(
    ("old", "new", "line", "rule"),
    [
        ("fulfils: [toets]", "fulfils: [intke]", 17, "unknown-reference"),
        ("phase: begin", "phase: eind", 11, "unknown-reference"),
        ("after: [intake]", "after: [toets]", 16, "route-cycle"),
        ("law: Wi2021", "law: Wi2013", 12, "fulfils-other-law"),
    ],
)
def test_its_parts_fit_together(project: Project, old: str, new: str, line: int, rule: str) -> None:
    before = _written(project, old, new)
    found = [one.split(":", 2)[:2] + one.split()[1:] for one in project.problems()]
    assert [LAW, str(before + line), rule] in found
    assert {file for file, _, _ in found} == {LAW}
