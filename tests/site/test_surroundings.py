"""The picture of what lies around a reception location: there without a script, true, and legible."""

import re
from html import unescape

from meedoenkaart.catalogue import NEAR_KM
from meedoenkaart.geography.distance import Spot
from meedoenkaart.geography.outlines import inhabitants, outlines, written
from meedoenkaart.geography.places import table
from meedoenkaart.publishing.surroundings import (
    HEIGHT,
    LETTER_WIDTH,
    WIDTH,
    Label,
    Picture,
    picture_of,
    scene,
    towns_of,
)
from tests.site.conftest import Built

PARTS = ("abroad", "land", "provinces", "municipalities")


def _drawn(real: Built) -> dict[str, Picture]:
    catalogue = real.catalogue
    towns = towns_of(catalogue.places)
    return {
        slug: picture_of(scene(page, catalogue.near(page.spot, NEAR_KM), towns))
        for slug, page in catalogue.receptions.items()
    }


def _box(label: Label) -> tuple[float, float, float, float]:
    width = len(label.text) * LETTER_WIDTH
    left = label.x - {"start": 0, "middle": width / 2, "end": width}[label.anchor]
    return left, label.y - 13, left + width, label.y + 13


def test_each_page_has_its_picture_and_says_the_same_in_words(real: Built) -> None:
    for slug, picture in _drawn(real).items():
        page = (real.site / f"azc/{slug}/index.html").read_text("utf-8")
        [drawing] = re.findall(r'<svg class="surroundings__picture.*?</svg>', page, re.DOTALL)
        assert picture.land in drawing
        told = unescape(page.partition('<ul class="surroundings__list">')[2].partition("</ul>")[0])
        for one in picture.villages:
            assert f">{one.count}</text>" in drawing
            assert re.search(rf"{re.escape(one.name)}.*: {one.count} kans", told), one
        assert page.index("surroundings__picture") < page.index('class="finder-plain"')


def test_the_nearest_places_are_in_it_with_all_their_opportunities(real: Built) -> None:
    for slug, picture in _drawn(real).items():
        near = real.catalogue.near(real.catalogue.receptions[slug].spot, 10)
        places = {one.venue.address.place for one in near}
        assert places <= {one.name for one in picture.villages}
        assert picture.villages == sorted(picture.villages, key=lambda one: one.kilometres)


def test_names_stand_within_the_picture_and_over_nothing(real: Built) -> None:
    named = 0
    for slug, picture in _drawn(real).items():
        labels = [*(one.label for one in picture.villages), *(label for *_, label in picture.towns)]
        boxes = [_box(label) for label in labels if label]
        named += len(boxes)
        circles = [
            (one.x - one.radius, one.y - one.radius, one.x + one.radius, one.y + one.radius) for one in picture.villages
        ]
        for number, (left, top, right, bottom) in enumerate(boxes):
            assert left >= 0 <= top, slug
            assert right <= WIDTH, slug
            assert bottom <= HEIGHT, slug
            for other in [*boxes[number + 1 :], *circles]:
                apart = right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
                assert apart, (slug, labels)
    assert named > 40


def test_outlines_hold_the_places_of_the_country() -> None:
    """A place lies on land: the lines of a ring cross the way north from it an odd number of times."""

    def is_on_land(spot: Spot) -> bool:
        crossings = 0
        for ring in outlines().land:
            ends = zip(ring.points, [*ring.points[1:], ring.points[0]], strict=True)
            for (east, north), (to_east, to_north) in ends:
                if (east > spot.longitude) != (to_east > spot.longitude):
                    at = north + (to_north - north) * (spot.longitude - east) / (to_east - east)
                    crossings += at > spot.latitude
        return crossings % 2 == 1

    places = table()[::10]
    dry = [one for one in places if is_on_land(Spot(one.latitude, one.longitude, "plaats"))]
    assert len(dry) > 0.98 * len(places)
    assert not is_on_land(Spot(52.75, 5.3, "plaats"))  # IJsselmeer
    assert not is_on_land(Spot(52.55, 5.2, "plaats"))  # Markermeer
    assert not is_on_land(Spot(53.3, 5.2, "plaats"))  # Waddenzee


def test_the_made_files_hold_together() -> None:
    assert "CC BY 4.0" in written()["source"]
    assert all(getattr(outlines(), name) for name in PARTS)
    known = {(place.name, place.cbs_code) for place in table()}
    assert set(inhabitants()) <= known
    assert inhabitants()["Drachten", "GM0090"] > 30_000
