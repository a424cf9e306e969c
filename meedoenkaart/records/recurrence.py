"""Rules of time in Dutch words: which days something is ("eerste maandag van de maand") and which days it is not.

A volunteer writes words; a record holds what they mean, in the terms of RFC 5545 (iCalendar). The patterns mean the
same in Python and in JavaScript, so that the form on the site refuses what ``check`` refuses.
"""

import calendar
import datetime
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from meedoenkaart.records.scalars import Shape

WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
SEASONS = {"lente": (3, 4, 5), "zomer": (6, 7, 8), "herfst": (9, 10, 11), "winter": (12, 1, 2)}
"""The months of a season, as weather services count them."""
SCHOOL_REGIONS = ("noord", "midden", "zuid")
"""The regions over which the holidays of Dutch schools are spread."""
SCHOOL_HOLIDAYS = ("herfstvakantie", "kerstvakantie", "voorjaarsvakantie", "meivakantie", "zomervakantie")
OFTEN = ("maandelijks", "jaarlijks", "om de week", "eenmalig", "in overleg", "onbekend")
"""How often, where that says no dates."""
MOST_IN_A_MONTH = 5
"""A weekday falls at most so many times in a month."""
LONGEST = 120
"""Characters of a rule."""
_LEAP = 2024
"""A leap year: 29 February is a day of some years."""

