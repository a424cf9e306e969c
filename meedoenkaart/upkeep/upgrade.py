"""A region's files, brought up to this version of the program, and what its people have to know of what changed.

What is written: records of an earlier layout, the version that the region names, and what ``meedoenkaart schema`` made.
All else is the region's own: it is told where the program's has changed. The version moves last, and only when no
record is left to do by hand, so that a run that was broken off can be repeated.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from meedoenkaart.layers import BASE, OVERRIDES, PACKAGE
from meedoenkaart.reading.yaml_text import parse, unix_lines
from meedoenkaart.tables import rows
from meedoenkaart.upkeep.migrate import Migrated, migrate
from meedoenkaart.versions import PINNED, PROGRAM, Version, changes, moved, parsed, pinned, pins, shown
from meedoenkaart.writing.issue_forms import WRITTEN_BY, issue_forms
from meedoenkaart.writing.schema import schemas
from meedoenkaart.writing.sentences import gone

WORKFLOWS = ".github/workflows"
LAID_UNDER: Mapping[str, Path] = {OVERRIDES: PACKAGE / "theme", "docs": BASE / "docs"}
"""Folders of a region whose files take the place of the program's."""
ORIGINALS = "originals.tsv"
"""In which version each of those files changed last, as of the last release; see ``tools/release.py``."""
_CALL = re.compile(
    r"(?P<call>\buses:[ \t]*[\"']?[\w.-]+/[\w.-]+/\.github/workflows/region-[a-z-]+\.yml@)(?P<pin>[^\s\"']+)"
)
_RELEASE = re.compile(r"v\d+\.\d+\.\d+")


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What an upgrade did, and what it has to tell."""

    was: Version
    """The version that the region was of; today's where it names none."""
    records: tuple[Migrated, ...]
    pins: tuple[str, ...]
    """Files whose version moved, or would if nothing were left to do."""
    made: tuple[str, ...]
    """Files that were made again."""
    left: tuple[tuple[str, str], ...]
    """Files that stay as they are, and why: a word of ``why`` in ``upgrade.yml``."""
    changes: tuple[Mapping[str, Any], ...]
    """What changed in what all regions share."""
    concerns: tuple[tuple[str, tuple[str, ...]], ...]
    """The region's own files that are about something that changed, and which parts of them; none: the whole."""
    gone: tuple[str, ...]
    """Sentences that the region says otherwise and that the site no longer has."""

    @property
    def is_undecided(self) -> bool:
        """Whether records of an earlier layout are left, so that the region is not yet of this version."""
        return any(one.undecided for one in self.records)

    @property
    def is_left(self) -> bool:
        """Whether anything is left to do by hand."""
        return self.is_undecided or bool(self.left)


def upgrade(root: Path, write: bool) -> Upgraded:
    """Bring the region at ``root`` up to this version; with ``write`` false only tell."""
    pin = pinned(root)
    was = pin.version if pin else PROGRAM
    records = tuple(migrate(root, [], write))
    told = tuple(changes(was))
    wanted, left = _made_again(root) if was < PROGRAM else ({}, [])
    made = tuple(file for file, text in wanted.items() if _differs(root / file, text))
    numbers, strange = _moved(root)
    left += strange
    if write:
        for file in made:
            _write(root / file, wanted[file])
        if not any(one.undecided for one in records):
            for file, text in numbers.items():
                _write(root / file, text)
    concerns = (*_own_parts(root, told), *_own_files(root, was)) if was < PROGRAM else ()
    sentences = tuple(gone(root)) if was < PROGRAM else ()
    return Upgraded(was, records, tuple(numbers), made, tuple(left), told, concerns, sentences)


def digest(file: Path) -> str:
    """Return a digest of a file that is the same on every system."""
    return hashlib.blake2b(unix_lines(file.read_text("utf-8")).encode(), digest_size=8).hexdigest()


def digest_of_values(file: Path) -> str:
    """Return a digest of what a YAML file says, whatever its comments and layout."""
    said, _ = parse(file.read_bytes(), file.name)
    return hashlib.blake2b(json.dumps(said, sort_keys=True).encode(), digest_size=8).hexdigest()


def originals() -> Iterator[tuple[str, Path]]:
    """Yield each file that a region may have in its own place, by the path that it has there."""
    for folder, below in LAID_UNDER.items():
        for file in sorted(below.rglob("*")):
            if file.suffix in {".html", ".yml", ".svg", ".css", ".md"}:
                yield f"{folder}/{file.relative_to(below).as_posix()}", file


def _moved(root: Path) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Return the files that name a version, with today's, and those that name it in a way that is not ours."""
    found, strange = {}, []
    text, version = pins(root), shown(PROGRAM)
    if pinned(root):
        if (new := moved(text, version)) != text:
            found[PINNED] = new
    elif re.search(r"^\s*meedoenkaart\b", text, re.MULTILINE | re.IGNORECASE):
        strange.append((PINNED, "no-pin"))
    for file in sorted((root / WORKFLOWS).glob("*.y*ml")):
        name = f"{WORKFLOWS}/{file.name}"
        if file.is_symlink() or not file.is_file():
            strange.append((name, "not-a-file"))
            continue
        text = file.read_bytes().decode("utf-8", "surrogateescape")
        new = _CALL.sub(lambda one: f"{one['call']}v{version}" if _RELEASE.fullmatch(one["pin"]) else one[0], text)
        if new != text:
            found[name] = new
        if any(not _RELEASE.fullmatch(one["pin"]) for one in _CALL.finditer(text)):
            strange.append((name, "other-pin"))
    return found, strange


def _made_again(root: Path) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Return what ``meedoenkaart schema`` would make of what it made before, and what is no longer its own."""
    wanted, own = {}, []
    for file, text in (*schemas(root).items(), *issue_forms(root).items()):
        path = root / file
        if not path.is_file() or path.is_symlink():
            continue
        if path.suffix == ".yml" and not path.read_text("utf-8", "replace").startswith(WRITTEN_BY):
            own.append((file, "own-form"))
        else:
            wanted[file] = text
    return wanted, own


def _own_parts(root: Path, told: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the files in which the region says something itself that changed in what all share."""
    parts: dict[str, list[str]] = {}
    for one in told:
        parts.setdefault(one["file"], []).extend(one.get("names", [""]))
    for file, names in parts.items():
        if not (root / file).is_file():
            continue
        own, _ = parse((root / file).read_bytes(), file)
        if "" in names:
            yield file, ()
        elif found := tuple(name for name in dict.fromkeys(names) if _has(own, name.split("."))):
            yield file, found


def _has(values: Any, way: list[str]) -> bool:
    for name in way:
        if not isinstance(values, dict) or name not in values:
            return False
        values = values[name]
    return True


def _own_files(root: Path, was: Version) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the region's files whose originals changed since a version."""
    known = {name: (parsed(version), kept) for name, version, kept in rows("meedoenkaart.upkeep", ORIGINALS)}
    for name, original in originals():
        if (root / name).is_file():
            version, kept = known.get(name, (was, ""))
            if version > was or digest(original) != kept:
                yield name, ()


def _differs(file: Path, text: str) -> bool:
    return file.read_bytes() != text.encode("utf-8", "surrogateescape")


def _write(file: Path, text: str) -> None:
    """Write a file whole or not at all."""
    aside = file.with_name(f".{file.name}.new")
    aside.write_bytes(text.encode("utf-8", "surrogateescape"))
    aside.chmod(file.stat().st_mode)
    aside.replace(file)
