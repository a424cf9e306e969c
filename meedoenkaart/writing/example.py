"""The small route that shows a municipality how a file becomes a drawing."""

from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from meedoenkaart.reading.yaml_text import read
from meedoenkaart.records.route import Route

FILE = Path(__file__).with_name("example_route.yml")


@cache
def example_route() -> tuple[str, Route]:
    """Return the text of the example's file and the route that it describes."""
    data = FILE.read_bytes()
    tree, _ = read(data, FILE.name)
    return data.decode(), TypeAdapter(Route).validate_python(tree)
