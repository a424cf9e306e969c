"""What changes for readers between two versions of the catalogue: pages and cards that are new, changed or gone."""

import datetime
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from pathlib import Path
from typing import Any, Literal

from meedoenkaart.draft import Draft, title_of
from meedoenkaart.reading.documents import COLLECTIONS, Document, Reader
from meedoenkaart.records.scalars import Text
from meedoenkaart.records.vocabulary import FACETS, Vocabulary
from meedoenkaart.texts import texts
from meedoenkaart.upkeep.markdown import code, escaped
from meedoenkaart.upkeep.revisions import commit_of, write_copy
from meedoenkaart.writing.fields import FieldHelp, fields_of, label_of

SECTIONS = {"organisations": "kansen/", "reception": "azc/", "municipalities": "gemeenten/"}
"""Where the pages of a collection lie on the site."""
FOLDERS = tuple(dict.fromkeys(one.folder.partition("/")[0] for one in COLLECTIONS))


@dataclass(frozen=True, slots=True)
class Card:
    """A page or an opportunity in words: what a reader sees of it."""

    file: str
    id: str
    """The opportunity's id; empty for the page itself."""
    kind: str
    """What it is, in Dutch: ``Organisatie``, ``Kans``."""
    title: str
    url: str
    """From the site's root; empty when it has no page of its own."""
    lines: tuple[tuple[str, str], ...]
    """Label and value of every field that is filled in, in reading order."""


@dataclass(frozen=True, slots=True)
class Change:
    """A card that is new, changed or gone."""

    what: Literal["new", "changed", "gone"]
    card: Card
    """As it is now, or as it was when it is gone."""
    lines: tuple[tuple[str, str, str], ...]
    """Label, value before, value now; one of them empty where there is none."""


def diff(root: Path, revision: str) -> list[Change]:
    """Return what changed for readers since a commit; ``revision`` is any name git knows for one.

    Raises ``RevisionError``. Files that can't be read show nothing: ``check`` tells about those.
    """
    commit = commit_of(root, revision)
    with tempfile.TemporaryDirectory() as folder:
        write_copy(root, commit, FOLDERS, Path(folder))
        before = Draft(Reader(Path(folder)).read())
    return changes(before, Draft(Reader(root).read()))


def changes(before: Draft, now: Draft) -> list[Change]:
    """Return the difference between two versions, in the order of the files."""
    old, new = _cards(before), _cards(now)
    unreadable = {one.file for draft in (before, now) for one in draft.documents if one.record is None}
    found = []
    for key in sorted({**new, **old}, key=lambda key: key[0]):
        if key[0] in unreadable:
            continue
        was, is_ = old.get(key), new.get(key)
        if was is None and is_ is not None:
            found.append(Change("new", is_, tuple((label, "", value) for label, value in is_.lines)))
        elif is_ is None and was is not None:
            found.append(Change("gone", was, tuple((label, value, "") for label, value in was.lines)))
        elif was is not None and is_ is not None and was.lines != is_.lines:
            found.append(Change("changed", is_, tuple(_different(was.lines, is_.lines))))
    return found


