"""The home page."""

from collections.abc import Iterator

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.publishing.page import Page, region_of, words_of


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Yield the home page."""
    yield _home(catalogue)


def _home(catalogue: Catalogue) -> Page:
    with_offers = [slug for slug in catalogue.regional_municipalities if slug in catalogue.offers_by_municipality]
    context = {
        "receptions": list(catalogue.regional_receptions.values()),
        "municipalities": [
            (one, slug in catalogue.routes)
            for slug, one in catalogue.regional_municipalities.items()
            if slug in catalogue.offers_by_municipality or slug in catalogue.routes
        ],
        "counts": {
            "offers": len(catalogue.regional_offers),
            "organisations": len({offer.organisation.slug for offer in catalogue.regional_offers}),
            "municipalities": len(with_offers),
            "receptions": len(catalogue.regional_receptions),
        },
    }
    words = words_of("home", region=region_of(catalogue.region))
    return Page("", "home", words.title, words.description, context)
