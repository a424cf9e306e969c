"""The Content Security Policy: on every page, and of inline scripts it allows only those of the frame."""

import base64
import hashlib
import re
from html import unescape
from pathlib import Path

import pytest

from meedoenkaart.plugin.preview import _Server
from meedoenkaart.publishing.policy import PLACE, inline_scripts, policy, with_policy
from tests.site.conftest import Built

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">')

REPOSITORY = "https://code.voorbeeld.nl/a/b"


def directives(page: str) -> dict[str, list[str]]:
    found = POLICY.findall(page)
    assert len(found) == 1
    parts = [part.split() for part in unescape(found[0]).split(";")]
    return {name: sources for name, *sources in parts}


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def test_every_page_carries_a_policy_before_anything_it_governs(real: Built) -> None:
    files = sorted(real.site.rglob("*.html"))
    assert len(files) > 200
    for file in files:
        page = file.read_text("utf-8")
        found = directives(page)
        assert page.index("Content-Security-Policy") < min(
            (page.index(tag) for tag in ("<link", "<script", "<style") if tag in page), default=len(page)
        )
        assert PLACE not in page
        assert "'unsafe-inline'" not in str(found)
        assert "'unsafe-eval'" not in str(found)
        assert found["default-src"] == ["'none'"]
        assert found["base-uri"] == ["'none'"]
        if "script-src" in found:
            assert {_hash(script) for script in inline_scripts(page)} == set(found["script-src"]) - {"'self'"}
            tiles = [] if file.is_relative_to(real.site / "embed") else ["https://service.pdok.nl"]
            assert found["img-src"] == ["'self'", "data:", *tiles]
            assert found["connect-src"] == ["'self'"]
        else:
            assert list(inline_scripts(page)) == []


def test_no_page_has_styles_or_handlers_of_its_own(real: Built) -> None:
    for file in sorted(real.site.rglob("*.html")):
        page = file.read_text("utf-8")
        outside = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
        assert not re.search(r"<[^>]*\s(?:style|on[a-z]+)=", outside), file
        assert "<style" not in outside


def test_a_script_in_the_content_is_not_allowed_by_itself() -> None:
    shell = f'<meta content="{PLACE}"><script>a()</script>'
    page = with_policy(f"{shell}<script>window.hacked=1</script>", shell, REPOSITORY)
    assert _hash("a()") in page
    assert _hash("window.hacked=1") not in page


def test_a_text_that_looks_like_the_place_of_the_policy_stays_a_text() -> None:
    assert with_policy(f"{PLACE} {PLACE}", "", REPOSITORY).endswith(f" {PLACE}")


@pytest.mark.parametrize(
    ("page", "scripts"),
    [
        ("<script>a<b</script>", ["a<b"]),
        ("<script>a&amp;b</script>", ["a&amp;b"]),
        ('<script src="a.js"></script>', []),
        ('<script type="application/ld+json">{}</script>', []),
        ('<script type="module">a</script><script>b</script>', ["a", "b"]),
        ("<script></script>", [""]),
    ],
)
def test_what_counts_as_an_inline_script(page: str, scripts: list[str]) -> None:
    assert list(inline_scripts(page)) == scripts
    assert all(_hash(script) in policy(page, REPOSITORY) for script in scripts)


def test_the_preview_allows_the_script_that_reloads_it(real: Built, tmp_path: Path) -> None:
    server = _Server(builder=lambda: None, host="127.0.0.1", port=0, root=str(tmp_path))
    try:
        page = server._inject_js_into_html((real.site / "index.html").read_bytes(), 1).decode()
    finally:
        server.server_close()
    allowed = set(directives(page)["script-src"])
    assert {_hash(script) for script in inline_scripts(page)} < allowed
