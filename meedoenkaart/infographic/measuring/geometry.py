"""Rectangles, lines of text and icons with their places, in px, in reading direction."""

from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of text; ``x`` is where it starts in reading direction, ``y`` its baseline, in px."""

    text: str
    x: float
    y: float
    style: str

    def moved(self, x: float, y: float) -> "TextLine":
        """Return the line shifted."""
        return TextLine(self.text, self.x + x, self.y + y, self.style)


@dataclass(frozen=True, slots=True)
class Icon:
    """An icon in a square of ``size`` px."""

    name: str
    x: float
    y: float
    size: float
    role: str

    def moved(self, x: float, y: float) -> "Icon":
        """Return the icon shifted."""
        return Icon(self.name, self.x + x, self.y + y, self.size, self.role)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in px, ``x`` counted from where reading starts."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The far edge in reading direction."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> float:
        """The horizontal middle."""
        return self.x + self.width / 2

    @property
    def centre(self) -> float:
        """The vertical middle."""
        return self.y + self.height / 2

    def moved(self, x: float, y: float) -> "Box":
        """Return the rectangle shifted."""
        return Box(self.x + x, self.y + y, self.width, self.height)

    def meets(self, other: "Box", margin: float = 0.0) -> bool:
        """Whether two rectangles come closer than ``margin``; touching edges do not meet."""
        return (
            self.x < other.right + margin - 0.01
            and other.x < self.right + margin - 0.01
            and self.y < other.bottom + margin - 0.01
            and other.y < self.bottom + margin - 0.01
        )

    def holds(self, other: "Box", slack: float = 0.0) -> bool:
        """Whether the other rectangle lies within this one."""
        return (
            other.x >= self.x - slack
            and other.y >= self.y - slack
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )
