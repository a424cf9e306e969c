"""What the open data are made for, and a file of them before it is made."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha1
from tempfile import TemporaryFile
from typing import IO, Any, NamedTuple, TypeVar
from uuid import UUID

T = TypeVar("T")
ROOT = "api/v1/"
"""Where the open data lie, from the site's root; another version would lie beside it."""
AT_A_TIME = 100
"""Records on a page of a list, so that no page grows with the catalogue."""
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_NAMESPACE = UUID("d0ad7850-d6fc-5767-80ba-24b6ef0544a9").bytes
"""The namespace of all identifiers, made of the first address of the site: it stays when the site moves."""
_VARIANT = "89ab"
_JSON = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class About:
    """What the site is called and where it is published."""

    name: str
    url: str
    """Ending in a slash."""
    repository: str
    region: str
    """What the site is about, in words."""

    @property
    def attribution(self) -> str:
        """How to name the source."""
        return f"{self.name}, {self.url}, CC BY 4.0"

    @property
    def rights(self) -> dict[str, str]:
        """What every file says of its use."""
        return {"licence": LICENCE, "attribution": self.attribution}

    def address(self, path: str) -> str:
        """Return the web address of one of our files or pages."""
        return self.url + path


class File(NamedTuple):
    """A file of the open data."""

    path: str
    """From the site's root."""
    made_of: str
    """A digest of all that it is made of, but for the program: where that is the same, the file is."""
    make: Callable[[], Iterable[bytes]]
    """Makes its content, piece by piece."""


_PIECE = 64 * 1024
_PIECES = 2 * AT_A_TIME + 10
"""So many pieces of a list are put together: a page of it is one."""
Digest = Callable[..., str]
"""Returns what some values come to, as a short text."""


@lru_cache(4096)
def uuid_of(name: str) -> str:
    """Return the identifier (UUID, version 5) of what has this address on the site: the same for ever."""
    made = sha1(_NAMESPACE + name.encode(), usedforsecurity=False).hexdigest()
    return f"{made[:8]}-{made[8:12]}-5{made[13:16]}-{_VARIANT[int(made[16], 16) & 3]}{made[17:20]}-{made[20:32]}"


def json_bytes(value: object) -> bytes:
    """Return a value as JSON in one line."""
    return _JSON(value).encode() + b"\n"


def line(value: object) -> bytes:
    """Return a value as JSON, to stand among others."""
    return _JSON(value).encode()


def in_pages(things: Sequence[T]) -> Iterator[tuple[int, int, Sequence[T]]]:
    """Yield the number of each page of a list, how many pages there are, and what is on it; at least one page."""
    pages = max(1, -(-len(things) // AT_A_TIME))
    for number in range(1, pages + 1):
        yield number, pages, things[(number - 1) * AT_A_TIME : number * AT_A_TIME]


def streamed(head: Mapping[str, Any], name: str, items: Iterable[bytes]) -> Iterator[bytes]:
    """Yield a JSON object that ends with a list of items, each on its own line, some dozens at a time."""
    pieces = [line(head)[:-1] + b',"' + name.encode() + b'":[']
    between = b"\n"
    for item in items:
        pieces += [between, item]
        between = b",\n"
        if len(pieces) > _PIECES:
            yield b"".join(pieces)
            pieces.clear()
    pieces.append(b"\n]}\n")
    yield b"".join(pieces)


def pieces(file: IO[bytes]) -> Iterator[bytes]:
    """Yield what a file holds, from its beginning."""
    file.seek(0)
    while piece := file.read(_PIECE):
        yield piece


def remembered(make: Callable[[], Iterable[bytes]]) -> Callable[[], Iterator[bytes]]:
    """Return what makes the same bytes; from the second time on they come from the disk."""
    kept: list[IO[bytes]] = []

    def content() -> Iterator[bytes]:
        if kept:
            yield from pieces(kept[0])
            return
        file = TemporaryFile()  # noqa: SIM115  # it goes with what remembers it
        for piece in make():
            file.write(piece)
            yield piece
        kept.append(file)

    return content
