"""What the open data say of themselves is right: each address that they name is there, and others can read it."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from rdflib import DCTERMS, RDF, Graph, Literal, Namespace, URIRef

from meedoenkaart.open_data.description import dataset, downloads
from meedoenkaart.open_data.hsds_tables import TABLES
from tests.open_data.conftest import ABOUT

DCAT = Namespace("http://www.w3.org/ns/dcat#")
PREFIX = f"{ABOUT.url}api/v1/"


def _addresses(value: Any) -> Iterator[str]:
    if isinstance(value, str) and value.startswith(PREFIX):
        yield value.removeprefix(PREFIX).partition("#")[0]
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _addresses(one)


@pytest.mark.parametrize("of", ["files", "real"])
def test_every_address_leads_somewhere(of: str, request: pytest.FixtureRequest) -> None:
    files = request.getfixturevalue(of)
    told = [json.loads(files[name]) for name in ("index.json", "dcat.jsonld", "hsds/index.json")]
    named = set(_addresses([*told, dataset(ABOUT.name, ABOUT.url, ABOUT.region)])) - {"", "hsds/"}
    assert len(named) > 20
    assert named - files.keys() == set()
    assert {one.path.removeprefix("api/v1/") for one in downloads()} <= named


def test_openapi_is_as_its_specification_says(files: Mapping[str, bytes]) -> None:
    told = json.loads(files["openapi.json"])
    assert [error.message for error in OpenAPIV31SpecValidator(told).iter_errors()] == []


@pytest.mark.parametrize("of", ["files", "real"])
def test_openapi_tells_every_file_and_no_other(of: str, request: pytest.FixtureRequest) -> None:
    files = request.getfixturevalue(of)
    told = json.loads(files["openapi.json"])
    ways = {path: re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path[1:]))) for path in told["paths"]}
    used = {file: [path for path, way in ways.items() if way.fullmatch(file)] for file in files}
    # That it tells of itself is of no use.
    assert [file for file, found in used.items() if not found] == ["openapi.json"]
    assert ways.keys() - {path for found in used.values() for path in found} == set()


def test_what_openapi_says_of_a_file_is_so(files: Mapping[str, bytes]) -> None:
    told = json.loads(files["openapi.json"])
    looked = 0
    seen: set[str] = set()
    for path in sorted(told["paths"], key=lambda path: path.count("{")):  # the plainer one counts
        [(type, content)] = told["paths"][path]["get"]["responses"]["200"]["content"].items()
        way = re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path[1:])))
        for file in sorted({*filter(way.fullmatch, files)} - seen):
            seen.add(file)
            if type == "application/json":
                schema = {**content["schema"], "components": told["components"]}
                wrong = list(Draft202012Validator(schema).iter_errors(json.loads(files[file])))
                assert not wrong, f"{file}: {wrong[0].message}"
                looked += 1
    assert looked > 100


def test_dcat_says_what_data_portals_ask(files: Mapping[str, bytes]) -> None:
    graph = Graph().parse(data=files["dcat.jsonld"], format="json-ld")
    [catalogue] = graph.subjects(RDF.type, DCAT.Catalog)
    [found] = graph.subjects(RDF.type, DCAT.Dataset)
    assert (catalogue, DCAT.dataset, found) in graph
    for needed in (DCTERMS.title, DCTERMS.description):
        [text] = graph.objects(found, needed)
        assert isinstance(text, Literal)
        assert text.language == "nl"
    for needed in (
        DCTERMS.identifier,
        DCTERMS.publisher,
        DCTERMS.creator,
        DCTERMS.accessRights,
        DCTERMS.license,
        DCTERMS.language,
        DCTERMS.modified,
        DCAT.contactPoint,
        DCAT.theme,
        DCAT.landingPage,
    ):
        assert list(graph.objects(found, needed)), needed
    shapes = list(graph.objects(found, DCAT.distribution))
    assert len(shapes) == len(downloads())
    for one in shapes:
        for needed in (DCTERMS.title, DCTERMS.license, DCTERMS["format"], DCAT.mediaType, DCAT.downloadURL):
            assert len(list(graph.objects(one, needed))) == 1, (one, needed)
    assert all(not isinstance(one, URIRef) or one.startswith("http") for one in graph.all_nodes())


def test_every_file_says_how_it_may_be_used(files: Mapping[str, bytes]) -> None:
    """In tables in the last column, in the package in its description."""
    for path, data in files.items():
        if path.endswith((".json", ".geojson", ".jsonld")) and not path.startswith("hsds/profile/"):
            assert b"CC BY 4.0" in data or b"CC-BY-4.0" in data or b"licenses/by/4.0" in data, path


def promised(files: Mapping[str, bytes]) -> list[str]:
    """Return a line for each path, each field with its type and each column that others may count on."""
    told = json.loads(files["openapi.json"])
    lines = [f"path {path}" for path in told["paths"]]
    for name, schema in told["components"]["schemas"].items():
        needed = schema.get("required", ())
        for field, one in schema.get("properties", {}).items():
            lines.append(f"field {name}.{field}{'' if field in needed else '?'} {_type(one)}")
    for table in TABLES.values():
        lines += [f"column hsds/{table.file} {column} {type}" for column, type in table.columns.items()]
    for one in downloads():
        path = one.path.removeprefix("api/v1/")
        if path.endswith(".csv"):
            headings = files[path].decode("utf-8-sig").partition("\r\n")[0].split(",")
            lines += [f"column {path} {number} {heading}" for number, heading in enumerate(headings, 1)]
        if path.endswith(".geojson"):
            features = json.loads(files[path])["features"]
            names = {(name, type(value).__name__) for one in features for name, value in one["properties"].items()}
            lines += [f"property {path} {name} {kind}" for name, kind in sorted(names)]
    return sorted(lines)


def _type(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"].removeprefix("#/components/schemas/"))
    if schema.get("type") == "array":
        return f"[{_type(schema['items'])}]"
    if "additionalProperties" in schema and not schema.get("properties"):
        return f"{{{_type(schema['additionalProperties'])}}}"
    return str(schema["type"]) + (f"/{schema['format']}" if "format" in schema else "")


def test_what_was_promised_is_kept(files: Mapping[str, bytes]) -> None:
    """A line that is gone or other breaks what somebody built; a new one is added to the list with the change."""
    kept = Path(__file__).with_name("promised.txt").read_text("utf-8").splitlines()
    now = promised(files)
    assert set(kept) - set(now) == set(), "this was promised"
    assert set(now) - set(kept) == set(), "promise this too: add these lines to promised.txt"
