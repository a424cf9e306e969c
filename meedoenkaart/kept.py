"""What a build remembers of itself: of which files it was made, and which it made. If nothing changed there is no work.

Files are known by path, size and time: in one digest of all that went in, with the newest commit, and one of all that
came out; the past goes in and comes out. Times are only compared for being equal, so a clock may jump. This imports
little: a build with nothing to do is over by then.
"""

import datetime
import hashlib
import json
import os
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple

from meedoenkaart.layers import DATA, OVERRIDES, PACKAGE, PAST, TRANSLATIONS, made
from meedoenkaart.problems import Problem

MANIFEST = ".cache/build.json"
LOCK = ".cache/lock"
_MADE_OF = (
    "catalogue",
    "routes",
    "docs",
    OVERRIDES,
    TRANSLATIONS,
    "mkdocs.yml",
)
"""What a site is made of, below the project's root; besides what is made before, the program, and what git knows."""
_COMPILED = "__pycache__"
"""What Python makes of the program and keeps: no part of it."""
_VERSION = 2
"""Of what is remembered; another one means something else."""


class Report(NamedTuple):
    """What a build had to say."""

    problems: tuple[Problem, ...]
    """Problems that kept nothing from being published."""
    told: tuple[str, ...]
    """Lines about the editorial pages."""


class Kept:
    """The last build of a project, and this one."""

    def __init__(self, root: Path, today: datetime.date) -> None:
        """Look at what a build of the project at ``root`` would be made of."""
        self._root = root
        self._today = today
        self._made_of = _made_of(root, today)
        self.pages: Mapping[str, str] = {}
        """What the pages of the last build are made of, as digests by address; see ``report``."""

    def report(self, tell: Callable[[], None]) -> Report | None:
        """Return what the last build said when a new one would make the same; None when it has to be made.

        Sets ``pages`` when the last site lies there as it was made. ``tell`` is called when what was remembered is of
        no use: it can't be read, is of another version, or of another site than lies there.
        """
        try:
            told = json.loads((self._root / MANIFEST).read_text("utf-8"))
            is_true = told["version"] == _VERSION
            is_same = (told["made of"], told["past"]) == (self._made_of, digest([self._root / PAST]))
            pages = {**told["pages"]}
            said = Report(tuple(Problem(**one) for one in told["problems"]), tuple(map(str, told["told"])))
            is_true = is_true and told["made"] == digest([self._root / "site"])
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError, KeyError):
            is_true = False
        if not is_true:
            tell()
            return None
        self.pages = pages
        return said if is_same else None

    def remember(self, report: Report, pages: Mapping[str, str]) -> None:
        """Remember a build that was published, unless something changed while it was made."""
        if _made_of(self._root, self._today) != self._made_of:
            return
        told = {
            "version": _VERSION,
            "made of": self._made_of,
            "made": digest([self._root / "site"]),
            "past": digest([self._root / PAST]),  # which a build writes too
            "problems": [asdict(one) for one in report.problems],
            "told": report.told,
            "pages": pages,
        }
        path = self._root / MANIFEST
        aside = path.with_suffix(".new")
        aside.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
        aside.replace(path)


def program_state() -> str:
    """Return a digest of the program and of the packages it uses."""
    packages = Path(sysconfig.get_path("purelib"))  # whose time changes with every package that comes or goes
    code = sorted(one for one in PACKAGE.iterdir() if one.name not in (*DATA, _COMPILED))
    return digest(code, sys.version, str(packages), packages.stat().st_mtime_ns)


def _made_of(root: Path, today: datetime.date) -> str:
    shared = [PACKAGE / name for name in DATA]
    before = [made(root, name) for name in ("theme", "engine", "libraries")]
    paths = [*(root / name for name in _MADE_OF), *before, *shared]
    return digest(paths, str(root), today, program_state(), _commit(root))


def _commit(root: Path) -> bytes:
    """Return the newest commit, of whose past feeds tell, and whether git has all of that; nothing without git."""
    with suppress(OSError):
        asked = ["git", "-C", str(root), "rev-parse", "HEAD", "--is-shallow-repository"]
        return subprocess.run(asked, capture_output=True, check=False).stdout  # noqa: S603  # a fixed command
    return b""


def digest(paths: Sequence[Path], *about: object) -> str:
    """Return a digest of all files at or below some paths, by path, size and time, and of whatever else is given.

    A link counts, and so does what it leads to.
    """
    found = hashlib.blake2b(repr(about).encode())
    for path in paths:
        found.update(path.name.encode())
        for line in sorted(_stamps(str(path), len(str(path)))):
            found.update(line.encode("utf-8", "surrogateescape"))
    return found.hexdigest()


def _stamps(path: str, start: int, around: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield a line for each file at or below a path, with its size and its time; paths are told from ``start`` on.

    ``around`` are the folders that links led to on the way: one that leads into itself has an end.
    """
    try:
        entries = list(os.scandir(path))
    except NotADirectoryError:
        if Path(path).is_file():  # and not below one
            yield _stamp(path[start:], Path(path).stat())
        return
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.name == _COMPILED:
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _stamps(entry.path, start, around)
            continue
        yield _stamp(entry.path[start:], entry.stat(follow_symlinks=False))
        if entry.is_symlink() and (target := os.path.realpath(entry.path)) not in around:
            yield from _stamps(entry.path, start, (*around, target))


def _stamp(path: str, status: os.stat_result) -> str:
    return f"{path}\0{status.st_mode}\0{status.st_size}\0{status.st_mtime_ns}\n"


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Wait until no other build of this project runs, nor what is left of a killed one: they would share files."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    (root / LOCK).parent.mkdir(exist_ok=True)
    with open(root / LOCK, "wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
