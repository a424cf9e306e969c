"""Values as they stand in a file: quoted where YAML would read them otherwise, long texts over several lines."""

import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from meedoenkaart.writing.fields import FieldHelp, fields_of

Values = Mapping[str, Any]
"""What is filled in of a record, by field: a text, a list of texts, the values of a part, or several of those."""
WIDTH = 100
_WHOLE_WORDS: Any = {"break_on_hyphens": False, "break_long_words": False}
_PLAIN = re.compile(r"[A-Za-zÀ-ÿ][\w '’&().,/+@%?=~-]*|https?://[\w./%?=&~+@:-]*[\w/]")
_WORDS_OF_YAML = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_NO_NUMBER = re.compile(r"\d{4}-\d{2}(?:-\d{2})?|\d{2}:\d{2}|\d{4} [A-Z]{2}|0\d{1,3} \d[\d ]*\d", re.ASCII)
"""A day, a time, a postcode, a phone number: what begins with a digit and is a text for every reader of YAML."""


def quoted(text: str) -> str:
    """Return a text as a scalar on one line that every reader of YAML takes for this text."""
    plain = _PLAIN.fullmatch(text) and text == text.strip() and text.casefold() not in _WORDS_OF_YAML
    return text if plain or _NO_NUMBER.fullmatch(text) else _in_quotes(text)


def _in_quotes(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def record_lines(cls: Any, values: Values, indent: str = "") -> Iterator[str]:
    """Yield the lines of a record with the fields that are filled in, in their canonical order."""
    for field in fields_of(cls):
        if field.name in values:
            yield from field_lines(field, values[field.name], indent)


def field_lines(field: FieldHelp, value: Any, indent: str) -> Iterator[str]:
    """Yield a field with its value: a text, a list of texts, a part, or parts as a list or by id."""
    name = f"{indent}{field.name}:"
    if field.record is None:
        yield from scalar_lines(name, value)
        return
    yield name
    if field.by_id:
        for id, part in value.items():
            yield f"{indent}  {id}:"
            yield from record_lines(field.record, part, f"{indent}    ")
    elif field.many:
        for item in value:
            yield from item_lines(field.record, item, f"{indent}  ")
    else:
        yield from record_lines(field.record, value, f"{indent}  ")


def item_lines(cls: Any, values: Values, indent: str) -> Iterator[str]:
    """Yield the lines of a record within a list."""
    first, *rest = record_lines(cls, values, f"{indent}  ")
    yield f"{indent}- {first.lstrip()}"
    yield from rest


def scalar_lines(name: str, value: Any) -> Iterator[str]:
    """Yield a field with its text or its list of texts."""
    if not isinstance(value, str):
        yield f"{name} [{', '.join(_in_list(one) for one in value)}]"
    elif len(name) + len(value) < WIDTH or not value.isprintable() or "  " in value:
        yield f"{name} {quoted(value)}"
    else:
        deeper = " " * (len(name) - len(name.lstrip(" -")) + 2)
        yield f"{name} >-"
        yield from textwrap.wrap(value, WIDTH, initial_indent=deeper, subsequent_indent=deeper, **_WHOLE_WORDS)


def _in_list(text: str) -> str:
    return _in_quotes(text) if re.search(r"[,\[\]{}]", text) else quoted(text)
