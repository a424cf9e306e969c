"""What a rule may look at, and what it finds."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

from generator.draft import Draft
from generator.problems import did_you_mean
from generator.reading.documents import Document
from generator.records.organisation import Organisation
from generator.records.record import Path
from generator.records.vocabulary import Vocabulary
from generator.texts import texts

ICONS = "node_modules/lucide-static/icons"
"""Lucide's icons, below the project's root."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found, before its line is looked up."""

    rule: str
    file: str
    path: Path
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Scene:
    """What a rule may look at."""

    draft: Draft
    root: FilePath
    today: datetime.date

    def records(self, collection: str) -> Iterator[tuple[Document, Any]]:
        """Yield each readable document of a collection with its record."""
        return ((one, one.record) for one in self.draft.records(collection).values())

    @property
    def organisations(self) -> Iterator[tuple[Document, Organisation]]:
        """Each readable organisation."""
        return self.records("organisations")

    @property
    def vocabulary(self) -> Vocabulary | None:
        """The vocabulary, when it could be read."""
        found: Vocabulary | None = self.draft.single("vocabulary")
        return found


def unknown(document: Document, path: Path, to: str, id: str, known: Any) -> Finding:
    """Say that what a field refers to does not exist; ``known`` holds the ids that do."""
    values = {"id": id, "what": texts("problems")["references"][to], "suggestion": did_you_mean(id, known)}
    return Finding("unknown-reference", document.file, path, values)


def missing_icon(scene: Scene, document: Document, path: Path, icon: str) -> Iterator[Finding]:
    """Yield a finding when Lucide has no such icon; where Lucide is not installed nothing can be said."""
    folder = scene.root / ICONS
    if folder.is_dir() and not (folder / f"{icon}.svg").is_file():
        known = sorted(file.stem for file in folder.glob("*.svg"))
        yield Finding("unknown-icon", document.file, path, {"icon": icon, "suggestion": did_you_mean(icon, known)})
