"""What the site says in another language: the message catalogue of that language, made safe.

Translators are as untrusted as contributors. A translation may hold the tags and the placeholders of its source and no
others; all else in it is text. One that does not is left out, and ``meedoenkaart texts check`` says why.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from babel import Locale

from meedoenkaart.yaml_loaders import load_texts

PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")
"""What is filled in: ``%(name)s`` in templates, ``{name}`` in texts of YAML."""
TAG = re.compile(r"<[^<>]*>")
EMPTY_TAGS = ("br", "wbr")
"""The names of tags that nothing closes."""
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e]")
"""Signs that are no letters, and those that turn around what is read."""
COUNTED = ("one", "other")
"""The names by which YAML gives a text for one and for more; those of CLDR's plural categories."""
CATEGORIES = ("zero", "one", "two", "few", "many", "other")
"""CLDR's plural categories, in the order in which a catalogue has its forms."""
NO_TEXT = "icon"
"""The name in YAML under which no words for readers stand."""
WORDS = Path(__file__).parents[1] / "texts/nl/translating.yml"
TreePath = tuple[str | int, ...]
"""The keys and numbers that lead to a text in YAML."""


class Messages:
    """The translations of one language: of texts, and of counted texts by plural category."""

    def __init__(
        self,
        texts: Mapping[str, str] | None = None,
        counted: Mapping[tuple[str, str], Mapping[str, str]] | None = None,
        state: str = "",
    ) -> None:
        """Take translations by their Dutch source; those of counted texts by both of its forms."""
        self._texts = texts or {}
        self._counted = counted or {}
        self.state = state
        """Stands for all of them: another text where anything in them is another; empty for Dutch."""
        self._trees: dict[int, tuple[Any, Any]] = {}

    @cached_property
    def letters(self) -> frozenset[str]:
        """The signs that one in fifty translations has at least: what the language is written in."""
        found = Counter(letter for text in self._texts.values() for letter in set(text))
        return frozenset(letter for letter, times in found.items() if times * 50 >= len(self._texts))

    def text(self, source: str) -> str:
        """Return the translation of a text; the Dutch one where there is none."""
        return self._texts.get(source, source)

    def forms(self, one: str, other: str) -> Mapping[str, str]:
        """Return a counted text by plural category."""
        return self._counted.get((one, other)) or {"one": one, "other": other}

    def tree(self, source: Any) -> Any:
        """Return nested lists and mappings of YAML with every text in them translated."""
        if not (self._texts or self._counted):
            return source
        known = self._trees.get(id(source))
        if known is None:
            known = self._trees[id(source)] = (source, self._translated(source))
        return known[1]

    def _translated(self, source: Any) -> Any:
        if isinstance(source, str):
            return self.text(source)
        if isinstance(source, list):
            return [self._translated(one) for one in source]
        if isinstance(source, dict):
            told = {name: one if name == NO_TEXT else self._translated(one) for name, one in source.items()}
            return {**told, **self.forms(source["one"], source["other"])} if is_counted(source) else told
        return source


def is_counted(tree: Mapping[str, Any]) -> bool:
    """Say whether a mapping in YAML is a text for one and for more."""
    return "one" in tree and isinstance(tree.get("other"), str)


def complaint(source: Sequence[str], translation: str) -> str:
    """Return what is wrong with a translation, as the id of a rule: ``placeholder``, ``tag``, ``control``, or nothing.

    ``source`` is the Dutch text, and of a counted one both: a form may leave out what only the form for one leaves out.
    """
    for sign, wrong in ((PLACEHOLDER, "placeholder"), (TAG, "tag")):
        found = Counter(sign.findall(translation))
        if found not in [Counter(sign.findall(one)) for one in source]:
            return wrong
    if re.search(r"[<>]", TAG.sub("", translation)) or not _are_nested(TAG.findall(translation)):
        return "tag"
    is_blank = not any(map(str.isalnum, translation)) and any(map(str.isalnum, source[0]))
    if is_blank or CONTROL.search(translation):
        return "control"
    stray = re.compile(r"[{}]|%\(")  # Python would look into what is filled in
    return "placeholder" if stray.search(PLACEHOLDER.sub("", translation)) else ""


def _are_nested(tags: Iterable[str]) -> bool:
    """Say whether every tag is closed, and none within another that was opened later."""
    opened: list[str] = []
    for tag in tags:
        name = tag.strip("<>/").split(" ")[0]
        if tag.startswith("</"):
            if not opened or opened.pop() != name:
                return False
        elif name not in EMPTY_TAGS:
            opened.append(name)
    return not opened


def unreadable(why: str, **values: object) -> ValueError:
    """Return what to raise for a file of translators, with one of the texts of ``texts/nl/translating.yml``."""
    return ValueError(_reasons()[why].format(**values))


@cache
def _reasons() -> Mapping[str, str]:
    """Return what is told of files of translators: in Dutch, and not by ``texts``, which needs languages."""
    words: Mapping[str, Mapping[str, str]] = load_texts(WORDS.read_bytes())
    return words["unreadable"]


def read(path: Path, locale: Locale) -> Messages:
    """Return the translations of a ``.po`` file; raises ``OSError``, and ``ValueError`` when it is none."""
    status = path.stat()
    return _read(path, locale, (status.st_mtime_ns, status.st_size))


@lru_cache(100)
def _read(path: Path, locale: Locale, _stamp: tuple[int, int]) -> Messages:
    """Read a file once as long as its time and size are the same: that takes a tenth of a second."""
    from meedoenkaart.languages.po import read_catalogue

    texts: dict[str, str] = {}
    counted: dict[tuple[str, str], Mapping[str, str]] = {}
    for message in read_catalogue(path, locale):
        if not message.id or message.fuzzy or message.context:
            continue
        if isinstance(message.id, str):
            if isinstance(message.string, str) and message.string and not complaint([message.id], message.string):
                texts[message.id] = message.string
        else:
            one, other, *_ = message.id
            forms = tuple(message.string or ())
            if all(forms) and not any(complaint((one, other), form) for form in forms):
                counted[one, other] = dict(zip(categories_of(locale), forms, strict=True))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Messages(texts, counted, f"{path.parent.name}-{digest[:16]}")


def categories_of(locale: Any) -> list[str]:
    """Return the plural categories of a locale, in the order of a catalogue's forms."""
    used = {*locale.plural_form.tags, "other"}
    return [one for one in CATEGORIES if one in used]


def texts_in(tree: Any, path: TreePath = ()) -> Iterable[tuple[TreePath, str | tuple[str, str]]]:
    """Yield every text of nested lists and mappings with its path; a counted one as a pair."""
    if isinstance(tree, str):
        if any(map(str.isalpha, tree)):
            yield path, tree
    elif isinstance(tree, list):
        for at, one in enumerate(tree):
            yield from texts_in(one, (*path, at))
    elif isinstance(tree, dict):
        if is_counted(tree):
            yield path, (tree["one"], tree["other"])
            tree = {name: one for name, one in tree.items() if name not in COUNTED}
        for name, one in tree.items():
            yield from texts_in(one, (*path, name))
