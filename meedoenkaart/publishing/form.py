"""The form by which people add and change records: what it asks, and the rules by which it checks.

Nothing is described here a second time: fields come from the record types, words from ``meedoenkaart/texts/nl``, and
what the script of the page checks is data of ``records/scalars.py``, ``reading/`` and ``rules/``.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from meedoenkaart.catalogue import (
    AT_A_PLACE,
    Catalogue,
    MunicipalityPage,
    Offer,
    OrganisationPage,
    Permission,
    ReceptionPage,
    Venue,
)
from meedoenkaart.geography.areas import NATIONWIDE, areas
from meedoenkaart.geography.distance import EARTH_RADIUS_KM, Spot
from meedoenkaart.problems import ALIKE as SUGGESTED
from meedoenkaart.reading.documents import COLLECTIONS, Collection
from meedoenkaart.reading.text_rules import PATTERNS
from meedoenkaart.records.organisation import MOST_MEETINGS, Organisation
from meedoenkaart.records.recurrence import (
    MONTHS,
    MOST_IN_A_MONTH,
    NUMBERS,
    ORDINALS,
    PARTS,
    SCHOOL_HOLIDAYS,
    SCHOOL_REGIONS,
    SEASONS,
    VAGUE,
    WEEKDAYS,
)
from meedoenkaart.records.scalars import Shape
from meedoenkaart.records.shared import Address
from meedoenkaart.records.vocabulary import FACETS
from meedoenkaart.rules.catalogue import ALIKE, MINORS
from meedoenkaart.rules.places import FARTHEST_FROM_PLACE_KM
from meedoenkaart.texts import texts
from meedoenkaart.times.holidays import REGION_OF_PROVINCE
from meedoenkaart.writing.fields import FieldHelp, fields_of

FOLDER_FIELD = "address.municipality"
"""The field that says in which folder a new organisation comes."""
LONGEST_LINE = 100
"""Texts that may be longer get a field of several lines."""
UNKNOWN = "onbekend"
"""The choice that a form leaves out: who does not know it chooses nothing."""
REFUSED = "amv"
"""The choice that a form leaves out because ``check`` refuses it."""
FORMS = {"organisations": "wijzigen/", "reception": "wijzigen/azc/", "municipalities": "wijzigen/gemeente/"}
"""The addresses of the forms that change a file, by its collection."""
RecordPage = OrganisationPage | ReceptionPage | MunicipalityPage
ANY_ID = "*"
"""Stands for every id of records that a file keeps by id."""
LONGEST_ADDRESS = 8000
"""Characters of an address that GitHub still opens."""


@dataclass(frozen=True, slots=True)
class Question:
    """One field as it is asked."""

    path: str
    """Field names from the file's root, without the indexes of lists: ``opportunities.schedule.days``."""
    label: str
    help: str
    example: str | None
    required: bool
    """Whether the part of the file that it is in can't do without it."""
    asked_always: bool
    """Whether no file can do without it."""
    control: str
    """``line``, ``area``, ``yes``, ``choice`` (one of a list), ``choices`` (several) or
    ``organisation`` (one of those in the municipality)."""
    choices: tuple[str, ...]
    """The values that can be chosen."""
    facet: str
    """The facet or collection that ``choices`` are ids of, or nothing."""
    words: str
    """The group in ``theme/words.yml`` with the words for fixed choices, or nothing."""
    shape: Shape | None
    composed: "Composed | None"


@dataclass(frozen=True, slots=True)
class Choice:
    """One way in which people say when something is."""

    label: str
    says: tuple[str, ...]
    """What it comes to in a file, with what it asks in braces: the first of which all is known.

    The others, too, are shown as this choice. None: people write it themselves.
    """
    asks: Mapping[str, str]
    """What has to be known for it, with how it is asked: ``date``, ``nth`` or ``region``."""
    days: str
    """What the days of the week beside it do: they say it ``alone``, count ``apart``, or stand ``within`` what it says.

    Nothing: they are not asked.
    """


