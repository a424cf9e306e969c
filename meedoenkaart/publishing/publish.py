"""From a catalogue to the files of the site."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from html import escape
from itertools import chain
from pathlib import Path
from typing import Any

from meedoenkaart.catalogue import Catalogue, OrganisationPage, RoutePage
from meedoenkaart.feeds import seen
from meedoenkaart.feeds.history import happened
from meedoenkaart.icons import Icons
from meedoenkaart.infographic import CannotDraw, Draughtsman
from meedoenkaart.kept import program_state
from meedoenkaart.languages import DUTCH, SOURCE, Language, speaking
from meedoenkaart.layers import theme_of
from meedoenkaart.open_data.files import About
from meedoenkaart.processes import in_batches, without_collecting
from meedoenkaart.publishing import drawings, embeds, ground
from meedoenkaart.publishing.app import app_icons
from meedoenkaart.publishing.assets import glossary_data, icon_shapes, icon_sheet, icons_of
from meedoenkaart.publishing.atelier import atelier_files
from meedoenkaart.publishing.calendars import write_calendars
from meedoenkaart.publishing.digests import Digests, Tokens
from meedoenkaart.publishing.engine_files import engine_files
from meedoenkaart.publishing.feeds import write_feeds
from meedoenkaart.publishing.finder import FinderFiles
from meedoenkaart.publishing.folder import Folder
from meedoenkaart.publishing.form import RecordPage, form_data, names_data, source_url
from meedoenkaart.publishing.frame import Frame
from meedoenkaart.publishing.handover import handover_file
from meedoenkaart.publishing.marking import Names
from meedoenkaart.publishing.offline import write_nothing_offline, write_offline
from meedoenkaart.publishing.open_data import Told, open_data_jobs, told_together
from meedoenkaart.publishing.page import Page, names_finder, region_of
from meedoenkaart.publishing.pages import page_of, redirects
from meedoenkaart.publishing.rendering import Renderer
from meedoenkaart.publishing.shells import Shells
from meedoenkaart.upkeep.diff import labels_of

MANY_PAGES = 400
"""From this number on, drawing in several processes is worth their start."""
AT_A_TIME, LISTS_AT_A_TIME = 500, 250
"""Pages that a process draws: of one organisation each, or of several."""
ATELIER = "atelier"
"""The template of the page that a site can do without."""
ORGANISATION = "organisation"
MANY_OF_A_KIND = (ORGANISATION, "municipality", "reception")
"""The templates of most pages that are about one thing."""
MANY_ROUTES = 20
"""Routes that a process draws; more are worth a second process."""
_REPLACED = frozenset({"sitemap.xml", "sitemap.xml.gz", "search/search_index.json"})
"""Files of the editorial part that the whole site has its own version of."""


def addresses(pages: Iterable[Page]) -> list[str]:
    """Return the address of every page that stands within the site's frame, from the site's root."""
    return [page.url for page in pages if not page.whole]


@without_collecting()  # which would also copy the catalogue into every process
def publish(
    root: Path,
    theme_build: Path,
    catalogue: Catalogue,
    pages: Iterable[Page],
    frame: Frame,
    folder: Folder,
    known: Mapping[str, str],
    languages: Sequence[Language] = (DUTCH,),
) -> Mapping[str, str]:
    """Write the whole site, in some languages, into ``folder`` and put it in the place of the last one.

    ``theme_build`` holds the built scripts and styles, ``pages`` are all that are generated. Pages of which the digest
    is ``known``, by their address, are published already and stay; returned are the digests of all pages, and those of
    open data by their path.
    """
    drawn = [page.on(frame.site.name) for page in pages if frame.site.atelier or page.template != ATELIER]
    _write_surroundings(root, theme_build, catalogue, frame, folder)
    artist = drawings.draughtsman(root)
    renderers = {one.code: Renderer(root, frame.site, catalogue, artist, one, languages) for one in languages}
    renderer = renderers[SOURCE]
    parallel = len(drawn) >= MANY_PAGES
    if parallel:
        catalogue.look_up_all()
    spoken = {one.code: one for one in languages}
    program = program_state()
    digests = Digests(root, frame.site, catalogue, frame.shells, program, spoken)
    about = About(frame.site.name, frame.site.url, frame.site.repo_url, region_of(catalogue.region))
    tell, write_open_data = open_data_jobs(catalogue, about, digests.of_data, known, folder)

    def look_at(some: Sequence[OrganisationPage]) -> tuple[Tokens, Told]:
        """Take in some organisations with their opportunities, and write their open data."""
        return digests.take_in(with_offers(some)), tell(some)

    def with_offers(some: Sequence[OrganisationPage]) -> Iterator[object]:
        return chain.from_iterable((page, *catalogue.offers_of(page)) for page in some)

    # In a process of its own: reading the dictionary takes more memory than all else.
    first: list[Callable[[], Any]] = [partial(_write_finder, renderers, folder)]
    batches = told_together(catalogue)
    first += [partial(look_at, some) for some in batches]
    finders, *looked_at = folder.share_out(first, parallel)
    for some, (tokens, _) in zip(batches, looked_at, strict=True):
        digests.take_in(with_offers(some), tokens)
    for code, files in finders.items():
        renderers[code].finder = files
    draw_routes(list(catalogue.routes.values()), artist, folder)

    def draw(batch: Sequence[Page]) -> dict[str, str]:
        made = {}
        for one in batch:
            with speaking(spoken[one.language]):
                page = one.gathered()
                made[page.url] = digests.of(page)
                if known.get(page.url) == made[page.url]:
                    _keep(page, finders[page.language], folder)
                else:
                    _draw(page, renderers[page.language], frame.shells, folder)
        return made

    labels = labels_of(catalogue.vocabulary)
    told, past = happened(root, program, labels), None
    if told is None:
        told, past = seen.look(root, catalogue.today, labels)
    moved: dict[str, list[str]] = {}
    for old, new in redirects(catalogue):
        moved.setdefault(new, []).append(old)

    def write_small_files() -> None:
        _write_atelier(root, catalogue, frame, renderer, folder)
        _write_sitemap(drawn, renderer, frame, folder)
        write_feeds(catalogue, frame.site, told, folder)
        folder.write(embeds.HEIGHT, (theme_build / frame.site.assets["height.js"]).read_bytes())

    def write_lists_for_frames() -> None:
        for path, data in embeds.lists(catalogue, theme_of(root), moved):
            folder.write(path, data)

    # Each in a process of its own: what it takes of memory is free again.
    jobs: list[Callable[[], Mapping[str, str] | None]] = [
        partial(write_calendars, catalogue, frame.site, moved, digests.of_data, known, folder),
        write_lists_for_frames,
        partial(write_open_data, [told for _, told in looked_at]),
        partial(_write_in_each_language, drawn, catalogue, moved, renderers, spoken, frame, folder),
        partial(_write_for_the_form, root, catalogue, finders[SOURCE].places, folder),
        write_small_files,
        *(partial(draw, batch) for batch in _batches(drawn)),
    ]
    made: dict[str, str] = {}
    for of_job in folder.share_out(jobs, parallel):
        made |= of_job or {}
    if frame.site.offline:
        write_offline(drawn, catalogue, languages, frame, folder)
    else:
        write_nothing_offline(folder)
    if past:  # before, or a site could be published by a build that then fails
        seen.keep(root, past)
    folder.publish()
    return made


def publish_ahead(
    root: Path, catalogue: Catalogue, slugs: Iterable[str], frame: Frame, folder: Folder, languages: Sequence[Language]
) -> set[str]:
    """Write the pages of some organisations, in some languages, and nothing else; return their addresses."""
    artist = drawings.draughtsman(root)
    written = set()
    for language in languages:
        renderer = Renderer(root, frame.site, catalogue, artist, language, languages)
        with speaking(language):
            for slug in slugs:
                page = page_of(catalogue, slug, language, languages)
                _draw(page.on(frame.site.name), renderer, frame.shells, folder)
                written.add(page.url)
    return written


def _write_finder(renderers: Mapping[str, Renderer], folder: Folder) -> dict[str, FinderFiles]:
    """Write what the finder reads, under names that tell its content; return them by language."""
    dutch, contents = renderers[SOURCE].name_finder()
    found = {SOURCE: dutch}
    for code, renderer in renderers.items():
        if code != SOURCE:
            found[code], own = renderer.name_words(dutch, contents)
            contents = contents | own
    for path, data in contents.items():
        folder.write(path, data)
    return found


def _keep(page: Page, finder: FinderFiles, folder: Folder) -> None:
    """Take over a page that is published, but for the names of the files that its finder reads."""
    path = f"{page.url}index.html"
    if names_finder(page):
        folder.write(path, finder.renamed(folder.read(path)))
    else:
        folder.take(path)
    if page.beside:
        folder.take(f"{page.url}{page.beside}")


def _draw(page: Page, renderer: Renderer, shells: Shells, folder: Folder) -> None:
    drawn = renderer.draw(page)
    filled = [one.encode() for one in drawn.content] if page.whole else shells.fill(page.url, *drawn)
    folder.write(f"{page.url}index.html", *filled)
    if page.beside:
        folder.write(f"{page.url}{page.beside}", renderer.beside(page))


def _batches(drawn: Iterable[Page]) -> Iterator[Sequence[Page]]:
    """Yield the pages that a process draws: those of a kind in all languages together, lists one language at a time.

    What pages of a kind are made of is the same in each language; lists share cards.
    """
    by_kind: dict[str, list[Page]] = {}
    for page in sorted(drawn, key=lambda one: one.way):
        kind = page.template if page.template in MANY_OF_A_KIND else page.language
        by_kind.setdefault(kind, []).append(page)
    for kind, found in by_kind.items():
        yield from in_batches(found, AT_A_TIME if kind == ORGANISATION else LISTS_AT_A_TIME)


def draw_routes(routes: Sequence[RoutePage], artist: Draughtsman, folder: Folder) -> None:
    """Draw every route, in all forms: for its page, which finds the drawing in the cache, and as files beside it."""

    def draw(batch: Sequence[RoutePage]) -> None:
        for route in batch:
            with suppress(CannotDraw):  # its page says so
                drawings.draw_for_page(artist, route)
                for name, data in drawings.files(artist, route):
                    folder.write(name, data)

    jobs = [partial(draw, batch) for batch in in_batches(routes, MANY_ROUTES)]
    folder.share_out(jobs, parallel=len(routes) > MANY_ROUTES)


def _write_surroundings(root: Path, theme_build: Path, catalogue: Catalogue, frame: Frame, folder: Folder) -> None:
    for file in sorted(path for path in frame.folder.rglob("*") if path.is_file()):
        name = file.relative_to(frame.folder).as_posix()
        if name not in _REPLACED:
            folder.write(name, file.read_bytes())
    apart = {"manifest.json", frame.site.assets["height.js"]}  # the latter has an address that stays
    for file in sorted(path for path in theme_build.iterdir() if path.name not in apart):
        folder.write(f"assets/{file.name}", file.read_bytes())
    folder.write("assets/icons.svg", icon_sheet(icon_shapes(Icons(root), theme_of(root), icons_of(catalogue))))
    folder.write("assets/begrippen.json", glossary_data(catalogue.glossary))
    folder.write(ground.PATH, ground.ground_data(catalogue))
    folder.write(*handover_file(catalogue))
    for path, data in app_icons(theme_of(root)):
        folder.write(path, data)


def _write_for_the_form(root: Path, catalogue: Catalogue, places: str, folder: Folder) -> None:
    """Write what the form reads: its rules, which organisations there are, and the file behind each page.

    ``places`` is what the file of places is called, from the site's root.
    """
    folder.write("assets/formulier.json", form_data(catalogue, places))
    for slug, names in names_data(catalogue).items():
        folder.write(f"assets/namen/{slug}.json", names)
    for page in chain[RecordPage](
        catalogue.organisations.values(), catalogue.receptions.values(), catalogue.municipalities.values()
    ):
        folder.write(source_url(page), (root / page.file).read_bytes())


def _write_atelier(root: Path, catalogue: Catalogue, frame: Frame, renderer: Renderer, folder: Folder) -> None:
    """Write what the atelier reads; where a site does without, its address leads to how to send a route."""
    if frame.site.atelier:
        for path, data in chain(atelier_files(root, catalogue).items(), engine_files(root)):
            folder.write(path, data)
    else:
        folder.write("route-maken/index.html", renderer.redirect("route-maken/", "toevoegen/route/").encode())


def _write_in_each_language(
    drawn: Sequence[Page],
    catalogue: Catalogue,
    moved: Mapping[str, Sequence[str]],
    renderers: Mapping[str, Renderer],
    languages: Mapping[str, Language],
    frame: Frame,
    folder: Folder,
) -> None:
    """Write what there is once in each language: the pages at earlier addresses, the app, the search."""
    for code, renderer in renderers.items():
        language = languages[code]
        for new, earlier in moved.items():
            for old in earlier:
                folder.write(f"{language.way}{old}index.html", renderer.redirect(old, new).encode())
        folder.write(f"{language.way}manifest.webmanifest", renderer.manifest().encode())
        with speaking(language):
            _write_search([page for page in drawn if page.language == code], language, catalogue, frame, folder)


def _title(title: str, names: Names) -> str:
    """Return a title as HTML for Material's search, which looks for words in it: quotes stay what they are."""
    before, name = (escape(part, quote=False) for part in names.parted(title))
    return f'{before}<span translate="no">{name}</span>' if name else before


def _write_search(
    drawn: Sequence[Page], language: Language, catalogue: Catalogue, frame: Frame, folder: Folder
) -> None:
    """Write what the site's own search reads: all pages in a language, and in Dutch those of Markdown too."""
    names = Names(catalogue)
    entries = [
        {"location": page.way, "title": _title(page.title, names), "text": escape(page.search, quote=False)}
        for page in drawn
        if page.search is not None
    ]
    editorial = frame.search_index["docs"] if language.is_source else []
    index = {**frame.search_index, "docs": [*editorial, *entries]}
    data = json.dumps(index, ensure_ascii=False, separators=(",", ":")).encode()
    folder.write(f"{language.way}search/search_index.json", data)


def _write_sitemap(drawn: Sequence[Page], renderer: Renderer, frame: Frame, folder: Folder) -> None:
    """Write what search engines read: a list of all pages, or one for each language with what each is in the others."""
    urls = {**dict.fromkeys(frame.editorial), **{page.url: page for page in drawn if not page.whole}}
    for path, data in renderer.sitemaps(dict(sorted(urls.items()))):
        folder.write(path, data.encode())
    folder.write("robots.txt", f"User-agent: *\nAllow: /\nSitemap: {frame.site.url}sitemap.xml\n".encode())
