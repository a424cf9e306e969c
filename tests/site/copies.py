"""Copies of the project that a test may change, build and break."""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from meedoenkaart.cli import main, today
from meedoenkaart.layers import PACKAGE
from meedoenkaart.loading import load
from meedoenkaart.reading.documents import Reader, values_of
from meedoenkaart.reading.shared_files import shared_files

ROOT = Path(__file__).parents[2]
COMMAND = str(Path(sys.executable).with_name("meedoenkaart"))
PROVINCE = "Friesland"
FORK = (
    *("dantumadiel", "de-fryske-marren", "leeuwarden", "noardeast-fryslan"),
    *("smallingerland", "sudwest-fryslan", "tytsjerksteradiel", "den-haag"),
)
"""The municipalities that a fork begins with: of that province, and one elsewhere, for all kinds of pages."""
_SOURCES = ("catalogue", "routes", "docs", "overrides", "mkdocs.yml")
_SHARED = {"theme": "overrides", "translations": "translations", "base/docs": "docs"}
"""What a copy has of the program's own as a region's that lies over it: tests change it."""
_TOOLS = ("node_modules", ".venv")
MEMORY = (".cache/drawings", ".cache/dutch")
"""What is kept by what it was made from: all copies share it with the project itself, unless a test takes it away."""


def shared(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder that all processes of a test run share; the first one that asks makes it."""
    own = factory.getbasetemp()
    # As deep as the folders of tests: the names of built scripts tell from where their libraries were linked.
    folder = (own.with_name("shared") if "PYTEST_XDIST_WORKER" in os.environ else own) / name
    folder.mkdir(parents=True, exist_ok=True)
    target, made = folder / "project", folder / "made"
    with open(folder / "lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            make(target)
            made.touch()
    return target


def copy_sources(target: Path) -> Path:
    """Copy what a site is made of and build its scripts and styles; the tools stay where they are."""
    target.mkdir(parents=True)
    for shared, own in _SHARED.items():
        shutil.copytree(PACKAGE / shared, target / own)
    for name in _SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, dirs_exist_ok=True)
        elif source.exists():
            shutil.copy(source, target / name)
    for file in shared_files():
        values = yaml.dump(values_of(ROOT, file), allow_unicode=True, sort_keys=False, width=1000)
        (target / file).write_text(values, "utf-8")
    speak(target)
    (target / ".cache/engine").mkdir(parents=True)  # empty: most do without what runs in the browser
    for name in MEMORY:
        (ROOT / name).mkdir(parents=True, exist_ok=True)
    for name in (*_TOOLS, *MEMORY):
        (target / name).symlink_to(ROOT / name)
    build_theme(target)
    return target


def speak(project: Path, *codes: str) -> None:
    """Let a site be in these languages besides Dutch; most tests look at Dutch alone, which is faster."""
    file = project / "mkdocs.yml"
    named = f"languages: [{', '.join(codes)}]"
    file.write_text(re.sub(r"languages: \[.*\]", named, file.read_text("utf-8")), "utf-8")


def build_theme(project: Path) -> None:
    """Build a project's scripts and styles."""
    node = Path(sys.executable).with_name("node")
    subprocess.run([str(node), "overrides/build.mjs"], cwd=project, check=True)


def copy_project(project: Path, target: Path) -> Path:
    """Copy a copy, with its built scripts and styles but without a site."""
    leave = shutil.ignore_patterns("site", "staging", "preview")
    shutil.copytree(project, target, symlinks=True, ignore=leave)
    return target


def run(
    project: Path,
    *arguments: str,
    environment: Mapping[str, str] | None = None,
    before: Callable[[], object] | None = None,
) -> "subprocess.CompletedProcess[str]":
    """Run the command ``meedoenkaart`` in a project; ``before`` is called in its process."""
    return subprocess.run(
        [COMMAND, *arguments],
        cwd=project,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
        preexec_fn=before,
    )


def build(project: Path) -> Result:
    """Do what ``meedoenkaart build`` does, without the start of another Python."""
    return CliRunner().invoke(main, ["--root", str(project), "build"])


def built(project: Path) -> Path:
    """Build a project that has to be fine and return its site."""
    done = build(project)
    assert done.exit_code == 0, done.output
    return project / "site"


def make_real(source: Path, target: Path) -> None:
    """Copy a copy of the project and build its site, with what runs in the browser."""
    add_engine(copy_project(source, target))
    built(target)


def add_engine(project: Path) -> None:
    """Give a copy what runs in the browser; most do without."""
    (project / ".cache/engine").rmdir()
    (project / ".cache/engine").symlink_to(ROOT / ".cache/engine")


def make_timed(source: Path, target: Path) -> None:
    """Copy a copy of the project, put the catalogue of ``tests/when`` over the small one in it, and build its site.

    It is also the site that does without the atelier, and of which no device keeps anything.
    """
    copy_project(source, target)
    for name in ("catalogue", "routes"):
        shutil.rmtree(target / name)
    for made_up in ("minimal", "when"):
        shutil.copytree(ROOT / "tests" / made_up, target, dirs_exist_ok=True)
    settings = target / "mkdocs.yml"
    said = settings.read_text("utf-8").replace("atelier: true", "atelier: false")
    settings.write_text(said.replace("offline: true", "offline: false"), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", str(int(datetime(2026, 11, 27, 12, tzinfo=UTC).timestamp())))
        built(target)


def make_fork(source: Path, target: Path) -> None:
    """Copy a copy of the project, leave out all but a few municipalities, and build its site.

    That is how somebody elsewhere begins with the project.
    """
    copy_project(source, target)
    catalogue = target / "catalogue"
    for folder in (catalogue / "organisations").iterdir():
        if folder.name not in (*FORK, "landelijk"):
            shutil.rmtree(folder)
    for file in (*catalogue.glob("municipalities/*.yml"), *(target / "routes").glob("*.yml")):
        if file.stem not in (*FORK, "statutory"):
            file.unlink()
    for file in catalogue.glob("reception/*.yml"):
        (municipality,) = re.findall(r"(?m)^municipality: (\S+)$", file.read_text("utf-8"))
        if municipality not in FORK:
            file.unlink()
    while lost := {one.file for one in load(Reader(target), today()).problems if one.rule == "unknown-reference"}:
        for name in lost:  # what speaks of that which is left out goes too
            (target / name).unlink()
    settings = target / "mkdocs.yml"
    text, changed = re.subn(r"region: \[.*\]", f"region: [{PROVINCE}]", settings.read_text("utf-8"))
    assert changed == 1
    settings.write_text(text, "utf-8")
    built(target)


def tree(folder: Path) -> dict[str, str]:
    """Return the hash of every file below a folder, by its path."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
