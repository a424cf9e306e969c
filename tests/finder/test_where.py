"""By telephone for the whole country, at home in four municipalities, online in English, in two named halls.

The catalogue of ``tests/where`` over the small one.
"""

import re
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from meedoenkaart.catalogue import Catalogue, MunicipalityPage
from meedoenkaart.geography.areas import NATIONWIDE, province_area
from meedoenkaart.geography.distance import Spot, kilometres
from meedoenkaart.geography.places import municipality_names, province
from meedoenkaart.publishing.drawings import draughtsman
from meedoenkaart.publishing.facets import facets
from meedoenkaart.publishing.pages import pages
from meedoenkaart.publishing.places import slug
from meedoenkaart.publishing.rendering import Renderer, Site
from tests.conftest import ROOT, Project
from tests.finder.conftest import Ask
from tests.finder.oracle import Wanted, found, is_apart

BY_TELEPHONE = "landelijk/luisterlijn-voorbeeld#bellen"
AT_HOME = "smallingerland/taalmaatje-voorbeeld#thuis-oefenen"
ONLINE = "opsterland/praatgroep-voorbeeld#online-engels"
ALSO = "opsterland/praatgroep-voorbeeld#inloop"
HALLS = "sudwest-fryslan/club-twee-zalen#turnen"
WITHOUT_TRAVEL = {BY_TELEPHONE, AT_HOME, ONLINE}


@pytest.fixture
def catalogue(project: Project) -> Catalogue:
    project.overlay(ROOT / "tests/where")
    assert project.problems() == []
    return project.catalogue()


@pytest.fixture
def ask(catalogue: Catalogue, answers_for: Callable[[Catalogue], Ask]) -> Ask:
    return answers_for(catalogue)


@pytest.mark.parametrize(
    ("origin", "apart"),
    [
        ("azc-drachten", WITHOUT_TRAVEL),
        ("gemeente-heerenveen", WITHOUT_TRAVEL),
        ("bolsward", WITHOUT_TRAVEL),
        ("dokkum", {BY_TELEPHONE, ONLINE}),
        ("assen", {BY_TELEPHONE}),
        ("maastricht", {BY_TELEPHONE}),
        ("gemeente-noardeast-fryslan", {BY_TELEPHONE, ONLINE}),  # it has no record
        ("gemeente-maastricht", {BY_TELEPHONE}),
    ],
)
def test_what_needs_no_travel_is_never_too_far(ask: Ask, origin: str, apart: set[str]) -> None:
    [near] = ask(("select", f"?bij={origin}&straal=5"))
    own = {"smallingerland/buurthuis-de-brug#samen-koken"}  # it is online too, for two areas
    assert set(near["apart"]) - own == apart
    assert all(near["km"][key] is None for key in apart)


def test_every_municipality_is_an_origin(ask: Ask, catalogue: Catalogue) -> None:
    """Also those without a record, each with an id of its own and a point that lies in it."""
    pages = {one.record.cbs_code: one for one in catalogue.municipalities.values()}
    names = municipality_names()
    ids = {code: f"gemeente-{pages[code].slug if code in pages else slug(name)}" for code, name in names.items()}
    found = dict(zip(ids, ask(*(("origin", id) for id in ids.values())), strict=True))
    spots: dict[str, list[Spot]] = defaultdict(list)
    for place in catalogue.places:
        spots[place.cbs_code].append(place.spot)
    for code, origin in found.items():
        assert (origin["kind"], origin["name"], origin["municipality"]) == ("gemeente", names[code], names[code])
        own = [pages[code].slug] if code in pages else []
        assert origin["areas"] == [*own, province_area(province(code)), NATIONWIDE]
        here = Spot(origin["lat"], origin["lon"], "plaats")
        assert min(kilometres(here, spot) for spot in spots[code]) < 0.2, names[code]


