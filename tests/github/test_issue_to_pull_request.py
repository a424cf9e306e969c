"""From an issue to a pull request: the two steps as the workflow runs them, on sample events and a GitHub here."""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import MINIMAL
from tests.github.fake import BOT
from tests.github.test_issue_forms import written
from tests.github.workflow import HOSTILE, Workflow, assert_dead, result

FILE = "catalogue/organisations/opsterland/buurthuis-t-hoekje.yml"
ANSWERS = {
    "name": "Buurthuis 't Hoekje",
    "municipality": "Opsterland",
    "kind": "Buurthuis",
    "opportunities.title": "Samen kaarten: elke week",
    "opportunities.activity": "Mensen ontmoeten",
    "opportunities.description": "Je speelt een spel met mensen uit het dorp.\nDaarna is er koffie.",
    "address.place": "Gorredijk",
    "contact.email": "info@hoekje.voorbeeld.nl",
    "sources.address": "https://hoekje.voorbeeld.nl/kaarten",
    "opportunities.schedule.meetings.days": "woensdag, vrijdag",
    "opportunities.schedule.meetings.starts": "13:30",
    "agreed": "- [x] Hierboven staat niets over personen, en iedereen mag het gebruiken (CC BY 4.0).",
}


@pytest.fixture
def workflow(tmp_path: Path) -> Workflow:
    return Workflow(tmp_path)


def test_an_issue_becomes_a_right_file_on_its_branch(workflow: Workflow, tmp_path: Path) -> None:
    answer = workflow.run(ANSWERS)
    github = workflow.github
    assert list(github.files("kans-7")) == [FILE]
    project = result(workflow, tmp_path)
    assert project.problems() == []
    page = project.catalogue().organisations["opsterland/buurthuis-t-hoekje"]
    (kans,) = page.record.opportunities
    assert (page.record.name, str(kans.title)) == (ANSWERS["name"], ANSWERS["opportunities.title"])
    assert kans.schedule
    (meeting,) = kans.schedule.meetings
    assert (meeting.days, meeting.starts) == (("woensdag", "vrijdag"), "13:30")
    assert page.record.confirmation is None
    (pull,) = github.pulls
    assert (pull["head"], pull["base"]) == ("kans-7", "main")
    assert pull["title"] == "Nieuwe kans: Buurthuis 't Hoekje"
    assert "Closes #7" in pull["body"]
    assert github.dispatched == ["kans-7"]
    assert "#100" in answer
    assert "Dank je wel" in answer


def test_the_layout_is_the_projects_own(workflow: Workflow, tmp_path: Path) -> None:
    workflow.run({**ANSWERS, "opportunities.description": "Je speelt een spel. " * 20})
    project = result(workflow, tmp_path)
    assert project.run("format", "--check", str(project.root / FILE)).code == 0
    assert project.problems() == []


def test_an_edit_renews_the_same_branch_pull_request_and_answer(workflow: Workflow) -> None:
    workflow.run(ANSWERS)
    workflow.run({**ANSWERS, "name": "Buurthuis 't Hoekje Oost"})
    github = workflow.github
    assert list(github.files("kans-7")) == ["catalogue/organisations/opsterland/buurthuis-t-hoekje-oost.yml"]
    assert len(github.pulls) == len(github.comments) == 1
    assert github.pulls[0]["title"] == "Nieuwe kans: Buurthuis 't Hoekje Oost"


def test_what_is_wrong_is_answered_in_dutch_and_nothing_is_proposed(workflow: Workflow) -> None:
    answer = workflow.run({**ANSWERS, "address.place": "Gorrdijk", "contact.email": "jan.jansen@gmail.com"})
    assert "Bedoel je" in answer
    assert "Gorredijk" in answer
    assert not workflow.github.pulls
    assert list(workflow.github.refs) == ["heads/main"]
    right = workflow.run(ANSWERS)
    assert "#100" in right
    wrong = workflow.run({**ANSWERS, "address.place": "Gorrdijk"})
    assert "Let op: #100 is nog gemaakt van wat er eerst in je melding stond." in wrong
    assert len(workflow.github.comments) == 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"name": ""}, 'Vul "Naam van de organisatie" in.'),
        ({"municipality": "Utrecht"}, 'Kies bij "Gemeente" iets uit de lijst'),
        ({"municipality": "../../.github"}, 'Kies bij "Gemeente" iets uit de lijst'),
        ({"agreed": "- [ ] x"}, 'Zet een vinkje bij "Openbaar".'),
        ({"name": "???"}, 'Vul "Naam van de organisatie" in.'),
        ({"sources.address": ""}, 'Is er geen pagina? Schrijf dan je functie bij "Werk of help je er zelf?".'),
        ({"sources.address": "", "confirmation.by": "mevrouw Pietersen"}, "Noem de functie"),
        ({"sources.address": "javascript:alert(1)"}, "https"),
        ({"opportunities.title": "x" * 91}, "90"),
    ],
)
def test_an_answer_that_will_not_do(workflow: Workflow, change: dict[str, str], told: str) -> None:
    answer = workflow.run({**ANSWERS, **change})
    assert told in answer.replace("\\", "")
    assert not workflow.github.pulls


