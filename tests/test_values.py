"""What a value in a file means: what the field says, and never what YAML would guess."""

import datetime
from typing import Any

import pytest

from meedoenkaart.reading.documents import Document, Reader
from meedoenkaart.records.organisation import Organisation
from meedoenkaart.records.scalars import Text
from tests.conftest import Project

FILE = "catalogue/organisations/smallingerland/buurthuis-de-brug.yml"


def _read(project: Project, old: str, new: str) -> Document:
    """Return the document after a replacement in its file."""
    project.replace(FILE, old, new)
    (document,) = (one for one in Reader(project.root).read() if one.file == FILE)
    return document


def _organisation(project: Project, old: str, new: str) -> Organisation:
    document = _read(project, old, new)
    assert isinstance(document.record, Organisation), document.problems
    assert not document.problems
    return document.record


TRAPS = (
    "no",
    "yes",
    "on",
    "ja",
    "true",
    "null",
    "~",
    "012",
    "0x1F",
    "1e3",
    "1_000",
    ".inf",
    "12:30",
    "2026-11-22",
    "=",
)


@pytest.mark.parametrize("text", TRAPS)
def test_a_text_stays_a_text(project: Project, text: str) -> None:
    record = _organisation(project, "name: Buurthuis De Brug", f"name: {text}")
    assert record.name == text


def test_a_number_a_day_and_a_time_are_what_they_look_like(project: Project) -> None:
    record = _organisation(project, "phone: 0512 00 00 02", "phone: 0512000002")
    first = record.opportunities[0]
    assert record.contact
    assert record.contact.phone == "0512000002"
    assert record.sources[0].date == "2026-09-21"
    assert record.confirmation
    assert record.confirmation.on == datetime.date(2026, 6, 1)
    assert first.schedule
    (meeting,) = first.schedule.meetings
    assert (meeting.starts, meeting.ends) == ("12:30", "15:00")
    assert first.age
    assert first.age.least == 16
    assert first.commitment
    assert (first.commitment.hours_per_week, first.commitment.one_off) == (2.5, False)
    assert first.languages == ("en", "no")
    assert first.requirements
    assert first.requirements.vog == "nee"
    assert first.dutch
    assert first.dutch.estimate is True


def test_the_norwegian_language_is_a_language(project: Project) -> None:
    assert list(project.catalogue().vocabulary.languages) == ["ar", "en", "no"]


def test_a_text_may_have_several_languages(project: Project) -> None:
    record = _organisation(project, "  en: A made-up community centre.", "  ar: مركز\n  no: Et hus")
    assert record.description == Text("Een verzonnen buurthuis.", (("ar", "مركز"), ("no", "Et hus")))


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Koffie & thee", "Koffie & thee"),
        ('"& meer"', "& meer"),
        ('"!Let op"', "!Let op"),
        ("'*samen*'", "*samen*"),
        ('"Samen: koken"', "Samen: koken"),
        ("Samen \N{EM DASH} koken # elke week", "Samen \N{EM DASH} koken"),
        (">-\n      Samen\n      koken", "Samen koken"),
        ("|\n      Samen\n      koken\n", "Samen koken"),
        ("Samen\n      koken", "Samen koken"),
        ('"Samen\\nkoken"', "Samen koken"),
        ("آشپزی با هم", "آشپزی با هم"),
    ],
)
def test_a_title_is_read_as_somebody_means_it(project: Project, written: str, title: str) -> None:
    record = _organisation(project, "title: Samen koken en eten", f"title: {written}")
    assert str(record.opportunities[0].title) == title


