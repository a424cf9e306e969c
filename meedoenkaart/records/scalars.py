"""The scalar values of a record: text in the file, typed here and nowhere else.

YAML scalars arrive as plain text (see ``meedoenkaart.reading``), so ``no``, ``012`` and ``12:30`` mean what the field
says. Each reader below turns such a text into a value or raises a ``PydanticCustomError`` whose type is the id of a
rule in ``meedoenkaart/texts/nl/problems.yml``.
"""

import datetime
import re
import sys
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from urllib.parse import quote

import idna
from pydantic import PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from meedoenkaart.languages import LANGUAGE, SOURCE, is_language, spoken

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_PARTIAL_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", re.ASCII)
_TIME = re.compile(r"([01]\d|2[0-3])[:.]([0-5]\d)", re.ASCII)
_POSTCODE = re.compile(r"([1-9]\d{3}) ?([A-Za-z]{2})", re.ASCII)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z]{2,24}")
_PHONE = re.compile(r"(?:\+31|0)[0-9]{9}|0800[0-9]{4,7}|0900[0-9]{4,7}|088[0-9]{7}|14[0-9]{3,5}")
_SCHEME = re.compile(r"[hH][tT][tT][pP][sS]?:")
_LETTER = r"A-Za-z0-9\u00b7-\ud7ff\uf900-\uffef"
_LATIN = r"A-Za-z\u00c0-\u024f"
_LOOKALIKE = r"\u0370-\u052f"
"""Greek and Cyrillic, which have letters that look like Latin ones."""
_WEB_ADDRESS = re.compile(
    rf"(?![^/]*//[^/?#]*(?:[{_LATIN}][^./?#]*[{_LOOKALIKE}]|[{_LOOKALIKE}][^./?#]*[{_LATIN}]))"
    rf"[A-Za-z]{{4,5}}://(?:[{_LETTER}](?:[{_LETTER}-]{{0,61}}[{_LETTER}])?\.)+(?![0-9])[{_LETTER}-]{{2,63}}"
    r"""(?::(?:80|443)?)?(?:[/?#][^\s"'<>\\^`{|}]*)?"""
)
_SAFE_IN_PATH = "/?#%[]!$&()*+,;=:@~"
_PHONE_SIGNS = ((r"\+31 ?\(0\)", "+31"), (r"[ ().-]", ""))
"""What does not count in a phone number, and what takes its place."""
_Pairs = tuple[tuple[str, str], ...]
_MENDED_WEB: _Pairs = (
    (r"^[hH][tT][tT][pP]([sS]?)[:;]?/+", r"http\g<1>://"),
    (r"^(?![hH][tT][tT][pP][sS]?:)(?=[^:/?#]*(?:[/?#]|$))", "https://"),
)
_MENDED_EMAIL: _Pairs = ((r"^[mM][aA][iI][lL][tT][oO]:", ""), (r"^<|[>.,;]$", ""), (r"\s+", ""))
_MENDED_PHONE: _Pairs = (
    (r"^[tT][eE][lL](?:\.|[eE][fF][oO][oO][nN])?:?\s*", ""),
    (r"^00\s?31", "+31"),
    (r"[\s/]+", " "),
    (r"[\u2010-\u2015]", "-"),
)
_MENDED_POSTCODE: _Pairs = ((r"[\s-]+", ""), (r"(?=[A-Za-z]{2}$)", " "))
_MENDED_TIME: _Pairs = (
    (r"^([0-9:.]{1,8})\s*(?:[uU]|[uU]ur)\.?$", r"\g<1>"),
    (r"^(?=[0-9][:.])", "0"),
    (r"^([0-9]{2}[:.][0-9]{2}):00$", r"\g<1>"),
)
_MENDED_DAY: _Pairs = (
    (r"^([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})$", r"\g<3>-\g<2>-\g<1>"),
    (r"^([0-9]{4})[/.]([0-9]{1,2})[/.]([0-9]{1,2})$", r"\g<1>-\g<2>-\g<3>"),
    (r"-(?=[0-9](?:-|$))", "-0"),
)
"""What people write otherwise though it is certain what they mean, and what takes its place: offered, never taken."""
_LEVEL = re.compile(r"[A-Za-z][A-Za-z0-9]{0,3}")
_CBS_CODE = re.compile(r"GM[0-9]{4}")
_WHOLE = r"-?[0-9]{1,6}"
_DECIMAL = r"-?[0-9]{1,6}(?:\.[0-9]{1,10})?"
LONGEST_WEB_ADDRESS = 500
"""Characters; longer addresses break in mail programs and never occur in practice."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a reader below checks, as data: the form on the site says the same while somebody types.

    The patterns mean the same in Python and in JavaScript; ``tests/browser/test_form_rules.py`` holds the two together.
    """

    kind: Literal["text", "line", "pattern", "web", "day", "number", "yes"]
    rule: str = ""
    """What is broken when the pattern does not describe the whole text."""
    pattern: str = ""
    longest: int = 0
    """Most characters; 0: the pattern knows."""
    prefix: str = ""
    """A pattern of what may stand before it, and of what has to when it is a web address."""
    replaced: tuple[tuple[str, str], ...] = ()
    """Patterns, and what takes their place before ``pattern`` is tried."""
    least: float = 0
    most: float = 0
    mended: tuple[tuple[str, str], ...] = ()
    """Patterns, and what takes their place in a wrong value; what then is right is offered."""
    upper: bool = False
    """Whether a mended value has capitals."""
    lower: bool = False
    """Whether capitals count for nothing."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text in Dutch and, where somebody wrote one, in other languages.

    In a file it is one string (Dutch) or a mapping ``{nl: …, en: …}``.
    """

    nl: str
    others: tuple[tuple[str, str], ...] = ()
    """Pairs of language code (BCP 47) and text, in the order of the file."""

    def __str__(self) -> str:
        """Return the text in the language that is spoken, or in Dutch where it is not there in that."""
        return dict(self.others).get(spoken().code, self.nl) if self.others else self.nl

    def is_in(self, language: str) -> bool:
        """Say whether the text is there in a language."""
        return language == SOURCE or any(code == language for code, _ in self.others)


