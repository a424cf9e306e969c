"""The form, for something new and for a change."""

from collections.abc import Iterator

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.publishing.form import FORMS, parts, specimen
from meedoenkaart.publishing.page import Page, crumbs_to, words_of


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Yield the pages with the form: for a new organisation, and for each kind of file that is there."""
    if not catalogue.regional_municipalities:
        return
    card = {"specimen": specimen(catalogue)}
    words = words_of("add")
    context = {"mode": "add", "kind": "organisations", "lead": words.intro, **card}
    context["parts"] = parts(catalogue, "organisations")
    yield Page("toevoegen/", "form", words.title, words.description, context, crumbs_to((words.title, None)), search="")
    for kind, url in FORMS.items():
        words = words_of(f"change-{kind}")
        context = {"mode": "change", "kind": kind, "lead": words.intro, "parts": parts(catalogue, kind), **card}
        yield Page(url, "form", words.title, words.description, context, crumbs_to((words.title, None)))
