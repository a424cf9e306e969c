"""Terms of the glossary in plain text."""

import re
from collections.abc import Mapping

import pytest
from pydantic import TypeAdapter

from meedoenkaart.publishing.marking import Glosses
from meedoenkaart.records.reference import Glossary


def _glosses(terms: Mapping[str, Mapping[str, object]]) -> Glosses:
    return Glosses(TypeAdapter(Glossary).validate_python({"terms": terms}))


GLOSSES = _glosses(
    {
        "map": {"term": "MAP", "meaning": "Module Arbeidsmarkt", "explanation": "Lessen."},
        "pol": {"term": "pol", "meaning": "procesopvanglocatie", "explanation": "Opvang."},
        "bericht": {"term": "bericht", "explanation": "Een brief.", "also": ["brief van UWV"]},
        "route": {"term": "B1-route", "explanation": "Een route."},
    }
)


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("een bericht, twee berichten", ["bericht"]),
        ("Berichten komen later.", ["Berichten"]),
        ("Wacht op de brief van UWV.", ["brief van UWV"]),
        ("het MAP, de map, een pol, je pols, twee pol's, Pol", ["MAP", "pol"]),
        ("alle pol’s en B1-routes", ["pol’s", "B1-routes"]),
        ("berichtgeving, b1-route, een MAP-les, onbericht", []),
    ],
)
def test_terms_are_found_in_each_form_of_theirs_and_once_a_text(text: str, marked: list[str]) -> None:
    html = GLOSSES.mark(text, "../")
    assert re.findall(r'<a class="begrip" href="\.\./begrippen/#\w+"[^>]*>([^<]*)</a>', html) == marked
    assert html.striptags() == text


def test_what_a_text_holds_stays_text() -> None:
    assert "&lt;b&gt;<a " in GLOSSES.mark("<b>bericht</b>", "")


def test_a_glossary_may_lack_abbreviations() -> None:
    assert str(_glosses({"plek": {"term": "plek", "explanation": "Hier."}}).mark("geen", "")) == "geen"
