"""What the open data say of themselves: OpenAPI 3.1, DCAT-AP-NL for data portals, schema.org, and where all begins."""

import datetime
import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.open_data.files import LICENCE, ROOT, About, File, json_file
from meedoenkaart.open_data.geography import NAMES
from meedoenkaart.open_data.hsds_files import CLASSES, PACKAGE
from meedoenkaart.open_data.hsds_tables import TABLES, object_schema
from meedoenkaart.open_data.records import FOLDERS, LISTED, SINGLE, schema
from meedoenkaart.open_data.spreadsheets import HEADINGS
from meedoenkaart.texts import texts

Values = dict[str, Any]
VERSION = "1.0.0"
JSON, GEOJSON, CSV, ZIP, OPENAPI = (
    "application/json",
    "application/geo+json",
    "text/csv",
    "application/zip",
    "application/openapi+json",
)
_EU = "http://publications.europa.eu/resource/authority/"
_HSDS = "https://github.com/openreferral/specification/tree/3.0"
_FORMATS = {JSON: "JSON", GEOJSON: "GEOJSON", CSV: "CSV", ZIP: "ZIP", OPENAPI: "JSON"}
"""What the European list of file types calls them."""


class Download(NamedTuple):
    """A file that holds all of something."""

    path: str
    type: str
    title: str


def downloads() -> list[Download]:
    """Return the files that hold all of something, in the order in which they are shown."""
    said = texts("open-data")
    tables = [
        Download(f"{ROOT}{said['tables'][name]['file']}.csv", CSV, said["downloads"][f"{name}.csv"])
        for name in HEADINGS
    ]
    maps = [Download(f"{ROOT}{name}.geojson", GEOJSON, said["downloads"][f"{name}.geojson"]) for name in NAMES]
    return [*tables, *maps, Download(PACKAGE, ZIP, said["downloads"]["hsds"])]


def descriptions(catalogue: Catalogue, about: About) -> Iterator[File]:
    """Yield the file where all begins, and those for programs that look for data."""
    kinds = [kind for kind in SINGLE if getattr(catalogue, kind) is not None]
    yield json_file(f"{ROOT}index.json", start(about, catalogue, kinds))
    yield json_file(f"{ROOT}openapi.json", openapi(about, kinds))
    yield json_file(f"{ROOT}dcat.jsonld", dcat(about, catalogue.today))


def start(about: About, catalogue: Catalogue, kinds: list[str]) -> Values:
    """Return where all the rest is."""
    said = texts("open-data")
    counted = ("organisations", "receptions", "municipalities", "routes")
    counts = {name: len(getattr(catalogue, name)) for name in counted} | {"opportunities": len(catalogue.offers)}
    return {
        "name": about.name,
        "version": VERSION,
        "made": catalogue.today,
        **about.rights,
        "documentation": about.address("data/"),
        "openapi": about.address(f"{ROOT}openapi.json"),
        "dcat": about.address(f"{ROOT}dcat.jsonld"),
        "counts": counts,
        "lists": {kind: about.address(f"{ROOT}{folder}/page/1.json") for kind, folder in FOLDERS.items()},
        "files": {kind: about.address(f"{ROOT}{kind}.json") for kind in kinds},
        "downloads": [{"title": one.title, "type": one.type, "url": about.address(one.path)} for one in downloads()],
        "hsds": about.address(f"{ROOT}hsds/index.json"),
        "changes": [{"on": str(one["day"]), "text": one["text"]} for one in said["changes"]],
    }


