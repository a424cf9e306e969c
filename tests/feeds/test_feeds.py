"""What is new, changed or over, as feed readers get it from the history that git keeps."""

import datetime
import gzip
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import atoma
import feedparser
import pytest

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.feeds import seen
from meedoenkaart.feeds.atom import NEVER, Entry, feed
from meedoenkaart.feeds.history import KEPT, Happened, happened
from meedoenkaart.kept import digest
from meedoenkaart.layers import PAST
from meedoenkaart.publishing.feeds import write_feeds
from meedoenkaart.publishing.folder import Folder
from meedoenkaart.publishing.rendering import Site
from tests.conftest import ROOT, Project
from tests.upkeep.test_diff import GIT, git

FILE = "catalogue/organisations/smallingerland/buurthuis-de-brug.yml"
CLUB = "catalogue/organisations/opsterland/sportclub-de-stap.yml"
SITE = Site("Proef", "https://voorbeeld.nl/", "", "", "", "")
FEEDS = ("azc/azc-drachten", "gemeenten/smallingerland", "gemeenten/opsterland", "routes")


def _commit(project: Project, day: str) -> None:
    """Commit all there is at noon of a day."""
    moment = {"GIT_AUTHOR_DATE": f"{day}T12:00:00Z", "GIT_COMMITTER_DATE": f"{day}T12:00:00Z"}
    for arguments in (("add", "--all"), ("commit", "--quiet", "--message", "x")):
        environment = {**os.environ, **GIT, **moment}
        subprocess.run(["git", *arguments], cwd=project.root, env=environment, check=True)


@pytest.fixture
def kept(project: Project) -> Project:
    """The made-up project in a repository of its own, with one commit."""
    git(project, "init", "--quiet", "--initial-branch", "main")
    (project.root / ".gitignore").write_text(".cache/\nsite/\n")
    _commit(project, "2026-10-01")
    return project


def _told(project: Project) -> list[tuple[str, str, str]]:
    return [(one.what, f"{one.slug}#{one.id}", one.title) for one in _happened(project)]


def _happened(project: Project) -> list[Happened]:
    found = happened(project.root, "", {})
    assert found is not None
    return found


def _seen(project: Project, day: str) -> list[Happened]:
    """Return what a build on a day tells of a project without a past in git, and keep it."""
    found, past = seen.look(project.root, datetime.date.fromisoformat(day), {})
    seen.keep(project.root, past)
    return found


def _written(project: Project, found: list[Happened] | None = None) -> dict[str, bytes]:
    """Return the feeds of a project, by the page beside which they lie."""
    target = project.root / "site"
    folder = Folder(target, target)
    write_feeds(project.catalogue(), SITE, _happened(project) if found is None else found, folder)
    return {path.parent.relative_to(target).as_posix(): path.read_bytes() for path in target.rglob("nieuw.xml")}


def _valid(data: bytes) -> Any:
    """Return a feed as a reader gets it; two libraries have to find nothing wrong."""
    read = feedparser.parse(data)
    assert not read.bozo, read.bozo_exception
    assert read.version == "atom10"
    strict = atoma.parse_atom_bytes(data)  # raises where RFC 4287 asks for what is not there
    assert len(strict.entries) == len(read.entries)
    assert len({one.id for one in read.entries}) == len(read.entries)
    for one in read.entries:
        assert one.updated_parsed
        assert one.link.startswith(SITE.url)
    return read


def test_without_a_past_feeds_are_empty_and_valid(project: Project) -> None:
    assert happened(project.root, "", {}) is None
    assert _seen(project, "2026-11-01") == []
    feeds = _written(project, [])
    assert {*FEEDS} <= feeds.keys()
    for data in feeds.values():
        read = _valid(data)
        assert read.entries == []
        assert read.feed.updated == NEVER


