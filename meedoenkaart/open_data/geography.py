"""What lies on a map, as GeoJSON (RFC 7946)."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from meedoenkaart.catalogue import Catalogue, MunicipalityPage, Offer, OrganisationPage, ReceptionPage
from meedoenkaart.geography.distance import Spot
from meedoenkaart.geography.places import Places
from meedoenkaart.open_data.files import ROOT, About, File, line, streamed, uuid_of
from meedoenkaart.open_data.records import OpportunityFacts, OrganisationFacts
from meedoenkaart.records.shared import Source

Feature = dict[str, Any]
NAMES = ("opportunities", "organisations", "reception", "municipalities")
"""What there is a file of."""


def map_files(catalogue: Catalogue, about: About) -> Iterator[File]:
    """Yield the files of reception locations and municipalities."""
    seats = Places(catalogue.places)
    receptions = [_reception(about, one) for one in catalogue.receptions.values()]
    municipalities = [_municipality(catalogue, about, seats, one) for one in catalogue.municipalities.values()]
    yield map_file(about, "reception", map(line, receptions))
    yield map_file(about, "municipalities", map(line, municipalities))


def map_file(about: About, name: str, features: Iterable[bytes]) -> File:
    """Return a file of features, which are JSON already."""
    head = {"type": "FeatureCollection", "name": name, **about.rights}
    return File(f"{ROOT}{name}.geojson", streamed(head, "features", features))


def _feature(id: str, spots: list[Spot], properties: dict[str, Any]) -> Feature:
    """Return a feature at some points; at none it has no geometry, which says that it lies nowhere on the map."""
    points = [[round(one.longitude, 6), round(one.latitude, 6)] for one in spots]
    geometry: dict[str, Any] | None = None
    if len(points) == 1:
        geometry = {"type": "Point", "coordinates": points[0]}
    elif points:
        geometry = {"type": "MultiPoint", "coordinates": points}
    known = {name: value for name, value in properties.items() if value is not None and value != []}
    return {"type": "Feature", "id": id, "geometry": geometry, "properties": known}


def opportunity_feature(offer: Offer, facts: OpportunityFacts, organisation: OrganisationFacts) -> Feature:
    """Return an opportunity where one goes to it."""
    what, record = offer.opportunity, offer.organisation.record
    properties = {
        "title": str(what.title),
        "organisation": record.name,
        "organisation_id": organisation.uuid,
        "activity": what.activity,
        "sectors": list(what.sectors),
        "audience": list(what.audience),
        "level": what.dutch.level if what.dutch else None,
        "languages": list(what.languages),
        "when": facts.when,
        "places": [one.address.place for one in offer.venues],
        "municipalities": [one.municipality.slug for one in offer.venues],
        "precision": [one.spot.precision for one in offer.venues],
        "areas": list(offer.areas),
        "without_permit": offer.without_permit.answer,
        "with_permit": offer.with_permit.answer,
        "paused": offer.is_paused,
        "confirmed": offer.organisation.is_confirmed,
        "page": facts.page,
        "sources": _sources(record.sources),
    }
    return _feature(facts.uuid, [one.spot for one in offer.venues], properties)


def organisation_feature(page: OrganisationPage, facts: OrganisationFacts) -> Feature:
    """Return an organisation at its own address."""
    record = page.record
    properties = {
        "name": record.name,
        "kind": record.kind,
        "place": record.address.place if record.address else None,
        "municipality": page.home.slug,
        "precision": page.venue.spot.precision if page.venue else None,
        "networks": list(record.networks),
        "opportunities": len(record.opportunities),
        "status": record.status,
        "confirmed": page.is_confirmed,
        "page": facts.page,
        "sources": _sources(record.sources),
    }
    return _feature(facts.uuid, [page.venue.spot] if page.venue else [], properties)


def _reception(about: About, page: ReceptionPage) -> Feature:
    record = page.record
    properties = {
        "name": record.name,
        "type": record.type,
        "place": record.place,
        "municipality": page.municipality.slug,
        "precision": page.spot.precision,
        "page": about.address(page.url),
        "sources": _sources(record.sources),
    }
    return _feature(uuid_of(page.url), [page.spot], properties)


def _municipality(catalogue: Catalogue, about: About, places: Places, page: MunicipalityPage) -> Feature:
    """Return a municipality at its town hall's place, with how much there is to do."""
    record = page.record
    offers = catalogue.offers_by_municipality.get(page.slug, [])
    seats = [one.spot for one in places.named(record.seat, record.cbs_code)][:1]
    properties = {
        "name": page.name,
        "cbs_code": record.cbs_code,
        "province": record.province,
        "seat": record.seat,
        "has_route": page.slug in catalogue.routes,
        "opportunities": len(offers),
        "opportunities_by_activity": dict(sorted(Counter(one.opportunity.activity for one in offers).items())),
        "opportunities_by_sector": dict(
            sorted(Counter(sector for one in offers for sector in one.opportunity.sectors).items())
        ),
        "reception": [slug for slug, one in catalogue.receptions.items() if one.municipality is page],
        "page": about.address(page.url),
        "sources": _sources(record.sources),
    }
    return _feature(uuid_of(page.url), seats, properties)


def _sources(sources: Iterable[Source]) -> list[str]:
    return [one.address for one in sources]
