"""The records as they were read, before anything is linked: what the rules look at."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from meedoenkaart.geography.places import Place, Places, belongs_to, municipality_name, table
from meedoenkaart.reading.documents import Document
from meedoenkaart.records.municipality import Municipality
from meedoenkaart.records.reference import AddedPlaces


class Draft:
    """The records that could be read, by collection: what the rules look at before anything is linked."""

    def __init__(self, documents: Iterable[Document], besides: Iterable[str] = ()) -> None:
        """Sort the documents by collection; those without a record keep their name known.

        ``besides`` are the slugs of organisations that are there too, and that nobody looks at.
        """
        self._besides = besides
        self.documents = [document for document in documents if document.collection]
        self.by_collection: dict[str, dict[str, Document]] = {}
        for document in self.documents:
            self.by_collection.setdefault(document.collection, {})[document.slug] = document

    @cached_property
    def places(self) -> Places:
        """All places there are, the catalogue's own among them."""
        return Places(self._known_places())

    def records(self, collection: str) -> dict[str, Document]:
        """Return the documents of a collection that hold a record, by slug."""
        return {slug: one for slug, one in self.by_collection.get(collection, {}).items() if one.record is not None}

    def names(self, collection: str) -> Iterable[str]:
        """Return the slugs of a collection, of unreadable files too: a reference to them is right."""
        found = self.by_collection.get(collection, {}).keys()
        return {*found, *self._besides} if collection == "organisations" else found

    def single(self, collection: str) -> Any:
        """Return the record of a collection that is one file, or None when it is missing or has wrong values."""
        document = self.by_collection.get(collection, {}).get(collection)
        return document.record if document else None

    def cbs_code(self, municipality: str) -> str | None:
        """Return a municipality's CBS code, or None when its file can't be read or gives the code of another."""
        document = self.by_collection.get("municipalities", {}).get(municipality)
        record: Municipality | None = document.content if document else None
        return record.cbs_code if record and belongs_to(record.cbs_code, record.name) else None

    def municipality_name(self, municipality: str) -> str:
        """Return what readers call a municipality whose file could be read."""
        record: Municipality = self.by_collection["municipalities"][municipality].content
        return municipality_name(record.cbs_code, record.name)

    def _known_places(self) -> Iterable[Place]:
        yield from table()
        document = self.by_collection.get("places", {}).get("places")
        added: AddedPlaces | None = document.content if document else None
        for index, one in enumerate(added.places if added else ()):
            code = self.cbs_code(one.municipality)
            if code and document and document.knows("places", index):
                yield Place(one.name, code, one.latitude, one.longitude, one.also)


def title_of(document: Document) -> str:
    """Return what people call the record of a file; its slug when the record has no name."""
    record = document.record
    if isinstance(record, Municipality):
        return municipality_name(record.cbs_code, record.name)
    return str(getattr(record, "name", None) or getattr(record, "title", None) or document.slug)
