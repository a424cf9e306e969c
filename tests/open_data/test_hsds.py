"""HSDS: its fields, its tables as a data package that Frictionless reads, and the days that the site shows."""

import datetime
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from frictionless import Package, system
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from meedoenkaart.open_data.files import AT_A_TIME, uuid_of
from meedoenkaart.open_data.hsds_tables import TABLES, profiled
from meedoenkaart.times.days import times_of
from tests.conftest import TODAY, Project
from tests.open_data.conftest import ABOUT

FOLDER = "hsds/"
IN_JSON = {
    "service": {"organization": "organization"},
    "organization": {"services": "service", "sources": ""},
    "service_at_location": {"location": "location", "service": "service"},
    "attribute": {"taxonomy_term": "taxonomy_term"},
}
"""Fields of JSON that tables have as other tables."""
CLASSES = {
    "organizations": "organization",
    "services": "service",
    "service_at_locations": "service_at_location",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}


def _objects(files: Mapping[str, bytes]) -> Iterator[tuple[str, str, Any]]:
    """Yield the path, the class and the content of each object, by itself and in lists."""
    for path, data in files.items():
        folder = path.removeprefix(FOLDER).partition("/")[0]
        if path.startswith(FOLDER) and folder in CLASSES:
            told = json.loads(data)
            for one in told["contents"] if "/page/" in path else [told]:
                yield path, CLASSES[folder], one


def _faults(name: str, one: Mapping[str, Any], way: str) -> Iterator[str]:
    """Yield what is not as the tables of HSDS, with our additions, say it is."""
    table = TABLES[name]
    others = {**table.inner, **IN_JSON.get(name, {})}
    for needed in ("id", *table.needed):
        if needed not in one and not (name in ("service", "attribute") and needed.endswith("_id")):
            yield f"{way} has no {needed}"
    for field, value in one.items():
        if others.get(field):
            for number, inner in enumerate(value if isinstance(value, list) else [value]):
                yield from _faults(others[field], inner, f"{way}.{field}[{number}]")
        elif field not in table.columns:
            yield f"{way} has a field {field}"
        elif (
            isinstance(value, bool)
            or not isinstance(value, (str, int, float, list))
            or value in ("", [])
            or (table.columns[field] == "number") != isinstance(value, (int, float))
        ):
            yield f"{way}.{field} is {value!r}"


@pytest.mark.parametrize("of", ["files", "real"])
def test_each_object_has_the_fields_of_hsds(of: str, request: pytest.FixtureRequest) -> None:
    found = list(_objects(request.getfixturevalue(of)))
    assert {name for _, name, _ in found} == set(CLASSES.values())
    assert [fault for path, name, one in found for fault in _faults(name, one, path)] == []


@pytest.mark.parametrize("of", ["files", "real"])
def test_each_object_fits_its_schema(of: str, request: pytest.FixtureRequest) -> None:
    files = request.getfixturevalue(of)
    schemas = [json.loads(data) for path, data in files.items() if path.startswith(f"{FOLDER}schema/")]
    registry: Registry[Any] = Registry().with_resources(
        (one["$id"], DRAFT202012.create_resource(one)) for one in schemas
    )
    checkers = {one["title"]: Draft202012Validator(one, registry=registry) for one in schemas}
    found = [error.message for _, name, one in _objects(files) for error in checkers[name].iter_errors(one)]
    assert found == []
    assert set(checkers) == set(TABLES)


@pytest.mark.parametrize("of", ["files", "real"])
def test_its_tables_are_a_data_package(of: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """Types, needed values, keys and references of every row, as Frictionless reads them."""
    zipfile.ZipFile(io.BytesIO(request.getfixturevalue(of)[f"{FOLDER}datapackage.zip"])).extractall(tmp_path)
    with system.use_context(trusted=True):
        report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["taskNumber", "rowNumber", "fieldName", "note"])[:10]
    assert {one.name for one in report.tasks} == set(TABLES)


