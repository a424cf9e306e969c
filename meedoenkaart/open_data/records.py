"""Our own records as JSON: one file each, lists of them in pages, and one schema for each kind."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, Literal, NamedTuple

from meedoenkaart.catalogue import (
    Catalogue,
    MunicipalityPage,
    Offer,
    OrganisationPage,
    Permission,
    ReceptionPage,
    Venue,
)
from meedoenkaart.open_data.files import (
    AT_A_TIME,
    ROOT,
    About,
    Digest,
    File,
    in_pages,
    json_bytes,
    line,
    streamed,
    uuid_of,
)
from meedoenkaart.open_data.plain import plain, schema_of
from meedoenkaart.records.handover import Handover
from meedoenkaart.records.municipality import Municipality
from meedoenkaart.records.organisation import Organisation
from meedoenkaart.records.reception import Reception
from meedoenkaart.records.reference import Glossary, Legal
from meedoenkaart.records.route import Route, Statutory
from meedoenkaart.records.scalars import Text
from meedoenkaart.records.tasks import Tasks
from meedoenkaart.records.vocabulary import Vocabulary
from meedoenkaart.texts import texts
from meedoenkaart.times.sentence import sentence


@dataclass(frozen=True, slots=True)
class Place:
    """A point on the map."""

    latitude: float
    longitude: float
    precision: Literal["exact", "adres", "plaats"]


@dataclass(frozen=True, slots=True)
class Where:
    """Where one goes."""

    name: str | None
    street: str | None
    postcode: str | None
    place: str
    municipality: str
    position: Place


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether somebody may do it."""

    answer: Literal["ja", "ja-mits", "nee", "onbekend"]
    sentence: Text
    fact: str | None


@dataclass(frozen=True, slots=True)
class OpportunityFacts:
    """What follows for an opportunity from the records together."""

    uuid: str
    page: str
    current: bool
    areas: tuple[str, ...]
    venues: tuple[Where, ...]
    without_permit: Answer
    with_permit: Answer
    when: str | None


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    """What follows for an organisation from the records together."""

    uuid: str
    page: str
    municipality: str
    confirmed: bool
    venue: Where | None
    opportunities: dict[str, OpportunityFacts]


@dataclass(frozen=True, slots=True)
class ReceptionFacts:
    """What follows for a reception location from the records together."""

    uuid: str
    page: str
    position: Place


@dataclass(frozen=True, slots=True)
class MunicipalityFacts:
    """What follows for a municipality from the records together."""

    uuid: str
    page: str
    areas: tuple[str, ...]
    has_route: bool


@dataclass(frozen=True, slots=True)
class RouteFacts:
    """What follows for a route from the records together."""

    uuid: str
    page: str
    municipality: str
    graph: str


class Kind(NamedTuple):
    """A kind of record that the open data have."""

    record: type
    facts: type | None = None
    """What follows from the records together; None: the record says all."""


LISTED: Mapping[str, Kind] = {
    "organisation": Kind(Organisation, OrganisationFacts),
    "reception": Kind(Reception, ReceptionFacts),
    "municipality": Kind(Municipality, MunicipalityFacts),
    "route": Kind(Route, RouteFacts),
}
"""The kinds of which there are many, each with lists."""
FOLDERS = {
    "organisation": "organisations",
    "reception": "reception",
    "municipality": "municipalities",
    "route": "routes",
}
"""The folder of each of these."""
SINGLE: Mapping[str, Kind] = {
    "vocabulary": Kind(Vocabulary),
    "legal": Kind(Legal),
    "glossary": Kind(Glossary),
    "statutory": Kind(Statutory),
    "handover": Kind(Handover),
    "tasks": Kind(Tasks),
}
"""The kinds of which there is one file."""


def record_files(catalogue: Catalogue, about: About, digest: Digest, state: Mapping[str, str]) -> Iterator[File]:
    """Yield a file for each record, their lists, and the schemas; ``state`` has the digest of each organisation."""
    routes = catalogue.routes
    kinds: dict[str, tuple[dict[str, str], Callable[[str], Mapping[str, Any]]]] = {
        "organisation": (
            dict(state),
            lambda slug: organisation_document(catalogue, about, catalogue.organisations[slug]),
        ),
        "reception": (
            {slug: digest(about, one) for slug, one in catalogue.receptions.items()},
            lambda slug: _reception(about, catalogue.receptions[slug]),
        ),
        "municipality": (
            {slug: digest(about, one, slug in routes) for slug, one in catalogue.municipalities.items()},
            lambda slug: _municipality(about, catalogue.municipalities[slug], slug in routes),
        ),
        "route": (
            {slug: digest(about, one.record) for slug, one in routes.items()},
            lambda slug: _route(about, slug, routes[slug].record),
        ),
    }
    for kind, (found, make) in kinds.items():
        folder = f"{ROOT}{FOLDERS[kind]}/"
        aliases = _aliases(catalogue, kind)
        told = lru_cache(AT_A_TIME)(
            lambda slug, make=make: line(make(slug))
        )  # the page of a list follows on its records
        for number, pages, slugs in in_pages(list(found)):
            for slug in slugs:
                for name in (slug, *aliases(slug)):
                    yield File(f"{folder}{name}.json", found[slug], partial(_one, told, slug))
            head = _head(about, kind, number, pages, len(found))
            made_of = digest(head, [found[slug] for slug in slugs])
            yield File(f"{folder}page/{number}.json", made_of, partial(_list, head, told, slugs))
    for kind in SINGLE:
        record = getattr(catalogue, kind)
        if record is not None:
            whole = {"$schema": _schema_address(about, kind), "kind": kind, **about.rights}
            yield File(f"{ROOT}{kind}.json", digest(whole, record), partial(_single, whole, record))
    for kind in (*LISTED, *SINGLE):
        yield File(f"{ROOT}schemas/{kind}.json", digest(about), partial(_schema, about, kind))


