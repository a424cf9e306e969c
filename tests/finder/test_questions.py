"""The finder answers what people type: it shows something, of the right kind, and has understood what was asked."""

from urllib.parse import parse_qs

import pytest

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.publishing.question import sayings
from tests.finder.conftest import Ask
from tests.finder.questions import Result, listed, read_questions, report, results, score
from tests.site.copies import ROOT


@pytest.fixture(scope="module")
def asked(ask: Ask, catalogue: Catalogue) -> list[Result]:
    return results(ask, catalogue)


def test_nearly_every_question_is_answered(asked: list[Result]) -> None:
    assert score(asked).answered >= 0.97, report(asked, lambda one: not one.answered)


def test_nearly_every_answer_is_right(asked: list[Result]) -> None:
    assert score(asked).right >= 0.95, report(asked, lambda one: not one.right)


def test_nearly_every_wish_is_understood(asked: list[Result]) -> None:
    assert score(asked).understood >= 0.95, report(asked, lambda one: not all(one.understood.values()))


def test_the_questions_speak_of_what_exists(ask: Ask, catalogue: Catalogue) -> None:
    questions = read_questions()
    places = sorted({id for one in questions for id in listed(one.get("near")) if id})
    wishes = sorted(
        {f"?{name}={way}" for one in questions for name, ways in one.get("set", {}).items() for way in listed(ways)}
    )
    origins = ask(*(("origin", id) for id in places))
    assert [id for id, origin in zip(places, origins, strict=True) if not origin] == []
    understood = ask(*(("select", wish) for wish in wishes))
    assert [answer["query"].replace("+", " ") for answer in understood] == wishes
    relevant = [one["relevant"] for one in questions]
    assert {id for one in relevant for id in one.get("sectors", ())} <= set(catalogue.vocabulary.sectors)
    assert {id for one in relevant for id in one.get("activities", ())} <= set(catalogue.vocabulary.activities)


def test_every_question_that_is_suggested_leads_to_something(ask: Ask) -> None:
    suggested = sayings(ROOT)["questions"]
    answers = ask(*(("ask", question) for question in suggested))
    empty = [
        question
        for question, answer in zip(suggested, answers, strict=True)
        if answer["count"] == 0 or answer["released"] or answer["nothing"] or not answer["query"]
    ]
    assert empty == []


@pytest.mark.parametrize(
    "typed",
    [
        "zorg bij " * 1200,
        "a" * 10_000,
        "?!.,;:()/-–'’",
        "😀" * 300,
        "<script>window.hacked=1</script>",
        "constructor __proto__ hasOwnProperty",
        "أريد تعلم الهولندية في درختن",
        "ኔዘርላንድኛ ክመሃር እደሊ",
        "12345 99 0",
        "x",
        "",
    ],
)
def test_anything_that_is_typed_has_an_answer_and_stays_as_it_is(ask: Ask, typed: str) -> None:
    [answer] = ask(("ask", typed))
    heard = parse_qs(answer["query"].removeprefix("?"))
    assert answer["count"] > 0 or answer["nothing"]
    # What is no filter is still searched for, in the letters of who typed it.
    left = heard.get("woorden", [""])[0].split()
    assert all(word in typed for word in left)


def test_the_law_is_never_let_go_of(ask: Ask, catalogue: Catalogue) -> None:
    """However little there is: who has no permit is shown nothing that is not allowed, and the same the other way."""
    offers = {offer.key: offer for offer in catalogue.offers}
    questions = [
        f"{what} {day} in {place}, gratis, {status}"
        for what in ("betaald werk", "stage in de zorg", "taalles voor vrouwen", "klussen")
        for day in ("zondagavond", "dinsdagochtend")
        for place in ("Ter Apel", "Terschelling", "Sneek")
        for status in ("zonder vergunning", "met vergunning")
    ]
    answers = ask(*(("ask", question) for question in questions))
    assert any(answer["released"] for answer in answers)
    for question, answer in zip(questions, answers, strict=True):
        assert "vergunning" not in answer["released"]
        for key in answer["first"]:
            offer = offers[key]
            permission = offer.without_permit if "zonder" in question else offer.with_permit
            assert permission.answer != "nee", (question, key)
