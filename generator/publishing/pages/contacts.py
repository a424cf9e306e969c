"""Whom those who guide somebody can reach in the region, and where that is not known."""

from collections.abc import Iterator

from generator.catalogue import Catalogue
from generator.publishing.contacts import at_municipality, at_reception
from generator.publishing.page import Page, crumbs_to, words_of


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Yield the page with all contacts of the region, by municipality and reception location."""
    municipalities = catalogue.regional_municipalities.values()
    words = words_of("contacts")
    context = {
        "intro": words.intro,
        "municipalities": [(one, at_municipality(catalogue, one)) for one in municipalities],
        "receptions": [(one, at_reception(catalogue, one)) for one in catalogue.regional_receptions.values()],
    }
    crumbs = crumbs_to((words.title, None))
    yield Page("contacten/", "contacts", words.title, words.description, context, crumbs, search=words.intro)
