"""axe-core, asked about a page as it is now, in dark and in light."""

from typing import Literal

from playwright.sync_api import Page, expect

from tests.site.copies import ROOT

AXE = ROOT / "node_modules/axe-core/axe.min.js"
LISTS = "ul, ol, dl:has(> div), .question__choices"
ON, OFF = {"enabled": True}, {"enabled": False}
COLOURS = {"values": ["wcag141", "wcag143"], "rules": {}, "fewest": 1}
"""The rules about colour: nothing else on a page differs between light and dark, and each text is judged by itself."""
ALL_ELSE = {
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": ON, "color-contrast": OFF, "link-in-text-block": OFF},
    "fewest": 15,
}
"""Rules to try, and how many of them have to find something that they can judge."""
SCHEMES: tuple[tuple[Literal["dark", "light"], str], ...] = (("dark", "slate"), ("light", "default"))
_TAKE_AWAY = """within => {
  // What is built alike in the same place is judged alike, and axe takes long for hundreds of cards: the first of a
  // kind stays, and the last of each parent's. Alike is: within the same, the same elements, classes and states, and a
  // text wherever there is one; which picture an icon shows, or how many of a kind there are in a row, does not matter.
  const once = make => {
    const made = new Map()
    return node => made.get(node) ?? made.set(node, make(node)).get(node)
  }
  const named = node => [...node.attributes].map(({ name, value }) =>
    name === "class" || /^[a-z]*$/.test(value) ? `${name}=${value}` : name).join(" ")
  const signature = once(node => {
    if (node.nodeType !== Node.ELEMENT_NODE) return node.nodeType === Node.TEXT_NODE && node.data.trim() ? "text" : ""
    const inner = node.matches("svg[aria-hidden=true]") ? [] : [...node.childNodes].map(signature).filter(Boolean)
    return `<${node.localName} ${named(node)}>${inner.filter((one, index) => one !== inner[index - 1]).join("")}</>`
  })
  const place = once(node => node ? `${place(node.parentElement)} ${node.localName}.${node.className}` : "")
  const away = window.takenAway ??= [], met = new Set(), more = []
  for (const parent of document.body.querySelectorAll(within)) {
    if (parent.closest("svg")) continue
    for (const item of [...parent.children].slice(0, -1)) {
      const alike = `${place(parent)} ${item.checkVisibility()} ${signature(item)}`
      if (met.has(alike) && !item.contains(document.activeElement)) more.push(item)
      met.add(alike)
    }
  }
  for (const item of more) {
    const mark = document.createComment("")
    item.replaceWith(mark)
    away.push([mark, item])
  }
}"""
_PUT_BACK = """() => {
  for (const [mark, item] of window.takenAway.reverse()) mark.replaceWith(item)
  delete window.takenAway
}"""
_RUN = """async ({ values, rules, fewest }) => {
  const { violations, passes } = await axe.run(document, {
    runOnly: { type: "tag", values },
    rules,
    resultTypes: ["violations"],
    preload: false,
  })
  if (passes.length < fewest) return [`only ${passes.length} rules were tried`]
  return violations.flatMap(one => one.nodes.map(node => `${one.id}: ${node.target}: ${node.failureSummary}`))
}"""


def findings(page: Page, *, colours: bool = True) -> list[str]:
    """Return what axe finds; for ``colours`` it looks in dark and in light, without motion, and ends in light."""
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(path=AXE)
    page.evaluate(_TAKE_AWAY, LISTS)
    found: list[str] = page.evaluate(_RUN, ALL_ELSE)
    page.evaluate(_TAKE_AWAY, "*")
    for scheme, name in SCHEMES if colours else ():
        page.emulate_media(color_scheme=scheme)
        page.evaluate("name => document.querySelector(`[name=__palette][data-md-color-scheme=${name}]`).click()", name)
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", name)
        found += [f"{scheme}: {one}" for one in page.evaluate(_RUN, COLOURS)]
    page.evaluate(_PUT_BACK)
    return found
