"""``meedoenkaart stale``: what is past its term, soonest first."""

import json
import re
from typing import Any

from tests.conftest import Project

FILE = "catalogue/organisations/smallingerland/buurthuis-de-brug.yml"


def due(project: Project, *arguments: str) -> tuple[int, list[Any]]:
    outcome = project.run("stale", "--format", "json", *arguments)
    assert outcome.err == ""
    return outcome.code, json.loads(outcome.out)


def test_nothing_is_due(project: Project) -> None:
    assert due(project) == (0, [])
    assert project.run("stale").out == "Niets is verlopen, en niets verloopt binnen 30 dagen.\n"


def test_what_expires_soon_is_told_and_is_no_failure(project: Project) -> None:
    code, found = due(project, "--within", "300")
    assert code == 0
    assert [(one["what"], one["day"], one["over"]) for one in found if one["file"] == FILE] == [
        ("confirmation", "2027-06-01", False),
        ("last-day", "2027-06-30", False),
    ]
    assert [one["day"] for one in found] == sorted(one["day"] for one in found)


def test_over_comes_first_with_its_line(project: Project) -> None:
    project.replace(FILE, "on: 2026-06-01", "on: 2020-06-01")
    project.replace(FILE, "until: 2028-01-01", "until: 2026-11-21")
    project.replace(FILE, "last_day: 2027-06-30", "last_day: 2026-11-22")
    code, found = due(project)
    assert code == 1
    lines = project.read(FILE).split("\n")
    assert [(one["what"], one["over"], lines[one["line"] - 1].strip()) for one in found] == [
        ("confirmation", True, "on: 2020-06-01"),
        ("declaration", True, "until: 2026-11-21"),
        ("last-day", False, "last_day: 2026-11-22"),
    ]
    told = project.run("stale").out
    assert "De vrijwilligersverklaring is verlopen op 2026-11-21." in told
    assert "Buurthuis De Brug: Samen koken en eten" in told


def test_what_is_over_is_what_check_warns_about(project: Project) -> None:
    for day, over in (("2025-11-22", False), ("2025-11-21", True)):
        project.write(FILE, re.sub(r"on: \d{4}-\d\d-\d\d", f"on: {day}", project.read(FILE)))
        assert any("confirmation-stale" in one for one in project.problems()) == over
        assert [one["over"] for one in due(project)[1] if one["what"] == "confirmation"] == [over]


def test_what_has_ended_is_not_asked_after(project: Project) -> None:
    project.replace(FILE, "on: 2026-06-01", "on: 2020-06-01")
    project.replace(FILE, "status: actief\naliases", "status: gestopt\naliases")
    assert due(project) == (0, [])
