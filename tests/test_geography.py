"""Places and distances: the table holds together, and known distances come out right."""

import math
import re

import pytest

from meedoenkaart.geography.distance import Spot, bike_minutes, kilometres
from meedoenkaart.geography.former import former, formers
from meedoenkaart.geography.places import Place, Places, belongs_to, municipality_names, postcodes, spelled, table
from tests.conftest import Project


def _spot(name: str, code: str) -> Spot:
    (place,) = Places(table()).named(name, code)
    return Spot(place.latitude, place.longitude, "plaats")


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        (("Drachten", "GM0090"), ("Leeuwarden", "GM0080"), 21.8),
        (("Groningen", "GM0014"), ("Assen", "GM0106"), 24.7),
        (("Sneek", "GM1900"), ("Bolsward", "GM1900"), 9.3),
        (("Groningen", "GM0014"), ("Amsterdam", "GM0363"), 147),
        (("Leeuwarden", "GM0080"), ("Maastricht", "GM0935"), 262),
    ],
)
def test_distances_between_towns_are_those_of_an_atlas(
    one: tuple[str, str], other: tuple[str, str], distance: float
) -> None:
    assert kilometres(_spot(*one), _spot(*other)) == pytest.approx(distance, rel=0.02)
    assert kilometres(_spot(*other), _spot(*one)) == kilometres(_spot(*one), _spot(*other))


def test_distances_at_the_edges() -> None:
    here = Spot(53, 6, "exact")
    assert kilometres(here, here) == 0
    assert kilometres(here, Spot(54, 6, "exact")) == pytest.approx(111.195, abs=0.01)
    assert kilometres(Spot(0, 0, "exact"), Spot(0, 180, "exact")) == pytest.approx(math.pi * 6371.0088)


@pytest.mark.parametrize(
    ("distance", "minutes"),
    [(0, 5), (0.96, 5), (0.97, 10), (1, 10), (5, 30), (10, 55), (25, 130), (2.88, 15), (2.9, 20)],
)
def test_minutes_by_bike_are_rounded_up_to_five(distance: float, minutes: int) -> None:
    """15 kilometres an hour, with a detour of 1.3: 5.2 minutes a kilometre."""
    assert bike_minutes(distance) == minutes


def test_the_tables_hold_together() -> None:
    names = municipality_names()
    assert len(names) == 342
    assert {place.cbs_code for place in table()} == names.keys()
    for place in table():
        assert 50.7 < place.latitude < 53.6, place
        assert 3.3 < place.longitude < 7.3, place
        assert place.name == place.name.strip() != "", place


@pytest.mark.parametrize("written", ["Súdwest", "sudwest", "SUDWEST", " súdwest "])
def test_a_place_is_found_without_regard_to_capitals_and_accents(written: str) -> None:
    place = Place("Súdwest", "GM1900", 53.0, 5.6)
    places = Places([place, Place("Noardeast", "GM1970", 53.3, 6.0)])
    assert places.named(written) == [place]
    assert places.named(written, "GM1900") == [place]
    assert places.named(written, "GM0090") == []
    assert places.named("Oost") == []


def test_a_name_twice_at_nearly_one_point_is_one_place() -> None:
    centre = Place("Vlieland", "GM0096", 53.2985, 5.0672)
    harbour = Place("Vlieland", "GM0096", 53.297, 5.0743)
    elsewhere = Place("Vlieland", "GM0096", 53.25, 4.95)
    assert Places([centre, harbour, elsewhere]).named("Vlieland") == [centre, elsewhere]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Ohé en Laak", "GM1641"),
        ("Zwartewaal", "GM1992"),
        ("Oudenhoorn", "GM1992"),
        ("Tinte", "GM1992"),
        ("Vlieland", "GM0096"),
        ("'s-Gravenmoer", "GM0766"),
        ("'t Harde", "GM0230"),
        ("De Lutte", "GM0168"),
        ("Kûbaard", "GM1900"),
    ],
)
def test_places_that_a_source_lacks_or_spells_wrong_are_known(name: str, code: str) -> None:
    assert _spot(name, code)


@pytest.mark.parametrize(
    ("written", "name", "code"),
    [
        ("Snits", "Sneek", "GM1900"),
        ("it hearrenfean", "Heerenveen", "GM0074"),
        ("Damwoude", "Damwâld", "GM1891"),
        ("Den Bosch", "'s-Hertogenbosch", "GM0796"),
        ("'s-Gravenhage", "Den Haag", "GM0518"),
        ("Afferden L", "Afferden", "GM0893"),
        ("Bergen L", "Bergen", "GM0893"),
        ("Rijswijk (NB)", "Rijswijk", "GM1959"),
        ("St.-Annaparochie", "Sint Annaparochie", "GM1949"),
        ("Nijeberkoop", "Nijeberkoop", "GM0085"),
        ("2e Exloërmond", "Tweede Exloërmond", "GM1681"),
        ("Wijk en aalburg", "Wijk en Aalburg", "GM1959"),
    ],
)
def test_a_place_goes_by_all_its_names(written: str, name: str, code: str) -> None:
    assert [one.name for one in Places(table()).named(written, code)] == [name]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("sudwest fryslan", "GM1900"),
        ("De Friese Meren", "GM1940"),
        ("Den Haag", "GM0518"),
        ("'s-Gravenhage", "GM0518"),
        ("Bergen", "GM0893"),
        ("Bergen (Limburg)", "GM0893"),
    ],
)
def test_a_municipality_goes_by_all_its_names(name: str, code: str) -> None:
    assert belongs_to(code, name)


