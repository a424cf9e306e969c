"""On paper nothing lies over anything else, on any kind of page, and nothing of what was asked is missing."""

from collections.abc import Iterator

import pypdfium2
import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Open
from tests.site.kinds import KINDS

ROUTES = {
    slug: f"gemeenten/{slug}/"
    for slug in ("amersfoort", "de-fryske-marren", "groningen", "midden-groningen", "gennep", "weert")
}
"""More pages with a route: where a page ends differs on each."""
MOST = 0.2
"""Of the smaller one, what two lines may share: signs reach a little into the line below."""

SAME_LINE = 3.0
"""Points between the feet of two pieces up to which they stand on one line, where letters reach into each other."""

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points."""


def _over(page: pypdfium2.PdfPage) -> Iterator[tuple[str, str]]:
    """Yield every two pieces of text on a page of which one lies over the other."""
    text = page.get_textpage()
    boxes = sorted((text.get_rect(number) for number in range(text.count_rects())), key=lambda box: box[1])
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            if other[1] >= one[3]:
                break
            if other[1] - one[1] > SAME_LINE and _shared(one, other) > MOST:
                yield text.get_text_bounded(*one), text.get_text_bounded(*other)


def _shared(one: Box, other: Box) -> float:
    """Return which part of the smaller box the other one covers."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    smaller = min((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return max(0.0, width) * max(0.0, height) / smaller if smaller > 0 else 0.0


def _printed(page: Page) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True))


def _text(printed: pypdfium2.PdfDocument) -> str:
    return "\n".join(sheet.get_textpage().get_text_bounded() for sheet in printed)


@pytest.mark.parametrize("kind", [*KINDS, *ROUTES])
def test_no_text_lies_over_another(visit: Open, kind: str) -> None:
    page = visit().open((KINDS | ROUTES)[kind])
    printed = _printed(page)
    if kind != "shortlist":  # nothing is kept, so there is nothing to print
        assert len(printed[0].get_textpage().get_text_bounded()) > 50
    assert {number: over for number, sheet in enumerate(printed, 1) if (over := list(_over(sheet)))} == {}


def test_all_that_goes_on_is_printed(visit: Open) -> None:
    query = "?bij=azc-sneek&naar=gemeente-smallingerland"
    page = visit().open(f"doorgaan/{query}")
    page.get_by_role("button", name="Toon er nog").first.wait_for()
    text = _text(_printed(page))
    titles = page.locator(".onward__title").all_inner_texts()
    assert len(titles) == sum(map(int, page.locator(".onward__group .group__count").all_inner_texts()))
    assert titles[-1] in " ".join(text.split())
    assert f"/doorgaan/{query}" in text


@pytest.mark.parametrize("query", ["", "?taal=A1"])
def test_the_address_holds_what_was_asked_and_the_map_all_that_there_is(visit: Open, query: str) -> None:
    page = visit().open(f"azc/azc-sneek/{query}")
    page.locator(".finder--ready").wait_for()
    text = _text(_printed(page))
    assert f"/azc/azc-sneek/{query}\n" in text.replace("\r", "")
    assert ("In de buurt van azc Sneek" in text) == (query == "")
