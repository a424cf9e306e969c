"""JSON Schemas for editors: completion, help on hover, and red lines while typing."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from meedoenkaart.draft import Draft
from meedoenkaart.geography.areas import areas
from meedoenkaart.reading.documents import COLLECTIONS, Reader
from meedoenkaart.reading.shared_files import STANDS_ALONE, shared_files
from meedoenkaart.records.vocabulary import FACETS
from meedoenkaart.texts import texts
from meedoenkaart.writing.fields import fields_of, label_of, records_within

FOLDER = "schemas"
NAMES = {"organisations": "organisation", "municipalities": "municipality", "routes": "route"}
"""Schema names of collections, where they differ from the collection's."""


def write_schemas(root: Path) -> list[Path]:
    """Write ``schemas/<kind>.json`` for every kind of file, with the region's own vocabulary as choices."""
    made = schemas(root)
    (root / FOLDER).mkdir(exist_ok=True)
    for file, text in made.items():
        (root / file).write_text(text, "utf-8")
    return [root / file for file in made]


def schemas(root: Path) -> dict[str, str]:
    """Return the schemas by the path of their file."""
    draft = Draft(Reader(root).read())
    made, shared = {}, shared_files()
    for collection in COLLECTIONS:
        schema = schema_of(collection.record, choices_of(draft))
        if collection.pattern in shared:
            _lay_over(schema)
        file = f"{FOLDER}/{NAMES.get(collection.name, collection.name)}.json"
        made[file] = json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
    return made


def schema_of(cls: Any, choices: Mapping[str, list[str]]) -> dict[str, Any]:
    """Return the JSON Schema of a kind of file; ``choices`` holds the ids by what a field refers to."""
    schema = TypeAdapter(cls).json_schema()
    parts = {**schema.get("$defs", {}), cls.__name__: schema}
    for record in records_within(cls):
        part = parts[record.__name__]
        part["title"], part["description"] = label_of(record)
        for field in fields_of(record):
            found = part["properties"][field.name]
            _refuse_nothing(found)
            found["title"] = field.label
            found["description"] = field.help
            if field.example:
                found["examples"] = [field.example]
            if field.refers_to in choices:
                _allow_only(found, choices[field.refers_to])
    schema["$schema"] = "http://json-schema.org/draft-07/schema#"
    return schema


def _lay_over(schema: dict[str, Any]) -> None:
    """Let a file say only what is other than in the one that all regions share, or that it stands alone."""
    for part in (schema, *schema.get("$defs", {}).values()):
        part.pop("required", None)
    for one in schema["properties"].values():
        one.pop("minProperties", None)
    words = texts("shared")[STANDS_ALONE]
    schema["properties"][STANDS_ALONE] = {"title": words["label"], "description": words["help"], "enum": ["ja"]}


def _refuse_nothing(schema: dict[str, Any]) -> None:
    """Take "no value" from the choices of an optional field: who does not know it leaves the field out."""
    parts = [part for part in schema.pop("anyOf", ()) if part != {"type": "null"}]
    schema |= parts[0] if len(parts) == 1 else {"anyOf": parts} if parts else {}
    if schema.get("default", ...) is None:
        del schema["default"]


def _allow_only(schema: dict[str, Any], ids: list[str]) -> None:
    """Put a list of choices on the text within a field's schema, be it optional or a list."""
    if schema.get("type") == "array":
        _allow_only(schema["items"], ids)
    elif "anyOf" in schema:
        for part in schema["anyOf"]:
            _allow_only(part, ids)
    elif schema.get("type") == "string":
        schema["enum"] = ids


def choices_of(draft: Draft) -> dict[str, list[str]]:
    """Return the ids that a field may refer to, by facet or collection."""
    vocabulary = draft.single("vocabulary")
    facets = {name: list(getattr(vocabulary, name)) for name in FACETS} if vocabulary else {}
    municipalities = sorted(draft.names("municipalities"))
    return {**facets, "municipalities": municipalities, "areas": areas(municipalities)}
