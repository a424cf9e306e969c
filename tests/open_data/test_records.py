"""Our own records as JSON: every file fits the published schema of its kind, and says what the file in YAML says."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry

from meedoenkaart.open_data import open_data
from meedoenkaart.open_data.files import AT_A_TIME, in_pages, uuid_of
from tests.conftest import Project
from tests.open_data.conftest import ABOUT, digest, made

PREFIX = f"{ABOUT.url}api/v1/"
LISTS = ("organisations", "reception", "municipalities", "routes")


def _closed(schema: Any) -> Any:
    """Return a schema that allows no field that it does not name; the published one lets new fields come."""
    if isinstance(schema, list):
        return [_closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: _closed(value) for name, value in schema.items()}
    if isinstance(made.get("properties"), dict):
        made.setdefault("additionalProperties", False)
    return made


def _records(files: Mapping[str, bytes]) -> list[tuple[str, Any]]:
    found = [(path, json.loads(data)) for path, data in files.items() if path.endswith(".json")]
    return [(path, one) for path, one in found if "record" in one]


@pytest.mark.parametrize("of", ["files", "real"])
def test_each_record_fits_the_schema_that_it_names(of: str, request: pytest.FixtureRequest) -> None:
    files = request.getfixturevalue(of)
    validators = {}
    for path, data in files.items():
        if path.startswith("schemas/"):
            schema = json.loads(data)
            Draft202012Validator.check_schema(schema)
            assert schema["$id"] == PREFIX + path
            checker = FormatChecker(("date",))
            validators[schema["$id"]] = Draft202012Validator(
                _closed(schema), registry=Registry(), format_checker=checker
            )
    records = _records(files)
    wrong = [
        f"{path}: {error.json_path} {error.message}"
        for path, one in records
        for error in validators[one["$schema"]].iter_errors(one)
    ]
    assert wrong == []
    assert {one["kind"] for _, one in records} == {name.rpartition("/")[2][:-5] for name in validators}


def test_a_record_says_what_its_file_says(files: Mapping[str, bytes]) -> None:
    told = json.loads(files["organisations/smallingerland/buurthuis-de-brug.json"])
    record = told["record"]
    assert record["name"] == "Buurthuis De Brug"
    assert record["description"] == {"nl": "Een verzonnen buurthuis.", "en": "A made-up community centre."}
    assert record["sources"][0]["date"] == "2026-09-21"
    assert record["confirmation"]["on"] == "2026-06-01"
    assert told["derived"]["page"] == f"{ABOUT.url}kansen/smallingerland/buurthuis-de-brug/"
    assert told["derived"]["uuid"] == uuid_of("kansen/smallingerland/buurthuis-de-brug/")
    assert told["derived"]["confirmed"] is True
    assert told["licence"] == "https://creativecommons.org/licenses/by/4.0/"


def test_what_nobody_knows_is_left_out(files: Mapping[str, bytes]) -> None:
    def look(value: Any, way: str) -> None:
        assert value not in (None, "", [], {}) or way.endswith(("opportunities", ".route")), way
        for name, one in value.items() if isinstance(value, dict) else ():
            look(one, f"{way}.{name}")
        for one in value if isinstance(value, list) else ():
            look(one, way)

    for path, one in _records(files):
        look(one["record"], path)


def test_lists_hold_every_record_once(files: Mapping[str, bytes]) -> None:
    for folder in LISTS:
        pages = [json.loads(data) for path, data in files.items() if path.startswith(f"{folder}/page/")]
        items = [item for page in pages for item in page["items"]]
        own = {one["id"]: one for path, one in _records(files) if path == f"{folder}/{one.get('id')}.json"}
        assert {item["id"]: item for item in items} == own
        assert len(items) == len(own) == pages[0]["total"]


def test_pages_of_a_list_lead_to_each_other(real: Mapping[str, bytes]) -> None:
    address, seen = f"{PREFIX}organisations/page/1.json", 0
    while address:
        page = json.loads(real[address.removeprefix(PREFIX)])
        assert len(page["items"]) <= AT_A_TIME
        seen += len(page["items"])
        address = page.get("next", "")
    assert seen == page["total"] > AT_A_TIME
    assert page["page"] == page["pages"]


def test_a_list_of_nothing_has_a_page() -> None:
    assert list(in_pages([])) == [(1, 1, [])]


def test_a_record_stays_at_its_earlier_addresses(files: Mapping[str, bytes]) -> None:
    now, before = (f"organisations/smallingerland/{name}.json" for name in ("buurthuis-de-brug", "de-oude-brug"))
    assert files[now] == files[before]


def test_each_route_tells_its_steps_roles_terms_and_what_the_law_asks(real: Mapping[str, bytes]) -> None:
    law = json.loads(real["statutory.json"])["record"]["elements"]
    routes = [one for path, one in _records(real) if one["kind"] == "route"]
    assert len(routes) >= 10
    for route in routes:
        record = route["record"]
        steps = record["steps"]
        for step in steps.values():
            assert step["phase"] in record["phases"]
            assert set(step.get("after", ())) <= set(steps)
            assert set(step.get("fulfils", ())) <= set(law)
            assert {step.get("actor")} <= {None, *record.get("actors", ())}
        assert route["derived"]["graph"].endswith(f"{route['id']}.gv")


def test_one_change_changes_what_it_is_in(project: Project) -> None:
    """Of all else a build knows that it is the same, without making it."""
    before = {
        file.path: (file.made_of, b"".join(file.make())) for file in open_data(project.catalogue(), ABOUT, digest)
    }
    project.replace(
        "catalogue/organisations/opsterland/sportclub-de-stap.yml", "Sportclub De Stap", "Sportclub De Trap"
    )
    after = {file.path: (file.made_of, b"".join(file.make())) for file in open_data(project.catalogue(), ABOUT, digest)}
    assert before.keys() == after.keys()
    changed = {path for path, one in after.items() if one != before[path]}
    kept = {path for path in after.keys() - changed if path.endswith(".json")}
    own = "api/v1/organisations/opsterland/sportclub-de-stap.json"
    assert own in changed
    assert "api/v1/organisations/smallingerland/buurthuis-de-brug.json" in kept
    wrong = {path for path in after if after[path][0] == before[path][0] and after[path][1] != before[path][1]}
    assert wrong == set()


def test_identifiers_are_version_5_and_stay(files: Mapping[str, bytes], small: Project) -> None:
    from uuid import UUID, uuid5

    namespace = UUID("d0ad7850-d6fc-5767-80ba-24b6ef0544a9")
    for name in ("", "kansen/smallingerland/buurthuis-de-brug/", "kansen/x/é/#ï"):
        assert uuid_of(name) == str(uuid5(namespace, name))
    moved = made(small.catalogue(), replace(ABOUT, name="Anders", url="https://elders.nl/"))
    name = "organisations/smallingerland/buurthuis-de-brug.json"
    assert json.loads(moved[name])["derived"]["uuid"] == json.loads(files[name])["derived"]["uuid"]


def test_the_same_catalogue_gives_the_same_bytes(files: Mapping[str, bytes], small: Project) -> None:
    assert made(small.catalogue()) == files


def test_another_name_or_address_of_the_site_is_known_of_every_file_that_tells_it(small: Project) -> None:
    catalogue = small.catalogue()
    before = {file.path: (file.made_of, b"".join(file.make())) for file in open_data(catalogue, ABOUT, digest)}
    for changed in (
        replace(ABOUT, name="Doekaart"),
        replace(ABOUT, url="https://elders.nl/"),
        replace(ABOUT, region=""),
    ):
        for file in open_data(catalogue, changed, digest):
            made_of, content = before[file.path]
            assert file.made_of != made_of or b"".join(file.make()) == content, file.path
