"""Checks of a single text, whatever field it stands in."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from meedoenkaart.texts import texts

Finding = tuple[str, dict[str, object]]
"""The id of a rule and the values for its message."""
Check = Callable[[str], Iterator[Finding]]

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
_NAME = r"(?:[A-ZÀ-Þ][\w'’-]+|[A-Z]\.)(?: (?:van|de|der|den|ten|ter|el|al|v\.d\.))*"
_PERSON = re.compile(
    rf"\b(?:[Mm]evrouw|[Mm]evr\.?|[Mm]w\.|[Dd]hr\.?|[Dd]e heer|[Mm]eneer) {_NAME}"
    rf"|\b(?:[Vv]raag naar|[Bb]el met|[Mm]ail naar|[Cc]ontactpersoon:?|[Cc]oördinator:) {_NAME} [A-ZÀ-Þ][\w'’-]+"
)
_ADDRESSES = (
    "mevr",
    "mw.",
    "dhr",
    "heer",
    "meneer",
    "vraag naar",
    "bel met",
    "mail naar",
    "contactpersoon",
    "coördinator:",
)
"""Without one of these, in small letters, no text names a person as ``_PERSON`` finds it."""
_FOUR_CAPITALS = re.compile(r"[A-ZÀ-Þ](?:[\W\d_]{0,12}[A-ZÀ-Þ]){3}")
_TWO_SPACES = re.compile(r"  (?<=\S  )")
_NINE_DIGITS = re.compile(r"6(?:[\s-]{0,40}\d){8}")
_LOW, _MIDDLE, _HIGH = r"€‚ƒ„…†‡ˆ‰Š‹ŒŽ\x80-\x8f", r"‘’“”•–—˜™š›œžŸ\x90-\x9f", r"\xa0-\xbf"
_NEXT = rf"[{_LOW}{_MIDDLE}{_HIGH}]"
"""What Windows shows for a byte that goes on a letter in UTF-8."""
_CLOSING = r"\xa0’“”…–—»›•™"
"""What stands behind a word that ends in a letter with an accent."""
_AROUND = rf"{_CLOSING}šžŠŽ®©²³¹"
_LETTER_IN_BYTES = (
    rf"[Â-Þ]{_NEXT}|à[{_HIGH}]{_NEXT}|í[{_LOW}{_MIDDLE}]{_NEXT}|[á-ìîï]{_NEXT}{{2}}|ð[{_MIDDLE}{_HIGH}]{_NEXT}{{2}}"
)
_IN_BYTES = re.compile(_LETTER_IN_BYTES)
"""A letter in UTF-8, with each byte shown as a sign of its own."""
_WRONG_LETTERS = re.compile(
    rf"(?:{_LETTER_IN_BYTES}){{2}}|ð[Ÿ\x9f]{_NEXT}{{2}}|[áâï](?![{_AROUND}]{{2}}){_NEXT}{{2}}"
    rf"|(?<=[a-zà-öø-ÿ0-9])(?:Â[{_HIGH}]|Ã{_NEXT})|(?<=[a-zà-öø-ÿ])[Ä-ÖØ-Þ]{_NEXT}"
    rf"|Â(?![{_CLOSING}])[{_HIGH}]|[ÃÄÅ](?![{_CLOSING}]){_NEXT}|Ã[’“”…–—»›•™](?=[A-Za-zÀ-ž])"
    r"|Â\xa0|(?<![A-ZÀ-Þ])Ã\xa0|(?<![A-ZÀ-Þ«])Â»"
)
"""Where a letter certainly is shown so: no right word has two of them side by side, or one behind a small letter."""
_BYTES = {chr(byte): byte for byte in range(256)} | {
    sign: byte for byte in range(128, 160) for sign in bytes([byte]).decode("cp1252", "ignore")
}
_SHOWN = 100
"""Characters of a text that a problem shows as a whole."""
_OFTEN = 3
"""Times that letters are taken apart at most; each program that text went through may have done it."""

PATTERNS = {
    "invisible-characters": _INVISIBLE,
    "html": _HTML,
    "double-space": _DOUBLE_SPACE,
    "capitals": _CAPITALS,
    "private-phone": _MOBILE,
    "private-name": _PERSON,
    "web-address": _WEB_ADDRESS,
    "email": _EMAIL,
    "personal-box": _PERSONAL_BOX,
    "wrong-letters": _WRONG_LETTERS,
    "in-bytes": _IN_BYTES,
}
"""What the checks below look for: by rule, and their parts. The form on the site looks for the same."""


def reasonable_checks(text: str) -> tuple[Check, ...]:
    """Return the checks that the text of a whole file gives reason for: of most files none.

    It may name a check too many and never one too few, whichever way YAML folds or escapes the texts within the file.
    """
    if "\\" in text:
        return tuple(_CHECKS)
    return tuple(check for check, reason in _CHECKS.items() if reason(text))


def findings(text: str, checks: Iterable[Check]) -> Iterator[Finding]:
    """Yield what is wrong with a text; of one with wrong letters, what is wrong with what it should be too."""
    right = mended(text)
    if right != text:
        checks = _CHECKS
        if not _INVISIBLE.search(right):
            yield "wrong-letters", {"right": difference(text, right)}
    for check in checks:
        yield from check(right)


def mended(text: str) -> str:
    """Return a text with the letters that were meant: UTF-8 that was taken for Windows' signs is read again."""
    if text.isascii():
        return text
    for _ in range(_OFTEN):
        if not _WRONG_LETTERS.search(text):
            break
        text = _IN_BYTES.sub(lambda found: bytes(_BYTES[sign] for sign in found[0]).decode(), text)
    return text


def difference(text: str, right: str) -> str:
    """Return a right text, or of a long one what begins at the first word that was wrong."""
    wrong = _IN_BYTES.search(text)
    start = right.rfind(" ", 0, wrong.start()) + 1 if wrong and len(right) > _SHOWN else 0
    return right[start:].strip()


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
    if _CAPITALS.search(text) or (text.isupper() and sum(map(str.isupper, text)) >= 12):
        yield "capitals", {"text": text}


def _private_phone(text: str) -> Iterator[Finding]:
    if found := _MOBILE.search(_WEB_ADDRESS.sub("", text)):
        yield "private-phone", {"number": found[0]}


def _private_email(text: str) -> Iterator[Finding]:
    if "@" not in text:
        return
    for name, host in _EMAIL.findall(_WEB_ADDRESS.sub("", text)):
        address = f"{name}@{host}"
        parts = re.split(r"[._-]", name.casefold())
        if _PERSONAL_BOX.fullmatch(name.casefold()) and not set(parts).intersection(texts("words")["functions"]):
            yield "private-email", {"address": address}
        elif host.casefold() in texts("words")["free-mail"]:
            yield "free-mailbox", {"address": address}


def _private_name(text: str) -> Iterator[Finding]:
    if found := _PERSON.search(text):
        yield "private-name", {"name": found[0]}


def _names_people(text: str) -> bool:
    small = " ".join(text.casefold().split())
    return any(address in small for address in _ADDRESSES)


_CHECKS: Mapping[Check, Callable[[str], object]] = {
    _invisible_characters: lambda text: not text.isascii() and _INVISIBLE.search(text),
    _html: lambda text: "<" in text or "&" in text,
    _double_space: _TWO_SPACES.search,
    _capitals: _FOUR_CAPITALS.search,
    _private_phone: _NINE_DIGITS.search,
    _private_email: lambda text: "@" in text,
    _private_name: _names_people,
}
"""Every check, with what in a file's text gives reason for it."""
