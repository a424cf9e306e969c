"""Tables that open in Excel as they are meant, whatever stands in a text."""

import csv
import io
from collections.abc import Mapping

import pytest

from meedoenkaart.open_data.spreadsheets import csv_bytes, safe
from tests.conftest import Project
from tests.open_data.conftest import made

TABLES = ("kansen", "opportunities", "organisaties", "opvanglocaties", "gemeenten")
STARTS = ("=", "+", "-", "@", "\t", "\r", "＝")


def _rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


@pytest.mark.parametrize("of", ["files", "real"])
@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_csv_for_excel(of: str, name: str, request: pytest.FixtureRequest) -> None:
    data: bytes = request.getfixturevalue(of)[f"{name}.csv"]
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\xef\xbb\xbf") == 1
    assert data.count(b"\n") == data.count(b"\r\n"), "lines end as RFC 4180 says"
    headings, *rows = _rows(data)
    assert rows
    assert {len(row) for row in rows} == {len(headings)}
    assert len(set(headings)) == len(headings)
    assert len({row[0] for row in rows}) == len(rows)
    assert all(row[-1].endswith("CC BY 4.0") for row in rows)
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "@", "\t"))]


def test_the_english_table_says_the_same(files: Mapping[str, bytes]) -> None:
    (dutch, *rows), (english, *same) = _rows(files["kansen.csv"]), _rows(files["opportunities.csv"])
    assert rows == same
    assert len(dutch) == len(english)
    assert dutch != english


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("https://voorbeeld.nl";"klik")',
        "=1+1",
        "+1+cmd|' /C calc'!A0",
        "-2+3+cmd",
        "@SUM(1+1)",
        "  =1+1",
        '"=1+1',
        "＝1+1",
        "kies; =1+1",
        "kies;=1+1",
        "een\n=1+1",
        "een\u2028=1+1",
        "\t=1+1",
    ],
)
def test_no_text_becomes_a_formula(text: str) -> None:
    """Also where a spreadsheet takes a semicolon for the end of a cell, as Excel does in Dutch."""
    data = b"".join(csv_bytes([["eerst", text, "laatst"]])).decode()
    for delimiter in ",;\t":
        for row in csv.reader(io.StringIO(data, newline=""), delimiter=delimiter):
            for cell in row:
                assert not cell.strip().strip('"').strip().startswith(STARTS), (delimiter, cell)


@pytest.mark.parametrize("text", ["+31 512 00 00 02", "0512-000002", "-53.1", "gewoon = tekst", "a; b", ""])
def test_what_is_harmless_stays(text: str) -> None:
    assert safe(text) == text


def test_hostile_texts_stay_in_their_cell(project: Project) -> None:
    project.replace(
        "catalogue/organisations/smallingerland/buurthuis-de-brug.yml",
        "title: Samen koken en eten",
        """title: '=HYPERLINK("x"),"; =1+1'""",
    )
    rows = _rows(made(project.catalogue())["kansen.csv"])
    [found] = [row for row in rows if "HYPERLINK" in row[1]]
    assert found[1] == """'=HYPERLINK("x"),"; '=1+1"""
