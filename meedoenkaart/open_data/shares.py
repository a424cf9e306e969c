"""What single organisations add to the files that tell of all: kept on the disk, from one build to the next."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from shutil import rmtree
from typing import NamedTuple

from meedoenkaart.open_data.spreadsheets import Cell, csv_bytes

_PIECE = 64 * 1024


class Shares:
    """What some organisations add: lines of JSON, and rows of tables, by what they are called."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.lines: defaultdict[str, list[bytes]] = defaultdict(list)
        self.rows: defaultdict[str, list[Sequence[Cell]]] = defaultdict(list)

    def write(self, folder: Path) -> None:
        """Lay them down in a new folder, which is there with all of them or not at all."""
        aside = folder.with_suffix(".new")
        rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
        for name, lines in self.lines.items():
            (aside / f"{name}.lines").write_bytes(b"\n".join((*lines, b"")))
        for name, rows in self.rows.items():
            (aside / f"{name}.rows").write_bytes(b"".join(csv_bytes(rows)))
        aside.rename(folder)


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
