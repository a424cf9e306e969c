"""What the atelier's engine takes in Chromium: bytes, seconds until it is ready, time while somebody types, memory."""

import json
import os
import statistics
import subprocess
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import BrowserContext, Page

from bench.finder import LAPTOP, chromium
from bench.host import hosted
from bench.measure import MeasureError, memory_of
from bench.report import MIB, Figure

ROOT = Path(__file__).parent.parent
PAGE = "over/"
"""Any page: each has the policy that the atelier's has."""
ROUTE = "smallingerland"
ROUNDS = 20
START = """([worker, files]) => {
  window.told = []
  window.engine = atelier.startEngine(worker, files, what => told.push(what))
}"""
READY = "() => told.some(one => one.kind === 'ready')"
_CHANGED = """([slug, text, form]) => new Promise(done => {
  told.length = 0
  const began = performance.now()
  const timer = setInterval(() => {
    const last = told.at(-1)
    if (last?.kind !== "drawn") return
    clearInterval(timer)
    done([performance.now() - began, last.svg.length])
  }, 2)
  engine.look({ slug, text }, form)
})"""


def page_side(file: Path) -> Path:
    """Write the page's side of the engine as a script for pages that have none."""
    command = [
        "node_modules/.bin/esbuild",
        "meedoenkaart/theme/components/atelier/engine.ts",
        "--bundle",
        "--log-level=error",
    ]
    command += ["--format=iife", "--global-name=atelier", "--footer:js=window.atelier = atelier", f"--outfile={file}"]
    subprocess.run(command, cwd=ROOT, check=True)
    return file


def worker(project: Path) -> str:
    """Return the address of the worker's script from ``PAGE``."""
    name: str = json.loads((project / ".cache/theme/manifest.json").read_text("utf-8"))["worker.js"]
    return f"../assets/{name}"


def figures(project: Path, folder: Path) -> list[Figure]:
    """Measure the engine of a built project."""
    script = page_side(folder / "engine.js").read_text("utf-8")
    listed = json.loads((project / "site/assets/engine/engine.json").read_text("utf-8"))["files"]
    text = (project / f"routes/{ROUTE}.yml").read_text("utf-8")
    with hosted(project / "site") as address, chromium() as browser:
        cold, warm = [], []
        for _ in range(3):
            context = browser.new_context(viewport=LAPTOP)
            cold.append(_ready(context, address, script, worker(project))[0])
            seconds, page = _ready(context, address, script, worker(project))
            warm.append(seconds)
            context.close() if len(warm) < 3 else None
        changed = {form: _changes(page, text, form) for form in ("wide", "phone")}
        memory = max(map(memory_of, _renderers()), default=0)
    found = [
        Figure("bytes of the engine over the line", sum(size for _, size in listed.values()) / 1e6, "MB", 8.5),
        Figure("the engine is ready, from nothing", statistics.median(cold), "s", 5),
        Figure("the engine is ready, the second time", statistics.median(warm), "s", 3),
        Figure("memory of the tab with the engine", memory / MIB, "MiB", 400),
    ]
    for form, milliseconds in changed.items():
        bound = 300 if form == "wide" else None
        found.append(Figure(f"from typing to the {form} drawing", statistics.median(milliseconds), "ms", bound))
    return found


def _ready(context: BrowserContext, address: str, script: str, worker: str) -> tuple[float, Page]:
    page = context.new_page()
    page.goto(address + PAGE)
    page.evaluate(f"() => {{ {script} }}")
    began = page.evaluate("performance.now()")
    page.evaluate(START, [worker, "../assets/engine/engine.json"])
    page.wait_for_function(READY, timeout=120_000)
    seconds: float = (page.evaluate("performance.now()") - began) / 1000
    return seconds, page


def _changes(page: Page, text: str, form: str) -> list[float]:
    """Return the milliseconds that each letter of a title takes, once somebody has begun to type."""
    found = []
    for number in range(ROUNDS + 1):
        changed = text.replace("Van azc naar", "Van azc naar verder"[: 12 + number % 8], 1)
        milliseconds, drawn = page.evaluate(_CHANGED, [ROUTE, changed, form])
        if not drawn:
            raise MeasureError("nothing was drawn")
        found.append(float(milliseconds))
    return found[1:]


def _renderers() -> Iterator[str]:
    """Yield the processes below this one that draw pages."""
    parents, renderers = {}, []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                if b"--type=renderer" in (entry / "cmdline").read_bytes():
                    renderers.append(int(entry.name))
            except OSError:
                continue
    for process in renderers:
        above = process
        while above in parents and above != os.getpid():
            above = parents[above]
        if above == os.getpid():
            yield str(process)
