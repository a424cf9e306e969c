"""From a project's folder to its catalogue: the one way in, for ``check``, ``build`` and ``serve`` alike."""

import datetime
from collections.abc import Callable, Collection
from dataclasses import dataclass

from meedoenkaart.catalogue import Catalogue, link
from meedoenkaart.draft import Draft
from meedoenkaart.icons import Icons
from meedoenkaart.problems import Problem, has_errors
from meedoenkaart.processes import without_collecting
from meedoenkaart.reading.documents import Reader
from meedoenkaart.rules.catalogue import check
from meedoenkaart.versions import too_new


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
