"""What happened to opportunities and routes, as readers notice it, from the history that git keeps.

Where git keeps none, ``seen.py`` tells it. A version that can't be read as records are now tells nothing: neither it
nor the next one is compared with another.
"""

import datetime
import hashlib
import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field

from meedoenkaart.reading.documents import Document, document_from
from meedoenkaart.records.organisation import Organisation
from meedoenkaart.records.record import changed
from meedoenkaart.upkeep.diff import cards_of
from meedoenkaart.upkeep.revisions import FileChange, RevisionError, commit_of, contents_of, has_past, log_of

FOLDERS = ("catalogue/organisations", "routes")
DAYS = 366
"""So long before the last commit the feeds look back."""
MOST = 3000
"""Versions of files that are compared, the newest: what is older is not told."""
KEPT = ".cache/happened.json"
"""What was found for one commit, below the project's root; safe to delete."""
_UNNOTICED = ("sources", "aliases")
"""Lists that change nothing for readers."""
What = Literal["new", "changed", "ended"]
_LAST = 253_402_300_799
"""The last second that a date can have."""


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that readers notice."""

    when: Annotated[int, Field(ge=0, le=_LAST)]
    """Seconds since 1970: when it came into the branch that is published."""
    what: What
    collection: str
    slug: str
    id: str
    """The opportunity's; empty for an organisation or a route as a whole."""
    title: str
    who: str
    """The organisation's name."""
    lines: tuple[str, ...]
    """What it is, or what is otherwise."""
    places: tuple[tuple[str, str], ...]
    """Where it is or was: the place, and its municipality where that is not the one of the file's folder."""
    sectors: tuple[str, ...]
    municipalities: tuple[str, ...] = ()
    """Of a route: whose it is."""


class _Card(NamedTuple):
    """What readers see of an opportunity, an organisation or a route."""

    title: str
    ended: bool
    about: str
    lines: Mapping[str, str]
    record: Any
    part: Any


def happened(root: Path, program: str, labels: Mapping[tuple[str, str], str]) -> list[Happened] | None:
    """Return what happened in the last year before the newest commit, the newest first; None where git knows no past.

    ``program`` stands for the code: what another version found counts for nothing. ``labels`` are the words for the ids
    of facets.
    """
    try:
        head = commit_of(root, "HEAD")
        if not has_past(root, head, FOLDERS):
            return None
        state = f"{head} {program} {hashlib.blake2b(repr(sorted(labels.items())).encode()).hexdigest()}"
        kept = root / KEPT
        try:
            known = json.loads(kept.read_text("utf-8"))
            if known["state"] == state:
                return [_from_json(one) for one in known["happened"]]
        except (OSError, ValueError, KeyError, TypeError):
            pass
        found = list(_happened(root, head, labels))
    except (RevisionError, subprocess.SubprocessError):
        return None
    in_order(found)
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps({"state": state, "happened": [asdict(one) for one in found]}), "utf-8")
    return found


def in_order(found: list[Happened]) -> None:
    """Sort what happened as feeds tell it."""
    found.sort(key=lambda one: (-one.when, one.collection, one.slug, one.id))


def _from_json(values: dict[str, Any]) -> Happened:
    lists = {name: tuple(values[name]) for name in ("lines", "sectors", "municipalities")}
    return Happened(**{**values, **lists, "places": tuple(map(tuple, values["places"]))})


def _happened(root: Path, head: str, labels: Mapping[tuple[str, str], str]) -> Iterator[Happened]:
    changes = log_of(root, head, DAYS, FOLDERS)[:MOST]
    texts = contents_of(root, {id for change in changes for id in (change.before, change.after) if id})
    yield from compared(changes, texts, labels)


