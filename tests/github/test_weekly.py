"""The weekly check: one issue for each file that needs care, closed by itself when that file is mended."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, Project
from tests.github.fake import BOT, GitHub
from tests.github.steps import run_step
from tests.upkeep.servers import Reply, serving

FILE = "catalogue/organisations/smallingerland/buurthuis-de-brug.yml"


def _read(project: Project, dead: str = "geen") -> dict[str, Any]:
    """Run the job that may only read; sites are answered by a proxy on this machine."""

    def answer(method: str, path: str, body: bytes) -> Reply:
        return (404 if dead in path else 200), {}, b""

    for file in project.root.rglob("*.yml"):
        file.write_text(file.read_text("utf-8").replace("https://", "http://"), "utf-8")
    with serving(answer) as proxy:
        done = run_step("read_upkeep", project.root, None, ("upkeep.json",), http_proxy=proxy, no_proxy="")
    assert (done.code, done.err) == (0, "")
    found: dict[str, Any] = json.loads((project.root / "upkeep.json").read_text("utf-8"))
    (project.root / "upkeep.json").unlink()
    return found


def _file(github: GitHub, folder: Path, upkeep: dict[str, Any], code: int = 0) -> None:
    (folder / "upkeep.json").write_text(json.dumps(upkeep), "utf-8")
    with github.running() as environment:
        done = run_step("file_upkeep", folder, None, ("upkeep.json",), **environment)
    assert done.code == code, done.err


def test_terms_declarations_and_dead_links_of_a_file_come_in_one_issue(project: Project, tmp_path: Path) -> None:
    project.replace(FILE, "on: 2026-06-01", "on: 2020-06-01")
    project.replace(FILE, "until: 2028-01-01", "until: 2021-01-01")
    found = _read(project, "brug.voorbeeld.nl/over")
    (issue,) = found["issues"]
    assert issue["file"] == FILE
    assert issue["title"] == "Onderhoud: Buurthuis De Brug"
    for part in ("bevestiging is verlopen", "vrijwilligersverklaring is verlopen", "`http://brug.voorbeeld.nl/over`"):
        assert part in issue["body"]
    github = GitHub()
    _file(github, tmp_path, found)
    (made,) = github.issues.values()
    assert made["labels"] == ["onderhoud"]
    labels = {"nieuwe kans", "verbetering", "nieuwe route", "voorstel", "onderhoud"}
    assert {one["name"] for one in github.labels} == labels
    writes = len(github.writes)
    _file(github, tmp_path, found)
    assert len(github.writes) == writes, "the same again changes nothing"


def _upkeep(*files: str, body: str = "- iets") -> dict[str, Any]:
    issues = [{"file": file, "title": f"Onderhoud: {file}", "body": body} for file in files]
    return {"issues": issues, "mended": "Alles klopt weer.", "label": "onderhoud"}


def test_what_changed_is_renewed_and_what_is_mended_is_closed(tmp_path: Path) -> None:
    github = GitHub()
    _file(github, tmp_path, _upkeep("catalogue/a.yml", "catalogue/b.yml"))
    _file(github, tmp_path, _upkeep("catalogue/a.yml", body="- iets anders"))
    kept, closed = github.issues.values()
    assert (kept["state"], "iets anders" in kept["body"]) == ("open", True)
    assert (closed["state"], closed["state_reason"]) == ("closed", "completed")
    assert [one["body"] for one in github.comments] == ["Alles klopt weer."]
    _file(github, tmp_path, _upkeep("catalogue/b.yml"))
    assert [one["state"] for one in github.issues.values()] == ["closed", "closed", "open"]


def test_issues_of_people_are_left_alone(tmp_path: Path) -> None:
    """Whoever writes the mark into an issue of their own gets nobody's issue closed, not even theirs."""
    github = GitHub()
    github.issue(1, body="<!-- onderhoud: catalogue/a.yml -->\nvan mij", user={"login": "iemand"})
    github.issue(2, body="zomaar", user={"login": BOT})
    github.issue(3, body="<!-- onderhoud: catalogue/c.yml -->", user={"login": BOT}, pull_request={})
    _file(github, tmp_path, _upkeep())
    assert [one["state"] for one in github.issues.values()] == ["open"] * 3
    assert github.comments == []


def test_not_everything_comes_in_one_week(tmp_path: Path) -> None:
    github = GitHub()
    upkeep = _upkeep(*(f"catalogue/organisations/a/b-{number:03}.yml" for number in range(100)))
    _file(github, tmp_path, upkeep)
    assert len(github.issues) == 40
    _file(github, tmp_path, upkeep)
    assert len(github.issues) == 80
    assert {one["state"] for one in github.issues.values()} == {"open"}


@pytest.mark.parametrize("file", ["x --> <script>", "../x.yml\n", "a.yml -->\n@iemand"])
def test_a_strange_name_of_a_file_is_refused(tmp_path: Path, file: str) -> None:
    github = GitHub()
    _file(github, tmp_path, _upkeep(file), code=1)
    assert not github.issues


def test_what_contributors_wrote_is_text_in_an_issue(project: Project) -> None:
    project.replace(FILE, "name: Buurthuis De Brug", 'name: "@iedereen [x](http://kwaad.nl) #1"')
    project.replace(FILE, "on: 2026-06-01", "on: 2020-06-01")
    (issue,) = _read(project)["issues"]
    for alive in ("@iedereen", "](", "#1"):
        assert alive not in issue["body"]


def test_what_all_regions_share_is_looked_after_in_the_repository_that_has_it(tmp_path: Path) -> None:
    """A region has no such file, and could not mend it."""
    checkout, law = tmp_path / "checkout", "meedoenkaart/base/catalogue/legal.yml"
    ignored = shutil.ignore_patterns("theme", "translations", "base", "built", "__pycache__")
    shutil.copytree(ROOT / "meedoenkaart", checkout / "meedoenkaart", ignore=ignored)
    (checkout / law).parent.mkdir(parents=True)
    (checkout / law).write_text((ROOT / law).read_text("utf-8").replace("https://", "http://"), "utf-8")
    with serving(lambda method, path, body: (404 if "uwv.nl" in path else 200, {}, b"")) as proxy:
        command = [sys.executable, "-m", "meedoenkaart.github.read_upkeep", "upkeep.json"]
        environment = {**os.environ, "http_proxy": proxy, "no_proxy": "", "PYTHONPATH": str(checkout)}
        subprocess.run(command, cwd=checkout, env=environment, check=True)
    (issue,) = json.loads((checkout / "upkeep.json").read_text("utf-8"))["issues"]
    assert issue["file"] == law
