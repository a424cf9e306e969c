"""The door for those who guide somebody: what is here for them."""

from collections.abc import Iterator

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.publishing.page import Page, crumbs_to, words_of


def pages(_: Catalogue) -> Iterator[Page]:
    """Yield the page."""
    words = words_of("guides")
    context = {"intro": words.intro}
    crumbs = crumbs_to((words.title, None))
    yield Page("begeleiders/", "guides", words.title, words.description, context, crumbs, search=words.intro)
