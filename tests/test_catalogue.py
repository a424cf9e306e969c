"""The linked catalogue: what may be done, what is on offer, what is near, what is stale, and where it all is."""

import datetime
from collections import defaultdict

import pytest

from meedoenkaart.catalogue import Offer, months_later
from meedoenkaart.geography.distance import Spot, kilometres
from meedoenkaart.publishing.drawings import draughtsman
from meedoenkaart.publishing.pages import pages
from meedoenkaart.publishing.rendering import Renderer, Site
from tests.conftest import ROOT, TODAY, Project

BRIDGE = "catalogue/organisations/smallingerland/buurthuis-de-brug.yml"
STEP = "catalogue/organisations/opsterland/sportclub-de-stap.yml"
WORD = "catalogue/organisations/sudwest-fryslan/taalhuis-het-woord.yml"
DAY = datetime.timedelta(1)


def _offers(project: Project, today: datetime.date = TODAY) -> dict[str, Offer]:
    return {offer.opportunity.id: offer for offer in project.catalogue(today).offers}


def _ask(project: Project, *fields: str) -> tuple[str, str, str | None]:
    """Return the answer without a permit, the sentence's first words, and the fact, for an opportunity with fields."""
    lines = "".join(f"    {field}\n" for field in fields)
    project.replace(WORD, "    activity: taal\n    audience: [statushouders]\n", lines)
    permission = _offers(project)["taalcafe"].without_permit
    return permission.answer, str(permission.rule.sentence), str(permission.fact.title) if permission.fact else None


VOLUNTEERING = "activity: vrijwilligerswerk"
DECLARATION = "requirements: {declaration: {status: %s}}"


def test_the_first_rule_that_fits_answers(project: Project) -> None:
    """The rule for permit holders stands first, also for volunteering with a declaration."""
    found = _ask(project, VOLUNTEERING, "audience: [statushouders]", DECLARATION % "aanwezig")
    assert found == ("nee", "Dit is alleen voor statushouders.", None)


@pytest.mark.parametrize(
    ("status", "answer"),
    [("aanwezig", "ja"), ("niet-nodig", "ja"), ("aangevraagd", "ja-mits"), ("onbekend", "ja-mits")],
)
def test_the_declaration_decides_about_volunteering(project: Project, status: str, answer: str) -> None:
    found = _ask(project, VOLUNTEERING, DECLARATION % status)
    assert (found[0], found[2]) == (answer, "Vrijwilligerswerk met een verklaring")


def test_without_a_declaration_nothing_is_known_of_it(project: Project) -> None:
    assert _ask(project, VOLUNTEERING)[0] == "ja-mits"


def test_a_declaration_counts_until_its_last_day(project: Project) -> None:
    project.replace(
        BRIDGE,
        "    audience: [asielzoekers]\n",
        "    requirements:\n      declaration:\n        status: aanwezig\n        until: 2026-11-22\n",
    )
    answers = [_offers(project, day)["afwassen"].without_permit.answer for day in (TODAY - DAY, TODAY, TODAY + DAY)]
    assert answers == ["ja", "ja", "ja-mits"]


@pytest.mark.parametrize(
    ("audience", "answer"),
    [
        ("[statushouders]", "nee"),
        ("[statushouders, vrouwen]", "nee"),
        ("[statushouders, asielzoekers]", "ja"),
        ("[statushouders, iedereen]", "ja"),
        ("[asielzoekers]", "ja"),
        ("[vrouwen]", "ja"),
        ("[]", "ja"),
    ],
)
def test_only_audiences_about_permits_say_something_of_permits(project: Project, audience: str, answer: str) -> None:
    assert _ask(project, "activity: ontmoeting", f"audience: {audience}")[0] == answer


def test_a_permit_holder_is_asked_after_apart(project: Project) -> None:
    permission = _offers(project)["taalcafe"].with_permit
    assert (permission.answer, permission.fact and str(permission.fact.title)) == ("ja", "Vrij om mee te doen")


def test_the_activity_decides_when_nothing_else_does(project: Project) -> None:
    assert _ask(project, "activity: werk") == ("onbekend", "Vraag het na.", None)


