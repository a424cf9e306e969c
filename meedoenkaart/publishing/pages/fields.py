"""The reference of fields, for contributors."""

from collections.abc import Iterator
from dataclasses import dataclass

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.publishing.page import Page, crumbs_to, words_of
from meedoenkaart.reading.documents import COLLECTIONS
from meedoenkaart.records.vocabulary import FACETS
from meedoenkaart.texts import texts
from meedoenkaart.writing.fields import FieldHelp, fields_of, label_of, records_within


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Yield the reference of fields."""
    yield _fields(catalogue)


@dataclass(frozen=True, slots=True)
class FieldsOf:
    """The fields of a record, or of a part of one, for contributors."""

    label: str
    help: str
    anchor: str
    fields: tuple[FieldHelp, ...]


@dataclass(frozen=True, slots=True)
class FileHelp:
    """A kind of file, for contributors."""

    label: str
    help: str
    anchor: str
    path: str
    """Where such a file lies."""
    parts: tuple[FieldsOf, ...]


def _fields(catalogue: Catalogue) -> Page:
    """Return the reference of every field that a contributor may fill in."""
    words = words_of("fields")
    files = []
    for collection in COLLECTIONS:
        name = collection.record.__name__.lower()
        parts = tuple(
            FieldsOf(*label_of(one), f"{name}-{one.__name__.lower()}", fields_of(one))
            for one in records_within(collection.record)
        )
        files.append(FileHelp(*label_of(collection.record), name, collection.pattern, parts))
    facets = {facet: list(getattr(catalogue.vocabulary, facet)) for facet in FACETS}
    context = {"files": files, "facets": facets, "contents": [(one.label, one.anchor, None) for one in files]}
    crumbs = crumbs_to((texts("pages")["add"]["title"], "toevoegen/"), (words.title, None))
    return Page("toevoegen/velden/", "fields", words.title, words.description, context, crumbs, search="")
