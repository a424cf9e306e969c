"""The frame around generated pages: drawn once for each section and depth, filled for each page."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

HEAD = "@@meedoenkaart-head@@"
SWITCH = "@@meedoenkaart-switch@@"
CONTENT = "@@meedoenkaart-content@@"


Parts = tuple[bytes, bytes, bytes, bytes]
"""What stands around the head, the language switch and the content of a page."""


class Shells:
    """Frames by language, section (the first part of an address) and depth: all that links in a frame depend on."""

    def __init__(self, draw: Callable[[str], str], addresses: Iterable[str], languages: Iterable[str] = ()) -> None:
        """Draw a frame for every language, section and depth among ``addresses``.

        ``draw`` returns the page at an address with ``HEAD``, ``SWITCH`` and ``CONTENT`` where a page's own parts go.
        ``languages`` are the first parts of addresses that stand for one.
        """
        self._languages = frozenset(languages)
        self._parts: dict[tuple[str, int], Parts] = {}
        for key in sorted({self._key(url) for url in addresses}):
            self._parts[key] = _split(draw(_sample(*key)))

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> "Shells":
        """Return the frames that ``told`` told of."""
        shells = cls(lambda _: "", (), told["languages"])
        for section, depth, *parts in told["shells"]:
            before, between, around, after = map(str.encode, parts)
            shells._parts[section, depth] = before, between, around, after
        return shells

    def told(self) -> dict[str, Any]:
        """Return each frame as section, depth, and its four parts, and the languages."""
        shells = [(*key, *map(bytes.decode, parts)) for key, parts in self._parts.items()]
        return {"languages": sorted(self._languages), "shells": shells}

    def parts(self, url: str) -> Parts:
        """Return the frame of the page at ``url``: what stands before, between and after its own parts."""
        return self._parts[self._key(url)]

    def fill(self, url: str, head: str, switch: str, content: Iterable[str]) -> list[bytes]:
        """Return the whole page at ``url``, in parts: a list of everything there is may be large."""
        before, between, around, after = self.parts(url)
        return [before, head.encode(), between, switch.encode(), around, *map(str.encode, content), after]

    def _key(self, url: str) -> tuple[str, int]:
        language, _, rest = url.partition("/")
        if language not in self._languages:
            return language, url.count("/")
        return f"{language}/{rest.partition('/')[0]}".removesuffix("/"), url.count("/")


def _sample(section: str, depth: int) -> str:
    return f"{section}/" + "x/" * (depth - 1 - section.count("/")) if section else ""


def _split(page: str) -> Parts:
    parts = []
    rest = page
    for marker in (HEAD, SWITCH, CONTENT):
        before, found, rest = rest.partition(marker)
        if not found or marker in rest:
            raise ValueError(f"the theme's main.html has to show each part of a page once, and does not with {marker}")
        parts.append(before.encode())
    before_head, between, around = parts
    return before_head, between, around, rest.encode()
