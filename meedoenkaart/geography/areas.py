"""The areas that something reaches: a municipality by its id, a province, or the whole country."""

from collections.abc import Iterable

from meedoenkaart.texts import fold

NATIONWIDE = "landelijk"
"""The id of the whole country, and the folder of organisations that work in all of it."""
_PROVINCE = "provincie-"
_NAMES = (
    "Drenthe",
    "Flevoland",
    "Friesland",
    "Gelderland",
    "Groningen",
    "Limburg",
    "Noord-Brabant",
    "Noord-Holland",
    "Overijssel",
    "Utrecht",
    "Zeeland",
    "Zuid-Holland",
)
PROVINCES = {f"{_PROVINCE}{fold(name)}": name for name in _NAMES}
"""Names of the provinces by id."""


def province_area(province: str) -> str:
    """Return the id of a province, given its name."""
    return f"{_PROVINCE}{fold(province)}"


def covering(municipality: str, province: str) -> frozenset[str]:
    """Return the areas that a municipality lies in, itself included; ``province`` is the name of its province."""
    return frozenset({municipality, province_area(province), NATIONWIDE})


def areas(municipalities: Iterable[str]) -> list[str]:
    """Return all areas there are, given the municipalities."""
    return [*sorted(municipalities), *PROVINCES, NATIONWIDE]
