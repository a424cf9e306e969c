"""HSDS as files: an object each, lists in pages as its API has them, the profile, and all as a tabular data package."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from io import BytesIO
from itertools import chain
from tempfile import TemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from meedoenkaart.catalogue import Catalogue, OrganisationPage
from meedoenkaart.open_data.files import (
    AT_A_TIME,
    LICENCE,
    ROOT,
    About,
    Digest,
    File,
    json_bytes,
    line,
    pieces,
    streamed,
    uuid_of,
)
from meedoenkaart.open_data.hsds import Hsds, Values
from meedoenkaart.open_data.hsds_tables import DAY, LISTS, TABLES, TEXT, TIME, Table, object_schema, profile, profiled
from meedoenkaart.open_data.spreadsheets import csv_bytes
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


def hsds_files(catalogue: Catalogue, about: About, digest: Digest, state: Mapping[str, str]) -> Iterator[File]:
    """Yield a file for each object, their lists, the profile, and the package of tables."""
    hsds = Hsds(catalogue, about)
    year = catalogue.today.year
    around = digest(about, year, catalogue.vocabulary, list(catalogue.municipalities.values()))
    made_of = {slug: digest(around, one) for slug, one in state.items()}
    organisations = list(catalogue.organisations.values())
    lists = _Lists(
        digest,
        about,
        {
            "organizations": len(organisations),
            "services": len(catalogue.offers),
            "service_at_locations": sum(1 for offer in catalogue.offers for _ in hsds.places_of(offer)),
            "taxonomies": len(hsds.taxonomies),
            "taxonomy_terms": len(hsds.taxonomy_terms),
        },
    )
    for page in organisations:
        own = made_of[page.slug]
        for alias in page.record.aliases:
            former = uuid_of(f"kansen/{alias.strip('/').removeprefix('kansen/')}/")
            yield _file("organizations", former, own, partial(hsds.organization, page))
        yield _file("organizations", uuid_of(page.url), own, partial(hsds.organization, page))
        yield from lists.add("organizations", own, partial(hsds.organization_in_short, page))
        for offer in catalogue.offers_of(page):
            yield _file("services", uuid_of(offer.url), own, partial(hsds.service, offer))
            yield from lists.add("services", own, partial(hsds.service_in_list, offer))
            for id, venue in hsds.places_of(offer):
                whole = partial(hsds.service_at_location_alone, offer, venue)
                yield _file("service_at_locations", id, own, whole)
                short = partial(hsds.service_at_location_in_list, offer, venue)
                yield from lists.add("service_at_locations", own, short)
    for folder, found in (("taxonomies", hsds.taxonomies), ("taxonomy_terms", hsds.terms_alone())):
        for one in found:
            yield _file(folder, one["id"], around, partial(dict, one))
            yield from lists.add(folder, around, partial(dict, one))
    yield from lists.empty()
    said = texts("open-data")["profile"]
    for name in profiled():
        yield File(f"{FOLDER}profile/{name}.json", digest(name), partial(_whole, partial(profile, name, said)))
    for name in TABLES:
        yield File(f"{FOLDER}schema/{name}.json", digest(about, name), partial(_whole, partial(_schema, about, name)))
    about_it = {
        "version": VERSION,
        "profile": about.address(FOLDER),
        "openapi_url": about.address(f"{ROOT}openapi.json"),
        **about.rights,
    }
    yield File(f"{FOLDER}index.json", digest(about_it), partial(_whole, lambda: about_it))
    everything = digest(around, list(made_of.values()))
    yield File(PACKAGE, everything, partial(_package, about, hsds, catalogue, organisations))


class _Lists:
    """Puts things into pages of lists, each page as soon as it is full: what is on it is still at hand then."""

    def __init__(self, digest: Digest, about: About, totals: Mapping[str, int]) -> None:
        self._digest = digest
        self._about = about
        self._totals = totals
        self._numbers = dict.fromkeys(totals, 0)
        self._waiting: dict[str, list[tuple[str, Callable[[], Values]]]] = {name: [] for name in totals}

    def add(self, name: str, made_of: str, make: Callable[[], Values]) -> Iterator[File]:
        """Add a thing to a list, and yield the page that it fills or with which the list ends."""
        waiting = self._waiting[name]
        waiting.append((made_of, make))
        if len(waiting) == AT_A_TIME or self._numbers[name] * AT_A_TIME + len(waiting) == self._totals[name]:
            yield self._page(name)

    def empty(self) -> Iterator[File]:
        """Yield a page without anything for each list that there is nothing for."""
        yield from (self._page(name) for name, total in self._totals.items() if not total)

    def _page(self, name: str) -> File:
        found, self._waiting[name] = self._waiting[name], []
        self._numbers[name] += 1
        head = _head(self._about, self._numbers[name], self._totals[name], len(found))
        made_of = self._digest(head, [one for one, _ in found])
        path = f"{FOLDER}{name}/page/{head['page_number']}.json"
        return File(path, made_of, partial(_list, head, [make for _, make in found]))


def _file(folder: str, id: str, made_of: str, make: Callable[[], Values]) -> File:
    return File(f"{FOLDER}{folder}/{id}.json", made_of, partial(_whole, make))


def _whole(make: Callable[[], Values]) -> Iterator[bytes]:
    yield json_bytes(make())


def _list(head: Values, makes: Sequence[Callable[[], Values]]) -> Iterable[bytes]:
    return streamed(head, "contents", (line(make()) for make in makes))


def _head(about: About, number: int, total: int, size: int) -> Values:
    """Return what a page of a list says of itself, in the terms of the API of HSDS."""
    pages = max(1, -(-total // AT_A_TIME))
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


def _package(
    about: About, hsds: Hsds, catalogue: Catalogue, organisations: Sequence[OrganisationPage]
) -> Iterator[bytes]:
    """Yield the bytes of the package; its tables lie on the disk until they are all there."""
    with ExitStack() as stack:
        tables: dict[str, IO[bytes]] = {table.file: stack.enter_context(TemporaryFile()) for table in TABLES.values()}
        _fill(tables, hsds, catalogue, organisations)
        whole = stack.enter_context(TemporaryFile())
        with ZipFile(whole, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as package:
            description = json.dumps(package_description(about), ensure_ascii=False, indent=1).encode()
            for name, file in {"datapackage.json": BytesIO(description), **tables}.items():
                with package.open(name, "w") as target:  # dated 1980, whenever it is made
                    target.writelines(pieces(file))
        yield from pieces(whole)


def _fill(
    tables: Mapping[str, IO[bytes]], hsds: Hsds, catalogue: Catalogue, organisations: Sequence[OrganisationPage]
) -> None:
    """Write every object of an organisation into the table of its class, and then the next organisation's."""
    rows: dict[str, list[list[Any]]] = {name: [list(table.columns)] for name, table in TABLES.items()}

    def add(name: str, one: Values, **owner: str) -> None:
        table = TABLES[name]
        found = {**owner, **one}
        rows[name].append([_cell(found.get(column), column) for column in table.columns])
        for field, inner in table.inner.items():
            for other in one.get(field, ()):
                add(inner, other, **{f"{name}_id": one["id"]})

    for one in hsds.taxonomies:
        add("taxonomy", one)
    for one in hsds.terms_alone():
        add("taxonomy_term", one)
    for page in chain(organisations, [None]):
        if page:
            add("organization", hsds.organization(page))
            for offer in catalogue.offers_of(page):
                add("service", hsds.service(offer))
        for name, found in rows.items():
            if len(found) >= _ROWS or not page:
                tables[TABLES[name].file].writelines(csv_bytes(found))
                found.clear()


_ROWS = 200
"""So many rows of a table are at hand, at most."""


def _cell(value: Any, column: str) -> Any:
    if column == "sources" and value:
        return " ".join(one["address"] for one in value)
    return ",".join(value) if column in LISTS and value else value
