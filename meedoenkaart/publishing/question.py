"""What a question is understood with: what people say, and the families of the catalogue's words.

The finder reads it when somebody begins to type. ``theme/questions/`` says it, in a file per language. Dutch, English
and the language of the page are understood together, because nobody says first in which one they ask.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from yaml import YAMLError

from meedoenkaart.catalogue import Offer
from meedoenkaart.languages.messages import unreadable
from meedoenkaart.layers import theme_of
from meedoenkaart.publishing.families import families
from meedoenkaart.records.vocabulary import Vocabulary
from meedoenkaart.texts import fold
from meedoenkaart.yaml_loaders import load_texts

FOLDER = "questions"
"""Where the sayings lie, below the theme."""
LISTS = (
    *("near", "skip", "not", "but", "and", "reception", "kilometres", "by", "years", "aged", "no_age", "endings"),
    *("phrases", "questions"),
)
"""What lists of words do, beside whole sentences: see ``Sayings`` in ``theme/components/finder/question.ts``."""
LEADS = ("leads", "alike")
"""Words with the values of facets that they lead to, and words for what there may not be, with what is like it."""
ALWAYS = ("en", "nl")
"""The languages in which anybody may ask, whatever the page speaks."""
Sayings = dict[str, Any]
"""The lists and leads by name."""


def sayings(root: Path, languages: Sequence[str] = ALWAYS) -> Sayings:
    """Return what is said in some languages together; raise ``ValueError`` for a file that says something else."""
    found: Sayings = {name: [] for name in LISTS} | {name: {} for name in LEADS}
    for file in _files(root, languages):
        path = f"{FOLDER}/{file.name}"
        try:
            said = load_texts(file.read_bytes())
        except YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            raise unreadable("no-sayings", file=path, where=f"regel {mark.line + 1 if mark else 1}") from error
        for name, more in said.items() if isinstance(said, dict) else [("regel 1", said)]:
            if name not in found or not _is_said(name, more):
                raise unreadable("no-sayings", file=path, where=name)
            if name in LEADS:
                found[name].update(more)
            else:
                found[name].extend(one for one in more if one not in found[name])
    return found


def _files(root: Path, languages: Sequence[str]) -> Iterator[Path]:
    """Yield the files of sayings in some languages: what a region says comes on top of what all say."""
    for folder in reversed(theme_of(root).folders):
        yield from sorted(file for file in (folder / FOLDER).glob("*.yml") if file.stem in languages)


def _is_said(name: str, more: Any) -> bool:
    """Say whether what stands under a name in a file is what the finder reads there."""
    if name in LEADS:
        return isinstance(more, dict) and all(map(_are_words, more.values()))
    if name != "phrases":
        return _are_words(more)
    return isinstance(more, list) and all(
        isinstance(one, dict)
        and one.keys() == {"say", "set", "value"}
        and _are_words(one["say"])
        and _are_words([one["set"], one["value"]])
        for one in more
    )


def _are_words(words: Any) -> bool:
    return isinstance(words, list) and all(isinstance(one, str) for one in words)


def question_file(root: Path, offers: Sequence[Offer], vocabulary: Vocabulary) -> dict[str, Any]:
    """Return what the finder reads of it, with the families of all words that occur."""
    said = _folded(sayings(root))
    spoken = (word for one in said["phrases"] for text in one["say"] for word in _split(text))
    found = families([*_words(offers, vocabulary), *said["leads"], *said["alike"], *spoken], root)
    return {**said, "families": asdict(found)}


def own_sayings(root: Path, language: str) -> Sayings:
    """Return what is said besides in another language: nothing in one that is always understood."""
    if language in ALWAYS:
        return {}
    return {name: said for name, said in _folded(sayings(root, (language,))).items() if said}


def _folded(said: Sayings) -> Sayings:
    """Return sayings as they are compared: lists folded, leads also without spaces; whole sentences as they are."""
    words = {name: list(dict.fromkeys(map(fold, said[name]))) for name in LISTS if name not in ("phrases", "questions")}
    return {**said, **words, **{name: {_closed(word): values for word, values in said[name].items()} for name in LEADS}}


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
