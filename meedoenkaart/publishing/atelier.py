"""What the page reads on which a municipality makes its route: fields, words and choices, and texts to begin with.

Nothing is described here a second time: fields come from the record types, words from ``meedoenkaart/texts/nl``.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.problems import ALIKE
from meedoenkaart.publishing.form import ANY_ID, LONGEST_ADDRESS, compact_json, javascript, order, shape_data
from meedoenkaart.reading.documents import values_of
from meedoenkaart.reading.text_rules import PATTERNS
from meedoenkaart.records.route import Route
from meedoenkaart.texts import texts
from meedoenkaart.writing.fields import FieldHelp, fields_of
from meedoenkaart.writing.values import record_lines

DATA = "assets/atelier.json"
STATUTORY = "routes/statutory.yml"
HEADER = "# yaml-language-server: $schema=../schemas/route.json"
REFERENCES = {
    "phase": "phases",
    "until_phase": "phases",
    "lane": "lanes",
    "actor": "actors",
    "together_with": "actors",
    "after": "steps",
    "back_to": "steps",
    "starts_at": "steps",
    "about": "steps",
    "fulfils": "elements",
}
"""What the fields of a route hold ids of that is in its own file, or in that of the law."""
RULES = (
    *("missing-field", "empty-value", "too-few", "too-many", "unknown-reference", "unknown-choice"),
    *("text-too-long", "not-a-slug", "not-a-date", "not-a-partial-date", "not-a-number", "number-out-of-range"),
    *("not-a-web-address", "forbidden-scheme", "not-an-email-address", "not-a-phone-number", "not-yes-or-no"),
    *("invisible-characters", "wrong-letters", "html", "double-space", "capitals"),
    *("private-phone", "private-email", "free-mailbox", "private-name"),
    *("route-cycle", "step-too-early", "end-before-start", "two-accents", "unused-part", "empty-link"),
)
"""What the page finds by itself, before or without the program."""


def atelier_files(root: Path, catalogue: Catalogue) -> dict[str, bytes]:
    """Return what the page reads, by its path in the site: its data, and the texts of routes that are there."""
    routes = {page.file: (root / page.file).read_bytes() for page in catalogue.routes.values()}
    files = {DATA: atelier_data(catalogue), **{route_url(file): data for file, data in routes.items()}}
    if catalogue.statutory and catalogue.statutory.route:
        files[route_url(STATUTORY)] = statutory_start(values_of(root, STATUTORY)).encode()
    return files


def route_url(file: str) -> str:
    """Return where the text of a route lies, from the site's root."""
    return f"assets/routes/{Path(file).name}"


def atelier_data(catalogue: Catalogue) -> bytes:
    """Return what the page's script knows, beside the routes themselves."""
    fields = dict(_fields(Route))
    shapes = list(dict.fromkeys(one.shape for one in fields.values() if one.shape))
    vocabulary, statutory = catalogue.vocabulary, catalogue.statutory
    words = texts("hints")
    data = {
        "fields": {
            path: {
                "label": one.label,
                "required": one.required,
                **({"many": True} if one.many else {}),
                **({"shape": shapes.index(one.shape)} if one.shape else {}),
                **({"choices": one.choices} if one.choices else {}),
                **({"refers": to} if (to := one.refers_to or REFERENCES.get(one.name, "")) else {}),
            }
            for path, one in fields.items()
        },
        "order": order(Route),
        "labels": {path: one.label for path, one in _all_fields(Route) if one.record},
        "most": {path: one.most for path, one in _all_fields(Route) if one.most},
        "shapes": [shape_data(one) for one in shapes],
        "patterns": {name: javascript(pattern) for name, pattern in PATTERNS.items()},
        "words": {name: texts("words")[name] for name in ("functions", "free-mail", "common-in-names")},
        "rules": {id: _rule(id) for id in RULES},
        "references": texts("problems")["references"],
        "suggestion": {"text": texts("problems")["did-you-mean"], "alike": ALIKE},
        "longest": LONGEST_ADDRESS,
        "roles": {id: {"title": str(one.label), "icon": one.icon} for id, one in vocabulary.roles.items()},
        "elements": {
            id: {"title": str(one.title), "who": str(one.who), "term": str(one.term or "")}
            for id, one in (statutory.elements.items() if statutory else ())
        },
        "law": statutory.law if statutory else "",
        "municipalities": {slug: one.name for slug, one in catalogue.municipalities.items()},
        "routes": dict(_routes(catalogue)),
        "statutory": route_url(STATUTORY) if statutory and statutory.route else "",
        "icons": sorted(_icons(catalogue)),
        "terms": sorted({name for one in catalogue.glossary.terms.values() for name in (one.term, *one.also)}),
        "hints": words["hints"],
        "start": words["start"],
        "says": texts("atelier")["says"],
    }
    return compact_json(data)


def _rule(id: str) -> dict[str, str]:
    """Return how serious it is to break a rule, and what the page says of it: in its own words where it has some."""
    rule = texts("rules")[id]
    own = (
        {**texts("form")["messages"], **texts("hints")["messages"]},
        {**texts("form")["remedies"], **texts("hints")["remedies"]},
    )
    message, remedy = (found.get(id, rule[name]) for found, name in zip(own, ("message", "remedy"), strict=True))
    return {"severity": rule["severity"], "message": message, "remedy": remedy}


def statutory_start(statutory: Any) -> str:
    """Return what the law asks, from the file's plain values, as the text of a route that says how it is done.

    What the law can't know is asked: the title, the years, paper or practice, and a page of the municipality itself.
    The law's sources stay, since its steps and terms stand there.
    """
    route: dict[str, Any] = _in_dutch(statutory["route"])
    route.pop("subtitle", None)
    route |= {"title": "", "period": "", "status": {"stage": ""}}
    route["sources"] = [{"address": "", "title": ""}, *route.get("sources", [])]
    return "\n".join((HEADER, *record_lines(Route, route))) + "\n"


def _in_dutch(value: Any) -> Any:
    """Return values with each text in Dutch alone: what a municipality makes of it is not yet translated."""
    if isinstance(value, list):
        return [_in_dutch(one) for one in value]
    if not isinstance(value, dict):
        return value
    return value["nl"] if isinstance(value.get("nl"), str) else {name: _in_dutch(one) for name, one in value.items()}


def _all_fields(cls: Any, before: str = "") -> Iterator[tuple[str, FieldHelp]]:
    """Yield every field of a record and of those within, with the names on the way to it."""
    for field in fields_of(cls):
        path = f"{before}{field.name}"
        yield path, field
        if field.record:
            yield from _all_fields(field.record, f"{path}.{ANY_ID}." if field.by_id else f"{path}.")


def _fields(cls: Any) -> Iterator[tuple[str, FieldHelp]]:
    """Yield the fields that hold values."""
    return ((path, field) for path, field in _all_fields(cls) if not field.record)


def _routes(catalogue: Catalogue) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the routes that are there, each once, by the name of its file."""
    for file, page in {page.file: page for page in catalogue.routes.values()}.items():
        of = [slug for slug, one in catalogue.routes.items() if one.file == file]
        route = page.record
        yield Path(file).stem, {"title": str(route.title), "of": of, "law": route.law, "file": route_url(file)}


def _icons(catalogue: Catalogue) -> set[str]:
    """Return the icons that roles and routes have, for whoever adds somebody without a role."""
    routes = [page.record for page in catalogue.routes.values()]
    own = {actor.icon for route in routes for actor in route.actors.values()}
    return own | {one.icon for one in catalogue.vocabulary.roles.values()}
