"""The published folder: replaced as a whole or not at all, and only what changed is written."""

import ctypes
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from filecmp import cmp
from itertools import chain
from pathlib import Path
from typing import TypeVar

from meedoenkaart.processes import for_each

R = TypeVar("R")
_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2)
_AT_FDCWD = -100


class Folder:
    """A folder that is filled beside the published one and takes its place in the end.

    The folder that was published before is kept as the next one to fill: most of its files are right already.
    """

    def __init__(self, published: Path, staging: Path) -> None:
        """Fill ``staging`` (on the same disk) and publish it as ``published``; the same folder is filled in place.

        Where ``published`` is a link, what it leads to is replaced.
        """
        self._published = published.resolve()
        self._staging = self._published if staging == published else staging
        self._written: set[str] = set()
        if staging != published:
            _make_good(staging, self._published)
        self._staging.mkdir(parents=True, exist_ok=True)

    def write(self, path: str, *parts: bytes) -> None:
        """Write a file unless it holds the same bytes already; ``path`` is relative, with forward slashes."""
        self.keep(path)
        target, data = f"{self._staging}/{path}", b"".join(parts)
        try:
            if _write_new(target, data):
                return
            with open(target, "rb", buffering=0) as present:
                if os.fstat(present.fileno()).st_size == len(data) and present.readall() == data:
                    return
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            self._make_room(target)
            _write_new(target, data)
        else:  # it may be the very file that is published, see ``take``, and somebody may be reading it
            aside = Path(f"{target}.new")
            aside.write_bytes(data)
            aside.replace(target)

    def stream(self, path: str, pieces: Iterable[bytes]) -> None:
        """Write a file piece by piece, unless it holds the same bytes already: one piece at a time is at hand."""
        pieces = iter(pieces)
        first = next(pieces, b"")
        second = next(pieces, None)
        if second is None:
            self.write(path, first)
            return
        self.keep(path)
        target = Path(f"{self._staging}/{path}")
        aside = target.with_name(f"{target.name}.new")
        if not target.is_file():
            self._make_room(str(target))
        with open(aside, "wb") as file:
            file.writelines(chain((first, second), pieces))
        if target.is_file() and cmp(aside, target, shallow=False):
            aside.unlink()
        else:
            aside.replace(target)

    def _make_room(self, path: str) -> None:
        """Make the folders above a new file, and remove what lay in its place or theirs."""
        target = Path(path)
        if target.is_dir():
            shutil.rmtree(target)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            for parent in target.relative_to(self._staging).parents:
                if (self._staging / parent).is_file():
                    (self._staging / parent).unlink()
            target.parent.mkdir(parents=True, exist_ok=True)

    def keep(self, path: str) -> None:
        """Say that a file belongs in the folder, as it is or as somebody else writes it."""
        self._written.add(path)

    def read(self, path: str) -> bytes:
        """Return the bytes of a file that is published."""
        return (self._published / path).read_bytes()

    def has(self, path: str) -> bool:
        """Say whether a file was written or taken over."""
        return path in self._written

    def filled(self, path: str) -> bytes:
        """Return the bytes of a file that was written or taken over."""
        return (self._staging / path).read_bytes()

    def take(self, path: str) -> None:
        """Take over a file that is published, as it is."""
        self.keep(path)
        source, target = f"{self._published}/{path}", f"{self._staging}/{path}"
        with suppress(FileNotFoundError):
            if os.path.samefile(target, source):
                return
            os.unlink(target)
        try:
            os.link(source, target)
        except OSError:  # a folder is missing, or the disk knows no links
            self._make_room(target)
            shutil.copy2(source, target)

    def copy(self, source: Path) -> None:
        """Write every file below another folder."""
        for path in _files(source):
            self.write(path, (source / path).read_bytes())

    def share_out(self, jobs: Sequence[Callable[[], R]], parallel: bool) -> list[R]:
        """Do jobs that each write some of the files, in ``parallel`` in several processes; return what they return."""
        done = for_each([[job] for job in jobs], self._noting, parallel)
        for _, paths in done:
            self._written |= paths
        return [result for result, _ in done]

    def _noting(self, job: Callable[[], R]) -> tuple[R, set[str]]:
        """Do a job; return with its result which files it wrote or took over, as only its process knows."""
        before = self._written.copy()
        return job(), self._written - before

    def beside(self, name: str) -> Path:
        """Return a folder beside the one that is filled, for what making the next needs: it stays."""
        path = self._staging.with_name(f"{self._staging.name}-{name}")
        path.mkdir(exist_ok=True)
        return path

    def publish(self) -> None:
        """Remove what no longer belongs and put the folder in the place of the published one."""
        for path in set(_files(self._staging)) - self._written:
            (self._staging / path).unlink()
        _remove_empty_folders(self._staging)
        if self._staging == self._published:
            return
        if self._published.exists():
            _exchange(self._staging, self._published)
        else:
            self._staging.rename(self._published)


def _write_new(path: str, data: bytes) -> bool:
    """Write a file, unless something is there."""
    try:
        with open(path, "xb", buffering=0) as file:
            while data:  # once, or until the disk is full
                data = data[file.write(data) :]
    except FileExistsError:
        return False
    return True


def _files(folder: Path) -> Iterator[str]:
    for parent, _, names in os.walk(folder):
        relative = os.path.relpath(parent, folder).replace(os.sep, "/")
        for name in names:
            yield name if relative == "." else f"{relative}/{name}"


def _remove_empty_folders(folder: Path) -> None:
    for parent, _, _ in os.walk(folder, topdown=False):
        with suppress(OSError):  # it holds something
            Path(parent).rmdir()


def _make_good(staging: Path, published: Path) -> None:
    """Undo what a killed build left, and what somebody put there: only folders and files may lie there."""
    aside = _aside(staging)
    if aside.exists() and not published.exists():
        aside.rename(published)
    elif aside.exists():
        shutil.rmtree(aside)
    if staging.is_symlink() or staging.is_file():
        staging.unlink()
    elif staging.exists():
        _remove_links(str(staging))


def _remove_links(folder: str) -> None:
    """Remove links that somebody put into a folder: what is written would go where they lead."""
    for entry in list(os.scandir(folder)):
        if entry.is_symlink():
            os.unlink(entry.path)
        elif entry.is_dir():
            _remove_links(entry.path)


def _aside(staging: Path) -> Path:
    return staging.with_name(f"{staging.name}-aside")


def _exchange(one: Path, other: Path) -> None:
    """Swap two folders: in one step where the system can (Linux), else by three renames."""
    renameat2 = getattr(ctypes.CDLL(None), "renameat2", None) if os.name == "posix" else None
    if renameat2 and renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE) == 0:
        return
    aside = _aside(one)
    other.rename(aside)
    one.rename(other)
    aside.rename(one)
