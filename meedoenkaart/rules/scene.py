"""What a rule may look at, and what it finds."""

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from meedoenkaart.draft import Draft
from meedoenkaart.geography.former import former
from meedoenkaart.geography.places import municipality_names
from meedoenkaart.problems import did_you_mean
from meedoenkaart.reading.documents import Document
from meedoenkaart.records.organisation import Organisation
from meedoenkaart.records.record import Path
from meedoenkaart.texts import texts


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found, before its line is looked up.

    It counts only when all at its path was read. A rule that looks elsewhere too asks ``Document.knows`` itself.
    """

    rule: str
    file: str
    path: Path
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Scene:
    """What a rule may look at."""

    draft: Draft
    icons: Collection[str]
    """The names of all icons; none where nobody knows them."""
    today: datetime.date

    def records(self, collection: str) -> Iterator[tuple[Document, Any]]:
        """Yield each document of a collection with its record, or with what could be read of it."""
        found = self.draft.by_collection.get(collection, {}).values()
        return ((one, one.content) for one in found if one.content is not None)

    def single(self, collection: str) -> Document | None:
        """Return the document of a collection that is one file, when something of it could be read."""
        return next((document for document, _ in self.records(collection)), None)

    @property
    def organisations(self) -> Iterator[tuple[Document, Organisation]]:
        """Each organisation."""
        return self.records("organisations")


def unknown(document: Document, path: Path, to: str, id: str, known: Any) -> Finding:
    """Say that what a field refers to does not exist; ``known`` holds the ids that do."""
    suggestion = other_municipality(id, known) if to in ("municipalities", "areas") else did_you_mean(id, known)
    values = {"id": id, "what": texts("problems")["references"][to], "suggestion": suggestion}
    return Finding("unknown-reference", document.file, path, values)


def other_municipality(wrong: str, known: Iterable[str]) -> str:
    """Return where a municipality that ended belongs now, or else the known name that comes close to ``wrong``."""
    return no_longer(wrong) or did_you_mean(wrong, known)


def no_longer(name_or_code: str) -> str:
    """Return " … is geen gemeente meer …" when that is so, else nothing."""
    found = former(name_or_code)
    if found is None:
        return ""
    names = [municipality_names()[code] for code in found.successors]
    now = texts("problems")["and"].join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    return str(texts("problems")["former-municipality"].format(name=found.name, year=found.year, now=now))


def missing_icon(scene: Scene, document: Document, path: Path, icon: str) -> Iterator[Finding]:
    """Yield a finding when there is no such icon; where no icon is known nothing can be said."""
    if icon not in scene.icons and scene.icons:
        suggestion = did_you_mean(icon, sorted(scene.icons))
        yield Finding("unknown-icon", document.file, path, {"icon": icon, "suggestion": suggestion})
