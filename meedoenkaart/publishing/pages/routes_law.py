"""What the law asks of every route, and which routes name it."""

from collections.abc import Iterator
from typing import Any

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.continuity.alignment import asked, columns, weeks
from meedoenkaart.publishing.page import Page, crumbs_to, words_of
from meedoenkaart.publishing.pages.routes import URL


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Yield the page, where the catalogue says what the law asks."""
    if catalogue.statutory is None:
        return
    words, parent = words_of("routes-law"), words_of("routes").title

    def context() -> dict[str, Any]:
        found = columns(catalogue)
        earlier = [one for one in found if not one.of_today]
        return {"intro": words.intro, "asked": asked(catalogue, found), "earlier": earlier, "weeks": weeks}

    crumbs = crumbs_to((parent, URL), (words.title, None))
    yield Page(f"{URL}wet/", "routes_law", words.title, words.description, context, crumbs, search=words.intro)
