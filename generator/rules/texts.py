"""Checks of a single text, whatever field it stands in."""

import re
from collections.abc import Callable, Iterator

from generator.texts import texts

Finding = tuple[str, dict[str, object]]
"""The id of a rule and the values for its message."""

_HTML = re.compile(r"<\s*[a-zA-Z/!?]|&(?:#\w{1,7}|[a-zA-Z]{2,10});")
_DOUBLE_SPACE = re.compile(r"\S  +\S")
_CAPITALS = re.compile(r"(?:[A-ZÀ-Þ]{3,}\W{1,3}){3}[A-ZÀ-Þ]{3,}|[A-ZÀ-Þ]{14,}")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff\ue000-\uf8ff]"
)
_WEB_ADDRESS = re.compile(r"https?://\S+")
_EMAIL = re.compile(r"([A-Za-z0-9._%+-]{1,64})@([A-Za-z0-9.-]{1,80}\.[A-Za-z]{2,24})")
_MOBILE = re.compile(r"(?<![\d+])(?:\+31[ -]?(?:\(0\))?|0031[ -]?|0)[ -]?6(?:[ -]{0,3}\d){8}(?!\d)")
_PERSONAL_BOX = re.compile(r"[a-z]{1,20}[._][a-z]{2,30}(?:[._][a-z]{2,30})?")
_FUNCTIONS = frozenset(texts("words")["functions"])
_FREE_MAIL = frozenset(texts("words")["free-mail"])
_NAME = r"(?:[A-ZÀ-Þ][\w'’-]+|[A-Z]\.)(?: (?:van|de|der|den|ten|ter|el|al|v\.d\.))*"
_PERSON = re.compile(
    rf"\b(?:[Mm]evrouw|[Mm]evr\.?|[Mm]w\.|[Dd]hr\.?|[Dd]e heer|[Mm]eneer) {_NAME}"
    rf"|\b(?:[Vv]raag naar|[Bb]el met|[Mm]ail naar|[Cc]ontactpersoon:?|[Cc]oördinator:) {_NAME} [A-ZÀ-Þ][\w'’-]+"
)
_WORTH_A_LOOK = re.compile(rf"  |[<&@]|[A-ZÀ-Þ]{{3}}|6(?:[ -]{{0,3}}\d){{8}}|{_PERSON.pattern}|{_INVISIBLE.pattern}")


def look_at(text: str) -> Iterator[Finding]:
    """Yield what is wrong with a text; one quick search lets nearly every text pass."""
    if _WORTH_A_LOOK.search(text):
        for check in _CHECKS:
            yield from check(text)


def _invisible_characters(text: str) -> Iterator[Finding]:
    if _INVISIBLE.search(text):
        yield "invisible-characters", {}


def _html(text: str) -> Iterator[Finding]:
    if _HTML.search(text):
        yield "html", {"text": text}


def _double_space(text: str) -> Iterator[Finding]:
    if _DOUBLE_SPACE.search(text):
        yield "double-space", {"text": text}


def _capitals(text: str) -> Iterator[Finding]:
    if _CAPITALS.search(text) or (text.isupper() and sum(map(str.isalpha, text)) >= 12):
        yield "capitals", {"text": text}


def _private_phone(text: str) -> Iterator[Finding]:
    if found := _MOBILE.search(_WEB_ADDRESS.sub("", text)):
        yield "private-phone", {"number": found[0]}


def _private_email(text: str) -> Iterator[Finding]:
    for name, host in _EMAIL.findall(_WEB_ADDRESS.sub("", text)):
        address = f"{name}@{host}"
        parts = re.split(r"[._-]", name.casefold())
        if _PERSONAL_BOX.fullmatch(name.casefold()) and not _FUNCTIONS.intersection(parts):
            yield "private-email", {"address": address}
        elif host.casefold() in _FREE_MAIL:
            yield "free-mailbox", {"address": address}


def _private_name(text: str) -> Iterator[Finding]:
    if found := _PERSON.search(text):
        yield "private-name", {"name": found[0]}


_CHECKS: tuple[Callable[[str], Iterator[Finding]], ...] = (
    _invisible_characters,
    _html,
    _double_space,
    _capitals,
    _private_phone,
    _private_email,
    _private_name,
)
