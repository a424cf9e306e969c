"""The feeds of the site: which there are, and what each tells."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from meedoenkaart.calendars.selection import NEAR_KM
from meedoenkaart.catalogue import Catalogue
from meedoenkaart.feeds.atom import Entry, feed
from meedoenkaart.feeds.history import Happened, moment
from meedoenkaart.geography.areas import NATIONWIDE
from meedoenkaart.geography.distance import Spot, kilometres
from meedoenkaart.publishing.folder import Folder
from meedoenkaart.publishing.page import feed_beside, region_of
from meedoenkaart.publishing.rendering import Site
from meedoenkaart.texts import texts

MOST = 50
"""Entries of a feed."""
MOST_LINES = 8
"""Lines of an entry."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """Something that happened, and where."""

    happened: Happened
    entry: Entry
    spots: tuple[Spot, ...]
    municipalities: frozenset[str]
    is_regional: bool


def write_feeds(catalogue: Catalogue, site: Site, found: Sequence[Happened], folder: Folder) -> None:
    """Write the feed of each reception location, municipality, sector with opportunities, and of the routes."""
    spots = {(name, one.cbs_code): one.spot for one in catalogue.places for name in (one.name, *one.also)}
    placed = [_placed(catalogue, site, spots, one) for one in found]
    for page, title, told in _feeds(catalogue, placed):
        entries = [one.entry for one in told[:MOST]]
        data = feed(title, site.name, site.url + page, site.url + feed_beside(page), entries)
        folder.write(feed_beside(page), data)


def _feeds(catalogue: Catalogue, placed: Sequence[_Placed]) -> Iterator[tuple[str, str, list[_Placed]]]:
    """Yield the page, the title and the entries of each feed."""
    names = texts("feeds")["name"]
    offered = [one for one in placed if one.happened.collection == "organisations"]
    for reception in catalogue.receptions.values():
        near = [one for one in offered if any(kilometres(spot, reception.spot) <= NEAR_KM for spot in one.spots)]
        yield reception.url, names["reception"].format(name=reception.record.name, within=NEAR_KM), near
    for slug, municipality in catalogue.municipalities.items():
        here = [one for one in placed if slug in one.municipalities]
        yield municipality.url, names["municipality"].format(name=municipality.name), here
    region = region_of(catalogue.region)
    for id in catalogue.offers_by_sector:
        label = catalogue.vocabulary.sectors[id].label
        of_it = [one for one in offered if one.is_regional and id in one.happened.sectors]
        yield f"sectoren/{id}/", names["sector"].format(label=label, region=region), of_it
    yield "routes/", names["routes"], [one for one in placed if one.happened.collection == "routes"]


def _placed(catalogue: Catalogue, site: Site, known: Mapping[tuple[str, str], Spot], one: Happened) -> _Placed:
    """Return what happened with where it was: by the place's name, since the record may be gone."""
    if one.collection == "routes":
        page = next((f"gemeenten/{slug}/" for slug in one.municipalities if slug in catalogue.routes), "routes/")
        return _Placed(one, _entry(catalogue, site, one, page), (), frozenset(one.municipalities), True)
    home = one.slug.partition("/")[0]
    municipalities = {slug or home for _, slug in one.places} | ({home} - {NATIONWIDE})
    own = [catalogue.municipalities[slug] for slug in municipalities if slug in catalogue.municipalities]
    is_regional = home == NATIONWIDE or any(not catalogue.is_elsewhere(page) for page in own)
    codes = {page.slug: page.record.cbs_code for page in own}
    spots = [known.get((place, codes.get(slug or home, ""))) for place, slug in one.places]
    organisation = catalogue.organisations.get(one.slug)
    is_there = organisation and one.id in ("", *(part.id for part in organisation.record.opportunities))
    page = f"kansen/{one.slug}/{one.id and '#' + one.id}" if is_there else f"kansen/{home}/"
    if not is_there and home not in catalogue.organisations_by_home:
        page = "kansen/"
    entry = _entry(catalogue, site, one, page)
    return _Placed(one, entry, tuple(filter(None, spots)), frozenset(municipalities), is_regional)


def _entry(catalogue: Catalogue, site: Site, one: Happened, page: str) -> Entry:
    words = texts("feeds")
    title = words["of"].format(title=one.title, who=one.who) if one.id and one.who not in one.title else one.title
    lines = (words["ended"],) if one.what == "ended" else one.lines
    if len(lines) > MOST_LINES:
        lines = (*lines[:MOST_LINES], words["more"].format(count=len(lines) - MOST_LINES))
    sectors = catalogue.vocabulary.sectors
    categories = tuple(str(sectors[id].label) for id in one.sectors if id in sectors)
    return Entry(words["what"][one.what].format(title=title), site.url + page, moment(one.when), lines, categories)