def _wrong(rule: str, **values: object) -> PydanticCustomError:
    return PydanticCustomError(rule, rule, values)


def _string(value: Any) -> str:
    """Return the text of a scalar; raise ``not-a-text`` for a list or mapping, ``empty-value`` for nothing."""
    if not isinstance(value, str):
        raise _wrong("not-a-text")
    text: str = value.strip()
    if not text:
        raise _wrong("empty-value")
    return text


def _line(longest: int) -> Callable[[Any], str]:
    """Return a reader of one text of at most ``longest`` characters; more is ``text-too-long``."""

    def read(value: Any) -> str:
        line = " ".join(_string(value).split())
        if len(line) > longest:
            raise _wrong("text-too-long", length=len(line), longest=longest)
        return line

    return read


def _text(longest: int) -> Callable[[Any], Text]:
    """Return a reader of a text per language, each at most ``longest`` characters."""
    line = _line(longest)

    def read(value: Any) -> Text:
        if isinstance(value, str):
            return Text(line(value))
        if not isinstance(value, Mapping):
            raise _wrong("not-a-text")
        if "nl" not in value:
            raise _wrong("dutch-missing")
        for language in value:
            if not is_language(str(language)):
                raise _wrong("unknown-language", value=str(language))
        return Text(line(value["nl"]), tuple((code, line(text)) for code, text in value.items() if code != "nl"))

    return read


def _slug(value: Any) -> str:
    slug = _string(value)
    if not SLUG.fullmatch(slug) or len(slug) > 80:
        raise _wrong("not-a-slug", value=slug[:80])
    return sys.intern(slug)  # thousands of records name the same few things


def _level(value: Any) -> str:
    level = _string(value)
    if not _LEVEL.fullmatch(level):
        raise _wrong("not-a-level", value=level[:40])
    return level.upper()


