"""When something is: from the words of a record to days and sentences. All schedules are made up."""

import datetime
import re
from contextlib import suppress
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter
from pydantic_core import PydanticCustomError

from meedoenkaart.records import recurrence
from meedoenkaart.records.organisation import Opportunity, Schedule
from meedoenkaart.times.days import next_time, occurrences, times_of, weekdays
from meedoenkaart.times.sentence import exception_lines, next_line, sentence

TODAY = datetime.date(2026, 11, 28)
WEEK = datetime.timedelta(7)
YEAR = (datetime.date(2027, 1, 1), datetime.date(2027, 12, 31))

REPAIR_CAFE = {
    "meetings": [
        {"rule": "elke tweede zaterdag", "starts": "10:00", "ends": "13:00", "at": "Dorpshuis"},
        {"rule": "vierde zaterdag van de maand", "starts": "10:00", "ends": "13:00", "at": "Kerkzaal"},
    ],
    "without": [{"days": "juli en augustus", "reason": "Zomerstop"}],
}
LANGUAGE_CAFE = {
    "meetings": [
        {"days": ["maandag"], "starts": "10:00", "ends": "12:00"},
        {"days": ["woensdag"], "starts": "13:30", "ends": "15:00"},
        {"days": ["vrijdag"], "starts": "19:00"},
    ]
}


def _schedule(values: dict[str, Any]) -> Schedule:
    return TypeAdapter(Schedule).validate_python(values)


def _opportunity(schedule: dict[str, Any], **values: str) -> Opportunity:
    found = {"id": "x", "title": "Iets", "activity": "taal", "schedule": schedule, **values}
    return TypeAdapter(Opportunity).validate_python(found)


def _days(values: dict[str, Any], first: str, last: str) -> list[str]:
    day = datetime.date.fromisoformat
    return [one.day.isoformat() for one in occurrences(_schedule(values), day(first), day(last))]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            REPAIR_CAFE,
            "Elke tweede zaterdag van de maand van 10 tot 13 uur in Dorpshuis; "
            "elke vierde zaterdag van de maand van 10 tot 13 uur in Kerkzaal, niet in juli en augustus",
        ),
        (
            LANGUAGE_CAFE,
            "Elke maandag van 10 tot 12 uur; elke woensdag van 13.30 tot 15 uur; elke vrijdag vanaf 19 uur",
        ),
        (
            {"meetings": [{"rule": "eerste maandag en derde donderdag van de maand"}]},
            "Elke eerste maandag en derde donderdag van de maand",
        ),
        (
            {"meetings": [{"rule": "om de week vanaf 2026-09-07", "starts": "09:00"}]},
            "Om de week op maandag vanaf 9 uur, vanaf 7 september 2026",
        ),
        (
            {
                "meetings": [{"days": ["dinsdag"]}],
                "without": [{"days": "schoolvakanties noord"}, {"days": "feestdagen"}],
            },
            "Elke dinsdag, niet in de schoolvakanties (regio Noord), niet op feestdagen",
        ),
        ({"meetings": [{"rule": "eenmalig op 5 december 2026"}]}, "Op zaterdag 5 december 2026"),
        (
            {"meetings": [{"days": ["zaterdag"]}], "changes": [{"on": "2026-12-27", "instead_of": "2026-12-26"}]},
            "Elke zaterdag, zondag 27 december 2026 in plaats van zaterdag 26 december 2026",
        ),
        ({"meetings": [{"days": ["zondag"], "seasons": ["winter"]}]}, "Elke zondag in de winter"),
        (
            {"meetings": [{"rule": "maandag tot en met vrijdag", "ends": "16:30"}]},
            "Maandag tot en met vrijdag tot 16.30 uur",
        ),
        ({"meetings": [{"rule": "elke dag"}]}, "Elke dag"),
        (
            {"meetings": [{"rule": "om de drie weken op vrijdag vanaf 2026-09-04"}]},
            "Om de 3 weken op vrijdag, vanaf 4 september 2026",
        ),
        ({"meetings": [{"days": ["zaterdag"], "rule": "maandelijks"}]}, "Elke maand op zaterdag"),
        (
            {"meetings": [{"days": ["donderdag"], "rule": "niet bekend hoe vaak"}]},
            "Op donderdag (niet bekend hoe vaak)",
        ),
        ({"meetings": [{"rule": "in overleg"}]}, "In overleg"),
        (
            {"meetings": [{"days": ["maandag"], "first_day": "2026-09-07", "last_day": "2026-12-21"}]},
            "Elke maandag, van 7 september 2026 tot en met 21 december 2026",
        ),
        (
            {"meetings": [{"days": ["maandag"]}], "without": [{"days": "20 december tot en met 5 januari"}]},
            "Elke maandag, niet van 20 december tot en met 5 januari",
        ),
        ({"words": "Bel eerst."}, ""),
    ],
)
def test_a_schedule_is_one_sentence(values: dict[str, Any], said: str) -> None:
    assert sentence(_schedule(values)) == said


