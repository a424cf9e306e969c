"""How fast the finder answers in Chromium: a change of each filter, and the first result on a phone.

A change shows when the browser has done all it has to do for the frame with the new results: from the event (its own
time stamp), through scripts, style, layout and painting, to the first task after that frame, one that waits for no
other. The wait for the screen's next refresh is not work of ours, so Chromium runs without its limit of 60 frames a
second; putting pixels on the screen happens beside it, on other threads.
"""

import os
import shutil
import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, ViewportSize, sync_playwright

from bench.host import hosted
from bench.measure import MeasureError
from bench.report import Figure, table

ROUNDS = 5
"""So often each filter is set and let go of."""
REST_MS = 400
"""Between two changes, as somebody who looks at what came; what is drawn in idle moments is over by then."""
LAPTOP: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}
EVERYTHING = "kansen/?bij=azc-drachten&straal=alles"
"""Where all opportunities are shown, by distance: no list is longer."""
FIRST = ("kansen/", "azc/azc-drachten/", "kansen/?bij=azc-drachten&taal=A1&vergunning=nee")
FIRST_RESULT = 2.5
"""Seconds."""
TIMES_SLOWER = 4
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
"""A phone and its network as Lighthouse takes them: milliseconds to and fro, bytes a second."""

PRESS_MS = 80
"""Somebody moves the mouse, presses its button, and lets go of it: only that changes a filter."""

# What one sees: if it still changes after the frame that was measured, too little was measured.
SIGHT = """[document.querySelector(".finder__status"), ...[...document.querySelectorAll(".finder__results .card")]
  .filter(one => one.checkVisibility({ contentVisibilityAuto: true }))
  .filter(one => one.getBoundingClientRect().top < innerHeight && one.getBoundingClientRect().bottom > 0)]"""
SEEN = "window.sight.map(one => one.innerText).join('|')"
AFTER_FRAME = "(then => requestAnimationFrame(() => scheduler.postTask(then, { priority: 'user-blocking' })))"
STOPWATCH = f"""type => {{
  window.shows = new Promise(done => addEventListener(type, event => {AFTER_FRAME}(() => {{
    const took = performance.now() - event.timeStamp
    window.sight = {SIGHT}
    done([took, {SEEN}])
  }}), {{ capture: true, once: true }}))
}}"""
FIRST_CARD = f"""
  window.firstResult = new Promise(done => new MutationObserver((_, observer) => {{
    if (!document.querySelector(".finder--ready .finder__results .card")) return
    observer.disconnect()
    const afterFrame = {AFTER_FRAME}
    afterFrame(() => done(performance.now()))
  }}).observe(document, {{ subtree: true, childList: true, attributes: true }}))
"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the system's Chromium, which draws as many frames as it can."""
    path = next(filter(None, map(shutil.which, (os.environ.get("CHROMIUM", "chromium"), "google-chrome"))), None)
    if not path:
        raise MeasureError("the finder is measured in Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--disable-frame-rate-limit", "--disable-gpu-vsync"]
        )
        yield browser
        browser.close()


def changes(site: Path, label: str, bound: float) -> tuple[str, list[Figure]]:
    """Change each filter of a built site; return a table of them, and what has a target: at most so many ms."""
    with hosted(site) as address, chromium() as browser:
        page = browser.new_page(viewport=LAPTOP)
        page.goto(address + EVERYTHING)
        page.locator(".finder--ready").wait_for()
        found = {name: [one for _ in range(ROUNDS) for one in change(page)] for name, change in _filters(page)}
    rows = [
        [name, str(len(times)), f"{statistics.median(times):.1f}", f"{_p95(times):.1f}"]
        for name, times in found.items()
    ]
    slowest = max(found, key=lambda name: statistics.median(found[name]))
    return table(["a change of", "times", "median ms", "p95 ms"], rows), [
        Figure(f"a change of the slowest filter ({slowest}), {label}", statistics.median(found[slowest]), "ms", bound),
        Figure(f"a change of any filter, p95, {label}", _p95([one for times in found.values() for one in times]), "ms"),
    ]


