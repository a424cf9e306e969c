"""Municipalities that ended, and those to which their land belongs now."""

from dataclasses import dataclass
from functools import cache

from meedoenkaart.geography.places import municipality_names, other_names, spelled
from meedoenkaart.tables import rows


@dataclass(frozen=True, slots=True)
class Former:
    """A municipality that ended."""

    name: str
    cbs_code: str
    """The code that it had: ``GM0140``."""
    ended: str
    """The first day without it: ``2018-01-01``."""
    successors: tuple[str, ...]
    """The codes of the municipalities that have its land now, by name."""

    @property
    def year(self) -> str:
        """The first year without it."""
        return self.ended[:4]


@cache
def formers() -> tuple[Former, ...]:
    """Return all of them, the last that ended first; from table 33 of the population register (RvIG, EUPL 1.2)."""
    name_of = municipality_names().__getitem__
    found = [
        Former(name, code, ended, tuple(sorted(successors.split(";"), key=name_of)))
        for name, code, ended, successors in rows(__package__, "former.tsv")
    ]
    return tuple(sorted(found, key=lambda one: one.ended, reverse=True))


def former(name_or_code: str) -> Former | None:
    """Return the former municipality of a name, however it is spelled, or of a code; of several the last that ended.

    A name that a municipality of today goes by is none.
    """
    return _by_key().get(name_or_code) or _by_key().get(spelled(name_or_code))


@cache
def _by_key() -> dict[str, Former]:
    today = {spelled(name) for code, called in municipality_names().items() for name in (called, *other_names(code))}
    found: dict[str, Former] = {}
    for one in formers():
        found.setdefault(one.cbs_code, one)
        if spelled(one.name) not in today:
            found.setdefault(spelled(one.name), one)
    return found
