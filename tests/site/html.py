"""Reading built pages with the standard library's parser: elements in order, and whether they nest."""

import gc
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())  # noqa: SIM905  # a list of words
"""Elements that HTML never closes."""


@dataclass(slots=True, eq=False)
class Element:
    """An element of a page: its attributes and all text within it."""

    tag: str
    attributes: dict[str, str]
    inside: tuple[str, ...]
    """The tags around it, outermost first."""
    texts: list[str] = field(repr=False)
    """The texts of the whole page: its own are those from where it opens to where it closes."""
    start: int
    end: int | None = None
    children: int = 0

    @property
    def text(self) -> str:
        return "".join(self.texts[self.start : self.end])

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name, "")

    @property
    def classes(self) -> list[str]:
        return self["class"].split()


class Html(HTMLParser):
    """A page, taken apart."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.faults: list[str] = []
        self._open: list[Element] = []
        self._inside: list[tuple[str, ...]] = [()]
        self._texts: list[str] = []
        self.feed(text)
        self.close()
        self.faults += [f"<{one.tag}> is never closed" for one in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.faults.append(f"<{tag}> at line {self.getpos()[0]} has an attribute twice")
        attributes = {name: value or "" for name, value in attrs}
        element = Element(tag, attributes, self._inside[-1], self._texts, len(self._texts))
        self.elements.append(element)
        if tag in _VOID:
            element.end = element.start
        else:
            element.children = -len(self.elements)  # those before what lies in it, until it is closed
            self._open.append(element)
            self._inside.append((*element.inside, tag))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1].tag == tag:
            closed = self._open.pop()
            closed.end = len(self._texts)
            closed.children += len(self.elements)
            self._inside.pop()
        else:
            around = self._open[-1].tag if self._open else "nothing"
            self.faults.append(f"</{tag}> at line {self.getpos()[0]} closes <{around}>")

    def handle_data(self, data: str) -> None:
        self._texts.append(data)

    @cached_property
    def ids(self) -> list[str]:
        return [one["id"] for one in self.elements if "id" in one.attributes]

    def all(self, *tags: str) -> list[Element]:
        """Return the elements with one of these tags, in the page's order, but not what lies in a template."""
        return [one for one in self.elements if one.tag in tags and "template" not in one.inside]

    def links(self, *relations: str) -> list[str]:
        """Return where ``<link>`` elements with one of these relations lead."""
        return [one["href"] for one in self.all("link") if set(one["rel"].split()) & set(relations)]

    def meta(self, name: str) -> list[str]:
        """Return the contents of ``<meta>`` elements by their name or property."""
        return [one["content"] for one in self.all("meta") if name in (one["name"], one["property"])]

    @property
    def title(self) -> str:
        return next(one.text for one in self.all("title") if "svg" not in one.inside)

    @property
    def is_redirect(self) -> bool:
        return any(one["http-equiv"].lower() == "refresh" for one in self.all("meta"))

    @property
    def data(self) -> list[str]:
        """What search engines read: the texts of JSON-LD scripts."""
        return [one.text for one in self.all("script") if one["type"] == "application/ld+json"]


class Pages(Mapping[str, Html]):
    """The pages of a site, by their address from its root: ``kansen/``, ``404.html``; each is read when asked for."""

    def __init__(self, site: Path) -> None:
        files = sorted(site.rglob("*.html"))
        self._files = {file.relative_to(site).as_posix().removesuffix("index.html"): file for file in files}
        self._read: dict[str, Html] = {}

    def __getitem__(self, url: str) -> Html:
        if url not in self._read:
            gc.disable()  # nothing of so much goes, and looking for it again and again takes longer than to read
            self._read[url] = Html(self._files[url].read_text("utf-8"))
            gc.freeze()
            gc.enable()
        return self._read[url]

    def __contains__(self, url: object) -> bool:
        return url in self._files

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)
