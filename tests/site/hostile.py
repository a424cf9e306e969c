"""A catalogue whose every text is an attack: what would happen if the rules for texts let one through."""

import copy
import itertools
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from types import MappingProxyType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.records import scalars
from meedoenkaart.records.scalars import Text

MARK = "Kwaad"
"""Stands in every attack, so that a test can see that it was shown at all."""
ATTACKS = (
    "<script>window.hacked=1</script>",
    '"><img src=x onerror="window.hacked=1">',
    "'><svg onload='window.hacked=1'>",
    "</script><script>window.hacked=1</script>",
    "</title></head><body onload=window.hacked=1>",
    "]]><!--",
    "{{7*7}}",
    "{% raw %}{% include 'main.html' %}",
    "@@meedoenkaart-content@@",
    "@@meedoenkaart-head@@",
    "<b>{__class__}</b> {0} %s &lt;i&gt; &amp;",
    "</textarea><a href=javascript:window.hacked=1>hier</a>",
)
_ADDRESS_ATTACKS = tuple(attack for attack in ATTACKS if "]" not in attack)
"""A bracket has a meaning in addresses; without being read, one that holds it is no address at all."""
_TEXTS = (scalars.Name, scalars.Title, scalars.ShortText, scalars.LongText, scalars.Phone, scalars.Postcode)
_ADDRESSES = (scalars.WebAddress, scalars.Email)


class Poison:
    """Puts an attack in every text of records, and keeps what is one thing one thing."""

    def __init__(self, spared: frozenset[str] = frozenset()) -> None:
        self.texts: list[str] = []
        self._spared = spared  # names of fields that keep their text
        self._counted = itertools.count()
        self._done: dict[int, tuple[Any, Any]] = {}

    def catalogue(self, real: Catalogue) -> Catalogue:
        poisoned = {}
        for position, one in enumerate(fields(real)):
            # What is spared in one collection changes no number in another: a route is drawn once for all tests.
            self._counted = itertools.count(position * 100_000)
            poisoned[one.name] = self._poisoned(getattr(real, one.name))
        return replace(real, **poisoned)

    def _poisoned(self, value: Any) -> Any:
        if id(value) not in self._done:
            self._done[id(value)] = (value, self._made(value))
        return self._done[id(value)][1]

    def _made(self, value: Any) -> Any:
        if isinstance(value, dict | MappingProxyType):
            return {key: self._poisoned(one) for key, one in value.items()}
        if isinstance(value, tuple):
            return tuple(self._poisoned(one) for one in value)
        if not is_dataclass(value):
            return value
        changed = copy.copy(value)
        for name, hint in _hints(type(value)).items():
            present = getattr(value, name)
            if name in self._spared:
                continue
            made = self._field(present, hint) if present is not None else None
            object.__setattr__(changed, name, made)  # past the types of the record, which would refuse it
        return changed

    def _field(self, value: Any, hint: Any) -> Any:
        kinds = set(_kinds(hint))
        if kinds & set(_TEXTS):
            return self._attacked(value)
        if kinds & set(_ADDRESSES):
            return f"{value}/{self._attack(_ADDRESS_ATTACKS)}"
        return self._poisoned(value)

    def _attacked(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(self._attacked(one) for one in value)
        return Text(self._attack()) if isinstance(value, Text) else self._attack()

    def _attack(self, attacks: tuple[str, ...] = ATTACKS) -> str:
        number = next(self._counted)
        self.texts.append(f"{MARK}{number} {attacks[number % len(attacks)]}")
        return self.texts[-1]


def _hints(cls: type) -> dict[str, Any]:
    hints = get_type_hints(cls, include_extras=True)
    return {one.name: hints[one.name] for one in fields(cls)}


def _kinds(hint: Any) -> Iterator[Any]:
    """Yield the scalar types within ``tuple[Name, ...] | None`` and the like."""
    if get_origin(hint) is Annotated and hint in (*_TEXTS, *_ADDRESSES):
        yield hint
    elif get_origin(hint) is not dict:
        for part in get_args(hint):
            yield from _kinds(part)
