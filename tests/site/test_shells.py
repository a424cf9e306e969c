"""A page stamped into its shell is byte for byte what Material renders for that page."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import _build_page
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import TableOfContents

from meedoenkaart import plugin
from meedoenkaart.catalogue import Catalogue
from meedoenkaart.layers import PACKAGE
from meedoenkaart.plugin.settings import settings
from meedoenkaart.publishing.drawings import draughtsman
from meedoenkaart.publishing.page import Page
from meedoenkaart.publishing.pages import pages
from meedoenkaart.publishing.publish import addresses
from meedoenkaart.publishing.rendering import Renderer
from meedoenkaart.publishing.shells import CONTENT, HEAD, SWITCH, Shells
from tests.site.conftest import Built
from tests.site.copies import copy_project
from tests.site.hostile import Poison


@dataclass(frozen=True)
class Two:
    """Both ways to a whole page: stamped into a shell, and drawn by MkDocs for that page alone."""

    stamped: Callable[[Page, str, str], bytes]
    drawn: Callable[[Page, str, str], bytes]
    by_plugin: Callable[[Page, str, str], bytes]
    renderer: Callable[[Catalogue], Renderer]


@pytest.fixture(scope="module")
def two(real: Built, tmp_path_factory: pytest.TempPathFactory) -> Two:
    root = copy_project(real.project, tmp_path_factory.mktemp("shells") / "project")
    frame = plugin.surroundings(root, root / "stamped", addresses(pages(real.catalogue)))
    config = settings(root, site_dir=str(root / "drawn"))
    mkdocs_build(config)
    project = config.plugins["meedoenkaart"].project  # type: ignore[attr-defined]

    def drawn(page: Page, head: str, content: str) -> bytes:
        file = File(f"{page.url}index.md", config.docs_dir, config.site_dir, config.use_directory_urls)
        made = MkDocsPage(page.title, file, config)
        made.meta = {
            "generated": True,
            "head": head,
            "switch": "",
            "title": page.title,
            "description": page.description,
        }
        made.content = content
        made.toc = TableOfContents([])
        _build_page(made, config, project.files.documentation_pages(), project.navigation, project.environment)
        return Path(file.abs_dest_path).read_bytes()

    return Two(
        stamped=lambda page, head, content: b"".join(frame.shells.fill(page.url, head, "", [content])),
        drawn=drawn,
        by_plugin=lambda page, head, content: plugin.draw(project, page.url, head, "", content).encode(),
        renderer=lambda catalogue: Renderer(root, frame.site, catalogue, draughtsman(root)),
    )


def _one_of_each(catalogue: Catalogue) -> list[Page]:
    """Return a page for every template, section and depth; pages for frames have no shell."""
    found: dict[Any, Page] = {}
    for page in pages(catalogue):
        if page.whole:
            continue
        found.setdefault((page.template, page.url.split("/")[0], page.url.count("/")), page)
    return list(found.values())


def _drawn(renderer: Renderer, page: Page) -> tuple[str, str]:
    head, _, content = renderer.draw(page)
    return head, "".join(content)


def test_stamped_pages_are_what_material_renders(two: Two, real: Built) -> None:
    chosen = _one_of_each(real.catalogue)
    templates = {path.stem for path in (PACKAGE / "theme/pages").glob("*.html")}
    assert {page.template for page in chosen} == {
        one for one in templates if one != "redirect" and not one.startswith("embed_")
    }
    renderer = two.renderer(real.catalogue)
    for page in chosen:
        parts = _drawn(renderer, page)
        stamped = two.stamped(page, *parts)
        assert stamped == two.drawn(page, *parts), page.url
        assert stamped == two.by_plugin(page, *parts), page.url
        assert stamped == (real.site / page.url / "index.html").read_bytes(), page.url


def test_hostile_texts_do_not_change_the_shell(two: Two, real: Built) -> None:
    catalogue = Poison().catalogue(real.catalogue)
    renderer = two.renderer(catalogue)
    for page in _one_of_each(catalogue):
        parts = _drawn(renderer, page)
        assert two.stamped(page, *parts) == two.drawn(page, *parts), page.url


@pytest.mark.parametrize(
    "text", ["", HEAD, CONTENT, HEAD + CONTENT, CONTENT + HEAD, "{{ 7*7 }}", "\\1 \\g<0> {0}", "€ 🚲"]
)
def test_the_parts_are_stamped_as_they_are(two: Two, real: Built, text: str) -> None:
    page = next(iter(pages(real.catalogue)))
    for head, content in ((text, "x"), ("x", text), (text, text)):
        assert two.stamped(page, head, content) == two.drawn(page, head, content)


@pytest.mark.parametrize(
    "page",
    ["", HEAD, SWITCH + CONTENT, CONTENT + SWITCH + HEAD, HEAD + HEAD + SWITCH + CONTENT, HEAD + SWITCH + CONTENT * 2],
    ids=repr,
)
def test_a_theme_that_does_not_show_both_parts_once_is_refused(page: str) -> None:
    with pytest.raises(ValueError, match=r"main\.html"):
        Shells(lambda url: page, [""])