def test_without_git_a_day_tells_what_became_of_it(project: Project) -> None:
    """Builds tell what earlier ones saw; between two of one day much may have been tried."""
    _seen(project, "2026-11-01")
    text = project.read(FILE)
    project.replace(FILE, "title: Samen koken en eten", "title: Samen et")
    _seen(project, "2026-11-02")
    project.write(FILE, text.replace("title: Samen koken en eten", "title: Samen eten"))
    first = _seen(project, "2026-11-02")
    assert [(one.what, one.title, one.lines[0].rpartition(": ")[2]) for one in first] == [
        ("changed", "Samen eten", "Samen koken en eten → Samen eten")
    ]
    feeds = _written(project, first)
    assert _valid(feeds["azc/azc-drachten"]).entries[0].updated == "2026-11-02T00:00:00Z"
    kept = (project.root / PAST).read_bytes()
    assert _written(project, _seen(project, "2026-11-02")) == feeds
    assert (project.root / PAST).read_bytes() == kept
    (project.root / CLUB).unlink()
    ended = ["Helpen in de kantine", "Wandelen"]
    assert [one.title for one in _seen(project, "2026-11-09")] == [*ended, "Samen eten"]
    assert [one.title for one in _seen(project, "2026-11-20")] == [*ended, "Samen eten"]
    assert [one.title for one in _seen(project, "2026-11-08")] == [*ended, "Samen eten"], "a clock may jump"
    assert [one.title for one in _seen(project, "2027-11-06")] == ended, "what is a year ago is not told"


def test_without_git_a_file_with_another_name_is_neither_over_nor_new(project: Project) -> None:
    _seen(project, "2026-11-01")
    text = project.read(CLUB)
    (project.root / CLUB).unlink()
    moved = CLUB.replace("sportclub-de-stap", "sportclub-de-sprong")
    project.write(moved, f"{text.rstrip()}\naliases: [opsterland/sportclub-de-stap]\n")
    assert _seen(project, "2026-11-02") == []


def test_a_shallow_clone_does_not_tell_that_all_is_new(kept: Project, tmp_path: Path) -> None:
    source = kept.root.as_uri()
    subprocess.run(["git", "clone", "--quiet", "--depth", "1", source, "clone"], cwd=tmp_path, check=True)
    assert happened(tmp_path / "clone", "", {}) is None


def test_a_folder_that_git_does_not_keep_has_no_past(kept: Project) -> None:
    (kept.root / ".gitignore").write_text("catalogue/\nroutes/\n")
    git(kept, "rm", "-r", "--quiet", "--cached", "catalogue", "routes")
    _commit(kept, "2026-11-02")
    assert happened(kept.root, "", {}) is None


def _changed_past(project: Project, **values: Any) -> bytes:
    told = json.loads(gzip.decompress((project.root / PAST).read_bytes()))
    return gzip.compress(json.dumps({**told, **values}).encode())


ENTRY = {
    "when": 1_793_577_600,
    "what": "new",
    "collection": "organisations",
    "slug": "../../x",
    "id": "y",
    "title": "]]><script>\x00\u202e=1",
    "who": "javascript:alert(1)",
    "lines": ["a\r\nb"],
    "places": [["x", "../.."]],
    "sectors": ["x"],
    "municipalities": [],
}


