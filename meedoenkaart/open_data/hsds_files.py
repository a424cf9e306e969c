"""HSDS as files: an object each, lists in pages as its API has them, the profile, and all as a tabular data package."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import chain
from tempfile import TemporaryFile
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

import orjson

from meedoenkaart.catalogue import Catalogue, OrganisationPage
from meedoenkaart.open_data.files import LICENCE, ROOT, About, File, json_file, line, list_in_pages, uuid_of
from meedoenkaart.open_data.hsds import Hsds, Values
from meedoenkaart.open_data.hsds_tables import DAY, LISTS, TABLES, TEXT, TIME, Table, object_schema, profile, profiled
from meedoenkaart.open_data.records import former_names
from meedoenkaart.open_data.shares import Shared, Shares
from meedoenkaart.open_data.spreadsheets import Cell, csv_bytes
from meedoenkaart.texts import texts

FOLDER = f"{ROOT}hsds/"
PACKAGE = f"{FOLDER}datapackage.zip"
VERSION = "3.0"
CLASSES = {
    "organizations": "organization",
    "services": "service",
    "service_at_locations": "service_at_location",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}
"""The classes of objects that there are files and lists of, by their folder."""


_LEVEL = 2
"""How hard the package is pressed: harder takes three times as long, for a tenth."""
_PIECE = 64 * 1024


def hsds_files(about: About, hsds: Hsds) -> Iterator[File]:
    """Yield what is not made of organisations: the taxonomies with their lists, the profile and the schemas."""
    for folder, found in (("taxonomies", hsds.taxonomies), ("taxonomy_terms", list(hsds.terms_alone()))):
        for one in found:
            yield json_file(f"{FOLDER}{folder}/{one['id']}.json", one)
        yield from _list(about, folder, len(found), map(line, found))
    said = texts("open-data")["profile"]
    for name in profiled():
        yield json_file(f"{FOLDER}profile/{name}.json", profile(name, said))
    for name in TABLES:
        yield json_file(f"{FOLDER}schema/{name}.json", _schema(about, name))
    about_it = {
        "version": VERSION,
        "profile": about.address(FOLDER),
        "openapi_url": about.address(f"{ROOT}openapi.json"),
        **about.rights,
    }
    yield json_file(f"{FOLDER}index.json", about_it)


def hsds_of(hsds: Hsds, page: OrganisationPage, shares: Shares) -> Iterator[File]:
    """Yield a file for each object of an organisation, and add to what tells of all."""
    told = hsds.organization(page)
    former = [uuid_of(f"kansen/{one}/") for one in former_names(page.record.aliases, "kansen/")]
    whole = line(told.whole)
    for id in (told.whole["id"], *former):
        yield File(f"{FOLDER}organizations/{id}.json", (whole, b"\n"))
    shares.lines["organizations"].append(told.listed)
    _add_rows(shares, "organization", told.whole)
    for service in told.services:
        yield json_file(f"{FOLDER}services/{service.whole['id']}.json", service.whole)
        shares.lines["services"].append(service.listed)
        _add_rows(shares, "service", service.whole)
        for one in service.at_locations:
            yield json_file(f"{FOLDER}service_at_locations/{one.alone['id']}.json", one.alone)
            shares.lines["service_at_locations"].append(line(one.listed))


def hsds_of_all(catalogue: Catalogue, about: About, hsds: Hsds, shared: Shared) -> Iterator[File]:
    """Yield the lists of what organisations have, and the package of tables."""
    at_locations = sum(1 for _ in shared.lines("service_at_locations"))
    for name, total in (
        ("organizations", len(catalogue.organisations)),
        ("services", len(catalogue.offers)),
        ("service_at_locations", at_locations),
    ):
        yield from _list(about, name, total, shared.lines(name))
    yield File(PACKAGE, _package(about, hsds, shared))


def _list(about: About, name: str, total: int, items: Iterable[bytes]) -> Iterator[File]:
    """Yield the pages of a list; what they say of themselves is in the terms of the API of HSDS."""

    def head(number: int, pages: int, size: int) -> Mapping[str, Any]:
        return {
            "total_items": total,
            "total_pages": pages,
            "page_number": number,
            "size": size,
            "first_page": number == 1,
            "last_page": number == pages,
            "empty": size == 0,
            **about.rights,
        }

    return list_in_pages(f"{FOLDER}{name}/", total, head, "contents", items)


def _schema(about: About, name: str) -> Values:
    """Return the JSON Schema of a class of objects, with the profile's fields in it."""
    start = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": about.address(f"{FOLDER}schema/{name}.json"),
    }
    return start | {"title": name, **about.rights} | object_schema(name, lambda one: f"{one}.json")


