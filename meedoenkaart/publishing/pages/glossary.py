"""The words of the field, explained."""

from collections.abc import Iterator

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.publishing.page import Page, crumbs_to, words_of


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Yield the glossary."""
    yield _glossary(catalogue)


def _glossary(catalogue: Catalogue) -> Page:
    words = words_of("glossary")
    terms = catalogue.glossary.terms
    jsonld = {
        "@context": "https://schema.org",
        "@type": "DefinedTermSet",
        "name": words.title,
        "hasDefinedTerm": [
            {"@type": "DefinedTerm", "name": one.term, "description": str(one.explanation)} for one in terms.values()
        ],
    }
    letters: dict[str, str] = {}
    for id, one in terms.items():
        letters.setdefault(one.term[0].upper(), id)
    context = {
        "glossary": catalogue.glossary,
        "letters": [(letter, id, None) for letter, id in sorted(letters.items())],
        "jsonld": [jsonld],
    }
    search = " ".join(f"{one.term} {one.meaning or ''}" for one in terms.values())
    crumbs = crumbs_to((words.title, None))
    return Page("begrippen/", "glossary", words.title, words.description, context, crumbs, search)
