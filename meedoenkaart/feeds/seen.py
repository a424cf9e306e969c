"""What happened where git keeps no past: told from what earlier builds saw, in a file beside the catalogue.

Of the day of the newest build the file has how all files are, and how those that changed on that day were before it. So
a day tells once what became of it, however often somebody built.
"""

import datetime
import gzip
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import orjson
from pydantic import Field, TypeAdapter

from meedoenkaart.feeds.history import DAYS, FOLDERS, MOST, Happened, compared, in_order
from meedoenkaart.layers import PAST
from meedoenkaart.upkeep.revisions import FileChange

MOST_BYTES = 128 * 1024 * 1024
"""So much of it is read; ten times what 5,000 organisations take."""
_DAY = 24 * 60 * 60
Labels = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Past:
    """What builds saw."""

    version: Literal[1]
    day: Annotated[datetime.date, Field(ge=datetime.date(2000, 1, 1), le=datetime.date(9000, 1, 1))]
    """Of the newest build."""
    files: Mapping[str, str]
    """What all files are, by path."""
    before: Mapping[str, str | None]
    """What those were that changed on this day, before it; None: they were not there."""
    happened: tuple[Happened, ...]
    """On earlier days."""


_PAST = TypeAdapter(Past)


def look(root: Path, today: datetime.date, labels: Labels) -> tuple[list[Happened], Past]:
    """Return what happened in the last year as far as builds saw it, the newest first, and what to keep of it.

    What was kept and can't be used counts as nothing: then nobody knows what is new.
    """
    files = _files(root)
    past = _read(root / PAST)
    if past is None:
        return [], Past(1, today, files, {}, ())
    day = max(today, past.day)  # a clock may jump
    known = past.files if day > past.day else {**past.files, **past.before}
    before = {path: known.get(path) for path in {**known, **files} if known.get(path) != files.get(path)}
    earlier = list(past.happened)
    if day > past.day:
        earlier += _told(past.day, past.before, past.files, labels)
    found = [*earlier, *_told(day, before, files, labels)]
    for told in (earlier, found):
        in_order(told)
        told[:] = [one for one in told if one.when > _moment(day) - DAYS * _DAY][:MOST]
    return found, Past(1, day, files, before, tuple(earlier))


def keep(root: Path, past: Past) -> None:
    """Write down what builds saw."""
    data = gzip.compress(orjson.dumps(past, option=orjson.OPT_SORT_KEYS), 1, mtime=0)
    path = root / PAST
    with suppress(OSError):
        if path.read_bytes() == data:
            return
    aside = path.with_suffix(".new")
    aside.write_bytes(data)
    aside.replace(path)


def _read(path: Path) -> Past | None:
    if path.is_symlink() or not path.is_file():
        return None
    try:
        with gzip.open(path) as file:
            data = file.read(MOST_BYTES + 1)
        return _PAST.validate_json(data) if len(data) <= MOST_BYTES else None
    except (OSError, EOFError, zlib.error, ValueError):
        return None


def _files(root: Path) -> dict[str, str]:
    """Return what feeds tell of, by path below the root."""
    found = sorted(path for folder in FOLDERS for path in (root / folder).rglob("*.yml") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in found if not path.is_symlink()}


def _told(
    day: datetime.date, before: Mapping[str, str | None], after: Mapping[str, str], labels: Labels
) -> Iterator[Happened]:
    """Yield what happened on a day to files that changed on it."""
    texts: dict[str, bytes] = {}

    def id_of(when: str, path: str, text: str | None) -> str:
        if text is None:
            return ""
        texts[f"{when} {path}"] = text.encode()
        return f"{when} {path}"

    changes = [
        FileChange(str(day), _moment(day), id_of("before", path, was), id_of("after", path, after.get(path)), path)
        for path, was in sorted(before.items())
    ]
    return compared(changes, texts, labels)


def _moment(day: datetime.date) -> int:
    return int(datetime.datetime.combine(day, datetime.time(), datetime.UTC).timestamp())
