"""From plain values to a record, or to what is wrong with them and what can be read all the same."""

import datetime
import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import is_pydantic_dataclass

from meedoenkaart.problems import MOST_PROBLEMS, Problem, did_you_mean, problem
from meedoenkaart.reading.text_rules import findings, mended, reasonable_checks
from meedoenkaart.reading.yaml_text import Tree
from meedoenkaart.records.record import EARLIER, Path
from meedoenkaart.records.scalars import Text
from meedoenkaart.texts import texts


@dataclass(frozen=True, slots=True)
class Wrong:
    """A value that its field does not take."""

    rule: str
    path: Path
    values: Mapping[str, object]
    """What the rule's message tells."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What plain values make: a record, or else what is wrong with them and what can be read all the same."""

    record: Any = None
    wrong: Sequence[Wrong] = ()
    rest: Any = None
    """In place of a record: one with a stand-in wherever something could not be read."""
    holes: tuple[Path, ...] = ()
    """Where the stand-ins are."""


def typed(cls: type, tree: Tree) -> Typed:
    """Give plain values the types of a record; of values that are wrong all over nothing is left to look at."""
    try:
        return Typed(_adapter(cls).validate_python(tree))
    except ValidationError as invalid:
        wrong = _wrong_values(invalid, cls)
        if invalid.error_count() > MOST_PROBLEMS:
            return Typed(wrong=wrong, holes=((),))
    holes: list[Path] = []
    rest = _read(cls, tree, (), holes)
    return Typed(None, wrong, rest, tuple(holes))


def value_problems(cls: type, field: str, value: Any) -> list[Problem]:
    """Return what is wrong with a value for one field of a record, before there is a file to put it in."""
    found = [finding for text in _texts_in(value) for finding in findings(text, reasonable_checks(text))]
    try:
        _adapter(_hints(cls)[field]).validate_python(mended(value) if isinstance(value, str) else value)
    except ValidationError as invalid:
        found += [(one.rule, dict(one.values)) for one in _wrong_values(invalid, cls, (field,))]
    return [problem(rule, "", **values) for rule, values in found]


def _texts_in(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else [one for one in value if isinstance(one, str)]


@cache
def _adapter(hint: Any) -> TypeAdapter[Any]:
    return TypeAdapter(hint)


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls, include_extras=True)


_OTHER = {"latitude": "longitude", "longitude": "latitude"}
_RULES = {
    "missing": "missing-field",
    "missing_argument": "missing-field",
    "missing_keyword_only_argument": "missing-field",
    "unexpected_keyword_argument": "unknown-field",
    "literal_error": "unknown-choice",
    "dataclass_type": "not-a-group",
    "dict_type": "not-a-group",
    "tuple_type": "not-a-list",
    "too_short": "too-few",
    "too_long": "too-many",
}


def _wrong_values(invalid: ValidationError, cls: type, start: Path = ()) -> list[Wrong]:
    """Translate what pydantic found into rules; custom errors carry the rule's id as their type."""
    errors = invalid.errors(include_url=False)[:MOST_PROBLEMS]
    places = [error["loc"] for error in errors]
    found = [
        _wrong_value(error, cls, start)
        for error in errors
        if error["type"] != "too_short" or not any(_is_within(one, error["loc"]) for one in places)
    ]
    return list(_swapped(found))


def _swapped(found: Sequence[Wrong]) -> Iterator[Wrong]:
    """Tell of a position whose two numbers stand in each other's place once, and what it should be."""
    outside = {one.path: one.values for one in found if one.rule == "number-out-of-range"}
    for one in found:
        *before, name = one.path or ("",)
        other = outside.get((*before, _OTHER.get(str(name), "")))
        if one.path not in outside or not other or not (_fits(one.values, other) and _fits(other, one.values)):
            yield one
        elif name == "latitude":
            yield Wrong("position-swapped", one.path, {"latitude": other["value"], "longitude": one.values["value"]})