Change = Callable[[Page], list[float]]


def _filters(page: Page) -> Iterator[tuple[str, Change]]:
    """Yield each filter's name, and how to set it and let go of it."""

    def clicks(*targets: Locator) -> Change:
        return lambda page: [_pressed(page, target) for target in targets]

    def keys(*pressed: str, on: str = "input") -> Change:
        return lambda page: [_shown(page, on, partial(page.keyboard.press, key)) for key in pressed]

    def pick(name: str, value: str) -> Locator:
        return page.locator(f".pick:has(input[name={name}][value='{value}'])")

    yield "status", clicks(pick("vergunning", "nee"), pick("vergunning", ""))
    yield "level of Dutch", clicks(pick("taal", "A1"), pick("taal", ""))
    yield "distance", clicks(pick("straal", "10"), pick("straal", "alles"))
    yield "only what is sure", clicks(pick("zeker", "ja"), pick("zeker", "ja"))
    for facet in page.locator(".facet:visible").all():
        name = facet.locator(".facet__name").inner_text()
        facet.locator("summary").click()
        row = facet.locator(".value:visible").first
        yield name, clicks(row.locator(".value__choose"), row.locator(".value__choose"))
        yield f"not {name}", clicks(row.locator(".value__not"), row.locator(".value__not"))

    def typed(selector: str, change: Change) -> Change:
        def do(page: Page) -> list[float]:
            page.locator(selector).focus()
            return change(page)

        return do

    yield "age", typed("input[name=leeftijd]", keys("3", "0", "Backspace", "Backspace"))
    yield "words", typed(".finder__ask input", keys(*"koken", *["Backspace"] * 5))

    def place(page: Page) -> list[float]:
        found = []
        for name in ("azc Sneek", "azc Drachten"):
            page.locator("#__waar").fill(name)
            page.get_by_role("option").first.wait_for()
            page.keyboard.press("ArrowDown")
            found.append(_shown(page, "keydown", partial(page.keyboard.press, "Enter")))
            pick("straal", "alles").click()
        return found

    yield "place", place


def _pressed(page: Page, target: Locator) -> float:
    target.hover()
    page.mouse.down()
    page.wait_for_timeout(PRESS_MS)
    return _shown(page, "click", page.mouse.up)


def _shown(page: Page, event: str, act: Callable[[], None]) -> float:
    """Return the milliseconds from an event until its results show."""
    page.wait_for_timeout(REST_MS)
    page.evaluate(STOPWATCH, event)
    act()
    milliseconds, seen = page.evaluate("window.shows")
    page.wait_for_timeout(REST_MS)
    if (later := page.evaluate(SEEN)) != seen:
        raise MeasureError(f"the results still changed after the frame that was measured: {seen!r}, {later!r}")
    return float(milliseconds)


def first_results(site: Path, label: str, bound: float | None) -> list[Figure]:
    """Return the seconds until a phone with nothing in its cache shows the first result of a built site."""
    found = []
    with hosted(site) as address, chromium() as browser:
        for url in FIRST:
            seconds = [_first_result(browser, address + url) for _ in range(ROUNDS)]
            found.append(Figure(f"first result on a phone, {url}, {label}", statistics.median(seconds), "s", bound))
            found.append(Figure(f"first result on a phone, {url}, {label}, p95", _p95(seconds), "s"))
    return found


def _first_result(browser: Browser, address: str) -> float:
    context = browser.new_context(viewport=PHONE, is_mobile=True, has_touch=True, device_scale_factor=2)
    page = context.new_page()
    page.add_init_script(FIRST_CARD)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_4G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": TIMES_SLOWER})
    page.goto(address)
    milliseconds = float(page.evaluate("window.firstResult"))
    context.close()
    return milliseconds / 1000


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[-1]
