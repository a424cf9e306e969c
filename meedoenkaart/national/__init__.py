"""What is known of the whole country, with which a new region begins: municipalities and reception locations.

The records of reception locations are those of this project's own catalogue: nothing stands here a second time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from meedoenkaart.geography.places import municipality_names, official_name, province, shares_name
from meedoenkaart.layers import made
from meedoenkaart.tables import rows
from meedoenkaart.writing.template import slug_of

Source = Mapping[str, str]
NAMES: Source = {"address": "https://www.cbs.nl/nl-nl/cijfers/detail/86059NED", "title": "CBS", "date": "2025"}
"""Where names and codes come from."""
ADDRESSES: Source = {
    "address": "https://github.com/LisetHamming/woo-generator/blob/f7f2a696ab360a63894e2c845d941f0ec31d52d7/public/adreslijst.json",
    "title": "Adressen van overheden bij de Woo-generator",
    "date": "2024-03-26",
}
"""Where websites and most seats come from."""

_SOURCE = ("address", "title", "date", "date_is_estimate")


@dataclass(frozen=True, slots=True)
class National:
    """A municipality, as far as it is known of all of them."""

    cbs_code: str
    name: str
    """The official name."""
    called: str
    """What readers call it: ``Bergen (Limburg)``."""
    slug: str
    """The name of its file."""
    province: str
    seat: str
    website: str
    """Empty where it is not known."""
    sources: Sequence[Source]


@cache
def municipalities() -> tuple[National, ...]:
    """Return all municipalities of the country, by name."""
    found = []
    for code, seat, website, *source in rows(__package__, "municipalities.tsv"):
        name = official_name(code)
        slug = slug_of(f"{name} {province(code)}" if shares_name(code) else name)
        own = {part: value for part, value in zip(_SOURCE, source, strict=True) if value}
        called = municipality_names()[code]
        found.append(
            National(
                code, name, called, slug, province(code), seat, website, (NAMES, ADDRESSES, *([own] if own else []))
            )
        )
    return tuple(sorted(found, key=lambda one: one.slug))


def receptions(root: Path) -> Sequence[Path]:
    """Return the files of all reception locations that are known; none of them is for unaccompanied minors."""
    return sorted(made(root, "reception").glob("*.yml"))