def _different(was: Iterable[tuple[str, str]], now: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Yield the labels whose values differ; the values of one label count together."""
    old, new = _by_label(was), _by_label(now)
    for label in dict.fromkeys([*new, *old]):
        if old.get(label) != new.get(label):
            yield label, old.get(label, ""), new.get(label, "")


def _by_label(lines: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for label, value in lines:
        found.setdefault(label, []).append(value)
    return {label: "; ".join(values) for label, values in found.items()}


def _cards(draft: Draft) -> dict[tuple[str, str], Card]:
    labels = labels_of(draft.single("vocabulary"))
    cards = (card for document in draft.documents if document.record for card in cards_of(document, labels))
    return {(card.file, card.id): card for card in cards}


def cards_of(document: Document, labels: Mapping[tuple[str, str], str], in_dutch: bool = False) -> Iterator[Card]:
    """Yield the cards of a file: its page, and each of its opportunities; texts in all languages, or ``in_dutch``."""
    record = document.record
    section = SECTIONS.get(document.collection)
    url = f"{section}{document.slug}/" if section else ""
    parts = getattr(record, "opportunities", ())
    lines = tuple(_lines(record, labels, in_dutch, leave="opportunities"))
    yield Card(document.file, "", label_of(type(record))[0], title_of(document), url, lines)
    for part in parts:
        words = tuple(_lines(part, labels, in_dutch, leave="id"))
        yield Card(document.file, part.id, label_of(type(part))[0], str(part.title), f"{url}#{part.id}", words)


def labels_of(vocabulary: Vocabulary | None) -> dict[tuple[str, str], str]:
    """Return the Dutch words for the ids of the vocabulary."""
    return {
        (facet, id): str(term.label)
        for facet in (FACETS if vocabulary else ())
        for id, term in getattr(vocabulary, facet).items()
    }


def _lines(
    record: Any, labels: Mapping[tuple[str, str], str], in_dutch: bool, above: str = "", leave: str = ""
) -> Iterator[tuple[str, str]]:
    """Yield label and value of all that is filled in, parts within parts included."""
    cls: Any = type(record)
    for field in fields_of(cls):
        value = getattr(record, field.name)
        if field.name == leave or value is None or value in ((), {}):
            continue
        label = f"{above}{field.label}"
        if isinstance(value, dict):
            for id, part in value.items():
                if is_dataclass(part):
                    yield from _lines(part, labels, in_dutch, f"{label} › {id} › ")
                else:
                    yield f"{label} › {id}", _words(part, field, labels, in_dutch)
        elif field.record:
            for part in value if isinstance(value, tuple) else (value,):
                yield from _lines(part, labels, in_dutch, f"{label} › ")
        else:
            yield label, _words(value, field, labels, in_dutch)


def _words(value: Any, field: FieldHelp, labels: Mapping[tuple[str, str], str], in_dutch: bool) -> str:
    if isinstance(value, tuple):
        return ", ".join(_words(one, field, labels, in_dutch) for one in value)
    if isinstance(value, bool):
        return texts("upkeep")["affirmed" if value else "denied"]  # type: ignore[no-any-return]  # texts are YAML
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Text):
        return " · ".join((value.nl, *(text for _, text in value.others if not in_dutch)))
    return labels.get((field.refers_to, str(value)), str(value))


def as_text(found: Iterable[Change]) -> str:
    """Return the changes for a terminal."""
    words = texts("upkeep")
    return "\n\n".join(
        "\n".join(
            [
                f"{words['changes'][one.what]}: {one.card.title} ({one.card.kind})",
                f"  {one.card.file}",
                *(f"  {line}" for line in _told(one)),
            ]
        )
        for one in found
    )


def as_markdown(found: Iterable[Change]) -> str:
    """Return the changes for a page on GitHub; what contributors wrote can't become markup there."""
    words = texts("upkeep")
    parts = []
    for one in found:
        parts += [f"### {words['changes'][one.what]}: {escaped(one.card.title)}", ""]
        parts += [f"{one.card.kind} · {code(one.card.url or one.card.file)}", ""]
        parts += [*(f"- {escaped(line)}" for line in _told(one)), ""]
    return "\n".join(parts)


def as_json(found: Iterable[Change]) -> str:
    """Return the changes for programs."""
    return json.dumps(
        [
            {
                "what": one.what,
                "file": one.card.file,
                "id": one.card.id,
                "title": one.card.title,
                "url": one.card.url,
                "lines": [{"label": label, "before": was, "now": now} for label, was, now in one.lines],
            }
            for one in found
        ],
        ensure_ascii=False,
        indent=2,
    )


def _told(change: Change) -> Iterator[str]:
    """Yield a line for each label: its value, or what it was and what it is."""
    words = texts("upkeep")
    for label, was, now in change.lines:
        if change.what == "changed":
            yield words["from-to"].format(label=label, was=was or words["nothing"], now=now or words["nothing"])
        else:
            yield f"{label}: {was or now}"