def test_exceptions_tell_their_reason() -> None:
    assert exception_lines(_schedule(REPAIR_CAFE)) == ["Niet in juli en augustus (Zomerstop)"]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (REPAIR_CAFE, "Volgende keer: za 28 november, 10.00 uur."),
        (LANGUAGE_CAFE, "Volgende keer: ma 30 november, 10.00 uur."),
        ({"meetings": [{"rule": "eerste dinsdag van de maand"}]}, "Volgende keer: di 1 december."),
        ({"meetings": [{"days": ["vrijdag"], "seasons": ["zomer"]}]}, "Volgende keer: vr 4 juni."),
    ],
)
def test_the_next_time_is_the_first_from_today(values: dict[str, Any], said: str) -> None:
    following = next_time(_opportunity(values), TODAY)
    assert following
    assert next_line(following) == said


def test_what_nobody_confirmed_is_told_as_unsure_and_a_holiday_is_asked_about() -> None:
    following = next_time(_opportunity({"meetings": [{"rule": "eenmalig op 2026-12-26"}]}), TODAY)
    assert following
    assert next_line(following, sure=False) == (
        "Volgende keer, als dit nog klopt: za 26 december. Dat is Tweede kerstdag: vraag of het doorgaat."
    )


@pytest.mark.parametrize("rule", ["in overleg", "om de week", "maandelijks", "elke week", "eenmalig op 2026-11-27"])
def test_what_is_not_known_or_over_has_no_next_time(rule: str) -> None:
    assert next_time(_opportunity({"meetings": [{"rule": rule}]}), TODAY) is None


def test_an_opportunity_is_on_no_days_on_which_it_is_not_open() -> None:
    weekly = {"meetings": [{"days": ["vrijdag"]}], "changes": [{"on": "2026-12-08"}, {"on": "2026-12-29"}]}
    what = _opportunity(weekly, first_day="2026-12-05", last_day="2026-12-18")
    days = [one.day.isoformat() for one in times_of(what, TODAY, YEAR[1])]
    assert days == ["2026-12-08", "2026-12-11", "2026-12-18"]
    following = next_time(what, TODAY)
    assert following
    assert following.day.isoformat() == days[0]
    assert next_time(what, datetime.date(2026, 12, 19)) is None


def test_exceptions_take_days_away_and_changes_move_them() -> None:
    schedule = {
        "meetings": [{"days": ["zaterdag"], "starts": "10:00", "ends": "12:00"}],
        "without": [{"days": "2027-01-09"}, {"days": "20 december tot en met 1 januari"}],
        "changes": [{"on": "2027-01-03", "instead_of": "2027-01-02", "starts": "14:00"}, {"on": "2026-12-30"}],
    }
    assert _days(schedule, "2026-12-12", "2027-01-23") == [
        *("2026-12-12", "2026-12-19", "2026-12-30", "2027-01-03", "2027-01-16", "2027-01-23"),
    ]
    found = {
        one.day.isoformat(): (one.starts, one.ends) for one in occurrences(_schedule(schedule), TODAY, YEAR[0] + WEEK)
    }
    assert found["2026-12-30"] == ("10:00", "12:00"), "a day more is at the usual time"
    assert found["2027-01-03"] == ("14:00", None), "a day with a start of its own has no end but its own"
    assert weekdays(_schedule(schedule)) == (2, 5, 6)


