"""Our own records as JSON: one file each, lists of them in pages, and one schema for each kind."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
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
from meedoenkaart.open_data.files import ROOT, About, File, json_file, line, list_in_pages, uuid_of
from meedoenkaart.open_data.plain import schema_of
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
_PREFIXES = {"reception": "azc/", "municipality": "gemeenten/", "route": ""}
"""What the addresses of their pages begin with."""
SINGLE: Mapping[str, Kind] = {
    "vocabulary": Kind(Vocabulary),
    "legal": Kind(Legal),
    "glossary": Kind(Glossary),
    "statutory": Kind(Statutory),
    "handover": Kind(Handover),
    "tasks": Kind(Tasks),
}
"""The kinds of which there is one file."""


def record_files(catalogue: Catalogue, about: About) -> Iterator[File]:
    """Yield a file for each record but those of organisations, their lists, and the schemas."""
    routes = catalogue.routes
    found: Mapping[str, Mapping[str, bytes]] = {
        "reception": {slug: line(_reception(about, one)) for slug, one in catalogue.receptions.items()},
        "municipality": {
            slug: line(_municipality(about, one, slug in routes)) for slug, one in catalogue.municipalities.items()
        },
        "route": {slug: line(_route(about, slug, one.record)) for slug, one in routes.items()},
    }
    former = {f"azc/{slug}": one.record.aliases for slug, one in catalogue.receptions.items()}
    former |= {f"gemeenten/{slug}": one.record.aliases for slug, one in catalogue.municipalities.items()}
    for kind, records in found.items():
        prefix = _PREFIXES[kind]
        for slug, told in records.items():
            names = (slug, *former_names(former.get(f"{prefix}{slug}", ()), prefix))
            yield from files_of_record(kind, told, names)
        yield from record_list(about, kind, len(records), records.values())
    for kind in SINGLE:
        record = getattr(catalogue, kind)
        if record is not None:
            whole = {"$schema": _schema_address(about, kind), "kind": kind, **about.rights}
            yield json_file(f"{ROOT}{kind}.json", {**whole, "record": record})
    for kind in (*LISTED, *SINGLE):
        yield json_file(f"{ROOT}schemas/{kind}.json", schema(about, kind))


def files_of_record(kind: str, told: bytes, names: Iterable[str]) -> Iterator[File]:
    """Yield a record, as JSON, under each of its names."""
    for name in names:
        yield File(f"{ROOT}{FOLDERS[kind]}/{name}.json", (told, b"\n"))


def record_list(about: About, kind: str, total: int, records: Iterable[bytes]) -> Iterator[File]:
    """Yield the pages of the list of a kind."""
    folder = f"{ROOT}{FOLDERS[kind]}/"

    def head(number: int, pages: int, _: int) -> Mapping[str, Any]:
        following = {"next": about.address(f"{folder}page/{number + 1}.json")} if number < pages else {}
        return {"kind": kind, **about.rights, "total": total, "pages": pages, "page": number, **following}

    return list_in_pages(folder, total, head, "items", records)


def former_names(aliases: Iterable[str], prefix: str) -> list[str]:
    """Return under which other names a record was known: it stays there too."""
    return [one.strip("/").removeprefix(prefix) for one in aliases]


def _schema_address(about: About, kind: str) -> str:
    return about.address(f"{ROOT}schemas/{kind}.json")


def _document(about: About, kind: str, slug: str, record: object, facts: object) -> dict[str, Any]:
    start = {"$schema": _schema_address(about, kind), "kind": kind, "id": slug, **about.rights}
    return {**start, "record": record, "derived": facts}


def organisation_document(about: About, page: OrganisationPage, facts: OrganisationFacts) -> Mapping[str, Any]:
    """Return an organisation with what follows for it."""
    return _document(about, "organisation", page.slug, page.record, facts)


def organisation_facts(catalogue: Catalogue, about: About, page: OrganisationPage) -> OrganisationFacts:
    """Return what follows for an organisation, and for its opportunities, from the records together."""
    return OrganisationFacts(
        uuid_of(page.url),
        about.address(page.url),
        page.home.slug,
        page.is_confirmed,
        where(page.venue) if page.venue else None,
        {one.opportunity.id: _opportunity(about, one, catalogue.is_current(one)) for one in catalogue.offers_of(page)},
    )


def _opportunity(about: About, offer: Offer, current: bool) -> OpportunityFacts:
    schedule = offer.opportunity.schedule
    return OpportunityFacts(
        uuid_of(offer.url),
        about.address(offer.url),
        current,
        offer.areas,
        tuple([where(one) for one in offer.venues]),
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
