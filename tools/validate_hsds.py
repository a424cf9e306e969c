"""Check the open data of a built site against the official schemas of HSDS 3.0: ``python -m tools.validate_hsds DIR``.

``DIR`` holds the compiled schemas of https://github.com/openreferral/specification (tag 3.0, ``schema/compiled/``): no
package brings them, and their licence keeps them out of this repository.
"""

import csv
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from jsonschema import Draft202012Validator

HSDS = Path("site/api/v1/hsds")
CLASSES = {"organizations": "organization", "services": "service", "service_at_locations": "service_at_location"}


def main(schemas: Path) -> None:
    """Check every object, by itself, in lists and in tables; say what is wrong, and at how much was looked."""
    validators = {
        path.stem: Draft202012Validator(json.loads(path.read_text("utf-8"))) for path in schemas.glob("*.json")
    }
    looked = wrong = 0
    for name, where, value in _things():
        looked += 1
        for error in validators[name].iter_errors(value):
            wrong += 1
            sys.stdout.write(f"{where} {error.json_path}: {error.message[:200]}\n")
    sys.stdout.write(f"{looked} objects and packages of tables, {wrong} faults.\n")
    sys.exit(bool(wrong) or not looked)


def _things() -> Iterator[tuple[str, Path, Any]]:
    """Yield the name of the schema of each thing, where it is, and the thing."""
    for folder, name in CLASSES.items():
        for path in sorted((HSDS / folder).rglob("*.json")):
            told = json.loads(path.read_text("utf-8"))
            if path.parent.name == "page":
                yield from ((f"{name}_list", path, one) for one in told["contents"])
            else:
                yield name, path, told
    path = HSDS / "datapackage.zip"
    with ZipFile(path) as package:
        tables = json.loads(package.read("datapackage.json"))["resources"]
        yield "tabular", path, {one["name"]: list(_rows(one, package.read(one["path"]).decode())) for one in tables}


def _rows(table: Any, text: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table with what stands in their cells."""
    numbers = {one["name"] for one in table["schema"]["fields"] if one["type"] == "number"}
    for row in csv.DictReader(io.StringIO(text, newline="")):
        yield {key: float(cell) if key in numbers else cell for key, cell in row.items() if cell}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
