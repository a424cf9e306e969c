"""``meedoenkaart new organisation`` on a terminal: asks in Dutch, checks at once, writes a commented file."""

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from meedoenkaart.draft import Draft
from meedoenkaart.reading.documents import Reader
from meedoenkaart.writing.interview import Answers, Interview
from tests.conftest import ENVIRONMENT, TODAY, Project

FILE = "catalogue/organisations/opsterland/buurthuis-t-hoekje.yml"
RIGHT = {
    "1.": "Buurthuis 't Hoekje",
    "Wat voor organisatie": "buurthuis",
    "2.": "Samen kaarten: elke week",
    "3.": "ontmoeting",
    "4.": "Je speelt een spel met mensen uit het dorp.",
    "5.": "Voorbeeldweg 1",
    "Dorp of stad": "Gorredijk",
    "6.": "info@hoekje.voorbeeld.nl",
    "7.": "https://hoekje.voorbeeld.nl/kaarten",
    "Dan moet je": "de coördinator",
    "welke gemeente": "Opsterland",
}


class Person:
    """Answers by the question; the answers of one question are given one after the other."""

    def __init__(self, **wrong: list[str]) -> None:
        self.told: list[str] = []
        self._choosing = ""
        self._wrong: dict[str, Iterator[str]] = {name: iter(answers) for name, answers in wrong.items()}

    def tell(self, line: str) -> None:
        self.told.append(line)
        if any(key in line for key in RIGHT):
            self._choosing = line

    def ask(self, question: str) -> str:
        key = next(key for key in RIGHT if key in (self._choosing if "Nummer" in question else question))
        name = {"1.": "name", "2.": "title", "5.": "street", "6.": "contact", "7.": "source"}.get(key, key.split()[0])
        return next(self._wrong.get(name, iter(())), RIGHT[key])


def _answers(project: Project, **wrong: list[str]) -> tuple[Person, Answers]:
    person = Person(**wrong)
    return person, Interview(Draft(Reader(project.root).read()), TODAY, person.ask, person.tell).answers()


def test_who_works_there_needs_no_page(project: Project) -> None:
    values = _answers(project, source=[""])[1].values
    assert "sources" not in values
    assert values["confirmation"] == {"on": TODAY.isoformat(), "by": "de coördinator"}


@pytest.mark.parametrize(
    ("field", "wrong", "told"),
    [
        ("name", "", "mag niet leeg|leeg"),
        ("name", "x" * 101, "101|tekens"),
        ("title", "<b>vet</b>", "HTML|html|<b>"),
        ("Dorp", "Utrecht", "staat niet op deze kaart"),
        ("Dorp", "Gorrdijk", 'Bedoel je "Gorredijk"?'),
        ("contact", "jan.jansen@voorbeeld.nl", "jan.jansen@voorbeeld.nl"),
        ("contact", "06 12 34 56 78", "06"),
        ("source", "javascript:alert(1)", "http"),
        ("source", "hoekje.voorbeeld.nl", "http"),
        ("3.", "ontmoetng", "staat niet in de lijst"),
    ],
)
def test_a_wrong_answer_is_explained_and_asked_again(project: Project, field: str, wrong: str, told: str) -> None:
    right = _answers(project)[1]
    person, found = _answers(project, **{field: [wrong]})
    assert any(part in line for line in person.told for part in told.split("|"))
    assert found == right


@pytest.mark.parametrize(
    ("places", "municipality"),
    [
        (["Drachten"], "smallingerland"),
        (["Oudega"], "smallingerland"),
        (["Nieuwdorp aan Zee", "Nieuwdorp aan Zee"], "smallingerland"),
    ],
)
def test_the_municipality_follows_from_the_place_or_is_asked(
    project: Project, places: list[str], municipality: str
) -> None:
    person, found = _answers(project, Dorp=places, welke=["Utrecht", "Smallingerland"])
    assert (found.values["address"]["place"], found.municipality) == (places[-1], municipality)
    assert ("  Dat staat niet in de lijst." in person.told) == (places != ["Drachten"])


@pytest.mark.parametrize(
    ("contact", "field"),
    [("0512 00 00 02", "phone"), ("hoekje.voorbeeld.nl", "website"), ("info@hoekje.voorbeeld.nl", "email")],
)
def test_a_way_to_get_in_touch_is_recognised(project: Project, contact: str, field: str) -> None:
    _, found = _answers(project, contact=[contact])
    assert list(found.values["contact"]) == [field]


def _on_a_terminal(project: Project, *answers: str) -> tuple[int, str]:
    """Run the command on a real terminal and type the answers."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, **ENVIRONMENT, "TERM": "dumb"}
    command = [str(Path(sys.executable).with_name("meedoenkaart")), "new", "organisation"]
    child = subprocess.Popen(command, cwd=project.root, env=environment, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    os.write(ours, "".join(f"{answer}\n" for answer in answers).encode())
    told = b""
    signal.alarm(60)
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        told += part
    signal.alarm(0)
    os.close(ours)
    return child.wait(), told.decode()


def test_on_a_terminal_it_writes_a_commented_file_that_is_right(project: Project) -> None:
    code, told = _on_a_terminal(project, *list(RIGHT.values())[:-1])
    assert code == 0, told
    assert FILE in told
    text = project.read(FILE)
    assert text.startswith("# yaml-language-server: $schema=../../../schemas/organisation.json\n")
    assert "# Omschrijving. " in text
    assert project.problems() == []
    assert project.run("format", "--check").code == 0
    record = next(one.record for one in Reader(project.root).read() if one.file == FILE)
    assert record.name == RIGHT["1."]
    assert record.contact.email == RIGHT["6."]
    (kans,) = record.opportunities
    assert (kans.id, str(kans.title), kans.activity) == ("samen-kaarten-elke-week", RIGHT["2."], "ontmoeting")
    assert str(kans.description) == RIGHT["4."]
    assert (record.address.street, record.address.place) == ("Voorbeeldweg 1", "Gorredijk")


def test_without_a_terminal_nothing_is_asked(project: Project) -> None:
    outcome = project.execute("new", "organisation")
    assert outcome.code == 2
    assert "give a NAME" in outcome.err
    assert project.run("new", "reception").code == 2
