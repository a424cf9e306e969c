"""The file of places that the finder and the form read: small, since a phone fetches it while somebody types.

Rows stand in the order of their postcodes, so that what lies close together stands together, and most columns hold the
difference from the row before. ``theme/components/finder/places.ts`` reads it.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.geography.areas import province_area
from meedoenkaart.geography.former import former, formers
from meedoenkaart.geography.outlines import inhabitants
from meedoenkaart.geography.places import (
    Place,
    municipality_names,
    official_name,
    other_names,
    postcodes,
    province,
    spelled,
)
from meedoenkaart.texts import fold

FOLDER = "assets/finder"
"""Where the file lies, from the site's root."""
PER_DEGREE = 1000
"""Positions are whole numbers of thousandths: the middle of a village is no better known than to some 100 metres."""

REMEMBERED_FROM = "1970"
"""People still say where they live by a municipality that ended since."""


def places_file(catalogue: Catalogue) -> tuple[str, bytes]:
    """Return the path of the file from the site's root, named after its content, and its bytes."""
    data = json.dumps(_places(catalogue), ensure_ascii=False, separators=(",", ":")).encode()
    return f"{FOLDER}/places-{hashlib.sha256(data).hexdigest()[:10]}.json", data


def _places(catalogue: Catalogue) -> dict[str, Any]:
    regional = {one.record.cbs_code: one for one in catalogue.regional_municipalities.values()}
    first = {place: digits for digits, area in sorted(postcodes().items(), reverse=True) for place in area.places}
    rows = sorted(
        catalogue.places,
        key=lambda one: (one.cbs_code not in regional, first.get((one.name, one.cbs_code), ""), one.name, one.cbs_code),
    )
    codes = list(dict.fromkeys(one.cbs_code for one in rows))
    slugs = {one.record.cbs_code: slug for slug, one in catalogue.municipalities.items()}
    number = {code: at for at, code in enumerate(codes)}
    names = municipality_names()
    villages = {spelled(name) for one in rows for name in (one.name, *one.also)}
    return {
        "municipalities": [
            [names[code], slugs.get(code, ""), province_area(province(code)), *other_names(code)] for code in codes
        ],
        "regional": len(regional),
        "seats": _steps(_seats(catalogue, rows, codes)),
        "former": [
            [one.name, int(one.year), *(number[code] for code in one.successors)]
            for one in formers()
            if one.ended >= REMEMBERED_FROM and former(one.name) is one and spelled(one.name) not in villages
        ],
        "name": [one.name for one in rows],
        "also": {at: one.also for at, one in enumerate(rows) if one.also},
        "id": _ids(
            rows, {*catalogue.receptions, *(f"gemeente-{slugs.get(code) or slug(names[code])}" for code in codes)}
        ),
        "municipality": _steps(number[one.cbs_code] for one in rows),
        "latitude": _steps(_thousandths(one.latitude) for one in rows),
        "longitude": _steps(_thousandths(one.longitude) for one in rows),
        "postcodes": _postcodes(rows),
    }


def _seats(catalogue: Catalogue, rows: list[Place], codes: list[str]) -> Iterator[int]:
    """Yield for each municipality the row of its seat, else of the place of its name, else of its largest place.

    That is the place of most people, as far as anybody knows; else of most postcodes.
    """
    row = {(one.cbs_code, spelled(name)): at for at, one in enumerate(rows) for name in (one.name, *one.also)}
    seats = {one.record.cbs_code: one.record.seat for one in catalogue.municipalities.values()}
    counts = Counter(place for area in postcodes().values() for place in area.places)
    people = inhabitants()
    most = {code: name for name, code in sorted(counts, key=lambda one: (people.get(one, 0), counts[one], one))}
    for code in codes:
        names = (seats.get(code, ""), official_name(code), *other_names(code), most.get(code, ""))
        found = (row[code, spelled(name)] for name in names if (code, spelled(name)) in row)
        yield next(found, next(at for at, one in enumerate(rows) if one.cbs_code == code))


def _postcodes(rows: list[Place]) -> dict[str, list[int]]:
    """Return four digits, the row of the place that has most of them, and their middle as seen from that place."""
    row = {(one.name, one.cbs_code): at for at, one in enumerate(rows)}
    known = [(int(digits), area) for digits, area in sorted(postcodes().items()) if area.places[0] in row]
    at = [row[area.places[0]] for _, area in known]
    spots = [(area.spot, rows[place]) for place, (_, area) in zip(at, known, strict=True)]
    return {
        "digits": _steps(digits for digits, _ in known),
        "place": _steps(at),
        "latitude": [_thousandths(spot.latitude) - _thousandths(place.latitude) for spot, place in spots],
        "longitude": [_thousandths(spot.longitude) - _thousandths(place.longitude) for spot, place in spots],
        "shared": [digits for digits, area in known if len(area.places) > 1],
    }


def _ids(rows: list[Place], taken: set[str]) -> dict[int, str]:
    """Return the ids that are not simply the name, with that of the municipality where several places have it."""
    count = Counter(slug(one.name) for one in rows)
    found = {}
    for at, one in enumerate(rows):
        usual = slug(one.name)
        if count[usual] > 1:
            usual = f"{usual}-{slug(municipality_names()[one.cbs_code])}"
        id = usual
        while id in taken:
            id = f"plaats-{id}"
        taken.add(id)
        if id != usual:
            found[at] = id
    return found


def slug(name: str) -> str:
    """Return a name as it stands in an address; ``theme/components/finder/places.ts`` has the same."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")


def _thousandths(degrees: float) -> int:
    return round(degrees * PER_DEGREE)


def _steps(numbers: Iterable[int]) -> list[int]:
    """Return the differences from one number to the next."""
    return [after - before for before, after in pairwise([0, *numbers])]
