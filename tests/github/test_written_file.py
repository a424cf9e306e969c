"""A file that the form on the site made comes whole: every opportunity, place and meeting, new or changed."""

from pathlib import Path

import pytest

from tests.conftest import MINIMAL, ROOT
from tests.github.workflow import HOSTILE, Workflow, assert_dead, result

NEW = "catalogue/organisations/smallingerland/tijden-voorbeeld.yml"
THERE = "catalogue/organisations/opsterland/sportclub-de-stap.yml"
ANSWERS = {
    "file": NEW,
    "content": (ROOT / "tests/when" / NEW).read_text("utf-8"),
    "agreed": "- [x] Hierboven staat niets over personen, en iedereen mag het gebruiken (CC BY 4.0).",
}
REST = {"catalogue/reception/azc-drachten.yml", "catalogue/municipalities/smallingerland.yml", THERE}


@pytest.fixture
def workflow(tmp_path: Path) -> Workflow:
    return Workflow(tmp_path, "file")


def test_a_new_file_is_what_the_form_made(workflow: Workflow, tmp_path: Path) -> None:
    answer = workflow.run(ANSWERS)
    assert workflow.github.files("voorstel-7") == {NEW: ANSWERS["content"]}
    assert result(workflow, tmp_path, "voorstel-7").problems() == []
    (pull,) = workflow.github.pulls
    assert (pull["head"], pull["title"]) == ("voorstel-7", "Voorstel uit het formulier: Wijkcentrum Tijden")
    assert "#100" in answer


@pytest.mark.parametrize("file", sorted(REST))
def test_a_changed_file_of_each_kind_takes_the_place_of_the_one_there(workflow: Workflow, file: str) -> None:
    content = f"{(MINIMAL / file).read_text('utf-8').rstrip()}\n# Gezien.\n"
    workflow.run({**ANSWERS, "file": file, "content": content})
    assert workflow.github.files("voorstel-7") == {file: content}
    unchanged = workflow.run({**ANSWERS, "file": file, "content": (MINIMAL / file).read_text("utf-8")}, number=8)
    assert "Dit staat al zo op de kaart." in unchanged


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"content": ""}, 'Vul "Wat staat erin?" in.'),
        ({"agreed": "- [ ] x"}, 'Zet een vinkje bij "Openbaar".'),
        ({"content": ANSWERS["content"].replace("place: Drachten", "place: Drachtn")}, 'Bedoel je "Drachten"?'),
        ({"content": "name: [x\n"}, "Schrijf een lijst zo"),
        *(
            ({"file": file}, 'Bij "Welk bestand?" past')
            for file in (
                "catalogue/vocabulary.yml",
                "routes/statutory.yml",
                ".github/workflows/check.yml",
                "catalogue/organisations/../../x.yml",
                "catalogue/organisations/x.yml",
                "catalogue/reception/a/b.yml",
            )
        ),
    ],
)
def test_what_will_not_do_is_answered(workflow: Workflow, change: dict[str, str], told: str) -> None:
    answer = workflow.run({**ANSWERS, **change})
    assert "Er is nog geen voorstel van gemaakt" in answer
    assert told in answer.replace("\\", "")
    assert not workflow.github.pulls


@pytest.mark.parametrize("field", ["file", "content"])
@pytest.mark.parametrize("attack", HOSTILE)
def test_a_hostile_answer_is_text_or_refused(workflow: Workflow, tmp_path: Path, attack: str, field: str) -> None:
    answer = workflow.run({**ANSWERS, field: HOSTILE[attack]})
    assert_dead(workflow, tmp_path, answer, ("catalogue/organisations/smallingerland/",), "voorstel-7")
