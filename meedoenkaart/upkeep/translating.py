"""How complete the site is in each language: its own words, and those of the catalogue."""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog

from meedoenkaart.draft import Draft
from meedoenkaart.languages import Language
from meedoenkaart.languages.reviews import reviews, unseen
from meedoenkaart.records.record import texts_of
from meedoenkaart.records.scalars import Text
from meedoenkaart.records.vocabulary import Vocabulary
from meedoenkaart.texts import texts
from meedoenkaart.writing.message_catalogues import State, extract, state

SHARED = ("vocabulary", "glossary", "legal")
"""Collections whose texts pages for residents show everywhere."""
STATUTORY = "routes/statutory.yml"
MOST_NAMED = 10
"""Texts of each kind that are named."""


def told(root: Path, draft: Draft, language: Language, template: Catalog) -> tuple[list[str], bool]:
    """Return in lines how far a language is, and whether nothing is missing or wrong.

    ``template`` has all texts of the site: see ``extract``.
    """
    words = texts("translating")
    found = state(root, language, template)
    data = list(_texts(draft))
    untold = [text.nl for text in data if not text.is_in(language.code)]
    lines = [
        words["language"].format(
            name=language.name, code=language.code, share=int(100 * found.share), texts=found.texts
        ),
        words["data"].format(done=len(data) - len(untold), all=len(data)),
    ]
    parts = {"missing": found.missing, "fuzzy": found.fuzzy, "unused": found.unused, "untold": tuple(untold)}
    for kind, some in parts.items():
        lines += _named(words[kind], some)
    lines += [words["wrong"][why].format(text=source) for source, why in found.wrong]
    lines.append(_reviewed(root, language, found, data))
    return lines, not (found.missing or found.fuzzy or found.wrong)


def translations(root: Path, draft: Draft, language: Language) -> list[tuple[str, str]]:
    """Return every text with its translation, as somebody looks through them."""
    return [*state(root, language, extract(root)).translated, *_pairs(list(_texts(draft)), language)]


def _named(words: str, some: tuple[str, ...]) -> Iterator[str]:
    if some:
        yield words.format(count=len(some))
        yield from (f"    {one}" for one in some[:MOST_NAMED])


def _reviewed(root: Path, language: Language, found: State, data: list[Text]) -> str:
    words = texts("translating")["review"]
    review = reviews(root).get(language.code)
    if review is None:
        return str(words["never"])
    since = unseen(root, language.code, [*found.translated, *_pairs(data, language)])
    return str(words["since" if since else "done"].format(by=review.by, on=review.on, count=since))


def _pairs(data: list[Text], language: Language) -> Iterator[tuple[str, str]]:
    return ((text.nl, dict(text.others)[language.code]) for text in data if text.is_in(language.code))


def _texts(draft: Draft) -> Iterator[Text]:
    """Yield the texts that are translated: all but what networks are called, which are names."""
    vocabularies = [one.record for one in draft.documents if isinstance(one.record, Vocabulary)]
    names = {id(network.label) for one in vocabularies for network in one.networks.values()}
    for document in draft.documents:
        if document.collection in SHARED or document.file == STATUTORY:
            yield from (text for text in texts_of(document.record) if id(text) not in names)
