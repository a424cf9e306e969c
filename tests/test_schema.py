"""The JSON Schemas for editors: valid, true to the records, and kept up to date."""

import json
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from pydantic import TypeAdapter
from ruamel.yaml import YAML
from ruamel.yaml.resolver import VersionedResolver

from meedoenkaart.layers import BASE
from meedoenkaart.reading.documents import COLLECTIONS, Reader
from meedoenkaart.reading.yaml_text import read
from meedoenkaart.texts import texts
from meedoenkaart.writing.fields import FieldHelp, fields_of, label_of, records_within
from tests.conftest import MINIMAL, ROOT, Project

NAMES = {"organisations": "organisation", "municipalities": "municipality", "routes": "route"}
SCHEMAS = {one.name: NAMES.get(one.name, one.name) for one in COLLECTIONS}
BRIDGE = "catalogue/organisations/smallingerland/buurthuis-de-brug.yml"


class _Core(VersionedResolver):
    """The types of YAML 1.2, as an editor sees them; ruamel adds dates, which YAML 1.2 does not have."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        tag = super().resolve(kind, value, implicit)
        return self.DEFAULT_SCALAR_TAG if str(tag).endswith("timestamp") else tag


def _schema(root: Path, name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((root / f"schemas/{name}.json").read_text("utf-8"))
    return schema


@cache
def _validator(root: Path, name: str) -> Draft7Validator:
    return Draft7Validator(_schema(root, name))


def as_an_editor_sees_it(text: str) -> Any:
    yaml = YAML(typ="safe", pure=True)
    yaml.Resolver = _Core
    return yaml.load(text)


def _complaints(root: Path, name: str, text: str) -> list[str]:
    return [
        f"{'/'.join(map(str, one.absolute_path))}: {one.message[:200]}"
        for one in _validator(root, name).iter_errors(as_an_editor_sees_it(text))
    ]


def test_the_schemas_of_the_project_are_those_that_the_command_writes(tmp_path: Path) -> None:
    """After a change of records, texts or vocabulary: run ``meedoenkaart schema`` and commit the folder."""
    project = Project(tmp_path)
    for name in ("catalogue", "routes"):
        if (ROOT / name).is_dir():
            (tmp_path / name).symlink_to(ROOT / name)
    outcome = project.run("schema")
    assert outcome.code == 0
    made = [file for file in outcome.out.split() if file.startswith("schemas/")]
    assert made == [f"schemas/{name}.json" for name in SCHEMAS.values()]
    written = {file.name: file.read_text("utf-8") for file in (tmp_path / "schemas").iterdir()}
    assert {file.name: file.read_text("utf-8") for file in (ROOT / "schemas").iterdir()} == written


@pytest.mark.parametrize("name", SCHEMAS.values())
def test_a_schema_is_valid_and_explains_every_field(name: str) -> None:
    schema = _schema(ROOT, name)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    Draft7Validator.check_schema(schema)
    for part in (schema, *schema.get("$defs", {}).values()):
        assert part["title"]
        assert part["description"]
        assert part["additionalProperties"] is False
        for field in part["properties"].values():
            assert field["title"]
            assert field["description"]


def test_the_schemas_accept_every_record_as_an_editor_sees_it() -> None:
    found = {}
    for root in (ROOT, BASE):
        for document in Reader(root).read():
            if not document.is_shared:
                text = (root / document.file).read_text("utf-8")
                if complaints := _complaints(ROOT, SCHEMAS[document.collection], text):
                    found[document.file] = complaints
    assert found == {}


@pytest.fixture
def written(project: Project) -> Project:
    """The small project with its own schemas."""
    assert project.run("schema").code == 0
    return project


def test_the_schemas_accept_the_small_project(written: Project) -> None:
    """Every field is filled there, with the traps of YAML: 016, 12:30, no."""
    for document in Reader(written.root).read():
        assert _complaints(written.root, SCHEMAS[document.collection], written.read(document.file)) == []


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("kind: buurthuis\n", "kind: buurthuis\nverzonnen: ja\n", ""),
        ("  place: Drachten\n", "  place: Drachten\n  verzonnen: ja\n", "address"),
        ("    dutch:\n", "    dutch:\n      verzonnen: ja\n", "opportunities/0/dutch"),
        ("kind: buurthuis\n", "kind: kasteel\n", "kind"),
        ("[koken, buurt]", "[koken, kasteel]", "opportunities/0/sectors/1"),
        ("serves: [opsterland]", "serves: [utrecht]", "serves/0"),
        ("level: A1", "level: C2", "opportunities/0/dutch/level"),
        ("[en, no]", "[en, xx]", "opportunities/0/languages/1"),
        ("accessible: ja", "accessible: misschien", "accessible"),
        ("accessible: ja", "accessible: true", "accessible"),
        ("name: Buurthuis De Brug\n", "", ""),
        ("  - id: samen-koken", "  - id: Samen koken", "opportunities/0/id"),
        ("serves: [opsterland]", "serves: opsterland", "serves"),
        ("      least: 016", "      least: zestien", "opportunities/0/age/least"),
        ("  website: https://brug", "  website: ftp://brug", "contact/website"),
    ],
)
def test_the_schemas_refuse_what_check_refuses(written: Project, old: str, new: str, place: str) -> None:
    written.replace(BRIDGE, old, new)
    complaints = _complaints(written.root, "organisation", written.read(BRIDGE))
    assert any(one.startswith(f"{place}: ") for one in complaints), complaints
    assert any(one.severity == "error" for one in written.load().problems)


def test_the_choices_are_those_of_the_region(written: Project) -> None:
    schema = _schema(written.root, "organisation")
    assert schema["properties"]["kind"]["enum"] == ["buurthuis", "sportvereniging", "taalaanbieder"]
    areas = schema["properties"]["serves"]["items"]["enum"]
    assert areas[:3] == ["opsterland", "smallingerland", "sudwest-fryslan"]
    assert (len(areas), areas[5], areas[-1]) == (3 + 12 + 1, "provincie-friesland", "landelijk")
    assert "kunst" not in schema["$defs"]["Opportunity"]["properties"]["sectors"]["items"]["enum"]


def _described() -> Iterator[tuple[Any, FieldHelp]]:
    seen = set()
    for collection in COLLECTIONS:
        for cls in records_within(collection.record):
            if cls not in seen:
                seen.add(cls)
                yield from ((cls, field) for field in fields_of(cls))


def test_every_field_is_described_once_and_nothing_else_is() -> None:
    described: dict[Any, set[str]] = {cls: set() for cls, _ in _described()}
    for cls, field in _described():
        described[cls].add(field.name)
        assert field.label
        assert field.help.endswith("."), f"{cls.__name__}.{field.name}"
        assert not label_of(cls)[1].startswith("…")
    assert {cls.__name__ for cls in described} == texts("fields").keys()
    for cls, names in described.items():
        assert names == {field.name for field in fields(cls)} == texts("fields")[cls.__name__].keys() - {"_"}


@pytest.mark.parametrize(
    ("cls", "field"), list(_described()), ids=lambda one: getattr(one, "name", None) or one.__name__
)
def test_an_example_is_a_value_that_its_field_takes(cls: Any, field: FieldHelp) -> None:
    """Written in a file, with nothing else, it is no problem of that field."""
    if field.example is None:
        assert field.record or field.by_id, f"{cls.__name__}.{field.name} has no example"
        return
    tree, problems = read(f"{field.name}: {field.example}\n".encode(), "example.yml")
    assert not problems
    try:
        TypeAdapter(cls).validate_python(tree)
    except ValueError as invalid:
        errors = invalid.errors()  # type: ignore[attr-defined]
        assert [error["loc"] for error in errors if error["loc"][0] == field.name] == []


def test_examples_name_what_the_region_has() -> None:
    """An example of a reference would otherwise send a contributor after a problem."""
    (vocabulary,) = (one.record for one in Reader(ROOT).read() if one.collection == "vocabulary")
    for cls, field in _described():
        known = getattr(vocabulary, field.refers_to, None)
        if known and field.example:
            for id in field.example.strip("[]").split(", "):
                assert id in known, f"{cls.__name__}.{field.name}"


def test_the_small_project_and_the_real_one_have_the_same_kinds_of_files() -> None:
    assert {one.collection for one in Reader(MINIMAL).read()} >= SCHEMAS.keys()
