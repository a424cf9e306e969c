"""Places and distances: the table holds together, and known distances come out right."""

import math

import pytest

from generator.geography.distance import Spot, bike_minutes, kilometres
from generator.geography.places import Place, Places, municipality_names, table


def _spot(name: str, code: str) -> Spot:
    (place,) = Places((one.name, one) for one in table()).named(name, code)
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
    places = Places([("Súdwest", place), ("Noardeast", Place("Noardeast", "GM1970", 53.3, 6.0))])
    assert places.named(written) == [place]
    assert places.named(written, "GM1900") == [place]
    assert places.named(written, "GM0090") == []
    assert places.named("Oost") == []


def test_a_name_twice_at_nearly_one_point_is_one_place() -> None:
    centre = Place("Vlieland", "GM0096", 53.2985, 5.0672)
    harbour = Place("Vlieland", "GM0096", 53.297, 5.0743)
    elsewhere = Place("Vlieland", "GM0096", 53.25, 4.95)
    assert Places((one.name, one) for one in (centre, harbour, elsewhere)).named("Vlieland") == [centre, elsewhere]


@pytest.mark.parametrize(
    ("name", "code"),
    [("Ohé en Laak", "GM1641"), ("Zwartewaal", "GM1992"), ("Oudenhoorn", "GM1992"), ("Tinte", "GM1992")],
)
def test_villages_that_share_a_postcode_are_known(name: str, code: str) -> None:
    assert _spot(name, code)
