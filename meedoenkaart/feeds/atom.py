"""A feed as RFC 4287 has it."""

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from meedoenkaart.texts import visible_line

_NAMESPACE = "http://www.w3.org/2005/Atom"
NEVER = "2000-01-01T00:00:00Z"
"""When a feed changed in which nothing stands yet."""


class Entry(NamedTuple):
    """Something that is told once."""

    title: str
    page: str
    """Its web address."""
    updated: str
    """As RFC 3339 writes it."""
    lines: tuple[str, ...]
    categories: tuple[str, ...]


def feed(title: str, author: str, page: str, address: str, entries: Sequence[Entry]) -> bytes:
    """Return a feed; ``page`` is the one that it is about, ``address`` where it lies, both on the web."""
    root = ET.Element("feed", {"xmlns": _NAMESPACE, "xml:lang": "nl"})
    _put(root, "id", address)
    _put(root, "title", title)
    _put(root, "updated", max((one.updated for one in entries), default=NEVER))
    ET.SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": address})
    ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": page})
    _put(ET.SubElement(root, "author"), "name", author)
    _put(root, "rights", "CC BY 4.0")
    for one in entries:
        entry = ET.SubElement(root, "entry")
        _put(entry, "id", uuid5(NAMESPACE_URL, "\n".join((one.page, one.title, one.updated))).urn)
        _put(entry, "title", one.title)
        _put(entry, "updated", one.updated)
        ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": one.page})
        for name in one.categories:
            ET.SubElement(entry, "category", {"term": visible_line(name)})
        if one.lines:
            summary = ET.SubElement(entry, "summary")
            summary.text = "\n".join(map(visible_line, one.lines))
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, "unicode").encode() + b"\n"


def _put(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = visible_line(text)
