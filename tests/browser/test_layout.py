"""Pages fit: on the smallest phone, with text twice as large, on paper, and in the reader's own colours."""

from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.browser.conftest import LAPTOP, LISTEN, PHONE, Open, settled
from tests.site.kinds import KINDS


@pytest.fixture
def address(fork_address: str) -> str:
    return fork_address


TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth <= width) return []
  return [...document.querySelectorAll("body *")]
    .filter(one => one.getBoundingClientRect().right > width + 1 && one.checkVisibility())
    .map(one => `${one.tagName}.${one.className} ${Math.round(one.getBoundingClientRect().right)} > ${width}`)
}"""
# What is cut off within a box that hides it can not be read, though the page is no wider; a field scrolls by itself.
CUT_OFF = """() => [...document.querySelectorAll("main *, header *, footer *")]
  .filter(one => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1)
  .filter(one => ["hidden", "clip"].includes(getComputedStyle(one).overflowX))
  .filter(one => one.checkVisibility() && !one.closest("svg, input"))
  .map(one => `${one.tagName}.${one.className}`)"""


# WCAG 1.4.12: nothing is lost when the reader sets more space.
SPACED = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
SIZES = ((320, "100%"), (390, "100%"), (768, "100%"), (1280, "100%"), (320, "200%"), (1280, "200%"))


# What shows, whatever colours the reader chose: texts, and which controls and signs.
VISIBLE = """() => [
  document.body.innerText,
  ...[...document.querySelectorAll("a, button, input, summary, .icon, .logo")].map(one => one.checkVisibility()),
]"""


def test_nothing_scrolls_sideways_forced_colours_hide_only_decoration_and_the_policy_holds(visit: Open) -> None:
    """Three questions in one visit to every kind of page, which is what costs."""
    tab = visit()
    tab.page.add_init_script(LISTEN)
    wide: dict[Any, Any] = {}
    violations: list[Any] = []
    hidden: list[Any] = []
    for kind, url in KINDS.items():
        page = tab.open(url)
        settled(page)
        hidden += [(kind, size) for size in (PHONE, LAPTOP) if not _same_in_forced_colours(page, size)]
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        for width, text in SIZES:
            page.set_viewport_size({"width": width, "height": 800})
            page.evaluate("text => { document.documentElement.style.fontSize = text }", text)
            if found := page.evaluate(TOO_WIDE) + page.evaluate(CUT_OFF):
                wide[kind, width, text] = found[:5]
        page.set_viewport_size(PHONE)
        page.evaluate("document.documentElement.style.fontSize = ''")
        page.add_style_tag(content=SPACED)
        if found := page.evaluate(TOO_WIDE) + page.evaluate(CUT_OFF):
            wide[kind, "spaced"] = found[:5]
        violations += [(kind, one) for one in page.evaluate("window.violations")]
        assert page.evaluate("typeof __md_get") == "function", "the frame's own inline scripts ran"
    assert wide == {}, "scrolls sideways"
    assert hidden == [], "does not show in forced colours"
    assert violations == []


def _same_in_forced_colours(page: Page, size: ViewportSize) -> bool:
    """Say whether forced colours leave everything in sight, and go back to the usual ones."""
    page.set_viewport_size(size)
    for _ in range(10):
        usual = page.evaluate(VISIBLE)
        page.emulate_media(forced_colors="active")
        assert page.evaluate("matchMedia('(forced-colors: active)').matches")
        forced = page.evaluate(VISIBLE)
        page.emulate_media(forced_colors="none")
        if page.evaluate(VISIBLE) == usual:  # else the page was still filling itself
            return bool(forced == usual)
    return False


def test_the_bar_is_one_row(visit: Open) -> None:
    page = visit().open("")
    for width in (360, 375, 390, 768, 1024, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        box = page.locator(".header__inner").bounding_box()
        assert box
        assert box["height"] < 80, width


def test_text_grows_with_the_reader(visit: Open) -> None:
    """A larger font in the browser's settings enlarges the text itself."""
    page = visit().open(KINDS["organisation with contact"])
    for selector in ("h1", "main p", ".contact__to", ".sources a", ".menu__link"):
        size = "one => parseFloat(getComputedStyle(one).fontSize)"
        before = page.locator(selector).first.evaluate(size)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.locator(selector).first.evaluate(size) >= 1.6 * before
        page.evaluate("document.documentElement.style.fontSize = ''")


# On paper


def _shown(page: Any, selector: str) -> list[bool]:
    shown: list[bool] = page.locator(selector).evaluate_all("all => all.map(one => one.checkVisibility())")
    return shown


