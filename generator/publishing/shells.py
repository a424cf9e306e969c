"""The frame around generated pages: drawn once for each section and depth, filled for each page."""

from collections.abc import Callable, Iterable

HEAD = "@@meedoenkaart-head@@"
CONTENT = "@@meedoenkaart-content@@"


class Shells:
    """Frames by section (the first part of an address) and depth: all that relative links in a frame depend on."""

    def __init__(self, draw: Callable[[str], str], addresses: Iterable[str]) -> None:
        """Draw a frame for every section and depth among ``addresses``.

        ``draw`` returns the page at an address with ``HEAD`` and ``CONTENT`` where a page's own parts go.
        """
        self._parts: dict[tuple[str, int], tuple[bytes, bytes, bytes]] = {}
        for key in sorted({_key(url) for url in addresses}):
            self._parts[key] = _split(draw(_sample(*key)))

    @classmethod
    def of(cls, told: Iterable[tuple[str, int, str, str, str]]) -> "Shells":
        """Return the frames that ``told`` told of."""
        shells = cls(lambda _: "", ())
        for section, depth, *parts in told:
            before, between, after = map(str.encode, parts)
            shells._parts[section, depth] = before, between, after
        return shells

    def told(self) -> list[tuple[str, int, str, str, str]]:
        """Return each frame as section, depth, and its three parts."""
        return [
            (section, depth, before.decode(), between.decode(), after.decode())
            for (section, depth), (before, between, after) in self._parts.items()
        ]

    def parts(self, url: str) -> tuple[bytes, bytes, bytes]:
        """Return the frame of the page at ``url``: what stands before its head, between, and after its content."""
        return self._parts[_key(url)]

    def fill(self, url: str, head: str, content: Iterable[str]) -> list[bytes]:
        """Return the whole page at ``url``, in parts: a list of everything there is may be large."""
        before, between, after = self.parts(url)
        return [before, head.encode(), between, *map(str.encode, content), after]


def _key(url: str) -> tuple[str, int]:
    return url.partition("/")[0], url.count("/")


def _sample(section: str, depth: int) -> str:
    return f"{section}/" + "x/" * (depth - 1) if section else ""


def _split(page: str) -> tuple[bytes, bytes, bytes]:
    before, found, rest = page.partition(HEAD)
    between, also_found, after = rest.partition(CONTENT)
    if not found or not also_found or HEAD in rest or CONTENT in after:
        raise ValueError("the theme's main.html has to show page.meta.head and page.content once each")
    return before.encode(), between.encode(), after.encode()
