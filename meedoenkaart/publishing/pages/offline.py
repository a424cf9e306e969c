"""What of the site stays on the device."""

from collections.abc import Iterator

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.publishing.offline import MOST
from meedoenkaart.publishing.page import Page, crumbs_to, region_of, words_of


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Yield the page on which somebody chooses that; a script does it."""
    words = words_of("offline")
    context = {"region": region_of(catalogue.region), "most": MOST // 1_000_000}
    yield Page(
        "offline/", "offline", words.title, words.description, context, crumbs_to((words.title, None)), words.title
    )
