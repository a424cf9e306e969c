"""The page on which a municipality makes its route: ``/route-maken/``."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.publishing.atelier import REFERENCES
from meedoenkaart.publishing.form import LONGEST_LINE, Question
from meedoenkaart.publishing.page import Page, crumbs_to, words_of
from meedoenkaart.records import route, shared
from meedoenkaart.texts import texts
from meedoenkaart.writing.fields import FieldHelp, fields_of, label_of

CHOSEN_FROM = {
    **REFERENCES,
    "about": "about",
    "role": "roles",
    "only_in": "own",
    "municipalities": "municipalities",
}
"""Fields that hold ids, with what the script fills their choices from: parts of the route, or of the catalogue."""
TREATED = {"icon": "icons", "links": "parts"}
"""Fields with a control of their own."""


@dataclass(frozen=True, slots=True)
class Fields:
    """Fields that are asked together: all that is open or folded away, or the parts of one value."""

    title: str
    asked: "tuple[Question | Fields, ...]"
    help: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of part of a route, with what is asked of it."""

    kind: str
    title: str
    new: str
    """What the button says that makes one."""
    help: str
    open: tuple[Question | Fields, ...]
    folded: tuple[Fields, ...]


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Yield the page, where there are municipalities to make a route for."""
    if not catalogue.municipalities:
        return
    words = words_of("atelier")
    written = texts("atelier")
    context = {
        "lead": words.intro,
        "parts": tuple(_parts()),
        "lists": written["lists"],
        "choices": written["choices"],
        "icons": written["icons"],
        "routes": {slug: one.record.municipalities or (slug,) for slug, one in catalogue.routes.items()},
    }
    crumbs = crumbs_to((texts("pages")["add"]["title"], "toevoegen/"), (words.title, None))
    yield Page("route-maken/", "atelier", words.title, words.description, context, crumbs, search="")


def _parts() -> Iterator[Part]:
    for kind, written in texts("atelier")["parts"].items():
        record = _record(written["record"])
        folded = tuple(
            Fields(fold["title"], tuple(_asked(kind, record, fold["fields"]))) for fold in written.get("folded", ())
        )
        title, new = written["title"], written.get("new", "")
        yield Part(kind, title, new, label_of(record)[1], tuple(_asked(kind, record, written["open"])), folded)


def _record(name: str) -> Any:
    """Return a record class by its name."""
    return getattr(route, name, None) or getattr(shared, name)


def _asked(kind: str, record: Any, names: Iterable[str]) -> Iterator[Question | Fields]:
    fields = {one.name: one for one in fields_of(record)}
    for name in names:
        field, path = fields[name], f"{kind}.{name}"
        if field.record and not field.many:
            asked = tuple(_question(f"{path}.{one.name}", field.record, one) for one in fields_of(field.record))
            yield Fields(field.label, asked, _words(record, field)["help"])
        else:
            yield _question(path, record, field)


def _question(path: str, record: Any, field: FieldHelp) -> Question:
    words = _words(record, field)
    control = _control(field)
    tells = control in ("line", "area", "reference") and not field.many and (field.example or "") not in words["help"]
    return Question(
        path=path,
        label=words["label"],
        help=words["help"],
        example=field.example if tells else None,
        required=field.required,
        asked_always=field.required,
        control=control,
        choices=field.choices,
        facet=CHOSEN_FROM.get(field.name, ""),
        words=field.name,
        shape=field.shape,
        composed=None,
    )


def _words(record: Any, field: FieldHelp) -> Mapping[str, str]:
    own = texts("atelier")["asked"].get(f"{record.__name__}.{field.name}", {})
    return {"label": field.label, "help": field.help, **own}


def _control(field: FieldHelp) -> str:
    if field.name in TREATED:
        return TREATED[field.name]
    if field.name in CHOSEN_FROM:
        return "names" if field.many else "one"
    if field.choices:
        return "one"
    if field.shape and field.shape.kind == "yes":
        return "yes"
    if not field.shape:
        return "reference"
    return "area" if field.shape.longest > LONGEST_LINE and field.shape.kind == "text" else "line"
