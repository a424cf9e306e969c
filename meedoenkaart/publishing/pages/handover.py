"""The sheet for a handover: what one fills in together when somebody moves to a municipality."""

from collections.abc import Iterator
from typing import Any

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.continuity.contacts import at_municipality, at_reception
from meedoenkaart.publishing.handover import deadline, handover_file, steps_of
from meedoenkaart.publishing.page import Page, crumbs_to, words_of


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Yield the sheet."""
    words = words_of("handover")

    def context() -> dict[str, Any]:
        return {
            "intro": words.intro,
            "data": handover_file(catalogue)[0],
            "deadline": deadline,
            "handover": catalogue.handover,
            "here": at_reception(catalogue, None),
            "there": at_municipality(catalogue, None),
            "law": steps_of(None, catalogue),
            "told": _told(catalogue),
        }

    crumbs = crumbs_to((words.title, None))
    yield Page("overdracht/", "handover", words.title, words.description, context, crumbs, search=words.intro)


def _told(catalogue: Catalogue) -> list[tuple[str, str]]:
    """Return what the law asks in the first phase, in the words that are for the person."""
    route = catalogue.statutory.route if catalogue.statutory else None
    if not route:
        return []
    first = next(iter(route.phases))
    return [(str(step.title), str(step.text or "")) for step in route.steps.values() if step.phase == first]
