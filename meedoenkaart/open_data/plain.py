"""Records as plain values for JSON, and the JSON Schema of what comes of each class of them."""

import datetime
import types
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from meedoenkaart.records.scalars import Text
from meedoenkaart.texts import texts

_LEFT_OUT = frozenset({str, tuple, list, dict})
"""What is left out when it is empty: nothing is known then."""


def plain(value: Any) -> Any:
    """Return what JSON has in the place of a record: fields about which nothing is known are left out."""
    kind: type = type(value)
    if kind is Text:
        return {"nl": value.nl, **dict(value.others)}
    if isinstance(value, Mapping):
        return dict(value)
    told = {}
    for name in names_of(kind):
        one = getattr(value, name)
        if one or (one is not None and type(one) not in _LEFT_OUT):
            told[name] = one
    return told


@cache
def names_of(kind: type) -> tuple[str, ...]:
    """Return the names of the fields of a class of records."""
    return tuple(field.name for field in fields(kind))


def schema_of(cls: Any, parts: dict[str, Any]) -> dict[str, Any]:
    """Return the JSON Schema of what ``plain`` makes of a class; the classes within it are added to ``parts``."""
    if cls.__name__ not in parts:
        parts[cls.__name__] = {}
        hints = get_type_hints(cls, include_extras=True)
        said = {**texts("fields").get(cls.__name__, {}), **texts("open-data")["fields"].get(cls.__name__, {})}
        properties = {}
        for field in fields(cls):
            properties[field.name] = _schema(hints[field.name], parts)
            help = said.get(field.name)
            if help:
                properties[field.name] |= {"description": help if isinstance(help, str) else help["help"]}
        needed = [field.name for field in fields(cls) if _is_always_there(field, hints[field.name])]
        parts[cls.__name__] = {"type": "object", "properties": properties}
        if needed:
            parts[cls.__name__]["required"] = needed
    return {"$ref": f"#/$defs/{cls.__name__}"}


def _is_always_there(field: Any, hint: Any) -> bool:
    """Say whether a field is there whatever is known; one that may be empty is left out then."""
    may_lack = any(get_origin(part) in (tuple, dict) or type(None) in get_args(part) for part in _parts(hint))
    return not may_lack and field.default is MISSING and field.default_factory is MISSING


def _parts(hint: Any) -> Iterator[Any]:
    yield hint
    if get_origin(hint) is Annotated:
        yield from _parts(get_args(hint)[0])


def _schema(hint: Any, parts: dict[str, Any]) -> dict[str, Any]:
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _schema(inner[0], parts)
    if origin is Literal:
        return {"type": "string", "enum": list(inner)}
    if origin in (Union, types.UnionType):
        [only] = [one for one in inner if one is not type(None)]
        return _schema(only, parts)
    if origin is tuple:
        if len(inner) == 2 and inner[1] is ...:
            return {"type": "array", "items": _schema(inner[0], parts)}
        return {"type": "array", "items": _schema(inner[0], parts), "minItems": len(inner), "maxItems": len(inner)}
    if origin in (dict, Mapping):
        return {"type": "object", "additionalProperties": _schema(inner[1], parts)}
    if hint is Text:
        parts["Text"] = {
            "type": "object",
            "description": texts("open-data")["text"],
            "properties": {"nl": {"type": "string"}},
            "required": ["nl"],
            "additionalProperties": {"type": "string"},
        }
        return {"$ref": "#/$defs/Text"}
    if is_dataclass(hint):
        return schema_of(hint, parts)
    return dict(_SIMPLE[hint])


_SIMPLE: Mapping[Any, Mapping[str, str]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    datetime.date: {"type": "string", "format": "date"},
}
"""The schema of each class of single values."""
