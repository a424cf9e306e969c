from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Page,
    Request,
    Route,
    ViewportSize,
)

PREFIX = "/meedoenkaart/"
"""Where GitHub Pages shows the site: not at the host's root."""
PHONE: ViewportSize = {"width": 390, "height": 844}
TILES = "https://service.pdok.nl/brt/achtergrondkaart/"
"""Where the map's background comes from: the one address elsewhere that a page may ask, and only for a shown map."""
LAPTOP: ViewportSize = {"width": 1280, "height": 800}
MISSING = "bestaat-niet/"
"""How the addresses end that tests open because they do not exist."""

LISTEN = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective));
"""
"""Run before a page's own scripts, notes what its policy forbade."""


class Host(SimpleHTTPRequestHandler):
    """Shows a folder below a prefix, as GitHub Pages does, with the site's own page for what is not there."""

    protocol_version = "HTTP/1.1"

    def translate_path(self, path: str) -> str:
        inside = path.removeprefix(PREFIX) if path.startswith(PREFIX) else "outside"
        return super().translate_path(f"/{inside}")

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != HTTPStatus.NOT_FOUND:
            super().send_error(code, message, explain)
            return
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def hosted(folder: Path, port: int = 0, host: type[Host] = Host) -> Iterator[str]:
    """Show a site on this machine only, and yield its address."""
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(host, directory=str(folder)))
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}{PREFIX}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def project(real_project: Path) -> Path:
    """The real project with its site; tests only read it."""
    return real_project


@pytest.fixture(scope="session")
def address(project: Path) -> Iterator[str]:
    with hosted(project / "site") as found:
        yield found


@pytest.fixture(scope="session")
def fork_address(fork: Path) -> Iterator[str]:
    """Where a site lies with every kind of page and shorter lists than the real one has."""
    with hosted(fork / "site") as found:
        yield found


class Visit:
    """A tab of the browser that notes what goes wrong in it and what it asks for."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.page: Page = context.new_page()
        self.address = address
        self.faults: list[str] = []
        self.asked: list[str] = []
        self.page.set_default_timeout(10_000)
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.faults.append(f"{self.page.url}: {error}"))
        self.page.on("dialog", self._dismiss)
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("requestfailed", self._failed)
        self.page.add_script_tag = self._run  # type: ignore[assignment, method-assign]
        self.page.add_style_tag = self._style  # type: ignore[assignment, method-assign]

    def _run(self, *, path: Path | str) -> None:
        """Run a test's own script past the page's policy, as a browser's extension does."""
        self.page.evaluate(f"() => {{ {Path(path).read_text('utf-8')} }}")

    def _style(self, *, content: str) -> None:
        """Add a test's own styles past the page's policy."""
        adopt = (
            "text => { const own = new CSSStyleSheet(); own.replaceSync(text); document.adoptedStyleSheets.push(own) }"
        )
        self.page.evaluate(adopt, content)

    def _note(self, message: ConsoleMessage) -> None:
        """Note what the console says, except that a page that does not exist was not found."""
        missing_page = "404" in message.text and message.location.get("url", "").endswith(MISSING)
        if message.type in ("error", "warning") and not missing_page:
            self.faults.append(f"{self.page.url}: {message.text}")

    def _dismiss(self, dialog: Dialog) -> None:
        self.faults.append(f"{self.page.url}: dialog: {dialog.message}")
        dialog.dismiss()

    def _failed(self, request: Request) -> None:
        """Note a request that failed, except one that the test itself cut off by going to the next page."""
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"{request.url}: {request.failure}")

    def open(self, url: str) -> Page:
        """Open a page by its address from the site's root."""
        self.page.goto(self.address + url)
        return self.page


def settled(page: Page) -> None:
    """Wait for a finder or a form that adds, if the page has one; let a finder draw all that it draws bit by bit."""
    if page.locator("#formulier[data-mode=add]").count():
        page.locator("#formulier [data-script]:visible").first.wait_for()
    if page.locator(".finder").is_visible():
        page.locator(".finder--ready").wait_for()
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        page.add_style_tag(content=".cards:not(.cards--over) { content-visibility: visible !important }")


Open = Callable[..., Visit]
Tile = Callable[[Route], None]


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Open]:
    """Open tabs, each in a profile of its own; in the end nothing may have gone wrong in any of them."""
    contexts: list[BrowserContext] = []
    visits: list[Visit] = []
    with_tiles: set[Visit] = set()

    def make(base: str = address, tiles: Tile | None = None, **options: Any) -> Visit:
        """Open a tab; ``tiles`` answers for the background of maps, which no tab may ask for without."""
        contexts.append(browser.new_context(**{"viewport": LAPTOP, "locale": "nl-NL", **options}))
        visits.append(Visit(contexts[-1], base))
        if tiles:
            contexts[-1].route(f"{TILES}**", tiles)
            with_tiles.add(visits[-1])
        return visits[-1]

    yield make
    faults = [fault for one in visits for fault in one.faults]
    elsewhere = [
        url
        for one in visits
        for url in one.asked
        if not url.removeprefix("blob:").startswith(one.address.removesuffix(PREFIX))
        and not (one in with_tiles and url.startswith(TILES))
    ]
    for context in contexts:
        context.close()
    assert faults == []
    assert elsewhere == []
