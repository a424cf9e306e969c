"""A placed drawing: everything with its place in px, in reading direction, before it becomes SVG."""

from dataclasses import dataclass

from meedoenkaart.infographic.measuring.cards import Card
from meedoenkaart.infographic.measuring.geometry import Box, Icon, Point, TextLine


@dataclass(frozen=True, slots=True)
class PhaseArea:
    """A phase: its chevron, and the area below it."""

    index: int
    chevron: Box
    area: Box
    lines: tuple[TextLine, ...]
    goal: Box | None
    goal_lines: tuple[TextLine, ...]
    goal_icon: Icon | None


@dataclass(frozen=True, slots=True)
class LaneArea:
    """A lane, or the part of it in phases that follow each other."""

    index: int
    box: Box
    label: Box
    lines: tuple[TextLine, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """The bar along several cards that one line reaches or leaves together."""

    unit: int
    box: Box
    lane: int


@dataclass(frozen=True, slots=True)
class Edge:
    """One line with its arrow; ``points`` are its corners."""

    source: int
    target: int
    points: tuple[Point, ...]
    lane: int
    """Whose colour it has."""
    back: bool
    net: int
    """Lines of one net may share a stretch: they leave one unit, or come together at one."""


@dataclass(frozen=True, slots=True)
class Stem:
    """The dotted line from a contact moment to the band."""

    stop: str
    x: float
    top: float
    bottom: float
    ring: float
    """The height of its end on the band."""


@dataclass(frozen=True, slots=True)
class Band:
    """The band of the regisseur."""

    box: Box
    root: tuple[Box, ...]
    """The stretches by which it grows out of its step; the last one ends at the band."""
    lines: tuple[TextLine, ...]
    icons: tuple[Icon, ...]
    chip: Box | None
    pins: tuple[tuple[float, float, int], ...]
    """Middle and number of each note about the band or the budget."""


@dataclass(frozen=True, slots=True)
class Head:
    """Title, subtitle and the frame with the status."""

    lines: tuple[TextLine, ...]
    frame: Box
    frame_lines: tuple[TextLine, ...]
    frame_icon: Icon
    pin: tuple[float, float, int] | None
    bottom: float


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One entry of the legend: an actor, or a sign that the drawing uses."""

    box: Box
    kind: str
    """``head``, ``actor``, ``pin``, ``contact`` or ``back``."""
    actor: int
    icon: Icon | None
    line: TextLine


@dataclass(frozen=True, slots=True)
class Rail:
    """A stretch of a metro line."""

    points: tuple[Point, ...]
    lane: int


@dataclass(frozen=True, slots=True)
class Station:
    """Where a card hangs on its metro line."""

    stop: str
    x: float
    y: float
    lane: int
    reach: float
    """x of the card's edge, until where the tick runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """What every drawing has."""

    width: float
    height: float
    head: Head
    phases: tuple[PhaseArea, ...]
    lanes: tuple[LaneArea, ...]
    """On a phone their names, where the line changes."""
    cards: tuple[Card, ...]
    """In reading order."""
    band: Band | None
    legend: tuple[LegendEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneBoard(Board):
    """A drawing for a phone."""

    rails: tuple[Rail, ...]
    stations: tuple[Station, ...]
    track: Box | None
    """The band's own line at the side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WideBoard(Board):
    """A drawing with columns."""

    bars: tuple[Bar, ...]
    edges: tuple[Edge, ...]
    dots: tuple[tuple[float, float, int], ...]
    """Where lines come together, and whose colour they have."""
    stems: tuple[Stem, ...]
