"""Checks of where something is: places, positions, postcodes, and how one takes part."""

from collections.abc import Callable, Iterable, Iterator

from meedoenkaart.catalogue import AT_A_PLACE
from meedoenkaart.geography.areas import NATIONWIDE
from meedoenkaart.geography.distance import Spot, kilometres
from meedoenkaart.geography.places import municipality_names, postcodes
from meedoenkaart.problems import did_you_mean
from meedoenkaart.reading.documents import Document
from meedoenkaart.records.organisation import Organisation
from meedoenkaart.records.record import Path
from meedoenkaart.records.shared import Address, Position
from meedoenkaart.rules.scene import Finding, Scene
from meedoenkaart.texts import fold

FARTHEST_FROM_PLACE_KM = 15
"""A position farther from every place of its municipality, or a postcode from its place, is a slip of the pen."""


def known_places(scene: Scene) -> Iterator[Finding]:
    """A place exists, lies in the municipality that the record names, and is not mixed up with another."""
    added = scene.draft.by_collection.get("places", {}).get("places")
    all_known = added is None or added.knows()
    spots: dict[str, list[Spot]] = {}
    for place in scene.draft.places:
        spots.setdefault(place.cbs_code, []).append(place.spot)
    for document, place_at, name, municipality, position in _placed(scene):
        if municipality == NATIONWIDE and document.knows(*place_at[:-1]):
            yield Finding("missing-field", document.file, place_at[:-1], {"field": "municipality"})
        code = scene.draft.cbs_code(municipality)
        if code is None:
            continue  # the municipality itself is a problem already
        called = scene.draft.municipality_name(municipality)
        here = scene.draft.places.named(name, code)
        municipality_at: Path = (*place_at[:-1], "municipality")
        position_at: Path = (*place_at[: -2 if place_at[-2:-1] == ("address",) else -1], "position")
        if document.holes and not document.knows(*municipality_at):
            continue
        if position and (nearest := _nearest(position, spots[code])) > FARTHEST_FROM_PLACE_KM:
            values: dict[str, object] = {"municipality": called, "kilometres": round(nearest)}
            yield Finding("position-far", document.file, position_at, values)
        if not here and all_known:
            yield _not_here(scene, document, place_at, name, called)
        several = len({(place.latitude, place.longitude) for place in here}) > 1
        if several and position is None and document.knows(*position_at):
            yield Finding("ambiguous-place", document.file, place_at, {"place": name, "municipality": called})


def _not_here(scene: Scene, document: Document, where: Path, name: str, municipality: str) -> Finding:
    elsewhere = sorted({municipality_names()[place.cbs_code] for place in scene.draft.places.named(name)})
    values: dict[str, object] = {"place": name, "municipality": municipality, "elsewhere": ", ".join(elsewhere)}
    if not elsewhere:
        return Finding(
            "unknown-place",
            document.file,
            where,
            values | {"suggestion": did_you_mean(name, scene.draft.places.names)},
        )
    return Finding("place-elsewhere", document.file, where, values)


_Placed = tuple[Document, Path, str, str, Position | None]


def _placed(scene: Scene) -> Iterator[_Placed]:
    """Yield document, path to the place, place, municipality and position of everything that lies somewhere."""
    for document, organisation in scene.organisations:
        for path, address, position in _addresses(organisation):
            yield document, (*path, "place"), address.place, address.municipality or _folder(document), position
    for document, reception in scene.records("reception"):
        yield document, ("place",), reception.place, reception.municipality, reception.position
    for document, municipality in scene.records("municipalities"):
        yield document, ("seat",), municipality.seat, document.slug, None


def _folder(document: Document) -> str:
    return document.slug.partition("/")[0]


def _addresses(organisation: Organisation) -> Iterator[tuple[Path, Address, Position | None]]:
    """Yield path, address and position of the organisation, and of every place that an opportunity names."""
    if organisation.address:
        yield ("address",), organisation.address, organisation.position
    for index, opportunity in enumerate(organisation.opportunities):
        for number, location in enumerate(opportunity.locations):
            yield ("opportunities", index, "locations", number, "address"), location.address, location.position


def _nearest(position: Position, places: Iterable[Spot]) -> float:
    """Return how many kilometres it is to the nearest of some places."""
    spot = Spot(position.latitude, position.longitude, position.precision)
    return min(kilometres(spot, place) for place in places)


def far_postcodes(scene: Scene) -> Iterator[Finding]:
    """A postcode lies near the place that stands behind it."""
    for document, organisation in scene.organisations:
        for path, address, _ in _addresses(organisation):
            if address.postcode and all(document.knows(*path, one) for one in ("place", "municipality")):
                code = scene.draft.cbs_code(address.municipality or _folder(document))
                area = postcodes().get(address.postcode[:4])
                here = scene.draft.places.named(address.place, code) if code else []
                apart = [kilometres(area.spot, place.spot) for place in here] if area else []
                if area and apart and min(apart) > FARTHEST_FROM_PLACE_KM:
                    values: dict[str, object] = {
                        "postcode": address.postcode,
                        "other": area.places[0][0],
                        "place": address.place,
                        "kilometres": round(min(apart)),
                    }
                    yield Finding("postcode-far", document.file, (*path, "postcode"), values)


def addresses(scene: Scene) -> Iterator[Finding]:
    """An organisation has an address, but for one that works in the whole country; a position belongs to it."""
    for document, organisation in scene.organisations:
        if organisation.address or not document.knows("address"):
            continue
        if _folder(document) != NATIONWIDE:
            yield Finding("missing-field", document.file, (), {"field": "address"})
        elif organisation.position:
            yield Finding("position-without-address", document.file, ("position",), {})


def ways_to_take_part(scene: Scene) -> Iterator[Finding]:
    """Who has to go somewhere can read where, and several places have names of their own."""
    for document, organisation in scene.organisations:
        nowhere = not organisation.address and _folder(document) == NATIONWIDE and document.knows("address")
        for index, one in enumerate(organisation.opportunities):
            path: Path = ("opportunities", index)
            if not document.knows(*path, "ways") or not document.knows(*path, "locations"):
                continue
            goes_somewhere = not one.ways or AT_A_PLACE in one.ways
            if nowhere and goes_somewhere and not one.locations:
                yield Finding("nowhere", document.file, path, {})
            if one.locations and not goes_somewhere:
                yield Finding("place-without-way", document.file, (*path, "locations"), {"way": AT_A_PLACE})
            seen = set()
            for number, location in enumerate(one.locations):
                where = (*path, "locations", number)
                if location.name is None and len(one.locations) > 1:
                    yield Finding("missing-field", document.file, where, {"field": "name"})
                elif location.name and fold(location.name) in seen:
                    yield Finding("same-location-name", document.file, (*where, "name"), {"name": location.name})
                seen.add(fold(location.name or ""))


RULES: tuple[Callable[[Scene], Iterator[Finding]], ...] = (
    known_places,
    far_postcodes,
    addresses,
    ways_to_take_part,
)
"""Every check of places, in the order in which they run."""
