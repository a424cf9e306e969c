"""The engine of the finder answers as a slow reading of the records does."""

import random
from math import inf
from typing import Any

import pytest
import yaml

from meedoenkaart.catalogue import Catalogue, Offer
from meedoenkaart.geography.distance import bike_minutes, kilometres
from meedoenkaart.languages.formats import km
from meedoenkaart.publishing.facets import Facet, Value, facets
from meedoenkaart.times.days import DAY, has_days, times_of
from tests.finder.conftest import Ask
from tests.finder.oracle import Wanted, found, lateness
from tests.site.copies import ROOT

WORDS: dict[str, Any] = yaml.load((ROOT / "meedoenkaart/theme/words.yml").read_text("utf-8"), yaml.CSafeLoader)[
    "finder"
]


def _facets(catalogue: Catalogue) -> list[Facet]:
    made = facets(catalogue.vocabulary, WORDS["values"])
    soon = [Value(id, label) for id, label in WORDS["soon"].items()]
    return [*made[:2], Facet("wanneer", soon, lambda offer: _soon(catalogue, offer)), *made[2:]]


def _soon(catalogue: Catalogue, offer: Offer) -> list[str]:
    """Return when the next time is that is known of what is not paused."""
    schedule, today = offer.opportunity.schedule, catalogue.today
    is_paused = {offer.opportunity.status, offer.organisation.record.status} != {"actief"}
    if schedule is None or is_paused or not (any(map(has_days, schedule.meetings)) or schedule.changes):
        return []
    days = [one.day for one in times_of(offer.opportunity, today, today + (6 - today.weekday()) * DAY)]
    return ["vandaag", "week"] if today in days else ["week"] if days else ["later"]


def _query(wanted: Wanted, origin: str | None) -> str:
    parts = [f"bij={origin}"] if origin else []
    if origin and wanted.within is not None:
        parts.append(f"straal={wanted.within:g}")
    for name, value in (("vergunning", wanted.permit), ("taal", wanted.level), ("leeftijd", wanted.age)):
        if value is not None:
            parts.append(f"{name}={value}")
    parts += [f"{name}={','.join(sorted(values))}" for name, values in wanted.include.items()]
    out = [f"{name}.{value}" for name, values in wanted.exclude.items() for value in sorted(values)]
    if out:
        parts.append(f"niet={','.join(out)}")
    if wanted.sure:
        parts.append("zeker=ja")
    return "?" + "&".join(parts)


def test_each_value_alone(ask: Ask, catalogue: Catalogue) -> None:
    wanted = [
        Wanted(include=chosen) if way == "include" else Wanted(exclude=chosen)
        for facet in _facets(catalogue)
        for value in [*(one.id for one in facet.values), "onbekend"]
        for chosen in [{facet.name: {value}}]
        for way in ("include", "exclude")
    ]
    answers = ask(*(("select", _query(one, None)) for one in wanted))
    for one, answer in zip(wanted, answers, strict=True):
        assert (set(answer["sure"]), set(answer["maybe"])) == found(catalogue, _facets(catalogue), one), one
        assert answer["gone"] == []


