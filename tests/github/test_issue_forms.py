"""The forms for issues: made from the record types, valid for GitHub, and read back without loss."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from meedoenkaart.draft import Draft
from meedoenkaart.reading.documents import Reader
from meedoenkaart.writing.issue_forms import FOLDER, FORMS, Question, chosen, questions, read_answers
from tests.conftest import MINIMAL, ROOT, Project
from tests.test_robustness import patient

FILES = ("nieuwe-kans", "verbetering", "nieuwe-route", "voorstel")
KINDS = {"markdown", "input", "textarea", "dropdown", "checkboxes"}
_MINIMAL = Draft(Reader(MINIMAL).read())
QUESTIONS = {form: questions(form, _MINIMAL) for form in FORMS}
ASKED = QUESTIONS["opportunity"]


def test_the_forms_of_the_project_are_those_that_the_command_writes(tmp_path: Path) -> None:
    """After a change of records, texts or vocabulary: run ``meedoenkaart schema`` and commit the folder."""
    for name in ("catalogue", "routes", "mkdocs.yml"):
        (tmp_path / name).symlink_to(ROOT / name)
    assert Project(tmp_path).run("schema").code == 0
    for name in FILES:
        assert (tmp_path / FOLDER / f"{name}.yml").read_text("utf-8") == (ROOT / FOLDER / f"{name}.yml").read_text(
            "utf-8"
        )


@pytest.mark.parametrize("name", FILES)
def test_a_form_is_one_that_github_takes(name: str) -> None:
    form: dict[str, Any] = yaml.safe_load((ROOT / FOLDER / f"{name}.yml").read_text("utf-8"))
    assert set(form) == {"name", "description", "title", "labels", "body"}
    ids, labels = [], []
    for element in form["body"]:
        assert element["type"] in KINDS
        attributes = element["attributes"]
        if element["type"] == "markdown":
            assert attributes["value"]
            continue
        ids.append(element["id"])
        labels.append(attributes["label"])
        assert element["id"].replace("_", "").isalnum()
        if element["type"] == "dropdown":
            options = attributes["options"]
            assert all(type(one) is str for one in options), "YAML may take no option for a truth or a number"
            assert len(options) == len(set(options))
            assert "None" not in options
        if element["type"] == "checkboxes":
            assert len(attributes["options"]) == 1
    assert len(ids) == len(set(ids))
    assert len(labels) == len(set(labels)), "the answer stands under the label"


def test_nobody_is_told_of_files() -> None:
    for name in FILES:
        form = yaml.safe_load((ROOT / FOLDER / f"{name}.yml").read_text("utf-8"))
        assert ".yml" not in str(form["body"])


def written(answers: dict[str, str], form: str = "opportunity") -> str:
    """Return the body that GitHub makes of a filled-in form."""

    def shown(one: Question) -> str:
        answer = answers.get(one.path)
        return f"```yaml\n{answer.rstrip()}\n```" if answer and one.control == "yaml" else answer or "_No response_"

    return "\n\n".join(f"### {one.label}\n\n{shown(one)}" for one in QUESTIONS[form])


texts_without_headings = st.text(max_size=60).map(
    lambda text: " ".join("".join(character for character in text if character.isprintable()).split())
)


@patient
@given(answers=st.dictionaries(st.sampled_from([one.path for one in ASKED]), texts_without_headings))
def test_what_was_filled_in_is_read_back(answers: dict[str, str]) -> None:
    found = read_answers(written(answers), ASKED)
    for path, answer in answers.items():
        assert found[path] == ("" if answer in ("_No response_", "None") else answer)


def test_a_heading_within_an_answer_is_a_part_of_it() -> None:
    later = ASKED[0].label
    found = read_answers(written({"opportunities.description": f"Eerst dit.\n\n### {later}\n\nDan dat."}), ASKED)
    assert found["opportunities.description"] == f"Eerst dit.\n\n### {later}\n\nDan dat."
    assert found["name"] == ""


@pytest.mark.parametrize("body", ["", "### ", "zomaar een bericht", "### Plaats", "\x00", "### Naam\n" * 500])
def test_what_is_no_form_has_no_answers(body: str) -> None:
    assert not any(read_answers(body, ASKED).values())


def test_several_answers_are_taken_apart_where_an_option_has_a_comma_itself() -> None:
    sectors = next(one for one in ASKED if one.path == "opportunities.sectors")
    words = list(sectors.options)
    assert chosen(sectors, ", ".join(words)) == (list(sectors.options.values()), "")
    assert chosen(sectors, f"{words[0]}, verzonnen") == ([sectors.options[words[0]]], "verzonnen")