@dataclass(frozen=True, slots=True)
class Composed:
    """A choice that writes the text of a field."""

    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Questions about one part of the file, or about each of several such parts."""

    path: str
    """The part's field names from the file's root, without indexes; empty for the fields of the file itself."""
    title: str
    more: str
    """What the button says that adds another; empty where there is only one."""
    one: str
    """What one of several is called."""
    open: "tuple[Question | Group, ...]"
    folded: "tuple[Fold, ...]"

    def questions(self) -> Iterator[Question]:
        """Yield all that is asked, also of the groups within."""
        for one in (*self.open, *(one for fold in self.folded for one in fold.asked)):
            if isinstance(one, Question):
                yield one
            else:
                yield from one.questions()


@dataclass(frozen=True, slots=True)
class Fold:
    """Questions that are folded away."""

    title: str
    asked: tuple[Question | Group, ...]
    only: str
    """``change`` when it makes no sense for what is new."""
    map: bool
    """Whether a map can fill in the position that it asks."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the form."""

    id: str
    group: Group
    ticks: Mapping[str, str]
    """Parts that show once they are ticked, with what the box says."""


def parts(catalogue: Catalogue, kind: str) -> tuple[Part, ...]:
    """Return the parts of the form for a kind of file, a collection's name, with their questions."""
    asked = {one.path: one for one in questions(catalogue, kind)}
    inner = {one.name for one in fields_of(_collection(kind).record)}
    return tuple(
        Part(id, _group(id if id in inner else "", one, asked), one.get("ticks", {}))
        for id, one in texts("form")["files"][kind]["parts"].items()
    )


def _group(path: str, written: Mapping[str, Any], asked: Mapping[str, Question]) -> Group:
    """Return the group that ``form.yml`` describes; fields are named from its own part of the file."""
    start = f"{path}." if path else ""

    def some(fields: Iterable[Any]) -> tuple[Question | Group, ...]:
        return tuple(
            asked[f"{start}{one}"] if isinstance(one, str) else _group(f"{start}{one['many']}", one, asked)
            for one in fields
        )

    folded = tuple(
        Fold(fold["title"], some(fold["fields"]), fold.get("only", ""), fold.get("map", False))
        for fold in written.get("folded", ())
    )
    title, more, one = (written.get(name, "") for name in ("title", "more", "one"))
    return Group(path, title, more, one, some(written["open"]), folded)


def questions(catalogue: Catalogue, kind: str) -> Iterator[Question]:
    """Yield every field of a kind of file that can hold a value, in the order of the file."""
    choices: dict[str, tuple[str, ...]] = {name: tuple(getattr(catalogue.vocabulary, name)) for name in FACETS}
    choices["municipalities"] = tuple(catalogue.regional_municipalities)
    choices["areas"] = tuple(areas(catalogue.regional_municipalities))
    for path, field, always in _leaves(_collection(kind).record, "", True):
        yield _question(kind, path, field, always, choices)


def _collection(kind: str) -> Collection:
    return next(one for one in COLLECTIONS if one.name == kind)


def _leaves(cls: Any, before: str, always: bool) -> Iterator[tuple[str, FieldHelp, bool]]:
    """Yield path, field, and whether every file has it."""
    for field in fields_of(cls):
        path = f"{before}{field.name}"
        if field.record:
            yield from _leaves(field.record, f"{path}.", always and field.required)
        else:
            yield path, field, always and field.required


def _question(kind: str, path: str, field: FieldHelp, always: bool, choices: Mapping[str, tuple[str, ...]]) -> Question:
    written = _asked(kind, path)
    listed = tuple(one for one in field.choices if one not in (UNKNOWN, REFUSED)) or choices.get(field.refers_to, ())
    control = _control(field, bool(listed))
    if path == FOLDER_FIELD:
        listed = (*listed, NATIONWIDE)
    return Question(
        path=path,
        label=written.get("label", field.label),
        help=written.get("help", field.help),
        example=written.get("example", field.example) if control in ("line", "area") and not field.many else None,
        required=field.required,
        asked_always=always,
        control=control,
        choices=listed,
        facet=field.refers_to,
        words=texts("form")["files"][kind]["words"].get(path) or texts("form")["words"].get(_ending(path), ""),
        shape=field.shape,
        composed=_composed(texts("form")["files"][kind].get("composed", {}).get(path)),
    )