def _fits(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return bool(other["least"] <= float(one["value"]) <= other["most"])


def _is_within(path: Path, whole: Path) -> bool:
    """Say whether a value lies inside another: a list with a wrong item counts as too short, which says nothing new."""
    return len(path) > len(whole) and path[: len(whole)] == whole


def _wrong_value(error: Any, cls: type, start: Path) -> Wrong:
    rule, path = _RULES.get(error["type"], error["type"]), (*start, *error["loc"])
    if path[-1:] == ("[key]",) and rule != "unknown-field":
        path = path[:-1]  # pydantic's way to say that the key itself is wrong
    if rule == "unknown-choice" and not isinstance(error["input"], str):
        rule = "not-a-text"
    field = next((step for step in reversed(path) if isinstance(step, str)), "")
    values: dict[str, object] = {"field": field, "suggestion": "", **error.get("ctx", {})}
    if mended := values.get("mended"):
        values["suggestion"] = texts("problems")["did-you-mean"].format(name=mended)
    if rule == "unknown-field":
        within, name = _class_at(cls, path[:-1]), str(path[-1])
        known = [field.name for field in fields(within)]
        is_earlier = name in EARLIER.get(within.__name__, ())
        values["suggestion"] = texts("problems")["earlier-field"] if is_earlier else did_you_mean(name, known)
    elif rule == "too-many":
        values["actual_length"] = len(error["input"])  # pydantic counts lists only
    elif rule == "unknown-choice":
        choices = [str(choice) for choice in _choices(error["ctx"]["expected"])]
        values |= {
            "value": error["input"],
            "choices": ", ".join(choices),
            "suggestion": did_you_mean(str(error["input"]), choices),
        }
    return Wrong(rule, path[:-1] if rule == "missing-field" else path, values)


def _choices(expected: str) -> list[str]:
    """Take pydantic's "'a', 'b' or 'c'" apart."""
    return [part.strip("' ") for part in expected.replace(" or ", ", ").split(", ")]


def _class_at(hint: Any, path: Path) -> Any:
    """Return the record class of the part of a record that ``path`` leads to."""
    for step in path:
        hint = _plain(hint)
        if get_origin(hint) is tuple:
            hint = get_args(hint)[0]
        elif get_origin(hint) is dict:
            hint = get_args(hint)[1]
        else:
            hint = _hints(hint)[str(step)]
    return _plain(hint)


def _plain(hint: Any) -> Any:
    """Return the type itself without what it is annotated with, and without the None that it may also be."""
    if get_origin(hint) is Annotated:
        return _plain(get_args(hint)[0])
    if get_origin(hint) in (Union, types.UnionType):
        return _plain(next(part for part in get_args(hint) if part is not type(None)))
    return hint


def _read(hint: Any, value: Any, path: Path, holes: list[Path]) -> Any:
    """Return the value of a type, and note each path at which a stand-in takes the place of what is wrong."""
    try:
        return _adapter(hint).validate_python(value)
    except ValidationError:
        kind = _plain(hint)
    if is_pydantic_dataclass(kind) and isinstance(value, dict):
        return _read_record(kind, value, path, holes)
    if get_origin(kind) is tuple and isinstance(value, list):
        return tuple(_read(get_args(kind)[0], item, (*path, index), holes) for index, item in enumerate(value))
    if get_origin(kind) is dict and isinstance(value, dict):
        return _read_mapping(kind, value, path, holes)
    holes.append(path)
    return _stand_in(hint)


def _read_record(cls: Any, value: dict[str, Any], path: Path, holes: list[Path]) -> Any:
    hints, own = _hints(cls), cls.__pydantic_fields__
    misspelt = not value.keys() <= hints.keys()  # then what is absent may be there under a wrong name
    read = {}
    for name, hint in hints.items():
        if name in value:
            read[name] = _read(hint, value[name], (*path, name), holes)
            continue
        required = own[name].is_required()
        if required or misspelt:
            holes.append((*path, name))
        read[name] = _stand_in(hint) if required else own[name].get_default(call_default_factory=True)
    return _made(cls, read)


def _read_mapping(kind: Any, value: dict[str, Any], path: Path, holes: list[Path]) -> dict[str, Any]:
    key, item = get_args(kind)
    read = {}
    for name, one in value.items():
        wrong: list[Path] = []
        id = _read(key, name, (), wrong)
        if wrong:
            id = name
            holes.append((*path, name))
        read[id] = _read(item, one, (*path, name), holes)
    return read


_STAND_INS: Mapping[Any, Any] = {
    Text: Text("…"),
    datetime.date: datetime.date.min,
    bool: False,
    int: 0,
    float: 0.0,
    tuple: (),
    dict: {},
}


def _stand_in(hint: Any) -> Any:
    """Return a value that code for this type can take, and that means nothing."""
    kind = _plain(hint)
    if type(None) in get_args(hint):
        return None
    if is_pydantic_dataclass(kind):
        return _made(kind, {name: _stand_in(one) for name, one in _hints(kind).items()})
    return _STAND_INS.get(get_origin(kind) or kind, "…")


def _made(cls: Any, values: Mapping[str, Any]) -> Any:
    """Return a record with these values unchecked."""
    record = object.__new__(cls)
    for name, value in values.items():
        object.__setattr__(record, name, value)
    return record
