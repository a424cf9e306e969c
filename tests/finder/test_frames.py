"""A frame on another site finds what the finder finds, and says what it does not know."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.layers import theme_of
from meedoenkaart.publishing import embeds
from meedoenkaart.publishing.assets import read_yaml
from meedoenkaart.publishing.facets import facets
from tests.finder.conftest import Ask, answered, bundled
from tests.site.copies import ROOT

Frames = Callable[..., list[Any]]
QUERIES = (
    "",
    "activiteit=taal",
    "sector=zorg,ouderen",
    "taal=A1",
    "vergunning=nee",
    "vergunning=ja&dag=maandag",
    "vergunning=nee&taal=C1&zeker=ja",
    "activiteit=vrijwilligerswerk&sector=groen&taal=A0&vergunning=nee",
    "niet=activiteit.sport,sector.zorg",
    "sector=koken&taal=A2&zeker=ja",
    "dag=onbekend",
)


@pytest.fixture(scope="module")
def frames(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Frames:
    """Return what asks a frame: a query and a list, or none, for each call."""
    program = bundled("frames.mjs", tmp_path_factory.mktemp("frames"))
    labels = read_yaml(theme_of(ROOT) / "words.yml")["finder"]["values"]
    known = {one.name: [value.id for value in one.values] for one in facets(catalogue.vocabulary, labels)}
    asked = {name: known[name] for name in embeds.FILTERS}

    def ask(*calls: tuple[str, Any]) -> list[Any]:
        told = {"facets": asked, "levels": list(catalogue.vocabulary.levels), "calls": calls}
        found: list[Any] = answered(program, asked=told)
        return found

    return ask


@pytest.fixture(scope="module")
def lists(catalogue: Catalogue) -> dict[str, Any]:
    return {path: json.loads(data) for path, data in embeds.lists(catalogue, theme_of(ROOT), {})}


def test_a_frame_finds_what_the_finder_finds(
    catalogue: Catalogue, ask: Ask, frames: Frames, lists: dict[str, Any]
) -> None:
    cases = [(slug, query) for slug in catalogue.regional_receptions for query in QUERIES]
    by_finder = ask(*(("select", f"?bij={slug}&straal=25&{query}") for slug, query in cases))
    told = [(f"?azc={slug}&{query}", lists[f"{embeds.OFFERS}azc/{slug}.json"]) for slug, query in cases]
    seen = 0
    for (_, found), finder, frame in zip(told, by_finder, frames(*told), strict=True):
        keys = [_key(catalogue, found, row) for row in range(len(found["card"]))]
        apart = set(finder["apart"])
        sure = {keys[one["row"]] for one in frame["found"] if not one["lacks"]}
        maybe = {keys[one["row"]]: one["lacks"] for one in frame["found"] if one["lacks"]}
        assert sure == set(finder["sure"]) - apart
        assert maybe == {key: lacks for key, lacks in finder["lacking"].items() if key not in apart}
        assert {keys[row] for row in found["also"]} & sure == set(finder["also"]) & sure
        assert [bool(one["lacks"]) for one in frame["found"]] == sorted(bool(one["lacks"]) for one in frame["found"])
        for row, km in enumerate(found["km"]):
            if keys[row] in sure:
                assert finder["km"][keys[row]] == pytest.approx(
                    km, abs=0.005 if km < embeds.TOO_FAR_TO_CYCLE_KM else 0.5
                )
        seen += len(sure) + len(maybe)
    assert seen > 1000


def _key(catalogue: Catalogue, found: dict[str, Any], row: int) -> str:
    slug: str = found["organisations"][found["organisation"][row]]
    card: int = found["card"][row]
    return embeds.with_cards(catalogue, catalogue.organisations[slug])[card].key


def test_the_link_asks_the_finder_the_same(frames: Frames) -> None:
    cases = {
        "?azc=azc-sneek&activiteit=taal&aantal=6&kleur=donker": "bij=azc-sneek&activiteit=taal",
        "?gemeente=sudwest-fryslan&taal=A1": "bij=gemeente-sudwest-fryslan&straal=gemeente&taal=A1",
        "?bij=gemeente-leeuwarden&vergunning=nee": "bij=gemeente-leeuwarden&straal=gemeente&vergunning=nee",
        "?bij=azc-sneek": "bij=azc-sneek",
        "?activiteit=taal&zomaar=1": "activiteit=taal",
    }
    assert [one["finder"] for one in frames(*((query, None) for query in cases))] == list(cases.values())


def test_what_is_unknown_is_told_and_does_nothing(frames: Frames) -> None:
    cases: dict[str, list[str]] = {
        "?azc=azc-sneek&aantal=6&kleur=licht&activiteit=taal": [],
        "?azc=azc-sneek&zomaar=1&woorden=x&leeftijd=16": ["zomaar", "woorden", "leeftijd"],
        "?azc=azc-sneek&activiteit=vliegen&taal=Z9": ["Z9", "vliegen"],
        "?azc=azc-sneek&aantal=1000&kleur=paars": ["1000", "paars"],
        "?azc=../../index": ["../../index"],
        "?azc=%3Cimg%20src%3Dx%3E": ["<img src=x>"],
        "?azc=azc-sneek&__proto__=1&constructor=2": ["__proto__", "constructor"],
        f"?azc={'x' * 500}": ["x" * 40],
        "?" + "&".join(f"a{at}=1" for at in range(100)): [f"a{at}" for at in range(5)],
    }
    found = frames(*((query, None) for query in cases))
    assert [one["unknown"] for one in found] == list(cases.values())
    assert {one["most"] for one in found} == {6}
    assert {one["place"] for one in found} == {"azc-sneek", ""}
