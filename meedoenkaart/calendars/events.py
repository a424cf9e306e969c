"""The times of an opportunity as events: one for each of its meetings, with its rule and its exceptions.

What a rule leaves open for ever stays open. What holidays or a stop in summer take away can only be told as days:
there the rule ends with the next year, and goes on in the next build of a later one.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from zoneinfo import ZoneInfo

from icalendar import vText

from meedoenkaart.catalogue import Offer, Venue
from meedoenkaart.open_data.files import uuid_of
from meedoenkaart.records.organisation import Change, Meeting, Schedule
from meedoenkaart.records.recurrence import Span
from meedoenkaart.texts import fold, texts, visible_line
from meedoenkaart.times.days import AHEAD, DAY, Occurrence, all_closed, changed, days_of, has_days, months, recurrence
from meedoenkaart.times.holidays import days_between
from meedoenkaart.times.sentence import exception_lines, meeting_lines

ZONE = ZoneInfo("Europe/Amsterdam")
_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_EPOCH = datetime.date(2000, 1, 1)
"""From this day on the days are counted that number the versions of an event."""


class Window(NamedTuple):
    """The days that a calendar tells of, both included."""

    first: datetime.date
    last: datetime.date


@dataclass(frozen=True, slots=True)
class Series:
    """A meeting, and on which of its days it is."""

    number: int
    """Which of the opportunity's meetings, as ``compact`` counts them."""
    meeting: Meeting
    days: tuple[datetime.date, ...]
    """Days on which it is, or was to be until it was called off or moved."""
    without: tuple[datetime.date, ...]
    """Days of the rule on which it is not."""
    is_endless: bool

    @property
    def repeats(self) -> bool:
        """Whether it has a rule; else it is on single days."""
        return recurrence(self.meeting).kind != "once" and (self.is_endless or len(self.days) > 1)

    @property
    def rule(self) -> str:
        """The rule from the first of its days on."""
        found, in_months = recurrence(self.meeting), months(self.meeting)
        if found.nth:
            names = [f"{which}{_CODES[day]}" for which, day in found.nth]
        else:
            names = [_CODES[day] for day in found.days]
        parts = [
            f"FREQ={found.kind.upper()}",
            f"INTERVAL={found.interval}" if found.interval > 1 else "",
            f"BYDAY={','.join(names)}",
            f"BYMONTH={','.join(map(str, in_months))}" if in_months else "",
            "" if self.is_endless else f"UNTIL={_until(self.days[-1], self.meeting.starts)}",
            "WKST=MO",
        ]
        return ";".join(filter(None, parts))


def window(today: datetime.date) -> Window:
    """Return the days that calendars of a build tell of: whole years, so that files change with few builds."""
    return Window(datetime.date(today.year, 1, 1), datetime.date((today + AHEAD * DAY).year, 12, 31))


def is_dated(offer: Offer) -> bool:
    """Say whether days of an opportunity can be reckoned, past ones too: then it has a calendar."""
    schedule = offer.opportunity.schedule
    return schedule is not None and (bool(schedule.changes) or any(map(has_days, schedule.meetings)))


def events(offer: Offer, address: str, label: str, known: Window) -> list[list[str]]:
    """Return the lines of the events of an opportunity, in the order of its file; none when no day is known.

    ``address`` is where it stands on the published site, ``label`` what its activity is called.
    """
    what, schedule = offer.opportunity, offer.opportunity.schedule
    first, last = max(known.first, what.first_day or known.first), min(known.last, what.last_day or known.last)
    if schedule is None or first > last:
        return []
    about, uid = _about(offer, address, label), uuid_of(offer.url)
    off = dict(_called_off(schedule))
    series = list(_series(schedule, off, Window(first, last), known, what.last_day is not None))
    return [
        _event(offer, about, one)
        for one in (*_of_series(uid, series, schedule, off), *_of_changes(uid, series, schedule, first, last))
    ]


class _Told(NamedTuple):
    """An event before it is written."""

    uid: str
    time: Occurrence
    more: tuple[str, ...] = ()
    reason: str = ""
    is_off: bool = False
    """Whether it was called off."""


