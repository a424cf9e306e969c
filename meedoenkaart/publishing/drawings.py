"""The drawings of integration routes: in their pages, and as files beside them."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from meedoenkaart.catalogue import RoutePage
from meedoenkaart.icons import Icons
from meedoenkaart.infographic import Draughtsman
from meedoenkaart.infographic.measuring.fonts import FontFile
from meedoenkaart.infographic.plan.ranking import Ranker
from meedoenkaart.layers import made, theme_of
from meedoenkaart.records.route import Route

CACHE = ".cache/drawings"
"""What was drawn before; safe to delete."""
_FILES = (
    ("inter/files/inter-latin-wght-normal.woff2", "Inter Variable"),
    ("inter/files/inter-latin-ext-wght-normal.woff2", "Inter Variable"),
    ("inter/files/inter-cyrillic-wght-normal.woff2", "Inter Variable"),
    ("noto-sans-arabic/files/noto-sans-arabic-arabic-wght-normal.woff2", "Noto Sans Arabic Variable"),
    ("noto-sans-ethiopic/files/noto-sans-ethiopic-ethiopic-wght-normal.woff2", "Noto Sans Ethiopic Variable"),
)


def font_files(root: Path) -> list[FontFile]:
    """Return the fonts of the project's pages, in order of preference."""
    fonts = made(root, "fonts")
    return [FontFile(fonts / file, family) for file, family in _FILES]


def draughtsman(
    root: Path, engine: Callable[[], Ranker] | None = None, icons: Mapping[str, str] | None = None
) -> Draughtsman:
    """Return who draws the routes of the project at ``root``.

    With another Graphviz than wasmtime's, and with other icons than those of the project's Lucide, if they are given.
    """
    return Draughtsman(font_files(root), Icons(root) if icons is None else icons, theme_of(root), root / CACHE, engine)


def draw_for_page(artist: Draughtsman, page: RoutePage) -> None:
    """Draw a route in both forms that its page shows, into the cache."""
    artist.draw(page.record, "wide")
    artist.draw(page.record, "phone")


def preview_picture(slug: str) -> str:
    """Return the address of the picture that is shown where the page is shared, from the site's root."""
    return f"gemeenten/{slug}/{slug}{_PREVIEW}"


def files(artist: Draughtsman, page: RoutePage) -> Iterator[tuple[str, bytes]]:
    """Yield the address and the bytes of every file that lies beside a route's page.

    Raises ``CannotDraw`` when the route is beyond what can be drawn.
    """
    for ending, draw in _DRAW.items():
        yield f"gemeenten/{page.slug}/{page.slug}{ending}", draw(artist, page.record)


_PREVIEW = "-delen.png"
_DRAW: dict[str, Callable[[Draughtsman, Route], bytes]] = {
    ".svg": lambda artist, route: artist.standalone(route).encode(),
    ".png": lambda artist, route: artist.png(route),
    _PREVIEW: lambda artist, route: artist.png(route, pixels=1),
    "-a3.pdf": lambda artist, route: artist.pdf(route, "a3"),
    "-a4.pdf": lambda artist, route: artist.pdf(route, "a4"),
    ".gv": lambda artist, route: artist.dot(route).encode(),
}
"""What a file's name ends on after the municipality's, and how it is made."""