def _page_address(value: Any) -> str:
    """Read a page's own path without slashes at the ends, such as ``leeuwarden/oude-naam``."""
    path = _string(value).strip("/")
    if not all(SLUG.fullmatch(part) for part in path.split("/")) or len(path) > 160:
        raise _wrong("not-a-page-address", value=path[:80])
    return path


def _day(value: Any) -> datetime.date:
    text = _string(value)
    try:
        if _DAY.fullmatch(text):
            return datetime.date.fromisoformat(text)
    except ValueError:
        pass
    raise _wrong("not-a-date", value=text[:40])


def _partial_day(value: Any) -> str:
    text = _string(value)
    try:
        if _PARTIAL_DAY.fullmatch(text):
            datetime.date.fromisoformat((text + "-01-01")[:10])
            return text
    except ValueError:
        pass
    raise _wrong("not-a-partial-date", value=text[:40])


def _time(value: Any) -> str:
    text = _string(value)
    match = _TIME.fullmatch(text)
    if not match:
        raise _wrong("not-a-time", value=text[:40])
    return f"{match[1]}:{match[2]}"


def _yes(value: Any) -> bool:
    text = _string(value)
    if text not in ("ja", "nee"):
        raise _wrong("not-yes-or-no", value=text[:40])
    return text == "ja"


def _mending(read: Callable[[Any], Any], pairs: _Pairs, upper: bool = False) -> Callable[[Any], Any]:
    """Return a reader that names the right value where it is certain what somebody means by a wrong one.

    Of what is longer than any of these values it is not, and looking for it would take a hostile text's time.
    """

    def reading(value: Any) -> Any:
        try:
            return read(value)
        except PydanticCustomError as wrong:
            better = value.strip() if isinstance(value, str) and len(value) <= LONGEST_WEB_ADDRESS else ""
            for pattern, instead in pairs:
                better = re.sub(pattern, instead, better)
            better = better.upper() if upper else better
            if not better or not _takes(read, better):
                raise
            raise _wrong(wrong.type, **(wrong.context or {}), mended=better) from None

    return reading


def _takes(read: Callable[[Any], Any], value: str) -> bool:
    try:
        read(value)
    except PydanticCustomError:
        return False
    return True


def _web_address(value: Any) -> str:
    """Read a web address and return it as links have it: its site's name and its path in ASCII."""
    address = _string(value)
    if not _SCHEME.match(address):
        raise _wrong("forbidden-scheme", value=address[:80])
    if len(address) > LONGEST_WEB_ADDRESS or not _WEB_ADDRESS.fullmatch(address):
        raise _wrong("not-a-web-address", value=address[:80])
    scheme, rest = address.split("://", 1)
    name = re.split(r"[:/?#]", rest, maxsplit=1)[0]
    path = rest.removeprefix(name)
    try:
        return f"{scheme.lower()}://{_ascii_name(name)}{quote(path, _SAFE_IN_PATH)}"
    except UnicodeError:
        raise _wrong("not-a-web-address", value=address[:80]) from None


def _ascii_name(name: str) -> str:
    """Return the name of a site as computers have it (IDNA 2008); raise ``UnicodeError`` when no site can have it."""
    if name.isascii() and "xn--" not in name.lower():
        return name
    if unicodedata.normalize("NFKC", name) != unicodedata.normalize("NFC", name):
        raise UnicodeError("a sign that looks like others")
    return idna.encode(name, uts46=True).decode()


def _email(value: Any) -> str:
    address = _string(value).removeprefix("mailto:")
    if not _EMAIL.fullmatch(address):
        raise _wrong("not-an-email-address", value=address[:80])
    return address


def _phone(value: Any) -> str:
    number = _string(value).removeprefix("tel:").replace("+31 (0)", "+31 ").replace("+31(0)", "+31 ")
    digits = number
    for sign, instead in _PHONE_SIGNS:
        digits = re.sub(sign, instead, digits)
    if not _PHONE.fullmatch(digits):
        raise _wrong("not-a-phone-number", value=number[:40])
    return number


