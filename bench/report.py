"""The figures as tables, each beside its target."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bench.builders import Builder
from bench.measure import MEMORY

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value and the bound that it should keep."""

    what: str
    value: float
    unit: str
    bound: float | None = None
    at_least: bool = False
    """Whether the bound is the least that will do, rather than the most."""

    def row(self) -> list[str]:
        """Return the cells of its line."""
        if self.bound is None:
            return [self.what, f"{self.value:.2f} {self.unit}", "", ""]
        met = self.value >= self.bound if self.at_least else self.value <= self.bound
        sign = "≥" if self.at_least else "≤"
        return [
            self.what,
            f"{self.value:.2f} {self.unit}",
            f"{sign} {self.bound:g} {self.unit}",
            "yes" if met else "NO",
        ]


def builds(builders: Iterable[Builder], skipped: Iterable[str]) -> str:
    """Return the table of builds of one scale."""
    head = ["build", "runs", "seconds", "cpu s", f"peak MiB ({MEMORY})", "pages", "kB a page", "MB in all"]
    rows = [
        [
            one.name,
            str(len(one.runs)),
            f"{one.seconds:.2f}",
            f"{one.cpu:.2f}",
            f"{one.peak / MIB:.0f}",
            f"{one.pages:,}",
            f"{one.page_bytes / 1000:.1f}",
            f"{one.site_bytes / 1e6:.0f}",
        ]
        for one in builders
    ]
    return table(head, [*rows, *([name, *["–"] * (len(head) - 1)] for name in skipped)])


def figures(found: Iterable[Figure]) -> str:
    """Return the table of figures with targets."""
    return table(["figure", "measured", "target", "met"], [one.row() for one in found])


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table that reads well as plain text and as Markdown; the first column is of words."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]

    def line(cells: Sequence[str]) -> str:
        first, *others = [cell.rjust(width) for cell, width in zip(cells, widths, strict=True)]
        return f"| {' | '.join([first.lstrip().ljust(widths[0]), *others])} |"

    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join(map(line, (head, rule, *rows)))
