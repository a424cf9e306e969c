"""How to ask an organisation: by the ways that are known, and by no other."""

import pytest

from tests.site.conftest import Built

GUIDE = "Vraag het aan wie je begeleidt, bijvoorbeeld bij het COA of VluchtelingenWerk."


@pytest.mark.parametrize(
    ("slug", "ways"),
    [
        ("sudwest-fryslan/dierenasiel", "Vraag het bij de Meedoenbalie van de opvang."),
        ("assen/repair-cafe", "Ga langs en vraag of er plek is: Vesteplein 5, Assen."),
        (
            "sudwest-fryslan/speeltuin-noordoosthoek",
            "Vraag het bij de Meedoenbalie van de opvang. Ga langs en vraag of er plek is: Dr. Kuyperlaan, Sneek.",
        ),
        ("assen/assen-bloeit", GUIDE),
    ],
)
def test_where_no_contact_is_known_the_page_says_how_else(real: Built, slug: str, ways: str) -> None:
    told = [one.text for one in real.pages[f"kansen/{slug}/"].all("span") if one["data-field"] == "contact"]
    assert told == ["Niet bekend: hoe je de organisatie bereikt.", ways]


def test_a_way_of_contact_stands_alone(real: Built) -> None:
    reached = [page for page in real.catalogue.organisations.values() if page.record.contact]
    assert reached
    for page in reached:
        assert not any(one["data-field"] == "contact" for one in real.pages[page.url].all("span"))


def test_no_page_tells_everybody_to_call_or_write(real: Built) -> None:
    """Of most organisations neither a number nor an address is known."""
    assert [url for url in real.pages if "Bel of mail" in _text(real, url)] == []


def _text(real: Built, url: str) -> str:
    return " ".join(one.text for one in real.pages[url].elements if one.tag == "html")
