"""What goes on after a move: the page's own modules and a slow reading of the records say the same."""

import json
import random
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.continuity.travels import travels
from meedoenkaart.geography.distance import Spot
from meedoenkaart.publishing.finder import finder_files
from tests.continuity.oracle import areas_of, onward
from tests.finder.conftest import NODE, bundled, real_catalogue
from tests.site.copies import ROOT

Answers = dict[str, list[list[Any]]]
"""The rules that hold by key of an opportunity: each a rule, keys of what it leads to, and networks."""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return real_catalogue()


@pytest.fixture(scope="module")
def places(catalogue: Catalogue) -> list[tuple[Spot, set[str]]]:
    """Homes: where reception locations are, of which many are far from most that there is to do."""
    chance = random.Random(15)  # noqa: S311  # the same homes on every machine
    receptions = chance.sample(list(catalogue.receptions.values()), 6)
    return [(one.spot, areas_of(one.municipality)) for one in receptions]


@pytest.fixture(scope="module")
def answers(
    catalogue: Catalogue, places: list[tuple[Spot, set[str]]], tmp_path_factory: pytest.TempPathFactory
) -> list[Answers]:
    """What the page says for every opportunity and each home, and last for a home that nobody knows yet."""
    folder = tmp_path_factory.mktemp("onward")
    words = yaml.load((ROOT / "meedoenkaart/theme/words.yml").read_text("utf-8"), yaml.CSafeLoader)["finder"]
    files, contents = finder_files(catalogue, ROOT, words, lambda offer: "")
    paths = [folder / Path(name).name for name in (files.index, files.continuity)]
    for path, name in zip(paths, (files.index, files.continuity), strict=True):
        path.write_bytes(contents[name])
    # As precisely as the index gives them.
    homes = [{"lat": spot.latitude, "lon": spot.longitude, "areas": sorted(areas)} for spot, areas in places]
    program = bundled("onward.mjs", folder, ROOT / "tests/continuity")
    done = subprocess.run(
        [NODE, str(program), *map(str, paths)],
        input=json.dumps([*homes, None]),
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[Answers] = json.loads(done.stdout)
    return found


def test_what_goes_on_is_what_the_records_say(
    catalogue: Catalogue, places: list[tuple[Spot, set[str]]], answers: list[Answers]
) -> None:
    chance = random.Random(3)  # noqa: S311
    rules = set()
    for (spot, areas), told in zip(places, answers, strict=False):
        assert set(told) == {one.key for one in catalogue.current_offers}
        for offer in chance.sample(catalogue.current_offers, 60):
            assert told[offer.key] == onward(catalogue, offer, spot, areas), (offer.key, spot)
        rules |= {one[0][0] for one in told.values()}
    assert rules >= {"blijft", "netwerk", "soortgelijk", "stopt"}


def test_how_well_something_travels_is_the_same_in_lists_and_on_the_page(
    catalogue: Catalogue, answers: list[Answers]
) -> None:
    told = answers[-1]
    for offer in catalogue.current_offers:
        found = travels(catalogue, offer)
        assert told[offer.key][0][0] == found.rule, offer.key


def test_what_is_only_at_reception_locations_does_not_go_along(catalogue: Catalogue) -> None:
    at_reception = [one for one in catalogue.current_offers if one.organisation.record.networks == ("coa",)]
    assert at_reception
    assert {travels(catalogue, one).networks for one in at_reception} == {()}
