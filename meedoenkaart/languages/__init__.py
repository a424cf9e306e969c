"""In which languages the site speaks, and which one it speaks now.

A language is named by one code everywhere: in addresses, in ``lang``, in folders and in files of data. Dutch is the
source: what has no translation is said in Dutch, and called that.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

from babel import Locale, UnknownLocaleError

from meedoenkaart.languages.messages import Messages, read, unreadable
from meedoenkaart.languages.reviews import reviews
from meedoenkaart.languages.sentences import sentences
from meedoenkaart.layers import translations_of

SOURCE = "nl"
"""The language in which everything is written first."""
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z]{2})?")
"""What a code looks like."""
CONVENTIONS = {"en": "en_GB", "ti": "ti_ER"}
"""By which country's conventions a language is written where its code names none: dates as Britain writes them."""
SHARED_AS = {"nl": "NL", "ar": "AR", "tr": "TR", "uk": "UA"}
"""The country by which those who share a page know a language, where ``CONVENTIONS`` names none."""
ENDONYMS = {"fa-AF": "دری"}
"""What languages call themselves, where CLDR's name is that of a wider one."""
COMMAS = {"ar": "، "}
"""What stands between the things of a list, where CLDR has "and" there."""


@dataclass(frozen=True)
class Language:
    """A language of the site, with what its pages say in it."""

    code: str
    """The tag of BCP 47: ``nl``, ``ar``, ``fa-AF``."""
    messages: Messages = field(default_factory=Messages, repr=False)
    """The translations of what the site itself says."""
    reviewed: bool = False
    """Whether somebody looked through the translations."""

    @cached_property
    def locale(self) -> Locale:
        """What CLDR knows of it: dates, numbers, plurals, lists."""
        try:
            return Locale.parse(CONVENTIONS.get(self.code, self.code.replace("-", "_")))
        except UnknownLocaleError:  # a country that CLDR does not know: the language alone
            return Locale.parse(self.code.partition("-")[0])

    @property
    def is_source(self) -> bool:
        """Whether it is Dutch."""
        return self.code == SOURCE

    @cached_property
    def direction(self) -> Literal["ltr", "rtl"]:
        """``ltr``, or ``rtl`` where one reads from right to left."""
        return "rtl" if self.locale.text_direction == "rtl" else "ltr"

    @property
    def territorial(self) -> str:
        """Its locale with a country, as pages tell it to those who share them: ``nl_NL``."""
        country = self.locale.territory or SHARED_AS.get(self.code)
        return f"{self.locale.language}_{country}" if country else str(self.locale.language)

    @property
    def comma(self) -> str:
        """What stands between the things of a list that has no "and"."""
        start: str = self.locale.list_patterns["standard"]["start"]
        return COMMAS.get(self.locale.language, start.format("", ""))

    @property
    def way(self) -> str:
        """The way from the site's root to the pages in this language; empty, or ending in a slash."""
        return "" if self.is_source else f"{self.code}/"

    @property
    def name(self) -> str:
        """What the language is called in the language itself, with a capital."""
        own = ENDONYMS.get(self.code) or Locale.parse(self.code.partition("-")[0]).get_display_name() or self.code
        return own[:1].upper() + own[1:]


DUTCH = Language(SOURCE)


def languages_of(root: Path, codes: Sequence[str]) -> tuple[Language, ...]:
    """Return the languages with these codes, Dutch first, with the translations that the project at ``root`` has.

    Its Dutch has the sentences that the region says in its own words.
    Raises ``ValueError`` for a code of no language, and for a catalogue that can't be read.
    """
    found = [replace(DUTCH, messages=sentences(root))]
    known = reviews(root)
    for code in dict.fromkeys(codes):
        if not is_language(code):
            raise unreadable("no-language", code=code)
        if code != SOURCE:
            language = Language(code, Messages(state=code), code in known)
            path = translations_of(root) / f"{code}/messages.po"
            found.append(replace(language, messages=read(path, language.locale)) if path.exists() else language)
    return tuple(found)


@lru_cache(1000)
def is_language(code: str) -> bool:
    """Say whether a code, which becomes a part of addresses and of the names of folders, is one of a language."""
    if not LANGUAGE.fullmatch(code):
        return False
    try:
        return bool(Language(code).locale)
    except UnknownLocaleError:
        return False


_spoken: ContextVar[Language] = ContextVar("spoken", default=DUTCH)


def spoken() -> Language:
    """Return the language that is spoken now: Dutch, but within ``speaking``."""
    return _spoken.get()


@contextmanager
def speaking(language: Language) -> Iterator[Language]:
    """Let texts, dates, numbers and lists be in a language."""
    token = _spoken.set(language)
    try:
        yield language
    finally:
        _spoken.reset(token)
