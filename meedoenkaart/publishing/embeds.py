"""What frames on other people's sites read, beside their pages: lists of what there is around each place.

A list tells of each opportunity, in the order in which it is shown, where its card lies and what filters ask: the
same in all languages. Cards lie beside the organisations' pages (``CARDS``): a frame fetches those that it shows.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from meedoenkaart.calendars.events import is_dated
from meedoenkaart.catalogue import Catalogue, MunicipalityPage, Offer, OrganisationPage, Venue
from meedoenkaart.layers import Layers
from meedoenkaart.publishing.assets import read_yaml
from meedoenkaart.publishing.facets import facets
from meedoenkaart.publishing.finder import freshness
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
"""The facets that a frame can be asked for, beside level and permit."""
TOO_FAR_TO_CYCLE_KM = 20
"""From here on no card says how long one cycles: see ``theme/components/distance/distance.html``."""
Columns = Mapping[str, Callable[[Offer], Iterable[str]]]
"""What filters ask, by name, with what an opportunity answers; nothing when nobody knows."""
Answers = Mapping[str, tuple[str, ...]]
"""What an opportunity answers, by the same names."""


class Near(NamedTuple):
    """An opportunity of a list."""

    offer: Offer
    venue: Venue | None
    """The place that counts."""
    kilometres: float | None = None
    is_from_elsewhere: bool = False
    """Whether one goes elsewhere for it, though it reaches the place."""


class Place(NamedTuple):
    """A reception location with what there is around it, or a municipality with what there is in it."""

    kind: str
    """``azc`` or ``gemeente``: its name in addresses, and the folder of its lists beside the pages that read them."""
    url: str
    names: Mapping[str, str]
    """What it is called, and of a reception location ``within`` which municipality."""
    near: Sequence[Near]


def with_cards(catalogue: Catalogue, organisation: OrganisationPage) -> list[Offer]:
    """Return the opportunities of an organisation of which its file has cards, in their order there."""
    return [offer for offer in catalogue.offers_of(organisation) if catalogue.is_current(offer)]


def places(catalogue: Catalogue) -> Iterator[Place]:
    """Yield every place that a frame can be about; what is nearest or best known comes first, what is paused last."""
    for slug, reception in catalogue.receptions.items():
        there = reception.municipality
        found = catalogue.near_receptions[slug]
        near = [Near(one.offer, one.venue, one.kilometres, one.offer.also_serves(there)) for one in found]
        names = {"name": reception.record.name, "within": there.name}
        yield Place("azc", reception.url, names, _paused_last(near))
    for slug, municipality in catalogue.municipalities.items():
        offers = sorted(catalogue.offers_by_municipality.get(slug, ()), key=_how_sure, reverse=True)
        here = [Near(offer, _venue_in(offer, municipality)) for offer in offers]
        yield Place("gemeente", municipality.url, {"name": municipality.name}, _paused_last(here))


def lists(catalogue: Catalogue, theme: Layers, moved: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the bytes of every list of every place, also under its earlier names.

    ``moved`` has the earlier addresses of pages: frames on other sites go on to ask by those.
    """
    columns = _columns(catalogue, theme)
    cards = {
        id(offer): at
        for organisation in catalogue.organisations.values()
        for at, offer in enumerate(with_cards(catalogue, organisation))
    }
    # Most opportunities are near several places.
    answers: dict[int, Answers] = {
        id(offer): {name: tuple(of(offer)) for name, of in columns.items()} for offer in catalogue.current_offers
    }
    schedules = {
        id(offer): compact(offer.opportunity, catalogue.today) for offer in catalogue.current_offers if is_dated(offer)
    }
    days = holidays(catalogue.today)
    for place in places(catalogue):
        slugs = [url.rstrip("/").rpartition("/")[2] for url in (place.url, *moved.get(place.url, ()))]
        dated = [one for one in place.near if not one.offer.is_paused and id(one.offer) in schedules]
        for page, all_near in ((OFFERS, place.near), (AGENDA, dated)):
            for ending, near in _parts(all_near):
                listed = near[:MOST_LISTED]
                data: dict[str, Any] = {**place.names, **({"more": True} if listed != near else {})}
                data |= _told(listed, cards, columns, answers)
                if page == AGENDA:
                    data["schedules"] = [schedules[id(one.offer)] for one in listed]
                    data["holidays"] = days
                written = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
                yield from ((f"{page}{place.kind}/{slug}{ending}.json", written) for slug in slugs)


def _columns(catalogue: Catalogue, theme: Layers) -> Columns:
    labels = read_yaml(theme / "words.yml")["finder"]["values"]
    return {
        "taal": lambda offer: filter(None, [offer.opportunity.dutch and offer.opportunity.dutch.level]),
        "nee": lambda offer: [offer.without_permit.answer],
        "ja": lambda offer: [offer.with_permit.answer],
        **{one.name: one.of for one in facets(catalogue.vocabulary, labels) if one.name in FILTERS},
    }


def _parts(near: Sequence[Near]) -> Iterator[tuple[str, Sequence[Near]]]:
    """Yield the lists of a place with what their names end on: all, and by activity where that is too much."""
    yield "", near
    if len(near) > MOST_LISTED:
        for activity in dict.fromkeys(one.offer.opportunity.activity for one in near):
            yield f"/{activity}", [one for one in near if one.offer.opportunity.activity == activity]


def _told(
    near: Sequence[Near], cards: Mapping[int, int], names: Iterable[str], known: Mapping[int, Answers]
) -> dict[str, Any]:
    """Return where the card of each opportunity lies and how far it is, and the values that it has in each column."""
    organisations = _numbered(one.offer.organisation.slug for one in near)
    told: dict[str, Any] = {}
    for name in names:
        values = [known[id(one.offer)][name] for one in near]
        sets = _numbered(values)
        ids = _numbered(id for one in sets for id in one)
        told[name] = {
            "values": list(ids),
            "sets": [[ids[id] for id in one] for one in sets],
            "rows": [sets[one] for one in values],
        }
    return {
        "organisations": list(organisations),
        "organisation": [organisations[one.offer.organisation.slug] for one in near],
        "card": [cards[id(one.offer)] for one in near],
        "venue": [one.offer.venues.index(one.venue) if one.venue else 0 for one in near],
        "km": [_rounded(one.kilometres) for one in near],
        "also": [at for at, one in enumerate(near) if one.is_from_elsewhere],
        "columns": told,
    }


def _numbered(values: Iterable[Any]) -> dict[Any, int]:
    """Return the number of each different value, in the order in which they come."""
    return {value: at for at, value in enumerate(dict.fromkeys(values))}


def _rounded(kilometres: float | None) -> float | None:
    """Return a distance as precise as it is told: whole kilometres where no minutes by bike are named."""
    return kilometres and (round(kilometres, 2) if kilometres < TOO_FAR_TO_CYCLE_KM else round(kilometres))


def _paused_last(near: Sequence[Near]) -> list[Near]:
    return sorted(near, key=lambda one: one.offer.is_paused)


def _how_sure(offer: Offer) -> tuple[bool, str]:
    fresh = freshness(offer.organisation)
    return fresh == "ja", fresh


def _venue_in(offer: Offer, municipality: MunicipalityPage) -> Venue | None:
    return next((venue for venue in offer.venues if venue.municipality is municipality), None)
