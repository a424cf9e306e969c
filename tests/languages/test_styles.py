"""Styles say start and end, never left and right: pages are read in both directions."""

import re

from tests.conftest import ROOT

PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|inset)-(?:left|right)|border-(?:top|bottom)-(?:left|right)-radius|left|right)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)\b"
)
ALLOWED = {("map/map.css", "left: 50%;")}
"""The middle of the map is the same from both sides."""


def test_no_style_says_left_or_right() -> None:
    found = {
        ("/".join(path.parts[-2:]), line.strip())
        for path in (ROOT / "meedoenkaart/theme").rglob("*.css")
        for line in path.read_text("utf-8").splitlines()
        if PHYSICAL.search(line)
    }
    assert found - ALLOWED == set()