@pytest.mark.parametrize(
    ("municipality", "place"),
    [("smallingerland", "drachten"), ("utrecht", "utrecht"), ("texel", "den-burg")],
    ids=["seat", "own name", "most people"],
)
def test_where_a_municipality_is_reckoned_from(ask: Ask, municipality: str, place: str) -> None:
    here, there = ask(("origin", f"gemeente-{municipality}"), ("origin", place))
    assert (here["lat"], here["lon"]) == (there["lat"], there["lon"])


def test_municipalities_of_the_region_come_first(ask: Ask) -> None:
    [typed] = ask(("suggest", "op"))
    assert typed[0] == ["Opsterland", "gemeente", ""]
    assert ["Opmeer", "gemeente", ""] in typed


def test_a_former_municipality_leads_to_those_that_have_its_land(ask: Ask) -> None:
    divided, whole, village, origin = ask(
        ("former", "littens"), ("former", "het bildt"), ("former", "winsum"), ("origin", "gemeente-waadhoeke")
    )
    note = "Littenseradiel (tot 2018)"
    assert divided[:3] == [["Súdwest-Fryslân", note], ["Leeuwarden", note], ["Waadhoeke", note]]
    assert whole == [["Waadhoeke", "het Bildt (tot 2018)"]]
    assert {former for _, former in village} == {""}
    assert "former" not in origin
    which, one = ask(("question", "koffie bij Littenseradiel"), ("question", "koffie bij Franekeradeel"))
    assert which["ambiguous"] == "Littenseradiel"
    assert one == {"query": "?bij=gemeente-waadhoeke&woorden=koffie", "ambiguous": None}


def test_filters_apply_to_it(ask: Ask) -> None:
    english, taal, online, at_a_place = ask(
        ("select", "?bij=azc-drachten&straal=5&spreekt=en&zeker=ja"),
        ("select", "?bij=azc-drachten&straal=5&activiteit=taal"),
        ("select", "?bij=azc-drachten&straal=5&meedoen=online"),
        ("select", "?bij=azc-drachten&straal=5&niet=meedoen.thuis,meedoen.telefoon,meedoen.online"),
    )
    assert set(english["apart"]) == {ONLINE, "smallingerland/buurthuis-de-brug#samen-koken"}
    assert taal["apart"] == [AT_HOME]
    assert ONLINE in online["apart"]
    assert AT_HOME not in online["apart"]
    assert at_a_place["apart"] == []


def test_who_works_in_a_municipality_too_is_found_there_with_its_own_distance(ask: Ask, catalogue: Catalogue) -> None:
    here, there = ask(("select", "?bij=gemeente-heerenveen&straal=5"), ("select", "?bij=joure&straal=5"))
    assert (ALSO in here["sure"], here["also"], ALSO in here["apart"]) == (True, [ALSO], False)
    assert here["km"][ALSO] > 5
    assert ALSO not in there["sure"]
    [offer] = [one for one in catalogue.offers if one.key == ALSO]
    assert offer.also_serves(catalogue.municipalities["heerenveen"])


def test_the_nearest_of_two_halls_counts(ask: Ask, catalogue: Catalogue) -> None:
    [offer] = [one for one in catalogue.offers if one.key == HALLS]
    assert [venue.name for venue in offer.venues] == ["Zaal Oost", "Zaal West"]
    for origin, hall in (("sneek", "Zaal Oost"), ("bolsward", "Zaal West"), ("azc-drachten", "Zaal Oost")):
        [answer] = ask(("select", f"?bij={origin}&straal=alles"))
        [point] = ask(("origin", origin))
        spot = Spot(point["lat"], point["lon"], "plaats")
        nearest = min(offer.venues, key=lambda venue: kilometres(spot, venue.spot))
        assert (answer["venue"][HALLS], nearest.name) == (hall, hall)
        assert abs(answer["km"][HALLS] - kilometres(spot, nearest.spot)) < 0.01


