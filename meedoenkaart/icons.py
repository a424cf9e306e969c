"""Lucide's icons: the shapes of each, within a square of 24, by its name."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from meedoenkaart.layers import made

_SHAPES = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
_NAME = re.compile(r"[a-z0-9-]{1,60}")


class Icons(Mapping[str, str]):
    """The icons of a project, each read when it is first asked for; none where Lucide is not installed."""

    def __init__(self, root: Path) -> None:
        """Take the project's root."""
        self._folder = made(root, "icons")
        self._shapes: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        """Return the shapes of an icon."""
        if name not in self._shapes:
            if name not in self:
                raise KeyError(name)
            found = _SHAPES.search((self._folder / f"{name}.svg").read_text("utf-8"))
            self._shapes[name] = " ".join(found[1].split()) if found else ""
        return self._shapes[name]

    def __contains__(self, name: object) -> bool:
        """Say whether there is an icon of this name, without reading it."""
        return isinstance(name, str) and bool(_NAME.fullmatch(name)) and (self._folder / f"{name}.svg").is_file()

    def __iter__(self) -> Iterator[str]:
        """Yield the names of all icons, in order."""
        return iter(sorted(file.stem for file in self._folder.glob("*.svg")))

    def __len__(self) -> int:
        """Count the icons."""
        return sum(1 for _ in self._folder.glob("*.svg"))
