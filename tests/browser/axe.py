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
  // Items of lists that are built alike are judged alike, and axe takes long for hundreds of cards: the first of a kind
  // stays, and the last of each list. Alike is: within the same, the same elements, classes and states, and a text
  // wherever there is one; which picture an icon shows, or how many of a kind there are in a row, does not matter.
  const named = node => [...node.attributes].map(({ name, value }) =>
    name === "class" || /^[a-z]*$/.test(value) ? `${name}=${value}` : name).join(" ")
  const signature = node => {
    if (node.nodeType !== Node.ELEMENT_NODE) return node.nodeType === Node.TEXT_NODE && node.data.trim() ? "text" : ""
    const inner = node.matches("svg[aria-hidden=true]") ? [] : [...node.childNodes].map(signature).filter(Boolean)
    return `<${node.localName} ${named(node)}>${inner.filter((one, index) => one !== inner[index - 1]).join("")}</>`
  }
  const within = node => node ? `${within(node.parentElement)} ${node.localName}.${node.className}` : ""
  const away = [], met = new Set()
  for (const list of document.querySelectorAll("ul, ol")) {
    if (!list.isConnected) continue
    const place = within(list)
    for (const item of [...list.children].slice(0, -1)) {
      const alike = `${place} ${item.checkVisibility()} ${signature(item)}`
      if (met.has(alike) && !item.contains(document.activeElement)) {
        const mark = document.createComment("")
        item.replaceWith(mark)
        away.push([mark, item])
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
  for (const [mark, item] of away.reverse()) mark.replaceWith(item)
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
