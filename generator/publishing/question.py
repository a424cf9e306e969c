"""What a question is understood with: what people say, and the families of the catalogue's words.

The finder reads it when somebody begins to type. ``theme/questions/`` says it, in a file per language; all languages
are understood together, because nobody says first in which one they ask.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from generator.catalogue import Offer
from generator.publishing.assets import read_yaml
from generator.publishing.families import families
from generator.records.vocabulary import Vocabulary
from generator.texts import fold

FOLDER = "questions"
"""Where the sayings lie, below the theme."""
Sayings = dict[str, Any]
"""Lists of words by what they do, ``phrases``, and ``leads``: the values of facets by the word that leads to them."""


def sayings(theme: Path) -> Sayings:
    """Return what is said in all languages together."""
    found: Sayings = {}
    for file in sorted((theme / FOLDER).glob("*.yml")):
        for name, more in read_yaml(file).items():
            known = found.setdefault(name, type(more)())
            if isinstance(known, dict):
                known.update(more)
            else:
                known.extend(more)
    return found


def question_file(theme: Path, offers: Sequence[Offer], vocabulary: Vocabulary) -> dict[str, Any]:
    """Return what the finder reads of it, with the families of all words that occur."""
    said = sayings(theme)
    for name in ("leads", "alike"):
        said[name] = {_closed(word): values for word, values in said[name].items()}
    spoken = (word for one in said["phrases"] for text in one["say"] for word in _split(text))
    found = families([*_words(offers, vocabulary), *said["leads"], *said["alike"], *spoken], theme.parent)
    return {**said, "families": asdict(found)}


def _words(offers: Sequence[Offer], vocabulary: Vocabulary) -> Iterator[str]:
    """Yield every word by which opportunities are found, folded."""
    records = {offer.organisation.slug: offer.organisation.record for offer in offers}
    terms: list[Mapping[str, Any]] = [vocabulary.activities, vocabulary.sectors, vocabulary.kinds, vocabulary.networks]
    texts = [
        *(text for one in records.values() for text in (one.name, one.description)),
        *(text for one in offers for text in (one.opportunity.title, one.opportunity.description)),
        *(text for some in terms for one in some.values() for text in (one.label, *one.words)),
    ]
    for text in texts:
        yield from _split(str(text or ""))


def _split(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(text))


def _closed(word: str) -> str:
    return re.sub(r"[^\w]", "", fold(word))
