"""The tables of HSDS 3.0 that we fill, with their columns, and the profile: what we add to them.

Names and types are those of the specification of Open Referral (https://docs.openreferral.org/).
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

TEXT, NUMBER, DAY, TIME, UUID, URI, EMAIL = "string", "number", "date", "time", "uuid", "uri", "email"


class Table(NamedTuple):
    """A table of the data package, which holds one class of objects."""

    file: str
    columns: Mapping[str, str]
    """The types by name; the first is the key."""
    needed: tuple[str, ...] = ()
    """Columns that are never empty, besides the key."""
    refers: Mapping[str, str] = {}
    """The tables that columns refer to."""
    inner: Mapping[str, str] = {}
    """Fields of the object that hold objects of other tables, which say to what they belong."""


_KEY = {"id": UUID}
_ADDED: dict[str, dict[str, str]] = {
    "organization": {"license": TEXT},
    "taxonomy": {"license": TEXT},
    "taxonomy_term": {"license": TEXT},
    "service": {
        "dutch_level": TEXT,
        "dutch_note": TEXT,
        "ways": TEXT,
        "hours_per_week": NUMBER,
        "duration": TEXT,
        "places": NUMBER,
        "continuity": TEXT,
        "continuity_note": TEXT,
        "first_day": DAY,
        "last_day": DAY,
        "without_permit": TEXT,
        "with_permit": TEXT,
    },
    "location": {"street": TEXT, "place": TEXT, "municipality_code": TEXT},
    "schedule": {"timezone_name": TEXT, "bymonth": TEXT, "except_periods": TEXT},
    "contact": {"website": URI},
}
"""Fields of our own, in the tables too; lists are joined there."""
LISTS = ("ways", "continuity", "except_periods", "sources")
"""Fields of our own that are lists."""

TABLES: Mapping[str, Table] = {
    "organization": Table(
        "organizations.csv",
        _KEY
        | {"name": TEXT, "description": TEXT, "email": EMAIL, "website": URI, "uri": URI}
        | _ADDED["organization"]
        | {"sources": TEXT},
        ("name", "description"),
        inner={
            "phones": "phone",
            "contacts": "contact",
            "locations": "location",
            "attributes": "attribute",
            "metadata": "metadata",
        },
    ),
    "service": Table(
        "services.csv",
        _KEY
        | {
            "organization_id": UUID,
            "name": TEXT,
            "description": TEXT,
            "url": URI,
            "email": EMAIL,
            "status": TEXT,
            "application_process": TEXT,
            "fees_description": TEXT,
            "eligibility_description": TEXT,
            "minimum_age": NUMBER,
            "maximum_age": NUMBER,
            "assured_date": DAY,
        }
        | _ADDED["service"],
        ("organization_id", "name", "status"),
        {"organization_id": "organization"},
        {
            "schedules": "schedule",
            "service_areas": "service_area",
            "service_at_locations": "service_at_location",
            "languages": "language",
            "cost_options": "cost_option",
            "required_documents": "required_document",
            "attributes": "attribute",
        },
    ),
    "attribute": Table(
        "attributes.csv",
        _KEY | {"link_id": UUID, "taxonomy_term_id": UUID, "link_type": TEXT, "link_entity": TEXT},
        ("link_id", "taxonomy_term_id", "link_entity"),
        {"taxonomy_term_id": "taxonomy_term"},
    ),
    "service_at_location": Table(
        "service_at_location.csv",
        _KEY | {"service_id": UUID, "location_id": UUID},
        ("service_id", "location_id"),
        {"service_id": "service", "location_id": "location"},
        {"schedules": "schedule"},
    ),
    "location": Table(
        "locations.csv",
        _KEY
        | {
            "location_type": TEXT,
            "organization_id": UUID,
            "name": TEXT,
            "description": TEXT,
            "latitude": NUMBER,
            "longitude": NUMBER,
        }
        | _ADDED["location"],
        ("location_type",),
        {"organization_id": "organization"},
        {"addresses": "address", "accessibility": "accessibility"},
    ),
    "phone": Table(
        "phones.csv",
        _KEY | {"organization_id": UUID, "contact_id": UUID, "number": TEXT, "type": TEXT},
        ("number",),
        {"organization_id": "organization", "contact_id": "contact"},
    ),
    "contact": Table(
        "contacts.csv",
        _KEY | {"organization_id": UUID, "title": TEXT, "department": TEXT, "email": EMAIL} | _ADDED["contact"],
        (),
        {"organization_id": "organization"},
        {"phones": "phone"},
    ),
    "address": Table(
        "addresses.csv",
        _KEY
        | {
            "location_id": UUID,
            "address_1": TEXT,
            "city": TEXT,
            "region": TEXT,
            "state_province": TEXT,
            "postal_code": TEXT,
            "country": TEXT,
            "address_type": TEXT,
        },
        ("address_1", "city", "state_province", "postal_code", "country", "address_type"),
        {"location_id": "location"},
    ),
    "schedule": Table(
        "schedules.csv",
        _KEY
        | {
            "service_id": UUID,
            "service_at_location_id": UUID,
            "valid_from": DAY,
            "valid_to": DAY,
            "dtstart": DAY,
            "until": DAY,
            "count": NUMBER,
            "wkst": TEXT,
            "freq": TEXT,
            "interval": NUMBER,
            "byday": TEXT,
            "description": TEXT,
            "opens_at": TIME,
            "closes_at": TIME,
            "notes": TEXT,
        }
        | _ADDED["schedule"],
        (),
        {"service_id": "service", "service_at_location_id": "service_at_location"},
    ),
    "service_area": Table(
        "service_areas.csv",
        _KEY | {"service_id": UUID, "name": TEXT, "extent": TEXT, "extent_type": TEXT},
        (),
        {"service_id": "service"},
    ),
    "required_document": Table(
        "required_documents.csv",
        _KEY | {"service_id": UUID, "document": TEXT},
        (),
        {"service_id": "service"},
    ),
    "language": Table(
        "languages.csv",
        _KEY | {"service_id": UUID, "name": TEXT, "code": TEXT},
        (),
        {"service_id": "service"},
    ),
    "accessibility": Table(
        "accessibility.csv",
        _KEY | {"location_id": UUID, "description": TEXT},
        (),
        {"location_id": "location"},
    ),
    "cost_option": Table(
        "cost_options.csv",
        _KEY | {"service_id": UUID, "option": TEXT, "currency": TEXT, "amount": NUMBER, "amount_description": TEXT},
        ("service_id",),
        {"service_id": "service"},
    ),
    "metadata": Table(
        "metadata.csv",
        _KEY
        | {
            "resource_id": UUID,
            "resource_type": TEXT,
            "last_action_date": DAY,
            "last_action_type": TEXT,
            "field_name": TEXT,
            "previous_value": TEXT,
            "replacement_value": TEXT,
            "updated_by": TEXT,
        },
        (
            "resource_id",
            "resource_type",
            "last_action_date",
            "last_action_type",
            "field_name",
            "previous_value",
            "replacement_value",
            "updated_by",
        ),
    ),
    "taxonomy": Table(
        "taxonomies.csv",
        _KEY | {"name": TEXT, "description": TEXT, "uri": URI, "version": TEXT} | _ADDED["taxonomy"],
        ("name", "description"),
    ),
    "taxonomy_term": Table(
        "taxonomy_terms.csv",
        _KEY
        | {"code": TEXT, "name": TEXT, "description": TEXT, "taxonomy": TEXT, "language": TEXT, "taxonomy_id": UUID}
        | _ADDED["taxonomy_term"],
        ("name", "description"),
        {"taxonomy_id": "taxonomy"},
    ),
}
"""The tables by the class of their objects."""

_IN_JSON = {
    "service": {"organization": "organization"},
    "organization": {"services": "service"},
    "service_at_location": {"location": "location", "service": "service"},
    "attribute": {"taxonomy_term": "taxonomy_term"},
}
"""Fields of JSON that hold objects which have tables of their own."""
_SOURCE = {
    "type": "object",
    "properties": {
        "address": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "date": {"type": "string"},
        "date_is_estimate": {"type": "boolean"},
    },
}


def profile(name: str, said: Mapping[str, str]) -> dict[str, Any]:
    """Return what we add to the schema of a class of objects, as a JSON Merge Patch; ``said`` describes the fields."""
    properties: dict[str, Any] = {}
    for field, type in _ADDED[name].items():
        schema: dict[str, Any] = {"name": field, "type": "number" if type == NUMBER else "string"}
        if field in LISTS:
            schema |= {"type": "array", "items": {"type": "string"}}
        if type in (DAY, URI):
            schema["format"] = type
        properties[field] = schema | {"title": field.replace("_", " ").capitalize(), "description": said[field]}
    if name == "organization":
        properties["sources"] = {"name": "sources", "title": "Sources", "type": "array", "items": _SOURCE}
        properties["sources"]["description"] = said["sources"]
    return {"properties": properties}


def object_schema(name: str, address: Callable[[str], str]) -> dict[str, Any]:
    """Return the JSON Schema of a class of objects as we publish them; ``address`` tells where that of another is."""
    table = TABLES[name]
    properties: dict[str, Any] = {}
    for field, type in table.columns.items():
        simple: dict[str, Any] = {"type": "number" if type == NUMBER else "string"}
        formats = {"format": type} if type in (DAY, UUID, URI, EMAIL) else {}
        listed = {"type": "array", "items": _SOURCE if field == "sources" else {"type": "string"}}
        properties[field] = listed if field in LISTS else simple | formats
    for field, inner in table.inner.items():
        properties[field] = {"type": "array", "items": {"$ref": address(inner)}}
    for field, inner in _IN_JSON.get(name, {}).items():
        other = {"$ref": address(inner)}
        properties[field] = {"type": "array", "items": other} if field == "services" else other
    needed = ["id", *(one for one in table.needed if not one.endswith(("_id", "_entity")))]
    return {"type": "object", "properties": properties, "required": needed}


def profiled() -> Iterator[str]:
    """Yield the classes of objects that we add something to."""
    yield from _ADDED
