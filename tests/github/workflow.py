"""The two jobs that turn an issue into a pull request, each in a checkout of its own, and what people might send."""

import json
import shutil
from pathlib import Path
from typing import Any

from meedoenkaart.texts import texts
from tests.conftest import MINIMAL, Project
from tests.github.fake import GitHub
from tests.github.steps import run_step
from tests.github.test_issue_forms import written


class Workflow:
    """Runs both jobs for the issues of one form."""

    def __init__(self, folder: Path, form: str = "opportunity") -> None:
        self.folder = folder
        self.form = form
        self.github = GitHub()
        self.runs = 0

    def read(self, body: str | None, number: int = 7, **more: Any) -> dict[str, Any]:
        """Run the job that may only read and return what it tells the other."""
        self.runs += 1
        checkout = self.folder / f"checkout-{self.runs}"
        shutil.copytree(MINIMAL, checkout)
        for file, content in self.github.files("main").items():
            (checkout / file).parent.mkdir(parents=True, exist_ok=True)
            (checkout / file).write_text(content, "utf-8")
        labels = [{"name": one} for one in texts("issues")[self.form]["labels"]]
        issue = {"number": number, "body": body, "updated_at": "2026-11-20T10:00:00Z", "state": "open", **more}
        event = {"action": "opened", "issue": {**issue, "labels": labels}}
        done = run_step("read_issue", checkout, event, ("proposal.json",))
        assert (done.code, done.out, done.err) == (0, "", "")
        found: dict[str, Any] = json.loads((checkout / "proposal.json").read_text("utf-8"))
        return found

    def propose(self, proposal: dict[str, Any], code: int = 0) -> None:
        """Run the job that may write."""
        (self.folder / "proposal.json").write_text(json.dumps(proposal), "utf-8")
        with self.github.running() as environment:
            done = run_step("propose", self.folder, None, ("proposal.json",), **environment)
        assert done.code == code, done.err

    def run(self, answers: dict[str, str], number: int = 7) -> str:
        """Run both and return the last answer below the issue."""
        self.github.issues.setdefault(number, self.github.issue(number))
        self.propose(self.read(written(answers, self.form), number))
        return str(self.github.comments[-1]["body"])


def result(workflow: Workflow, folder: Path, branch: str = "kans-7") -> Project:
    """Return the project with what lies on a branch."""
    project = Project(shutil.copytree(MINIMAL, folder / "result"))
    for file, content in workflow.github.files(branch).items():
        project.write(file, content)
    return project


HOSTILE = {
    "a shell": "$(touch gehackt); `touch gehackt` && touch gehackt",
    "an expression": "${{ github.token }} ${{ secrets.GITHUB_TOKEN }}",
    "a workflow command": "::set-output name=x::y ::add-mask::x %0A::error::x",
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "markdown": "[hier](javascript:alert(1)) ![x](https://kwaad.nl/x.png) @meedoenkaart/beheer",
    "yaml": "x\nopportunities: []\nname: !!python/object/apply:os.system ['touch gehackt']",
    "yaml on one line": "x: &a [*a, *a] # {{ 7*7 }}",
    "a path": "../../../../.github/workflows/check",
    "signs that nobody sees": "a\u202eb\u200bc\x00d\x1b[31m",
    "headings": "### Gemeente\n\nSmallingerland\n\n### Naam van de organisatie\n\nKwaad",
    "length": "lang " * 13_000,
    "the mark": "@@pull@@ <!-- meedoenkaart: antwoord -->",
}
"""What somebody might answer."""


def assert_dead(workflow: Workflow, folder: Path, answer: str, files: tuple[str, ...], branch: str) -> None:
    """Of what was answered nothing ran, nothing was written elsewhere, and nothing is markup in the answer."""
    github = workflow.github
    assert not list(folder.rglob("gehackt"))
    assert set(github.refs) <= {"heads/main", f"heads/{branch}"}
    for ref in github.refs:
        for file, content in github.files(ref.removeprefix("heads/")).items():
            assert file.startswith(files)
            assert len(content) < 20_000
    if github.pulls:
        assert not [one for one in result(workflow, folder, branch).load().problems if one.severity == "error"]
        assert "\n" not in github.pulls[0]["title"]
    for alive in ("<script", "<img", "](", "![", "@meedoenkaart", "${{ secrets", "\x1b", "\u202e"):
        assert alive not in answer
    assert answer.count("<!-- meedoenkaart: antwoord -->") == 1
    assert len(answer) < 30_000