def _series(
    schedule: Schedule, off: Mapping[datetime.date, str], open_: Window, known: Window, ends: bool
) -> Iterator[Series]:
    """Yield the meetings of which days are known, in the days on which the opportunity is open."""
    shut = {day for one in all_closed(schedule, *open_) for day in days_between(one.first, one.last)}
    moved = {one.instead_of for one in schedule.changes if one.instead_of}
    is_endless = (
        not ends
        and all(day <= known.last for day in moved)
        and all(_ends_before(span, known.last) for one in schedule.without for span in one.days.spans or (None,))
    )
    for number, meeting in enumerate(one for one in schedule.meetings if has_days(one)):
        found = days_of(meeting, *open_)
        gone = {day for day in found if day in moved or (day in shut and day not in off)}
        back = {day for day in moved if day in gone and _mover(schedule, day, open_)}
        days = tuple(day for day in found if day not in gone or day in back)
        if days:
            goes_on = is_endless and meeting.last_day is None
            until = found[-1] if goes_on else days[-1]
            without = tuple(day for day in found if days[0] < day <= until and day in gone - back)
            yield Series(number, meeting, days, without, goes_on)


def _ends_before(span: Span | None, last: datetime.date) -> bool:
    """Say whether days without meetings come to an end, instead of coming back every year."""
    return span is not None and span.last[0] > 0 and datetime.date(*span.last) <= last


def _called_off(schedule: Schedule) -> Iterator[tuple[datetime.date, str]]:
    """Yield the single days that were called off, with the reason: a date with its year and no whole stretch."""
    for one in schedule.without:
        for span in one.days.spans:
            if span.first == span.last and span.first[0]:
                yield datetime.date(*span.first), str(one.reason or "")


def _mover(schedule: Schedule, day: datetime.date, open_: Window) -> Change | None:
    """Return the change that moves the one repeated meeting of a day to another day; None when there is none.

    A day and a moment can't take each other's place.
    """
    change = _moving(schedule, day)
    on_it = [one for one in schedule.meetings if has_days(one) and days_of(one, day, day)]
    if change is None or len(on_it) != 1 or not open_.first <= change.on <= open_.last:
        return None
    same_kind = bool(changed(schedule, change).starts) == bool(on_it[0].starts)
    return change if same_kind and recurrence(on_it[0]).kind != "once" else None


def _moving(schedule: Schedule, day: datetime.date) -> Change | None:
    return next((one for one in schedule.changes if one.instead_of == day), None)


def _of_series(uid: str, series: list[Series], schedule: Schedule, off: Mapping[datetime.date, str]) -> Iterator[_Told]:
    for one in series:
        meeting, own = one.meeting, f"{uid}-{one.number}"
        if not one.repeats:
            for day in one.days:
                if _moving(schedule, day):
                    continue
                yield _Told(f"{own}-{day:%Y%m%d}", _on(day, meeting), (), off.get(day, ""), day in off)
            continue
        without = [_at("EXDATE", meeting.starts, *one.without)] if one.without else []
        rules = (f"RRULE:{one.rule}", *without)
        yield _Told(own, _on(one.days[0], meeting), rules)
        for day in one.days if schedule.changes or off else ():
            again = (_at("RECURRENCE-ID", meeting.starts, day),)
            if moved := _moving(schedule, day):
                yield _Told(own, changed(schedule, moved), again, str(moved.reason or ""))
            elif day in off:
                yield _Told(own, _on(day, meeting), again, off[day], is_off=True)


def _of_changes(
    uid: str, series: list[Series], schedule: Schedule, first: datetime.date, last: datetime.date
) -> Iterator[_Told]:
    """Yield the days more, and the moved ones that no series tells of."""
    if not schedule.changes:
        return
    told = {day for one in series if one.repeats for day in one.days}  # also of those that only moved away
    for change in schedule.changes:
        is_told = change.instead_of in told and _moving(schedule, change.instead_of) is change
        if first <= change.on <= last and not is_told:
            time = changed(schedule, change)
            start = time.starts.replace(":", "") if time.starts else ""
            yield _Told(f"{uid}-{change.on:%Y%m%d}{start and 'T' + start}", time, (), str(change.reason or ""))


def _on(day: datetime.date, meeting: Meeting) -> Occurrence:
    return Occurrence(day, meeting.starts, meeting.ends, meeting.at)


