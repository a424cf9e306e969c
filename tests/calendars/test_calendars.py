"""Calendar apps show the dates that the pages show, whoever wrote the app."""

import copy
import datetime
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from pydantic import TypeAdapter

from meedoenkaart.calendars.events import Window, window
from meedoenkaart.calendars.files import around_all, calendar, events_of
from meedoenkaart.calendars.selection import CalendarFile, calendars
from meedoenkaart.catalogue import Catalogue, Offer
from meedoenkaart.records.organisation import Opportunity
from meedoenkaart.records.scalars import Text
from meedoenkaart.records.shared import Confirmation
from meedoenkaart.times.days import times_of
from tests.calendars.reading import by_javascript, by_python, reckoned
from tests.conftest import ROOT, Project
from tests.finder.conftest import real_catalogue
from tests.finder.test_days import LOCATIONS, _schedule

SCHEDULES = 150
SITE = "https://voorbeeld.nl/"
AROUND = around_all("Proef; met, tekens")
TODAY = datetime.date(2026, 11, 27)
DAY = datetime.timedelta(1)
BREAKS = ("juli en augustus", "schoolvakanties noord", "feestdagen", "20 december tot en met 5 januari", "zomer")


@pytest.fixture
def made_up(project: Project) -> Catalogue:
    """The catalogue of ``tests/when`` over the small one."""
    project.overlay(ROOT / "tests/when")
    return project.catalogue(TODAY)


def _written(*offers: Offer, days: Window) -> bytes:
    return calendar(AROUND, "Proef", SITE, f"{SITE}x.ics", [_events(one, days) for one in offers])


def _events(offer: Offer, days: Window) -> bytes:
    return events_of(offer, SITE + offer.url, "Taal", days)


def _read(data: bytes) -> list[Any]:
    return Calendar.from_ical(data).walk("VEVENT")


def _named(catalogue: Catalogue, id: str) -> Offer:
    return next(one for one in catalogue.offers if one.opportunity.id == id)


def _schedules(chance: random.Random) -> Iterator[tuple[Opportunity, datetime.date]]:
    """Yield made-up opportunities with every kind of rule and exception, and the day of a build."""
    adapter = TypeAdapter(Opportunity)
    for _ in range(SCHEDULES):
        today = datetime.date(2026, 1, 1) + chance.randint(0, 1500) * DAY
        values, _ = _schedule(chance, today)
        values = {"without": [], "changes": [], **values}
        if chance.random() < 0.4:
            values["without"].append({"days": chance.choice(BREAKS)})
        made: dict[str, Any] = {"id": "x", "title": "Iets", "activity": "taal", "locations": LOCATIONS}
        if chance.random() < 0.3:
            made["first_day"] = str(today + chance.randint(-50, 150) * DAY)
            made["last_day"] = str(today + chance.randint(160, 800) * DAY)
        found = times_of(adapter.validate_python({**made, "schedule": values}), today, today + 300 * DAY)
        days = sorted({one.day for one in found})
        for day in chance.sample(days, min(len(days), chance.choice([0, 1, 3]))):
            if chance.random() < 0.5:
                values["without"].append({"days": str(day), "reason": "De zaal is bezet"})
            else:
                on = str(day + chance.randint(-3, 3) * DAY)
                starts = {"starts": chance.choice(["09:00", "21:15"])} if chance.random() < 0.5 else {}
                values["changes"].append({"on": on, "instead_of": str(day), **starts})
        yield adapter.validate_python({**made, "schedule": values}), today


def test_made_up_schedules_are_the_same_everywhere(made_up: Catalogue, tmp_path: Path) -> None:
    chance = random.Random(2026)  # noqa: S311  # the same schedules every time
    example = _named(made_up, "repair-cafe")
    compared = cancelled = 0
    by_year: dict[Window, list[tuple[Offer, bytes]]] = {}
    for number, (what, today) in enumerate(_schedules(chance)):
        offer, days = replace(example, opportunity=what), window(today)
        data = _written(offer, days=days)
        by_year.setdefault(days, []).append((offer, data))
        if number % 6 == 0:  # it takes its time
            on, _ = by_python(data, days)
            assert on == reckoned(offer, days), (what.schedule, data.decode())
    for days, found in by_year.items():
        answers = by_javascript([data for _, data in found], days, tmp_path)
        for (offer, data), (on, off) in zip(found, answers, strict=True):
            assert on == reckoned(offer, days), (offer.opportunity.schedule, data.decode())
            compared, cancelled = compared + len(on), cancelled + len(off)
    assert compared > 10_000
    assert cancelled > 50


@pytest.mark.parametrize("which", ["made up", "real"])
def test_every_calendar_of_a_catalogue_has_the_dates_of_its_pages(
    which: str, made_up: Catalogue, tmp_path: Path
) -> None:
    catalogue = made_up if which == "made up" else real_catalogue()
    days = window(catalogue.today)
    found = list(calendars(catalogue, "de regio"))
    written = [_written(*one.offers, days=days) for one in found]
    compared = 0
    for one, data, (on, _) in zip(found, written, by_javascript(written, days, tmp_path), strict=True):
        expected = _of(one, days)
        assert on == expected, one.path
        compared += len(on)
        if "/agenda/" in one.path or one.path.startswith(("azc/azc-sneek", "kansen/sudwest-fryslan/bibliotheek")):
            assert by_python(data, days)[0] == expected, one.path
        keys = [(event["UID"], str(event.get("RECURRENCE-ID", ""))) for event in _read(data)]
        assert len(set(keys)) == len(keys), one.path
    assert compared > 1000
    if which == "real":
        assert {"azc/azc-sneek/agenda.ics", "kansen/sudwest-fryslan/bibliotheek-sneek/agenda.ics"} <= {
            one.path for one in found
        }


