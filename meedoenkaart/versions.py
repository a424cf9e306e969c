"""Versions: that of the program, and the one that a region's files were last brought up to."""

import re
from pathlib import Path
from typing import Any, NamedTuple

from meedoenkaart import __version__
from meedoenkaart.layers import PACKAGE
from meedoenkaart.problems import Problem, problem
from meedoenkaart.texts import texts

PINNED = "requirements.txt"
"""Says in a region which version of the program its files are made for; pip installs that one."""
Version = tuple[int, int, int]
_NUMBER = r"(\d{1,6})\.(\d{1,6})\.(\d{1,6})"
_LINE = re.compile(rf"^(?P<before>\ufeff?meedoenkaart[ \t]*==[ \t]*){_NUMBER}(?=[ \t]*(?:[#;].*)?\r?$)", re.M | re.I)


class Pin(NamedTuple):
    """The version that a region names."""

    version: Version
    line: int
    column: int


def pinned(root: Path) -> Pin | None:
    """Return the version that a region's files are made for; None where none is named that one can read."""
    text = pins(root)
    found = _LINE.search(text)
    if not found:
        return None
    start = found.end("before") - text.rfind("\n", 0, found.start()) - 1
    return Pin(_version(found.groups()[1:]), text.count("\n", 0, found.start()) + 1, start + 1)


def pins(root: Path) -> str:
    """Return what the region wants installed, or nothing."""
    try:
        return (root / PINNED).read_bytes().decode("utf-8", "surrogateescape")
    except OSError:
        return ""


def moved(text: str, version: str) -> str:
    """Return a list of what is wanted with another version of the program; all else stays as it is."""
    return _LINE.sub(lambda found: found["before"] + version, text, count=1)


def parsed(text: str) -> Version:
    """Return a version as numbers that can be compared."""
    found = re.fullmatch(_NUMBER, text)
    if not found:
        raise ValueError(f"{text} is no version")
    return _version(found.groups())


def shown(version: Version) -> str:
    """Return a version as people write it."""
    return ".".join(map(str, version))


def start_files() -> dict[str, str]:
    """Return what a new region gets that names this version: what to install, and the workflows that run it."""
    files = {f".github/workflows/{file.name}": file for file in sorted((PACKAGE / "start/github").glob("*.yml"))}
    found = {name: file.read_text("utf-8").replace("@VERSION", f"@v{__version__}") for name, file in files.items()}
    return {PINNED: f"meedoenkaart=={__version__}\n"} | found


def too_new(root: Path) -> Problem | None:
    """Return a problem when the region's files are made for a newer program: this one would misread them."""
    pin = pinned(root)
    if pin is None or pin.version <= PROGRAM:
        return None
    values = {"needed": shown(pin.version), "version": __version__, "where": PACKAGE}
    return problem("newer-version", PINNED, pin.line, pin.column, **values)


def changes(since: Version) -> list[dict[str, Any]]:
    """Return what changed after a version in what all regions share, newest first; see ``texts/nl/changes.yml``."""
    return [one for one in texts("changes") if parsed(one["version"]) > since]


def running() -> str:
    """Say which program runs, where it lies, and which others Python could have found."""
    from importlib.metadata import distributions

    told = [f"meedoenkaart {__version__} ({PACKAGE})"]
    others = {(Path(str(one.locate_file(""))), one.version) for one in distributions(name="meedoenkaart")}
    told += [
        f"also installed, and not used: {version} ({folder})"
        for folder, version in sorted(others)
        if folder != PACKAGE.parent and (folder / PACKAGE.name).is_dir()
    ]
    return "\n".join(told)


def _version(numbers: Any) -> Version:
    major, minor, patch = map(int, numbers)
    return major, minor, patch


PROGRAM = parsed(__version__)
"""The version of the program that runs."""
