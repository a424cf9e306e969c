"""A new file for a contributor: every field explained, the optional ones ready to be uncommented."""

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator.reading.documents import COLLECTIONS
from generator.texts import fold, texts
from generator.writing.fields import FieldHelp, fields_of, label_of

KINDS = {"organisation": "organisations", "reception": "reception", "municipality": "municipalities"}
"""Collections by the name that the command line uses."""
WIDTH = 100


class NotPossible(Exception):
    """The file can't be made; the message says why, in English, as the command line speaks."""


def write_new(root: Path, kind: str, name: str, municipality: str | None) -> Path:
    """Write the template of a new record and return its path. Raises ``NotPossible``; nothing is overwritten."""
    collection = next(one for one in COLLECTIONS if one.name == KINDS[kind])
    folder = root / collection.folder
    if collection.per_municipality:
        if not municipality or not (root / f"catalogue/municipalities/{municipality}.yml").is_file():
            known = sorted(path.stem for path in (root / "catalogue/municipalities").glob("*.yml"))
            raise NotPossible(f"give --municipality, one of: {', '.join(known)}")
        folder = folder / municipality
    slug = slug_of(name)
    if not slug:
        raise NotPossible(f"{name!r} has no letters or digits to name the file by")
    file = folder / f"{slug}.yml"
    if file.exists():
        raise NotPossible(f"{file.relative_to(root).as_posix()} exists already")
    up = "../" * file.relative_to(root).as_posix().count("/")
    known_values = {"name": _quoted(name)} | ({"municipality": municipality} if municipality and kind == "reception" else {})
    lines = [f"# yaml-language-server: $schema={up}schemas/{kind}.json", *_comment(label_of(collection.record)[1])]
    lines += ["", *_fields(collection.record, known_values)]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file


def slug_of(name: str) -> str:
    """Return a name as a part of an address: ``Café 't Hoekje`` gives ``cafe-t-hoekje``."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:80]


def _fields(cls: Any, values: dict[str, str]) -> Iterator[str]:
    """Yield the lines of a record's fields: required ones open, optional ones commented out."""
    for field in fields_of(cls):
        yield from _comment(f"{field.label}. {field.help}")
        lines = list(_field(field, values.get(field.name)))
        yield from lines if field.required or field.name in values else (f"# {line}" for line in lines)
        yield ""


def _field(field: FieldHelp, value: str | None) -> Iterator[str]:
    if value:
        yield f"{field.name}: {value}"
    elif field.record is None:
        example = field.example or (field.choices[0] if field.choices else "…")
        yield f"{field.name}: {example}"
    else:
        yield f"{field.name}:"
        inner = [line for line in _fields_within(field.record)]
        for number, line in enumerate(inner):
            prefix = ("  - " if number == 0 else "    ") if field.many else "  "
            yield f"{prefix}{line}"


def _fields_within(cls: Any) -> Iterator[str]:
    """Yield a nested record's fields without the blank lines and long help: first the required ones."""
    for field in sorted(fields_of(cls), key=lambda one: not one.required):
        lines = list(_field(field, None)) if field.record is None or field.required else [f"{field.name}: …"]
        if field.required:
            yield from lines
        elif field.record is None:
            yield from (f"# {line}" for line in lines)


def _comment(text: str) -> list[str]:
    return [f"# {line}" for line in textwrap.wrap(text, WIDTH - 2)]


def _quoted(name: str) -> str:
    plain = re.fullmatch(r"[A-Za-zÀ-ÿ0-9][\w '’&().,/-]*", name) and ": " not in name
    return name if plain else '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
