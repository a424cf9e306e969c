"""What is fuzzed: one file of the made-up catalogue, from its bytes through the reader, the records and the rules."""

import time
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from meedoenkaart.catalogue import link
from meedoenkaart.draft import Draft
from meedoenkaart.geography.places import Place
from meedoenkaart.problems import has_errors, report
from meedoenkaart.reading import documents
from meedoenkaart.reading.documents import Document, Reader
from meedoenkaart.rules.catalogue import check
from tests.conftest import MINIMAL, TODAY

SECONDS = 2.0
"""Of processor time that one file may take."""
FILES = (
    "catalogue/organisations/smallingerland/buurthuis-de-brug.yml",
    "catalogue/reception/azc-drachten.yml",
    "catalogue/municipalities/smallingerland.yml",
    "catalogue/vocabulary.yml",
    "catalogue/legal.yml",
    "catalogue/glossary.yml",
    "catalogue/handover.yml",
    "catalogue/tasks.yml",
    "catalogue/places.yml",
    "catalogue/links.yml",
    "routes/smallingerland.yml",
    "routes/statutory.yml",
)
"""One of every collection."""
_NOWHERE = Path("/nonexistent")
_NEAR = frozenset({"GM0090", "GM0086", "GM1900"})
"""The made-up catalogue's municipalities. Draft and rules walk through all places there are; these few do as well."""


class _Draft(Draft):
    def _known_places(self) -> Iterable[Place]:
        return [one for one in super()._known_places() if one.cbs_code in _NEAR]


def collection_of(file: str) -> str:
    """Return the name of the collection that a path belongs to."""
    collection, _ = documents._placed(file)
    assert collection
    return collection.name


@cache
def _others(file: str) -> tuple[Document, ...]:
    return tuple(one for one in Reader(MINIMAL).read() if one.file != file)


def try_file(file: str, data: bytes) -> bool:
    """Read bytes as a file; raises when what comes out is neither problems nor a catalogue, or comes too late.

    Says whether it was a catalogue.
    """
    started = time.process_time()
    document = documents.document_from(file, data)
    draft = _Draft([*_others(file), document])
    problems = [*document.problems, *check(draft, (), TODAY, Reader(_NOWHERE).locate)]
    if document.record is None:
        assert has_errors(document.problems), "no record, and nobody says why"
    sound = not has_errors(problems)
    if sound:
        link(draft, TODAY)
    for form in ("text", "json", "github"):
        report(problems, form)
    assert all(one.message.isprintable() for one in problems)
    took = time.process_time() - started
    assert took < SECONDS, f"{took:.1f} s"
    return sound