def test_the_engine_answers_as_the_records_do(ask: Ask, catalogue: Catalogue) -> None:
    words: dict[str, Any] = yaml.load((ROOT / "meedoenkaart/theme/words.yml").read_text("utf-8"), yaml.CSafeLoader)[
        "finder"
    ]
    all_facets = facets(catalogue.vocabulary, words["values"])
    for page in catalogue.municipalities.values():
        origin = f"gemeente-{page.slug}"
        [point] = ask(("origin", origin))
        for within in (1, 5, 25):
            wanted = Wanted(Spot(point["lat"], point["lon"], "plaats"), page, within)
            [answer] = ask(("select", f"?bij={origin}&straal={within}"))
            sure, maybe = found(catalogue, all_facets, wanted)
            assert (set(answer["sure"]), set(answer["maybe"])) == (sure, maybe)
            assert set(answer["apart"]) == {
                one.key for one in catalogue.current_offers if one.key in sure | maybe and is_apart(one, wanted)
            }
            radii = answer["radii"][str(within)] if within != 1 else None
            assert radii is None or radii["sure"] == len(sure)


def test_lists_of_the_server_say_the_same(catalogue: Catalogue) -> None:
    reception = catalogue.receptions["azc-drachten"]
    near = catalogue.near(reception.spot, 5, reception.municipality)
    apart = catalogue.without_travel(reception.municipality, [one.offer for one in near])
    assert {one.key for one in apart} >= WITHOUT_TRAVEL
    heerenveen: MunicipalityPage = catalogue.municipalities["heerenveen"]
    assert [one.slug for one in catalogue.from_elsewhere(heerenveen)] == ["opsterland/praatgroep-voorbeeld"]
    assert {one.key for one in catalogue.without_travel(heerenveen, ())} == WITHOUT_TRAVEL


def test_words_find_whom_it_reaches(ask: Ask) -> None:
    home, country, hall = ask(
        ("select", "?woorden=heerenveen"), ("select", "?woorden=nederland+bellen"), ("select", "?woorden=zaal+oost")
    )
    assert AT_HOME in home["sure"]
    assert country["sure"] == [BY_TELEPHONE]
    assert HALLS in hall["sure"]


def test_pages_tell_where_and_whom(catalogue: Catalogue) -> None:
    address = "https://kaart.voorbeeld.nl/"
    site = Site("Kaart", address, address, address, address, address, assets=defaultdict(str))
    renderer = Renderer(ROOT, site, catalogue, draughtsman(ROOT))
    drawn = {page.url: (page, *renderer.draw(page)) for page in pages(catalogue)}
    html = {
        url: " ".join(content)
        for url, (*_, content) in drawn.items()
        if url.startswith(("kansen/", "gemeenten/", "azc/"))
    }
    text = {url: " ".join(re.sub(r"<[^>]+>", "", one).split()) for url, one in html.items()}
    halls, line = "kansen/sudwest-fryslan/club-twee-zalen/", "kansen/landelijk/luisterlijn-voorbeeld/"
    assert "Zaal Oost, Voorbeeldpad 2, Sneek" in text[halls]
    assert "Zaal West, Bolsward" in text[halls]
    assert html[halls].count("openstreetmap.org") == 2
    assert "Telefonisch" in text[line]
    assert "heel Nederland" in text[line]
    assert [title for title, _ in drawn[line][0].breadcrumbs][-2] == "Heel Nederland"
    for url in ("gemeenten/heerenveen/", "kansen/heerenveen/", "azc/azc-drachten/"):
        assert "Online of bij je thuis" in text.get(url, "Online of bij je thuis"), url
    assert "Bellen met iemand die luistert" in text["gemeenten/heerenveen/"]
    assert "Bellen met iemand die luistert" in text["kansen/landelijk/"]
    assert '"@type": "Country"' in drawn[line][1] or '"@type":"Country"' in drawn[line][1]
