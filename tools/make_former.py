"""Write the table of former municipalities from table 33 (municipalities) of the Dutch population register.

    git clone https://github.com/BRP-API/Haal-Centraal-BRP-bevragen
    python tools/make_former.py "Haal-Centraal-BRP-bevragen/scripts/Tabel33 Gemeententabel (gesorteerd op code).csv"

The register (RvIG, EUPL 1.2) names one successor for each, which may have ended since: the table has those that exist
now. ``former_parts.tsv`` beside this file says into which municipalities divided ones went, and what ended later.
"""

import csv
import re
import sys
from pathlib import Path

from meedoenkaart.geography.places import municipality_names

PARTS = Path(__file__).with_name("former_parts.tsv")
TABLE = Path(__file__).resolve().parent.parent / "meedoenkaart" / "geography" / "former.tsv"
SOURCE = (
    "# Source: RvIG, landelijke tabel 33 (gemeenten), EUPL 1.2, through github.com/BRP-API/Haal-Centraal-BRP-bevragen;"
    " for divided and later ones those that tools/former_parts.tsv tells."
)
SUFFIX = re.compile(r" \(.+\)$")
"""What tells municipalities of one name apart, as in "Sloten (F)"."""


def main(register: Path) -> None:
    """Read the register and the parts, and write the table in the order of the codes."""
    with register.open(encoding="utf-8", newline="") as file:
        ended = {f"GM{code}": (name, new, last) for code, name, new, _, last in [*csv.reader(file)][1:] if last}
    found = {}
    for code, (name, new, last) in ended.items():
        successor = f"GM{new}"
        while successor in ended:
            successor = f"GM{ended[successor][1]}"
        if successor in municipality_names():  # others lie abroad, or were no municipality
            day = f"{last[:4]}-{last[4:6]}-{last[6:]}"
            found[code] = (SUFFIX.sub("", name), code, day, successor)
    for name, code, day, successors, _ in [line.split("\t") for line in PARTS.read_text("utf-8").splitlines()[2:]]:
        found[code] = (name, code, day, successors)
    lines = [SOURCE, "name\tcbs_code\tended\tsuccessors", *("\t".join(found[code]) for code in sorted(found))]
    TABLE.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