def _postcode(value: Any) -> str:
    text = _string(value)
    if not _POSTCODE.fullmatch(text):
        raise _wrong("not-a-postcode", value=text[:40])
    return written_postcode(text)


def written_postcode(text: str) -> str:
    """Return a postcode as the post writes it, ``9101 AB``; a text that is none as it is."""
    match = _POSTCODE.fullmatch(text)
    return f"{match[1]} {match[2].upper()}" if match else text


def _number(least: float, most: float, whole: bool) -> Callable[[Any], Any]:
    """Return a reader of a number between two bounds (both included)."""
    pattern = re.compile(_WHOLE if whole else _DECIMAL)

    def read(value: Any) -> int | float:
        text = _string(value)
        if not pattern.fullmatch(text):
            raise _wrong("not-a-number", value=text[:40], least=least, most=most)
        number = int(text) if whole else float(text)
        if not least <= number <= most:
            raise _wrong("number-out-of-range", value=text, least=least, most=most)
        return number

    return read


def _cbs_code(value: Any) -> str:
    code = _string(value)
    if not _CBS_CODE.fullmatch(code):
        raise _wrong("not-a-cbs-code", value=code[:40])
    return code


def _schema(**schema: Any) -> WithJsonSchema:
    return WithJsonSchema(schema)


def _text_schema(longest: int) -> WithJsonSchema:
    one = {"type": "string", "minLength": 1, "maxLength": longest}
    per_language = {
        "type": "object",
        "required": ["nl"],
        "propertyNames": {"pattern": f"^{LANGUAGE.pattern}$"},
        "additionalProperties": one,
    }
    return WithJsonSchema({"anyOf": [one, per_language]})


