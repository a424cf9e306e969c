"""From an issue to a file: what somebody filled in becomes a record, or an answer about what is wrong with it."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from generator.draft import Draft
from generator.loading import load
from generator.problems import Problem, has_errors
from generator.reading.documents import Reader
from generator.reading.yaml_text import read
from generator.records.organisation import Opportunity, Organisation
from generator.texts import texts
from generator.upkeep.markdown import code, escaped
from generator.writing.issue_forms import Question, chosen, is_checked, questions, read_answers
from generator.writing.template import slug_of
from generator.writing.values import item_lines, record_lines

PULL = "@@pull@@"
"""Stands in an answer where the address of the pull request will come."""
_SEVERAL = frozenset({"opportunities", "sources"})
"""Fields that hold a list of parts; an issue fills in one of each."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What came of an issue."""

    answer: str
    """What the author reads, as Markdown; ``PULL`` stands for the pull request."""
    file: str = ""
    """From the project's root; empty when nothing is proposed."""
    content: str = ""
    name: str = ""
    """The organisation's."""


def proposal(root: Path, body: str, today: datetime.date, confirmed_on: datetime.date) -> Proposal:
    """Write the file that an issue describes below ``root`` and return it, or what is wrong.

    The project at ``root`` is changed: give it a copy.
    """
    draft = Draft(Reader(root).read())
    asked = questions("opportunity", draft)
    answers = read_answers(body, asked)
    wrong = list(_unanswered(asked, answers))
    if wrong:
        return _refused(wrong)
    values = _values(asked, answers, confirmed_on)
    name = str(values.get("name", ""))
    municipality, slug = chosen(_by_path(asked, "municipality"), answers["municipality"])[0][0], slug_of(name)
    if not slug:
        return _refused([_said("missing", label=_by_path(asked, "name").label)])
    file = f"catalogue/organisations/{municipality}/{slug}.yml"
    content = _content(root / file, values)
    if content is None:
        return _refused([texts("issues")["answers"]["no-place"]])
    known = set(load(Reader(root), today).problems)
    (root / file).parent.mkdir(parents=True, exist_ok=True)
    (root / file).write_text(content, "utf-8")
    problems = [one for one in load(Reader(root), today).problems if one.file == file or one not in known]
    if has_errors(problems):
        return _refused(list(_told(problems)))
    words = texts("issues")["answers"]
    remarks = ["", words["remarks"], "", *_told(problems)] if problems else []
    return Proposal("\n".join([words["proposed"].format(pull=PULL), *remarks]), file, content, name)


def _by_path(asked: tuple[Question, ...], path: str) -> Question:
    return next(one for one in asked if one.path == path)


def _unanswered(asked: tuple[Question, ...], answers: Mapping[str, str]) -> Iterator[str]:
    """Yield what is wrong with answers before they are values: GitHub lets an edited issue leave things out."""
    for one in asked:
        answer = answers.get(one.path, "")
        if one.control == "checkbox":
            if one.required and not is_checked(answer):
                yield _said("not-agreed", label=one.label)
        elif not answer:
            if one.required:
                yield _said("missing", label=one.label)
        elif one.options and chosen(one, answer)[1]:
            yield _said("not-chosen", label=one.label, value=code(chosen(one, answer)[1][:80]))


def _said(sentence: str, **values: str) -> str:
    words: str = texts("issues")["answers"][sentence]
    return f"- {words.format(**values)}"


def _values(asked: tuple[Question, ...], answers: Mapping[str, str], confirmed_on: datetime.date) -> dict[str, Any]:
    """Return the values of an organisation's file, nested as in the file."""
    values: dict[str, Any] = {}
    for one in asked:
        answer = answers.get(one.path, "")
        if not answer or one.control == "checkbox" or one.path == "municipality":
            continue
        _put(values, one.path.split("."), _value(one, answer))
    opportunity = values["opportunities"][0]
    values["opportunities"] = [{"id": slug_of(opportunity.get("title", "")) or "kans", **opportunity}]
    source = values["sources"][0]
    source["title"] = (_host(source["address"]) or values["name"])[:100]
    if is_checked(answers.get("confirmed", "")):
        values["confirmation"] = {"on": confirmed_on.isoformat(), "by": values["name"]}
    return values


def _value(question: Question, answer: str) -> str | list[str]:
    if not question.options:
        return " ".join(answer.split())
    values = chosen(question, answer)[0]
    return values if question.control == "several" else values[0]


def _put(values: dict[str, Any], path: list[str], value: Any) -> None:
    name, *rest = path
    if not rest:
        values[name] = value
    elif name in _SEVERAL:
        _put(values.setdefault(name, [{}])[0], rest, value)
    else:
        _put(values.setdefault(name, {}), rest, value)


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _content(file: Path, values: Mapping[str, Any]) -> str | None:
    """Return the text of a new file, or of the one there is with the opportunity added; None when it has no place."""
    if not file.exists():
        schema = "# yaml-language-server: $schema=../../../schemas/organisation.json"
        return "\n".join([schema, *record_lines(Organisation, values)]) + "\n"
    before = file.read_bytes()
    present, indent = _opportunities(before), _indent_of_items(before)
    if indent is None:
        return None
    added = dict(values["opportunities"][0])
    taken = [one.get("id") for one in present]
    added["id"] = next(id for id in _ids(added["id"]) if id not in taken)
    text = before.decode("utf-8").rstrip("\n")
    content = "\n".join([text, *item_lines(Opportunity, added, indent)]) + "\n"
    *rest, last = _opportunities(content.encode()) or [{}]
    return content if rest == present and last.get("id") == added["id"] else None


def _opportunities(data: bytes) -> list[Any]:
    tree, _ = read(data, "")
    found = tree.get("opportunities") if isinstance(tree, dict) else None
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _ids(id: str) -> Iterator[str]:
    yield id
    yield from (f"{id}-{number}" for number in range(2, 1000))


def _indent_of_items(data: bytes) -> str | None:
    """Return the spaces before the dash of an opportunity, when the opportunities are the last thing in a file."""
    node = yaml.compose(data.decode("utf-8-sig"), yaml.CBaseLoader)
    if not isinstance(node, yaml.MappingNode) or not node.value:
        return None
    key, items = node.value[-1]
    if key.value != "opportunities" or not isinstance(items, yaml.SequenceNode) or items.flow_style:
        return None
    return " " * items.start_mark.column


def _refused(lines: list[str]) -> Proposal:
    return Proposal("\n".join([texts("issues")["answers"]["refused"], *lines]))


def _told(problems: list[Problem]) -> Iterator[str]:
    """Yield a line for each problem; what the author wrote can't become markup."""
    for one in dict.fromkeys((one.message, one.remedy) for one in problems):
        yield f"- {escaped(one[0])} → {escaped(one[1])}"
