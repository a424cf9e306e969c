"""What the finder reads: the catalogue by column, in files that are named after their content.

``index`` is all that the first result needs, ``texts`` is what one searches words in, ``places`` is where one can
search from beside reception locations and municipalities, ``question`` is what a question is understood with, and
``continuity`` what is asked of somebody who moves.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Generic, TypeVar

from meedoenkaart.catalogue import Catalogue, Offer, OrganisationPage, Permission, ReceptionPage, Venue
from meedoenkaart.continuity.unsaid import unsaid
from meedoenkaart.geography.areas import province_area
from meedoenkaart.geography.distance import BIKE_KM_PER_HOUR, DETOUR, EARTH_RADIUS_KM, Spot
from meedoenkaart.geography.places import province
from meedoenkaart.languages import spoken
from meedoenkaart.publishing.facets import Facet, facets
from meedoenkaart.publishing.places import FOLDER, places_file
from meedoenkaart.publishing.question import question_file
from meedoenkaart.records.organisation import Opportunity
from meedoenkaart.texts import texts
from meedoenkaart.times.compact import compact, holidays, without_times

UNKNOWN = -1
"""Stands for a level, an age or days that nobody knows."""

T = TypeVar("T")
Words = Mapping[str, Any]
"""The part ``finder`` of ``theme/words.yml``."""
_Schedule = dict[str, Any]
"""What ``compact`` makes of one."""


_NAMED = re.compile(
    rf"{FOLDER}/(index|texts|places|agenda|question|continuity|words|sayings)(?:-[a-zA-Z-]+)?-[0-9a-f]{{10}}\.json".encode()
)


@dataclass(frozen=True, slots=True)
class FinderFiles:
    """The files of the finder: paths from the site's root."""

    index: str
    texts: str
    places: str
    agenda: str
    question: str
    continuity: str
    words: str = ""
    """What the finder says, in another language than Dutch: the index has the Dutch words."""
    sayings: str = ""
    """What people say in that language, besides what ``question`` has."""

    def renamed(self, page: bytes) -> bytes:
        """Return a page that named files of an earlier catalogue, with the names of these."""
        return _NAMED.sub(lambda found: getattr(self, found[1].decode()).encode(), page)


def finder_files(
    catalogue: Catalogue, root: Path, words: Words, when: Callable[[Offer], str]
) -> tuple[FinderFiles, dict[str, bytes]]:
    """Return what the files of the finder are called, and the bytes of each; ``when`` says when something is."""
    offers = in_order(catalogue)
    # Nothing is on while it is paused.
    schedules = [None if offer.is_paused else compact(offer.opportunity, catalogue.today) for offer in offers]
    parts = {
        "index": _index(catalogue, offers, schedules, words, when),
        "texts": _texts(offers),
        "question": question_file(root, offers, catalogue.vocabulary),
        "continuity": unsaid(catalogue, offers),
        "agenda": {
            **dict(zip(("schedules", "schedule"), _numbered(schedules), strict=True)),
            "holidays": holidays(catalogue.today),
        },
    }
    contents: dict[str, bytes] = {}
    paths: dict[str, str] = {}
    for name, content in parts.items():
        paths[name], data = named(name, json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())
        contents[paths[name]] = data
    paths["places"], contents[paths["places"]] = places_file(catalogue)
    files = FinderFiles(**paths)
    return files, contents | files_list(files)


def named(name: str, data: bytes) -> tuple[str, bytes]:
    """Return the path of a file, which tells its content, and its bytes."""
    return f"{FOLDER}/{name}-{hashlib.sha256(data).hexdigest()[:10]}.json", data


def files_list(files: FinderFiles, code: str = "") -> dict[str, bytes]:
    """Return the file that tells what the others are called, in a language; by its path.

    For the search on every page, which would be another page whenever an index is named anew.
    """
    known = {name: path for name, path in sorted(asdict(files).items()) if path}
    return {f"{FOLDER}/files{f'-{code}' if code else ''}.json": json.dumps(known).encode()}


