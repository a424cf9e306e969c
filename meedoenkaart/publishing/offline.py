"""What a device keeps, so that the site works without a line: lists of files for the service worker.

A list is in the order of what matters most, and ends where there is no more room. What stands in it follows from the
finished site alone, and a page brings along all that it names: the same site gives the same bytes, and of a site that
changed a device fetches what differs. See docs/developers/offline.md.
"""

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain

from meedoenkaart.catalogue import Catalogue, OrganisationPage
from meedoenkaart.geography.distance import kilometres
from meedoenkaart.languages import Language
from meedoenkaart.publishing.folder import Folder
from meedoenkaart.publishing.frame import Frame
from meedoenkaart.publishing.page import Page

MOST = 15_000_000
"""Bytes that a device keeps of the site in one language, at most."""
QUIETLY = 6_000_000
"""Bytes of these that it keeps without being asked: about a fifth of them goes over the line."""
WORKER, ABOUT = "sw.js", "offline.json"
"""The worker's address may never change: there browsers ask whether there is a new one."""
PACKED = (".woff2", ".png")
"""How files end that no host makes smaller on the way."""
FOLD = 4.5
"""By how much others become smaller there, about."""
_Rank = tuple[int, float]
_LATER: _Rank = (1, 0)
"""From this rank on a page is kept only when somebody asks for it."""
_FIRST = ("", "offline/", "kansen/", "lijstje/", "agenda/", "azc/", "begrippen/", "gemeenten/", "doorgaan/")
_LISTS = ("overdracht/", "activiteiten/", "sectoren/", "begeleiders/", "contacten/", "wie-doet-wat/")
_BESIDE = ("icon.svg", "icons.svg", "begrippen.json", "kaart.json", "finder/files{}.json")
"""Files that pages fetch without naming them, or that all do."""
_NAMED = re.compile(rb'"(?:\.\.?/)*(assets/[^"?#]+\.(?:js|css|json|svg|woff2))["#]')
_FONTS = re.compile(r"""url\(["']?(?:\./)?([\w-]+\.woff2)[^}]*?unicode-range:([^;}]+)""")
_RANGE = re.compile(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", re.IGNORECASE)
_TELLS_ITS_CONTENT = re.compile(r"[-.](?:[0-9A-Z]{8}|[0-9a-f]{8}|[0-9a-f]{10})\.(?:min\.)?(?:js|css|woff2|json)$")
_GONE = """\
// Nothing of this site is kept on devices any more: this removes what was, and itself.
self.addEventListener("install", () => self.skipWaiting())
self.addEventListener("activate", event => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.endsWith(registration.scope)) await caches.delete(name)
  await registration.unregister()
})()))
"""


@dataclass
class FileList:
    """Files that a device keeps together."""

    entries: list[Mapping[str, str | None]] = field(default_factory=list)
    """As Workbox wants to be told what to keep."""
    kept: int = 0
    """Bytes on the device."""
    fetched: int = 0
    """Bytes on the way, about."""

    def add(self, address: str, data: bytes) -> None:
        """Add a file. Where its name tells its content, there is no other one of that name."""
        digest = hashlib.sha256(data).digest()
        revision = None if _TELLS_ITS_CONTENT.search(address) else digest.hex()[:10]
        integrity = f"sha256-{base64.b64encode(digest).decode()}"
        self.entries.append({"url": address or "./", "revision": revision, "integrity": integrity})
        self.kept += len(data)
        self.fetched += len(data) if address.endswith(PACKED) else int(len(data) / FOLD)


def write_offline(
    drawn: Sequence[Page], catalogue: Catalogue, languages: Sequence[Language], frame: Frame, folder: Folder
) -> None:
    """Write the service worker, its lists for each language, and what is told of them.

    To be called when all other files are written.
    """
    assets = frame.site.assets
    sheet = folder.filled(f"assets/{assets['site.css']}").decode()
    rank = _ranks(catalogue)

    def write_lists(language: Language) -> dict[str, Mapping[str, object]]:
        """Write the lists of a language; return what is told of each, by its name."""
        ranked = sorted((place, one.url) for one in drawn if one.language == language.code and (place := rank(one.way)))
        first = [*_beside(language), *_fonts(sheet, language)] + [url for place, url in ranked if place < _LATER]
        later = [url for place, url in ranked if place >= _LATER]
        if language.is_source:
            later += [url for url in frame.editorial if not url.startswith("toevoegen/")]
        search = _search(language, folder)
        is_small = sum(len(folder.filled(one)) for one in search) <= QUIETLY // 10
        (first if is_small else later).extend(search)
        quiet, more, is_all = lists(first, later, folder)
        parts: dict[str, Mapping[str, object]] = {}
        for name, one in ((language.code, quiet), (f"{language.code}-more", more)):
            data = f"(self.files ??= []).push(...{json.dumps(one.entries, separators=(',', ':'))})\n".encode()
            path = f"assets/offline/{name}-{hashlib.sha256(data).hexdigest()[:10]}.js"
            folder.write(path, data)
            told = {"kept": one.kept, "fetched": one.fetched, "files": len(one.entries), "all": is_all}
            parts[name] = {"list": path, **told}
        return parts

    in_each = folder.share_out([partial(write_lists, language) for language in languages], len(languages) > 1)
    parts = {name: told for found in in_each for name, told in found.items()}
    about = json.dumps({"built": catalogue.today.isoformat(), "parts": parts})
    folder.write(ABOUT, about.encode())
    folder.write(WORKER, f'self.site = {about}\nimportScripts("assets/{assets["sw.js"]}")\n'.encode())


def write_nothing_offline(folder: Folder) -> None:
    """Write a worker that removes what earlier ones kept, and itself."""
    folder.write(WORKER, _GONE.encode())


def _ranks(catalogue: Catalogue) -> Callable[[str], _Rank | None]:
    """Return what tells how early a page is kept, by its address in Dutch; None for one that never is.

    First what belongs to the region's reception locations, then organisations by how near they are to one of them.
    """
    spots = [one.spot for one in catalogue.regional_receptions.values()]

    def distance(page: OrganisationPage) -> float:
        venues = chain.from_iterable(offer.venues for offer in catalogue.offers_of(page))
        return min((kilometres(venue.spot, spot) for venue in venues for spot in spots), default=0)

    organisations = [one for one in catalogue.organisations.values() if not catalogue.is_elsewhere(one.home)]
    ranks: dict[str, _Rank] = {
        **{f"gemeenten/{slug}/": (2, 0) for slug in catalogue.regional_municipalities},
        **{one.url: (1, distance(one)) for one in organisations},
        **{url: (3, number) for number, url in enumerate(_LISTS)},
        **{url: (0, number) for number, url in enumerate(_FIRST)},
        **{one.url: (0, 5.5) for one in catalogue.regional_receptions.values()},
        **{f"gemeenten/{slug}/": (0, 30) for slug in catalogue.regional_municipalities if slug in catalogue.routes},
    }

    def rank(way: str) -> _Rank | None:
        if way.startswith("routes/"):
            return (0, 20)
        return ranks.get(way, (3, 99) if way.startswith(("activiteiten/", "sectoren/")) else None)

    return rank


def _beside(language: Language) -> Iterator[str]:
    for file in _BESIDE:
        yield f"assets/{file.format('' if language.is_source else f'-{language.code}')}"


def _search(language: Language, folder: Folder) -> list[str]:
    """Return the files that Material's search reads in a language."""
    files = (f"assets/javascripts/lunr/min/lunr.{one}.min.js" for one in ("stemmer.support", language.code))
    return [f"{language.way}search/search_index.json", *filter(folder.has, files)]


def _fonts(sheet: str, language: Language) -> Iterator[str]:
    """Yield the fonts of a style sheet that the words of a language need; Dutch stands on every page."""
    letters = {ord("a"), *map(ord, language.messages.letters)}
    for file, ranges in _FONTS.findall(sheet):
        spans = [(int(first, 16), int(last or first, 16)) for first, last in _RANGE.findall(ranges)]
        if any(first <= letter <= last for first, last in spans for letter in letters):
            yield f"assets/{file}"


def lists(first: Iterable[str], later: Iterable[str], folder: Folder) -> tuple[FileList, FileList, bool]:
    """Return what is kept quietly, what more when asked, and whether nothing was left out for want of room."""
    quiet, more = FileList(), FileList()
    is_all = True
    known: set[str] = set()
    for is_first, address in chain(((True, one) for one in first), ((False, one) for one in later)):
        files = _with_named(address, known, folder)
        size = sum(map(len, files.values()))
        if quiet.kept + more.kept + size > MOST:
            is_all = False
            continue
        target = quiet if is_first and quiet.kept + size <= QUIETLY else more
        for one, data in files.items():
            target.add(one, data)
        known.update(files)
    return quiet, more, is_all


def _with_named(address: str, known: set[str], folder: Folder) -> dict[str, bytes]:
    """Return the bytes of a file, and of those that it names, but for what is known."""
    files: dict[str, bytes] = {}
    if address not in known:
        is_page = not address or address.endswith("/")
        files[address] = folder.filled(f"{address}index.html" if is_page else address)
        for name in dict.fromkeys(map(bytes.decode, _NAMED.findall(files[address]) if is_page else ())):
            if name not in known and name not in files and folder.has(name):
                files[name] = folder.filled(name)
    return files
