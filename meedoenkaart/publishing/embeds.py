"""What frames on other people's sites read, beside their pages: lists of what there is around each place.

A list tells of each opportunity, in the order in which it is shown, where its card lies and what filters ask: the
same in all languages. Cards lie beside the organisations' pages (``CARDS``): a frame fetches those that it shows.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from meedoenkaart.calendars.events import is_dated
from meedoenkaart.catalogue import Catalogue, MunicipalityPage, Offer, OrganisationPage, Venue
from meedoenkaart.layers import Layers
from meedoenkaart.publishing.assets import read_yaml
from meedoenkaart.publishing.facets import Facet, facets
from meedoenkaart.publishing.finder import UNKNOWN, freshness, level_of
from meedoenkaart.times.compact import compact, holidays

FOLDER = "embed/"
"""Where pages for other sites lie, below the way to their language."""
OFFERS, AGENDA = f"{FOLDER}kansen/", f"{FOLDER}agenda/"
CARDS = "kaart.json"
"""The file of an organisation's cards, beside its page."""
HEIGHT = f"{FOLDER}hoogte.js"
"""A script that other sites may use, at an address that never changes."""
MOST_CARDS = 12
"""A frame shows no more: ``theme/components/embed/asked.ts``."""
MOST_LISTED = 150
"""A list has so many opportunities at most, the nearest; then each activity has a list of its own too."""
ACTIVITY = "activiteit"
FILTERS = (ACTIVITY, "sector", "dag")
"""The facets that a frame can be asked for, beside level, permit and age."""
TOO_FAR_TO_CYCLE_KM = 20
"""From here on no card says how long one cycles: see ``theme/components/distance/distance.html``."""
_ANSWERS = {"nee": 0, "ja": 1, "ja-mits": 1}
_MAYBE = 2
"""How the law answers, as ``theme/components/finder/verdict.ts`` counts."""


class Near(NamedTuple):
    """An opportunity of a list."""

    offer: Offer
    venue: Venue | None
    """The place that counts."""
    kilometres: float | None = None
    is_from_elsewhere: bool = False
    """Whether one goes elsewhere for it, though it reaches the place."""


@dataclass(frozen=True, slots=True)
class Place:
    """What there is around a reception location or in a municipality."""

    kind: str
    """``azc`` or ``gemeente``: its name in addresses, and the folder of its lists beside the pages that read them."""
    name: str
    url: str
    near: Sequence[Near]
    within: str = ""
    """Of a reception location: its municipality."""


def with_cards(catalogue: Catalogue, organisation: OrganisationPage) -> list[Offer]:
    """Return the opportunities of an organisation of which its file has cards, in their order there."""
    return [offer for offer in catalogue.offers_of(organisation) if catalogue.is_current(offer)]


def places(catalogue: Catalogue) -> Iterator[Place]:
    """Yield every place that a frame can be about; what is nearest or best known comes first, what is paused last."""
    for slug, reception in catalogue.receptions.items():
        there = reception.municipality
        near = [
            Near(one.offer, one.venue, one.kilometres, one.offer.also_serves(there))
            for one in catalogue.near_receptions[slug]
        ]
        yield Place("azc", reception.record.name, reception.url, _in_turn(near), there.name)
    for slug, municipality in catalogue.municipalities.items():
        offers = sorted(catalogue.offers_by_municipality.get(slug, ()), key=_how_sure, reverse=True)
        here = [Near(offer, _venue_in(offer, municipality)) for offer in offers]
        yield Place("gemeente", municipality.name, municipality.url, _in_turn(here))


