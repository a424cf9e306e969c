"""Numbers and paths as SVG writes them; the one place where a drawing is mirrored."""

from collections.abc import Sequence
from math import hypot

from meedoenkaart.infographic.measuring.geometry import Box, Point

ARROW = 9.0
"""px, the length of an arrow's head."""
_ROUND = 8.0
"""px, the radius of a line's corners."""


def number(value: float) -> str:
    """Write a number with at most one decimal."""
    return (
        f"{value:.1f}".removesuffix(".0").replace("-0", "0") if abs(value) < 0.05 else f"{value:.1f}".removesuffix(".0")
    )


class Shapes:
    """Writes places of a drawing ``width`` px wide; ``mirrored`` for languages that read from right to left."""

    def __init__(self, width: float, *, mirrored: bool) -> None:
        self._width, self.mirrored = width, mirrored

    def x(self, x: float, width: float = 0.0) -> str:
        """Write where something ``width`` px wide begins on the page."""
        return number(self._width - x - width if self.mirrored else x)

    def rect(self, box: Box, inset: float = 0.0) -> str:
        """Write the attributes of a rectangle."""
        return (
            f'x="{self.x(box.x + inset, box.width - 2 * inset)}" y="{number(box.y + inset)}" '
            f'width="{number(box.width - 2 * inset)}" height="{number(box.height - 2 * inset)}"'
        )

    def path(self, points: Sequence[Point], *, closed: bool = False) -> str:
        """Write a path of straight lines."""
        return "M" + "L".join(f"{self.x(x)} {number(y)}" for x, y in points) + ("Z" if closed else "")

    def rounded(self, points: Sequence[Point], radii: Sequence[float] | float, *, closed: bool = False) -> str:
        """Write a path with round corners; one radius for all, or one for each point."""
        count = len(points)
        sizes = [radii] * count if isinstance(radii, int | float) else list(radii)
        parts: list[str] = []
        for index, (x, y) in enumerate(points):
            if not closed and index in (0, count - 1):
                parts.append(f"{'L' if parts else 'M'}{self.x(x)} {number(y)}")
                continue
            before, after = points[index - 1], points[(index + 1) % count]
            radius = min(sizes[index], _distance(before, (x, y)) / 2, _distance((x, y), after) / 2)
            start, end = _towards((x, y), before, radius), _towards((x, y), after, radius)
            parts.append(f"{'L' if parts else 'M'}{self.x(start[0])} {number(start[1])}")
            if radius:
                parts.append(f"Q{self.x(x)} {number(y)} {self.x(end[0])} {number(end[1])}")
        return "".join(parts) + ("Z" if closed else "")

    def line(self, points: Sequence[Point]) -> str:
        """Write the path of a line that ends in an arrow's head."""
        end = _towards(points[-1], points[-2], ARROW - 2)
        return self.rounded([*points[:-1], end], _ROUND)

    def arrow(self, points: Sequence[Point]) -> str:
        """Write the head at the end of a line."""
        (x, y), before = points[-1], points[-2]
        base_x, base_y = _towards((x, y), before, ARROW)
        length = _distance((x, y), before) or 1.0
        across = ((y - before[1]) / length * 5.2, (x - before[0]) / length * 5.2)
        return self.path(
            [(x, y), (base_x + across[0], base_y - across[1]), (base_x - across[0], base_y + across[1])], closed=True
        )

    def chevron(self, box: Box, *, first: bool, last: bool) -> str:
        """Write a phase's chevron."""
        tip, middle = 13.0, box.centre
        right = box.right - 3
        points: list[Point] = [(box.x, box.y)]
        radii = [10.0 if first else 2.0]
        if last:
            points += [(box.right, box.y), (box.right, box.bottom)]
            radii += [10.0, 10.0]
        else:
            points += [(right, box.y), (right + tip, middle), (right, box.bottom)]
            radii += [2.0, 2.0, 2.0]
        points.append((box.x, box.bottom))
        radii.append(10.0 if first else 2.0)
        if not first:
            points.append((box.x + tip, middle))
            radii.append(2.0)
        return self.rounded(points, radii, closed=True)

    def header(self, box: Box, height: float, side: float) -> str:
        """Write the strip at the top or at the side of a card, within the card's outline."""
        if side:
            left, right, top, bottom = box.x + 1, box.x + side, box.y + 1, box.bottom - 1
            return self.rounded([(left, top), (right, top), (right, bottom), (left, bottom)], [9, 0, 0, 9], closed=True)
        left, right, top, bottom = box.x + 1, box.right - 1, box.y + 1, box.y + height
        return self.rounded([(left, top), (right, top), (right, bottom), (left, bottom)], [9, 9, 0, 0], closed=True)

    def band(self, box: Box, roots: Sequence[Box]) -> str:
        """Write the band: an arrow, and the stretch by which it grows out of its step."""
        root = roots[-1] if roots else None
        tip = 26.0
        right = box.right - tip
        outline: list[tuple[Point, float]] = [((box.x, box.y), 14), ((right, box.y), 4), ((box.right, box.centre), 4)]
        outline += [((right, box.bottom), 4), ((box.x, box.bottom), 14)]
        if root is not None and root.centre < box.centre:
            grown = [((root.x, box.y), 10), ((root.x, root.y), 0), ((root.right, root.y), 0), ((root.right, box.y), 18)]
            outline = [outline[0], *grown, *outline[1:]]
        elif root is not None:
            grown = [((root.right, box.bottom), 18), ((root.right, root.bottom), 0)]
            grown += [((root.x, root.bottom), 0), ((root.x, box.bottom), 10)]
            outline = [*outline[:4], *grown, outline[4]]
        points = [(x, y) for (x, y), _ in outline]
        return self.rounded(points, [radius for _, radius in outline], closed=True)

    def pin(self, x: float, y: float, radius: float) -> str:
        """Write a note's pin: a drop."""
        side = number(radius)
        left = float(self.x(x))
        turn = radius if self.mirrored else -radius
        sweep = 0 if self.mirrored else 1
        return (
            f"M{number(left)} {number(y + radius)}H{number(left + turn)}V{number(y)}"
            f"A{side} {side} 0 1 {sweep} {number(left)} {number(y + radius)}Z"
        )


def _distance(one: Point, other: Point) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])


def _towards(point: Point, other: Point, by: float) -> Point:
    length = _distance(point, other)
    if not length:
        return point
    return point[0] + (other[0] - point[0]) * by / length, point[1] + (other[1] - point[1]) * by / length
