"""GeoJSON that readers of RFC 7946 take: geojson-pydantic, which nobody here wrote."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from geojson_pydantic import FeatureCollection

from meedoenkaart.open_data.geography import NAMES


@pytest.mark.parametrize("of", ["files", "real"])
@pytest.mark.parametrize("name", NAMES)
def test_each_file_is_geojson(of: str, name: str, request: pytest.FixtureRequest) -> None:
    data = request.getfixturevalue(of)[f"{name}.geojson"]
    collection: FeatureCollection[Any] = FeatureCollection.model_validate_json(data)
    assert len(collection.features) == len({one.id for one in collection.features}) > 0
    told = json.loads(data)
    assert told["licence"] == "https://creativecommons.org/licenses/by/4.0/"
    assert "crs" not in told
    for one in told["features"]:
        assert one["properties"]["page"].startswith("https://")
        points = one["geometry"]["coordinates"] if one["geometry"] else []
        for east, north in points if points and isinstance(points[0], list) else [points] if points else []:
            assert 3 < east < 8, "degrees east come first"
            assert 50 < north < 54


def test_a_point_says_how_precise_it_is(real: Mapping[str, bytes]) -> None:
    for name in ("opportunities", "organisations", "reception"):
        for one in json.loads(real[f"{name}.geojson"])["features"]:
            precision = one["properties"].get("precision", [])
            assert bool(precision) == bool(one["geometry"])


def test_municipalities_say_what_there_is_to_do(real: Mapping[str, bytes]) -> None:
    found = json.loads(real["municipalities.geojson"])["features"]
    assert all(one["geometry"] for one in found), "every town hall lies somewhere"
    for one in (one["properties"] for one in found):
        assert sum(one["opportunities_by_activity"].values()) == one["opportunities"]
    assert sum(one["properties"]["opportunities"] for one in found) > 100
