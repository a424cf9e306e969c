"""What the form's page asks and what its script gets."""

import json
import re

from generator.publishing.form import parts, questions
from generator.records.organisation import Organisation
from generator.texts import texts
from generator.writing.fields import fields_of
from tests.site.conftest import Built


def test_every_field_is_asked_once_or_left_out_on_purpose(real: Built) -> None:
    asked = [
        one.path
        for part in parts(real.catalogue)
        for one in (*part.open, *(question for fold in part.folded for question in fold.questions))
    ]
    assert len(asked) == len(set(asked))
    unasked = set(texts("form")["unasked"])
    assert not unasked & set(asked)
    assert {one.path for one in questions(real.catalogue)} == unasked | set(asked)


def test_words_are_about_fields_and_rules_that_exist(real: Built) -> None:
    known = {one.path for one in questions(real.catalogue)}
    written = texts("form")
    assert set(written["asked"]) <= known
    assert set(written["words"]) <= known
    assert {*written["remedies"], *written["messages"]} <= set(texts("rules"))


def test_messages_have_the_placeholders_of_the_rules() -> None:
    rules, written = texts("rules"), texts("form")
    for id, message in written["messages"].items():
        assert set(re.findall(r"\{\w+\}", message)) <= set(re.findall(r"\{\w+\}", rules[id]["message"])), id


def test_the_order_is_that_of_the_record(real: Built) -> None:
    data = json.loads((real.site / "assets/formulier.json").read_text("utf-8"))
    assert [name for name, *_ in data["order"]] == [one.name for one in fields_of(Organisation)]


def test_the_script_is_only_where_it_is_needed(real: Built) -> None:
    (script,) = (real.site / "assets").glob("form-*.js")
    users = {url for url, page in real.pages.items() if any(script.name in one["src"] for one in page.elements)}
    assert users == {"toevoegen/", "wijzigen/"}


def test_the_file_behind_each_page_is_published(real: Built) -> None:
    for slug, page in real.catalogue.organisations.items():
        name = slug.split("/")[1]
        assert (real.site / f"kansen/{slug}/{name}.yml").read_bytes() == (real.project / page.file).read_bytes()


def test_names_are_published_by_municipality(real: Built) -> None:
    found = {path.stem: json.loads(path.read_text("utf-8")) for path in (real.site / "assets/namen").glob("*.json")}
    assert set(found) == set(real.catalogue.regional_municipalities)
    assert sorted(one["slug"] for names in found.values() for one in names) == sorted(real.catalogue.organisations)
