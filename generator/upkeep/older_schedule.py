"""Schedules as files had them before they had meetings: ``days``, ``frequency`` and times of one kind of day."""

import re
from collections.abc import Mapping
from typing import Any

from pydantic_core import PydanticCustomError

from generator.records.recurrence import WEEKDAYS, Recurrence, read_rule, read_stretch

FIELDS = frozenset({"days", "starts", "ends", "frequency", "seasons"})
"""What stood in a schedule and now stands in its meetings."""
_RULES = {
    "dagelijks": "elke dag",
    "wekelijks": "elke week",
    "tweewekelijks": "om de week",
    "in-overleg": "in overleg",
    "": "niet bekend hoe vaak",
}
_ON_DAYS = ("wekelijks", "dagelijks")
"""How often, where days of the week say it all."""
_EXCEPT = re.compile(r"(?P<rule>[^.]+?)(?:, niet (?P<without>(?:in|op) [^.]+))?\.?")


def newer(schedule: Mapping[str, Any]) -> dict[str, Any]:
    """Return a schedule with meetings for one in the older layout; words stay where no rule says the same."""
    meeting = {name: schedule[name] for name in ("days", "starts", "ends", "seasons") if name in schedule}
    result: dict[str, Any] = {"meetings": [meeting]}
    frequency, words = schedule.get("frequency", ""), schedule.get("words")
    found = _EXCEPT.fullmatch(words) if isinstance(words, str) else None
    rule = _rule(found["rule"]) if found and _is_understood(found["without"]) else None
    if found and rule and rule.nth and frequency in ("", "maandelijks") and _is_on(rule, schedule.get("days", [])):
        meeting.pop("days", None)
        result["meetings"] = [{"rule": found["rule"][:1].lower() + found["rule"][1:], **meeting}]
        season = _season(found["without"])
        if found["without"] and not (season and season not in meeting.get("seasons", [season])):
            result["without"] = [{"days": found["without"]}]
        return result
    if (frequency or "days" in meeting) and not (frequency in _ON_DAYS and "days" in meeting):
        result["meetings"] = [_after_days(meeting, _RULES.get(frequency, frequency))]
    if not result["meetings"][0]:
        del result["meetings"]
    return result | ({"words": words} if words else {})


def _after_days(meeting: dict[str, Any], rule: str) -> dict[str, Any]:
    days = {"days": meeting["days"]} if "days" in meeting else {}
    return {**days, "rule": rule, **{name: value for name, value in meeting.items() if name != "days"}}


def _rule(words: str) -> Recurrence | None:
    try:
        return read_rule(words)
    except PydanticCustomError:
        return None


def _is_on(rule: Recurrence, days: list[str]) -> bool:
    """Say whether a rule of days in the month is on all the weekdays that were named, and on no other."""
    return not days or {WEEKDAYS[day] for _, day in rule.nth} == set(days)


def _season(without: str | None) -> str | None:
    match = re.fullmatch(r"in de (lente|zomer|herfst|winter)", without or "")
    return match[1] if match else None


def _is_understood(without: str | None) -> bool:
    """Say whether an exception in words is one that a schedule can hold."""
    try:
        return without is None or bool(read_stretch(without))
    except PydanticCustomError:
        return False
