"""What lines run through: the free stretches between cards, and a line on its way through them."""

from collections.abc import Sequence
from dataclasses import dataclass

from meedoenkaart.infographic.measuring.geometry import Box
from meedoenkaart.infographic.plan.plan import Line

Net = tuple[str, int]
"""What lines share that leave one unit (``out``) or come together at one (``in``); a line ``back`` stands alone."""
CLEAR = 9.0
"""px that a line keeps from cards beside it."""
APART = 9.0
"""px between two lines that are not of one net."""
AS_ONE = 5.0
"""px between two lines beside each other below which they read as one."""
EDGE = 13.0
"""px from a card's corner where no line touches."""
LEVEL = 0.6
"""Two heights closer than this are one."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A free stretch: of the gutter left of column ``at``, or of column ``at`` between two things in it."""

    gutter: bool
    at: int
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Terrain:
    """Where lines may run."""

    lefts: Sequence[float]
    rights: Sequence[float]
    outer: tuple[float, float]
    """The far edges of the drawing, for the first and the last gutter."""
    top: float
    bottom: float
    blocks: Sequence[tuple[int, int, Box]]
    """First and last column, and place of everything that lines avoid."""
    bars: frozenset[tuple[int, bool]]
    """Gutters that have bars: at their left side (False) or at their right side (True)."""
    shut: Sequence[tuple[int, Box]] = ()
    """Columns, and stretches of the band's root in them: nothing runs across, only along."""

    def sides(self, gutter: int) -> tuple[float, float]:
        """Return the left and right edge of a gutter."""
        left = self.rights[gutter - 1] if gutter else self.outer[0]
        right = self.lefts[gutter] if gutter < len(self.lefts) else self.outer[1]
        return left, right


@dataclass(frozen=True, slots=True)
class End:
    """A unit as a place where lines begin and end."""

    first: int
    last: int
    box: Box
    joined: bool
    """Whether it is several cards along a bar, which lines reach from the side only."""


@dataclass(slots=True)
class Way:
    """One line on its way."""

    line: Line
    cells: list[Cell]
    out_side: str
    """``right``, ``below`` or ``above`` the source."""
    in_side: str
    """``left``, ``right``, ``below`` or ``above`` the target."""
    net: Net
    start: float = 0.0
    """Height (or x, for a vertical start) at the source."""
    end: float = 0.0
    turns: list[float] | None = None
    """The height of every gap that it crosses."""
    xs: dict[int, float] | None = None
    """By position among the cells, the x of its stretch in that gutter."""

    def entry(self, position: int, gap: int) -> float:
        """Return the height at which it comes into the gutter at a position, ``gap`` gaps on its way."""
        return self.start if position == 0 else (self.turns or [])[gap - 1]

    def exit(self, position: int, gap: int) -> float:
        """Return the height at which it leaves that gutter."""
        return self.end if position == len(self.cells) - 1 else (self.turns or [])[gap]
