"""What single organisations add to the files that tell of all: kept on the disk, from one build to the next."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from shutil import rmtree
from typing import NamedTuple

from meedoenkaart.open_data.spreadsheets import Cell, csv_bytes

_PIECE = 64 * 1024
_WHOLE = "sizes"
"""Tells how large all other files of a folder are."""


class Shares:
    """What some organisations add: lines of JSON, and rows of tables, by what they are called."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.lines: defaultdict[str, list[bytes]] = defaultdict(list)
        self.rows: defaultdict[str, list[Sequence[Cell]]] = defaultdict(list)

    def write(self, folder: Path) -> None:
        """Lay them down in a new folder, which is there with all of them or not at all."""
        aside = folder.with_suffix(".new")
        for old in (aside, folder):
            rmtree(old, ignore_errors=True)
        aside.mkdir(parents=True)
        for name, lines in self.lines.items():
            (aside / f"{name}.lines").write_bytes(b"\n".join((*lines, b"")))
        for name, rows in self.rows.items():
            (aside / f"{name}.rows").write_bytes(b"".join(csv_bytes(rows)))
        (aside / _WHOLE).write_text(_sizes(aside), "utf-8")
        aside.rename(folder)


def are_whole(folder: Path) -> bool:
    """Say whether all that was laid down in a folder is there: a disk may lose some of it."""
    try:
        return (folder / _WHOLE).read_text("utf-8") == _sizes(folder)
    except (OSError, ValueError):
        return False


def _sizes(folder: Path) -> str:
    return "".join(f"{one.name} {one.stat().st_size}\n" for one in sorted(folder.glob("*.*")))


class Shared(NamedTuple):
    """What all organisations added."""

    folders: Sequence[Path]
    """Where it was laid down, in the order of the organisations."""

    def lines(self, name: str) -> Iterator[bytes]:
        """Yield lines of JSON."""
        for path in self._files(f"{name}.lines"):
            with path.open("rb") as file:
                yield from (line[:-1] for line in file)

    def rows(self, name: str) -> Iterator[bytes]:
        """Yield the rows of a table, as CSV in pieces."""
        for path in self._files(f"{name}.rows"):
            with path.open("rb") as file:
                while piece := file.read(_PIECE):
                    yield piece

    def _files(self, name: str) -> Iterator[Path]:
        return filter(Path.exists, (folder / name for folder in self.folders))