def test_what_was_kept_may_be_broken_or_hostile(project: Project) -> None:
    """Then nobody knows what is new, or it is a text as any other; a build goes on."""
    _seen(project, "2026-11-01")
    path = project.root / PAST
    whole = path.read_bytes()
    broken = [
        b"",
        whole[:-1],
        whole[: len(whole) // 2],
        whole[:40] + b"\x00" + whole[41:],
        b"[" * 100_000,
        gzip.compress(b"[" * 1_000_000),
        gzip.compress(b'{"version":1,"day":"2026-11-01","files":{"a":"\\ud800"},"before":{},"happened":[]}'),
        gzip.compress(b" " * (seen.MOST_BYTES + 1), 1),
        _changed_past(project, version=2),
        _changed_past(project, day="9999-12-31"),
        _changed_past(project, files={"routes/x.yml": 1}),
        _changed_past(project, happened=[{**ENTRY, "when": 10**30}]),
        _changed_past(project, happened=[{**ENTRY, "what": "hacked"}]),
    ]
    for data in broken:
        path.write_bytes(data)
        assert _seen(project, "2026-11-02") == []
        assert path.read_bytes()[:2] == b"\x1f\x8b", "and it is whole again"
    path.write_bytes(_changed_past(project, day="2026-11-01", happened=[ENTRY]))
    [told] = _seen(project, "2026-11-02")
    assert told.title == ENTRY["title"]
    for data in _written(project, [told]).values():
        _valid(data)
    path.write_bytes(_changed_past(project, day="2026-11-01", files={"../../etc/x.yml": "name: [", FILE: "&a [*a]"}))
    assert {one.what for one in _seen(project, "2026-11-02")} == {"new"}
    path.unlink()
    path.symlink_to(project.root / FILE)
    assert _seen(project, "2026-11-02") == []


def test_what_readers_notice_is_told_once_each(kept: Project) -> None:
    first = _told(kept)
    assert {what for what, *_ in first} == {"new"}
    kept.replace(FILE, "title: Samen koken en eten", "title: Samen eten")
    _commit(kept, "2026-11-02")
    kept.write(FILE, f"# een opmerking\n{kept.read(FILE)}")
    _commit(kept, "2026-11-03")
    kept.replace(FILE, "phone: 0512 00 00 02", "phone: 0512 00 00 03")
    _commit(kept, "2026-11-04")
    (kept.root / CLUB).unlink()
    _commit(kept, "2026-11-05")
    new = _happened(kept)[: -len(first)]
    assert [(one.what, one.title) for one in new] == [
        ("ended", "Helpen in de kantine"),
        ("ended", "Wandelen"),
        ("changed", "Buurthuis De Brug"),
        ("changed", "Samen eten"),
    ]
    assert "Samen koken en eten → Samen eten" in new[-1].lines[0]


def test_feeds_tell_what_is_theirs(kept: Project) -> None:
    kept.replace(FILE, "title: Samen koken en eten", "title: Samen eten")
    _commit(kept, "2026-11-02")
    feeds = {page: _valid(data) for page, data in _written(kept).items()}
    for page in ("gemeenten/smallingerland", "azc/azc-drachten"):
        newest = feeds[page].entries[0]
        assert newest.title == "Veranderd: Samen eten – Buurthuis De Brug"
        assert newest.updated == feeds[page].feed.updated == "2026-11-02T12:00:00Z"
        assert "Samen koken en eten → Samen eten" in newest.summary
        assert newest.link.startswith(f"{SITE.url}kansen/smallingerland/buurthuis-de-brug/#")
    assert not [one for one in feeds["gemeenten/opsterland"].entries if one.title.startswith("Veranderd")]
    assert [one.title for one in feeds["routes"].entries] == ["Nieuw: Een verzonnen route"]


def test_a_file_with_another_name_is_neither_over_nor_new(kept: Project) -> None:
    before = len(_told(kept))
    moved = CLUB.replace("sportclub-de-stap", "sportclub-de-sprong")
    text = kept.read(CLUB)
    (kept.root / CLUB).unlink()
    kept.write(moved, f"{text.rstrip()}\naliases: [opsterland/sportclub-de-stap]\n")
    _commit(kept, "2026-11-02")
    assert len(_told(kept)) == before


def test_what_could_not_be_read_tells_nothing(kept: Project) -> None:
    before, text = _told(kept), kept.read(FILE)
    kept.write(FILE, "name: [\n")
    _commit(kept, "2026-11-02")
    assert _told(kept) == before
    kept.write(FILE, text.replace("title: Samen koken en eten", "title: Samen eten"))
    _commit(kept, "2026-11-03")
    assert _told(kept) == before


def test_the_same_commit_gives_the_same_bytes(kept: Project) -> None:
    first = _written(kept)
    assert (kept.root / KEPT).exists()
    again = _written(kept)
    (kept.root / KEPT).unlink()
    assert first == again == _written(kept)


def test_a_commit_is_a_reason_to_build(kept: Project) -> None:
    """Files are the same before and after a commit, but the feeds tell of it."""
    log = kept.root / ".git/logs/HEAD"
    before = digest([log])
    kept.replace(FILE, "title: Samen koken en eten", "title: Samen eten")
    _commit(kept, "2026-11-02")
    assert digest([log]) != before


HOSTILE = ("]]><script>x</script>", "&amp;<b>\"'", "\x00\x0b\ufffe\u202e\u2028", "é𝄞" * 60, "a\nb\rc")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_texts(text: str) -> None:
    entry = Entry(text, f"{SITE.url}?a=1&b=<2>", "2026-11-02T12:00:00Z", (text, text), (text,))
    read = _valid(feed(text, text, SITE.url, f"{SITE.url}nieuw.xml", [entry]))
    assert read.entries[0].title_detail.type == "text/plain"
    assert "\u202e" not in read.entries[0].title
    assert read.entries[0].link == entry.page


def test_the_project_itself_has_valid_feeds(tmp_path: Path) -> None:
    from tests.finder.conftest import real_catalogue

    catalogue: Catalogue = real_catalogue()
    folder = Folder(tmp_path / "site", tmp_path / "site")
    write_feeds(catalogue, SITE, happened(ROOT, "test", {}) or [], folder)
    found = sorted((tmp_path / "site").rglob("nieuw.xml"))
    assert len(found) > 100
    for path in found:
        _valid(path.read_bytes())