REFUSED: dict[str, dict[str, tuple[str, ...]]] = {
    "    places: 8": {
        "not-a-number": ("1e3", "0x8", "0o10", "1_000", "8.0", "+8", "1.000", "~", "null", "acht", "٨", "1234567"),
        "number-out-of-range": ("0", "-1", "10001"),
        "empty-value": ("", '""', '" "'),
        "not-a-text": ("[8]", "{8: 8}"),
    },
    "      hours_per_week: 2.5": {
        "not-a-number": ("2,5", "2.5 uur", ".5", "5.", "nan", ".inf"),
        "number-out-of-range": ("0", "40.1"),
    },
    "      starts: 12:30": {
        "not-a-time": ("24:00", "9:30", "12:60", "1230", "750", "12:30:00", "1٣:30", "half een", "12:30 uur"),
    },
    "  on: 2026-06-01": {
        "not-a-date": (
            "2026-02-29",
            "2026-6-1",
            "01-06-2026",
            "2026-13-01",
            "2026",
            "20260601",
            "2026-06-01T12:00",
            "~",
        ),
    },
    "    date: 2026-09-21": {
        "not-a-partial-date": ("19", "2019-13", "2019-02-30", "2019-9", "21-09-2019", "٢٠١٩", "0000", "2019-"),
    },
    "    date_is_estimate: nee": {"not-yes-or-no": ("no", "yes", "true", "false", "Ja", "onbekend", "1")},
    "accessible: ja": {"unknown-choice": ("Ja", "yes", "true", "~", '""'), "not-a-text": ("[ja]", "{ja: ja}")},
    "      level: A1": {"not-a-level": ("1", "A1+", "beginner", "A 1")},
    "  postcode: 9200 AB": {"not-a-postcode": ("0200 AB", "9200", "9٢00 AB", "9200-AB")},
    "  website: https://brug.voorbeeld.nl/": {
        "forbidden-scheme": (
            '"javascript:alert(1)"',
            '"JavaScript://voorbeeld.nl/%0aalert(1)"',
            "data:text/html,x",
            "ftp://voorbeeld.nl/",
            "//voorbeeld.nl/",
            "www.voorbeeld.nl",
            "mailto:info@voorbeeld.nl",
        ),
        "not-a-web-address": (
            "https://",
            "https:/voorbeeld.nl",
            "https://voorbeeld",
            "https://voorbeeld.nl:8080/",
            "https://voorbeeld.nl:x/",
            "https://voorbeeld.nl:99999/",
            "https://info@voorbeeld.nl/",
            "https://info:geheim@voorbeeld.nl/",
            "https://voorbeeld.nl/een twee",
            "'https://voorbeeld.nl/\"onclick=x'",
            "https://voorbeeld.nl\\@elders.nl/",
            "https://voorbeeld.nl/{x}",
            "https://[::1]/",
            "https://[voorbeeld.nl/",
            "https://ſoorbeeld.nl/",
            "https://☃.voorbeeld.nl/",
            "https://p\u0430ypal.nl/",
            "https://xn--a.nl/",
            "https://93.184.216.34/",
            "https://café-zout.nl:8080/",
            "https://info@café-zout.nl/",
            "https://-voorbeeld.nl/",
            "https://voorbeeld..nl/",
            "https://voorbeeld.nl/" + "x" * 500,
        ),
    },
    "  email: info@brug.voorbeeld.nl": {
        "not-an-email-address": (
            "info",
            "info@brug",
            "info @brug.nl",
            "info@brug.nl, x@y.nl",
            "info@@brug.nl",
            "é@brug.nl",
        ),
    },
    "  phone: 0512 00 00 02": {
        "not-a-phone-number": ("112", "0512", "0512 00 00 0", "+32 512 00 00 02", "0512-00-00-02-9", "bel ons"),
    },
    "  - id: samen-koken": {"not-a-slug": ("Samen", "samen koken", "samen_koken", "-samen", "a--b", "café", "x" * 81)},
}


@pytest.mark.parametrize(
    ("line", "rule", "value"),
    [(line, rule, value) for line, rules in REFUSED.items() for rule, values in rules.items() for value in values],
)
def test_a_value_that_a_field_does_not_take_is_refused(project: Project, line: str, rule: str, value: str) -> None:
    key = line[: line.index(":")]
    document = _read(project, line, f"{key}: {value}")
    assert document.record is None
    assert [one.rule for one in document.problems] == [rule]
    assert (
        document.problems[0].line == project.read(FILE)[: project.read(FILE).index(f"{key}: {value}")].count("\n") + 1
    )


