"""A page loads nothing from elsewhere, nothing of the theme's sources is published, and pages stay small."""

import gzip
import re
from pathlib import Path

import pytest

from tests.site.conftest import Built

KIB = 1024
LOADED = {
    "script": ("src",),
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "iframe": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "video": ("src", "poster"),
    "audio": ("src",),
    "track": ("src",),
    "input": ("src",),
    "use": ("href", "xlink:href"),
    "image": ("href", "xlink:href"),
}
LOADING_RELATIONS = {
    "stylesheet",
    "icon",
    "preload",
    "prefetch",
    "modulepreload",
    "manifest",
    "preconnect",
    "dns-prefetch",
}
ELSEWHERE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?//|^(?:data|blob):", re.IGNORECASE)


def test_pages_load_nothing_from_elsewhere(real: Built) -> None:
    found = []
    for url, page in real.pages.items():
        for element in page.elements:
            names = LOADED.get(element.tag, ())
            if element.tag == "link" and LOADING_RELATIONS & set(element["rel"].split()):
                names = ("href",)
            found += [f"{url}: {element[name]}" for name in names if ELSEWHERE.match(element[name])]
            assert "url(" not in element["style"], url
    assert found == []


def test_forms_are_sent_to_the_repository_alone(real: Built) -> None:
    """And only when somebody presses the button, where no script runs."""
    sent = {element["action"] for page in real.pages.values() for element in page.elements if element.tag == "form"}
    elsewhere = {address for address in sent if ELSEWHERE.match(address)}
    assert elsewhere == {"https://github.com/meedoenkaart/meedoenkaart/issues/new"}


def test_styles_load_nothing_from_elsewhere(real: Built) -> None:
    sheets = list(real.site.rglob("*.css"))
    assert sheets
    for sheet in sheets:
        text = sheet.read_text("utf-8")
        assert "@import" not in text
        for address in re.findall(r"url\(\s*[\"']?([^\"')]*)", text):
            assert not ELSEWHERE.match(address) or address.startswith("data:image/svg+xml"), address
            # Empty: a picture of the map's library that the map does without; it asks for nothing.
            assert (
                not address
                or address.startswith(("data:", "#"))
                or (sheet.parent / address.partition("#")[0]).is_file()
            ), address
    for page in real.pages.values():
        assert page.all("style") == []


def test_drawings_hold_shapes_only(real: Built) -> None:
    for drawing in real.site.rglob("*.svg"):
        text = drawing.read_text("utf-8")
        assert "<script" not in text
        assert not re.search(r"\son\w+=", text)
        assert not re.search(r"(?:href|src)=[\"'](?!#)", text)


def test_our_scripts_name_no_other_host(real: Built) -> None:
    """But those of maps, and where Pyodide would look for packages: what it runs gets no address (``worker.ts``)."""
    for script in (real.site / "assets").glob("*.js"):
        named = set(re.findall(r"https?://(?!www\.w3\.org/)[\w.]+", script.read_text("utf-8")))
        has_map = script.name.startswith(("map-", "spot-"))
        allowed = {"https://service.pdok.nl", "https://leafletjs.com"} if has_map else set()
        allowed |= {"https://cdn.jsdelivr.net"} if script.name.startswith("worker-") else set()
        allowed |= {"https://bit.ly"} if script.name.startswith("sw-") else set()  # in a warning of Workbox
        assert named <= allowed, script


def test_sources_of_the_theme_are_not_published(real: Built) -> None:
    files = [path.relative_to(real.site).as_posix() for path in real.site.rglob("*") if path.is_file()]
    suffixes = {Path(file).suffix for file in files}
    data = {".csv", ".geojson", ".ics", ".json", ".jsonld", ".txt", ".xml", ".gv", ".yml", ".webmanifest", ".zip"}
    packed = {".gz", ".zst"}
    assert suffixes <= {".html", ".css", ".js", ".svg", ".png", ".woff2", ".pdf", *data, *packed}
    named = re.compile(
        r"(^|/)(components|pages|partials|stylesheets|catalogue|developers|node_modules)/|words|icons\.yml"
    )
    assert [file for file in files if named.search(file)] == []
    assert [
        url for url, page in real.pages.items() if "{{" in page.all("body")[0].text or "{%" in page.all("body")[0].text
    ] == []
    assert not [file for file in files if Path(file).name.startswith(".")]


def _zipped(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9, mtime=0))


@pytest.mark.parametrize(
    ("names", "most"),
    [
        ("site-*.css", 30),
        ("map-*.css", 5),
        ("site-*.js", 15),
        ("sheet-*.js", 20),
        ("map-*.js", 60),
        ("form-*.js", 60),
        ("spot-*.js", 60),
        ("atelier-*.js", 68),
        ("atelier-*.css", 6),
    ],
)
def test_our_styles_and_scripts_stay_small(real: Built, names: str, most: int) -> None:
    own = list((real.site / "assets").glob(names))
    assert len(own) == 1
    assert _zipped(own[0]) <= most * KIB


def test_an_organisations_page_stays_small(real: Built) -> None:
    sizes = {page.url: _zipped(real.site / page.url / "index.html") for page in real.catalogue.organisations.values()}
    assert {url: size for url, size in sizes.items() if size > 12 * KIB} == {}


NAMING = frozenset(
    (
        "src",
        "href",
        "data-sheet",
        "data-handover",
        "data-tasks",
        "data-calendar",
        "data-choose",
        "data-offline",
        "data-answers",
        "data-map",
        "data-map-style",
        "data-spot",
        "data-style",
        "data-worker",
    )
)
"""Attributes with the address of a file."""


def test_every_published_style_script_and_font_is_used(real: Built) -> None:
    """A build that leaves the files of an earlier theme behind would grow for ever."""
    used = {
        value.rpartition("/")[2]
        for page in real.pages.values()
        for element in page.elements
        for name, value in element.attributes.items()
        if name in NAMING
    }
    used.add((real.site / "sw.js").read_text("utf-8").split('"')[-2].removeprefix("assets/"))
    sheet = next((real.site / "assets").glob("site-*.css")).read_text("utf-8")
    for file in (real.site / "assets").iterdir():
        if file.suffix in (".css", ".js"):
            assert file.name in used
        if file.suffix == ".woff2":
            assert file.name in sheet
