"""A build with nothing to do does nothing, and any change makes a new one."""

import datetime
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from meedoenkaart import plugin
from meedoenkaart.kept import MANIFEST, Kept, Report
from meedoenkaart.layers import DATA, PAST
from meedoenkaart.publishing.frame import Frame
from tests.conftest import Project
from tests.site.copies import build, built, run, tree
from tests.upkeep.test_diff import git

TODAY = datetime.date(2026, 11, 29)
SAID = Report((), ("over/: a link leads nowhere",))
FORGOTTEN = "Wat de vorige keer is onthouden, klopt niet meer. Alles wordt opnieuw gemaakt."


def _report(root: Path, today: datetime.date = TODAY) -> Report | None:
    """Return what is kept of a build; nothing is unreadable."""
    return Kept(root, today).report(lambda: pytest.fail("unreadable"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with files as a project has them, with links to others, and a site."""
    for name in ("catalogue/a.yml", "routes/b.yml", "docs/c.md", "overrides/d.html", "mkdocs.yml", "site/e/index.html"):
        path = tmp_path / "project" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, "utf-8")
    (tmp_path / "project/.cache").mkdir()
    (tmp_path / "project" / PAST).write_text("past", "utf-8")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere.md").touch()
    (tmp_path / "project/docs/linked.md").symlink_to("../../elsewhere.md")
    (tmp_path / "project/overrides/linked").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "project/overrides/round").symlink_to(".")
    Kept(tmp_path / "project", TODAY).remember(SAID, {})
    assert _report(tmp_path / "project") == SAID
    return tmp_path / "project"


def _touched(path: str) -> Callable[[Path], None]:
    def touch(project: Path) -> None:
        status = (project / path).stat()
        os.utime(project / path, ns=(status.st_atime_ns, status.st_mtime_ns - 10**9))  # a clock that jumped back

    return touch


@pytest.mark.parametrize(
    "change",
    [
        _touched("catalogue/a.yml"),
        _touched("routes/b.yml"),
        _touched("docs/c.md"),
        _touched("overrides/d.html"),
        _touched("mkdocs.yml"),
        lambda root: (root / "catalogue/a.yml").unlink(),
        lambda root: (root / "catalogue/f.yml").touch(),
        lambda root: (root / "docs").rename(root / "elsewhere"),
        lambda root: (root / MANIFEST).unlink(),
        lambda root: (root / PAST).unlink(),
        lambda root: (root / PAST).write_text("another"),
        lambda root: (root.with_name("elsewhere.md")).write_text("longer"),
        lambda root: (root.with_name("elsewhere") / "page.html").touch(),
    ],
)
def test_any_change_is_seen(root: Path, change: Callable[[Path], None]) -> None:
    change(root)
    assert _report(root) is None


@pytest.mark.parametrize("folder", DATA)
def test_what_the_program_shares_counts(
    root: Path, folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its vocabulary, templates and translations; by another version or by hand."""
    monkeypatch.setattr("meedoenkaart.kept.PACKAGE", tmp_path / "program")
    (tmp_path / "program" / folder).mkdir(parents=True)
    Kept(root, TODAY).remember(SAID, {})
    assert _report(root) == SAID
    (tmp_path / "program" / folder / "new.yml").touch()
    assert _report(root) is None


@pytest.mark.parametrize("folder", ["", "base/"])
def test_what_python_compiled_is_no_other_program(
    root: Path, folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python keeps it beside the program, whenever a command first uses a part."""
    program = tmp_path / "program" / folder
    program.mkdir(parents=True)
    monkeypatch.setattr("meedoenkaart.kept.PACKAGE", tmp_path / "program")
    Kept(root, TODAY).remember(SAID, {})
    (program / "__pycache__").mkdir()
    (program / "__pycache__/new.pyc").touch()
    assert _report(root) == SAID


@pytest.mark.parametrize("where", ["its own", "a folder of it", "a worktree"])
def test_a_commit_is_seen(root: Path, tmp_path: Path, where: str) -> None:
    """Feeds tell of it, wherever git keeps what it knows of a project."""
    repository = Project(root if where == "its own" else root.parent)
    git(repository, "init", "--quiet")
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--message", "first")
    if where == "a worktree":
        git(repository, "worktree", "add", "--quiet", str(tmp_path / "tree"))
        root, repository = tmp_path / "tree/project", Project(tmp_path / "tree")
        (root / ".cache").mkdir(exist_ok=True)
    Kept(root, TODAY).remember(SAID, {})
    assert _report(root) == SAID
    git(repository, "commit", "--quiet", "--allow-empty", "--message", "second")
    assert _report(root) is None


def test_another_day(root: Path) -> None:
    assert _report(root, TODAY + datetime.timedelta(1)) is None
    assert _report(root, TODAY - datetime.timedelta(1)) is None


def _remembered(change: Callable[[str], str]) -> Callable[[Path], object]:
    return lambda root: (root / MANIFEST).write_text(change((root / MANIFEST).read_text("utf-8")), "utf-8")


@pytest.mark.parametrize(
    "spoil",
    [
        *(_remembered(lambda _, left=left: left) for left in ("", '{"made of": "', "[]", "{}", "null")),  # type: ignore[misc]
        _remembered(lambda text: text[: len(text) // 2]),
        _remembered(lambda text: text.replace('"version": 2', '"version": 1')),
        _remembered(lambda text: text.replace(SAID.told[0], "").replace('"told": [""]', '"told": null')),
        lambda root: (root / "site/e/index.html").write_text("e", "utf-8"),
        lambda root: (root / "site/more.txt").touch(),
        lambda root: (root / "site/e/index.html").unlink(),
        lambda root: (root / "site").rename(root / "elsewhere"),
    ],
)
def test_what_is_of_no_use_is_said(root: Path, spoil: Callable[[Path], object]) -> None:
    spoil(root)
    told, kept = [], Kept(root, TODAY)
    assert kept.report(lambda: told.append(FORGOTTEN)) is None
    assert told == [FORGOTTEN]
    assert kept.pages == {}


def test_another_folder(root: Path) -> None:
    other = root.with_name("other")
    (other / "site").mkdir(parents=True)
    (other / ".cache").mkdir()
    shutil.copy(root / MANIFEST, other / MANIFEST)
    told, kept = [], Kept(other, TODAY)
    assert kept.report(lambda: told.append(FORGOTTEN)) is None
    assert told == [FORGOTTEN]
    assert kept.pages == {}
    assert _report(root.rename(root.with_name("moved"))) is None  # with its site: it is made anew, of the same pages


def test_a_file_that_changes_while_a_build_reads_it_is_not_kept(root: Path) -> None:
    kept = Kept(root, TODAY)
    _touched("catalogue/a.yml")(root)
    kept.remember(SAID, {})
    assert _report(root) is None


def test_the_command_builds_only_what_changed(built_project: Path) -> None:
    project = built_project
    site = built(project)
    before, page = tree(site), project / ".cache/editorial/over/index.html"
    page.unlink()  # a new build would make it again
    done = run(project, "build")
    assert done.returncode == 0
    assert "Fouten: 0." in done.stderr
    assert not page.exists()
    (project / MANIFEST).write_text("{", "utf-8")
    done = run(project, "build")
    assert FORGOTTEN in done.stderr
    assert page.exists()
    assert tree(site) == before


def test_a_page_that_is_saved_again_while_it_is_drawn(built_project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = built_project / "docs/over.md"
    draw = plugin.surroundings

    def saved_again(*arguments: Any) -> Frame:
        frame = draw(*arguments)
        page.write_text("# Over\n\nDaarna.\n", "utf-8")
        return frame

    page.write_text("# Over\n\nEerst.\n", "utf-8")
    monkeypatch.setattr(plugin, "surroundings", saved_again)
    assert "Eerst." in (built(built_project) / "over/index.html").read_text("utf-8")
    monkeypatch.undo()
    assert "Daarna." in (built(built_project) / "over/index.html").read_text("utf-8")


def test_what_failed_is_said_every_time(project: Path) -> None:
    (project / "catalogue/vocabulary.yml").write_text("a: [\n", "utf-8")
    for _ in range(2):
        done = build(project)
        assert done.exit_code == 1
        assert "catalogue/vocabulary.yml" in done.output


def test_a_folder_without_rights_is_said(project: Path) -> None:
    (project / ".cache").rename(project / "elsewhere")
    (project / ".cache").write_text("a file where a folder should be", "utf-8")
    done = run(project, "build")
    assert done.returncode == 1
    assert done.stderr.startswith("De site is niet gemaakt: ")
    assert "Traceback" not in done.stderr
