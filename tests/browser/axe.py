"""axe-core, asked about a page as it is now, in dark and in light."""

from typing import Any, Literal

from playwright.sync_api import Page, expect

from tests.site.copies import ROOT

AXE = ROOT / "node_modules/axe-core/axe.min.js"
EVERYTHING = {"values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "fewest": 15}
"""Rules to try, and how many of them have to find something that they can judge."""
COLOURS = {"values": ["wcag141", "wcag143"], "fewest": 1}
"""The rules about colour: nothing else on a page differs between light and dark."""
SCHEMES: tuple[tuple[Literal["dark", "light"], str, dict[str, Any]], ...] = (
    ("dark", "slate", COLOURS),
    ("light", "default", EVERYTHING),
)
_RUN = """async ({ values, fewest }) => {
  // Items of one list that are built alike are judged alike, and axe takes minutes for hundreds of cards: the first
  // and the last of a kind stay. Alike is: the same elements, classes and states, and a text wherever there is one.
  const signature = node => {
    if (node.nodeType !== Node.ELEMENT_NODE) return node.nodeType === Node.TEXT_NODE && node.data.trim() ? "text" : ""
    const about = [...node.attributes].map(({ name, value }) =>
      name === "class" || /^[a-z]*$/.test(value) ? `${name}=${value}` : name)
    return `<${node.localName} ${about.join(" ")}>${[...node.childNodes].map(signature).join("")}</>`
  }
  const away = []
  for (const list of document.querySelectorAll("ul, ol")) {
    const met = new Set()
    for (const item of list.isConnected ? [...list.children].slice(0, -1) : []) {
      const alike = signature(item)
      if (met.has(alike) && !item.contains(document.activeElement)) {
        const place = document.createComment("")
        item.replaceWith(place)
        away.push([place, item])
      }
      met.add(alike)
    }
  }
  const { violations, passes } = await axe.run(document, {
    runOnly: { type: "tag", values },
    rules: { "target-size": { enabled: true } },
    resultTypes: ["violations"],
    preload: false,
  })
  for (const [place, item] of away.reverse()) place.replaceWith(item)
  if (passes.length < fewest) return [`only ${passes.length} rules were tried`]
  return violations.flatMap(one => one.nodes.map(node => `${one.id}: ${node.target}: ${node.failureSummary}`))
}"""


def findings(page: Page) -> list[str]:
    """Return what axe finds, in dark and in light; the page has to show them without motion, and ends in light."""
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(path=AXE)
    found: list[str] = []
    for scheme, name, rules in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        page.evaluate("name => document.querySelector(`[name=__palette][data-md-color-scheme=${name}]`).click()", name)
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", name)
        found += [f"{scheme}: {one}" for one in page.evaluate(_RUN, rules)]
    return found
