"""What a reader kept."""

from collections.abc import Iterator

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.geography.distance import BIKE_KM_PER_HOUR, DETOUR, EARTH_RADIUS_KM
from meedoenkaart.publishing.page import Page, crumbs_to, words_of


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Yield the page that shows what its reader kept."""
    yield _shortlist(catalogue)


def _shortlist(catalogue: Catalogue) -> Page:
    """Return the page that shows what its reader kept; a script fills it in."""
    words = words_of("shortlist")
    context = {
        "receptions": list(catalogue.receptions.values()),
        "ride": {"earth": EARTH_RADIUS_KM, "detour": DETOUR, "speed": BIKE_KM_PER_HOUR},
    }
    return Page("lijstje/", "shortlist", words.title, words.description, context, crumbs_to((words.title, None)))
