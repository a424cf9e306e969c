"""What was drawn before, by what it was drawn from; safe to throw away."""

import hashlib
from pathlib import Path

from generator.records.route import Route

_HERE = Path(__file__).parent


class Keeper:
    """Keeps finished drawings in a folder, each under a hash of everything that it depends on."""

    def __init__(self, folder: Path, *inputs: bytes) -> None:
        """``inputs`` is what all drawings depend on, besides this code."""
        self._folder = folder
        code = [file.read_bytes() for file in sorted(_HERE.glob("*.py"))]
        self._common = hashlib.sha256(b"\0".join([*code, *inputs])).digest()

    def name(self, route: Route, *choices: str) -> str:
        """Return the name under which a drawing of a route is kept."""
        record = repr(route).encode()  # records are frozen and ordered: the same text for the same file
        return hashlib.sha256(b"\0".join([self._common, record, *map(str.encode, choices)])).hexdigest()[:40]

    def get(self, name: str) -> bytes | None:
        """Return what is kept under a name, if anything is."""
        try:
            return (self._folder / name).read_bytes()
        except OSError:
            return None

    def put(self, name: str, content: bytes) -> None:
        """Keep something; a process that stops halfway leaves nothing."""
        self._folder.mkdir(parents=True, exist_ok=True)
        part = self._folder / f"{name}.part"
        part.write_bytes(content)
        part.replace(self._folder / name)
