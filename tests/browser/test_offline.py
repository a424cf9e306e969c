"""Without a line: a device that was here before shows the site as it was, whole, until somebody takes it away."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from meedoenkaart.publishing.folder import Folder
from meedoenkaart.publishing.offline import write_nothing_offline
from tests.browser.axe import findings
from tests.browser.conftest import PHONE, PREFIX, Host, Visit, hosted
from tests.conftest import CHROMIUM_ARGUMENTS, program
from tests.site.copies import build

NAME = "kaart.localhost"
"""What the site is called here: as `localhost` it would keep nothing without being asked."""
KEPT = """async () => {
  const found = []
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) found.push(request.url)
  }
  return found
}"""
WORKERS = "async () => (await navigator.serviceWorker.getRegistrations()).map(one => one.active?.scriptURL ?? '')"
READY = "async () => (await navigator.serviceWorker.ready).active.state"


class Asking(Host):
    """A host whose files browsers ask for again, as hosts should."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()


@contextmanager
def phone(browser: Browser, profile: Path, address: str) -> Iterator[Page]:
    """Start a browser as it is on a phone, with what it kept in its profile; the site has a name."""
    origin = f"http://{NAME}:{urlsplit(address).port}"
    context = browser.browser_type.launch_persistent_context(
        profile,
        executable_path=program("chromium"),
        args=CHROMIUM_ARGUMENTS,
        viewport=PHONE,
        locale="nl-NL",
        base_url=origin + PREFIX,
    )
    context.set_default_timeout(20_000)
    yield context.pages[0]
    context.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    found = browser.new_context(viewport=PHONE, locale="nl-NL")
    yield found
    found.close()


@pytest.fixture
def built_project(fork: Path, tmp_path: Path) -> Path:
    """A copy of a small project that the test may change, with its site."""
    return shutil.copytree(fork, tmp_path / "project", symlinks=True)


def tab(context: BrowserContext) -> Page:
    """Open a tab, with time for all that a page fetches while a worker does."""
    page = Visit(context, "").page
    page.set_default_timeout(30_000)
    return page


def until(page: Page, happened: str) -> None:
    """Wait until a function of the page tells that something happened, some time after it was asked."""
    again = "await new Promise(next => setTimeout(next, 20))"
    page.evaluate(f"""async () => {{
      for (let left = 1000; !(await ({happened})()); left--) left ? {again} : await Promise.reject(Error("never"))
    }}""")


def keep(page: Page, name: str = "Het belangrijkste") -> None:
    """Keep a part by its button."""
    page.get_by_role("button", name=f"Bewaar voor offline: {name}").click()
    expect(page.locator("[data-slot=said]")).to_contain_text("Klaar.", timeout=20_000)


def test_a_phone_answers_from_a_cold_start_without_a_line(browser: Browser, fork: Path, tmp_path: Path) -> None:
    """After one visit; the browser was closed, and the server is gone."""
    with hosted(fork / "site", host=Asking) as address:
        port = urlsplit(address).port or 0
        with phone(browser, tmp_path, address) as page:
            page.goto("")
            assert page.evaluate(READY) in ("activating", "activated")
    with phone(browser, tmp_path, f"http://127.0.0.1:{port}/") as page:
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto("")
        page.get_by_role("searchbox", name="Wat zoek je, en waar?").fill("iets in de zorg bij azc Drachten")
        page.keyboard.press("Enter")
        page.locator(".finder--ready").wait_for()
        expect(page.locator(".chip__label", has_text="Zorg")).to_be_visible()
        expect(page.locator(".finder .card").first).to_be_visible()
        expect(page.locator(".offline-line")).to_contain_text("Je bent offline. Dit is van ")
        for kept in ("azc/azc-drachten/", "agenda/", "lijstje/", "routes/vergelijken/", "gemeenten/smallingerland/"):
            page.goto(kept)
            expect(page.locator(".offline-line")).to_be_visible()
        page.goto("over/#wie")  # not among them
        expect(page.get_by_role("alert")).to_contain_text("Deze pagina staat niet op je apparaat")
        again = page.get_by_role("alert").get_by_role("link", name="Probeer het opnieuw")
        assert str(again.get_attribute("href")).endswith(f"{PREFIX}over/#wie")
        assert faults == []