def openapi(about: About, kinds: list[str]) -> Values:
    """Return what a static host answers, as OpenAPI 3.1."""
    said = texts("open-data")
    schemas: Values = {}
    for kind in (*LISTED, *kinds):
        _add_schema(schemas, kind, schema(about, kind))
    for name in TABLES:
        schemas[f"hsds.{name}"] = object_schema(name, lambda one: f"#/components/schemas/hsds.{one}")
    paths: Values = {"/index.json": _get(said["openapi"]["index"], JSON, {"type": "object"})}
    for kind, folder in FOLDERS.items():
        names = ("municipality", "organisation") if kind == "organisation" else (kind,)
        path = "/".join(f"{{{name}}}" for name in names)
        title = said["kinds"][kind]
        paths[f"/{folder}/{path}.json"] = _get(title, JSON, _refers(kind), *names)
        paths[f"/{folder}/page/{{page}}.json"] = _get(
            said["openapi"]["list"].format(title=title), JSON, _list(kind), "page"
        )
    for kind in kinds:
        paths[f"/{kind}.json"] = _get(said["kinds"][kind], JSON, _refers(kind))
    paths["/schemas/{kind}.json"] = _get(said["openapi"]["schema"], JSON, {"type": "object"}, "kind")
    for one in downloads():
        content = {"type": "object"} if one.type == GEOJSON else {"type": "string"}
        paths[f"/{one.path.removeprefix(ROOT)}"] = _get(one.title, one.type, content)
    paths["/hsds/index.json"] = _get(said["openapi"]["hsds"], JSON, {"type": "object"})
    paths["/hsds/profile/{name}.json"] = _get(said["openapi"]["profile"], JSON, {"type": "object"}, "name")
    paths["/hsds/schema/{name}.json"] = _get(said["openapi"]["objects"], JSON, {"type": "object"}, "name")
    for folder, name in CLASSES.items():
        paths[f"/hsds/{folder}/{{id}}.json"] = _get(f"HSDS: {name}", JSON, _refers(f"hsds.{name}"), "id")
        title = said["openapi"]["list"].format(title=f"HSDS: {name}")
        paths[f"/hsds/{folder}/page/{{page}}.json"] = _get(title, JSON, _list(f"hsds.{name}", "contents"), "page")
    paths["/dcat.jsonld"] = _get(said["openapi"]["dcat"], "application/ld+json", {"type": "object"})
    return {
        "openapi": "3.1.0",
        "info": {
            "title": said["openapi"]["title"].format(name=about.name),
            "version": VERSION,
            "description": said["openapi"]["description"],
            "license": {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
            **({"contact": {"url": about.repository}} if about.repository else {}),
        },
        "servers": [{"url": about.address(ROOT).rstrip("/")}],
        "externalDocs": {"url": about.address("data/")},
        "security": [],
        "tags": [{"name": "open-data", "description": said["openapi"]["description"]}],
        "paths": paths,
        "components": {"schemas": schemas},
    }


def _add_schema(schemas: Values, kind: str, found: Values) -> None:
    """Add a schema and its parts, of which another kind may have one of the same name."""
    moved = json.loads(json.dumps(found).replace("#/$defs/", f"#/components/schemas/{kind}."))
    schemas |= {f"{kind}.{name}": part for name, part in moved.pop("$defs").items()}
    schemas[kind] = {
        name: value for name, value in moved.items() if name not in ("$schema", "$id", "licence", "attribution")
    }


def _refers(kind: str) -> Values:
    return {"$ref": f"#/components/schemas/{kind}"}


def _list(kind: str, name: str = "items") -> Values:
    return {"type": "object", "properties": {name: {"type": "array", "items": _refers(kind)}}, "required": [name]}


def _get(title: str, type: str, content: Values, *parameters: str) -> Values:
    said = texts("open-data")["openapi"]
    id = "-".join("".join(letter if letter.isalnum() else " " for letter in f"{title} {type}").lower().split())
    told = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": said["parameters"][name],
            "schema": {"type": "integer", "minimum": 1} if name == "page" else {"type": "string"},
        }
        for name in parameters
    ]
    found = {"description": title, "content": {type: {"schema": content}}}
    answers = {"200": found, "404": {"description": said["missing"]}}
    return {
        "get": {
            "operationId": id,
            "summary": title,
            "tags": ["open-data"],
            **({"parameters": told} if told else {}),
            "responses": answers,
        }
    }


