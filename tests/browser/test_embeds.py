"""Frames on other people's sites: they show there, under the strictest policy, and ask and keep nothing."""

from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page, Request, expect

from tests.browser.axe import findings
from tests.browser.conftest import PHONE, PREFIX, Open, hosted

KINDS = (
    "embed/kansen/?azc=azc-sneek&activiteit=taal&aantal=6",
    "embed/kansen/?gemeente=sudwest-fryslan&kleur=donker&sector=zorg&taal=A1",
    "embed/agenda/?azc=azc-sneek",
    "embed/mag-dit/?activiteit=vrijwilligerswerk",
    "embed/route/smallingerland/",
)
OFFERS = "embed/kansen/?azc=azc-sneek&amp;aantal=6"
CONTRAST = """axe.run({ runOnly: ["color-contrast"] })
  .then(({ violations }) => violations.flatMap(({ nodes }) => nodes.map(({ html }) => html)))"""
HOSTILE = (
    "",
    "?azc=",
    "?azc=bestaat-niet",
    "?azc=../../../index",
    "?azc=%3Cimg%20src=x%20onerror=window.hacked=1%3E&x%22%3E%3Cscript%3E=1",
    "?azc=azc-sneek&aantal=-1&kleur=%22%3E&activiteit=%00,__proto__&niet=a.b.c,,&taal=%F0%9F%92%A9",
    f"?gemeente={'a' * 5000}",
    "?azc=azc-sneek&%E0%A4%A",
)


class Elsewhere:
    """A page on another host, with a policy of its own that allows nothing but the frame."""

    def __init__(self, browser: Browser, folder: Path, address: str) -> None:
        self.site = address
        self.folder = folder
        self.context: BrowserContext = browser.new_context(viewport={"width": 700, "height": 900})
        self.asked: list[str] = []
        self.sent: list[str] = []
        self.faults: list[str] = []
        self.context.on("request", self._note)
        self.context.on("console", lambda one: self.faults.append(one.text) if one.type == "error" else None)
        self.context.on("weberror", lambda one: self.faults.append(str(one.error)))

    def _note(self, request: Request) -> None:
        self.asked.append(request.url)
        self.sent.append(request.headers.get("referer", ""))

    def show(self, body: str, more: str = "") -> Page:
        """Open the page with a piece of code in it, as somebody pastes it into WordPress."""
        origin = self.site.removesuffix(PREFIX)
        policy = f"default-src 'none'; style-src 'self'; frame-src {origin}{more}"
        (self.folder / "index.html").write_text(
            f'<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Gemeente</title>'
            f'<meta http-equiv="Content-Security-Policy" content="{policy}"></head>'
            f"<body><h1>Meedoen</h1>{body}</body></html>",
            "utf-8",
        )
        (self.folder / "404.html").write_text("", "utf-8")
        page = self.context.new_page()
        with hosted(self.folder) as here:
            page.goto(here.replace("127.0.0.1", "localhost"))
        return page


@pytest.fixture
def elsewhere(browser: Browser, tmp_path: Path, address: str) -> Iterator[Elsewhere]:
    one = Elsewhere(browser, tmp_path, address)
    yield one
    one.context.close()
    assert [fault for fault in one.faults if "favicon" not in fault] == []
    assert [url for url in one.asked if not url.startswith(address) and "//localhost:" not in url] == []
    assert not any("localhost" in sent for sent in one.sent if sent), "nobody is told from where somebody comes"


def _framed(page: Page) -> Frame:
    frame = page.frames[1]
    frame.locator("main[aria-busy=false]").wait_for()
    return frame


def _code(site: Path, address: str, heading: str) -> str:
    """Return the ready code below a heading of the page that offers it, for where the site lies now."""
    page = (site / "data/insluiten/index.html").read_text("utf-8")
    code = page.split(heading, 1)[1].split("<code>", 1)[1].split("</code>", 1)[0]
    return unescape(code).replace("https://meedoenkaart.github.io/meedoenkaart/", address)


