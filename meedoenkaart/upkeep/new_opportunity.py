"""From the form for a new opportunity to the file of its organisation, new or with the opportunity added."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from meedoenkaart.reading.yaml_text import read
from meedoenkaart.records.organisation import Opportunity, Organisation
from meedoenkaart.upkeep.filled import ByHandError, Change, Filled, RefusedError, host, one_line, said
from meedoenkaart.writing.fields import in_first_items
from meedoenkaart.writing.issue_forms import Question, chosen
from meedoenkaart.writing.template import slug_of
from meedoenkaart.writing.values import item_lines, record_lines
from meedoenkaart.yaml_loaders import compose

_KNOWN_BY = {"page": "sources.address", "by": "confirmation.by"}
"""The questions of which one has to be answered."""


def new_opportunity(filled: Filled) -> Change:
    """Return the file with what somebody filled in."""
    values = _values(filled)
    name = str(values.get("name", ""))
    slug = slug_of(name)
    if not slug:
        raise RefusedError(said("missing", label=filled.question("name").label))
    file = f"catalogue/organisations/{filled.value('municipality')}/{slug}.yml"
    return Change(file, _content(filled.root / file, values), name)


def _values(filled: Filled) -> dict[str, Any]:
    """Return the values of an organisation's file, nested as in the file."""
    values: dict[str, Any] = {}
    for one in filled.asked:
        answer = filled.answer(one.path)
        if answer and one.control != "checkbox" and one.path != "municipality":
            _put(values, in_first_items(Organisation, one.path.split(".")), _value(one, answer))
    opportunity = values["opportunities"][0]
    values["opportunities"] = [{"id": slug_of(opportunity.get("title", "")) or "kans", **opportunity}]
    if address := filled.answer("sources.address"):
        values["sources"][0]["title"] = (host(address) or values["name"])[:100]
    elif not filled.answer("confirmation.by"):
        labels = {name: filled.question(path).label for name, path in _KNOWN_BY.items()}
        raise RefusedError(said("no-source", **labels))
    else:
        values.pop("sources", None)  # the date of a page that is not there
    if "confirmation" in values:
        values["confirmation"]["on"] = filled.said_on.isoformat()
    return values


def _value(question: Question, answer: str) -> str | list[str]:
    if not question.options:
        return one_line(answer)
    values = chosen(question, answer)[0]
    return values if question.control == "several" else values[0]


def _put(values: dict[str, Any], path: tuple[str | int, ...], value: Any) -> None:
    """Put a value where its path leads; of a list of parts an issue fills in the first."""
    name, *rest = path
    if not rest:
        values[str(name)] = value
    elif rest[0] == 0:
        _put(values.setdefault(str(name), [{}])[0], tuple(rest[1:]), value)
    else:
        _put(values.setdefault(str(name), {}), tuple(rest), value)


def _content(file: Path, values: Mapping[str, Any]) -> str:
    """Return the text of a new file, or of the one there is with the opportunity added."""
    if not file.exists():
        schema = "# yaml-language-server: $schema=../../../schemas/organisation.json"
        return "\n".join([schema, *record_lines(Organisation, values)]) + "\n"
    before = file.read_bytes()
    present, indent = _opportunities(before), _indent_of_items(before)
    if indent is None:
        raise ByHandError("no-place")
    added = dict(values["opportunities"][0])
    taken = [one.get("id") for one in present]
    added["id"] = next(id for id in _ids(added["id"]) if id not in taken)
    text = before.decode("utf-8").rstrip("\n")
    content = "\n".join([text, *item_lines(Opportunity, added, indent)]) + "\n"
    *rest, last = _opportunities(content.encode()) or [{}]
    if rest != present or last.get("id") != added["id"]:
        raise ByHandError("no-place")
    return content


def _opportunities(data: bytes) -> list[Any]:
    tree, _ = read(data, "")
    found = tree.get("opportunities") if isinstance(tree, dict) else None
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _ids(id: str) -> Iterator[str]:
    yield id
    yield from (f"{id}-{number}" for number in range(2, 1000))


def _indent_of_items(data: bytes) -> str | None:
    """Return the spaces before the dash of an opportunity, when the opportunities are the last thing in a file."""
    node = compose(data.decode("utf-8-sig"))
    if not isinstance(node, yaml.MappingNode) or not node.value:
        return None
    key, items = node.value[-1]
    if key.value != "opportunities" or not isinstance(items, yaml.SequenceNode) or items.flow_style:
        return None
    return " " * items.start_mark.column