def test_many_things_at_once(ask: Ask, catalogue: Catalogue) -> None:
    chance = random.Random(4)  # noqa: S311  # the same filters on every machine
    receptions = list(catalogue.receptions.values())
    all_facets = _facets(catalogue)

    def some(least: int) -> dict[str, set[str]]:
        chosen = chance.sample(all_facets, chance.choice([least, 0, 1, 1, 2]))
        return {
            one.name: set(chance.sample([*(value.id for value in one.values), "onbekend"], chance.choice([1, 1, 2])))
            for one in chosen
        }

    cases = []
    for _ in range(400):
        include = some(1)
        exclude = {name: left for name, values in some(0).items() if (left := values - include.get(name, set()))}
        reception = chance.choice([None, *receptions])
        cases.append(
            (
                Wanted(
                    reception.spot if reception else None,
                    reception.municipality if reception else None,
                    chance.choice([None, 5, 10, 25]) if reception else None,
                    chance.choice([None, None, "nee", "ja"]),
                    chance.choice([None, None, "A0", "A1", "A2", "B1"]),
                    chance.choice([None, None, None, 10, 16, 30]),
                    include,
                    exclude,
                    chance.random() < 0.2,
                ),
                reception.slug if reception else None,
            )
        )
    answers = ask(*(("select", _query(*case)) for case in cases))
    some_found = 0
    offers = {offer.key: offer for offer in catalogue.offers}
    for (wanted, origin), answer in zip(cases, answers, strict=True):
        sure, maybe = found(catalogue, _facets(catalogue), wanted)
        assert (set(answer["sure"]), set(answer["maybe"])) == (sure, maybe), (wanted, origin)
        assert all(answer["lacking"][key] for key in maybe)
        if origin:
            for keys in (answer["sure"], answer["maybe"]):
                order = [
                    (
                        key in answer["apart"],
                        lateness(catalogue, all_facets, offers[key], wanted),
                        inf if answer["km"][key] is None else answer["km"][key],
                    )
                    for key in keys
                ]
                assert order == sorted(order)
        some_found += bool(sure or maybe)
    assert some_found > 100


@pytest.mark.parametrize(
    "base",
    [
        "?bij=azc-sneek&straal=25&vergunning=nee&soort=welzijn,buurthuis,zorginstelling",
        "?bij=gemeente-smallingerland&straal=25&taal=A2&leeftijd=20",
        "?bij=azc-sneek&straal=10&taal=A1&dag=zaterdag",
        "?bij=azc-sneek&straal=25&vergunning=ja&zeker=ja",
        "?niet=dag.onbekend,soort.repair-cafe&vergunning=nee",
    ],
)
def test_a_number_beside_a_choice_is_what_the_list_then_says(ask: Ask, catalogue: Catalogue, base: str) -> None:
    """Certain ones and those that may fit, both as in the list."""
    asked = dict(part.split("=") for part in base[1:].split("&"))
    choices: list[tuple[str, str, tuple[Any, ...]]] = [
        *(("taal", level, ("levels", number)) for number, level in enumerate(catalogue.vocabulary.levels)),
        *(("vergunning", permit, ("permits", permit)) for permit in ("nee", "ja")),
        *(("straal", radius, ("radii", radius)) for radius in ("5", "10", "25", "alles", "gemeente") if "bij" in asked),
        *(
            (facet.name, value, ("counts", facet.name, number))
            for facet in _facets(catalogue)
            if facet.name not in asked.get("niet", "")
            for number, value in enumerate([*(one.id for one in facet.values), "onbekend"])
        ),
    ]
    choices = [one for one in choices if one[:2] != ("straal", "gemeente") or "gemeente-" in base]
    queries = [
        "?" + "&".join(f"{name}={value}" for name, value in {**asked, name: value}.items())
        for name, value, _ in choices
    ]
    [answer, *chosen] = ask(("select", base), *(("select", query) for query in queries))
    some_may = 0
    for (name, value, path), given in zip(choices, chosen, strict=True):
        told = answer
        for step in path:
            told = told[step]
        assert (told["sure"], told["maybe"]) == (len(given["sure"]), len(given["maybe"])), (name, value)
        some_may += told["maybe"] > 0
    assert (some_may > 0) != ("zeker" in asked)


def test_letting_go_gives_what_was_promised(ask: Ask) -> None:
    query = "?bij=drachten&straal=10&dag=zaterdag&sector=sport&zeker=ja"
    [answer] = ask(("select", query))
    assert answer["sure"] == answer["maybe"] == []
    for name, rest in (
        ("dag", "?bij=drachten&straal=10&sector=sport&zeker=ja"),
        ("sector", "?bij=drachten&straal=10&dag=zaterdag&zeker=ja"),
        ("straal", "?bij=drachten&straal=alles&dag=zaterdag&sector=sport&zeker=ja"),
    ):
        [without] = ask(("select", rest))
        assert len(without["sure"]) == answer["gains"][name], name


