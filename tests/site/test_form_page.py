"""What the form's page asks and what its script gets."""

import json
import re
from itertools import chain
from urllib.parse import quote

import pytest

from meedoenkaart.geography.areas import NATIONWIDE
from meedoenkaart.publishing.form import FORMS, RecordPage, parts, questions
from meedoenkaart.reading.documents import COLLECTIONS
from meedoenkaart.texts import texts
from meedoenkaart.writing.fields import fields_of
from tests.site.conftest import Built


@pytest.mark.parametrize("kind", FORMS)
def test_every_field_is_asked_once_or_left_out_on_purpose(real: Built, kind: str) -> None:
    asked = [one.path for part in parts(real.catalogue, kind) for one in part.group.questions()]
    assert len(asked) == len(set(asked))
    unasked = set(texts("form")["files"][kind]["unasked"])
    assert not unasked & set(asked)
    assert {one.path for one in questions(real.catalogue, kind)} == unasked | set(asked)


def test_words_are_about_fields_and_rules_that_exist(real: Built) -> None:
    written = texts("form")
    assert set(written["files"]) == set(FORMS)
    all_known = set()
    for kind, own in written["files"].items():
        known = {one.path for one in questions(real.catalogue, kind)}
        assert {*own["asked"], *own["words"], *own.get("composed", {})} <= known, kind
        all_known |= {".".join(path.split(".")[-2:]) for path in known}
    assert {*written["asked"], *written["words"]} <= all_known
    assert {*written["remedies"], *written["messages"]} <= set(texts("rules"))


def test_messages_have_the_placeholders_of_the_rules() -> None:
    rules, written = texts("rules"), texts("form")
    for id, message in written["messages"].items():
        assert set(re.findall(r"\{\w+\}", message)) <= set(re.findall(r"\{\w+\}", rules[id]["message"])), id


def test_the_order_is_that_of_the_record(real: Built) -> None:
    files = json.loads((real.site / "assets/formulier.json").read_text("utf-8"))["files"]
    for collection in COLLECTIONS[: len(FORMS)]:
        own = files[collection.name]
        assert own["folder"] == collection.folder
        assert [name for name, *_ in own["order"]] == [one.name for one in fields_of(collection.record)]


def test_the_script_is_only_where_it_is_needed(real: Built) -> None:
    (script,) = (real.site / "assets").glob("form-*.js")
    users = {url for url, page in real.pages.items() if any(script.name in one["src"] for one in page.elements)}
    assert users == {"toevoegen/", *FORMS.values()}


def _pages(built: Built) -> dict[str, list[RecordPage]]:
    found = built.catalogue
    return {
        "organisations": [*found.organisations.values()],
        "reception": [*found.receptions.values()],
        "municipalities": [*found.municipalities.values()],
    }


def test_the_file_behind_each_page_is_published(real: Built) -> None:
    for page in chain.from_iterable(_pages(real).values()):
        name = page.file.rpartition("/")[2]
        assert (real.site / page.url / name).read_bytes() == (real.project / page.file).read_bytes()


def test_every_record_page_opens_the_form_with_its_file(real: Built) -> None:
    site = "https://meedoenkaart.github.io/meedoenkaart/"
    for kind, found in _pages(real).items():
        for page in found:
            hrefs = [one["href"] for one in real.pages[page.url].all("a")]
            links = [one for one in hrefs if "?bestand=" in one]
            way = "../" * page.url.count("/") + f"{FORMS[kind]}?bestand={page.slug.replace('/', '%2F')}"
            assert links == [way, f"{way}&klopt"]
            correction = f"?template=verbetering.yml&page={quote(page.url, safe='')}"
            assert any(one.replace(quote(site, safe=""), "").endswith(correction) for one in hrefs)


def test_names_are_published_by_municipality(real: Built) -> None:
    found = {path.stem: json.loads(path.read_text("utf-8")) for path in (real.site / "assets/namen").glob("*.json")}
    assert set(found) == {*real.catalogue.municipalities, NATIONWIDE}
    assert sorted(one["slug"] for names in found.values() for one in names) == sorted(real.catalogue.organisations)
