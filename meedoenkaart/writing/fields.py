"""The fields of a record as a contributor sees them: one description, used by schema, reference and template."""

import types
from collections.abc import Iterator, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic.fields import FieldInfo

from meedoenkaart.records.record import Expected, Refers
from meedoenkaart.records.scalars import Shape
from meedoenkaart.texts import texts


@dataclass(frozen=True, slots=True)
class FieldHelp:
    """What a contributor needs to know of a field."""

    name: str
    """The key in the file."""
    label: str
    help: str
    example: str | None
    """An example value, as it stands in a file."""
    required: bool
    """Whether a contributor has to fill it in; a few files may lack what the schema lets them lack."""
    many: bool
    """Whether it holds a list."""
    by_id: bool
    """Whether it holds a mapping of id to value."""
    most: int
    """How many it holds, at most; 0: the record sets no limit."""
    choices: tuple[str, ...]
    """The fixed values, if the field has them."""
    refers_to: str
    """A facet or collection whose ids are the values; empty when there is none."""
    record: Any
    """The record class within, or None."""
    shape: Shape | None
    """How its value is checked, when it is a scalar."""


@cache
def fields_of(cls: Any) -> tuple[FieldHelp, ...]:
    """Return the fields of a record class in their canonical order."""
    hints = get_type_hints(cls, include_extras=True)
    described = texts("fields")[cls.__name__]
    return tuple(_help(field, hints[field.name], described[field.name]) for field in fields(cls))


def in_first_items(cls: Any, names: Sequence[str]) -> tuple[str | int, ...]:
    """Return the path of a field, by names without indexes, in the first item of each list of records on its way."""
    name, *rest = names
    field = next(one for one in fields_of(cls) if one.name == name)
    if not rest:
        return (name,)
    return (name, *((0,) if field.many else ()), *in_first_items(field.record, rest))


def label_of(cls: Any) -> tuple[str, str]:
    """Return what a record class is called and what it is."""
    own = texts("fields")[cls.__name__]["_"]
    return own["label"], own["help"]


def records_within(cls: Any) -> Iterator[Any]:
    """Yield a record class and those of its fields, each once, in reading order."""
    seen: list[Any] = []

    def visit(one: Any) -> None:
        if one not in seen:
            seen.append(one)
            for field in fields_of(one):
                if field.record:
                    visit(field.record)

    visit(cls)
    yield from seen


def _help(field: Any, hint: Any, described: dict[str, str]) -> FieldHelp:
    parts = list(_parts(hint))
    return FieldHelp(
        name=field.name,
        label=described["label"],
        help=described["help"],
        example=described.get("example"),
        required=(field.default is MISSING and field.default_factory is MISSING) or Expected() in parts,
        many=any(get_origin(part) is tuple for part in parts),
        by_id=any(get_origin(part) is dict for part in parts),
        most=next((one for part in parts for mark in _marks(part) if (one := getattr(mark, "max_length", 0))), 0),
        choices=next((get_args(part) for part in parts if get_origin(part) is Literal), ()),
        refers_to=next((part.to for part in parts if isinstance(part, Refers)), ""),
        record=next((part for part in parts if is_dataclass(part) and _is_record(part)), None),
        shape=next((part for part in parts if isinstance(part, Shape)), None),
    )


def _marks(part: Any) -> Sequence[Any]:
    """Return what pydantic's ``Field`` says of a type."""
    return getattr(part, "metadata", ()) if isinstance(part, FieldInfo) else ()


def _is_record(part: Any) -> bool:
    return isinstance(part, type) and part.__name__ in texts("fields")


def _parts(hint: Any) -> Iterator[Any]:
    """Yield a type and everything it is made of: unions, lists, mappings and annotations taken apart."""
    yield hint
    if get_origin(hint) is Annotated:
        inner, *marks = get_args(hint)
        yield from marks
        yield from _parts(inner)
    elif get_origin(hint) in (Union, types.UnionType, tuple, dict):
        for part in get_args(hint):
            yield from _parts(part)