def test_the_nearest_that_fits_for_sure_is_known(ask: Ask) -> None:
    query = "?bij=azc-drachten&straal={}&sector=dieren"
    [near, all_] = ask(("select", query.format(25)), ("select", query.format("alles")))
    assert near["sure"] == []
    assert near["maybe"]
    assert near["farther"] == {"count": len(all_["sure"]), "km": min(all_["km"][key] for key in all_["sure"])}
    assert near["farther"]["km"] > 25
    [nowhere] = ask(("select", "?bij=azc-drachten&sector=dieren&activiteit=werk&inzet=eenmalig&zeker=ja"))
    assert nowhere["farther"] is None


@pytest.mark.parametrize("level", ["A0", "A1", "A2", "B1", "B2"])
def test_a_level_shows_lower_ones_and_marks_what_nobody_knows(ask: Ask, catalogue: Catalogue, level: str) -> None:
    [answer] = ask(("select", f"?taal={level}"))
    needed = {
        offer.key: offer.opportunity.dutch.level if offer.opportunity.dutch else None for offer in catalogue.offers
    }
    assert all((needed[key] or "Z") <= level for key in answer["sure"])
    assert all(needed[key] is None for key in answer["maybe"])
    assert answer["lacking"][answer["maybe"][0]] == ["taal"]


def test_distances_are_those_of_the_pages(ask: Ask, catalogue: Catalogue) -> None:
    spots = {offer.key: [venue.spot for venue in offer.venues] for offer in catalogue.current_offers}
    for slug, reception in list(catalogue.receptions.items())[:4]:
        [answer] = ask(("select", f"?bij={slug}"))
        assert set(answer["km"]) == set(spots)
        for key, found_km in answer["km"].items():
            if spots[key]:
                assert abs(found_km - min(kilometres(reception.spot, spot) for spot in spots[key])) < 0.005
            else:
                assert found_km is None
    lengths = [0, 0.01, 0.3, 0.94, 0.96, 1, 2.34, 5.77, 9.94, 9.96, 14.4, 26.2, 80]
    for length, answer in zip(lengths, ask(*(("distance", one) for one in lengths)), strict=True):
        assert answer == [km(length), bike_minutes(length)]


def test_an_address_holds_the_whole_filter(ask: Ask) -> None:
    for query in (
        "?bij=azc-sneek&straal=10&taal=A1&vergunning=nee&sector=zorg,ouderen&niet=vog,dag.zondag,soort.onbekend&woorden=fiets",
        "?bij=gemeente-smallingerland&straal=gemeente&leeftijd=16&dagdeel=avond&zeker=ja",
        "?woorden=koffie+%26+thee%3F",
        "?sector=zorg&kaart=ja",
        "?kaart=53.1234,6.5,11",
        "?",
    ):
        [answer] = ask(("select", query))
        assert answer["query"] == query.removesuffix("?")
        assert answer["gone"] == []


def test_what_is_gone_is_told_and_does_nothing(ask: Ask) -> None:
    for query, gone in (
        ("?sector=zeepzieden", ["zeepzieden"]),
        ("?sector=zorg,zeepzieden", ["zeepzieden"]),
        ("?taal=C9&vergunning=misschien&leeftijd=oud&straal=ver", ["misschien", "C9", "ver", "oud"]),
        ("?niet=bestaat.niet", ["niet"]),
        ("?sector=__proto__&dag=constructor", ["__proto__", "constructor"]),
        ("?taal=__proto__", ["__proto__"]),
        *(
            (f"?kaart={wrong}", [wrong])
            for wrong in ("53,6,99", "10,6,9", "53,6", "nee", "1e9,6,9", "53.12345,6,9", "NaN,6,9")
        ),
        ("?utm_source=krant&fbclid=1", []),
    ):
        [answer, plain] = ask(("select", query), ("select", "?sector=zorg" if "zorg" in query else "?"))
        assert sorted(answer["gone"]) == sorted(gone), query
        assert answer["sure"] == plain["sure"], query
