"""Write the table of seats and websites of all municipalities, with which a new region begins.

    git clone https://github.com/LisetHamming/woo-generator && git -C woo-generator checkout f7f2a696
    python tools/make_national.py woo-generator/public/adreslijst.json

The list names website and postal town of every municipality. Where this repository's catalogue names another town,
that counts: somebody looked there.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from meedoenkaart.geography.places import municipality_names, official_name, spelled, table
from meedoenkaart.national import ADDRESSES, NAMES
from meedoenkaart.reading.yaml_text import parse

PROJECT = Path(__file__).resolve().parent.parent
NAMED_IN_LIST = {"GM0373": "Bergen NH", "GM0820": "Nuenen ca", "GM0893": "Bergen L"}
"""What the list calls municipalities that it names otherwise."""
PROVINCE_BEHIND = re.compile(r" (?:dr|fr|gld|lb|nb|nh|ov|ut|zh)$", re.IGNORECASE)
"""What the post has behind a name that another province has too."""
WEBSITES = {"GM0344": "https://www.utrecht.nl/", "GM1982": ""}
"""Where the list names the site of one desk, and one with a slip of the pen: that website is not known then."""
ABOUT = (
    "# Source: github.com/LisetHamming/woo-generator at f7f2a696, public/adreslijst.json (2024-03-26), but for seats "
    "of rows that name another."
)


def main(addresses: Path) -> None:
    """Write the table, sorted by code."""
    told = {
        spelled(one["Bestuursorgaan"].removeprefix("Gemeente ")): one
        for one in json.loads(addresses.read_text("utf-8"))
        if one["Bestuursorgaan"].startswith("Gemeente ")
    }
    records = {one["cbs_code"]: one for one in map(_record, (PROJECT / "catalogue/municipalities").glob("*.yml"))}
    lines = ["cbs_code\tseat\twebsite\taddress\ttitle\tdate\tdate_is_estimate"]
    for code in sorted(municipality_names()):
        name = official_name(code)
        row = told[spelled(NAMED_IN_LIST.get(code, name))]
        seat, website = _seat(row["Plaats"], code, name), f"https://{urlsplit(row['Website']).hostname}/"
        known, source = records.get(code), list[str]()
        if known and known["seat"] != seat:
            seat = known["seat"]
            titles = (NAMES["title"], ADDRESSES["title"])
            source = next((list(one.values()) for one in known["sources"] if one["title"] not in titles), [])
        lines.append("\t".join([code, seat, WEBSITES.get(code, website), *source]).rstrip("\t"))
    file = PROJECT / "meedoenkaart/national/municipalities.tsv"
    file.write_text("\n".join([ABOUT, *lines]) + "\n", "utf-8")


def _record(file: Path) -> Any:
    return parse(file.read_bytes(), file.name)[0]


def _seat(postal: str, code: str, name: str) -> str:
    """Return the town as the table of places writes it; several municipalities get their post in one of them."""
    here = [one for one in table() if one.cbs_code == code]
    for wanted in (PROVINCE_BEHIND.sub("", postal).replace(" Ad ", " aan den "), name):
        if found := next((one for one in here if spelled(wanted) in map(spelled, (one.name, *one.also))), None):
            return found.name
    return postal


if __name__ == "__main__":
    main(Path(sys.argv[1]))
