"""Dates, lists and measures as the spoken language writes them, by CLDR."""

import datetime
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal

from babel import Locale
from babel.dates import format_date, get_day_names, get_month_names
from babel.lists import format_list
from babel.numbers import format_decimal
from babel.units import format_unit

from meedoenkaart.languages import spoken

MANY = 20_000
"""Results that are remembered: the same days and distances stand on most pages."""


@lru_cache(MANY)
def _date(day: datetime.date, pattern: str, locale: Locale) -> str:
    return format_date(day, pattern, locale)


def day(date: datetime.date) -> str:
    """Write a date out: ``22 november 2026``."""
    return _date(date, "d MMMM y", spoken().locale)


def short_day(date: datetime.date) -> str:
    """Return ``za 12 december``."""
    return _date(date, "EEE d MMMM", spoken().locale)


def long_day(date: datetime.date) -> str:
    """Return ``zaterdag 12 december``."""
    return _date(date, "EEEE d MMMM", spoken().locale)


def full_day(date: datetime.date) -> str:
    """Return ``zaterdag 12 december 2026``."""
    return _date(date, "EEEE d MMMM y", spoken().locale)


def day_of_year(month: int, number: int) -> str:
    """Return ``12 december``."""
    return _date(datetime.date(2024, month, number), "d MMMM", spoken().locale)


def partial_day(text: str) -> str:
    """Write out a year, month or day: ``2019``, ``september 2019``, ``21 september 2019``."""
    year, *rest = text.split("-")
    if len(rest) == 2:
        return day(datetime.date.fromisoformat(text))
    return _date(datetime.date(int(year), int(rest[0]), 1), "MMMM y", spoken().locale) if rest else year


def weekday(number: int) -> str:
    """Return the name of a day of the week; 0 is Monday."""
    return str(get_day_names("wide", locale=spoken().locale)[number])


def month(number: int) -> str:
    """Return the name of a month that stands alone; 1 is January."""
    return str(get_month_names("wide", "stand-alone", spoken().locale)[number])


@lru_cache(MANY)
def _listed(names: tuple[str, ...], style: Literal["standard", "or"], locale: Locale) -> str:
    return format_list(names, style, locale=locale)


def listed(names: Sequence[str]) -> str:
    """Return "maandag, dinsdag en vrijdag"."""
    return _listed(tuple(names), "standard", spoken().locale)


def either(names: Sequence[str]) -> str:
    """Return "maandag, dinsdag of vrijdag"."""
    return _listed(tuple(names), "or", spoken().locale)


def counted(forms: Mapping[str, str], number: int) -> str:
    """Return a counted text with its number: of ``{one: "1 week", other: "{n} weken"}`` ``3 weken``."""
    return (forms.get(spoken().locale.plural_form(number)) or forms["other"]).format(n=number)


def decimal(number: float) -> str:
    """Write a number: ``2,5``."""
    return str(format_decimal(number, locale=spoken().locale))


@lru_cache(MANY)
def _unit(value: float, unit: str, pattern: str, locale: Locale) -> str:
    return format_unit(value, unit, "short", pattern, locale=locale)


def km(kilometres: float) -> str:
    """Write a distance: ``800 m``, ``2,3 km``, ``14 km``."""
    locale = spoken().locale
    if kilometres < 0.95:
        return _unit(max(100, round(kilometres * 10) * 100), "length-meter", "0", locale)
    if kilometres < 9.95:
        return _unit(round(kilometres, 1), "length-kilometer", "0.0", locale)
    return _unit(round(kilometres), "length-kilometer", "0", locale)
