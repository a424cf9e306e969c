"""From a catalogue to the files of the site."""

import gc
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from html import escape
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path
from typing import Any, Protocol, TypeVar

from generator.catalogue import Catalogue, RoutePage
from generator.infographic import CannotDraw, Draughtsman
from generator.publishing import drawings
from generator.publishing.assets import glossary_data, icon_sheet
from generator.publishing.folder import Folder
from generator.publishing.form import form_data, names_data, source_url
from generator.publishing.rendering import Renderer, Site
from generator.publishing.shells import Shells
from generator.publishing.site import Page, pages, redirects, shows_finder

MANY_PAGES = 400
"""From this number on, drawing in several processes is worth their start."""
AT_A_TIME = 50
"""Pages that a process takes at once."""
MANY_ROUTES = 20
"""From this number of routes on, drawing in several processes is worth their start."""
T = TypeVar("T")
_REPLACED = frozenset({"sitemap.xml", "sitemap.xml.gz", "search/search_index.json"})
"""Files of the editorial part that the whole site has its own version of."""


class Frame(Protocol):
    """What the generated pages are put into: the editorial part of the site."""

    @property
    def folder(self) -> Path:
        """Where the editorial pages lie."""

    @property
    def site(self) -> Site:
        """What the site is called and where contributions go."""

    @property
    def shells(self) -> Shells:
        """The frames of generated pages."""

    @property
    def editorial(self) -> Sequence[str]:
        """Addresses of the editorial pages."""

    @property
    def search_index(self) -> dict[str, Any]:
        """What the site's search reads, without the generated pages."""


def addresses(catalogue: Catalogue) -> list[str]:
    """Return the address of every generated page, from the site's root."""
    return [page.url for page in pages(catalogue)]


def publish(
    root: Path,
    theme_build: Path,
    catalogue: Catalogue,
    frame: Frame,
    folder: Folder,
    unchanged: frozenset[str] = frozenset(),
) -> None:
    """Write the whole site into ``folder`` and put it in the place of the last one.

    ``theme_build`` holds the built scripts and styles; the pages at the addresses ``unchanged`` lie there already.
    """
    gc.freeze()  # the catalogue stays: looking for cycles in it takes time, and would copy it into every process
    drawn = list(pages(catalogue))
    _write_surroundings(root, theme_build, catalogue, frame, folder)
    artist = drawings.draughtsman(root)
    renderer = Renderer(root / "theme", frame.site, catalogue, artist)
    same_index = folder.holds(renderer.finder.index) and folder.holds(renderer.finder.texts)
    unchanged = frozenset(
        page.url for page in drawn if page.url in unchanged and (same_index or not shows_finder(page))
    )
    for path, data in renderer.finder.contents.items():
        folder.write(path, data)
    for url in unchanged:
        folder.keep(f"{url}index.html")
    draw_routes(list(catalogue.routes.values()), artist, folder)
    draw_pages([page for page in drawn if page.url not in unchanged], renderer, frame.shells, folder)
    _write_for_the_form(root, catalogue, folder)
    for old, new in redirects(catalogue):
        folder.write(f"{old}index.html", renderer.redirect(old, new).encode())
    _write_indexes(drawn, renderer, frame, folder)
    folder.publish()
    gc.unfreeze()


def draw_pages(drawn: Sequence[Page], renderer: Renderer, shells: Shells, folder: Folder) -> None:
    """Draw pages and write them, in as many processes as there are cores when there are many."""

    def draw(page: Page) -> None:
        folder.write(f"{page.url}index.html", shells.fill(page.url, *renderer.draw(page)))

    for_each(drawn, draw, many=MANY_PAGES, at_a_time=AT_A_TIME)
    for page in drawn:
        folder.keep(f"{page.url}index.html")


