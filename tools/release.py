"""Makes the files of a release say so: version, changelog, publiccode.yml, and what regions may have in its own place.

``python -m tools.release 0.3.0``; see docs/developers/versions.md for what is before and after it.
"""

import datetime
import re
import sys
from pathlib import Path

from meedoenkaart.layers import PACKAGE
from meedoenkaart.tables import rows
from meedoenkaart.upkeep.upgrade import ORIGINALS, digest, originals
from meedoenkaart.versions import parsed

ROOT = Path(__file__).parents[1]
_SOURCE = (
    "# Written by `python -m tools.release`: in which version each of these files changed last, as regions know them."
)
_UNRELEASED = "## Unreleased\n"


def main(version: str, today: datetime.date) -> None:
    """Write the version and what goes with it."""
    parsed(version)
    _replace(PACKAGE / "__init__.py", r'(?<=__version__ = ")[^"]+', version)
    _replace(ROOT / "Containerfile", r"(?<=^ARG VERSION=).*", version)
    _replace(ROOT / "publiccode.yml", r"(?<=softwareVersion: ).*", version)
    _replace(ROOT / "publiccode.yml", r"(?<=releaseDate: ).*", f'"{today}"')
    _replace(ROOT / "CHANGELOG.md", rf"^{_UNRELEASED}", f"{_UNRELEASED}\n## {version} - {today}\n")
    write_originals(version)


def write_originals(version: str) -> None:
    """Note which files are other than at the last release."""
    file = PACKAGE / "upkeep" / ORIGINALS
    known = {name: (was, kept) for name, was, kept in rows("meedoenkaart.upkeep", ORIGINALS)} if file.exists() else {}
    lines = [_SOURCE, "file\tversion\tdigest"]
    for name, original in originals():
        was, kept = known.get(name, (version, ""))
        now = digest(original)
        lines.append(f"{name}\t{was if now == kept else version}\t{now}")
    file.write_text("\n".join(lines) + "\n", "utf-8")


def _replace(file: Path, pattern: str, new: str) -> None:
    text, count = re.subn(pattern, new, file.read_text("utf-8"), flags=re.MULTILINE)
    if count != 1:
        raise SystemExit(f"{file.name}: {pattern} stands there {count} times")
    file.write_text(text, "utf-8")


if __name__ == "__main__":
    main(sys.argv[1], datetime.datetime.now(datetime.UTC).date())
