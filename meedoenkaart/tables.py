"""Tables that come with the program: a line that names the source, a header, and cells between tabs."""

from collections.abc import Iterator
from importlib.resources import files


def rows(package: str, name: str) -> Iterator[list[str]]:
    """Yield the cells of each line below the header of a file; empty ones at the end of a line are not written."""
    _, header, *lines = files(package).joinpath(name).read_text("utf-8").splitlines()
    columns = header.count("\t") + 1
    for line in lines:
        cells = line.split("\t")
        yield cells + [""] * (columns - len(cells))
