"""axe-core finds nothing on any kind of page, in light and dark, on a phone and on a laptop."""

import pytest

from tests.browser.conftest import LAPTOP, PHONE, Open, settled
from tests.site.copies import ROOT
from tests.site.kinds import KINDS

AXE = ROOT / "node_modules/axe-core/axe.min.js"
TAGS = {"values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "fewest": 15}
"""Rules to try, and how many of them have to find something that they can judge."""
COLOURS = {"values": ["wcag141", "wcag143"], "fewest": 1}
"""The rules about colour: nothing else on a page differs between light and dark."""
BY_SCHEME = {"light": TAGS, "dark": COLOURS}
RUN = """async ({ values, fewest }) => {
  const { violations, passes } = await axe.run(document, {
    runOnly: { type: "tag", values },
    rules: { "target-size": { enabled: true } },
    resultTypes: ["violations"],
    preload: false,
  })
  if (passes.length < fewest) return [`only ${passes.length} rules were tried`]
  return violations.flatMap(one => one.nodes.map(node => `${one.id}: ${node.target}: ${node.failureSummary}`))
}"""


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("scheme", "name"), [("light", "default"), ("dark", "slate")])
def test_axe_finds_nothing(visit: Open, scheme: str, name: str, kind: str) -> None:
    page = visit(color_scheme=scheme, reduced_motion="reduce").open(KINDS[kind])
    settled(page)
    assert page.evaluate("document.body.dataset.mdColorScheme") == name
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    page.add_script_tag(path=AXE)
    for size in (PHONE, LAPTOP):
        page.set_viewport_size(size)
        assert page.evaluate(RUN, BY_SCHEME[scheme]) == [], size


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_opens(visit: Open, scheme: str) -> None:
    """The menu on a phone, the search dialog with results, and the explanation of a term."""
    tab = visit(viewport=PHONE, color_scheme=scheme, reduced_motion="reduce")
    page = tab.open(KINDS["organisation"])
    page.add_script_tag(path=AXE)
    page.get_by_role("button", name="Menu").click()
    assert page.evaluate(RUN, BY_SCHEME[scheme]) == []
    page.keyboard.press("Escape")
    page.locator("a.begrip").first.hover()
    page.locator("#__begrip").wait_for(state="visible")
    assert page.evaluate(RUN, BY_SCHEME[scheme]) == []
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("Sneek")
    page.locator(".search__list a").first.wait_for(state="visible")
    assert page.evaluate(RUN, BY_SCHEME[scheme]) == []