ORDINALS = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "vijfde": 5, "laatste": -1}
"""Which one in the month."""
_NUMBERS = {"twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "acht": 8}
_VAGUE = {
    "maandelijks": "maandelijks",
    "elke maand": "maandelijks",
    "iedere maand": "maandelijks",
    "jaarlijks": "jaarlijks",
    "elk jaar": "jaarlijks",
    "ieder jaar": "jaarlijks",
    "in overleg": "in overleg",
    "op afspraak": "in overleg",
    "niet bekend hoe vaak": "onbekend",
}
_DAY = "(?:maan|dins|woens|donder|vrij|zater|zon)dag(?:en|s)?"
_AND = r"(?: en |, ?| & )"
_UNTIL = r" (?:tot en met|t/m) "
_DAYS = (
    f"(?:{_DAY}{_UNTIL}{_DAY}|{_DAY}(?:{_AND}(?:op )?{_DAY})*|werkdag(?:en)?|doordeweeks|(?:het )?weekend(?:en)?|dag)"
)
_EACH = "(?:elke |iedere |elk |ieder |op |in )?"
_ORDINAL = f"(?:{'|'.join(ORDINALS)}|[0-9]{{1,2}}e)"
_NTH = f"{_ORDINAL}(?:{_AND}{_ORDINAL})* {_DAY}"
_MONTH = "(?:" + "|".join(MONTHS) + ")"
_DATE = rf"(?:[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|[0-9]{{1,2}} {_MONTH} [0-9]{{4}})"
_NUMBER = f"(?:{'|'.join(_NUMBERS)}|[0-9]{{1,2}})"
_EVERY = f"(?:om de week|tweewekelijks|(?:om de|elke|iedere) {_NUMBER} weken)"
_WEEKLY = f"(?:elke week|iedere week|wekelijks|dagelijks)(?: (?:op )?{_DAYS})?|{_EACH}{_DAYS}"
_MONTHLY = (
    f"(?:elke |iedere |op de |op elke |de )?{_NTH}(?:{_AND}(?:de |elke )?{_NTH})*(?: van (?:de|elke|iedere) maand)?"
)
_INTERVAL = f"(?:{_EVERY}(?: (?:op )?{_DAYS})?|{_DAYS} {_EVERY})(?: vanaf {_DATE})?"
_ONCE = f"(?:eenmalig|een keer|op)(?: op)? {_DATE}(?:{_AND}{_DATE})*|eenmalig"
_UNCLEAR = f"(?:{'|'.join(_VAGUE)})(?: op {_DAYS})?|(?:op )?{_DAYS},? niet bekend hoe vaak"
RULE = f"(?:{_WEEKLY}|{_MONTHLY}|{_INTERVAL}|{_ONCE}|{_UNCLEAR})"
"""Describes every rule as a whole, in small letters and without accents."""

_YEARLY = f"[0-9]{{1,2}} {_MONTH}"
_SPAN = f"(?:{_DATE}(?:{_UNTIL}{_DATE})?|{_YEARLY}(?:{_UNTIL}{_YEARLY})?|{_MONTH}(?:{_UNTIL}{_MONTH})?)"
_SEASON = f"(?:{'|'.join(SEASONS)})"
_SCHOOL = f"(?:(?:de )?schoolvakanties?|{'|'.join(SCHOOL_HOLIDAYS)})(?:,? (?:in )?(?:regio )?[a-z-]+)?"
STRETCH = f"(?:(?:in |op |van )?(?:de )?(?:{_SPAN}(?:{_AND}{_SPAN})*|{_SEASON}|{_SCHOOL}|feestdagen))"
"""Describes every stretch without meetings as a whole, in small letters and without accents."""
PARTS = {
    "ordinal": _ORDINAL,
    "day": _DAY,
    "until": _UNTIL,
    "date": _DATE,
    "number": _NUMBER,
    "every": _EVERY,
    "monthly": _MONTHLY,
    "once": _ONCE,
    "unclear": _UNCLEAR,
    "span": _SPAN,
    "season": _SEASON,
}
"""What rules and stretches are made of, for readers elsewhere: the form on the site."""
NUMBERS, VAGUE = _NUMBERS, _VAGUE
"""Numbers in words, and words for how often by what they mean."""
_SAME = (("[\u00e8\u00e9\u00ea\u00eb\u00c8\u00c9\u00ca\u00cb]", "e"), (r"\s+", " "))
"""What does not count: accents and double spaces."""


@dataclass(frozen=True, slots=True)
class Recurrence:
    """On which days something is, as far as they are known."""

    kind: Literal["weekly", "monthly", "once", "unknown"]
    days: tuple[int, ...] = ()
    """Weekdays, Monday is 0; of ``unknown`` those on which it may be."""
    nth: tuple[tuple[int, int], ...] = ()
    """Of ``monthly``: which one in the month (1 to 5, -1 the last) and of which weekday."""
    interval: int = 1
    """Of ``weekly``: every so many weeks."""
    start: datetime.date | None = None
    """Of an interval: a day in a week in which it is; without ``days`` it is on that weekday."""
    dates: tuple[datetime.date, ...] = ()
    """Of ``once``: the days."""
    often: str = ""
    """Of ``unknown``: one of ``OFTEN``."""


@dataclass(frozen=True, slots=True)
class Span:
    """Days from the first to the last one, each as ``(year, month, day)``; in every year where the year is 0."""

    first: tuple[int, int, int]
    last: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on which nothing is."""

    spans: tuple[Span, ...] = ()
    school: str = ""
    """One of ``SCHOOL_HOLIDAYS``, ``alle`` for all of them, or nothing."""
    region: str = ""
    """Of school holidays: one of ``SCHOOL_REGIONS``."""
    public: bool = False
    """Whether it means the public holidays."""


def _wrong(rule: str, **values: object) -> PydanticCustomError:
    return PydanticCustomError(rule, rule, values)


def _folded(value: Any) -> str:
    """Return a rule in small letters without accents; raise ``not-a-text`` or ``empty-value``."""
    if not isinstance(value, str):
        raise _wrong("not-a-text")
    text = " ".join(unicodedata.normalize("NFC", value).lower().split()).rstrip(".")
    if not text:
        raise _wrong("empty-value")
    if len(text) > LONGEST:
        raise _wrong("text-too-long", length=len(text), longest=LONGEST)
    for pattern, instead in _SAME:
        text = re.sub(pattern, instead, text)
    return text


def read_rule(value: Any) -> Recurrence:
    """Read on which days something is; raise ``not-a-rule``, ``no-such-ordinal`` or ``no-such-day``."""
    text = _folded(value)
    if not re.fullmatch(RULE, text):
        raise _wrong("not-a-rule", value=text[:60])
    dates = tuple(_dates(text))
    before, _, _ = text.partition(" vanaf ")
    if re.fullmatch(_ONCE, text):
        return Recurrence("once", dates=tuple(sorted(set(dates)))) if dates else _unknown("eenmalig")
    if re.fullmatch(_MONTHLY, text):
        return Recurrence("monthly", nth=tuple(_nth(text)))
    days = _weekdays(before)
    if re.fullmatch(_UNCLEAR, text):
        return _unknown(next(often for words, often in _VAGUE.items() if words in text), days)
    every = re.search(_EVERY, before)
    weeks = _weeks(every[0]) if every else 1
    if weeks == 1:
        return Recurrence("weekly", days or (tuple(range(7)) if "dagelijks" in text else ()))
    if not dates:
        return _unknown("om de week", days)
    return Recurrence("weekly", days, interval=weeks, start=dates[0])


def _unknown(often: str, days: tuple[int, ...] = ()) -> Recurrence:
    return Recurrence("unknown", days, often=often)


def _weekdays(text: str) -> tuple[int, ...]:
    found = [WEEKDAYS.index(one[1]) for one in re.finditer(r"\b([a-z]+dag)(?:en|s)?\b", text) if one[1] in WEEKDAYS]
    if re.search(r"\bwerkdag|\bdoordeweeks", text):
        found = [*range(5)]
    elif re.search(r"\bweekend", text):
        found = [5, 6]
    elif re.search(r"\bdag\b", text):
        found = [*range(7)]
    elif re.search(_UNTIL, text):
        first, last = found
        found = [(first + step) % 7 for step in range((last - first) % 7 + 1)]
    return tuple(sorted(set(found)))


def _nth(text: str) -> Iterator[tuple[int, int]]:
    """Yield which of which weekday; ``eerste en derde maandag`` is two of one weekday."""
    waiting: list[int] = []
    for word in re.findall(rf"{_ORDINAL}|{_DAY}", text):
        day = re.match("[a-z]+dag", word)
        if day:
            yield from ((which, WEEKDAYS.index(day[0])) for which in waiting)
            waiting = []
            continue
        which = ORDINALS.get(word) or int(word[:-1])
        if which == 0 or which > MOST_IN_A_MONTH:
            raise _wrong("no-such-ordinal", value=word)
        waiting.append(which)


def _weeks(words: str) -> int:
    number = re.search(_NUMBER + " weken", words)
    if not number:
        return 2
    word = number[0].removesuffix(" weken")
    weeks = _NUMBERS.get(word) or int(word)
    if not 1 <= weeks <= 52:
        raise _wrong("not-a-rule", value=words)
    return weeks


def _dates(text: str) -> Iterator[datetime.date]:
    for word in re.findall(_DATE, text):
        yield datetime.date(*_parts(word))


def _parts(word: str, last_of_month: bool = False) -> tuple[int, int, int]:
    """Return year (0: every), month and day of a date as people write it, or of a month; raise ``no-such-day``."""
    if re.fullmatch(r"[0-9-]+", word):
        year, month, day = (int(part) for part in word.split("-"))
    else:
        name = next(one for one in MONTHS if one in word)
        before, _, after = word.partition(name)
        month, year = MONTHS.index(name) + 1, int(after or 0)
        day = int(before) if before else length_of(month) if last_of_month else 1
    try:
        datetime.date(year or _LEAP, month, day)
    except ValueError:
        raise _wrong("no-such-day", value=word) from None
    return year, month, day


def length_of(month: int) -> int:
    """Return how many days a month has; February has 29, as in some years."""
    return calendar.monthrange(_LEAP, month)[1]


def read_stretch(value: Any) -> Stretch:
    """Read on which days something is not.

    Raises ``not-a-stretch``, ``no-such-day``, ``end-before-start`` or ``unknown-school-region``.
    """
    text = _folded(value)
    if not re.fullmatch(STRETCH, text):
        raise _wrong("not-a-stretch", value=text[:60])
    if "feestdagen" in text:
        return Stretch(public=True)
    if "vakantie" in text:
        region = text.rpartition(" ")[2] if " " in text else ""
        if region not in SCHOOL_REGIONS:
            raise _wrong("unknown-school-region", value=text[:60])
        return Stretch(school=next((one for one in SCHOOL_HOLIDAYS if one in text), "alle"), region=region)
    if season := re.search(rf"\b{_SEASON}\b", text):
        months = SEASONS[season[0]]
        return Stretch((Span((0, months[0], 1), (0, months[-1], length_of(months[-1]))),))
    return Stretch(tuple(_spans(text)))


def _spans(text: str) -> Iterator[Span]:
    for words in re.findall(_SPAN, text):
        first, *rest = re.split(_UNTIL, words)
        span = Span(_parts(first), _parts(rest[0] if rest else first, last_of_month=True))
        if span.first[0] and span.last < span.first:
            raise _wrong("end-before-start", start=first, end=rest[0])
        yield span


Rule = Annotated[
    Recurrence,
    PlainValidator(read_rule),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": LONGEST}),
    Shape("pattern", "not-a-rule", RULE, longest=LONGEST, replaced=_SAME, lower=True),
]
"""On which days something is, in words: ``elke tweede zaterdag``, ``om de week vanaf 2026-09-07``."""
Days = Annotated[
    Stretch,
    PlainValidator(read_stretch),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": LONGEST}),
    Shape("pattern", "not-a-stretch", STRETCH, longest=LONGEST, replaced=_SAME, lower=True),
]
"""On which days something is not, in words: ``juli en augustus``, ``schoolvakanties noord``."""
