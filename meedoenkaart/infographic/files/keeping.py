"""What was drawn before, by what it was drawn from; safe to throw away."""

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from meedoenkaart.records.route import Route

_CODE = Path(__file__).parents[1]
MOST_KEPT = 500_000_000
"""Bytes; a route takes half a million of them with all its files."""


class Keeper:
    """Keeps finished drawings in a folder, each under a hash of everything that it depends on.

    What was used longest ago is dropped at the start, when there is more than ``most`` bytes.
    """

    def __init__(self, folder: Path, *inputs: bytes, most: int = MOST_KEPT) -> None:
        """``inputs`` is what all drawings depend on, besides this code."""
        self._folder = folder
        self._drop(most)
        code = [file.read_bytes() for file in sorted(_CODE.rglob("*.py"))]
        self._common = hashlib.sha256(b"\0".join([*code, *inputs])).digest()

    def name(self, route: Route, *choices: str) -> str:
        """Return the name under which a drawing of a route is kept."""
        record = repr(route).encode()  # records are frozen and ordered: the same text for the same file
        return hashlib.sha256(b"\0".join([self._common, record, *map(str.encode, choices)])).hexdigest()[:40]

    def get(self, name: str) -> bytes | None:
        """Return what is kept under a name, if anything is."""
        file = self._folder / name
        try:
            os.utime(file)  # used now
            return file.read_bytes()
        except OSError:
            return None

    def put(self, name: str, content: bytes) -> None:
        """Keep something; a process that stops halfway leaves nothing."""
        self._folder.mkdir(parents=True, exist_ok=True)
        part = self._folder / f"{name}.{os.getpid()}.part"  # another process may draw the same
        part.write_bytes(content)
        part.replace(self._folder / name)

    def _drop(self, most: int) -> None:
        """Keep the files that were used last, ``most`` bytes of them."""
        kept: list[tuple[int, int, Path]] = []
        for file in self._folder.glob("*"):
            with suppress(FileNotFoundError):  # another build may do the same
                kept.append((file.stat().st_mtime_ns, file.stat().st_size, file))
        for _, size, file in sorted(kept, reverse=True):
            most -= size
            if most < 0:
                file.unlink(missing_ok=True)