def _one(told: Callable[[str], bytes], slug: str) -> Iterator[bytes]:
    yield told(slug) + b"\n"


def _single(whole: Mapping[str, Any], record: object) -> Iterator[bytes]:
    yield json_bytes({**whole, "record": plain(record)})


def _schema(about: About, kind: str) -> Iterator[bytes]:
    yield json_bytes(schema(about, kind))


def _list(head: Mapping[str, Any], told: Callable[[str], bytes], slugs: Sequence[str]) -> Iterable[bytes]:
    return streamed(head, "items", map(told, slugs))


def _head(about: About, kind: str, number: int, pages: int, total: int) -> dict[str, Any]:
    """Return what a page of a list says of itself and of the list."""
    folder = about.address(f"{ROOT}{FOLDERS[kind]}/page/")
    following = {"next": f"{folder}{number + 1}.json"} if number < pages else {}
    return {"kind": kind, **about.rights, "total": total, "pages": pages, "page": number, **following}


def _aliases(catalogue: Catalogue, kind: str) -> Callable[[str], Sequence[str]]:
    """Return what tells under which other names the record of a kind was known: it stays there too."""
    pages: Mapping[str, Any] = {
        "organisation": catalogue.organisations,
        "reception": catalogue.receptions,
        "municipality": catalogue.municipalities,
        "route": {},
    }[kind]
    prefix = {"organisation": "kansen/", "reception": "azc/", "municipality": "gemeenten/"}.get(kind, "")
    return lambda slug: (
        [one.strip("/").removeprefix(prefix) for one in pages[slug].record.aliases] if slug in pages else []
    )


def _schema_address(about: About, kind: str) -> str:
    return about.address(f"{ROOT}schemas/{kind}.json")


def _document(about: About, kind: str, slug: str, record: object, facts: object) -> dict[str, Any]:
    start = {"$schema": _schema_address(about, kind), "kind": kind, "id": slug, **about.rights}
    return {**start, "record": plain(record), "derived": plain(facts)}


def organisation_document(catalogue: Catalogue, about: About, page: OrganisationPage) -> dict[str, Any]:
    """Return an organisation with what follows for it from the records together."""
    offers = catalogue.offers_of(page)
    facts = OrganisationFacts(
        uuid_of(page.url),
        about.address(page.url),
        page.home.slug,
        page.is_confirmed,
        where(page.venue) if page.venue else None,
        {one.opportunity.id: _opportunity(about, one, catalogue.is_current(one)) for one in offers},
    )
    return _document(about, "organisation", page.slug, page.record, facts)


def _opportunity(about: About, offer: Offer, current: bool) -> OpportunityFacts:
    schedule = offer.opportunity.schedule
    return OpportunityFacts(
        uuid_of(offer.url),
        about.address(offer.url),
        current,
        offer.areas,
        tuple(where(one) for one in offer.venues),
        answer(offer.without_permit),
        answer(offer.with_permit),
        (sentence(schedule) or None) if schedule else None,
    )


def _reception(about: About, page: ReceptionPage) -> Mapping[str, Any]:
    spot = Place(page.spot.latitude, page.spot.longitude, page.spot.precision)
    facts = ReceptionFacts(uuid_of(page.url), about.address(page.url), spot)
    return _document(about, "reception", page.slug, page.record, facts)


def _municipality(about: About, page: MunicipalityPage, has_route: bool) -> Mapping[str, Any]:
    facts = MunicipalityFacts(uuid_of(page.url), about.address(page.url), tuple(sorted(page.areas)), has_route)
    return _document(about, "municipality", page.slug, page.record, facts)


def _route(about: About, slug: str, route: Route) -> Mapping[str, Any]:
    page = f"gemeenten/{slug}/"
    graph = about.address(f"{page}{slug}.gv")
    facts = RouteFacts(uuid_of(f"routes/{slug}/"), about.address(page), slug, graph)
    return _document(about, "route", slug, route, facts)


def where(venue: Venue) -> Where:
    """Return where one goes."""
    address, spot = venue.address, venue.spot
    position = Place(spot.latitude, spot.longitude, spot.precision)
    return Where(venue.name, address.street, address.postcode, address.place, venue.municipality.slug, position)


def answer(permission: Permission) -> Answer:
    """Return whether somebody may do it."""
    rule = permission.rule
    return Answer(rule.answer, rule.sentence, rule.fact)


def schema(about: About, kind: str) -> dict[str, Any]:
    """Return the JSON Schema of the files of a kind."""
    found = {**LISTED, **SINGLE}[kind]
    said = texts("open-data")
    parts: dict[str, Any] = {}
    text = {"type": "string"}
    properties: dict[str, Any] = {
        "$schema": text,
        "kind": {"type": "string", "const": kind},
        "licence": {**text, "format": "uri"},
        "attribution": text,
        "record": schema_of(found.record, parts),
    }
    if found.facts:
        properties |= {"id": text, "derived": schema_of(found.facts, parts)}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": _schema_address(about, kind),
        "title": said["kinds"][kind],
        "description": said["schema"],
        **about.rights,
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "$defs": parts,
    }