def _index(
    catalogue: Catalogue,
    offers: Sequence[Offer],
    schedules: Sequence[_Schedule | None],
    words: Words,
    when: Callable[[Offer], str],
) -> dict[str, Any]:
    municipalities, organisations, places, times = _Numbers[str](), _Numbers[str](), _Numbers[str](), _Numbers[str]()
    venues, sites = _Numbers[tuple[float | int | str, ...]](), _Numbers[tuple[int, ...]]()
    areas, reaches = _Numbers[str](), _Numbers[tuple[int, ...]]()

    def venue(one: Venue) -> int:
        where = (places.of(one.address.place), municipalities.of(one.municipality.slug))
        return venues.of((*_rounded(one.spot), *where, one.name or 0))

    days, on_days = _numbered([one and without_times(one) for one in schedules])
    permissions = _Numbers[tuple[str, str, str]]()
    levels = {level: number for number, level in enumerate(catalogue.vocabulary.levels)}
    ages = [offer.opportunity.age for offer in offers]
    rows = {
        "organisation": _ages(organisations.of(offer.organisation.slug) for offer in offers),
        "id": [offer.opportunity.id for offer in offers],
        "title": [str(offer.opportunity.title) for offer in offers],
        "site": _ages(sites.of(tuple(map(venue, offer.venues))) for offer in offers),
        "reach": _ages(reaches.of(tuple(map(areas.of, offer.areas))) for offer in offers),
        "when": [times.of(when(offer)) for offer in offers],
        "schedule": on_days,
        "level": [_level(levels, offer.opportunity) for offer in offers],
        "least": [UNKNOWN if age is None or age.least is None else age.least for age in ages],
        "most": [UNKNOWN if age is None or age.most is None else age.most for age in ages],
        "without": [permissions.of(_said(offer.without_permit)) for offer in offers],
        "with": [permissions.of(_said(offer.with_permit)) for offer in offers],
        "paused": [int(offer.is_paused) for offer in offers],
        "elsewhere": [int(catalogue.is_elsewhere(offer.home)) for offer in offers],
    }
    pages = [catalogue.organisations[slug] for slug in organisations.values]
    lat, lon, place, municipality, name = zip(*venues.values, strict=True) if venues.values else ((),) * 5
    origins = [
        _origin(one, municipalities.of(one.municipality.slug))
        # Those of the region first: they are suggested before anybody typed.
        for one in sorted(catalogue.receptions.values(), key=lambda one: catalogue.is_elsewhere(one.municipality))
    ]
    return {
        "words": {**words, "clock": texts("times")["clock"]["minutes"], "comma": spoken().comma},
        "ride": {"earth": EARTH_RADIUS_KM, "detour": DETOUR, "speed": BIKE_KM_PER_HOUR},
        "icons": [term.icon for term in catalogue.vocabulary.activities.values()],
        "levels": [[id, str(term.label)] for id, term in catalogue.vocabulary.levels.items()],
        "facets": [_facet_column(facet, offers) for facet in facets(catalogue.vocabulary, words["values"])],
        "permissions": permissions.values,
        "organisations": {
            "slug": organisations.values,
            "name": [one.record.name for one in pages],
            "fresh": [freshness(one) for one in pages],
        },
        "places": places.values,
        "venues": [lat, lon, _ages(place), _ages(municipality), name],
        "sites": _all_ages(sites.values),
        "areas": [
            municipalities.of(id) if id in catalogue.municipalities else [id, catalogue.area_name(id)]
            for id in areas.values
        ],
        "municipalities": [[slug, catalogue.municipalities[slug].name] for slug in municipalities.values],
        "reaches": _all_ages(reaches.values),
        "times": times.values,
        "schedules": days,
        "origins": origins,
        "offers": rows,
    }


def _facet_column(facet: Facet, offers: Sequence[Offer]) -> dict[str, Any]:
    """Return a facet with the values of every offer: the number of a combination, and what the combinations are."""
    numbers = {value.id: number for number, value in enumerate(facet.values)}
    combinations = _Numbers[tuple[int, ...]]()
    rows = [combinations.of(tuple(sorted(numbers[id] for id in facet.of(offer)))) for offer in offers]
    return {
        "name": facet.name,
        "names": facet.names,
        **({"everybody": facet.everybody} if facet.everybody else {}),
        "values": facet.values,
        "sets": combinations.values,
        "rows": rows,
    }


def _texts(offers: Sequence[Offer]) -> dict[str, Any]:
    """Return the descriptions; names, titles and places stand in the index."""
    organisations = dict.fromkeys(offer.organisation.slug for offer in offers)
    records = {offer.organisation.slug: offer.organisation.record for offer in offers}
    return {
        "organisations": [str(records[slug].description or "") for slug in organisations],
        "offers": [str(offer.opportunity.description or "") for offer in offers],
    }


def _origin(page: ReceptionPage, municipality: int) -> list[Any]:
    within = province_area(province(page.municipality.record.cbs_code))
    return [page.slug, page.record.name, "azc", *_rounded(page.spot), municipality, within]


def _rounded(spot: Spot) -> tuple[float, float]:
    """Return latitude and longitude to about a metre."""
    return round(spot.latitude, 5), round(spot.longitude, 5)


def _said(permission: Permission) -> tuple[str, str, str]:
    return permission.answer, str(permission.rule.sentence), permission.rule.fact or ""


def freshness(page: OrganisationPage) -> str:
    """Return ``ja`` when confirmed, else the year of the latest source, or nothing."""
    confirmation = page.record.confirmation
    if confirmation and not page.stale_since:
        return "ja"
    told = confirmation.on.isoformat() if confirmation else ""
    return max((one.date for one in page.record.sources if one.date), default=told)[:4]


def _numbered(schedules: Sequence[_Schedule | None]) -> tuple[list[_Schedule], list[int]]:
    """Return the schedules that differ, and the number of that of each opportunity; ``UNKNOWN`` where there is none."""
    numbers = _Numbers[str]()
    rows = [numbers.of(json.dumps(one)) if one else UNKNOWN for one in schedules]
    return [json.loads(one) for one in numbers.values], rows


def _level(numbers: Mapping[str, int], what: Opportunity) -> int:
    return numbers[what.dutch.level] if what.dutch and what.dutch.level else UNKNOWN


def in_order(catalogue: Catalogue) -> list[Offer]:
    """Return the current offers by municipality and organisation, as their files lie."""
    current = {id(offer) for offer in catalogue.current_offers}
    return [offer for offer in catalogue.offers if id(offer) in current]


def _ages(numbers: Iterable[int]) -> list[int]:
    """Return how long before the newest one each number was given; 0 is a new one.

    What is given in the order of the rows is mostly new or recent: that packs into less than numbers that count on.
    """
    given = 0
    ages = []
    for number in numbers:
        ages.append(0 if number == given else given - number)
        given = max(given, number + 1)
    return ages


def _all_ages(combinations: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return the same of numbers in combinations."""
    ages = iter(_ages(number for one in combinations for number in one))
    return [list(islice(ages, len(one))) for one in combinations]


class _Numbers(Generic[T]):
    """Gives each different value a number, in the order in which they come."""

    def __init__(self) -> None:
        self._numbers: dict[T, int] = {}

    @property
    def values(self) -> list[T]:
        return list(self._numbers)

    def of(self, value: T) -> int:
        return self._numbers.setdefault(value, len(self._numbers))
