"""What makes a class a record: typed, frozen, strict about unknown fields, and cheap in memory."""

import types
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Annotated, Any, TypeVar, Union, cast, dataclass_transform, get_args, get_origin, get_type_hints

from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass as pydantic_dataclass

from meedoenkaart.records.scalars import Level, OrganisationPath, Slug, Text

T = TypeVar("T")
EARLIER = {
    "Opportunity": frozenset({"address", "position"}),
    "Schedule": frozenset({"days", "starts", "ends", "frequency", "seasons"}),
    "Route": frozenset({"example", "budget"}),
}
"""Fields of an earlier layout, by record: ``meedoenkaart upgrade`` rewrites them."""
Path = tuple[str | int, ...]
"""The way from a document's root to a value: field names and list indexes, ``("sources", 0, "address")``."""


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(Field,))
def record(cls: type[T]) -> type[T]:
    """Make ``cls`` a record: an unknown field in a file is a problem, and a record never changes once read."""
    made = pydantic_dataclass(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid"))(cls)
    return cast("type[T]", made)


def texts_of(record: object) -> Iterator[Text]:
    """Yield every text for readers in a record, however deep."""
    if isinstance(record, Text):
        yield record
    elif is_dataclass(record):
        for field in fields(record):
            yield from texts_of(getattr(record, field.name))
    elif isinstance(record, Mapping | tuple):
        for one in record.values() if isinstance(record, Mapping) else record:
            yield from texts_of(one)


def changed(record: T, **values: Any) -> T:
    """Return a copy of a record with other values in some fields, of the kind that the record holds."""
    made = copy(record)
    for name, value in values.items():
        object.__setattr__(made, name, value)
    return made


@dataclass(frozen=True, slots=True)
class Refers:
    """Marks a field whose value is the id of something else.

    ``to`` is a facet of the vocabulary (``kinds``, ``sectors`` …) or a collection of the catalogue
    (``municipalities``, ``organisations``).
    """

    to: str


@dataclass(frozen=True, slots=True)
class Expected:
    """Marks a field that files have, but for those that a rule spares: contributors are asked for it."""


def references(record: Any, path: Path = ()) -> Iterator[tuple[Path, str, str]]:
    """Yield ``(path, what it refers to, id)`` for every reference within a record."""
    cls: Any = type(record)
    plan: Iterable[tuple[str, str]] = _reference_plan(cls)
    for name, to in plan:
        value = getattr(record, name)
        if isinstance(value, (tuple, dict)):
            parts = enumerate(value) if isinstance(value, tuple) else value.items()
            found = [((*path, name, step), one) for step, one in parts]
        else:
            found = [] if value is None else [((*path, name), value)]
        for where, one in found:
            if to:
                yield where, to, one
            else:
                yield from references(one, where)


@cache
def _reference_plan(cls: type) -> tuple[tuple[str, str], ...]:
    """Return ``(field, what it refers to)`` for fields that are references, or hold records with some: then ``""``."""
    plan = []
    hints = get_type_hints(cls, include_extras=True)
    for field in fields(cls):
        to, nested = _reference_in(hints[field.name])
        if to or (nested and _reference_plan(nested)):
            plan.append((field.name, to))
    return tuple(plan)


def _reference_in(hint: Any) -> tuple[str, type | None]:
    if isinstance(hint, type) and is_dataclass(hint):
        return "", hint
    if get_origin(hint) is Annotated:
        inner, *marks = get_args(hint)
        for mark in marks:
            if isinstance(mark, Refers):
                return mark.to, None
        return _reference_in(inner)
    if get_origin(hint) in (Union, types.UnionType, tuple, dict):
        for part in get_args(hint):
            to, nested = _reference_in(part)
            if to or nested:
                return to, nested
    return "", None


Kind = Annotated[Slug, Refers("kinds")]
"""What sort of organisation: an id under ``kinds`` in the vocabulary."""
Activity = Annotated[Slug, Refers("activities")]
"""What one does: an id under ``activities`` in the vocabulary."""
Sector = Annotated[Slug, Refers("sectors")]
"""The field of work: an id under ``sectors`` in the vocabulary."""
Audience = Annotated[Slug, Refers("audiences")]
"""For whom: an id under ``audiences`` in the vocabulary."""
Network = Annotated[Slug, Refers("networks")]
"""The umbrella organisation: an id under ``networks`` in the vocabulary."""
Language = Annotated[Slug, Refers("languages")]
"""A language people speak: an id under ``languages`` in the vocabulary (ISO 639 codes)."""
MunicipalityRef = Annotated[Slug, Refers("municipalities")]
"""A municipality: the name of its file without ``.yml``."""
Area = Annotated[Slug, Refers("areas")]
"""Where something reaches: a municipality, ``provincie-<name>``, or ``landelijk`` (see ``geography/areas.py``)."""
OrganisationRef = Annotated[OrganisationPath, Refers("organisations")]
"""An organisation: its folder and the name of its file without ``.yml``."""
RoleRef = Annotated[Slug, Refers("roles")]
"""What somebody does: an id under ``roles`` in the vocabulary."""
LanguageLevel = Annotated[Level, Refers("levels")]
"""A level of Dutch: an id under ``levels`` in the vocabulary."""
