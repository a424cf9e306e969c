"""What the open data are made for, and how their files are made."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha1
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

import orjson

from meedoenkaart.open_data.plain import plain

ROOT = "api/v1/"
"""Where the open data lie, from the site's root; another version would lie beside it."""
AT_A_TIME = 100
"""Records on a page of a list, so that no page grows with the catalogue."""
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_NAMESPACE = UUID("d0ad7850-d6fc-5767-80ba-24b6ef0544a9").bytes
"""The namespace of all identifiers, made of the first address of the site: it stays when the site moves."""
_VARIANT = "89ab"


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
    content: Iterable[bytes]
    """Its content, piece by piece."""


Head = Callable[[int, int, int], Mapping[str, Any]]
"""Tells what a page of a list says of itself, by its number, how many pages there are, and how much is on it."""
_PIECES = 100
"""So many pieces of a list are put together."""


@lru_cache(4096)
def uuid_of(name: str) -> str:
    """Return the identifier (UUID, version 5) of what has this address on the site: the same for ever."""
    made = sha1(_NAMESPACE + name.encode(), usedforsecurity=False).hexdigest()
    return f"{made[:8]}-{made[8:12]}-5{made[13:16]}-{_VARIANT[int(made[16], 16) & 3]}{made[17:20]}-{made[20:32]}"


def line(value: object) -> bytes:
    """Return a value, in which records may stand, as JSON in one line."""
    return orjson.dumps(value, plain, orjson.OPT_PASSTHROUGH_DATACLASS)


def json_file(path: str, value: object) -> File:
    """Return a file that holds a value as JSON."""
    return File(path, (line(value), b"\n"))


def list_in_pages(folder: str, total: int, head: Head, name: str, items: Iterable[bytes]) -> Iterator[File]:
    """Yield the pages of a list, at least one, with its items under a name."""
    pages = max(1, -(-total // AT_A_TIME))
    left = iter(items)
    for number in range(1, pages + 1):
        here = list(islice(left, AT_A_TIME))
        yield File(f"{folder}page/{number}.json", streamed(head(number, pages, len(here)), name, here))


def streamed(head: Mapping[str, Any], name: str, items: Iterable[bytes]) -> Iterator[bytes]:
    """Yield a JSON object that ends with a list of items, each on its own line, some dozens at a time."""
    left = iter(items)
    yield line(head)[:-1] + b',"' + name.encode() + b'":['
    between = b"\n"
    while here := list(islice(left, _PIECES)):
        yield between + b",\n".join(here)
        between = b",\n"
    yield b"\n]}\n"
