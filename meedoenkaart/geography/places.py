"""The tables of places, postcodes and municipalities: what they are called and where they lie."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from itertools import groupby

from meedoenkaart.geography.distance import Spot, kilometres, middle
from meedoenkaart.tables import rows
from meedoenkaart.texts import fold

SAME_PLACE_KM = 1
"""Up to here, two places of one name in one municipality are one: sources put its centre a little apart."""
_NO_LETTER = re.compile(r"[^\w]+|_")


@lru_cache(10_000)  # a country has fewer names of places
def spelled(name: str) -> str:
    """Return a name as it is compared, without capitals, accents, hyphens and spaces; "St." is "Sint"."""
    words = _NO_LETTER.sub(" ", re.sub("['’]", "", fold(name))).split()
    return "".join("sint" if word == "st" else word for word in words)


@dataclass(frozen=True, slots=True)
class Place:
    """A village or town."""

    name: str
    cbs_code: str
    """The code of its municipality: ``GM0090``."""
    latitude: float
    """Degrees north of its centre, WGS 84."""
    longitude: float
    """Degrees east of its centre, WGS 84."""
    also: tuple[str, ...] = ()
    """Other names it goes by: ``Snits``."""

    @property
    def spot(self) -> Spot:
        """Its centre."""
        return Spot(self.latitude, self.longitude, "plaats")


@dataclass(frozen=True, slots=True)
class PostcodeArea:
    """The postcodes that begin with the same four digits."""

    places: tuple[tuple[str, str], ...]
    """Name and municipality's code of the places that have them, as in the table; first that of most of them."""
    spot: Spot
    """Their middle."""


class Places:
    """All known places, found by name without regard to capitals, accents, hyphens and spaces."""

    def __init__(self, places: Iterable[Place]) -> None:
        """Take places; those of one name at nearly one point are one, under the names of both."""
        self._by_name: dict[str, list[Place]] = {}
        for place in places:
            known = next((one for one in self._by_name.get(spelled(place.name), ()) if _are_one(place, one)), None)
            if known is None:
                self._add(place)
            elif place.also:
                for same_name in self._by_name.values():
                    if known in same_name:
                        same_name.remove(known)
                self._add(replace(known, also=tuple(dict.fromkeys((*known.also, *place.also)))))

    def _add(self, place: Place) -> None:
        for name in dict.fromkeys(map(spelled, (place.name, *place.also))):
            self._by_name.setdefault(name, []).append(place)

    @cached_property
    def names(self) -> set[str]:
        """Every name as people write it."""
        return {name for place in self for name in (place.name, *place.also)}

    def named(self, name: str, cbs_code: str | None = None) -> list[Place]:
        """Return the places of this name, within one municipality when its code is given."""
        found = self._by_name.get(spelled(name), [])
        return [place for place in found if cbs_code is None or place.cbs_code == cbs_code]

    def __iter__(self) -> Iterator[Place]:
        """Yield every place once."""
        yield from dict.fromkeys(place for places in self._by_name.values() for place in places)


def _are_one(place: Place, other: Place) -> bool:
    return place.cbs_code == other.cbs_code and kilometres(place.spot, other.spot) <= SAME_PLACE_KM


@cache
def table() -> tuple[Place, ...]:
    """Return the places of GeoNames (CC BY 4.0), as ``tools/make_places.py`` wrote them."""
    return tuple(
        Place(name, cbs_code, float(latitude), float(longitude), _several(also))
        for name, cbs_code, latitude, longitude, also in rows(__package__, "places.tsv")
    )


@cache
def postcodes() -> dict[str, PostcodeArea]:
    """Return the places that have postcodes, by their four digits; from the same source as the places."""
    found: dict[str, PostcodeArea] = {}
    for digits, lines in groupby(rows(__package__, "postcodes.tsv"), key=lambda row: row[0]):
        names, codes, north, east = zip(*(row[1:5] for row in lines), strict=True)
        spots = [
            Spot(float(latitude), float(longitude), "plaats") for latitude, longitude in zip(north, east, strict=True)
        ]
        found[digits] = PostcodeArea(tuple(zip(names, codes, strict=True)), middle(spots))
    return found


@cache
def municipality_names() -> dict[str, str]:
    """Return what readers call each municipality, by CBS code: ``Bergen (Limburg)`` where two share a name."""
    count = Counter(row.name for row in _municipalities().values())
    return {
        code: f"{one.name} ({one.province})" if count[one.name] > 1 else one.name
        for code, one in _municipalities().items()
    }


def shares_name(cbs_code: str) -> bool:
    """Say whether another municipality has the same name."""
    return municipality_names()[cbs_code] != _municipalities()[cbs_code].name


def municipality_name(cbs_code: str, name: str) -> str:
    """Return what readers call a municipality whose record has this code and name."""
    return municipality_names()[cbs_code] if cbs_code in _municipalities() and shares_name(cbs_code) else name


def belongs_to(cbs_code: str, name: str) -> bool:
    """Say whether a code is that of the municipality of this name, or of another name that it goes by."""
    known = _municipalities().get(cbs_code)
    names = (known.name, municipality_names()[cbs_code], *known.also) if known else ()
    return spelled(name) in map(spelled, names)


def official_name(cbs_code: str) -> str:
    """Return the name of a municipality, which another may have too: ``Bergen``."""
    return _municipalities()[cbs_code].name


def other_names(cbs_code: str) -> tuple[str, ...]:
    """Return other names of a municipality: ``De Friese Meren``."""
    return _municipalities()[cbs_code].also


def province(cbs_code: str) -> str:
    """Return the province of a municipality."""
    return _municipalities()[cbs_code].province


@dataclass(frozen=True, slots=True)
class _Municipality:
    name: str
    province: str
    also: tuple[str, ...]


@cache
def _municipalities() -> dict[str, _Municipality]:
    return {
        code: _Municipality(name, of, _several(also))
        for code, name, of, also in rows(__package__, "municipalities.tsv")
    }


def _several(also: str) -> tuple[str, ...]:
    return tuple(also.split(";")) if also else ()
