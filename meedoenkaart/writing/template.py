"""A new file for a contributor: every field explained, the optional ones ready to be uncommented."""

import re
import textwrap
from collections.abc import Iterator, Set
from pathlib import Path
from typing import Any

from meedoenkaart.geography.areas import NATIONWIDE
from meedoenkaart.reading.documents import COLLECTIONS
from meedoenkaart.texts import fold, texts
from meedoenkaart.writing.fields import FieldHelp, fields_of, label_of
from meedoenkaart.writing.values import WIDTH, Values, scalar_lines

KINDS = {"organisation": "organisations", "reception": "reception", "municipality": "municipalities", "route": "routes"}
"""Collections by the name that the command line uses."""


class NotPossibleError(Exception):
    """The file can't be made; the message says why, in English, as the command line speaks."""


def write_new(root: Path, kind: str, name: str, municipality: str | None, values: Values | None = None) -> Path:
    """Write the template of a new record, with what is known of it filled in, and return its path.

    Raises ``NotPossibleError``; nothing is overwritten.
    """
    collection = next(one for one in COLLECTIONS if one.name == KINDS[kind])
    folder = root / collection.folder
    known = sorted(path.stem for path in (root / "catalogue/municipalities").glob("*.yml"))
    folders = [*known, NATIONWIDE] if collection.per_municipality else known
    if municipality not in folders and (municipality is not None or collection.per_municipality):
        raise NotPossibleError(f"give --municipality, one of: {', '.join(folders)}")
    if municipality and collection.per_municipality:
        folder = folder / municipality
    if kind == "route" and slug_of(name) not in known:
        raise NotPossibleError(f"a route has the name of its municipality, one of: {', '.join(known)}")
    name, slug = name.strip(), slug_of(name)
    if not slug or not name.isprintable():
        raise NotPossibleError(f"{name!r} can't be the name of a file: it takes letters or digits, on one line")
    file = folder / f"{slug}.yml"
    up = "../" * file.relative_to(root).as_posix().count("/")
    known_values: dict[str, Any] = dict(values or {}) if kind == "route" else {**(values or {}), "name": name}
    if municipality and kind == "reception":
        known_values["municipality"] = municipality
    lines = [f"# yaml-language-server: $schema={up}schemas/{kind}.json", *_comment(label_of(collection.record)[1])]
    spared = {"address"} if municipality == NATIONWIDE else frozenset[str]()
    lines += ["", *_fields(collection.record, known_values, spared)]
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with file.open("x", encoding="utf-8") as stream:
            stream.write("\n".join(lines).rstrip("\n") + "\n")
    except FileExistsError:
        raise NotPossibleError(f"{file.relative_to(root).as_posix()} exists already") from None
    return file


def slug_of(name: str) -> str:
    """Return a name as a part of an address: ``Café 't Hoekje`` gives ``cafe-t-hoekje``."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:80].rstrip("-")


def _fields(cls: Any, values: Values, spared: Set[str]) -> Iterator[str]:
    """Yield a record's fields with their help: required ones open, optional and spared ones commented out.

    What is filled in is open too.
    """
    if "confirmation" not in values:
        values = {"sources": {}, **values}  # one of the two is needed
    for field in fields_of(cls):
        yield from _comment(f"{field.label}. {field.help}")
        value = values.get(field.name)
        yield from _field(field, "", value, commented=0 if field.name in spared and value is None else None)
        yield ""


def _field(
    field: FieldHelp, indent: str, value: Any, commented: int | None, first_of_item: bool = False
) -> Iterator[str]:
    """Yield the lines of a field and of the fields within.

    ``value`` is a text, a list of texts, or the values of the part within; of a list of parts the first item.
    ``commented`` is the column at which a commented-out part begins; None while the part is open. The first field of an
    item of a list has the dash of the item before it.
    """
    if commented is None and not field.required and value is None:
        commented = len(indent)
    line = f"{indent[:-2]}- {field.name}:" if first_of_item else f"{indent}{field.name}:"
    if field.record is None:
        if value is not None:
            yield from scalar_lines(line, value)
            return
        example = field.example or next(iter(field.choices), "…")
        shown = f" # {texts('cli')['example']} {example}" if commented is None else f" {example}"
        yield _commented_out(line + shown, commented)
        return
    yield _commented_out(line, commented)
    inside = indent + "  "
    if field.by_id:
        yield _commented_out(f"{inside}{texts('cli')['new-id']}:", commented)
    if field.by_id or field.many:
        inside += "  "
    known: Values = value or {}
    for number, inner in enumerate(sorted(fields_of(field.record), key=lambda one: not one.required)):
        first = field.many and number == 0
        yield from _field(inner, inside, known.get(inner.name), commented, first_of_item=first)


def _commented_out(line: str, column: int | None) -> str:
    return line if column is None else f"{line[:column]}# {line[column:]}"


def _comment(text: str) -> list[str]:
    return [f"# {line}" for line in textwrap.wrap(text, WIDTH - 2)]