def test_an_offer_is_current_until_its_last_day_and_not_when_it_ended(project: Project) -> None:
    def current(today: datetime.date = TODAY) -> list[str]:
        return [offer.opportunity.id for offer in project.catalogue(today).current_offers]

    assert current() == ["afwassen", "kantine", "wandelen", "taalcafe", "samen-koken"], "by place, then by title"
    assert "samen-koken" in current(datetime.date(2027, 6, 30))
    assert "samen-koken" not in current(datetime.date(2027, 7, 1))
    project.replace(STEP, "    title: Wandelen\n", "    title: Wandelen\n    status: gestopt\n")
    assert "wandelen" not in current()
    assert "kantine" in current()
    project.write(STEP, project.read(STEP) + "status: gestopt\n")
    assert "kantine" not in current()
    project.replace(
        WORD, "    activity: taal\n", "    activity: taal\n    status: gepauzeerd\n    first_day: 2027-01-01\n"
    )
    assert "taalcafe" in current(), "what is paused, or begins later, one can choose"
    assert len(project.catalogue().offers) == 5, "what ended is still known"


def test_offers_are_grouped_by_where_and_what(project: Project) -> None:
    catalogue = project.catalogue()
    ids = {name: [one.opportunity.id for one in offers] for name, offers in catalogue.offers_by_municipality.items()}
    assert ids == {
        "smallingerland": ["afwassen", "samen-koken"],
        "opsterland": ["kantine", "wandelen"],
        "sudwest-fryslan": ["taalcafe"],
    }
    assert {name: len(offers) for name, offers in catalogue.offers_by_activity.items()} == {
        "vrijwilligerswerk": 2,
        "ontmoeting": 1,
        "sport": 1,
        "taal": 1,
    }
    assert {name: len(offers) for name, offers in catalogue.offers_by_sector.items()} == {
        "koken": 1,
        "buurt": 1,
        "sport": 1,
    }
    (bridge,) = (one for one in catalogue.organisations.values() if one.record.name == "Buurthuis De Brug")
    assert [one.opportunity.id for one in catalogue.offers_of(bridge)] == ["samen-koken", "afwassen"], "as in its file"


