"""What the tests share: a copy of the small, made-up project, and the real command run on it."""

import datetime
import gc
import os
import shutil
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from io import TextIOWrapper
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import pytest
from playwright.sync_api import Browser, sync_playwright

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.cli import main
from meedoenkaart.loading import Loaded, load
from meedoenkaart.problems import report
from meedoenkaart.reading.documents import Reader
from tests.languages.pseudo import make_spoken
from tests.site.copies import copy_sources, make_fork, make_real, make_timed, shared

os.environ.setdefault("SOURCE_DATE_EPOCH", str(int(time.time())))  # one day for a whole run, midnight or not
ROOT = Path(__file__).parent.parent
CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
MINIMAL = ROOT / "tests/minimal"
TODAY = datetime.date(2026, 11, 22)
ENVIRONMENT = {"SOURCE_DATE_EPOCH": "1795305600"}
"""Makes the command believe that it is TODAY."""


@dataclass(frozen=True)
class Outcome:
    """What came of running the command."""

    code: int
    out: str
    err: str
    seconds: float
    """Of processor time, which does not depend on what else the machine does."""


@dataclass(frozen=True)
class Project:
    """A project on disk that a test may change."""

    root: Path

    def write(self, file: str, content: str | bytes) -> Path:
        """Write a file and the folders it lies in."""
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def read(self, file: str) -> str:
        return (self.root / file).read_text("utf-8")

    def replace(self, file: str, old: str, new: str) -> None:
        """Replace a text that stands in a file once."""
        text = self.read(file)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        self.write(file, text.replace(old, new))

    def overlay(self, folder: Path) -> None:
        """Put the files of a folder over the project's own."""
        shutil.copytree(folder, self.root, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.txt"))

    def load(self, today: datetime.date = TODAY) -> Loaded:
        return load(Reader(self.root), today)

    def problems(self, today: datetime.date = TODAY) -> list[str]:
        """Return ``file:line:column rule`` of every problem."""
        return [f"{one.file}:{one.line}:{one.column} {one.rule}" for one in self.load(today).problems]

    def catalogue(self, today: datetime.date = TODAY) -> Catalogue:
        """Return the catalogue of a project without errors."""
        loaded = self.load(today)
        assert loaded.catalogue, report(loaded.problems, "text")
        return loaded.catalogue

    def run(self, *arguments: str) -> Outcome:
        """Run the command in a process of its own."""
        return forked(lambda: main(["--root", str(self.root), *arguments], prog_name="meedoenkaart"))

    def inside(self, *arguments: str) -> Outcome:
        """Run the command in a process of its own and in the project's folder."""

        def run() -> None:
            os.chdir(self.root)
            main(arguments, prog_name="meedoenkaart")

        return forked(run)

    def execute(self, *arguments: str, folder: Path | None = None, **environment: str) -> Outcome:
        """Run the command as somebody at a shell does, by its name and in the project's folder."""
        command = [str(Path(sys.executable).with_name("meedoenkaart")), *arguments]
        variables = {**os.environ, **ENVIRONMENT, **environment}
        before = os.times()
        done = subprocess.run(
            command, cwd=folder or self.root, env=variables, capture_output=True, encoding="utf-8", check=False
        )
        after = os.times()
        seconds = after.children_user + after.children_system - before.children_user - before.children_system
        return Outcome(done.returncode, done.stdout, done.stderr, seconds)


@cache
def _tables_are_read() -> None:
    """Read the tables of places, postcodes and words, or each fork would do so anew."""
    load(Reader(MINIMAL), TODAY)


def forked(run: Callable[[], object]) -> Outcome:
    """Run something in a fork of this process, which saves the start of Python."""
    _tables_are_read()
    with TemporaryFile() as out, TemporaryFile() as err:
        child = os.fork()
        if child == 0:
            os._exit(_run(run, out, err))
        _, status, used = os.wait4(child, 0)
        code = os.waitstatus_to_exitcode(status)
        return Outcome(code, _written(out), _written(err), used.ru_utime + used.ru_stime)


def _run(run: Callable[[], object], out: IO[bytes], err: IO[bytes]) -> int:
    """Run something with its output in two files and return its exit code."""
    gc.freeze()  # what the tests hold is theirs: looking through it would copy it
    signal.alarm(60)  # whatever waits for ever ends here, and the test with it
    os.environ.update(ENVIRONMENT)
    for number, stream in ((1, out), (2, err)):
        os.dup2(stream.fileno(), number)
    sys.stdout, sys.stderr = TextIOWrapper(out, "utf-8"), TextIOWrapper(err, "utf-8")
    try:
        run()
    except SystemExit as done:
        if isinstance(done.code, str):
            sys.stderr.write(f"{done.code}\n")
        return done.code if isinstance(done.code, int) else int(bool(done.code))
    except BaseException:
        traceback.print_exc()
    else:
        return 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 70


def _written(stream: IO[bytes]) -> str:
    stream.seek(0)
    return stream.read().decode("utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A copy of the small, made-up project, without a single problem on TODAY."""
    return Project(shutil.copytree(MINIMAL, tmp_path / "project"))


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the real project as it lies in the working tree, made once; tests only copy it."""
    return shared(tmp_path_factory, "source", copy_sources)


@pytest.fixture(scope="session")
def real_project(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real project with its site, built once for all processes of a run; tests only read it."""
    return shared(tmp_path_factory, "real", lambda target: make_real(source, target))


@pytest.fixture(scope="session")
def fork(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with a part of one province and its site, built once for all processes; tests only read it."""
    return shared(tmp_path_factory, "fork", lambda target: make_fork(source, target))


@pytest.fixture(scope="session")
def spoken(fork: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project with its site in every language and in two made-up ones, built once; tests only read it."""
    return shared(tmp_path_factory, "spoken", lambda target: make_spoken(fork, target))


@pytest.fixture(scope="session")
def timed(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The catalogue of ``tests/when`` over the small one with its site, built once for Friday 27 November 2026."""
    return shared(tmp_path_factory, "timed", lambda target: make_timed(source, target))


def program(name: str) -> str:
    """Return the path of a program of the system that tests use."""
    found = subprocess.run([ROOT / "tools/require", name], capture_output=True, text=True, check=False)
    if found.returncode:
        pytest.fail(found.stderr)
    return found.stdout.strip()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = program("chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()
