"""A correction: one value of one file changes, or a person reads it and the answer says so."""

import difflib
from pathlib import Path

import pytest

from tests.conftest import MINIMAL
from tests.github.workflow import HOSTILE, Workflow, assert_dead, result

FILE = "catalogue/organisations/smallingerland/buurthuis-de-brug.yml"
PAGE = "https://meedoenkaart.github.io/meedoenkaart/kansen/smallingerland/buurthuis-de-brug/"
ANSWERS = {
    "page": PAGE,
    "field": "Het telefoonnummer",
    "now": "0512 00 00 99",
    "known": "https://brug.voorbeeld.nl/contact",
    "agreed": "- [x] Hierboven staat niets over personen, en iedereen mag het gebruiken (CC BY 4.0).",
}


@pytest.fixture
def workflow(tmp_path: Path) -> Workflow:
    return Workflow(tmp_path, "correction")


def changed_lines(workflow: Workflow) -> list[str]:
    """Return the lines that a pull request takes away and adds."""
    ((file, content),) = workflow.github.files("verbetering-7").items()
    before = (MINIMAL / file).read_text("utf-8").splitlines()
    return [one for one in difflib.ndiff(before, content.splitlines()) if one[:2] in ("- ", "+ ")]


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        ({}, ["-   phone: 0512 00 00 02", "+   phone: 0512 00 00 99"]),
        ({"page": FILE, "field": "De website", "now": "weghalen"}, ["-   website: https://brug.voorbeeld.nl/"]),
        (
            {"field": "De uitleg over de organisatie", "now": "Een huis\nvoor de buurt."},
            ["-   nl: Een verzonnen buurthuis.", "+   nl: Een huis voor de buurt."],
        ),
        (
            {"page": f"{PAGE}#samen-koken", "field": "Kans: de dagen", "now": "Vrijdag, zaterdag"},
            ["-         - days: [maandag, woensdag]", "+         - days: [vrijdag, zaterdag]"],
        ),
        (
            {"page": f"{PAGE}#samen-koken", "field": "Kans: hoe vaak het is", "now": "om de week vanaf 2026-09-07"},
            ["+           rule: om de week vanaf 2026-09-07"],
        ),
        (
            {"opportunity": "helpen met afwassen", "field": "Kans: de dagen", "now": "vrijdag"},
            ["+     schedule:", "+       meetings:", "+         - days: [vrijdag]"],
        ),
        (
            {"field": "Of de organisatie nog bestaat: actief, gepauzeerd of gestopt", "now": "Gestopt"},
            ["- status: actief", "+ status: gestopt"],
        ),
        (
            {"field": "Straat en huisnummer", "now": "Voorbeeldstraat 3"},
            [
                *("-   street: Voorbeeldstraat 1", "+   street: Voorbeeldstraat 3"),
                *("- position:", "-   latitude: 53.1131", "-   longitude: 6.0995", "-   precision: adres"),
            ],
        ),
    ],
)
def test_only_the_lines_meant_change(workflow: Workflow, change: dict[str, str], lines: list[str]) -> None:
    answer = workflow.run({**ANSWERS, **change})
    assert "#100" in answer
    assert changed_lines(workflow) == lines
    (pull,) = workflow.github.pulls
    assert (pull["head"], pull["title"]) == ("verbetering-7", "Verbetering: Buurthuis De Brug")
    assert "Closes #7" in pull["body"]


def test_an_edit_renews_the_same_branch_and_answer(workflow: Workflow, tmp_path: Path) -> None:
    workflow.run(ANSWERS)
    workflow.run({**ANSWERS, "now": "0512 00 00 88"})
    github = workflow.github
    assert changed_lines(workflow)[1] == "+   phone: 0512 00 00 88"
    assert len(github.pulls) == len(github.comments) == 1
    assert github.dispatched == ["verbetering-7"] * 2
    assert result(workflow, tmp_path, "verbetering-7").problems() == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"now": "06 12 34 56 78"}, "mobiel nummer"),
        ({"field": "De plaats", "now": "Drachtn"}, "Bedoel je"),
        ({"field": "Kans: de titel"}, '"Samen koken en eten", "Helpen met afwassen"'),
        ({"field": "Kans: de titel", "opportunity": "Iets"}, '"Samen koken en eten", "Helpen met afwassen"'),
        ({"field": "De naam", "now": "weghalen"}, "name"),
        ({"field": "Of je er met een rolstoel in kunt", "now": "vast wel"}, "Kies uit: ja, nee, onbekend."),
        ({"now": "0512 00 00 02"}, "Dit staat al zo op de kaart."),
        ({"page": "de voetbalclub"}, 'Bij "Welke pagina?" hoort het adres van een organisatie'),
        ({"page": "https://[x/"}, 'Bij "Welke pagina?" hoort het adres van een organisatie'),
        ({"page": f"{PAGE}../../../.github/CODEOWNERS"}, 'Bij "Welke pagina?" hoort'),
        ({"known": ""}, 'Vul "Hoe weet je dit?" in.'),
        ({"field": "Het weer"}, 'Kies bij "Wat klopt er niet?" iets uit de lijst'),
        ({"field": "De naam, De plaats"}, 'Kies bij "Wat klopt er niet?" iets uit de lijst'),
    ],
)
def test_an_answer_that_will_not_do(workflow: Workflow, change: dict[str, str], told: str) -> None:
    answer = workflow.run({**ANSWERS, **change})
    assert "Er is nog geen voorstel van gemaakt" in answer
    assert told in answer.replace("\\", "")
    assert not workflow.github.pulls


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"field": "Iets anders", "now": "Het is er nooit open als ik kom."}, "past niet in één vakje"),
        ({"page": "https://x.nl/azc/azc-drachten/"}, "niet van een organisatie"),
        ({"page": "/gemeenten/smallingerland/"}, "niet van een organisatie"),
    ],
)
def test_free_words_are_read_by_a_person(workflow: Workflow, change: dict[str, str], told: str) -> None:
    answer = workflow.run({**ANSWERS, **change})
    assert told in answer
    assert "1. Een beheerder leest je melding." in answer
    assert not workflow.github.pulls


@pytest.mark.parametrize("field", ["page", "now", "opportunity"])
@pytest.mark.parametrize("attack", HOSTILE)
def test_a_hostile_answer_is_text_or_refused(workflow: Workflow, tmp_path: Path, attack: str, field: str) -> None:
    answers = {**ANSWERS, "page": f"{PAGE}#samen-koken", "field": "Kans: wanneer het is, in eigen woorden"}
    answer = workflow.run({**answers, field: HOSTILE[attack]})
    assert_dead(workflow, tmp_path, answer, (FILE,), "verbetering-7")
