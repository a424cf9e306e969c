"""What single organisations add to the files that tell of all: kept on the disk until each of these is put together."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from meedoenkaart.open_data.spreadsheets import Cell, csv_bytes

_PIECE = 64 * 1024


class Shares:
    """What some organisations add: lines of JSON, and rows of tables, by what they are called."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.lines: defaultdict[str, list[bytes]] = defaultdict(list)
        self.rows: defaultdict[str, list[Sequence[Cell]]] = defaultdict(list)

    def write(self, folder: Path, number: int) -> None:
        """Lay them down; ``number`` says after which others these come."""
        for name, lines in self.lines.items():
            _place(folder, name, number, "lines").write_bytes(b"\n".join((*lines, b"")))
        for name, rows in self.rows.items():
            _place(folder, name, number, "rows").write_bytes(b"".join(csv_bytes(rows)))


class Shared(NamedTuple):
    """What all organisations added."""

    folder: Path
    times: int
    """How often something was laid down."""

    def lines(self, name: str) -> Iterator[bytes]:
        """Yield lines of JSON."""
        for path in self._files(name, "lines"):
            with path.open("rb") as file:
                yield from (line[:-1] for line in file)

    def rows(self, name: str) -> Iterator[bytes]:
        """Yield the rows of a table, as CSV in pieces."""
        for path in self._files(name, "rows"):
            with path.open("rb") as file:
                while piece := file.read(_PIECE):
                    yield piece

    def _files(self, name: str, what: str) -> Iterator[Path]:
        return filter(Path.exists, (_place(self.folder, name, number, what) for number in range(self.times)))


def _place(folder: Path, name: str, number: int, what: str) -> Path:
    return folder / f"{name}-{number}.{what}"