def _composed(written: Mapping[str, Any] | None) -> Composed | None:
    if written is None:
        return None
    choices = (
        Choice(one["label"], tuple(one["says"]), one.get("asks", {}), one.get("days", "")) for one in written["choices"]
    )
    return Composed(written["label"], tuple(choices))


def _asked(kind: str, path: str) -> dict[str, str]:
    """Return the words that ``form.yml`` has for a field: those of all kinds of file, and over them those of this."""
    written = texts("form")
    return {**written["asked"].get(_ending(path), {}), **written["files"][kind]["asked"].get(path, {})}


def _ending(path: str) -> str:
    """Return the last two names of a field: what it is called wherever its record is used."""
    return ".".join(path.split(".")[-2:])


def _control(field: FieldHelp, listed: bool) -> str:
    if listed:
        return "choices" if field.many else "choice"
    if field.refers_to == "organisations":
        return "organisation"
    if field.shape and field.shape.kind == "yes":
        return "yes"
    return "area" if field.shape and field.shape.longest > LONGEST_LINE and field.shape.kind == "text" else "line"


def form_data(catalogue: Catalogue, places: str) -> bytes:
    """Return what the form's script knows: fields, rules, patterns, words of messages, and where its ``places`` lie."""
    asked = {kind: list(questions(catalogue, kind)) for kind in FORMS}
    shapes = list(dict.fromkeys(one.shape for of_kind in asked.values() for one in of_kind if one.shape))
    written = texts("form")
    data = {
        "files": {
            kind: {
                "folder": _collection(kind).folder,
                "fields": {
                    one.path: {
                        "label": one.label,
                        "required": one.required,
                        "control": one.control,
                        **({"shape": shapes.index(one.shape)} if one.shape else {}),
                    }
                    for one in asked[kind]
                },
                "order": order(_collection(kind).record),
                "lists": list(_lists(_collection(kind).record)),
            }
            for kind in FORMS
        },
        "shapes": [shape_data(one) for one in shapes],
        "patterns": {name: javascript(pattern) for name, pattern in PATTERNS.items()},
        "words": {name: texts("words")[name] for name in ("functions", "free-mail", "common-in-names")},
        "rules": {
            id: {
                "severity": rule["severity"],
                "message": written["messages"].get(id, rule["message"]),
                "remedy": written["remedies"].get(id, rule["remedy"]),
            }
            for id, rule in texts("rules").items()
        },
        "alike": ALIKE,
        "minors": sorted(MINORS),
        "farthest": FARTHEST_FROM_PLACE_KM,
        "earth": EARTH_RADIUS_KM,
        "suggestion": {"text": texts("problems")["did-you-mean"], "alike": SUGGESTED},
        "longest": LONGEST_ADDRESS,
        "municipalities": {slug: one.name for slug, one in catalogue.municipalities.items()},
        "nationwide": NATIONWIDE,
        "place": AT_A_PLACE,
        "times": {
            "words": texts("times"),
            "weekdays": WEEKDAYS,
            "months": MONTHS,
            "seasons": SEASONS,
            "ordinals": ORDINALS,
            "numbers": NUMBERS,
            "vague": VAGUE,
            "most": {"month": MOST_IN_A_MONTH, "items": MOST_MEETINGS},
            "holidays": SCHOOL_HOLIDAYS,
            "regions": SCHOOL_REGIONS,
            "parts": PARTS,
        },
        "schools": {
            slug: REGION_OF_PROVINCE.get(one.record.province, "") for slug, one in catalogue.municipalities.items()
        },
        "places": places,
        "permissions": [
            _without_nothing(
                {
                    "activities": list(rule.activities),
                    "only_for": list(rule.only_for),
                    "declaration": list(rule.declaration),
                    "answer": rule.answer,
                }
            )
            for rule in catalogue.legal.without_permit
        ],
        "about_permit": [id for id, one in catalogue.vocabulary.audiences.items() if one.about_permit],
        "icons": {id: one.icon for id, one in catalogue.vocabulary.activities.items()},
    }
    return compact_json(data)


