"""Whom those who guide somebody can reach in the region, and where that is not known."""

from collections.abc import Iterator
from typing import Any

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.continuity.contacts import at_municipality, at_reception
from meedoenkaart.publishing.page import Page, crumbs_to, words_of


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Yield the page with all contacts of the region, by municipality and reception location."""
    words = words_of("contacts")

    def context() -> dict[str, Any]:
        municipalities, receptions = catalogue.regional_municipalities, catalogue.regional_receptions
        return {
            "intro": words.intro,
            "municipalities": [(one, at_municipality(catalogue, one)) for one in municipalities.values()],
            "receptions": [(one, at_reception(catalogue, one)) for one in receptions.values()],
        }

    crumbs = crumbs_to((words.title, None))
    yield Page("contacten/", "contacts", words.title, words.description, context, crumbs, search=words.intro)