def package_description(about: About) -> Values:
    """Return what the data package says of its tables: a tabular data package of Frictionless Data."""
    said = texts("open-data")["package"]
    return {
        "profile": "tabular-data-package",
        "name": "meedoenkaart-hsds",
        "title": said["title"].format(name=about.name),
        "description": said["description"],
        "homepage": about.address("data/"),
        "licenses": [{"name": "CC-BY-4.0", "path": LICENCE, "title": "Creative Commons Attribution 4.0"}],
        "sources": [{"title": about.name, "path": about.url}],
        "hsds": {"version": VERSION, "profile": about.address(FOLDER)},
        "resources": [_resource(name, table) for name, table in TABLES.items()],
    }


def _resource(name: str, table: Table) -> Values:
    refers = [
        {"fields": column, "reference": {"resource": other, "fields": "id"}} for column, other in table.refers.items()
    ]
    fields = [_column(column, type, column == "id", column in table.needed) for column, type in table.columns.items()]
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": table.file,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "primaryKey": "id", **({"foreignKeys": refers} if refers else {})},
    }


def _column(name: str, type: str, key: bool, needed: bool) -> Values:
    simple = type if type in (DAY, TIME, "number") else TEXT
    told: Values = {"name": name, "type": simple}
    if type == TIME:
        told["format"] = "%H:%M"
    elif simple == TEXT and type != TEXT:
        told["format"] = type
    if key or needed:
        told["constraints"] = {"required": True, **({"unique": True} if key else {})}
    return told


def _package(about: About, hsds: Hsds, shared: Shared) -> Iterator[bytes]:
    """Yield the bytes of the package."""
    taxonomies = Shares()
    for kind, objects in (("taxonomy", hsds.taxonomies), ("taxonomy_term", hsds.terms_alone())):
        for one in objects:
            _add_rows(taxonomies, kind, one)
    with TemporaryFile() as whole:
        with ZipFile(whole, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as package:
            with package.open("datapackage.json", "w") as target:  # dated 1980, whenever it is made
                target.write(orjson.dumps(package_description(about), option=orjson.OPT_INDENT_2))
            for table in TABLES.values():
                headings = csv_bytes([list(table.columns)])
                rows = chain(csv_bytes(taxonomies.rows[table.file]), shared.rows(table.file))
                with package.open(table.file, "w") as target:
                    target.writelines(chain(headings, rows))
        whole.seek(0)
        while piece := whole.read(_PIECE):
            yield piece


class _Plan(NamedTuple):
    """How rows are made of objects of a class."""

    columns: tuple[str, ...]
    lists: tuple[int, ...]
    """Which columns hold lists."""
    owners: Mapping[str, int]
    """Columns that say to what an object belongs, by its class."""
    inner: tuple[tuple[str, str], ...]


@cache
def _plan(name: str) -> _Plan:
    table = TABLES[name]
    columns = tuple(table.columns)
    owners = {one: columns.index(f"{one}_id") for one in TABLES if f"{one}_id" in columns}
    lists = tuple(number for number, column in enumerate(columns) if column in LISTS)
    return _Plan(columns, lists, owners, tuple(table.inner.items()))


def _add_rows(shares: Shares, name: str, one: Values, owner: str = "", id: str = "") -> None:
    """Add a row for an object, and rows for those that it holds; ``owner`` is the class of what it belongs to."""
    columns, lists, owners, inner = _plan(name)
    get = one.get
    row: list[Cell] = list(map(get, columns))
    for number in lists:
        row[number] = _joined(row[number])
    if owner in owners:
        row[owners[owner]] = id
    shares.rows[TABLES[name].file].append(row)
    for field, kind in inner:
        for other in get(field, ()):
            _add_rows(shares, kind, other, name, one["id"])


def _joined(values: Any) -> Cell:
    if not values:
        return None
    return ",".join(values) if isinstance(values[0], str) else " ".join(one.address for one in values)
