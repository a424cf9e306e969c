"""A new route: one step a line becomes a file that passes ``check`` and can be drawn, or each wrong line is told."""

from pathlib import Path

import pytest

from meedoenkaart.infographic import Draughtsman
from tests.github.workflow import HOSTILE, Workflow, assert_dead, result
from tests.infographic.conftest import draughtsman as draughtsman

FILE = "routes/opsterland.yml"
ANSWERS = {
    "municipality": "Opsterland",
    "title": "Van azc naar meedoen",
    "law": "Wi2021",
    "period": "vanaf 2022",
    "status.stage": "deels",
    "sources.address": "https://www.opsterland.voorbeeld.nl/route\nhttps://plan.voorbeeld.nl/",
    "contact.email": "info@opsterland.voorbeeld.nl",
    "steps": """1. Begin | Gemeente | Brede intake | binnen 10 weken
2. Begin | gemeente | Plan inburgering (PIP)

- Leren | Taalschool | Taalles
Leren | | Taalles""",
    "agreed": "- [x] Hierboven staat niets over personen, en iedereen mag het gebruiken (CC BY 4.0).",
}


@pytest.fixture
def workflow(tmp_path: Path) -> Workflow:
    return Workflow(tmp_path, "route")


def test_lines_become_a_route_that_can_be_drawn(workflow: Workflow, tmp_path: Path, draughtsman: Draughtsman) -> None:
    answer = workflow.run(ANSWERS)
    assert "#100" in answer
    assert list(workflow.github.files("route-7")) == [FILE]
    project = result(workflow, tmp_path, "route-7")
    assert project.problems() == []
    assert project.run("format", "--check", str(project.root / FILE)).code == 0
    route = project.catalogue().routes["opsterland"].record
    assert {id: str(one.title) for id, one in route.phases.items()} == {"begin": "Begin", "leren": "Leren"}
    assert {id: (one.actor, one.after) for id, one in route.steps.items()} == {
        "brede-intake": ("gemeente", ()),
        "plan-inburgering-pip": ("gemeente", ("brede-intake",)),
        "taalles": ("taalschool", ("plan-inburgering-pip",)),
        "taalles-2": (None, ("taalles",)),
    }
    assert (str(route.steps["brede-intake"].term), len(route.sources)) == ("binnen 10 weken", 2)
    assert route.actors["gemeente"].icon == "landmark", "as the other routes draw who has this name"
    for form in ("wide", "phone"):
        assert "Taalschool" in draughtsman.draw(route, form).svg


def test_an_edit_renews_the_same_branch_and_answer(workflow: Workflow) -> None:
    workflow.run(ANSWERS)
    workflow.run({**ANSWERS, "steps": "Begin | Gemeente | Kennismaken"})
    assert "Kennismaken" in workflow.github.files("route-7")[FILE]
    assert "Brede intake" not in workflow.github.files("route-7")[FILE]
    assert len(workflow.github.pulls) == len(workflow.github.comments) == 1


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ("Begin", '- Regel 1, "Begin": schrijf fase | wie | wat'),
        ("Begin | a | b\n\na | b | c | d | e", '- Regel 3, "a | b | c | d | e": schrijf fase | wie | wat'),
        ("| Gemeente | Intake", '- Regel 1, "| Gemeente | Intake": de fase en wat er gebeurt'),
        ("Begin | Gemeente | ", '- Regel 1, "Begin | Gemeente |": de fase en wat er gebeurt'),
        ("Begin | Gemeente | ?!", '- Regel 1, "Begin | Gemeente | ?!": schrijf "?!" met letters'),
        ("A | x | B\nC | x | D\na | x | E", '- Regel 3, "a | x | E": de fase "a" was al voorbij.'),
        (f"A | x | {'lang ' * 19}", '- Regel 1, "A | x | lang lang'),
        ("A | x | Bel 06 12 34 56 78", 'Regel 1, "A | x | Bel 06 12 34 56 78": 06 12 34 56 78 is een mobiel nummer'),
        ("\n".join(f"A | x | stap {number}" for number in range(61)), "60"),
        ("\n".join(["fout"] * 1000), "- En nog 970 keer."),
    ],
)
def test_each_wrong_line_is_told(workflow: Workflow, steps: str, told: str) -> None:
    answer = workflow.run({**ANSWERS, "steps": steps})
    assert told in answer.replace("\\", "")
    assert len(answer) < 20_000
    assert not workflow.github.pulls


def test_a_route_that_is_there_is_left_to_a_person(workflow: Workflow) -> None:
    answer = workflow.run({**ANSWERS, "municipality": "Smallingerland"})
    assert "De route van deze gemeente staat al op de kaart." in answer
    assert not workflow.github.pulls


@pytest.mark.parametrize("field", ["title", "steps", "sources.address"])
@pytest.mark.parametrize("attack", HOSTILE)
def test_a_hostile_answer_is_text_or_refused(workflow: Workflow, tmp_path: Path, attack: str, field: str) -> None:
    hostile = f"Begin | Gemeente | {HOSTILE[attack]}" if field == "steps" else HOSTILE[attack]
    answer = workflow.run({**ANSWERS, field: hostile})
    assert_dead(workflow, tmp_path, answer, (FILE,), "route-7")