def test_a_warning_is_a_remark_and_no_obstacle(workflow: Workflow) -> None:
    answer = workflow.run({**ANSWERS, "contact.email": ""})
    assert "Het kan nog beter" in answer
    assert len(workflow.github.pulls) == 1


def test_whoever_works_there_needs_no_page(workflow: Workflow, tmp_path: Path) -> None:
    workflow.run({**ANSWERS, "sources.address": "", "sources.date": "", "confirmation.by": "de coördinator"})
    record = result(workflow, tmp_path).catalogue().organisations["opsterland/buurthuis-t-hoekje"].record
    assert record.sources == ()
    assert record.confirmation
    assert (record.confirmation.on.isoformat(), record.confirmation.by) == ("2026-11-20", "de coördinator")


def test_an_opportunity_of_an_organisation_that_is_there_goes_into_its_file(workflow: Workflow, tmp_path: Path) -> None:
    name = {**ANSWERS, "name": "Sportclub De Stap", "opportunities.title": "Samen wandelen"}
    before = (MINIMAL / "catalogue/organisations/opsterland/sportclub-de-stap.yml").read_text("utf-8")
    workflow.run(name)
    (content,) = workflow.github.files("kans-7").values()
    assert content.startswith(before.rstrip("\n"))
    assert "  - id: samen-wandelen\n    title: Samen wandelen\n" in content.removeprefix(before.rstrip("\n"))
    assert result(workflow, tmp_path).problems() == []


def test_work_of_others_on_the_branch_is_not_thrown_away(workflow: Workflow) -> None:
    workflow.run(ANSWERS)
    github = workflow.github
    github.commits["c9"] = {**github.commits[github.refs["heads/kans-7"]], "author": "beheerder"}
    github.commits["c9"]["parents"] = [github.refs["heads/kans-7"]]
    github.refs["heads/kans-7"] = "c9"
    answer = workflow.run({**ANSWERS, "name": "Iets Anders"})
    assert github.refs["heads/kans-7"] == "c9"
    assert "Iemand werkt al aan het voorstel" in answer


def test_a_closed_issue_changes_nothing(workflow: Workflow) -> None:
    workflow.github.issue(7, state="closed")
    workflow.propose(workflow.read(written(ANSWERS)))
    assert workflow.github.writes == []


def test_a_comment_of_somebody_else_is_left_alone(workflow: Workflow) -> None:
    github = workflow.github
    github.comments.append(
        {"id": 0, "issue": 7, "user": {"login": "iemand"}, "body": "<!-- meedoenkaart: antwoord -->\nvan mij"}
    )
    workflow.run(ANSWERS)
    assert github.comments[0]["body"].endswith("van mij")
    assert github.comments[1]["user"]["login"] == BOT


@pytest.mark.parametrize(
    "field", ["name", "opportunities.title", "opportunities.description", "address.street", "sources.address"]
)
@pytest.mark.parametrize("attack", HOSTILE)
def test_a_hostile_answer_is_text_or_refused(workflow: Workflow, tmp_path: Path, attack: str, field: str) -> None:
    answer = workflow.run({**ANSWERS, field: HOSTILE[attack]})
    assert_dead(workflow, tmp_path, answer, ("catalogue/organisations/opsterland/",), "kans-7")


@pytest.mark.parametrize("body", [None, "", "Zomaar een bericht.", "\r\n" * 1000, "### Gemeente\n" * 3000])
def test_an_issue_that_is_no_form_is_answered(workflow: Workflow, body: str | None) -> None:
    found = workflow.read(body)
    assert found["file"] == ""
    assert 'Vul "Naam van de organisatie" in.' in found["answer"]


@pytest.mark.parametrize(
    "change",
    [
        {"file": ".github/workflows/check.yml"},
        {"file": "catalogue/organisations/a/../../x.yml"},
        {"file": "catalogue/organisations/a/b.yml\n"},
        {"file": "catalogue/vocabulary.yml"},
        {"content": "x" * 100_001},
        {"number": "7"},
        {"number": 0},
        {"number": True},
        {"answer": None},
        {"form": "route"},
        {"form": "route", "file": "routes/statutory.yml"},
        {"form": "route", "file": "routes/../catalogue/legal.yml"},
        {"form": "../x"},
    ],
)
def test_the_job_that_may_write_takes_nothing_else(workflow: Workflow, change: dict[str, Any]) -> None:
    """Were the reading job taken over, it could still not write anything but a file that the form is about."""
    workflow.github.issue(7)
    workflow.propose({**workflow.read(written(ANSWERS)), **change}, code=1)
    assert workflow.github.writes == []
