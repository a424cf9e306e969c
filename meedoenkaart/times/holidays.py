"""Days that many things stop for: school holidays by region, and public holidays."""

import datetime
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from meedoenkaart.tables import rows

REGION_OF_PROVINCE = {
    **dict.fromkeys(("Drenthe", "Friesland", "Groningen", "Noord-Holland", "Overijssel"), "noord"),
    "Zuid-Holland": "midden",
    **dict.fromkeys(("Limburg", "Zeeland"), "zuid"),
}
"""The region of schools in provinces that lie in one region as a whole."""


class SchoolHoliday(NamedTuple):
    """A holiday of schools in some regions."""

    name: str
    """One of ``SCHOOL_HOLIDAYS``."""
    first: datetime.date
    last: datetime.date
    regions: tuple[str, ...]
    """Some of ``SCHOOL_REGIONS``."""


@cache
def school_holidays() -> tuple[SchoolHoliday, ...]:
    """Return the holidays in ``school_holidays.tsv``, which names their source, by first day."""
    day = datetime.date.fromisoformat
    return tuple(
        SchoolHoliday(name, day(first), day(last), tuple(regions.split()))
        for name, first, last, regions in rows(__package__, "school_holidays.tsv")
    )


def public_holidays(first: datetime.date, last: datetime.date) -> dict[datetime.date, str]:
    """Return the Dutch names of the public holidays between two days, both included.

    Whether something goes on then, nobody knows but who offers it.
    """
    return {day: name for day, name in _public(first.year, last.year) if first <= day <= last}


@cache
def _public(first: int, last: int) -> tuple[tuple[datetime.date, str], ...]:
    """Return day and name, in order; in which years 5 May is a holiday, the library knows."""
    import holidays  # a tenth of a second, and most commands ask for none

    return tuple(sorted(holidays.country_holidays("NL", years=range(first, last + 1), language="nl").items()))


def days_between(first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    """Yield every day from the first to the last, both included."""
    for number in range(first.toordinal(), last.toordinal() + 1):
        yield datetime.date.fromordinal(number)
