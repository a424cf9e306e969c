"""The forms for issues on GitHub, made from the record types, and the way back from an issue to answers."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from meedoenkaart.draft import Draft
from meedoenkaart.geography.areas import NATIONWIDE, PROVINCES, areas
from meedoenkaart.reading.documents import Reader
from meedoenkaart.records.organisation import Organisation
from meedoenkaart.records.route import Route
from meedoenkaart.texts import texts
from meedoenkaart.writing.fields import FieldHelp, fields_of
from meedoenkaart.writing.schema import choices_of
from meedoenkaart.yaml_loaders import compose

FOLDER = ".github/ISSUE_TEMPLATE"
WRITTEN_BY = "# Written by `meedoenkaart schema`"
"""How each form begins that nobody changed by hand."""
FORMS = ("opportunity", "correction", "route", "file")
_SAID_NOTHING = frozenset({"", "None"})


@dataclass(frozen=True, slots=True)
class Question:
    """One element of a form, under whose label the answer stands in the issue."""

    path: str
    """Field names from the file's root, without the indexes of lists; or a word of the form's own."""
    label: str
    help: str
    example: str
    required: bool
    control: str
    """``input``, ``textarea``, ``yaml`` (a textarea whose text GitHub keeps as it is), ``dropdown``, ``several`` (a
    dropdown of many answers) or ``checkbox``."""
    options: Mapping[str, str]
    """Values by the words that people choose from."""

    @property
    def id(self) -> str:
        """What the element is called in an address that fills the form in: ``opportunities_title``."""
        return self.path.replace(".", "_")

    def element(self) -> dict[str, Any]:
        """Return the element as GitHub's schema for forms wants it."""
        if self.control == "checkbox":
            option = {"label": next(iter(self.options))} | ({"required": True} if self.required else {})
            return {"type": "checkboxes", "id": self.id, "attributes": {"label": self.label, "options": [option]}}
        attributes: dict[str, Any] = {"label": self.label} | ({"description": self.help} if self.help else {})
        if self.options:
            attributes |= {"options": list(self.options)} | ({"multiple": True} if self.control == "several" else {})
        elif self.example:
            attributes["placeholder"] = self.example
        if self.control == "yaml":
            attributes["render"] = "yaml"
        kind = "dropdown" if self.options else "textarea" if self.control == "yaml" else self.control
        return {"type": kind, "id": self.id, "attributes": attributes, "validations": {"required": self.required}}


def write_issue_forms(root: Path) -> list[Path]:
    """Write the forms into ``.github/ISSUE_TEMPLATE/``."""
    made = issue_forms(root)
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    for file, text in made.items():
        (root / file).write_text(text, "utf-8")
    return [root / file for file in made]


def issue_forms(root: Path) -> dict[str, str]:
    """Return the forms by the path of their file."""
    draft, site = Draft(Reader(root).read()), _published_at(root)
    made = {}
    for form in FORMS:
        words = texts("issues")[form]
        content = {
            **{name: words[name] for name in ("name", "description", "title", "labels")},
            "body": [
                {"type": "markdown", "attributes": {"value": words["intro"].format(site=site)}},
                *(one.element() for one in questions(form, draft, site)),
            ],
        }
        laid_out = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120)
        made[f"{FOLDER}/{words['file']}.yml"] = f"{WRITTEN_BY}; change meedoenkaart/texts/nl/issues.yml.\n{laid_out}"
    return made


def _published_at(root: Path) -> str:
    """Return the site's address as ``mkdocs.yml`` has it; nothing when there is no such file."""
    try:
        settings = compose((root / "mkdocs.yml").read_text("utf-8"))
    except OSError:
        return ""
    pairs = settings.value if isinstance(settings, yaml.MappingNode) else ()
    return next((str(value.value) for key, value in pairs if key.value == "site_url"), "")


def questions(form: str, draft: Draft, site: str = "") -> tuple[Question, ...]:
    """Return what a form asks, in order: one of ``FORMS``."""
    asked = {"opportunity": _opportunity, "correction": _correction, "route": _route, "file": _file}
    return tuple(asked[form](draft, site))


def _opportunity(draft: Draft, _: str) -> Iterator[Question]:
    words = texts("issues")["opportunity"]
    first, *rest = (question_of(Organisation, one, draft) for one in words["fields"])
    yield first
    yield _municipality(words["municipality"], draft)
    yield from rest
    yield _agreed()


def _correction(_: Draft, site: str) -> Iterator[Question]:
    words = texts("issues")["correction"]
    page = {**words["page"], "example": words["page"]["example"].format(site=site)}
    yield _free("page", page, required=True)
    yield _free("opportunity", words["opportunity"])
    listed = {one["label"]: one["path"] for one in words["fields"]} | {words["field"]["other"]: ""}
    yield Question("field", words["field"]["label"], words["field"]["help"], "", True, "dropdown", listed)
    yield _free("now", words["now"], required=True, control="textarea")
    yield _free("known", words["known"], required=True)
    yield _free("remarks", words["remarks"], control="textarea")
    yield _agreed()


