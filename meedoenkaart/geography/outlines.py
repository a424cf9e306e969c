"""The outlines of land and borders, and how large towns are: what a map shows beneath its marks."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from meedoenkaart.tables import rows

Point = tuple[float, float]
"""Degrees east and north, WGS 84."""


@dataclass(frozen=True, slots=True)
class Line:
    """A border, or a ring around land or a lake."""

    points: tuple[Point, ...]
    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class Outlines:
    """Land and borders, to some tens of metres."""

    land: tuple[Line, ...]
    """The Netherlands, as rings; one within another is a lake."""
    abroad: tuple[Line, ...]
    """The land around, as rings; it reaches below the Netherlands."""
    provinces: tuple[Line, ...]
    """The borders between provinces."""
    municipalities: tuple[Line, ...]
    """All other borders between municipalities."""


@cache
def written() -> Mapping[str, Any]:
    """Return the outlines as ``tools/make_outlines.py`` wrote them: whole steps, from each point to the next."""
    content: dict[str, Any] = json.loads(files(__package__).joinpath("outlines.json").read_text("utf-8"))
    return content


@cache
def outlines() -> Outlines:
    """Return the outlines of CBS and Kadaster (CC BY 4.0), and of Natural Earth abroad."""
    content = written()
    east, north = content["step"]

    def read(name: str) -> tuple[Line, ...]:
        return tuple(_line(steps, east, north) for steps in content[name])

    return Outlines(read("land"), read("abroad"), read("provinces"), read("municipalities"))


@cache
def inhabitants() -> Mapping[tuple[str, str], int]:
    """Return about how many people live in a town, by its name and its municipality's code (GeoNames, CC BY 4.0)."""
    return {(name, cbs_code): int(number) for name, cbs_code, number in rows(__package__, "towns.tsv")}


def _line(steps: list[int], east: float, north: float) -> Line:
    points = []
    x = y = 0
    for step_x, step_y in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + step_x, y + step_y
        points.append((x * east, y * north))
    easts, norths = [point[0] for point in points], [point[1] for point in points]
    return Line(tuple(points), min(easts), min(norths), max(easts), max(norths))
