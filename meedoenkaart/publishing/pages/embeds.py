"""Pages for frames on other people's sites: opportunities, the agenda, a route's drawing, who may do what."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from meedoenkaart.catalogue import Catalogue, Permission
from meedoenkaart.publishing.embeds import AGENDA, FILTERS, FOLDER, OFFERS
from meedoenkaart.publishing.page import Page, words_of
from meedoenkaart.records.vocabulary import Term

PERMIT = f"{FOLDER}mag-dit/"
ROUTE = f"{FOLDER}route/"


@dataclass(frozen=True, slots=True)
class MayOne:
    """Whether somebody without a permit may do an activity."""

    id: str
    activity: Term
    usual: Permission
    """What holds when nothing special is known of an opportunity."""
    special: tuple[Permission, ...]
    """What holds instead where an organisation arranged something, or where it is for some people alone."""


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Yield every page for frames."""
    for url, name in ((OFFERS, "embed-offers"), (AGENDA, "embed-agenda")):
        yield Page(
            url, "embed_offers", words_of(name).title, "", {"filters": FILTERS, "is_agenda": url == AGENDA}, whole=True
        )
    yield _page(PERMIT, "embed_permit", {"activities": may(catalogue)})
    for slug, route in catalogue.routes.items():
        name = catalogue.municipalities[slug].name
        context = partial(_route, catalogue, slug)
        yield _page(f"{ROUTE}{slug}/", "embed_route", context, name=name, title=str(route.record.title))


def _route(catalogue: Catalogue, slug: str) -> Mapping[str, Any]:
    return {"route": catalogue.routes[slug].record, "municipality": catalogue.municipalities[slug]}


def may(catalogue: Catalogue) -> list[MayOne]:
    """Return for each activity what the law answers to somebody without a permit: see ``catalogue.legal``."""
    legal = catalogue.legal
    answers = [
        Permission(rule.answer, rule, legal.facts[rule.fact] if rule.fact else None) for rule in legal.without_permit
    ]
    found = []
    for id, activity in catalogue.vocabulary.activities.items():
        about = [one for one in answers if not one.rule.activities or id in one.rule.activities]
        usual = next(at for at, one in enumerate(about) if not one.rule.only_for and not one.rule.declaration)
        found.append(MayOne(id, activity, about[usual], tuple(about[:usual])))
    return found


def _page(url: str, template: str, context: Any, **values: str) -> Page:
    words = words_of(template.replace("_", "-"), **values)
    return Page(url, template, words.title, words.description, context, whole=True)