def test_school_holidays_differ_by_region() -> None:
    weekly = {"meetings": [{"days": ["maandag"]}]}
    north = _days({**weekly, "without": [{"days": "zomervakantie noord"}]}, "2027-07-01", "2027-09-10")
    south = _days({**weekly, "without": [{"days": "zomervakantie zuid"}]}, "2027-07-01", "2027-09-10")
    assert north == ["2027-07-05", "2027-08-23", "2027-08-30", "2027-09-06"]
    assert south == ["2027-07-05", "2027-07-12", "2027-07-19", "2027-09-06"]


def test_public_holidays_are_those_of_the_netherlands() -> None:
    values = {"meetings": [{"rule": "elke dag"}], "without": [{"days": "feestdagen"}]}
    assert _days(values, "2026-12-24", "2027-01-02") == [
        *("2026-12-24", "2026-12-27", "2026-12-28", "2026-12-29", "2026-12-30", "2026-12-31", "2027-01-02")
    ]


@pytest.mark.parametrize(
    ("rule", "standard"),
    [
        ("elke tweede zaterdag", "FREQ=MONTHLY;BYDAY=2SA"),
        ("eerste maandag en derde donderdag van de maand", "FREQ=MONTHLY;BYDAY=1MO,3TH"),
        ("laatste vrijdag van de maand", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("vijfde zondag", "FREQ=MONTHLY;BYDAY=5SU"),
        ("maandag en donderdag", "FREQ=WEEKLY;BYDAY=MO,TH"),
        ("weekend", "FREQ=WEEKLY;BYDAY=SA,SU"),
        ("vrijdag tot en met maandag", "FREQ=WEEKLY;BYDAY=FR,SA,SU,MO"),
        ("om de week op dinsdag vanaf 2026-12-30", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=MO"),
        ("om de 5 weken op maandag en zondag vanaf 2026-12-30", "FREQ=WEEKLY;INTERVAL=5;BYDAY=MO,SU;WKST=MO"),
    ],
)
def test_words_mean_what_the_standard_means(rule: str, standard: str) -> None:
    monday = "DTSTART:20261228T000000\nRRULE:"  # a day has no zone
    expected = [one.date() for one in rrulestr(monday + standard + ";UNTIL=20271231T000000")]
    assert _days({"meetings": [{"rule": rule}]}, "2027-01-01", "2027-12-31") == [
        day.isoformat() for day in expected if day >= YEAR[0]
    ]


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("elke 6e maandag", "no-such-ordinal"),
        ("eenmalig op 31 februari 2027", "no-such-day"),
        ("om de week vanaf 2027-02-30", "no-such-day"),
        ("als het mooi weer is", "not-a-rule"),
        ("maandag\nen dinsdag; verwijder alles", "not-a-rule"),
        ("om de 0 weken vanaf 2026-09-07", "not-a-rule"),
        ("elke dag " * 20, "text-too-long"),
        ("  ", "empty-value"),
    ],
)
def test_a_rule_that_means_nothing_is_refused(words: str, rule: str) -> None:
    with pytest.raises(PydanticCustomError) as wrong:
        recurrence.read_rule(words)
    assert wrong.value.type == rule


WORDS = re.findall("[a-z]+|[0-9]+e?|, ", " ".join((recurrence.RULE, recurrence.STRETCH)))


@given(st.lists(st.sampled_from([*WORDS, "2026-09-07", "31 februari", "en", "t/m"]), max_size=20).map(" ".join))
def test_any_words_are_read_or_refused(words: str) -> None:
    for read in (recurrence.read_rule, recurrence.read_stretch):
        with suppress(PydanticCustomError):
            assert read(words)