ACCEPTED: list[tuple[str, str, Any]] = [
    ("  postcode: 9200 AB", "9200AB", "9200 AB"),
    ("  postcode: 9200 AB", "9203cd", "9203 CD"),
    ("  postcode: 9200 AB", "9203 cd", "9203 CD"),
    ("  website: https://brug.voorbeeld.nl/", "http://Brug.Voorbeeld.nl:80/x?y=1&z=%20#k", None),
    ("  website: https://brug.voorbeeld.nl/", "https://xn--caf-dma.voorbeeld.nl", None),
    ("  website: https://brug.voorbeeld.nl/", "https://café-zout.nl/a_(b)", "https://xn--caf-zout-d1a.nl/a_(b)"),
    ("  website: https://brug.voorbeeld.nl/", "https://cafe\u0301-zout.nl/", "https://xn--caf-zout-d1a.nl/"),
    (
        "  website: https://brug.voorbeeld.nl/",
        "https://www.ijs.nl/één%20/?q=thé#à",
        "https://www.ijs.nl/%C3%A9%C3%A9n%20/?q=th%C3%A9#%C3%A0",
    ),
    ("  website: https://brug.voorbeeld.nl/", "https://вход.рф", "https://xn--b1ae3a1a.xn--p1ai"),
    ("  website: https://brug.voorbeeld.nl/", "HTTP://voorbeeld.nl", "http://voorbeeld.nl"),
    ("  email: info@brug.voorbeeld.nl", "mailto:info@brug.nl", "info@brug.nl"),
    ("  phone: 0512 00 00 02", "+31 (0)512 000 002", "+31 512 000 002"),
    ("  phone: 0512 00 00 02", "+31 512 000 002", None),
    ("  phone: 0512 00 00 02", "0800-1234", None),
    ("  phone: 0512 00 00 02", "14 0512", None),
    ("  phone: 0512 00 00 02", "tel:0512000002", "0512000002"),
]


@pytest.mark.parametrize(("line", "value", "kept"), ACCEPTED)
def test_a_value_is_kept_as_it_is_written_or_in_one_form(project: Project, line: str, value: str, kept: Any) -> None:
    name = line[: line.index(":")].strip()
    record = _organisation(project, line, f"  {name}: {value}")
    part = record.address if name == "postcode" else record.contact
    assert getattr(part, name) == (kept or value)


MENDED = [
    ("  website: https://brug.voorbeeld.nl/", "www.voorbeeld.nl", "https://www.voorbeeld.nl"),
    ("  website: https://brug.voorbeeld.nl/", "Voorbeeld.nl/pad", "https://Voorbeeld.nl/pad"),
    ("  website: https://brug.voorbeeld.nl/", "café-zout.nl", "https://café-zout.nl"),
    ("  website: https://brug.voorbeeld.nl/", "http:/voorbeeld.nl", "http://voorbeeld.nl"),
    ("  website: https://brug.voorbeeld.nl/", "https//voorbeeld.nl", "https://voorbeeld.nl"),
    ("  website: https://brug.voorbeeld.nl/", "info@voorbeeld.nl", None),
    ("  website: https://brug.voorbeeld.nl/", "javascript:alert(1)", None),
    ("  website: https://brug.voorbeeld.nl/", "ftp://voorbeeld.nl/", None),
    ("  website: https://brug.voorbeeld.nl/", "vijftien euro", None),
    ("  postcode: 9200 AB", "9203-CD", "9203 CD"),
    ("  postcode: 9200 AB", "0203 cd", None),
    ("  email: info@brug.voorbeeld.nl", "'mailto: info@brug.nl'", "info@brug.nl"),
    ("  email: info@brug.voorbeeld.nl", "info @ brug.nl", "info@brug.nl"),
    ("  email: info@brug.voorbeeld.nl", "info", None),
    ("  phone: 0512 00 00 02", "0512/00 00 02", "0512 00 00 02"),
    ("  phone: 0512 00 00 02", "0031 512 000 002", "+31 512 000 002"),
    ("  phone: 0512 00 00 02", "'Tel.: 0512 000 002'", "0512 000 002"),
    ("  phone: 0512 00 00 02", "0512", None),
    ("  on: 2026-06-01", "1-6-2026", "2026-06-01"),
    ("  on: 2026-06-01", "31-02-2026", None),
    ("      starts: 12:30", "'9.30 uur'", "09.30"),
]


@pytest.mark.parametrize(("line", "value", "mended"), MENDED)
def test_a_wrong_value_is_refused_with_the_right_one_where_that_is_certain(
    project: Project, line: str, value: str, mended: str | None
) -> None:
    (problem,) = _read(project, line, f"{line[: line.index(':')]}: {value}").problems
    assert ('Bedoel je "' in problem.message) == (mended is not None)
    assert mended is None or f'Bedoel je "{mended}"?' in problem.message


POSITIONS = [
    (FILE, "53.1131", "6.0995"),
    (FILE, "53.1250", "5.9990"),
    ("catalogue/reception/azc-drachten.yml", "53.11", "6.09"),
    ("catalogue/places.yml", "53.05", "6.10"),
]


@pytest.mark.parametrize(("file", "north", "east"), POSITIONS)
def test_a_position_that_is_swapped_is_one_problem(project: Project, file: str, north: str, east: str) -> None:
    line = project.read(file).partition(f"latitude: {north}")[0].count("\n") + 1
    project.replace(file, f"latitude: {north}\n", f"latitude: {east}\n")
    project.replace(file, f"longitude: {east}\n", f"longitude: {north}\n")
    (problem,) = project.load().problems
    assert (problem.file, problem.line, problem.rule) == (file, line, "position-swapped")
    assert problem.message == "De breedte en de lengte zijn verwisseld."
    assert problem.remedy == f"Schrijf latitude: {north} en longitude: {east}."