def test_what_is_kept_is_chosen_and_taken_away(context: BrowserContext, fork: Path) -> None:
    page = tab(context)
    with hosted(fork / "site") as address:
        page.goto(f"{address}offline/")
        expect(page.locator("[data-slot=state]")).to_contain_text("niets")
        assert page.evaluate(WORKERS) == []
        keep(page)
        keep(page, "De hele site in deze taal")
        assert findings(page) == []
        kept = page.evaluate(KEPT)
        assert all(url.startswith(address) for url in kept)
        assert {urlsplit(url).query.partition("=")[0] for url in kept} == {"", "__WB_REVISION__"}
        context.set_offline(True)
        page.goto(f"{address}kansen/smallingerland/wijkcentrum-de-wiken/?bron=mail")
        expect(page.get_by_role("heading", level=1)).to_contain_text("De Wiken")
        page.goto(f"{address}offline/")
        page.get_by_role("button", name="Verwijder alles").click()
        expect(page.locator("[data-slot=said]")).to_contain_text("Alles is weg.")
        assert page.evaluate("caches.keys()") == []
        assert page.evaluate(WORKERS) == []


def test_a_list_can_be_read_that_was_open_before(context: BrowserContext, fork: Path) -> None:
    page = tab(context)
    with hosted(fork / "site") as address:
        page.goto(f"{address}offline/")
        keep(page)
        page.goto(f"{address}kansen/smallingerland/wijkcentrum-de-wiken/")
        page.locator(".keep").first.click()
        page.goto(f"{address}lijstje/")
        page.locator(".kept__facts dd").first.wait_for()
        assert [url for url in page.evaluate(KEPT) if "/kansen/smallingerland/" in url] == [
            f"{address}kansen/smallingerland/wijkcentrum-de-wiken/"
        ]
        context.set_offline(True)
        page.reload()
        page.locator(".kept__facts dd").first.wait_for()


def test_an_update_is_whole_and_waits(context: BrowserContext, built_project: Path, tmp_path: Path) -> None:
    """Nothing of the next version is shown without a line before all of it is there, and no page is open."""
    first, shown = tmp_path / "first", tmp_path / "shown"
    shutil.copytree(built_project / "site", first)
    file = built_project / "catalogue/reception/azc-drachten.yml"
    file.write_text(file.read_text("utf-8").replace("name: azc Drachten", "name: azc Drachten-Oost"), "utf-8")
    assert build(built_project).exit_code == 0
    shown.symlink_to(first)
    with hosted(shown, host=Asking) as address:
        page = tab(context)
        page.goto(f"{address}offline/")
        keep(page)
        before = set(page.evaluate(KEPT))
        shown.unlink()
        shown.symlink_to(built_project / "site")
        page.goto(f"{address}azc/azc-drachten/")  # with a line one sees what is new
        expect(page.get_by_role("heading", level=1)).to_contain_text("Drachten-Oost")
        page.evaluate("navigator.serviceWorker.getRegistration().then(one => one.update())")
        until(page, "async () => (await navigator.serviceWorker.getRegistration()).waiting")
        assert before < set(page.evaluate(KEPT))
        outside = context.new_page()
        outside.route("**/leeg", lambda route: route.fulfill(body=""))
        outside.goto(address.replace(PREFIX, "/leeg"))
        context.set_offline(True)
        for url in ("azc/", "azc/azc-drachten/", "kansen/?bij=azc-drachten"):
            page.goto(address + url)
            assert "Drachten-Oost" not in page.content()
        page.locator(".finder--ready").wait_for()  # with the files of that version
        page.close()
        until(outside, f"async () => !(await navigator.serviceWorker.getRegistration('{address}')).waiting")
        page = tab(context)
        for url in ("azc/", "azc/azc-drachten/", "kansen/?bij=azc-drachten"):
            page.goto(address + url)
            assert "Drachten-Oost" in page.content()
        page.locator(".finder--ready").wait_for()
        after = set(page.evaluate(KEPT))
        assert before - after
        assert len(after - before) < len(after) / 2  # fonts, scripts and most pages stayed


def test_a_site_that_keeps_nothing_any_more_takes_it_away(context: BrowserContext, fork: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(fork / "site", site, copy_function=lambda one, other: Path(other).hardlink_to(one))
    with hosted(site) as address:
        page = tab(context)
        page.goto(f"{address}offline/")
        keep(page)
        write_nothing_offline(Folder(site, site))
        page.goto(f"{address}azc/")
        page.evaluate("navigator.serviceWorker.getRegistration().then(one => one.update())")
        until(page, "async () => (await caches.keys()).length === 0")
        page.goto(f"{address}azc/")
        assert page.evaluate(WORKERS) == []