def dcat(about: About, today: datetime.date) -> Values:
    """Return the catalogue with its one data set in the terms of DCAT-AP-NL 3.0, as JSON-LD."""
    said = texts("open-data")["dcat"]
    publisher = {"@id": about.url, "@type": "foaf:Agent", "foaf:name": _dutch(about.name)}
    contact: Values = {
        "@id": about.address("data/#contact"),
        "@type": ["vcard:Kind", "vcard:Organization"],
        "vcard:fn": _dutch(about.name),
    }
    contact["vcard:hasURL"] = {"@id": about.repository or about.url}
    page = {"@id": about.address("data/"), "@type": "foaf:Document"}
    language = {"@id": f"{_EU}language/NLD", "@type": "dct:LinguisticSystem"}
    licence = {"@id": LICENCE, "@type": "dct:LicenseDocument"}
    public = {"@id": f"{_EU}access-right/PUBLIC", "@type": "dct:RightsStatement"}
    name = said["title"].format(name=about.name, region=about.region)
    described = said["description"].format(name=about.name, region=about.region)
    day = {"@type": "xsd:date", "@value": today.isoformat()}
    common = {
        "dct:publisher": publisher,
        "dct:creator": publisher,
        "dcat:contactPoint": contact,
        "dct:license": licence,
        "dct:accessRights": public,
        "dct:language": language,
        "dcat:theme": _theme(),
        "dcat:keyword": [_dutch(one) for one in said["keywords"]],
    }
    dataset = about.address("data/#dataset")
    service = {
        "@id": about.address(f"{ROOT}openapi.json#service"),
        "@type": "dcat:DataService",
        "dct:identifier": about.address(f"{ROOT}openapi.json#service"),
        "dct:title": _dutch(said["service"].format(name=about.name)),
        "dct:description": _dutch(texts("open-data")["openapi"]["description"]),
        **common,
        "dcat:endpointURL": {"@id": about.address(ROOT), "@type": "rdfs:Resource"},
        "dcat:endpointDescription": {"@id": about.address(f"{ROOT}openapi.json"), "@type": "rdfs:Resource"},
        "dcat:servesDataset": {"@id": dataset},
        "foaf:page": page,
    }
    whole = {
        "@id": dataset,
        "@type": "dcat:Dataset",
        "dct:identifier": dataset,
        "dct:title": _dutch(name),
        "dct:description": _dutch(described),
        **common,
        "dct:conformsTo": {"@id": _HSDS, "@type": "dct:Standard"},
        "foaf:page": page,
        "dcat:landingPage": page,
        "dct:spatial": {"@id": f"{_EU}country/NLD", "@type": "dct:Location"},
        "dct:accrualPeriodicity": {"@id": f"{_EU}frequency/CONT", "@type": "dct:Frequency"},
        "dct:issued": {"@type": "xsd:date", "@value": said["issued"]},
        "dct:modified": day,
        "dcat:version": VERSION,
        "dcat:distribution": [_distribution(about, one, licence, language) for one in downloads()],
    }
    return {
        "@context": _CONTEXT,
        "@id": about.address("data/#catalog"),
        "@type": "dcat:Catalog",
        "dct:title": _dutch(said["catalog"].format(name=about.name)),
        "dct:description": _dutch(described),
        "dct:publisher": publisher,
        "dct:creator": publisher,
        "dcat:contactPoint": contact,
        "dct:language": language,
        "dct:license": licence,
        "dct:modified": day,
        "foaf:homepage": page,
        "dcat:dataset": whole,
        "dcat:service": service,
    }


def _theme() -> Values:
    return {
        "@id": f"{_EU}data-theme/SOCI",
        "@type": "skos:Concept",
        "skos:prefLabel": _dutch(texts("open-data")["dcat"]["theme"]),
    }


def _dutch(text: str) -> Values:
    return {"@language": "nl", "@value": text}


def _distribution(about: About, one: Download, licence: Values, language: Values) -> Values:
    address = {"@id": about.address(one.path), "@type": "rdfs:Resource"}
    return {
        "@id": about.address(f"{one.path}#distribution"),
        "@type": "dcat:Distribution",
        "dct:title": _dutch(one.title),
        "dct:description": _dutch(one.title),
        "dcat:accessURL": address,
        "dcat:downloadURL": address,
        "dct:license": licence,
        "dct:language": language,
        "dct:format": {"@id": f"{_EU}file-type/{_FORMATS[one.type]}", "@type": "dct:MediaTypeOrExtent"},
        "dcat:mediaType": {
            "@id": f"https://www.iana.org/assignments/media-types/{one.type}",
            "@type": "dct:MediaType",
        },
    }


_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def dataset(name: str, url: str, region: str) -> Values:
    """Return the data set in the words of schema.org, for the page about it."""
    said = texts("open-data")["dcat"]
    publisher = {"@type": "Organization", "name": name, "url": url}
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": f"{url}data/#dataset",
        "name": said["title"].format(name=name, region=region),
        "description": said["description"].format(name=name, region=region),
        "url": f"{url}data/",
        "license": LICENCE,
        "isAccessibleForFree": True,
        "inLanguage": "nl",
        "keywords": said["keywords"],
        "creator": publisher,
        "publisher": publisher,
        "spatialCoverage": {"@type": "Place", "name": "Nederland"},
        "distribution": [
            {"@type": "DataDownload", "name": one.title, "encodingFormat": one.type, "contentUrl": f"{url}{one.path}"}
            for one in downloads()
        ],
    }