def draw_routes(routes: Sequence[RoutePage], artist: Draughtsman, folder: Folder) -> None:
    """Draw every route, in all forms: for its page, which finds the drawing in the cache, and as files beside it."""

    def draw(route: RoutePage) -> None:
        with suppress(CannotDraw):  # its page says so
            drawings.draw_for_page(artist, route)
            for name, data in drawings.files(artist, route):
                folder.write(name, data)

    for_each(routes, draw, many=MANY_ROUTES, at_a_time=1)
    for route in routes:
        for name in drawings.names(route):
            folder.keep(name)


def for_each(things: Sequence[T], work: Callable[[T], None], many: int, at_a_time: int) -> None:
    """Do the work for each thing; for ``many`` of them or more in as many processes as there are cores."""
    cores = os.cpu_count() or 1
    if len(things) < many or cores == 1 or "fork" not in get_all_start_methods():
        for thing in things:
            work(thing)
    else:
        _in_parallel(things, work, cores, at_a_time)


def _in_parallel(things: Sequence[T], work: Callable[[T], None], processes: int, at_a_time: int) -> None:
    """Work in several processes, which have the catalogue by being forks of this one; each takes a few at a time.

    This one begins with the lists, which share cards; the others begin at the end, with organisations, so that each
    touches, and so copies, only part of the catalogue's memory.
    """
    fork = get_context("fork")
    left = fork.Array("q", [0, len(things)])

    def take(from_end: bool) -> Iterator[T]:
        while True:
            with left.get_lock():
                start, end = left[0], left[1]
                if from_end:
                    start = max(start, end - at_a_time)
                    left[1] = start
                else:
                    end = min(start + at_a_time, end)
                    left[0] = end
            share = things[start:end]
            if not share:
                return
            yield from share

    def silently() -> None:
        try:
            for thing in take(from_end=True):
                work(thing)
        except Exception:
            sys.exit(1)

    workers = [fork.Process(target=silently) for _ in range(processes - 1)]
    for worker in workers:
        worker.start()
    try:
        for thing in take(from_end=False):
            work(thing)
    finally:
        for worker in workers:
            worker.join()
    if any(worker.exitcode for worker in workers):
        for thing in things:
            work(thing)  # here, what went wrong can be told


def _write_surroundings(root: Path, theme_build: Path, catalogue: Catalogue, frame: Frame, folder: Folder) -> None:
    for file in sorted(path for path in frame.folder.rglob("*") if path.is_file()):
        name = file.relative_to(frame.folder).as_posix()
        if name not in _REPLACED:
            folder.write(name, file.read_bytes())
    for file in sorted(path for path in theme_build.iterdir() if path.name != "manifest.json"):
        folder.write(f"assets/{file.name}", file.read_bytes())
    folder.write("assets/icons.svg", icon_sheet(root, root / "theme", catalogue))
    folder.write("assets/begrippen.json", glossary_data(catalogue.glossary))


def _write_for_the_form(root: Path, catalogue: Catalogue, folder: Folder) -> None:
    """Write what the form reads: its rules, which organisations there are, and the file behind each page."""
    folder.write("assets/formulier.json", form_data(catalogue))
    for slug, names in names_data(catalogue).items():
        folder.write(f"assets/namen/{slug}.json", names)
    for page in catalogue.organisations.values():
        folder.write(source_url(page), (root / page.file).read_bytes())


def _write_indexes(drawn: Sequence[Page], renderer: Renderer, frame: Frame, folder: Folder) -> None:
    """Write what lists all pages: for the site's own search, and for search engines."""
    entries = [
        {"location": page.url, "title": escape(page.title, quote=False), "text": escape(page.search, quote=False)}
        for page in drawn
        if page.search is not None
    ]
    index = {**frame.search_index, "docs": [*frame.search_index["docs"], *entries]}
    folder.write("search/search_index.json", json.dumps(index, ensure_ascii=False, separators=(",", ":")).encode())
    folder.write("sitemap.xml", renderer.sitemap(sorted({*frame.editorial, *(page.url for page in drawn)})).encode())
    folder.write("robots.txt", f"User-agent: *\nAllow: /\nSitemap: {frame.site.url}sitemap.xml\n".encode())
