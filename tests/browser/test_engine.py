"""The atelier's engine: the generator in a worker of the browser says and draws what ``check`` and ``build`` do."""

import datetime
import os
import shutil
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from playwright.sync_api import Page

from bench.engine import PAGE, READY, START, page_side, worker
from bench.routes import made_up_route
from meedoenkaart.infographic import CannotDraw
from meedoenkaart.infographic.measuring.forms import FormName
from meedoenkaart.loading import load
from meedoenkaart.publishing.drawings import draughtsman
from meedoenkaart.reading.documents import Reader
from tests.browser.conftest import MISSING, Open, Visit
from tests.conftest import ROOT

ROUTES = ("smallingerland", "groningen", "amersfoort")
EVERY = int(os.environ.get("ROUTES", "0"))
"""So many made-up routes are drawn too, and all that there are: ``make fuzz`` asks for 200."""
LARGEST = 8_500_000
"""Bytes over the line, whatever the host compresses."""
_LOOK = "([slug, text, form]) => { told.length = 0; engine.look({ slug, text }, form) }"
_ANSWERED = "() => told.find(one => ['drawn', 'not-drawn', 'stopped', 'failed'].includes(one.kind))"

Ask = Callable[[str, str, str], tuple[dict[str, Any], dict[str, Any]]]


@pytest.fixture(scope="session")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page's side of it, for pages that have none."""
    return page_side(tmp_path_factory.mktemp("engine") / "engine.js")


def _started(visit: Visit, script: Path, address: str, files: str = "../assets/engine/engine.json") -> Page:
    page = visit.open(PAGE)
    page.add_script_tag(path=script)
    page.evaluate(START, [address, files])
    return page


def _asked(page: Page) -> Ask:
    def ask(slug: str, text: str, form: str) -> tuple[dict[str, Any], dict[str, Any]]:
        page.evaluate(_LOOK, [slug, text, form])
        page.wait_for_function(_ANSWERED, timeout=60_000)
        checked, drawn = page.evaluate("told")
        return checked, drawn

    return ask


def test_what_the_browser_says_and_draws_is_what_the_build_does(
    visit: Open, project: Path, script: Path, tmp_path: Path
) -> None:
    tab = visit()
    page = _started(tab, script, worker(project))
    page.wait_for_function(READY, timeout=120_000)
    told = page.evaluate("told.filter(one => one.kind === 'progress').at(-1)")
    assert told["done"] == told["total"] < LARGEST
    loaded = [url.rsplit("/", 1)[1] for url in tab.asked if "/assets/engine/" in url]
    assert len(loaded) == len(set(loaded)), "each file once"
    ask = _asked(page)
    for slug in ROUTES:
        text = (project / f"routes/{slug}.yml").read_text("utf-8")
        built = (project / f"site/gemeenten/{slug}/index.html").read_text("utf-8")
        for form in ("wide", "phone"):
            checked, drawn = ask(slug, text, form)
            assert drawn["kind"] == "drawn"
            assert drawn["svg"].strip() in built, f"{slug}, {form}"
            assert not [one for one in checked["problems"] if one["severity"] == "error"]
    wrong = text.replace("phase: ", "phase: nergens-", 1).replace("law: Wi2021", "law: Wi2013")
    wrong += "\nlanes: {}\nmunicipalities: [smallingerland, gronigen]\n"
    checked, drawn = ask(slug, wrong, "wide")
    assert drawn == {"kind": "not-drawn", "number": drawn["number"], "form": "wide", "reason": "errors"}
    assert checked["problems"] == _problems(project, tmp_path, slug, wrong)
    assert checked["problems"]
    law = yaml.safe_load((project / "routes/statutory.yml").read_text("utf-8"))
    steps = yaml.safe_load(text)["steps"].values()
    fulfilled = {one for step in steps for one in step.get("fulfils", ())}
    checked, _ = ask(slug, text, "wide")
    assert [one["id"] for one in checked["untold"]] == [id for id in law["elements"] if id not in fulfilled]
    if EVERY:
        _draw_them_all(ask, project)


def _problems(project: Path, folder: Path, slug: str, text: str) -> list[dict[str, Any]]:
    """Return what ``check`` says of a route in the project."""
    for name in ("catalogue", "routes"):
        shutil.copytree(project / name, folder / name)
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    (folder / f"routes/{slug}.yml").write_text(text, "utf-8")
    found = load(Reader(folder), datetime.datetime.now().astimezone().date()).problems
    return [asdict(one) for one in found if one.file == f"routes/{slug}.yml"]


def _draw_them_all(ask: Ask, project: Path) -> None:
    artist = draughtsman(ROOT)
    texts = [(file.stem, file.read_text("utf-8")) for file in sorted((project / "routes").glob("*.yml"))]
    for number in range(EVERY):
        made_up = made_up_route(number, 8 + number % 53)
        texts.append((ROUTES[0], yaml.safe_dump(made_up, allow_unicode=True, sort_keys=False)))
    different = []
    for slug, text in texts:
        for form in get_args(FormName) if slug != "statutory" else ():
            checked, drawn = ask(slug, text, form)
            if drawn.get("svg") != _drawn(artist, slug, text, form):
                different.append((text.partition("\n")[0], form, drawn["kind"], checked["problems"]))
    assert different == []


def _drawn(artist: Any, slug: str, text: str, form: FormName) -> str | None:
    from meedoenkaart.reading.documents import document_from

    route = document_from(f"routes/{slug}.yml", text.encode()).record
    if route is None:
        return None
    try:
        drawn: str = artist.svg(artist.board(route, form), route, form, "nl", "ltr")
    except CannotDraw:
        return None
    return drawn


def test_what_hangs_is_ended_and_starts_again(visit: Open, script: Path) -> None:
    tab = visit()
    hanging = "onmessage = () => { postMessage({ kind: 'ready' }); onmessage = () => { for (;;); } }"
    tab.page.route("**/hangs.js", lambda route: route.fulfill(body=hanging, content_type="text/javascript"))
    page = _started(tab, script, "hangs.js")
    page.evaluate(_LOOK, ["groningen", "x", "wide"])
    page.wait_for_function("() => told.some(one => one.kind === 'stopped')", timeout=20_000)
    page.wait_for_function("() => told.at(-1).kind === 'ready'", timeout=20_000)


def test_a_site_without_the_engine_is_told(visit: Open, project: Path, script: Path) -> None:
    page = _started(visit(), script, worker(project), MISSING)
    page.wait_for_function("() => told.length", timeout=20_000)
    assert page.evaluate("told") == [{"kind": "failed", "reason": "missing"}]


def test_the_browser_gets_the_versions_that_the_build_has() -> None:
    locked = (ROOT / "requirements/site.txt").read_text("utf-8")
    for line in (ROOT / "requirements/browser.txt").read_text("utf-8").splitlines():
        assert line.startswith("    --hash=sha256:") or f"\n{line}" in locked


def test_one_line_leaves_out_the_page_and_the_engine(timed: Path) -> None:
    assert "\n      atelier: false\n" in (timed / "mkdocs.yml").read_text("utf-8")
    assert not (timed / "site/assets/engine").exists()
    assert "toevoegen/route/" in (timed / "site/route-maken/index.html").read_text("utf-8")
    assert "route-maken/" not in (timed / "site/sitemap.xml").read_text("utf-8")
