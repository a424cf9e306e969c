"""The check of a pull request: annotations, a summary in Dutch, and strictness where somebody changed something."""

from pathlib import Path

import pytest

from tests.conftest import Project
from tests.github.steps import run_step
from tests.upkeep.test_diff import FILE, commit, git
from tests.upkeep.test_diff import kept as kept

OTHER = "catalogue/organisations/opsterland/sportclub-de-stap.yml"


def _checked(project: Project) -> tuple[int, str, str]:
    """Run the step on a pull request whose base is the first commit; return code, annotations and summary."""
    summary = project.root.parent / "summary.md"
    summary.unlink(missing_ok=True)
    base = git(project, "rev-list", "--max-parents=0", "HEAD")
    event = {"pull_request": {"base": {"sha": base}}, "repository": {"default_branch": "main"}}
    done = run_step("check_pull_request", project.root, event, GITHUB_STEP_SUMMARY=str(summary))
    assert done.err == ""
    return done.code, done.out, summary.read_text("utf-8")


def test_a_good_change_is_told_to_readers(kept: Project) -> None:
    kept.replace(FILE, "places: 8", "places: 9")
    commit(kept)
    code, out, summary = _checked(kept)
    assert (code, out) == (0, "")
    assert summary.startswith("## Alles klopt.\n\n## Wat verandert er voor lezers?\n")
    assert "Plekken\\: 8 → 9" in summary


def test_problems_stand_on_their_lines(kept: Project) -> None:
    kept.replace(FILE, "kind: buurthuis", "kind: kasteel")
    commit(kept)
    code, out, summary = _checked(kept)
    assert code == 1
    assert out.startswith(f"::error file={FILE},line=3,col=1,title=unknown-reference::")
    assert "1 fouten, 0 keer let op" in summary
    assert f"`{FILE}:3`" in summary


def test_a_warning_counts_in_a_changed_file_only(kept: Project) -> None:
    kept.replace(OTHER, "contact:\n  website: https://stap.voorbeeld.nl/\n", "")
    commit(kept)
    code, out, _ = _checked(kept)
    assert code == 1
    assert out.startswith(f"::warning file={OTHER},")
    git(kept, "checkout", "--quiet", "--orphan", "opnieuw")
    commit(kept)
    git(kept, "branch", "--delete", "--force", "main")
    kept.replace(FILE, "places: 8", "places: 9")
    commit(kept)
    assert _checked(kept)[:2] == (0, "")


@pytest.mark.parametrize(
    "attack",
    ["::error::x", "\\n::set-env name=x::y", "</details><script>x</script>", "$(touch gehackt)", "${{ github.token }}"],
)
def test_a_hostile_change_is_text(kept: Project, attack: str) -> None:
    kept.replace(FILE, "title: Helpen met afwassen", f'title: "{attack}"')
    kept.replace(FILE, "kind: buurthuis", f'kind: "{attack}"')
    commit(kept)
    _, out, summary = _checked(kept)
    assert all(line.startswith(("::error file=", "::warning file=")) for line in out.splitlines())
    assert "<script" not in summary
    assert not list(kept.root.parent.rglob("gehackt"))


def test_a_branch_of_an_issue_is_compared_with_main(kept: Project, tmp_path: Path) -> None:
    git(kept, "update-ref", "refs/remotes/origin/main", "HEAD")
    kept.replace(FILE, "places: 8", "places: 9")
    commit(kept)
    summary = tmp_path / "summary.md"
    event = {"repository": {"default_branch": "main"}}
    done = run_step("check_pull_request", kept.root, event, GITHUB_STEP_SUMMARY=str(summary))
    assert done.code == 0
    assert "8 → 9" in summary.read_text("utf-8")