def test_paper_shows_what_counts(visit: Open) -> None:
    tab = visit()
    for kind in ("organisation with contact", "reception location", "municipality"):
        page = tab.open(KINDS[kind])
        page.emulate_media(media="print")
        for selector in (".header", ".footer", ".menu", ".skip", ".breadcrumbs", ".feedback", "dialog"):
            assert not any(_shown(page, selector)), f"{kind}: {selector}"
        assert all(_shown(page, "h1, h2:not(.feedback__title, .finder-plain *)")), kind
        assert _shown(page, ".on-paper") == [True], kind
        sources = page.locator(".sources:visible a")
        assert sources.count() > 0
        for source in sources.all():
            content = source.evaluate("one => getComputedStyle(one, '::after').content")
            assert source.get_attribute("href") in content or "attr(href)" in content, kind
        assert page.locator(".on-paper").inner_text().startswith("https://")
    page = tab.open(KINDS["organisation with contact"])
    page.emulate_media(media="print")
    ways = page.locator(".contact__to")
    assert ways.count() > 0
    assert all(_shown(page, ".contact__to"))


def test_paper_is_dark_on_light(visit: Open) -> None:
    tab = visit(color_scheme="dark")
    texts = {
        "organisation": ("h1", "main p", "dt", "dd", ".unknown", ".sources a"),
        "home": ("h1", ".hero__intro", ".hero__figures strong", ".names a"),
    }
    for kind, selectors in texts.items():
        page = tab.open(KINDS[kind])
        page.emulate_media(media="print", color_scheme="dark")
        for selector in selectors:
            colour = page.locator(selector).first.evaluate("one => getComputedStyle(one).color.match(/[0-9.]+/g)")
            assert max(float(part) for part in colour[:3]) < 120, (kind, selector)


# The reader's own colours


def test_forced_colours_keep_focus_and_the_current_page_visible(visit: Open) -> None:
    page = visit(forced_colors="active").open("kansen/")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    outline = (
        "getComputedStyle(document.activeElement).outlineStyle + getComputedStyle(document.activeElement).outlineWidth"
    )
    assert page.evaluate(outline) == "solid3px"
    current = page.locator(".menu__link[aria-current]")
    assert current.evaluate("one => getComputedStyle(one).textDecorationLine") == "underline"
    for icon in page.locator(".card .icon:visible").all()[:5]:
        colours = icon.evaluate(
            "one => [getComputedStyle(one).stroke, getComputedStyle(document.body).backgroundColor]"
        )
        assert colours[0] != colours[1]


MOVING = """() => [...document.querySelectorAll("*")].slice(0, 600).flatMap(one =>
  ["", "::before", "::after"].flatMap(part => {
    const style = getComputedStyle(one, part || null)
    const seconds = text => Math.max(...text.split(",").map(parseFloat))
    const slow = seconds(style.transitionDuration) > 0.01 || seconds(style.animationDuration) > 0.01
    return slow || style.scrollBehavior === "smooth" ? [`${one.tagName}.${one.className}${part}`] : []
  }))"""


# Fingers

SMALL = """([selector, least]) => [...document.querySelectorAll(selector)].filter(one => {
  if (!one.checkVisibility()) return false
  const all = "a, button, input, summary"
  const size = one.getClientRects()[0]
  if (size.width >= least && size.height >= least) return false
  one.scrollIntoView({ block: "center", inline: "center" })
  const { left, top, width, height } = one.getClientRects()[0]
  // A link may reach further than its text (::after), and a small one may have room of its own around it.
  const away = least / 2 - 0.5
  const reach = [[-away, 0], [away, 0], [0, -away], [0, away]].map(([x, y]) => {
    const there = document.elementFromPoint(left + width / 2 + x, top + height / 2 + y)?.closest(all)
    return there === one || (least < 44 && !there)
  })
  return reach.includes(false)
}).map(one => `${one.className} "${one.innerText}"`)"""
TARGETS = {
    ".contact__way": 44,
    ".menu__link, .header__button, .header__logo": 44,
    ".button, .choice, .pill, .field": 44,
    ".card__title a, .tile__title a, .tag[href], .links a, .names__link, .contents a": 24,
    ".breadcrumbs a, .footer__links a, summary, .sources a": 24,
}


def test_targets_are_large_enough_for_a_finger_and_less_motion_is_no_motion(visit: Open) -> None:
    tab = visit(viewport=PHONE, has_touch=True, reduced_motion="reduce")
    found: dict[Any, Any] = {}
    for kind, url in KINDS.items():
        tab.page.set_viewport_size(LAPTOP)
        page = tab.open(url)
        assert page.evaluate(MOVING) == [], kind
        page.set_viewport_size(PHONE)
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        for selector, least in TARGETS.items():
            if small := page.evaluate(SMALL, [selector, least]):
                found[kind, selector] = small[:5]
    page = tab.open("")
    assert page.evaluate(MOVING) == []
    page.get_by_role("button", name="Menu").click()
    assert page.locator(".menu__link:visible").count() > 4
    assert page.evaluate(SMALL, [".menu__link, .menu__close", 44]) == []
    assert found == {}
