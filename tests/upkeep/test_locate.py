"""``meedoenkaart locate``: asks PDOK, here a server that answers as PDOK documents, and writes only the point."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from meedoenkaart.records.shared import Position
from meedoenkaart.upkeep.locate import with_position
from tests.conftest import Project
from tests.upkeep.servers import Reply, serving

FILE = "catalogue/organisations/smallingerland/buurthuis-de-brug.yml"
POSITION = "position:\n  latitude: 53.1131\n  longitude: 6.0995\n  precision: adres\n"
FOUND = {
    "type": "adres",
    "weergavenaam": "Voorbeeldstraat 1, 9200AB Drachten",
    "straatnaam": "Voorbeeldstraat",
    "huisnummer": 1,
    "huis_nlt": "1",
    "postcode": "9200AB",
    "woonplaatsnaam": "Drachten",
    "centroide_ll": "POINT(6.0987654 53.1123456)",
    "score": 12.3,
}


class Pdok:
    """Answers as ``/free`` does, and remembers what it was asked."""

    def __init__(self, *docs: dict[str, Any], body: bytes | None = None) -> None:
        self.docs, self.body = docs, body
        self.asked: list[tuple[str, dict[str, list[str]]]] = []

    def __call__(self, method: str, path: str, body: bytes) -> Reply:
        parts = urlsplit(path)
        self.asked.append((parts.path, parse_qs(parts.query)))
        answer = {"response": {"numFound": len(self.docs), "start": 0, "numFoundExact": True, "docs": self.docs}}
        return 200, {"Content-Type": "application/json"}, self.body or json.dumps(answer).encode()


@pytest.fixture
def unplaced(project: Project) -> Project:
    project.replace(FILE, POSITION, "")
    return project


def _locate(project: Project, pdok: Callable[..., Reply], *arguments: str) -> tuple[int, str]:
    with serving(pdok) as server:
        outcome = project.run("locate", "--server", f"{server}/v3_1", *arguments)
    return outcome.code, outcome.out + outcome.err


def test_the_point_is_written_below_the_address_and_nothing_else(unplaced: Project) -> None:
    before, pdok = unplaced.read(FILE), Pdok(FOUND)
    code, told = _locate(unplaced, pdok)
    assert code == 0
    assert "Gevonden: Voorbeeldstraat 1, 9200AB Drachten." in told
    position = "position:\n  latitude: 53.11235\n  longitude: 6.09877\n  precision: adres\n"
    assert unplaced.read(FILE) == before.replace("serves: [opsterland]", f"{position}serves: [opsterland]")
    assert [one for one in unplaced.problems() if FILE in one] == []
    ((path, query),) = pdok.asked
    assert path == "/v3_1/free"
    assert query["q"] == ["Voorbeeldstraat 1 9200 AB Drachten"]
    assert query["fq"] == ["type:adres", "gemeentecode:0090"]


def test_nothing_is_asked_without_being_called_for(unplaced: Project) -> None:
    pdok = Pdok(FOUND)
    with serving(pdok):
        assert unplaced.run("check").code == 0
    assert pdok.asked == []


def test_a_dry_run_writes_nothing(unplaced: Project) -> None:
    before = unplaced.read(FILE)
    assert _locate(unplaced, Pdok(FOUND), "--dry-run")[0] == 0
    assert unplaced.read(FILE) == before


@pytest.mark.parametrize(
    "other",
    [
        {"huisnummer": 11, "huis_nlt": "11"},
        {"straatnaam": "Andere Straat"},
        {"postcode": "9999ZZ"},
        {"type": "weg"},
        {"centroide_ll": "POINT(0 0)"},
        {"centroide_ll": "POINT(nan nan)"},
        {"centroide_ll": "<script>"},
        {"centroide_ll": None},
    ],
)
def test_another_address_is_not_taken_for_this_one(unplaced: Project, other: dict[str, Any]) -> None:
    before = unplaced.read(FILE)
    code, told = _locate(unplaced, Pdok({**FOUND, **other}))
    assert code == 0
    assert "PDOK kent dit adres niet" in told
    assert unplaced.read(FILE) == before


def test_the_one_that_fits_is_taken_from_several(unplaced: Project) -> None:
    _locate(unplaced, Pdok({**FOUND, "huis_nlt": "1-A", "huisnummer": 1}, FOUND))
    assert "latitude: 53.11235" in unplaced.read(FILE)


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"response": null}', b'{"response": {"docs": 5}}', b"\xff"])
def test_what_is_not_an_answer_of_pdok_writes_nothing(unplaced: Project, body: bytes) -> None:
    before = unplaced.read(FILE)
    _, told = _locate(unplaced, Pdok(body=body or b" "))
    assert "PDOK" in told
    assert "Traceback" not in told
    assert unplaced.read(FILE) == before


def test_where_nobody_listens(unplaced: Project) -> None:
    outcome = unplaced.run("locate", "--server", "http://127.0.0.1:9")
    assert outcome.code == 1
    assert outcome.err.startswith("PDOK gaf geen antwoord: ")
    assert unplaced.run("locate", "--server", "file:///etc/passwd").code == 2


def test_an_address_without_a_house_number_is_not_asked_for(unplaced: Project) -> None:
    unplaced.replace(FILE, "street: Voorbeeldstraat 1", "street: Voorbeeldstraat")
    pdok = Pdok(FOUND)
    assert "heeft al een punt" in _locate(unplaced, pdok)[1]
    assert pdok.asked == []


LAYOUTS = {
    "a comment after it": (
        "name: x\naddress: # waar\n  street: A 1 # de deur\n  place: B # dorp\n\n# over het contact\ncontact: {}\n",
        "name: x\naddress: # waar\n  street: A 1 # de deur\n  place: B # dorp\n{}\n# over het contact\ncontact: {{}}\n",
    ),
    "on one line": ("address: {street: A 1, place: B}\nname: x\n", "address: {{street: A 1, place: B}}\n{}name: x\n"),
    "the last thing, without a line end": ("name: x\naddress:\n  place: B", "name: x\naddress:\n  place: B\n{}"),
    "a text of several lines": (
        "address:\n  place: B\n  street: >-\n    A\n    1\nname: x\n",
        "address:\n  place: B\n  street: >-\n    A\n    1\n{}name: x\n",
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_comments_and_layout_stay(layout: str) -> None:
    before, after = LAYOUTS[layout]
    point = Position(latitude="53.1", longitude="6.1", precision="adres")  # type: ignore[arg-type]
    block = "position:\n  latitude: 53.1\n  longitude: 6.1\n  precision: adres\n"
    assert (with_position(before.encode(), ("address",), point) or b"").decode() == after.format(block)


def test_within_an_opportunity_and_with_windows_line_ends() -> None:
    point = Position(latitude="53.1", longitude="6.1", precision="adres")  # type: ignore[arg-type]
    text = "opportunities:\r\n  - id: a\r\n    address:\r\n      place: B\r\n  - id: b\r\n"
    changed = with_position(text.encode(), ("opportunities", 0, "address"), point)
    assert (
        changed
        == text.replace(
            "B\r\n",
            "B\r\n    position:\r\n      latitude: 53.1\r\n      longitude: 6.1\r\n      precision: adres\r\n",
        ).encode()
    )
    inline = b"opportunities: [{id: a, address: {place: B}}]\n"
    assert with_position(inline, ("opportunities", 0, "address"), point) is None
    assert with_position(b"address: {place: B}\nposition: {}\n", ("address",), point) is None


def test_the_own_root_stays_clean(unplaced: Project, tmp_path: Path) -> None:
    before = set(unplaced.root.rglob("*"))
    _locate(unplaced, Pdok(FOUND))
    assert set(unplaced.root.rglob("*")) == before