Title = Annotated[Text, PlainValidator(_text(90)), _text_schema(90), Shape("text", longest=90)]
"""A heading: at most 90 characters per language."""
ShortText = Annotated[Text, PlainValidator(_text(200)), _text_schema(200), Shape("text", longest=200)]
"""A sentence: at most 200 characters per language."""
LongText = Annotated[Text, PlainValidator(_text(700)), _text_schema(700), Shape("text", longest=700)]
"""A paragraph: at most 700 characters per language."""
Name = Annotated[
    str, PlainValidator(_line(100)), _schema(type="string", minLength=1, maxLength=100), Shape("line", longest=100)
]
"""A proper name, the same in every language: at most 100 characters."""
OrganisationPath = Annotated[
    str, PlainValidator(_page_address), _schema(type="string", pattern="^[a-z0-9-]+/[a-z0-9-]+$", maxLength=160)
]
"""An organisation by folder and file: ``leeuwarden/humanitas-leeuwarden``."""
Slug = Annotated[
    str,
    PlainValidator(_slug),
    _schema(type="string", pattern=f"^{SLUG.pattern}$", maxLength=80),
    Shape("pattern", "not-a-slug", SLUG.pattern, longest=80),
]
"""Lower-case letters, digits and single hyphens; part of a permanent address."""
PageAddress = Annotated[
    str, PlainValidator(_page_address), _schema(type="string", pattern="^/?[a-z0-9-]+(/[a-z0-9-]+)*/?$", maxLength=160)
]
"""The path of a page of this site, without slashes at its ends."""
Level = Annotated[str, PlainValidator(_level), _schema(type="string"), Shape("pattern", "not-a-level", _LEVEL.pattern)]
"""A level of the Common European Framework of Reference for languages: ``A2``."""
Day = Annotated[
    datetime.date,
    PlainValidator(_mending(_day, _MENDED_DAY)),
    _schema(type="string", format="date"),
    Shape("day", "not-a-date", _DAY.pattern, mended=_MENDED_DAY),
]
"""A calendar day, ISO 8601: ``2026-11-22``."""
PartialDay = Annotated[
    str,
    PlainValidator(_mending(_partial_day, _MENDED_DAY)),
    _schema(type=["string", "integer"], pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$"),
    Shape("day", "not-a-partial-date", _PARTIAL_DAY.pattern, mended=_MENDED_DAY),
]
"""A year, month or day, ISO 8601: ``2019``, ``2019-09`` or ``2019-09-21``."""
Time = Annotated[
    str,
    PlainValidator(_mending(_time, _MENDED_TIME)),
    _schema(type=["string", "number"], pattern=r"^([01]\d|2[0-3])[:.][0-5]\d$"),
    Shape("pattern", "not-a-time", _TIME.pattern, mended=_MENDED_TIME),
]
"""A time of the day as ``HH:MM``."""
Yes = Annotated[bool, PlainValidator(_yes), _schema(enum=["ja", "nee"]), Shape("yes")]
"""``ja`` or ``nee``."""
YesNoUnknown = Literal["ja", "nee", "onbekend"]
"""``ja``, ``nee`` or ``onbekend``: what nobody looked up is ``onbekend``, never a guess."""
WebAddress = Annotated[
    str,
    PlainValidator(_mending(_web_address, _MENDED_WEB)),
    _schema(type="string", pattern="^https?://", maxLength=LONGEST_WEB_ADDRESS),
    Shape(
        "web",
        "not-a-web-address",
        _WEB_ADDRESS.pattern,
        longest=LONGEST_WEB_ADDRESS,
        prefix=_SCHEME.pattern,
        mended=_MENDED_WEB,
    ),
]
"""An ``http`` or ``https`` address without user name, odd port or white space."""
Email = Annotated[
    str,
    PlainValidator(_mending(_email, _MENDED_EMAIL)),
    _schema(type="string", format="email"),
    Shape("pattern", "not-an-email-address", _EMAIL.pattern, prefix="mailto:", mended=_MENDED_EMAIL),
]
"""An e-mail address of an organisation."""
Phone = Annotated[
    str,
    PlainValidator(_mending(_phone, _MENDED_PHONE)),
    _schema(type=["string", "integer"], pattern=r"^[0-9+(). -]{5,20}$"),
    Shape("pattern", "not-a-phone-number", _PHONE.pattern, prefix="tel:", replaced=_PHONE_SIGNS, mended=_MENDED_PHONE),
]
"""A Dutch phone number of an organisation, as it is written."""
Postcode = Annotated[
    str,
    PlainValidator(_mending(_postcode, _MENDED_POSTCODE, upper=True)),
    _schema(type="string", pattern=r"^[1-9]\d{3} ?[A-Za-z]{2}$"),
    Shape("pattern", "not-a-postcode", _POSTCODE.pattern, mended=_MENDED_POSTCODE, upper=True),
]
"""A Dutch postcode: ``9101 AB``."""
Latitude = Annotated[
    float,
    PlainValidator(_number(50.5, 53.8, whole=False)),
    _schema(type="number"),
    Shape("number", "not-a-number", _DECIMAL, least=50.5, most=53.8),
]
"""Degrees north (WGS 84), within the Netherlands."""
Longitude = Annotated[
    float,
    PlainValidator(_number(3.2, 7.4, whole=False)),
    _schema(type="number"),
    Shape("number", "not-a-number", _DECIMAL, least=3.2, most=7.4),
]
"""Degrees east (WGS 84), within the Netherlands."""
Age = Annotated[
    int,
    PlainValidator(_number(0, 120, whole=True)),
    _schema(type="integer", minimum=0, maximum=120),
    Shape("number", "not-a-number", _WHOLE, least=0, most=120),
]
"""Years."""
Hours = Annotated[
    float,
    PlainValidator(_number(0.5, 40, whole=False)),
    _schema(type="number"),
    Shape("number", "not-a-number", _DECIMAL, least=0.5, most=40),
]
"""Hours a week."""
Count = Annotated[
    int,
    PlainValidator(_number(1, 10_000, whole=True)),
    _schema(type="integer", minimum=1),
    Shape("number", "not-a-number", _WHOLE, least=1, most=10_000),
]
"""A number of people or months, 1 or more."""
CbsCode = Annotated[str, PlainValidator(_cbs_code), _schema(type="string", pattern=r"^GM\d{4}$")]
"""The code of Statistics Netherlands for a municipality: ``GM0090``."""