def _route(draft: Draft, _: str) -> Iterator[Question]:
    words = texts("issues")["route"]
    yield _municipality(words["municipality"], draft)
    yield from (question_of(Route, one, draft) for one in words["fields"])
    yield _free("steps", words["steps"], required=True, control="textarea")
    yield _agreed()


def _file(_: Draft, __: str) -> Iterator[Question]:
    words = texts("issues")["file"]
    yield _free("file", words["path"], required=True)
    yield _free("content", words["content"], required=True, control="yaml")
    yield _agreed()


def _free(path: str, words: Mapping[str, str], required: bool = False, control: str = "input") -> Question:
    return Question(path, words["label"], words["help"], words.get("example", ""), required, control, {})


def _checkbox(path: str, words: Mapping[str, str], required: bool) -> Question:
    return Question(path, words["label"], "", "", required, "checkbox", {words["option"]: "ja"})


def _agreed() -> Question:
    return _checkbox("agreed", texts("issues")["agreed"], required=True)


def _municipality(words: Mapping[str, str], draft: Draft) -> Question:
    names = {draft.municipality_name(slug): slug for slug in sorted(draft.records("municipalities"))}
    if "nationwide" in words:
        names[words["nationwide"]] = NATIONWIDE
    return Question("municipality", words["label"], words["help"], "", True, "dropdown", names)


def question_of(cls: Any, asked: Mapping[str, Any], draft: Draft) -> Question:
    """Return the question for a field of a record, with what ``issues.yml`` says of it."""
    field = field_at(cls, asked["path"])
    if field is None:
        raise KeyError(asked["path"])
    facet = _areas(draft) if field.refers_to == "areas" else _labels(draft, field.refers_to)
    written: Mapping[str, str] = asked.get("words", {})
    listed = {written.get(one, _word(one)): one for one in field.choices} or facet
    control = ("several" if field.many else "dropdown") if listed else "textarea" if asked.get("area") else "input"
    return Question(
        path=asked["path"],
        label=asked.get("label", field.label),
        help="" if facet else _plain(asked.get("help", field.help)),
        example="" if field.many or listed else field.example or "",
        required=asked.get("required", False),
        control=control,
        options=listed,
    )


def _plain(help: str) -> str:
    """Return what a field's help says to who never sees a file."""
    return " ".join(one for one in re.split(r"(?<=[.!?]) (?=[A-Z])", help) if ".yml" not in one)


def _word(choice: str) -> str:
    return choice.replace("-", " ")


def _areas(draft: Draft) -> dict[str, str]:
    names = {slug: one.record.name for slug, one in draft.records("municipalities").items()}
    provinces = texts("issues")["province"]
    names |= {id: provinces.format(name=name) for id, name in PROVINCES.items()}
    names[NATIONWIDE] = texts("pages")["nationwide"]
    return {names[id]: id for id in areas(draft.names("municipalities")) if id in names}


def _labels(draft: Draft, facet: str) -> dict[str, str]:
    vocabulary = draft.single("vocabulary")
    if not facet or facet not in choices_of(draft) or not hasattr(vocabulary, facet):
        return {}
    return {str(term.label): id for id, term in getattr(vocabulary, facet).items()}


def field_at(cls: Any, path: str) -> FieldHelp | None:
    """Return the field of a record, or of a part of it, at a path without indexes; None when there is none."""
    name, _, rest = path.partition(".")
    field = next((one for one in fields_of(cls) if one.name == name), None)
    return field_at(field.record, rest) if field and field.record and rest else None if rest else field


def read_answers(body: str, asked: tuple[Question, ...]) -> dict[str, str]:
    """Return what somebody answered, by path: the text under each label, in the order in which the form asks.

    A heading that does not come next in the form is a part of an answer.
    """
    text = body.replace("\r\n", "\n").replace("\r", "\n")
    found: list[tuple[str, int, int]] = []
    start = 0
    for one in asked:
        heading = re.compile(rf"^### {re.escape(one.label)}[ \t]*$", re.MULTILINE).search(text, start)
        if heading:
            found.append((one.path, heading.start(), heading.end()))
            start = heading.end()
    ends = [*(begin for _, begin, _ in found[1:]), len(text)]
    answers = {path: text[end:until].strip() for (path, _, end), until in zip(found, ends, strict=False)}
    nothing = _SAID_NOTHING | {texts("issues")["no-answer"]}
    return {path: "" if answer in nothing else answer for path, answer in answers.items()}


def chosen(question: Question, answer: str) -> tuple[list[str], str]:
    """Return the values that were chosen, and what is left of the answer that no option explains.

    GitHub joins several answers with a comma; options may hold one too, so the longest that fits is taken.
    """
    words = sorted(question.options, key=len, reverse=True)
    values: list[str] = []
    rest = answer
    while rest:
        word = next((one for one in words if rest == one or rest.startswith(f"{one}, ")), None)
        if word is None:
            return values, rest
        values.append(question.options[word])
        rest = rest[len(word) :].removeprefix(", ")
    return values, ""


def is_checked(answer: str) -> bool:
    """Say whether a checkbox was ticked."""
    return bool(re.match(r"- \[[xX]\] ", answer))
