"""Positions and the distance between them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Literal

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the earth (IUGG)."""
KM_PER_DEGREE = 110
"""Kilometres of a degree of latitude, at least."""
DETOUR = 1.3
"""Kilometres by road for each kilometre in a straight line: an estimate, and the site says so."""
BIKE_KM_PER_HOUR = 15


@dataclass(frozen=True, slots=True)
class Spot:
    """A point on the map and how precisely it is known."""

    latitude: float
    """Degrees north, WGS 84."""
    longitude: float
    """Degrees east, WGS 84."""
    precision: Literal["exact", "adres", "plaats"]
    """The entrance, the address, or the centre of the place."""


def middle(spots: Sequence[Spot]) -> Spot:
    """Return the middle of some points, no better known than that of a place."""
    return Spot(fmean([one.latitude for one in spots]), fmean([one.longitude for one in spots]), "plaats")


def kilometres(one: Spot, other: Spot) -> float:
    """Return the distance along the great circle (haversine formula)."""
    latitude, other_latitude = math.radians(one.latitude), math.radians(other.latitude)
    half_chord = (
        math.sin((other_latitude - latitude) / 2) ** 2
        + math.cos(latitude)
        * math.cos(other_latitude)
        * math.sin(math.radians(other.longitude - one.longitude) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half_chord)))


def might_reach(one: Spot, other: Spot, within: float) -> bool:
    """Say whether the latitudes alone allow so many kilometres between two points, which is soon reckoned."""
    return abs(one.latitude - other.latitude) <= (within + 1) / KM_PER_DEGREE


def degrees_around(spot: Spot, far: float) -> tuple[float, float]:
    """Return by how many degrees of latitude and longitude what is within so many kilometres differs at most."""
    angle = (far + 1) / EARTH_RADIUS_KM  # a kilometre more: what is left out here is never reckoned
    widest = math.sin(angle) / math.cos(math.radians(spot.latitude))
    return math.degrees(angle), math.degrees(math.asin(widest)) if widest < 1 else 180.0


def bike_minutes(distance: float) -> int:
    """Return the minutes it takes by bike over ``distance`` kilometres in a straight line, rounded up to 5."""
    return max(5, 5 * math.ceil(distance * DETOUR / BIKE_KM_PER_HOUR * 60 / 5))
