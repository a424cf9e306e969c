"""What the preview shows after a change: texts in their places, without a reload where that can be."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser

from meedoenkaart.cli import today
from meedoenkaart.plugin.preview import preview_server
from meedoenkaart.project import PREVIEW, Preview

RECORD = "catalogue/organisations/smallingerland/buurthuis-de-brug.yml"
PAGE = "meedoenkaart/kansen/smallingerland/buurthuis-de-brug/"


@pytest.fixture
def preview(timed: Path, tmp_path: Path) -> Iterator[tuple[Path, str, list[str]]]:
    """A copy of the small project, the address at which its preview is shown, and what it tells."""
    project = tmp_path / "project"
    shutil.copytree(timed, project, symlinks=True)
    told: list[str] = []
    preview = Preview(project, today, told.append)
    preview.update()
    server = preview_server(project, project / PREVIEW, preview.update, ("127.0.0.1", 0))
    server.build_delay = 0.05
    server.watch(str(project / "catalogue"))
    server.server_bind()
    address = f"http://127.0.0.1:{server.server_port}/{PAGE}"
    server.server_bind = lambda: None  # type: ignore[method-assign]  # it is bound
    running = Thread(target=server.serve)
    running.start()
    try:
        yield project, address, told
    finally:
        server.shutdown()
        running.join()


def test_a_changed_text_leaves_scroll_and_focus(preview: tuple[Path, str, list[str]], browser: Browser) -> None:
    """At once, and when all else is there too."""
    project, address, told = preview
    page = browser.new_page(viewport={"width": 390, "height": 600})
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)

    def change(old: str, new: str) -> None:
        text = (project / RECORD).read_text("utf-8")
        assert old in text
        (project / RECORD).write_text(text.replace(old, new), "utf-8")
        page.get_by_text(new.partition(": ")[2]).first.wait_for(state="attached")

    page.goto(address)
    page.locator("footer a").first.focus()
    page.evaluate("() => { scrollTo(0, 300); window.isTheSame = true }")
    del told[:]
    change("nl: Een verzonnen buurthuis.", "nl: Een bedacht huis voor de buurt.")
    assert [line.split()[0] for line in told] == ["Pagina"]
    assert page.evaluate("() => window.isTheSame")
    while len(told) < 2:  # all else is there too
        page.wait_for_timeout(50)
    page.wait_for_timeout(500)
    assert page.evaluate("() => [window.isTheSame, scrollY, !!document.activeElement.closest('footer')]") == [
        *(True, 300, True)
    ]
    change("phone: 0512 00 00 02", "phone: 0512 00 00 03")  # an address changes too: the page is loaded anew
    assert page.evaluate("() => window.isTheSame") is None
    assert refused == []
    page.close()
