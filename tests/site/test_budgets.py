"""What a phone has to fetch before the finder shows something stays small."""

import datetime
import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from bench.project import facets, write_made_up
from bench.records import made_up
from meedoenkaart.loading import load
from meedoenkaart.publishing.finder import FinderFiles, finder_files
from meedoenkaart.reading.documents import Reader
from tests.site.conftest import Built
from tests.site.copies import ROOT

SCRIPT_BYTES = 60_000
INDEX_BYTES_PER_THOUSAND = 53_000
CONTINUITY_BYTES_PER_THOUSAND = 40_000
"""What is asked of somebody who moves, beside the index."""
GROUND_BYTES = 60_000
"""The outlines and names of the map."""
PICTURE_BYTES = 4_000
"""What the picture of the surroundings adds to a page of a reception location."""
ROUTE_BYTES = 10_000
"""A route's column, of which a comparison fetches two to four; their drawings come when they are near."""
COMPARE_SCRIPT_BYTES = 6_000
DAY = datetime.date(2026, 11, 22)


def _packed(data: bytes) -> int:
    return len(gzip.compress(data, 9, mtime=0))


def _made(catalogue: Any) -> tuple[FinderFiles, dict[str, bytes]]:
    words = yaml.load((ROOT / "meedoenkaart/theme/words.yml").read_text("utf-8"), yaml.CSafeLoader)["finder"]
    return finder_files(catalogue, ROOT, words, lambda offer: "Elke dinsdag van 10:00 tot 12:00 uur")


def test_the_script_of_the_finder_is_small(real: Built) -> None:
    [script] = real.site.glob("assets/finder-*.js")
    assert _packed(script.read_bytes()) <= SCRIPT_BYTES


def test_it_is_loaded_where_it_is_used(real: Built) -> None:
    loading = {
        url for url, page in real.pages.items() if any("assets/finder-" in one["src"] for one in page.all("script"))
    }
    assert loading == {"kansen/", *(one.url for one in real.catalogue.receptions.values())}


def test_the_index_is_small(real: Built) -> None:
    [index] = real.site.glob("assets/finder/index-*.json")
    assert _packed(index.read_bytes()) <= INDEX_BYTES_PER_THOUSAND
    found = json.loads(index.read_bytes())
    assert len(found["offers"]["id"]) == len(real.catalogue.current_offers)
    assert "description" not in index.read_text("utf-8")


def test_the_index_grows_slowly(tmp_path: Path) -> None:
    """With made-up records of which every field is filled in."""
    write_made_up(tmp_path, made_up(400, facets()))
    catalogue = load(Reader(tmp_path), DAY).catalogue
    assert catalogue
    made, contents = _made(catalogue)
    thousands = len(catalogue.current_offers) / 1000
    assert _packed(contents[made.index]) <= INDEX_BYTES_PER_THOUSAND * thousands
    assert _packed(contents[made.continuity]) <= CONTINUITY_BYTES_PER_THOUSAND * thousands


def test_the_same_catalogue_gives_the_same_bytes(real: Built) -> None:
    assert _made(real.catalogue) == _made(real.catalogue)


@pytest.mark.parametrize("change", [lambda made: made.index, lambda made: made.texts, lambda made: made.places])
def test_a_name_is_that_of_the_content(real: Built, change: Callable[[FinderFiles], str]) -> None:
    name = change(_made(real.catalogue)[0])
    assert len(name.rpartition("-")[2]) == len("0123456789.json")


def test_outlines_and_names_are_small(real: Built) -> None:
    assert _packed((real.site / "assets/kaart.json").read_bytes()) <= GROUND_BYTES


def test_pictures_of_surroundings_are_small(real: Built) -> None:
    for reception in real.catalogue.receptions.values():
        page = (real.site / reception.url / "index.html").read_text("utf-8")
        start, rest = page.split('<section class="surroundings', 1)
        whole = start + rest.split("</section>", 1)[1]
        assert 0 < _packed(page.encode()) - _packed(whole.encode()) <= PICTURE_BYTES, reception.slug


def test_routes_side_by_side_ask_little(real: Built) -> None:
    [script] = real.site.glob("assets/routes-*.js")
    assert _packed(script.read_bytes()) <= COMPARE_SCRIPT_BYTES
    for slug in real.catalogue.routes:
        assert _packed((real.site / f"routes/{slug}/index.html").read_bytes()) <= ROUTE_BYTES, slug
