"""All routes in one table, to see how others do it."""

from collections.abc import Iterator
from typing import Any

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.continuity.alignment import columns, weeks
from meedoenkaart.publishing.page import Page, crumbs_to, feed_beside, words_of

URL = "routes/"


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Yield the table of routes; what tells most of the law of today comes first."""
    words = words_of("routes")

    def context() -> dict[str, Any]:
        elements = catalogue.statutory.elements if catalogue.statutory else {}
        return {"intro": words.intro, "columns": columns(catalogue), "asked": len(elements), "weeks": weeks}

    crumbs = crumbs_to((words.title, None))
    yield Page(URL, "routes", words.title, words.description, context, crumbs, words.intro, feed=feed_beside(URL))
