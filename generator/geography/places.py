"""The table of places: which places there are, in which municipality, and where their centre is."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from generator.geography.distance import Spot, kilometres
from generator.texts import fold

SAME_PLACE_KM = 1
"""Up to here, two places of one name in one municipality are one: sources put its centre a little apart."""


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


class Places:
    """All known places, found by name without regard to capitals and accents."""

    def __init__(self, places: Iterable[tuple[str, Place]]) -> None:
        """Take ``(name it goes by, place)`` pairs; a place may go by several names."""
        self._by_name: dict[str, list[Place]] = {}
        self.named_places: list[tuple[str, Place]] = []
        """Every place with each name it goes by, as people write it."""
        self.names: set[str] = set()
        """Every name as people write it."""
        for name, place in places:
            self.names.add(name)
            same_name = self._by_name.setdefault(fold(name), [])
            if not any(_are_one(place, other) for other in same_name):
                same_name.append(place)
                self.named_places.append((name, place))

    def named(self, name: str, cbs_code: str | None = None) -> list[Place]:
        """Return the places of this name, within one municipality when its code is given."""
        found = self._by_name.get(fold(name), [])
        return [place for place in found if cbs_code is None or place.cbs_code == cbs_code]

    def __iter__(self) -> Iterator[Place]:
        """Yield every place, once for each name it goes by."""
        for places in self._by_name.values():
            yield from places


def _are_one(place: Place, other: Place) -> bool:
    return place.cbs_code == other.cbs_code and kilometres(_spot(place), _spot(other)) <= SAME_PLACE_KM


def _spot(place: Place) -> Spot:
    return Spot(place.latitude, place.longitude, "plaats")


@cache
def table() -> tuple[Place, ...]:
    """Return the places of GeoNames (CC BY 4.0), as ``tools/make_places.py`` wrote them."""
    return tuple(
        Place(name, cbs_code, float(latitude), float(longitude))
        for name, cbs_code, latitude, longitude in _rows("places.tsv")
    )


@cache
def municipality_names() -> dict[str, str]:
    """Return what readers call each municipality, by CBS code: ``Bergen (Limburg)`` where two share a name."""
    official = _official_names()
    count = Counter(official.values())
    return {code: f"{name} ({province(code)})" if count[name] > 1 else name for code, name in official.items()}


def municipality_name(cbs_code: str, name: str) -> str:
    """Return what readers call a municipality whose record has this code and name."""
    called = municipality_names().get(cbs_code)
    return called if called and called != _official_names()[cbs_code] else name


def belongs_to(cbs_code: str, name: str) -> bool:
    """Say whether a code is that of the municipality of this name, official or as readers call it."""
    return fold(name) in {fold(names.get(cbs_code, "")) for names in (_official_names(), municipality_names())}


def province(cbs_code: str) -> str:
    """Return the province of a municipality."""
    return _provinces()[cbs_code]


@cache
def _official_names() -> dict[str, str]:
    return {cbs_code: name for cbs_code, name, _ in _rows("municipalities.tsv")}


def provinces() -> tuple[str, ...]:
    """Return the provinces of the Netherlands by name."""
    return tuple(sorted(set(_provinces().values())))


@cache
def _provinces() -> dict[str, str]:
    return {cbs_code: of for cbs_code, _, of in _rows("municipalities.tsv")}


def _rows(name: str) -> Iterator[list[str]]:
    lines = files(__package__).joinpath(name).read_text("utf-8").splitlines()
    return (line.split("\t") for line in lines[2:])