def test_what_is_near_is_what_a_search_of_everything_finds(project: Project) -> None:
    places = ["Drachten", "Oudega", "Rottevalle", "Boornbergum", "Opeinde", "Nijega", "De Tike", "Houtigehage"]
    for number, place in enumerate(places):
        text = (
            project.read(BRIDGE)
            .replace("De Brug", f"Nummer {number}{place}")
            .replace("place: Drachten", f"place: {place}")
        )
        text = text[: text.index("position:")] + text[text.index("serves:") :]
        text = text.replace("brug.voorbeeld", f"b{number}.voorbeeld").replace("de-oude-brug", f"oud-{number}")
        project.write(f"catalogue/organisations/smallingerland/nummer-{number}.yml", text)
    catalogue = project.catalogue()
    here = catalogue.receptions["azc-drachten"].spot
    for spot in (here, catalogue.offers[0].venues[0].spot, Spot(53.0, 5.5, "plaats"), Spot(53.3, 6.4, "plaats")):
        for within in (0, 1, 2.5, 6, 10, 25, 60, 500):
            near = catalogue.near(spot, within)
            distances = [one.kilometres for one in near]
            assert distances == sorted(distances)
            everything = {offer.url: kilometres(spot, offer.venues[0].spot) for offer in catalogue.current_offers}
            assert {one.offer.url: one.kilometres for one in near} == {
                url: distance for url, distance in everything.items() if distance <= within
            }
    assert 0 < len(catalogue.near(here, 6)) < len(catalogue.current_offers)
    assert catalogue.near(catalogue.offers[0].venues[0].spot, 0)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2026-11-30", 1, "2026-12-30"),
        ("2026-12-31", 1, "2027-01-31"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-11-30", 13, "2027-12-30"),
        ("2026-08-31", 1, "2026-09-30"),
        ("2026-12-15", 12, "2027-12-15"),
        ("2026-06-15", 0, "2026-06-15"),
        ("2026-01-31", 11, "2026-12-31"),
        ("2100-01-29", 1, "2100-02-28"),
        ("2000-01-31", 10_000, "2833-05-31"),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_the_month(day: str, months: int, later: str) -> None:
    assert months_later(datetime.date.fromisoformat(day), months) == datetime.date.fromisoformat(later)


def test_a_confirmation_goes_stale_after_the_term_of_its_kind(project: Project) -> None:
    """A community centre after the usual 12 months, a sports club after the 24 of the vocabulary."""

    def stale(today: datetime.date) -> dict[str, datetime.date | None]:
        return {slug.partition("/")[2]: one.stale_since for slug, one in project.catalogue(today).organisations.items()}

    bridge, step = datetime.date(2027, 6, 1), datetime.date(2027, 3, 1)
    assert stale(step) == {"sportclub-de-stap": None, "buurthuis-de-brug": None, "taalhuis-het-woord": None}
    assert stale(step + DAY) == {"sportclub-de-stap": step, "buurthuis-de-brug": None, "taalhuis-het-woord": None}
    assert stale(bridge + DAY)["buurthuis-de-brug"] == bridge
    warnings = {one.file for one in project.load(bridge + DAY).problems if one.rule == "confirmation-stale"}
    assert {BRIDGE, STEP} <= warnings, "the rule and the page agree"


def test_an_opportunity_may_lie_elsewhere(project: Project) -> None:
    offers = _offers(project)
    cooking, washing = offers["samen-koken"], offers["afwassen"]
    assert (washing.place, washing.venues[0].spot.precision) == ("Drachten", "adres")
    assert washing.venues == (washing.organisation.venue,)
    assert (cooking.place, cooking.venues[0].spot) == ("Oudega", Spot(53.125, 5.999, "exact"))
    assert cooking.url == "kansen/smallingerland/buurthuis-de-brug/#samen-koken"


def test_an_opportunity_may_lie_in_another_municipality(project: Project) -> None:
    project.replace(
        BRIDGE, "          place: Oudega\n", "          place: Gorredijk\n          municipality: opsterland\n"
    )
    project.replace(
        BRIDGE,
        "        position:\n          latitude: 53.1250\n          longitude: 5.9990\n          precision: exact\n",
        "",
    )
    catalogue = project.catalogue()
    cooking = _offers(project)["samen-koken"]
    assert cooking.home.slug == "opsterland"
    assert cooking.organisation.home.slug == "smallingerland"
    assert cooking.venues[0].spot == Spot(53.00659, 6.06402, "plaats")
    assert cooking.opportunity.id in {one.opportunity.id for one in catalogue.offers_by_municipality["opsterland"]}


def test_an_organisation_may_lie_outside_the_municipality_of_its_folder(project: Project) -> None:
    """It is filed under the municipality that it works for; distances count from where it is."""
    project.replace(STEP, "  place: Nearnshuzen\n", "  place: Oudega\n  municipality: sudwest-fryslan\n")
    page = project.catalogue().organisations["opsterland/sportclub-de-stap"]
    assert page.home.slug == "opsterland"
    assert page.venue
    assert page.venue.spot == Spot(52.9925, 5.5507, "plaats")
    assert _offers(project)["wandelen"].home.slug == "sudwest-fryslan"


def test_a_place_that_was_added_is_found_by_all_its_names(project: Project) -> None:
    venue = project.catalogue().organisations["opsterland/sportclub-de-stap"].venue
    assert venue
    assert venue.spot == Spot(53.05, 6.1, "plaats")


@pytest.mark.parametrize(
    ("place", "municipality", "name", "code", "spot"),
    [
        ("Oudega", "smallingerland", "Smallingerland", "GM0090", (53.12504, 5.99888)),
        ("Oudega", "sudwest-fryslan", "Súdwest-Fryslân", "GM1900", (52.9925, 5.5507)),
        ("Oudega", "de-fryske-marren", "De Fryske Marren", "GM1940", (52.9046, 5.5216)),
        ("Winsum", "waadhoeke", "Waadhoeke", "GM1949", (53.1516, 5.6322)),
        ("Winsum", "het-hogeland", "Het Hogeland", "GM1966", (53.33, 6.52083)),
        ("Elsloo", "ooststellingwerf", "Ooststellingwerf", "GM0085", (52.9424, 6.2404)),
        ("elsloo", "stein", "Stein", "GM0971", (50.94917, 5.77083)),
    ],
)
def test_the_municipality_decides_between_places_of_one_name(
    project: Project, place: str, municipality: str, name: str, code: str, spot: tuple[float, float]
) -> None:
    text = project.read("catalogue/municipalities/opsterland.yml")
    text = text.replace("Opsterland", name).replace("GM0086", code).replace("Beetsterzwaag", place)
    project.write(f"catalogue/municipalities/{municipality}.yml", text)
    word = project.read(WORD).replace("place: Oudega", f"place: {place}").replace("Het Woord", "Het Lied")
    project.write(f"catalogue/organisations/{municipality}/taalhuis-het-lied.yml", word)
    venue = project.catalogue().organisations[f"{municipality}/taalhuis-het-lied"].venue
    assert venue
    assert (venue.spot.latitude, venue.spot.longitude) == spot


def test_a_place_of_another_municipality_is_refused_with_its_name(project: Project) -> None:
    project.replace(WORD, "place: Oudega", "place: Elsloo")
    (problem,) = project.load().problems
    assert problem.message == '"Elsloo" ligt niet in de gemeente Súdwest-Fryslân, wel in: Ooststellingwerf, Stein.'


def test_an_error_anywhere_leaves_no_catalogue_and_a_warning_does(project: Project) -> None:
    project.replace(STEP, "contact:\n  website: https://stap.voorbeeld.nl/\n", "")
    loaded = project.load()
    assert [one.severity for one in loaded.problems] == ["warning"]
    assert loaded.catalogue
    project.replace(STEP, "activity: sport", "activity: spprt")
    assert project.load().catalogue is None


OF_SEVERAL = """\
title: Een verzonnen route van twee
subtitle: Voor wie in een van de twee woont
law: Wi2013
period: verzonnen
status:
  stage: papier
  date: 2020-03
municipalities: [opsterland, sudwest-fryslan]
actors:
  gemeente:
    name: Gemeente
    icon: landmark
  school:
    name: De school
    icon: school
phases:
  begin:
    title: Begin
  midden:
    title: Midden
  einde:
    title: Einde
lanes:
  jong:
    title: Jongeren
  oud:
    title: Ouderen
steps:
  intake:
    title: Gesprek vooraf
    phase: begin
    actor: gemeente
  toets:
    title: Toets op maat
    phase: begin
    actor: school
    after: [intake]
    only_in: [opsterland]
  les:
    title: Les voor jongeren
    phase: begin
    lane: jong
    actor: school
    after: [toets]
    only_in: [opsterland]
  plan:
    title: Plan maken
    phase: midden
    lane: oud
    actor: gemeente
    after: [les, intake]
    back_to: [intake, toets]
  bezoek:
    title: Bezoek thuis
    phase: midden
    lane: oud
    after: [plan]
    only_in: [sudwest-fryslan]
  feest:
    title: Feest na afloop
    phase: einde
    lane: oud
    actor: gemeente
    after: [les]
    only_in: [opsterland]
regisseur:
  title: Vaste contactpersoon
  starts_at: intake
  until_phase: einde
breaks_off:
  - phase: midden
    lane: oud
    after: [plan, bezoek]
notes:
  - title: Over de toets
    text: De toets duurt een uur.
    about: toets
  - title: Over de route
    text: Er is nog geen route op papier.
sources:
  - address: https://route.voorbeeld.nl/
    title: Voorbeeld
    date: 2020-03-31
"""


def test_each_municipality_has_its_own_steps_of_a_route_of_several(project: Project) -> None:
    project.write("routes/streek.yml", OF_SEVERAL)
    assert project.problems() == []
    catalogue = project.catalogue()
    one, other = (catalogue.routes[slug].record for slug in ("opsterland", "sudwest-fryslan"))

    assert list(one.steps) == ["intake", "toets", "les", "plan", "feest"]
    assert (list(one.actors), list(one.phases), list(one.lanes)) == (
        ["gemeente", "school"],
        ["begin", "midden", "einde"],
        ["jong", "oud"],
    )
    assert [end.after for end in one.breaks_off] == [("plan",)], "in the place of a step that it lacks, the one before"
    assert len(one.notes) == 2

    assert list(other.steps) == ["intake", "plan", "bezoek"]
    assert (list(other.actors), list(other.phases), list(other.lanes)) == (["gemeente"], ["begin", "midden"], ["oud"])
    assert other.steps["plan"].after == ("intake",), "over both steps that it lacks, and once"
    assert other.steps["plan"].back_to == ("intake",)
    assert [end.after for end in other.breaks_off] == [("plan", "bezoek")]
    assert [str(note.title) for note in other.notes] == ["Over de route"]
    assert one.regisseur
    assert other.regisseur
    assert (one.regisseur.until_phase, other.regisseur.until_phase) == ("einde", "midden")


def test_a_page_draws_and_tells_the_steps_of_its_municipality(project: Project) -> None:
    project.write("routes/streek.yml", OF_SEVERAL)
    catalogue = project.catalogue()
    address = "https://kaart.voorbeeld.nl/"
    site = Site("Kaart", address, address, address, address, address, assets=defaultdict(str))
    renderer = Renderer(ROOT, site, catalogue, draughtsman(ROOT))
    titles = {"Toets op maat", "Les voor jongeren", "Feest na afloop", "Bezoek thuis", "Plan maken"}
    shown = {
        page.url: {title for title in titles if title in "".join(renderer.draw(page).content)}
        for page in pages(catalogue)
        if page.url in ("gemeenten/opsterland/", "gemeenten/sudwest-fryslan/")
    }
    assert shown == {
        "gemeenten/opsterland/": titles - {"Bezoek thuis"},
        "gemeenten/sudwest-fryslan/": {"Plan maken", "Bezoek thuis"},
    }
