"""A page before it is drawn, what it is called, and where it stands."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from meedoenkaart.languages import SOURCE
from meedoenkaart.languages.formats import listed
from meedoenkaart.texts import texts

Crumbs = tuple[tuple[str, str | None], ...]
"""Titles and addresses from the site's root, from home to the page itself (which has no address)."""

EMBEDDING = "data/insluiten/"
"""The address of the page that shows what other sites can put on theirs."""
SHOWS_FRAMES = "data/"
"""How the addresses of pages begin that may show others of the site in a frame: those of a section have one policy."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page before it is drawn."""

    url: str
    """From the site's root, ending in a slash; empty for the home page."""
    template: str
    """A file in ``theme/pages/`` without its extension."""
    title: str
    description: str
    context: Mapping[str, Any] | Callable[[], Mapping[str, Any]]
    """What the template shows, or what gathers it when the page is drawn.

    ``jsonld`` in it is a list of what search engines read (schema.org), or makes that of the site and the catalogue."""
    breadcrumbs: Crumbs = ()
    search: str | None = field(default=None)
    """Words by which the site's own search finds the page; None keeps it out."""
    picture: str | None = None
    """The address of a picture for those who share the page, from the site's root."""
    language: str = SOURCE
    """The code of the language that the page is in."""
    others: tuple[str, ...] = ()
    """The codes of the languages besides Dutch in which the site has this page."""
    beside: str | None = None
    """The name of a file that lies beside the page, which ``beside`` in the context makes of that; else its cards."""
    whole: bool = False
    """Whether its template draws all of it, without the site around it, for a frame on other people's pages."""

    feed: str | None = None
    """Where a feed of what is new on the page lies, from the site's root."""

    @property
    def way(self) -> str:
        """Its address without that of its language: the same in all of them."""
        return self.url if self.language == SOURCE else self.url.partition("/")[2]

    def shown(self) -> Mapping[str, Any]:
        """Return what the template shows."""
        return self.context() if callable(self.context) else self.context

    def on(self, site: str) -> "Page":
        """Return this page as one of a site with this name, which its home page and the way to it are called by."""
        crumbs = ((site, ""), *self.breadcrumbs[1:]) if self.breadcrumbs else ()
        return replace(self, title=self.title if self.way else site, breadcrumbs=crumbs)

    def gathered(self) -> "Page":
        """Return this page with all of that at hand, to be compared with another."""
        return replace(self, context=self.shown())


def feed_beside(url: str) -> str:
    """Return where the feed of a page lies, from the site's root."""
    return f"{url}nieuw.xml"


def shows_finder(page: Page) -> bool:
    """Say whether a page shows the finder, or what it reads, and so names its files."""
    return page.way == "kansen/" or page.template in ("reception", "agenda", "onward")


def names_finder(page: Page) -> bool:
    """Say whether a page names the finder's files, to be read at once or when somebody needs them."""
    return shows_finder(page) or page.template in ("handover", "tasks")


class Words(NamedTuple):
    """What a page is called, in ``meedoenkaart/texts/nl/pages.yml``."""

    title: str
    description: str
    intro: str


def words_of(name: str, /, **values: object) -> Words:
    """Return what a page is called, with ``values`` filled in."""
    written = texts("pages")[name]
    return Words(*(written.get(part, "").format_map(values) for part in Words._fields))


def region_of(provinces: Collection[str]) -> str:
    """Return what the site's region is called: its provinces, or the country when it names none."""
    return listed(sorted(provinces)) if provinces else str(texts("pages")["country"])


def crumbs_to(*steps: tuple[str, str | None]) -> Crumbs:
    """Return the way from home to a page by these steps."""
    return ((texts("pages")["home"]["title"], ""), *steps)