@pytest.mark.parametrize(
    ("north", "east", "rules"),
    [
        ("6.09", "6.09", ["number-out-of-range"]),
        ("53.11", "53.11", ["number-out-of-range"]),
        ("6.09", "54", ["number-out-of-range"] * 2),
        ("8", "53.11", ["number-out-of-range"] * 2),
        ("6,09", "53.11", ["not-a-number", "number-out-of-range"]),
        ("6.09", "53.11\n  precision: op het oog", ["position-swapped", "unknown-choice"]),
    ],
)
def test_a_position_counts_as_swapped_only_when_both_numbers_fit(
    project: Project, north: str, east: str, rules: list[str]
) -> None:
    new = f"latitude: {north}\n  longitude: {east}\n"
    new += "" if "precision" in east else "  precision: adres\n"
    document = _read(project, "latitude: 53.1131\n  longitude: 6.0995\n  precision: adres\n", new)
    assert [one.rule for one in document.problems] == rules


def test_a_level_may_be_written_small(project: Project) -> None:
    record = _organisation(project, "level: A1", "level: a1")
    assert record.opportunities[0].dutch
    assert record.opportunities[0].dutch.level == "A1"


@pytest.mark.parametrize(
    ("address", "rule"),
    [
        ("info@voorbeeld.nl", None),
        ("fenna.verzonnen@voorbeeld.nl", "private-email"),
        ("f.verzonnen@voorbeeld.nl", "private-email"),
        ("taal.friesland@voorbeeld.nl", None),
        ("buurthuis@gmail.com", "free-mailbox"),
        ("fenna.verzonnen@gmail.com", "private-email"),
    ],
)
def test_only_the_address_of_a_person_is_private(project: Project, address: str, rule: str | None) -> None:
    document = _read(project, "email: info@brug.voorbeeld.nl", f"email: {address}")
    assert [one.rule for one in document.problems] == ([rule] if rule else [])


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Bel 0612345678.", "private-phone"),
        ("Bel 06-12 34 56 78.", "private-phone"),
        ("Bel 06 - 12345678.", "private-phone"),
        ("Bel +31 6 12345678.", "private-phone"),
        ("Bel +31 (0)6 12345678.", "private-phone"),
        ("Bel 0031612345678.", "private-phone"),
        ("Bel 0512 12 34 56.", None),
        ("Zie https://voorbeeld.nl/0612345678 voor meer.", None),
        ("Vraag naar Fenna Verzonnen.", "private-name"),
        ("Vraag het aan mevrouw Verzonnen.", "private-name"),
        ("Vraag naar de coördinator vrijwilligers.", None),
        ("Je kookt <b>samen</b>.", "html"),
        ("Minder dan 3 < 5 &amp; meer.", "html"),
        ("Voor 3 < 5 personen.", None),
        ("KOM ALLEMAAL SNEL LANGS BIJ ONS.", "capitals"),
        ("Het COA, UWV en DUO doen mee.", None),
        ("Twee  spaties.", "double-space"),
    ],
)
def test_a_text_is_looked_at(project: Project, text: str, rule: str | None) -> None:
    document = _read(project, "note: Bel de balie.", f"note: {text}")
    assert [one.rule for one in document.problems] == ([rule] if rule else [])
    assert document.record is not None, "the rest of the file is still looked at"


@pytest.mark.parametrize("name", ["[key]", "", " name", "Name", "na\u200bme", "name "])
def test_a_field_of_another_name_is_unknown(project: Project, name: str) -> None:
    document = _read(project, "kind: buurthuis\n", f'kind: buurthuis\n"{name}": x\n')
    assert [(one.rule, one.line) for one in document.problems] == [("unknown-field", 4)]
    assert f'"{name}"'.replace("\u200b", "�") in document.problems[0].message


@pytest.mark.parametrize("second", ["name", '"name"', "'name'", "? name\n"])
def test_a_field_twice_is_refused_however_it_is_written(project: Project, second: str) -> None:
    document = _read(project, "kind: buurthuis\n", f"kind: buurthuis\n{second}: Nog een naam\n")
    assert [(one.rule, one.line) for one in document.problems] == [("duplicate-key", 4)]
    assert document.record is None
