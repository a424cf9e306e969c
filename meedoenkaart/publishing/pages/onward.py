"""What goes on after a move: from a place, or from what somebody kept, to any municipality."""

from collections.abc import Iterator

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.publishing.page import Page, crumbs_to, words_of


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Yield the page; a script fills it, since there are far more pairs of places than pages."""
    words = words_of("onward")
    facts = [rule.fact for rule in catalogue.legal.with_permit if rule.fact]
    context = {
        "intro": words.intro,
        "closed": [
            slug
            for slug, one in catalogue.receptions.items()
            if one.record.open and one.record.open.until and one.record.open.until < catalogue.today
        ],
        "networks": [one for one in catalogue.vocabulary.networks.values() if one.is_everywhere],
        "facts": [catalogue.legal.facts[id] for id in dict.fromkeys(facts)],
    }
    crumbs = crumbs_to((words.title, None))
    yield Page(
        "doorgaan/", "onward", words.title, words.description, context, crumbs, search="verhuizen, doorgaande lijn"
    )