def test_another_site_shows_the_opportunities(elsewhere: Elsewhere, project: Path, address: str) -> None:
    page = elsewhere.show(_code(project / "site", address, ">Kansen bij "))
    frame = _framed(page)
    expect(frame.locator(".card")).to_have_count(6)
    assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for _ in range(20):
        page.keyboard.press("Tab")
        if frame.evaluate("document.activeElement?.matches('.card a')"):
            break
    title = frame.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}kansen/**")
    assert title in (page.text_content("main") or "")
    assert elsewhere.context.cookies() == []


def test_a_frame_keeps_nothing_and_leaves_nothing(elsewhere: Elsewhere) -> None:
    page = elsewhere.show(
        f'<iframe src="{elsewhere.site}{OFFERS}" title="Kansen" referrerpolicy="no-referrer"></iframe>'
    )
    frame = _framed(page)
    assert frame.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    assert frame.evaluate("indexedDB.databases().then(all => all.length)") == 0
    assert frame.evaluate("document.referrer") == ""


def test_a_small_script_makes_the_frame_as_high_as_it_is(elsewhere: Elsewhere) -> None:
    origin = elsewhere.site.removesuffix(PREFIX)
    attributes = 'title="Kansen" width="100%" height="200" referrerpolicy="no-referrer"'
    script = f'<script src="{elsewhere.site}embed/hoogte.js" referrerpolicy="no-referrer" async></script>'
    page = elsewhere.show(
        f'<iframe src="{elsewhere.site}{OFFERS}" {attributes}></iframe>{script}', f"; script-src {origin}"
    )
    frame = _framed(page)
    high = frame.evaluate("Math.ceil(document.querySelector('main').getBoundingClientRect().height)")
    assert high > 400
    expect(page.locator("iframe")).to_have_attribute("height", str(high))
    page.set_viewport_size({"width": 330, "height": 800})
    expect(page.locator("iframe")).not_to_have_attribute("height", str(high))


@pytest.mark.parametrize("url", KINDS)
def test_axe_finds_nothing_in_a_frame(visit: Open, url: str) -> None:
    page = visit(viewport=PHONE).open(url)
    page.locator("main:not([aria-busy=true])").wait_for()
    page.evaluate("for (const one of document.querySelectorAll('details')) { one.name = ''; one.open = true }")
    assert findings(page, colours=False) == []
    for colours in ("light", "dark"):
        page.emulate_media(color_scheme=colours)
        assert page.evaluate(CONTRAST) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("query", HOSTILE)
def test_whatever_is_asked_something_is_said(visit: Open, query: str) -> None:
    tab = visit()
    tab.faults = _Except("404")
    page = tab.open(f"embed/kansen/{query}")
    page.locator("main[aria-busy=false]").wait_for()
    assert page.locator("[role=status]").inner_text().strip()
    assert page.get_by_role("link", name="Alle kansen").is_visible()
    assert page.evaluate("window.hacked") is None
    assert page.locator("img").count() == 0


class _Except(list[str]):
    """Notes faults, but for those of what is not there: that is said on the page."""

    def __init__(self, but: str) -> None:
        super().__init__()
        self._but = but

    def append(self, fault: str) -> None:
        if self._but not in fault:
            super().append(fault)


def test_without_a_line_that_is_said(visit: Open) -> None:
    tab = visit()
    tab.faults = _Except("embed/kansen/")
    tab.page.route("**/azc-sneek.json", lambda route: route.abort())
    page = tab.open("embed/kansen/?azc=azc-sneek")
    expect(page.get_by_role("status")).to_contain_text("kan nu niet laden")
    assert page.get_by_role("link", name="Alle kansen").is_visible()


def test_without_a_script_a_link_is_left(visit: Open) -> None:
    tab = visit(java_script_enabled=False)
    for url in KINDS:
        page = tab.open(url)
        assert page.locator(".embed__all").is_visible()
        assert page.locator("h1").inner_text()
    page = tab.open("data/insluiten/")
    assert page.locator(".embedding__form").is_hidden()
    expect(page.locator("pre:visible")).to_have_count(4)


def test_paper_has_the_code_that_is_ready_and_no_choices(visit: Open) -> None:
    page = visit().open("data/insluiten/")
    page.emulate_media(media="print")
    assert page.locator(".embedding__make").is_hidden()
    expect(page.locator("pre:visible")).to_have_count(4)


def test_colours_are_those_of_the_device_or_of_the_address(visit: Open) -> None:
    page = visit(color_scheme="dark").open("embed/mag-dit/")
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(ground)
    page.emulate_media(color_scheme="light")
    light = page.evaluate(ground)
    assert light != dark
    for colour, wanted in (("donker", dark), ("licht", light)):
        page.emulate_media(color_scheme="dark" if wanted == light else "light")
        page.goto(f"{page.url.partition('?')[0]}?kleur={colour}")
        assert page.evaluate(ground) == wanted


def test_the_page_makes_the_code_of_what_it_shows(visit: Open) -> None:
    tab = visit(permissions=["clipboard-read", "clipboard-write"])
    page = tab.open("data/insluiten/")
    preview = page.frame_locator(".embedding__preview")
    page.get_by_label("Van welke plek?").select_option("azc Drachten")
    page.get_by_label("Wat kun je doen?").select_option("Nederlands leren")
    page.get_by_label("Hoeveel, op zijn meest?").fill("2")
    page.get_by_label("Hoeveel, op zijn meest?").blur()
    expect(preview.locator("h1")).to_have_text("Kansen bij azc Drachten")
    expect(preview.locator(".card")).to_have_count(2)
    page.get_by_role("button", name="Kopieer de code").click()
    expect(page.get_by_role("status").filter(has_text="Gekopieerd.")).to_be_visible()
    code = page.evaluate("navigator.clipboard.readText()")
    assert code == page.locator(".embedding__code").inner_text()
    assert 'embed/kansen/?azc=azc-drachten&amp;activiteit=taal&amp;aantal=2"' in code
    assert 'title="Kansen bij azc Drachten"' in code
    page.get_by_label("Wat wil je laten zien?").select_option("Route van een gemeente")
    page.get_by_label("Van welke gemeente?").select_option("Smallingerland")
    expect(preview.locator("h1")).to_have_text("De route van Smallingerland")
    assert page.get_by_label("Soort werk").is_hidden()
    page.get_by_label("Wat wil je laten zien?").select_option("Agenda")
    page.get_by_label("Taal", exact=True).select_option(index=0)
    expect(preview.locator("h1")).to_have_text("Agenda bij azc Drachten")


def test_the_steps_of_a_drawing_lead_to_the_route_on_the_site(visit: Open) -> None:
    page = visit().open("embed/route/smallingerland/")
    page.locator(".picture__wide a").first.click()
    page.wait_for_url("**/gemeenten/smallingerland/#stap-*")
