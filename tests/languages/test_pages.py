"""Pages in other languages: nothing on them is said in Dutch unless it is called that, and they lead to each other."""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest

from tests.languages.pseudo import CLOSE, FROM_LEFT, FROM_RIGHT, OPEN, REAL
from tests.site.checkers import html_validate, nu
from tests.site.html import Html
from tests.site.kinds import KINDS

ALWAYS = re.compile(
    r"https?://\S+|[\u0600-\u06ff]+|"
    r"\b(?:Meedoenkaart|English|PDF|SVG|PNG|OpenStreetMap|CC BY|EUPL-1\.2|[ABC][0-2]|km|m|\d+\.\d\d|"
    r"January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Mon|Tue|Wed|Thu|Fri|Sat|Sun|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|and)\b"
)
"""What no message has to hold: names (of site, language, formats), levels, what CLDR writes (in Arabic: all)."""
SILENT = {"script", "style", "template", "title", "svg", "textarea", "code"}
SPOKEN_ATTRIBUTES = ("aria-label", "placeholder", "alt", "title")


class Strays(HTMLParser):
    """Finds visible words outside of messages, on a page in a made-up language."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._around: list[tuple[str, bool]] = []
        self._depth = 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        dutch = (
            known.get("lang") == "nl" or known.get("translate") == "no" or known.get("class", "").startswith("language")
        )
        if tag not in ("br", "img", "input", "link", "meta", "hr", "wbr"):
            self._around.append((tag, dutch or tag in SILENT))
        if not dutch and not self._is_silent():
            self.found += [
                known[name] for name in SPOKEN_ATTRIBUTES if is_stray(known.get(name, "")) and not _held(known[name])
            ]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Nothing is in it."""

    def handle_endtag(self, tag: str) -> None:
        while self._around and self._around.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._is_silent():
            return
        for piece in re.split(f"([{OPEN}{CLOSE}])", data):
            if piece == OPEN:
                self._depth += 1
            elif piece == CLOSE:
                self._depth -= 1
            elif self._depth == 0 and is_stray(piece):
                self.found.append(" ".join(piece.split()))

    def _is_silent(self) -> bool:
        return any(silent for _, silent in self._around)


def is_stray(text: str) -> bool:
    return bool(re.search(r"[^\W\d_]{2}", ALWAYS.sub("", text)))


def _held(text: str) -> bool:
    return OPEN in text


def _pages(site: Path, code: str) -> dict[str, str]:
    folder = site / code
    return {
        path.parent.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("index.html"))
    }


@pytest.mark.parametrize("code", [FROM_LEFT, FROM_RIGHT])
def test_no_word_is_left_in_dutch(spoken: Path, code: str) -> None:
    pages = _pages(spoken / "site", code)
    assert len(pages) > 100
    strays: dict[str, str] = {}
    for url, page in pages.items():
        for one in Strays(page).found:
            strays.setdefault(one, url)
    assert strays == {}


@pytest.mark.parametrize("code", REAL)
def test_every_link_leads_somewhere(spoken: Path, code: str) -> None:
    site = spoken / "site"
    lost = set()
    for url, page in _pages(site, code).items():
        here = f"/{code}/{url}/".replace("/./", "/")
        for element in Html(page).elements:
            for name in ("href", "src", "data-index", "data-said", "data-sayings", "data-question", "data-icons"):
                target = element[name].partition("#")[0].partition("?")[0]
                if element.tag == "link" and "alternate" in element["rel"]:
                    continue
                if not target or re.match(r"[a-z]+:", target):
                    continue
                path = urljoin(here, target).removeprefix("/")
                if not (site / path / "index.html").is_file() and not (site / path).is_file():
                    lost.add((url, target))
    assert lost == set()


@pytest.mark.parametrize("code", REAL)
def test_a_link_to_a_page_in_dutch_says_so(spoken: Path, code: str) -> None:
    silent = set()
    for url, page in _pages(spoken / "site", code).items():
        here = f"/{code}/{url}/".replace("/./", "/")
        for link in Html(page).all("a"):
            path = urljoin(here, link["href"].partition("#")[0].partition("?")[0])
            is_ours = not re.match(r"[a-z]+:", link["href"]) and path.endswith("/")
            if is_ours and not path.startswith(f"/{code}/") and not link["hreflang"]:
                silent.add((url, link["href"]))
    assert silent == set()


@pytest.mark.parametrize(("code", "direction"), [("ar", "rtl"), ("fa-AF", "rtl"), ("ti", "ltr"), ("uk", "ltr")])
def test_a_page_says_its_language_and_the_others(spoken: Path, code: str, direction: str) -> None:
    html = Html((spoken / "site" / code / "kansen/index.html").read_text("utf-8"))
    (whole,) = (one for one in html.elements if one.tag == "html")
    assert (whole["lang"], whole["dir"]) == (code, direction)
    alternates = {one["hreflang"]: one["href"] for one in html.elements if one["rel"].strip() == "alternate"}
    site = "https://meedoenkaart.github.io/meedoenkaart/"
    assert alternates["nl"] == alternates["x-default"] == f"{site}kansen/"
    assert {alternates[other] for other in REAL} == {f"{site}{other}/kansen/" for other in REAL}
    links = {one["lang"]: one["href"] for one in html.elements if "languages__link" in one.classes}
    assert links["nl"] == "../../kansen/"
    assert links["en"] == "../../en/kansen/"
    (current,) = (one["lang"] for one in html.elements if "languages__link" in one.classes and one["aria-current"])
    assert current == code


def test_an_old_address_leads_on_in_every_language(spoken: Path) -> None:
    page = (spoken / "site/ar/gemeenten/dongeradeel/index.html").read_text("utf-8")
    new = "gemeenten/noardeast-fryslan/"
    assert f'content="0; url=../../{new}"' in page
    assert f'<link rel="canonical" href="https://meedoenkaart.github.io/meedoenkaart/ar/{new}">' in page
    assert '<html lang="ar" dir="rtl">' in page


def test_the_lists_for_search_engines_name_every_language(spoken: Path) -> None:
    site = spoken / "site"
    lists = re.findall(r"<loc>([^<]+)</loc>", (site / "sitemap.xml").read_text("utf-8"))
    assert [one.rpartition("/")[2] for one in lists][:3] == ["sitemap-nl.xml", "sitemap-en.xml", "sitemap-ar.xml"]
    arabic = (site / "sitemap-ar.xml").read_text("utf-8")
    listed = {url: page for url, page in _pages(site, "ar").items() if not url.startswith("embed/")}
    assert arabic.count("<url>") == sum(not Html(page).is_redirect for page in listed.values())
    assert re.search(r"<loc>[^<]+/ar/kansen/</loc><xhtml:link rel=\"alternate\" hreflang=\"nl\"", arabic)


def test_one_language_shows_nothing_of_this(fork: Path) -> None:
    site = fork / "site"
    page = (site / "kansen/index.html").read_text("utf-8")
    assert "hreflang" not in page
    assert "languages" not in re.sub(r"icons.svg#languages", "", page)
    assert not list(site.glob("sitemap-*.xml"))
    assert "<urlset" in (site / "sitemap.xml").read_text("utf-8")


def test_html_is_as_the_standards_say(spoken: Path, tmp_path: Path) -> None:
    """One page of every kind for residents, in Arabic; the templates are the same in all languages."""
    pages = [spoken / "site/ar" / url / "index.html" for url in KINDS.values()]
    files = [page for page in pages if page.is_file()]
    assert len(files) > 15
    assert nu(files) == []
    assert html_validate(files, tmp_path) == []
