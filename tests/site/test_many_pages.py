"""With many pages several processes draw them: the same files, and the same messages."""

import os
from pathlib import Path

import pytest

from meedoenkaart import layers, plugin
from meedoenkaart.cli import today
from meedoenkaart.loading import load
from meedoenkaart.plugin.settings import region
from meedoenkaart.publishing import publish as publishing
from meedoenkaart.publishing.folder import Folder
from meedoenkaart.publishing.grouping import LISTED
from meedoenkaart.publishing.pages import pages
from meedoenkaart.publishing.publish import addresses
from meedoenkaart.reading.documents import Reader
from tests.site.copies import build, built, tree
from tests.site.html import Html

pytestmark = pytest.mark.skipif((os.cpu_count() or 1) == 1, reason="one core draws all pages itself")


CLUBS = max(publishing.MANY_PAGES, LISTED)


def _name(number: int) -> str:
    return f"Club {number:04} {chr(97 + number % 26) * 6}"


def _multiply(project: Path) -> None:
    """Add so many organisations that their pages are shared out."""
    source = (project / "catalogue/organisations/noardeast-fryslan/repair-cafe-dokkum.yml").read_text("utf-8")
    for number in range(CLUBS):
        text = source.replace("name: Repair Café Dokkum", f"name: {_name(number)}")
        (project / f"catalogue/organisations/noardeast-fryslan/club-{number:04}.yml").write_text(text, "utf-8")


def _lists_are_bounded(site: Path) -> None:
    """A list of all that is far too long leads to the lists of municipalities, which are complete."""
    counts, links = {}, {}
    for url in ("kansen/", "kansen/noardeast-fryslan/", "azc/azc-burgum/"):
        page = Html((site / url / "index.html").read_text("utf-8"))
        counts[url] = sum("card" in one.classes for one in page.all("li"))
        links[url] = {one["href"] for one in page.all("a") if "pill" in one.classes}
    assert counts["kansen/"] == 0
    assert "../kansen/noardeast-fryslan/" in links["kansen/"]
    assert counts["kansen/noardeast-fryslan/"] > CLUBS
    _, apart = (site / "azc/azc-burgum/index.html").read_text("utf-8").split('id="zonder-reizen"')
    assert counts["azc/azc-burgum/"] == LISTED + apart.count('<li class="card"')
    assert any(one.startswith("../../kansen/") for one in links["azc/azc-burgum/"])


def test_the_same_pages_as_one_process_makes(fork: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = load(Reader(fork), today(), region=region(fork)).catalogue
    assert catalogue
    frame = plugin.surroundings(fork, tmp_path / "editorial", addresses(pages(catalogue)))
    made = []
    for name, many in (("one", 10**9), ("several", 1)):
        monkeypatch.setattr(publishing, "MANY_PAGES", many)
        folder = Folder(tmp_path / name, tmp_path / f"{name}-staging")
        digests = publishing.publish(fork, layers.made(fork, "theme"), catalogue, pages(catalogue), frame, folder, {})
        made.append((tree(tmp_path / name), digests))
    assert made[0] == made[1]
    drawn = {url for url in made[0][1] if (not url or url.endswith("/")) and not url.startswith("embed/")}
    assert set(addresses(pages(catalogue))) == drawn


def test_a_large_catalogue_is_built_and_a_failure_is_told(built_project: Path) -> None:
    _multiply(built_project)
    site = built(built_project)
    assert len(list(site.glob("kansen/noardeast-fryslan/club-*/index.html"))) == CLUBS
    _lists_are_bounded(site)
    before = tree(site)
    template = built_project / "overrides/pages/organisation.html"
    text = template.read_text("utf-8")
    for number in (0, CLUBS - 1):  # one page only, of what the first process draws and of what the last one does
        template.write_text(f"{text}{{{{ nothing.here if record.name == '{_name(number)}' }}}}", "utf-8")
        done = build(built_project)
        assert done.exit_code == 1
        assert isinstance(done.exception, SystemExit), done.exception
        assert "overrides/pages/organisation.html" in done.stderr
        assert tree(site) == before