def test_no_name_is_glued_cut_or_doubled() -> None:
    for place in table():
        for name in (place.name, *place.also):
            assert not re.search(r"[éè](?:en|aan|bij|op) |[a-zé][A-Z]|\s{2}|^(?:'s |s-|t |de )|^St\.", name), place
        assert not re.search(r" \(?(?:L|NB|NH|GN|GLD|UT|AC)\)?$", place.name, re.IGNORECASE), place
        assert spelled(place.name) not in map(spelled, place.also), place
    known = Places(table())
    for place in table():
        for name in (place.name, *place.also):
            assert known.named(name, place.cbs_code) == [place], name


def test_every_postcode_lies_near_a_known_place() -> None:
    known = Places(table())
    assert len(postcodes()) > 4000
    for digits, area in postcodes().items():
        assert re.fullmatch(r"[1-9]\d{3}", digits)
        for name, code in area.places:
            (place,) = known.named(name, code)
            assert kilometres(place.spot, area.spot) < 15, (digits, name)


@pytest.mark.parametrize(("digits", "place"), [("9203", "Drachten"), ("8732", "Kûbaard"), ("3237", "Vierpolders")])
def test_a_postcode_has_its_place(digits: str, place: str) -> None:
    assert postcodes()[digits].places[0][0] == place


def test_former_municipalities_went_to_those_that_exist() -> None:
    assert len(formers()) > 1000
    for one in formers():
        assert {*one.successors} <= municipality_names().keys(), one
        assert re.fullmatch(r"1[89]\d\d-\d\d-\d\d|20\d\d-\d\d-\d\d", one.ended), one
        assert one.cbs_code not in municipality_names(), one
        assert not re.search(r"[()]|\s{2}", one.name), one


@pytest.mark.parametrize(
    ("asked", "year", "successors"),
    [
        ("littenseradiel", "2018", ("GM0080", "GM1900", "GM1949")),
        ("GM0140", "2018", ("GM0080", "GM1900", "GM1949")),
        ("het-bildt", "2018", ("GM1949",)),
        ("Menaldumadeel", "2011", ("GM1949",)),  # it was Menameradiel in between
        ("Wunseradiel", "2011", ("GM1900",)),
        ("Boarnsterhim", "2014", ("GM1940", "GM0074", "GM0080", "GM1900")),
        ("Ezinge", "1990", ("GM1969",)),  # the part of Winsum that did not go where the rest went
        ("Baflo", "1990", ("GM1966",)),
        ("Vledder", "1998", ("GM1701",)),
        ("Weesp", "2022", ("GM0363",)),
        ("Hellevoetsluis", "2023", ("GM1992",)),
    ],
)
def test_a_former_municipality_is_found_by_name_and_code(asked: str, year: str, successors: tuple[str, ...]) -> None:
    found = former(asked)
    assert found
    assert (found.year, found.successors) == (year, successors)


@pytest.mark.parametrize("asked", ["leeuwarden", "GM0080", "Bergen", "de-friese-meren", "nergens"])
def test_what_is_a_municipality_today_is_no_former_one(asked: str) -> None:
    assert former(asked) is None


def test_check_says_where_a_former_municipality_belongs(project: Project) -> None:
    """Wherever a record names it: by its file, its folder, its code or a field."""
    organisation = project.read("catalogue/organisations/smallingerland/buurthuis-de-brug.yml")
    project.write("catalogue/organisations/littenseradiel/dorpshuis.yml", organisation)
    project.write("routes/het-bildt.yml", project.read("routes/smallingerland.yml"))
    project.replace("catalogue/municipalities/opsterland.yml", "cbs_code: GM0086", "cbs_code: GM0063")
    project.replace(
        "catalogue/reception/azc-drachten.yml", "municipality: smallingerland", "municipality: littenseradiel"
    )
    split = (
        "Littenseradiel is sinds 2018 geen gemeente meer: het hoort nu bij Leeuwarden, Súdwest-Fryslân en Waadhoeke."
    )
    whole = "het Bildt is sinds 2018 geen gemeente meer: het hoort nu bij Waadhoeke."
    said = {(one.rule, one.message) for one in project.load().problems}
    assert said >= {
        ("folder-without-municipality", f'Er is geen gemeente "littenseradiel". {split}'),
        ("route-without-municipality", f'Er is geen gemeente met de naam "het-bildt". {whole}'),
        ("wrong-cbs-code", f"De code GM0063 hoort bij geen gemeente. {whole}"),
        ("unknown-reference", f'Er is geen gemeente "littenseradiel". {split}'),
    }
