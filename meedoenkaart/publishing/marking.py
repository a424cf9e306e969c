"""What is marked within a text: terms that are explained, and names that no browser translates."""

import re
from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup, escape

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.records.reference import Glossary


class Glosses:
    """Finds the glossary's terms in plain text: words in the plural and at the start of a sentence too."""

    def __init__(self, glossary: Glossary) -> None:
        # "Pols" and "map" are words: an abbreviation is looked for as it is written.
        short = {one.term: id for id, one in glossary.terms.items() if one.meaning}
        whole = {word: id for id, one in glossary.terms.items() for word in (one.term, *one.also) if word not in short}
        whole |= {word[0].upper() + word[1:]: id for word, id in whole.items()}
        self._ids = whole | short
        forms = rf"({_any_of(whole)})(?:en|s)?|({_any_of(short)})(?:['’]s)?"
        self._pattern = re.compile(rf"(?<![\w-])(?:{forms})(?![\w-])")

    def mark(self, text: str, root: str) -> Markup:
        """Return the text escaped, with the first mention of each term linked to its explanation."""
        parts, end, seen = [], 0, set()
        for found in self._pattern.finditer(text):
            id = self._ids[found[1] or found[2]]
            if id in seen:
                continue
            seen.add(id)
            link = f'<a class="begrip" href="{root}begrippen/#{id}" data-begrip="{id}" translate="no">'
            parts += [escape(text[end : found.start()]), link, escape(found[0]), "</a>"]
            end = found.end()
        return Markup("".join([*parts, escape(text[end:])]))  # noqa: S704  # texts are escaped; ids are slugs


def _any_of(spellings: Iterable[str]) -> str:
    return "|".join(re.escape(one) for one in sorted(spellings, key=len, reverse=True)) or "(?!)"  # nothing


class Names:
    """Keeps names from being translated: a place or an organisation under another name is not found again."""

    def __init__(self, catalogue: Catalogue) -> None:
        organisations = [one.record for one in catalogue.organisations.values()]
        municipalities = [one.name for one in catalogue.municipalities.values()]
        receptions = [one.record for one in catalogue.receptions.values()]
        self._last = {*municipalities, *(one.name for one in receptions), *(one.place for one in receptions)}
        self._whole = self._last.union(
            (one.name for one in organisations),
            (one.address.place for one in organisations if one.address),
            (venue.address.place for offer in catalogue.offers for venue in offer.venues),
            (str(one.label) for one in catalogue.vocabulary.networks.values()),
        )

        self._marked = lru_cache(10_000)(self._mark)  # the same places stand on most pages

    def mark(self, text: object) -> Markup:
        """Return a text escaped, with the name in it marked."""
        return self._marked(str(text))

    def _mark(self, text: str) -> Markup:
        before, name = self.parted(text)
        if not name:
            return escape(before)
        return Markup(f'{escape(before)}<span translate="no">{escape(name)}</span>')  # noqa: S704  # both are escaped

    def parted(self, text: str) -> tuple[str, str]:
        """Return a text without its name, and that: all of it (``De Wilg, Drachten``) or its end (``in Drachten``)."""
        if self.is_name(text):
            return "", text
        words = text.split(" ")
        for count in range(1, len(words)):
            name = " ".join(words[count:])
            if name in self._last:
                return text[: len(text) - len(name)], name
        return text, ""

    def is_name(self, text: str) -> bool:
        """Say whether all of a text is a name."""
        return text in self._whole or (", " in text and text.rpartition(", ")[0] in self._whole)