def lists(catalogue: Catalogue, theme: Layers, moved: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the bytes of every list of every place, also under its earlier names.

    ``moved`` has the earlier addresses of pages: frames on other sites go on to ask by those.
    """
    labels = read_yaml(theme / "words.yml")["finder"]["values"]
    asked = [one for one in facets(catalogue.vocabulary, labels) if one.name in FILTERS]
    known = {id(offer): _row(catalogue, offer, asked) for offer in catalogue.current_offers}
    cards = {
        id(offer): at
        for organisation in catalogue.organisations.values()
        for at, offer in enumerate(with_cards(catalogue, organisation))
    }
    days = holidays(catalogue.today)
    for place in places(catalogue):
        slugs = [url.rstrip("/").rpartition("/")[2] for url in (place.url, *moved.get(place.url, ()))]
        dated = [one for one in place.near if not one.offer.is_paused and is_dated(one.offer)]
        for page, all_near in ((OFFERS, place.near), (AGENDA, dated)):
            for name, near in _parts(all_near):
                data = _list(place, near, asked, known, cards)
                if page == AGENDA:
                    listed = near[:MOST_LISTED]
                    data["schedules"] = [compact(one.offer.opportunity, catalogue.today) for one in listed]
                    data["holidays"] = days
                told = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
                yield from ((f"{page}{place.kind}/{slug}{name}.json", told) for slug in slugs)


def _parts(near: Sequence[Near]) -> Iterator[tuple[str, Sequence[Near]]]:
    """Yield the lists of a place with what their names end on: all, and by activity where that is too much."""
    yield "", near
    if len(near) > MOST_LISTED:
        for activity in dict.fromkeys(one.offer.opportunity.activity for one in near):
            yield f"/{activity}", [one for one in near if one.offer.opportunity.activity == activity]


def _list(
    place: Place,
    near: Sequence[Near],
    asked: Sequence[Facet],
    known: Mapping[int, tuple[Any, ...]],
    cards: Mapping[int, int],
) -> dict[str, Any]:
    more = len(near) > MOST_LISTED
    near = near[:MOST_LISTED]
    organisations = list(dict.fromkeys(one.offer.organisation.slug for one in near))
    number = {slug: at for at, slug in enumerate(organisations)}
    rows = [known[id(one.offer)] for one in near]
    values = [[row[at] for row in rows] for at in range(len(asked) + _FIXED)]
    level, least, most, without, permitted, *sets = values
    return {
        "name": place.name,
        **({"within": place.within} if place.within else {}),
        **({"more": True} if more else {}),
        "organisations": organisations,
        "organisation": [number[one.offer.organisation.slug] for one in near],
        "card": [cards[id(one.offer)] for one in near],
        "venue": [one.offer.venues.index(one.venue) if one.venue else 0 for one in near],
        "km": [_rounded(one.kilometres) for one in near],
        "also": [at for at, one in enumerate(near) if one.is_from_elsewhere],
        "level": level,
        "least": least,
        "most": most,
        "permit": {"nee": without, "ja": permitted},
        "facets": [_column(facet, column) for facet, column in zip(asked, sets, strict=True)],
    }


_FIXED = 5
"""What a row has before its facets."""


def _row(catalogue: Catalogue, offer: Offer, asked: Sequence[Facet]) -> tuple[Any, ...]:
    """Return what filters ask of an opportunity."""
    age = offer.opportunity.age
    return (
        level_of(catalogue.vocabulary, offer.opportunity),
        UNKNOWN if age is None or age.least is None else age.least,
        UNKNOWN if age is None or age.most is None else age.most,
        *(_ANSWERS.get(one.answer, _MAYBE) for one in (offer.without_permit, offer.with_permit)),
        *(tuple(one.of(offer)) for one in asked),
    )


def _column(facet: Facet, rows: Sequence[tuple[str, ...]]) -> dict[str, Any]:
    """Return a facet with the number of a combination of values for each row, and what those are: as in the finder."""
    sets = list(dict.fromkeys(rows))
    ids = list(dict.fromkeys(id for one in sets for id in one))
    number = {one: at for at, one in enumerate(sets)}
    return {
        "name": facet.name,
        **({"everybody": facet.everybody} if facet.everybody else {}),
        "values": ids,
        "sets": [[ids.index(id) for id in one] for one in sets],
        "rows": [number[row] for row in rows],
    }


def _rounded(kilometres: float | None) -> float | None:
    """Return a distance as precise as it is told: whole kilometres where no minutes by bike are named."""
    return kilometres and (round(kilometres, 2) if kilometres < TOO_FAR_TO_CYCLE_KM else round(kilometres))


def _in_turn(near: Sequence[Near]) -> list[Near]:
    return sorted(near, key=lambda one: one.offer.is_paused)


def _how_sure(offer: Offer) -> tuple[bool, str]:
    fresh = freshness(offer.organisation)
    return fresh == "ja", fresh


def _venue_in(offer: Offer, municipality: MunicipalityPage) -> Venue | None:
    return next((venue for venue in offer.venues if venue.municipality is municipality), None)
