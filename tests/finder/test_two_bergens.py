"""Two municipalities are called Bergen: whoever names one says in which province it lies."""

import json
import re
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pytest

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.draft import Draft, title_of
from meedoenkaart.publishing.drawings import draughtsman
from meedoenkaart.publishing.form import form_data
from meedoenkaart.publishing.pages import pages
from meedoenkaart.publishing.rendering import Renderer, Site
from meedoenkaart.reading.documents import Reader
from meedoenkaart.writing.issue_forms import questions
from tests.conftest import ROOT, Project
from tests.finder.conftest import Ask

LIMBURG, HOLLAND = "Bergen (Limburg)", "Bergen (Noord-Holland)"
CODES = {"bergen-l": ("GM0893", "Limburg", "Nieuw-Bergen"), "bergen-nh": ("GM0373", "Noord-Holland", "Bergen")}


@pytest.fixture
def bergens(project: Project) -> Project:
    for slug, (code, province, seat) in CODES.items():
        text = project.read("catalogue/municipalities/opsterland.yml")
        for old, new in (("Opsterland", "Bergen"), ("GM0086", code), ("Friesland", province), ("Beetsterzwaag", seat)):
            text = text.replace(old, new)
        project.write(f"catalogue/municipalities/{slug}.yml", text)
        club = project.read("catalogue/organisations/opsterland/sportclub-de-stap.yml")
        club = club.replace("De Stap", slug.upper()).replace("Nearnshuzen", seat).replace("stap.", f"{slug}.")
        project.write(f"catalogue/organisations/{slug}/club.yml", club)
    return project


def test_a_place_of_one_in_the_folder_of_the_other(bergens: Project) -> None:
    bergens.replace("catalogue/organisations/bergen-nh/club.yml", "place: Bergen", "place: Siebengewald")
    bergens.replace("catalogue/organisations/bergen-l/club.yml", "place: Nieuw-Bergen", "place: Groet")
    told = {one.file.split("/")[2]: one.message for one in bergens.load().problems}
    assert told == {
        "bergen-l": f'"Groet" ligt niet in de gemeente {LIMBURG}, wel in: {HOLLAND}.',
        "bergen-nh": f'"Siebengewald" ligt niet in de gemeente {HOLLAND}, wel in: {LIMBURG}.',
    }


def test_a_position_far_away_names_the_municipality(bergens: Project) -> None:
    club = bergens.read("catalogue/organisations/bergen-l/club.yml")
    position = "position:\n  latitude: 52.67\n  longitude: 4.7\n  precision: exact\n"
    bergens.write("catalogue/organisations/bergen-l/club.yml", club.replace("contact:", f"{position}contact:"))
    (problem,) = bergens.load().problems
    assert problem.rule == "position-far"
    assert f"in de gemeente {LIMBURG}." in problem.message


def test_a_code_of_the_one_in_the_province_of_the_other(bergens: Project) -> None:
    bergens.replace("catalogue/municipalities/bergen-l.yml", "province: Limburg", "province: Noord-Holland")
    (problem,) = bergens.load().problems
    assert (problem.rule, problem.message) == ("wrong-cbs-code", f"De code GM0893 hoort bij {LIMBURG}.")


def test_a_record_may_use_the_name_that_readers_know(bergens: Project) -> None:
    bergens.replace("catalogue/municipalities/bergen-l.yml", "name: Bergen\n", f"name: {LIMBURG}\n")
    assert bergens.catalogue().municipalities["bergen-l"].name == LIMBURG


def test_forms_and_reports_have_both(bergens: Project) -> None:
    draft = Draft(Reader(bergens.root).read())
    for form in ("opportunity", "route"):
        (asked,) = (one for one in questions(form, draft) if one.path == "municipality")
        assert (asked.options[LIMBURG], asked.options[HOLLAND]) == ("bergen-l", "bergen-nh")
    records = draft.records("municipalities")
    assert {title_of(records[slug]) for slug in CODES} == {LIMBURG, HOLLAND}
    data = json.loads(form_data(bergens.catalogue(), ""))
    assert (data["municipalities"]["bergen-l"], data["municipalities"]["bergen-nh"]) == (LIMBURG, HOLLAND)


def _texts(catalogue: Catalogue) -> dict[str, str]:
    """Return the words of each page that names a municipality."""
    address = "https://kaart.voorbeeld.nl/"
    site = Site("Kaart", address, address, address, address, address, assets=defaultdict(str))
    renderer = Renderer(ROOT, site, catalogue, draughtsman(ROOT))
    return {
        page.url: re.sub(r"<[^>]+>", "", "".join([page.title, *renderer.draw(page).content]))
        for page in pages(catalogue)
        if page.url.split("/")[0] in ("", "gemeenten", "kansen", "toevoegen", "wijzigen")
    }


def test_every_page_tells_them_apart(bergens: Project) -> None:
    texts = _texts(bergens.catalogue())
    for url, text in texts.items():
        rest = text.replace(LIMBURG, "").replace(HOLLAND, "")
        assert not re.search(r"(gemeente|Kansen in|Werken ook in) Bergen", rest, re.IGNORECASE), url
    for url in ("", "gemeenten/", "toevoegen/", "wijzigen/", "wijzigen/gemeente/", "kansen/"):
        assert LIMBURG in texts[url], url
        assert HOLLAND in texts[url], url
    for url in ("gemeenten/bergen-l/", "kansen/bergen-l/", "kansen/bergen-l/club/"):
        assert LIMBURG in texts[url], url


def test_the_finder_finds_both_by_their_name(bergens: Project, answers_for: Callable[[Catalogue], Ask]) -> None:
    ask = answers_for(bergens.catalogue())
    typed, same, question = ask(("suggest", "bergen"), ("suggest", LIMBURG), ("question", "in gemeente Bergen"))
    expected: list[list[Any]] = [[LIMBURG, "gemeente", ""], [HOLLAND, "gemeente", ""]]
    assert [one for one in typed if one[1] == "gemeente"] == [*expected, ["Bergen op Zoom", "gemeente", ""]]
    assert [one for one in same if one[1] == "gemeente"][:1] == expected[:1]
    assert ["Bergen", "plaats", HOLLAND] in typed
    assert ["Bergen", "plaats", LIMBURG] in typed
    assert question["ambiguous"] == "Bergen"