def _of(one: CalendarFile, days: Window) -> list[Any]:
    return sorted({time for offer in one.offers if not offer.is_paused for time in reckoned(offer, days)})


def test_a_day_that_was_called_off_says_so_and_why(made_up: Catalogue) -> None:
    values = {
        "meetings": [{"days": ["zaterdag"], "starts": "10:00"}],
        "without": [{"days": "2026-12-05", "reason": "De zaal is bezet"}, {"days": "juli"}],
    }
    what = TypeAdapter(Opportunity).validate_python(
        {"id": "x", "title": "Iets", "activity": "taal", "schedule": values}
    )
    whole, off = _read(_written(replace(_named(made_up, "taalcafe"), opportunity=what), days=window(TODAY)))
    assert off["STATUS"] == "CANCELLED"
    assert off["RECURRENCE-ID"].dt == off["DTSTART"].dt == whole["DTSTART"].dt.replace(month=12, day=5)
    assert off["UID"] == whole["UID"]
    assert off["DESCRIPTION"].startswith("De zaal is bezet\n")
    assert {one.dt.month for one in whole["EXDATE"].dts} == {7}


def test_what_is_paused_is_cancelled_and_what_nobody_confirmed_is_not_certain(made_up: Catalogue) -> None:
    offer, days = _named(made_up, "taalcafe"), window(TODAY)
    page = offer.organisation
    paused = replace(offer, opportunity=_with(offer.opportunity, status="gepauzeerd"))
    unsure = replace(offer, organisation=replace(page, record=_with(page.record, confirmation=None)))
    assert {one["STATUS"] for one in _read(_written(offer, days=days))} == {"CONFIRMED"}
    assert {one["STATUS"] for one in _read(_written(paused, days=days))} == {"CANCELLED"}
    assert {one["STATUS"] for one in _read(_written(unsure, days=days))} == {"TENTATIVE"}


def test_an_event_is_known_again_and_its_version_comes_from_the_record(made_up: Catalogue) -> None:
    offer = _named(made_up, "taalcafe")
    page = offer.organisation
    (before, *_) = _read(_written(offer, days=window(TODAY)))
    assert before["SEQUENCE"] == (datetime.date(2026, 11, 1) - datetime.date(2000, 1, 1)).days
    assert before["LAST-MODIFIED"].dt == datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)
    confirmation = TypeAdapter(Confirmation).validate_python({"on": "2026-11-20", "by": "de bakker"})
    later = _with(page.record, name="Anders", confirmation=confirmation)
    new = replace(offer, organisation=replace(page, record=later))
    (after, *_) = _read(_written(new, days=window(TODAY.replace(year=2027))))
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] == before["SEQUENCE"] + 19
    undated = _with(page.record, confirmation=None, sources=())
    (one, *_) = _read(_written(replace(offer, organisation=replace(page, record=undated)), days=window(TODAY)))
    assert one["SEQUENCE"] == 0


HOSTILE = (
    "Taal; koken, en \\n zo \\\\ verder: kom!",
    "regel\r\nBEGIN:VEVENT\r\nSUMMARY:kwaad\u2028en\u0085meer\x0b",
    "\u202etfil\u202c van rechts \u2066naar\u2069 links\u200f",
    "é" * 80,
    "𝄞👩‍👩‍👧‍👦" * 40,
    'a"b\tc\x00d\x07e',
    "END:VCALENDAR",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_texts(made_up: Catalogue, text: str, tmp_path: Path) -> None:
    offer, days = _named(made_up, "repair-cafe"), window(TODAY)
    venue = replace(offer.venues[0], name=text)
    what = _with(offer.opportunity, title=Text(text), description=Text(text))
    page = replace(offer.organisation, record=_with(offer.organisation.record, name=text))
    hostile = replace(offer, opportunity=what, organisation=page, venues=(venue,))
    data = calendar(AROUND, text, SITE, f"{SITE}x.ics", [_events(hostile, days)])
    assert data.endswith(b"\r\n")
    for line in data.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= 75
        assert not set(line.decode()) & set("\r\n\x00\x07\x0b\u0085\u2028\u202e\u202c\u2066\u2069\u200f")
    assert data.count(b"\r\nBEGIN:VEVENT\r\n") == len(_read(_written(offer, days=days)))
    for event in _read(data):
        assert str(event["SUMMARY"]) == _seen(text)
        assert str(event["LOCATION"]).startswith(_seen(text))
    assert by_javascript([data], days, tmp_path)


def _seen(text: str) -> str:
    """Return what is seen of a text, in one line."""
    hidden = dict.fromkeys(map(ord, "\x00\x07\x0b\u0085\u2028\u202e\u202c\u2066\u2069\u200f\r\n\t"), " ")
    return " ".join(text.translate(hidden).split())


def _with(record: Any, **values: object) -> Any:
    """Return a record with these values, past its types, which would refuse them."""
    changed = copy.copy(record)
    for name, value in values.items():
        object.__setattr__(changed, name, value)
    return changed