def compared(
    changes: Sequence[FileChange], texts: Mapping[str, bytes], labels: Mapping[tuple[str, str], str]
) -> Iterator[Happened]:
    """Yield what readers notice of changes; ``texts`` has by id what files were and are."""
    read: dict[tuple[str, str], Document | None] = {}

    def document(file: str, id: str) -> Document | None:
        if (file, id) not in read:
            data = texts.get(id)
            found = document_from(file, data) if id and data is not None else None
            read[file, id] = found if found and found.record is not None else None
        return read[file, id]

    removed = {(change.commit, change.file): change for change in changes if not change.after}
    moved = set()
    pairs = []
    for change in changes:
        before, after = document(change.file, change.before), document(change.file, change.after)
        if not change.before and after:  # perhaps it only has another name
            for alias in getattr(after.record, "aliases", ()):
                old = removed.get((change.commit, f"{FOLDERS[0]}/{alias.removeprefix('kansen/')}.yml"))
                if old:
                    moved.add((old.commit, old.file))
                    before = document(old.file, old.before)
                    change = change._replace(before=old.before)
        pairs.append((change, before, after))
    for change, before, after in pairs:
        unread = (change.before and not before) or (change.after and not after)
        if not unread and (change.commit, change.file) not in moved:
            yield from _between(change.when, before, after, labels)


def _between(
    when: int, before: Document | None, after: Document | None, labels: Mapping[tuple[str, str], str]
) -> Iterator[Happened]:
    """Yield what readers notice between two versions of a file, of which one may be missing."""
    old, new = _cards(before, labels), _cards(after, labels)
    document = after or before
    if document is None:
        return
    for id in dict.fromkeys([*new, *old]):
        was, now = old.get(id), new.get(id)
        told = _told(was, now)
        if told and (id or document.collection == "routes" or told[0] == "changed"):
            what, card, lines = told
            yield _made(when, what, document, id, card, lines)


def _told(was: _Card | None, now: _Card | None) -> tuple[What, _Card, tuple[str, ...]] | None:
    if now is None or (was is not None and now.ended and not was.ended):
        card = now or was
        return ("ended", card, ()) if card and not (was and was.ended) else None
    if was is None:
        return None if now.ended else ("new", now, (now.about,) if now.about else ())
    if now.ended:
        return None
    labels = dict.fromkeys([*now.lines, *was.lines])
    different = [label for label in labels if now.lines.get(label) != was.lines.get(label)]
    if not different:
        return None
    return "changed", now, tuple(f"{one}: {was.lines.get(one, '')} → {now.lines.get(one, '')}" for one in different)


def _made(when: int, what: What, document: Document, id: str, card: _Card, lines: tuple[str, ...]) -> Happened:
    record = card.record
    if not isinstance(record, Organisation):
        whose = record.municipalities or (document.slug,)
        return Happened(when, what, document.collection, document.slug, "", card.title, "", lines, (), (), whose)
    parts = [card.part] if id else list(record.opportunities)
    own = [record.address] if record.address else []
    addresses = [address for part in parts for address in ([one.address for one in part.locations] or own)]
    places = tuple(dict.fromkeys((str(one.place), one.municipality or "") for one in addresses))
    sectors = tuple(dict.fromkeys(sector for part in parts for sector in part.sectors))
    slug, name = document.slug, str(record.name)
    return Happened(when, what, document.collection, slug, id, card.title, name, lines, places, sectors)


def _cards(document: Document | None, labels: Mapping[tuple[str, str], str]) -> dict[str, _Card]:
    if document is None or document.collection not in ("organisations", "routes"):
        return {}
    record = document.record
    noticed = changed(record, **{name: () for name in _UNNOTICED if hasattr(record, name)})
    seen = Document(document.file, document.collection, document.slug, noticed, ())
    parts = {one.id: one for one in getattr(record, "opportunities", ())}
    over = getattr(record, "status", "") == "gestopt"
    return {
        card.id: _Card(
            card.title,
            over or (card.id in parts and parts[card.id].status == "gestopt"),
            str(getattr(parts.get(card.id, record), "description", None) or ""),
            _by_label(card.lines),
            record,
            parts.get(card.id),
        )
        for card in cards_of(seen, labels, in_dutch=True)
    }


def _by_label(lines: Sequence[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for label, value in lines:
        found.setdefault(label, []).append(value)
    return {label: "; ".join(values) for label, values in found.items()}


def moment(when: int) -> str:
    """Return a moment as RFC 3339 writes it."""
    return datetime.datetime.fromtimestamp(when, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
