"""From a project's folder to its catalogue: the one way in, for ``check``, ``build`` and ``serve`` alike."""

import datetime
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from meedoenkaart.catalogue import Catalogue, link, with_organisations
from meedoenkaart.draft import Draft
from meedoenkaart.icons import Icons
from meedoenkaart.problems import Problem, has_errors
from meedoenkaart.processes import without_collecting
from meedoenkaart.reading.documents import Document, Reader
from meedoenkaart.rules.catalogue import check
from meedoenkaart.versions import too_new

FEW = 20
"""More organisations that changed at once are nothing that somebody waits to see."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of reading a project's files."""

    catalogue: Catalogue | None
    """None when a problem keeps it from being published."""
    problems: tuple[Problem, ...]


def load(
    reader: Reader,
    today: datetime.date,
    progress: Callable[[int, int], None] | None = None,
    region: frozenset[str] = frozenset(),
    icons: Collection[str] | None = None,
) -> Loaded:
    """Read, link and check everything; ``today`` decides what is stale or over, ``region`` what pages speak of.

    ``reader`` remembers unchanged files between two calls. ``progress`` is told how many files are done.
    ``icons`` are the names that records may give; without it, those of Lucide in the reader's project.
    """
    if problem := too_new(reader.root):
        return Loaded(None, (problem,))
    icons = Icons(reader.root) if icons is None else icons
    with without_collecting():
        documents = reader.read(progress)
        problems = [one for document in documents for one in document.problems]
        draft = Draft(documents)
        problems += check(draft, icons, today, reader.locate)
        shared = {document.file for document in documents if document.is_shared}  # a region can't mend those
        problems = sorted(one for one in problems if one.severity == "error" or one.file not in shared)
        catalogue = None if has_errors(problems) else link(draft, today, region)
    return Loaded(catalogue, tuple(problems))


def load_ahead(
    root: Path, documents: Sequence[Document], before: Sequence[Document], catalogue: Catalogue
) -> Catalogue | None:
    """Return a catalogue in which the few organisations are new that changed, without looking at all others.

    ``catalogue`` is what the documents of ``before`` made. None when something else changed or is wrong, or when an
    organisation has other old addresses: all others tell whether these are taken.
    """
    if len(documents) != len(before):
        return None
    changed = [(one, was) for one, was in zip(documents, before, strict=True) if one is not was]
    if not 0 < len(changed) <= FEW or any(
        one.file != was.file
        or one.collection != "organisations"
        or not one.record
        or one.record.aliases != was.record.aliases
        for one, was in changed
    ):
        return None
    around = [one for one in documents if one.collection != "organisations"]
    draft = Draft([*around, *(one for one, _ in changed)], catalogue.organisations)
    with without_collecting():
        problems = [one for document, _ in changed for one in document.problems]
        problems += check(draft, Icons(root), catalogue.today, lambda _, paths: [(1, 1)] * len(paths))
        return None if has_errors(problems) else with_organisations(catalogue, draft)
