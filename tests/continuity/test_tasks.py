"""Who does what, by the table, the law and a route, compared with a slow reading of the records."""

from collections.abc import Iterator

import pytest

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.cli import today
from meedoenkaart.continuity.tasks import RANK, called, local_names, reached, table, teams
from meedoenkaart.loading import load
from meedoenkaart.reading.documents import Reader
from meedoenkaart.records.route import Route
from tests.conftest import MINIMAL
from tests.finder.conftest import real_catalogue

Line = tuple[str, str, str, str]
"""A party, a role, what it does, and where that follows from."""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return real_catalogue()


def _minimal() -> Catalogue:
    catalogue = load(Reader(MINIMAL), today()).catalogue
    assert catalogue
    return catalogue


def _by_steps(route: Route | None, element: str) -> Iterator[tuple[str, str]]:
    for step in route.steps.values() if route else ():
        for id in (step.actor, *step.together_with):
            role = route.actors[id].role if route and id else None
            if element in step.fulfils and role:
                yield role, "doet" if id == step.actor else "helpt"


def _slowly(catalogue: Catalogue, subject: str, slug: str | None) -> list[Line]:
    """Read all that the records say of a subject, party by party and role by role."""
    assert catalogue.tasks
    assert catalogue.statutory
    asked = catalogue.tasks.subjects[subject]
    route = catalogue.routes[slug].record if slug else None
    own = {one for element in asked.elements for one in _by_steps(route, element)}
    law = {one for element in asked.elements for one in _by_steps(catalogue.statutory.route, element)} - own
    found = []
    for id, party in catalogue.tasks.parties.items():
        for role in party.roles:
            found += [(id, role, does, "route") for one, does in own if one == role]
            found += [(id, role, does, "wet") for one, does in law if one == role]
            found += [(id, role, line.does, "bron") for line in asked.lines if line.role == role]
    return sorted(found)


def test_who_does_what_is_what_the_records_say(catalogue: Catalogue) -> None:
    assert catalogue.tasks
    parties = {id: str(one.title) for id, one in catalogue.tasks.parties.items()}
    for slug in (None, *catalogue.routes):
        told = table(catalogue, catalogue.municipalities[slug] if slug else None)
        assert {one.id for one in told} == catalogue.tasks.subjects.keys()
        for one in told:
            found = sorted({(deed.party, deed.role, deed.does, deed.origin) for deed in one.deeds})
            assert found == sorted({*_slowly(catalogue, one.id, slug)}), (slug, one.id)
            assert [RANK[deed.does] for deed in one.deeds] == sorted(RANK[deed.does] for deed in one.deeds)
            assert {*one.unknown} == {*parties.values()} - {parties[deed.party] for deed in one.deeds}


def test_every_line_has_a_source_that_anybody_can_open(catalogue: Catalogue) -> None:
    for one in table(catalogue):
        for deed in one.deeds:
            assert [source for source in deed.sources if source.address.startswith("http")], one.id


def test_in_a_municipality_roles_have_its_own_names_and_ways(catalogue: Catalogue) -> None:
    gennep = catalogue.municipalities["gennep"]
    [woning] = [one for one in table(catalogue, gennep) if one.id == "woning"]
    assert [called(catalogue, deed) for deed in woning.of("woning")] == ["Destion en Mooiland (Woningcorporatie)"]
    assert [one.contact.website for one in reached(catalogue, "gemeente", gennep) if one.contact]
    # Who has no way of its own within the municipality is reached by the municipality's.
    assert reached(catalogue, "inkomen", gennep) == reached(catalogue, "gemeente", gennep)
    assert reached(catalogue, "ind", gennep) == ()
    smallingerland = catalogue.municipalities["sudwest-fryslan"]
    assert "VluchtelingenWerk" in local_names(catalogue, smallingerland)["maatschappelijke-begeleiding"]
    assert local_names(catalogue, None) == {}


def test_the_small_catalogue_is_told_in_the_order_of_moments_with_what_the_route_says() -> None:
    catalogue = _minimal()
    told = table(catalogue, catalogue.municipalities["smallingerland"])
    assert [one.id for one in told] == ["les", "fiets", "intake"]
    les, fiets, intake = told
    assert (les.deeds, les.unknown) == ((), ("Gemeente", "Begeleiding"))
    assert [(deed.role, deed.does, deed.to, deed.is_old) for deed in fiets.deeds] == [
        ("begeleiding", "helpt", (), True),
        ("regisseur", "niet", ("Begeleiding",), False),  # its source has no date
    ]
    assert [(deed.name, deed.origin, deed.text) for deed in intake.deeds] == [
        ("Gemeente", "route", "Eerste gesprek. Je praat over je plannen.")
    ]
    assert fiets.verbs("gemeente") == ("niet",)
    assert [(one.role, page.slug) for one, page in teams(catalogue)] == [("begeleiding", "azc-drachten")]
