"""Our own records as JSON: every file fits the published schema of its kind, and says what the file in YAML says."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry

from meedoenkaart.open_data.files import AT_A_TIME, list_in_pages, uuid_of
from meedoenkaart.publishing import open_data
from tests.conftest import Project
from tests.open_data.conftest import ABOUT, made, read, written

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
    [file] = list_in_pages(
        "x/", 0, lambda number, pages, size: {"page": number, "of": pages, "size": size}, "items", ()
    )
    assert file.path == "x/page/1.json"
    assert json.loads(b"".join(file.content)) == {"page": 1, "of": 1, "size": 0, "items": []}


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


CLUB = "catalogue/organisations/opsterland/sportclub-de-stap.yml"


def test_one_change_changes_what_it_is_in(project: Project, tmp_path: Path) -> None:
    """Of all else a build knows that it is the same; and it makes what one from nothing makes."""
    before = written(project.catalogue(), tmp_path)
    contents = read(tmp_path)
    project.replace(CLUB, "Sportclub De Stap", "Sportclub De Trap")
    after = written(project.catalogue(), tmp_path, known=before)
    assert before.keys() == after.keys()
    changed = {path.removeprefix("api/v1/") for path in after if after[path] != before[path]}
    assert "organisations/opsterland/sportclub-de-stap.json" in changed
    assert "organisations/smallingerland/buurthuis-de-brug.json" not in changed
    now = read(tmp_path)
    assert {path for path in now if now[path] != contents[path]} <= changed
    assert now == made(project.catalogue())


@pytest.mark.parametrize("is_kept", [True, False])
def test_files_of_all_are_put_together_of_what_is_kept(
    is_kept: bool, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each organisation's part is told anew where it changed, or where somebody threw away what was kept."""
    monkeypatch.setattr(open_data, "AT_A_TIME", 1)
    before = written(project.catalogue(), tmp_path)
    (kept,) = tmp_path.rglob("*-open-data")
    parts = {one.name for one in kept.iterdir()}
    if not is_kept:
        shutil.rmtree(kept)
    project.replace(CLUB, "Sportclub De Stap", "Sportclub De Trap")
    written(project.catalogue(), tmp_path, known=before)
    assert read(tmp_path) == made(project.catalogue())
    now = {one.name for one in kept.iterdir()}
    assert len(now) == len(parts) == len(now & parts) + 1


def test_where_nothing_changed_nothing_is_made(project: Project, tmp_path: Path) -> None:
    known = written(project.catalogue(), tmp_path)
    file = tmp_path / "site/api/v1/kansen.csv"
    file.write_text("as it was", "utf-8")
    assert written(project.catalogue(), tmp_path, known=known) == known
    assert file.read_text("utf-8") == "as it was"


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


def test_another_name_or_address_of_the_site_is_known_of_every_file_that_tells_it(
    small: Project, tmp_path: Path
) -> None:
    catalogue = small.catalogue()
    known = written(catalogue, tmp_path)
    for changed in (
        replace(ABOUT, name="Doekaart"),
        replace(ABOUT, url="https://elders.nl/"),
        replace(ABOUT, region=""),
    ):
        known = written(catalogue, tmp_path, changed, known)
        assert read(tmp_path) == made(catalogue, changed)
