"""What other sites can put on theirs: the code for it, made on the page, and ready for those without scripts."""

from collections.abc import Iterator

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.publishing.embeds import MOST_CARDS
from meedoenkaart.publishing.page import EMBEDDING, Page, crumbs_to, words_of


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Yield the page."""
    words = words_of("embedding")
    crumbs = crumbs_to((words_of("data").title, "data/"), (words.title, None))
    at_home = catalogue.regional_municipalities
    context = {
        "intro": words.intro,
        "receptions": [
            (slug, one.record.name)
            for slug, one in (dict(catalogue.regional_receptions) | dict(catalogue.receptions)).items()
        ],
        "municipalities": [(slug, one.name) for slug, one in (dict(at_home) | dict(catalogue.municipalities)).items()],
        "routes": [
            (slug, catalogue.municipalities[slug].name)
            for slug in sorted(catalogue.routes, key=lambda slug: slug not in at_home)
        ],
        "levels": [(id, f"{id}: {term.label}") for id, term in catalogue.vocabulary.levels.items()],
        "most": MOST_CARDS,
    }
    yield Page(EMBEDDING, "embedding", words.title, words.description, context, crumbs, search=words.intro)