def _at(name: str, time: str | None, *days: datetime.date) -> str:
    """Return a line with moments in the Netherlands; with days when no time is known."""
    if not time:
        return f"{name};VALUE=DATE:{','.join([f'{day:%Y%m%d}' for day in days])}"
    clock = f"T{time.replace(':', '')}00"
    return f"{name};TZID={ZONE.key}:{','.join([f'{day:%Y%m%d}{clock}' for day in days])}"


def _until(day: datetime.date, time: str | None) -> str:
    """Return the last moment of a rule: in UTC, as the standard wants it of moments."""
    if not time:
        return f"{day:%Y%m%d}"
    moment = datetime.datetime.combine(day, datetime.time.fromisoformat(time), ZONE)
    return f"{moment.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"


class _About(NamedTuple):
    """What all events of an opportunity say."""

    address: str
    status: str
    lines: tuple[str, ...]


def _about(offer: Offer, address: str, label: str) -> _About:
    what, record = offer.opportunity, offer.organisation.record
    title, name = visible_line(what.title), visible_line(record.name)
    said = _said_on(offer)
    confirmed = "CONFIRMED" if offer.organisation.is_confirmed else "TENTATIVE"
    lines = (
        f"DTSTAMP:{said:%Y%m%d}T000000Z",
        f"LAST-MODIFIED:{said:%Y%m%d}T000000Z",
        f"SEQUENCE:{(said - _EPOCH).days}",
        _text("SUMMARY", title if name in title else f"{title} – {name}"),
        _text("CATEGORIES", visible_line(label)),
        f"URL:{address}",
        "TRANSP:TRANSPARENT",
    )
    return _About(address, "CANCELLED" if offer.is_paused else confirmed, lines)


def _text(name: str, text: str) -> str:
    return f"{name}:{vText(text).to_ical().decode()}"


def _said_on(offer: Offer) -> datetime.date:
    """Return when this was last said, by the record: its confirmation, or else its newest source.

    A month or a year counts from its first day; without any date it was never said anew.
    """
    record = offer.organisation.record
    days = [record.confirmation.on] if record.confirmation else []
    days += [_first_of(str(one.date)) for one in record.sources if one.date]
    return max((one for one in days if one >= _EPOCH), default=_EPOCH)


def _first_of(date: str) -> datetime.date:
    year, month, day = (*map(int, date.split("-")), 1, 1)[:3]
    return datetime.date(year, month, day)


def _event(offer: Offer, about: _About, told: _Told) -> list[str]:
    time = told.time
    lines = [f"UID:{told.uid}", _at("DTSTART", time.starts, time.day)]
    if time.starts and time.ends and time.ends > time.starts:
        lines.append(_at("DTEND", time.ends, time.day))
    lines += [*told.more, f"STATUS:{'CANCELLED' if told.is_off else about.status}", *about.lines]
    lines.append(_text("DESCRIPTION", _description(offer, told.reason, about.address)))
    if venue := venue_of(offer, time.at):
        address = venue.address
        town = " ".join(filter(None, (address.postcode, address.place)))
        where = ", ".join(map(visible_line, filter(None, (venue.name, address.street, town))))
        lines.append(_text("LOCATION", where))
        if venue.spot.precision != "plaats":
            lines.append(f"GEO:{venue.spot.latitude};{venue.spot.longitude}")
    return ["BEGIN:VEVENT", *lines, "END:VEVENT"]


def venue_of(offer: Offer, at: str | None) -> Venue | None:
    """Return where an opportunity is at a time: at the place that is named, or else where it is first."""
    found = (one for one in offer.venues if at and fold(one.name or "") == fold(at))
    return next(found, offer.venues[0] if offer.venues else None)


def _description(offer: Offer, reason: str, address: str) -> str:
    """Return what a calendar shows below the title: plain lines, the address last."""
    what, words = offer.opportunity, texts("calendars")
    schedule = what.schedule or Schedule()
    lines = [
        reason,
        words["cancelled"] if offer.is_paused else "",
        str(what.description or ""),
        *meeting_lines(schedule),
        *exception_lines(schedule),
        str(schedule.words or ""),
        "" if offer.organisation.is_confirmed else words["unconfirmed"],
    ]
    return "\n".join([*filter(None, map(visible_line, lines)), address])
