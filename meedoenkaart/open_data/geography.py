"""What lies on a map, as GeoJSON (RFC 7946)."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from meedoenkaart.catalogue import Catalogue, MunicipalityPage, Offer, OrganisationPage, ReceptionPage
from meedoenkaart.geography.distance import Spot
from meedoenkaart.geography.places import Places
from meedoenkaart.open_data.files import ROOT, About, Digest, File, line, streamed, uuid_of
from meedoenkaart.records.shared import Source
from meedoenkaart.times.sentence import sentence

Feature = dict[str, Any]
NAMES = ("opportunities", "organisations", "reception", "municipalities")
"""What there is a file of."""


def map_files(catalogue: Catalogue, about: About, digest: Digest, state: Mapping[str, str]) -> Iterator[File]:
    """Yield a file for each kind of thing that lies somewhere."""
    places = [list(catalogue.receptions.values()), list(catalogue.municipalities.values()), list(catalogue.routes)]
    everything = digest(about, list(state.values()), places, list(catalogue.places))
    seats = Places(catalogue.places)
    made: dict[str, tuple[Callable[[Any], Feature], Iterable[Any]]] = {
        "opportunities": (partial(opportunity_feature, about), catalogue.current_offers),
        "organisations": (partial(_organisation, about), catalogue.organisations.values()),
        "reception": (partial(_reception, about), catalogue.receptions.values()),
        "municipalities": (
            partial(_municipality, catalogue, about, seats),
            catalogue.municipalities.values(),
        ),
    }
    for name, (feature, things) in made.items():
        yield File(f"{ROOT}{name}.geojson", everything, partial(_collection, about, name, feature, things))


def _collection(about: About, name: str, feature: Callable[[Any], Feature], things: Iterable[Any]) -> Iterator[bytes]:
    head = {"type": "FeatureCollection", "name": name, **about.rights}
    return streamed(head, "features", (line(feature(one)) for one in things))


def _feature(address: str, spots: list[Spot], properties: dict[str, Any]) -> Feature:
    """Return a feature at some points; at none it has no geometry, which says that it lies nowhere on the map."""
    points = [[round(one.longitude, 6), round(one.latitude, 6)] for one in spots]
    geometry: dict[str, Any] | None = None
    if len(points) == 1:
        geometry = {"type": "Point", "coordinates": points[0]}
    elif points:
        geometry = {"type": "MultiPoint", "coordinates": points}
    known = {name: value for name, value in properties.items() if value is not None and value != []}
    return {"type": "Feature", "id": uuid_of(address), "geometry": geometry, "properties": known}


def opportunity_feature(about: About, offer: Offer) -> Feature:
    """Return an opportunity where one goes to it."""
    what, record = offer.opportunity, offer.organisation.record
    properties = {
        "title": str(what.title),
        "organisation": record.name,
        "organisation_id": uuid_of(offer.organisation.url),
        "activity": what.activity,
        "sectors": list(what.sectors),
        "audience": list(what.audience),
        "level": what.dutch.level if what.dutch else None,
        "languages": list(what.languages),
        "when": (sentence(what.schedule) or None) if what.schedule else None,
        "places": [one.address.place for one in offer.venues],
        "municipalities": [one.municipality.slug for one in offer.venues],
        "precision": [one.spot.precision for one in offer.venues],
        "areas": list(offer.areas),
        "without_permit": offer.without_permit.answer,
        "with_permit": offer.with_permit.answer,
        "paused": offer.is_paused,
        "confirmed": offer.organisation.is_confirmed,
        "page": about.address(offer.url),
        "sources": _sources(record.sources),
    }
    return _feature(offer.url, [one.spot for one in offer.venues], properties)


def _organisation(about: About, page: OrganisationPage) -> Feature:
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
        "page": about.address(page.url),
        "sources": _sources(record.sources),
    }
    return _feature(page.url, [page.venue.spot] if page.venue else [], properties)


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
    return _feature(page.url, [page.spot], properties)


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
    return _feature(page.url, seats, properties)


def _sources(sources: Iterable[Source]) -> list[str]:
    return [one.address for one in sources]
