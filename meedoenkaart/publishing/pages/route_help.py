"""How a municipality publishes its route."""

from collections.abc import Iterator
from dataclasses import replace

from meedoenkaart.catalogue import Catalogue, RoutePage
from meedoenkaart.publishing.page import Page, crumbs_to, words_of
from meedoenkaart.publishing.route import view
from meedoenkaart.texts import texts
from meedoenkaart.writing.example import example_route


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Yield the explanation for municipalities."""
    yield _route_help(catalogue)


def _route_help(catalogue: Catalogue) -> Page:
    """Return the page that tells a municipality how to publish its route, with a small one and its drawing."""
    words = words_of("route-help")
    text, route = example_route()
    shown = replace(view(catalogue, RoutePage("", "", route)), coverage=())  # what the law asks is not shown here
    context = {"text": text, "route": shown}
    crumbs = crumbs_to((texts("pages")["add"]["title"], "toevoegen/"), (words.title, None))
    return Page("toevoegen/route/", "route_help", words.title, words.description, context, crumbs, search="")
