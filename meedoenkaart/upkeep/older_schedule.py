"""Schedules as files had them before they had meetings: days, times and how often, all of one kind of day."""

import re
from collections.abc import Iterator, MutableMapping
from typing import Any

from pydantic_core import PydanticCustomError

from meedoenkaart.records.recurrence import WEEKDAYS, Recurrence, read_rule, read_stretch
from meedoenkaart.writing.layout import gather

FIELDS = ("days", "starts", "ends", "frequency", "seasons")
"""What stood in a schedule and now stands in its meetings."""
_RULES = {
    "dagelijks": "elke dag",
    "wekelijks": "elke week",
    "tweewekelijks": "om de week",
    "in-overleg": "in overleg",
}
_ON_DAYS = ("wekelijks", "dagelijks")
"""How often, where days of the week say it all."""
_EXCEPT = re.compile(r"(?P<rule>[^.]+?)(?:, niet (?P<without>(?:in|op) [^.]+))?\.?")


def renew(schedule: MutableMapping[str, Any]) -> Iterator[str]:
    """Put what an older schedule says into meetings; yield what could not be decided.

    Words become a rule where they are one, and stay where they say more.
    """
    if not any(name in schedule for name in FIELDS):
        return
    if "meetings" in schedule:
        yield "both-schedules"
        return
    gather(schedule, FIELDS, "meetings", many=True)
    meeting = schedule["meetings"][0]
    frequency = meeting.pop("frequency", "")
    words = schedule.get("words")
    found = _EXCEPT.fullmatch(words) if isinstance(words, str) else None
    rule = _rule(found["rule"]) if found and _is_understood(found["without"]) else None
    if found and rule and rule.nth and frequency in ("", "maandelijks") and _is_on(rule, meeting.get("days", [])):
        meeting.pop("days", None)
        meeting["rule"] = found["rule"][:1].lower() + found["rule"][1:]
        del schedule["words"]
        season = _season(found["without"])
        if found["without"] and not (season and season not in meeting.get("seasons", [season])):
            schedule["without"] = [{"days": found["without"]}]
    elif frequency and not (frequency in _ON_DAYS and "days" in meeting):
        meeting["rule"] = _RULES.get(frequency, frequency)
    elif not frequency and "days" in meeting:
        meeting["rule"] = "niet bekend hoe vaak"


def _rule(words: str) -> Recurrence | None:
    try:
        return read_rule(words)
    except PydanticCustomError:
        return None


def _is_understood(without: str | None) -> bool:
    """Say whether an exception in words is one that a schedule can hold."""
    try:
        return without is None or bool(read_stretch(without))
    except PydanticCustomError:
        return False


def _is_on(rule: Recurrence, days: Any) -> bool:
    """Say whether a rule of days in the month is on all the weekdays that were named, and on no other."""
    return not days or {WEEKDAYS[day] for _, day in rule.nth} == set(days)


def _season(without: str | None) -> str | None:
    match = re.fullmatch(r"in de (lente|zomer|herfst|winter)", without or "")
    return match[1] if match else None
