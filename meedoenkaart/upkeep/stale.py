"""What is past its term, and what soon will be: confirmations, volunteer declarations, last days."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from meedoenkaart.catalogue import DEFAULT_TERM_MONTHS, confirmed_until, months_later
from meedoenkaart.draft import Draft, title_of
from meedoenkaart.records.organisation import Opportunity, Organisation
from meedoenkaart.records.record import Path

WITHIN_DAYS = 30
"""Days ahead that are looked at, unless somebody asks for more or less."""


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """Something that holds until a day."""

    day: datetime.date
    """The last day on which it holds."""
    file: str
    path: Path
    """Where it stands in the file."""
    what: Literal["confirmation", "declaration", "last-day"]
    name: str
    """The record's name, and the opportunity's title after it."""


def due(draft: Draft, today: datetime.date, within: int = WITHIN_DAYS) -> list[Due]:
    """Return what is over, or will be within so many days; soonest first."""
    last = today + datetime.timedelta(days=within)
    return sorted((one for one in _all(draft) if one.day <= last), key=lambda one: (one.day, one.file, str(one.path)))


def is_over(one: Due, today: datetime.date) -> bool:
    """Say whether the last day has passed."""
    return one.day < today


def _all(draft: Draft) -> Iterator[Due]:
    vocabulary = draft.single("vocabulary")
    for document in draft.documents:
        record = document.record
        confirmation = getattr(record, "confirmation", None)
        if confirmation and getattr(record, "status", "") != "gestopt":
            is_organisation = isinstance(record, Organisation) and vocabulary
            end = confirmed_until(record, vocabulary) if is_organisation else None
            end = end or months_later(confirmation.on, DEFAULT_TERM_MONTHS)
            yield Due(end, document.file, ("confirmation", "on"), "confirmation", title_of(document))
        if isinstance(record, Organisation) and record.status != "gestopt":
            for index, opportunity in enumerate(record.opportunities):
                yield from _of(document.file, record, opportunity, ("opportunities", index))


def _of(file: str, organisation: Organisation, opportunity: Opportunity, path: Path) -> Iterator[Due]:
    if opportunity.status == "gestopt":
        return
    name = f"{organisation.name}: {opportunity.title}"
    declaration = opportunity.requirements.declaration if opportunity.requirements else None
    if declaration and declaration.until:
        yield Due(declaration.until, file, (*path, "requirements", "declaration", "until"), "declaration", name)
    if opportunity.last_day:
        yield Due(opportunity.last_day, file, (*path, "last_day"), "last-day", name)
