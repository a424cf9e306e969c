"""What there is around a place and what is missing: the same as a slow reading of the records, and on the pages."""

import random
from collections.abc import Iterable, Mapping

import pytest

from meedoenkaart.catalogue import NEAR_KM, Catalogue, MunicipalityPage, Nearby, Offer
from meedoenkaart.continuity.coverage import (
    PERMITS,
    REACHES,
    Count,
    Found,
    Row,
    axes,
    counted,
    coverage,
    elsewhere,
    gaps,
    rings,
)
from meedoenkaart.geography.distance import Spot, kilometres
from meedoenkaart.publishing.pages.coverage import pages
from tests.conftest import Project
from tests.finder.conftest import real_catalogue


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return real_catalogue()


def _coverage(catalogue: Catalogue, near: Iterable[Nearby], municipality: MunicipalityPage) -> Mapping[str, Found]:
    return coverage(rings(near, municipality, counted(catalogue)), axes(catalogue))


def slowly(
    catalogue: Catalogue, spot: Spot, home: MunicipalityPage, within: float, permit: str, row: Row, level: str
) -> Count:
    """Count opportunities straight from the records."""
    levels = list(catalogue.vocabulary.levels)
    fits = [_fits(one, permit, level, levels) for one in _around(catalogue, spot, home, within) if _is_of(one, row)]
    return Count(fits.count("sure"), fits.count("possible"))


def _around(catalogue: Catalogue, spot: Spot, home: MunicipalityPage, within: float) -> list[Offer]:
    found = []
    for offer in catalogue.current_offers:
        away = [kilometres(spot, one.spot) for one in offer.venues]
        inside = any(one.municipality is home for one in offer.venues)
        reaches = bool(away) and not inside and bool(home.areas & {*offer.areas})
        active = offer.opportunity.status == offer.organisation.record.status == "actief"
        if active and (reaches or any(one <= within for one in away)):
            found.append(offer)
    return found


def _is_of(offer: Offer, row: Row) -> bool:
    what = offer.opportunity
    return what.activity == row.id if row.facet == "activities" else row.id in what.sectors


def _fits(offer: Offer, permit: str, level: str, levels: list[str]) -> str:
    answer = {"nee": offer.without_permit, "ja": offer.with_permit}[permit].answer
    needed = offer.opportunity.dutch.level if offer.opportunity.dutch else None
    if answer == "nee" or (needed and levels.index(needed) > levels.index(level)):
        return "no"
    return "sure" if needed and answer in ("ja", "ja-mits") else "possible"


def test_counts_are_those_of_the_records(catalogue: Catalogue) -> None:
    chance = random.Random(16)  # noqa: S311  # the same on every machine
    levels = list(catalogue.vocabulary.levels)
    somewhere = 0
    for reception in chance.sample(list(catalogue.receptions.values()), 12):
        found = _coverage(catalogue, catalogue.near_receptions[reception.slug], reception.municipality)
        for _ in range(25):
            reach, permit = chance.choice(list(REACHES)), chance.choice(PERMITS)
            row, level = chance.choice(axes(catalogue).rows), chance.choice(levels)
            asked = (reception.spot, reception.municipality, REACHES[reach], permit, row, level)
            count = found[reach].tables[permit][row][levels.index(level)]
            assert count == slowly(catalogue, *asked), (reception.slug, asked)
            somewhere += any(count)
        assert found["25"].total == len(_around(catalogue, reception.spot, reception.municipality, NEAR_KM))
    assert somewhere > 20


def test_days_sources_and_who_could_be_asked(project: Project) -> None:
    catalogue = project.catalogue()
    page = catalogue.receptions["azc-drachten"]
    found = _coverage(catalogue, catalogue.near_receptions[page.slug], page.municipality)["25"]
    near = _around(catalogue, page.spot, page.municipality, NEAR_KM)
    assert found.total == len(near) > 0
    assert sum(found.years.values()) == found.total
    assert found.without_days == sum(not one.opportunity.schedule for one in near)
    assert {day for day, _ in found.times} <= {
        "maandag",
        "dinsdag",
        "woensdag",
        "donderdag",
        "vrijdag",
        "zaterdag",
        "zondag",
    }
    assert found.kinds == {one.organisation.record.kind for one in near}


def test_where_nothing_is_all_is_still_to_be_found(project: Project) -> None:
    catalogue = project.catalogue()
    page = catalogue.receptions["azc-drachten"]
    found = _coverage(catalogue, [], page.municipality)["25"]
    assert found.total == 0
    missing = gaps(found, "nee", axes(catalogue), elsewhere(catalogue))
    assert [one.row for one in missing] == list(axes(catalogue).rows)
    highest = list(catalogue.vocabulary.levels)[-1]
    assert {one.nothing_until for one in missing} == {highest}
    sport = next(one for one in missing if one.row == Row("activities", "sport"))
    assert "sportvereniging" in sport.kinds


def test_no_cell_begins_a_formula(project: Project) -> None:
    project.replace("catalogue/reception/azc-drachten.yml", "name: azc Voorbeeld", 'name: "=1+1 azc Voorbeeld"')
    catalogue = project.catalogue()
    page = next(one for one in pages(catalogue) if one.url == "azc/azc-drachten/dekking/")
    context = page.shown()
    data: bytes = context["beside"](context)
    assert all(line.startswith("'=1+1") for line in data.decode("utf-8-sig").splitlines()[1:])