def names_data(catalogue: Catalogue) -> dict[str, bytes]:
    """Return the organisations in each municipality's folder: what tells the form that one is there already."""
    names: dict[str, list[dict[str, Any]]] = {slug: [] for slug in (*catalogue.municipalities, NATIONWIDE)}
    for one in catalogue.organisations.values():
        contact = one.record.contact
        values = {
            "slug": one.slug,
            "name": one.record.name,
            "place": one.record.address.place if one.record.address else "",
            "website": contact.website if contact else None,
            "networks": list(one.record.networks),
        }
        names.setdefault(one.home.slug, []).append(_without_nothing(values))
    return {slug: compact_json(found) for slug, found in names.items()}


def source_url(page: RecordPage) -> str:
    """Return the address of the file behind a page, from the site's root."""
    return f"{page.url}{page.slug.rpartition('/')[2]}.yml"


def specimen(catalogue: Catalogue) -> Offer:
    """Return an opportunity of which every part of a card is known, for the card that the script fills."""
    home = next(iter(catalogue.regional_municipalities.values()))
    other = next(iter(catalogue.offers), None)
    vocabulary = catalogue.vocabulary
    record = _adapter().validate_python(
        {
            "name": UNKNOWN,
            "kind": next(iter(vocabulary.kinds)),
            "address": {"place": home.record.seat},
            "sources": [{"address": "https://example.org/", "title": UNKNOWN}],
            "opportunities": [
                {
                    "id": other.opportunity.id if other else UNKNOWN,
                    "title": UNKNOWN,
                    "activity": next(iter(vocabulary.activities)),
                    "dutch": {"level": next(iter(vocabulary.levels))},
                    "schedule": {"words": UNKNOWN},
                    "costs": {"kind": "gratis"},
                }
            ],
        }
    )
    venue = Venue(None, Address(place=home.record.seat), home, Spot(0, 0, "plaats"))
    slug = other.organisation.slug if other else UNKNOWN  # the card's link has to lead somewhere
    page = OrganisationPage(slug, "", record, home, venue, None)
    unknown = Permission(UNKNOWN, catalogue.legal.without_permit[-1], None)
    return Offer(page, record.opportunities[0], (venue,), (home.slug,), unknown, unknown)


@cache
def _adapter() -> TypeAdapter[Organisation]:
    return TypeAdapter(Organisation)


def order(cls: Any) -> list[list[Any]]:
    """Return the fields of a record in the order of a file; of a record within, its fields and whether it is needed.

    Of records that a file keeps by id, ``*`` stands for every id.
    """
    return [
        [one.name, [[ANY_ID, order(one.record)]] if one.by_id else order(one.record), one.required]
        if one.record
        else [one.name]
        for one in fields_of(cls)
    ]


def _lists(cls: Any, before: str = "") -> Iterator[str]:
    """Yield the paths of fields that hold a list of records, the outer ones first."""
    for field in fields_of(cls):
        if field.record:
            path = f"{before}{field.name}"
            if field.many:
                yield path
            yield from _lists(field.record, f"{path}.")


_CLASSES = {
    r"\w": r"\p{L}\p{N}_",
    r"\d": r"\p{Nd}",
}
"""What Python means by a class of characters, in JavaScript with its flag u."""
_NO_WORD = r"[^\p{L}\p{N}_]"
_WORD = r"[\p{L}\p{N}_]"


def javascript(pattern: re.Pattern[str]) -> str:
    """Write a pattern so that JavaScript, with the flag ``u``, finds with it what Python finds."""
    written, inside = [], False
    for part in re.findall(r"\\.|.", pattern.pattern, re.DOTALL):
        if part in ("[", "]"):
            inside = part == "["
        if part == r"\b":
            part = f"(?:(?<={_WORD})(?!{_WORD})|(?<!{_WORD})(?={_WORD}))"
        elif part == r"\W":
            part = _NO_WORD
        elif part in _CLASSES:
            part = _CLASSES[part] if inside else f"[{_CLASSES[part]}]"
        written.append(part)
    return "".join(written)


def shape_data(shape: Shape) -> dict[str, Any]:
    """Return a shape for the script, with groups in replacements as JavaScript has them."""
    mended = [(pattern, re.sub(r"\\g<(\d)>", r"$\1", instead)) for pattern, instead in shape.mended]
    return _without_nothing(asdict(shape) | {"mended": mended})


def _without_nothing(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def compact_json(data: Any) -> bytes:
    """Return data as a file that scripts read."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
