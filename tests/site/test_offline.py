"""What a device keeps: all that the region's reception locations need, as it lies on the site, and never too much."""

import base64
import gzip
import hashlib
import json
import re
from pathlib import Path
from typing import Any

from meedoenkaart.publishing.folder import Folder
from meedoenkaart.publishing.offline import MOST, PACKED, QUIETLY, lists
from tests.site.conftest import Built
from tests.site.html import Html

ON_THE_WAY = 1_200_000
"""Bytes that are fetched without being asked, on a host that compresses."""


def about(site: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((site / "offline.json").read_text("utf-8"))
    return found


def entries(site: Path, name: str) -> list[dict[str, str | None]]:
    text = (site / about(site)["parts"][name]["list"]).read_text("utf-8")
    found: list[dict[str, str | None]] = json.loads(f"[{text[text.index('...') + 3 : text.rindex(')')]}]")[0]
    return found


def file_of(site: Path, entry: dict[str, str | None]) -> Path:
    path = site / str(entry["url"])
    return path / "index.html" if path.is_dir() else path


def names(site: Path, *parts: str) -> set[str]:
    return {str(one["url"]) for part in parts for one in entries(site, part)}


def test_every_entry_is_a_file_as_it_lies_there(real: Built) -> None:
    for part in ("nl", "nl-more"):
        for one in entries(real.site, part):
            data = file_of(real.site, one).read_bytes()
            digest = hashlib.sha256(data).digest()
            assert one["integrity"] == f"sha256-{base64.b64encode(digest).decode()}"
            assert one["revision"] in (None, digest.hex()[:10])
            is_named = re.search(r"[-.]\w{8,10}\.(?:min\.)?\w+$", str(one["url"])) is not None
            assert (one["revision"] is None) == is_named, one


def test_it_is_no_more_than_a_phone_has_room_for(real: Built) -> None:
    found = about(real.site)["parts"]
    for part, most in (("nl", QUIETLY), ("nl-more", MOST)):
        files = [file_of(real.site, one) for one in entries(real.site, part)]
        assert found[part]["kept"] == sum(path.stat().st_size for path in files) <= most
        assert found[part]["files"] == len(files)
        on_the_way = sum(
            path.stat().st_size if path.suffix in PACKED else len(gzip.compress(path.read_bytes(), 6)) for path in files
        )
        assert 0.75 < found[part]["fetched"] / on_the_way < 1.25
        if part == "nl":
            assert on_the_way <= ON_THE_WAY
    assert found["nl"]["kept"] + found["nl-more"]["kept"] <= MOST
    assert found["nl"]["all"] is False  # the page then says so


def test_a_catalogue_of_any_size_leaves_room(tmp_path: Path) -> None:
    """What comes first is kept first; a file too large for what is left makes room for smaller ones after it."""
    folder = Folder(tmp_path, tmp_path)
    pages = [f"azc/{number}/" for number in range(60)]
    for number, url in enumerate(pages):
        size = 9_000_000 if number == 2 else 500_000
        folder.write(f"{url}index.html", f'<script src="../../assets/all.js"></script>{url:{size}}'.encode())
    folder.write("assets/all.js", b" " * 1000)
    quiet, more, is_all = lists(pages[:20], pages[20:], folder)
    assert [one["url"] for one in quiet.entries][:3] == ["azc/0/", "assets/all.js", "azc/1/"]
    assert "azc/2/" not in [one["url"] for one in quiet.entries]
    assert QUIETLY - 600_000 < quiet.kept <= QUIETLY
    assert MOST - 600_000 < quiet.kept + more.kept <= MOST
    assert not is_all


def test_it_begins_with_what_the_reception_locations_need(real: Built) -> None:
    kept = names(real.site, "nl")
    assert {"./", "kansen/", "lijstje/", "agenda/", "offline/", "routes/", "search/search_index.json"} <= kept
    assert {one.url for one in real.catalogue.regional_receptions.values()} <= kept
    assert {f"routes/{slug}/" for slug in real.catalogue.routes} <= kept
    more = [str(one["url"]) for one in entries(real.site, "nl-more")]
    assert any(one.startswith("kansen/smallingerland/") for one in more)
    assert not kept & set(more)


def test_whatever_a_kept_page_names_is_kept(real: Built) -> None:
    kept = names(real.site, "nl")
    for url in sorted(kept):
        if not url.endswith("/"):
            continue
        page: Html = real.pages["" if url == "./" else url]
        for element in page.elements:
            for value in element.attributes.values():
                named = re.match(r"(?:\.\./)*(assets/[\w./-]+\.(?:js|css|json|woff2|svg))(?!\w)", value or "")
                assert not named or named[1] in kept, (url, value)


def test_nothing_else_is_kept(real: Built) -> None:
    """No file of another site, none with a question in its address, and not what runs in the atelier."""
    for url in names(real.site, "nl", "nl-more"):
        assert not re.search(r"[?#:]|^/|\.\.", url)
        assert not url.startswith(("api/", "assets/engine/", "route-maken/", "assets/routes/"))


def test_a_language_has_its_own_pages_and_letters(spoken: Path) -> None:
    kept = names(spoken / "site", "ar")
    assert {"ar/", "ar/kansen/", "ar/offline/", "ar/azc/azc-sneek/"} <= kept
    assert not {url for url in kept if url.endswith("/") and not url.startswith("ar/")}
    fonts = sorted(url.split("-")[1] for url in kept if url.endswith(".woff2"))
    assert fonts == ["latin", "sans"]
    assert not {url for url in names(spoken / "site", "nl") if url.startswith("ar/") or "arabic" in url}


def test_the_manifest_makes_an_app_of_it(real: Built) -> None:
    told = json.loads((real.site / "manifest.webmanifest").read_text("utf-8"))
    assert told["name"] == "Meedoenkaart"
    assert (told["id"], told["start_url"], told["scope"]) == ("/meedoenkaart/", "./", "./")
    for icon in told["icons"]:
        data = (real.site / icon["src"]).read_bytes()
        if icon["type"] == "image/png":
            width, height = (int.from_bytes(data[at : at + 4], "big") for at in (16, 20))
            assert icon["sizes"] == f"{width}x{height}"
    assert {icon.get("purpose") for icon in told["icons"]} == {None, "maskable"}
    assert {one["url"] for one in told["shortcuts"]} == {"kansen/", "lijstje/", "agenda/"} <= set(real.pages)
    for url in ("", "azc/azc-sneek/", "over/"):
        [link] = [one for one in real.pages[url].all("link") if one["rel"] == "manifest"]
        assert (real.site / url / link["href"]).resolve() == (real.site / "manifest.webmanifest").resolve()


def test_a_site_may_keep_nothing(timed: Path) -> None:
    worker = (timed / "site/sw.js").read_text("utf-8")
    assert "unregister" in worker
    assert "importScripts" not in worker
    assert not (timed / "site/offline.json").exists()
    assert "data-worker" not in (timed / "site/index.html").read_text("utf-8")