def test_every_table_is_filled_somewhere(files: Mapping[str, bytes]) -> None:
    package = zipfile.ZipFile(io.BytesIO(files[f"{FOLDER}datapackage.zip"]))
    assert [table.file for table in TABLES.values() if package.read(table.file).count(b"\r\n") < 2] == []
    assert {one.date_time for one in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_lists_are_as_the_api_has_them(real: Mapping[str, bytes]) -> None:
    for folder, name in CLASSES.items():
        pages = [json.loads(data) for path, data in real.items() if path.startswith(f"{FOLDER}{folder}/page/")]
        pages.sort(key=lambda one: int(one["page_number"]))
        assert [one["page_number"] for one in pages] == list(range(1, pages[0]["total_pages"] + 1))
        assert [one["size"] for one in pages[:-1]] == [AT_A_TIME] * (len(pages) - 1)
        assert [one["last_page"] for one in pages] == [False] * (len(pages) - 1) + [True]
        ids = [one["id"] for page in pages for one in page["contents"]]
        assert len(ids) == len(set(ids)) == pages[0]["total_items"]
        assert {f"{FOLDER}{folder}/{id}.json" for id in ids} <= real.keys(), name


def test_a_service_says_what_its_opportunity_says(files: Mapping[str, bytes]) -> None:
    id = uuid_of("kansen/smallingerland/buurthuis-de-brug/#samen-koken")
    told = json.loads(files[f"{FOLDER}services/{id}.json"])
    assert told["name"] == "Samen koken en eten"
    assert told["url"] == f"{ABOUT.url}kansen/smallingerland/buurthuis-de-brug/#samen-koken"
    assert told["assured_date"] == "2026-06-01"
    assert told["organization"]["name"] == "Buurthuis De Brug"
    assert told["organization"]["sources"][0]["title"] == "Voorbeeldkrant"
    assert {one["taxonomy_term"]["code"] for one in told["attributes"]} >= {"activities/ontmoeting", "sectors/koken"}


def test_an_organisation_stays_under_its_earlier_identifier(files: Mapping[str, bytes]) -> None:
    now, before = (uuid_of(f"kansen/smallingerland/{name}/") for name in ("buurthuis-de-brug", "de-oude-brug"))
    assert files[f"{FOLDER}organizations/{now}.json"] == files[f"{FOLDER}organizations/{before}.json"]


def test_schedules_come_to_the_days_that_the_site_shows(files: Mapping[str, bytes], small: Project) -> None:
    """Reckoned by dateutil from the terms of RFC 5545."""
    first, last = TODAY, datetime.date(2027, 12, 31)
    compared = 0
    for offer in small.catalogue().offers:
        told = json.loads(files[f"{FOLDER}services/{uuid_of(offer.url)}.json"])
        schedules = [
            *told.get("schedules", ()),
            *(one for at in told.get("service_at_locations", ()) for one in at.get("schedules", ())),
        ]
        days = {
            (day, one.get("opens_at"), one.get("closes_at"))
            for one in schedules
            for day in _days(one, first, last)
            if (offer.opportunity.first_day or first) <= day <= (offer.opportunity.last_day or last)
        }
        shown = {(one.day, one.starts, one.ends) for one in times_of(offer.opportunity, first, last)}
        assert days == shown, offer.url
        compared += len(shown)
    assert compared > 300


def _days(schedule: Mapping[str, Any], first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    if not {"freq", "count"} & schedule.keys():
        return
    rule = {
        "FREQ": schedule.get("freq", "DAILY"),
        "INTERVAL": schedule.get("interval"),
        "BYDAY": schedule.get("byday"),
        "BYMONTH": schedule.get("bymonth"),
        "WKST": schedule.get("wkst"),
        "COUNT": schedule.get("count"),
    }
    start = datetime.date.fromisoformat(schedule.get("dtstart", str(first)))
    until = min(last, datetime.date.fromisoformat(schedule.get("until", str(last))))
    valid = datetime.date.fromisoformat(schedule.get("valid_from", str(start)))
    shut = [[datetime.date.fromisoformat(day) for day in one.split("/")] for one in schedule.get("except_periods", ())]
    text = ";".join(f"{name}={value}" for name, value in rule.items() if value)
    begin = datetime.datetime.combine(start, datetime.time())
    for moment in rrulestr(text, dtstart=begin).between(
        begin, datetime.datetime.combine(until, datetime.time()), inc=True
    ):
        day = moment.date()
        if max(first, valid) <= day and not any(one <= day <= other for one, other in shut):
            yield day


def test_the_profile_is_a_merge_patch_over_the_schemas(files: Mapping[str, bytes]) -> None:
    for name in profiled():
        patch = json.loads(files[f"{FOLDER}profile/{name}.json"])
        assert set(patch["properties"]) <= set(TABLES[name].columns)
        for field in patch["properties"].values():
            assert field["description"]
    about = json.loads(files[f"{FOLDER}index.json"])
    assert about["version"] == "3.0"
    assert about["profile"] == f"{ABOUT.url}api/v1/hsds/"
