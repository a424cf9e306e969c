"""``meedoenkaart diff``: what changes for readers, read through git and never run or checked out."""

import json
import os
import subprocess
from typing import Any

import pytest

from tests.conftest import Project

FILE = "catalogue/organisations/smallingerland/buurthuis-de-brug.yml"
GIT = {
    "GIT_AUTHOR_NAME": "Test",
    "GIT_AUTHOR_EMAIL": "test@example.org",
    "GIT_COMMITTER_NAME": "Test",
    "GIT_COMMITTER_EMAIL": "test@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}


def git(project: Project, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=project.root, env={**os.environ, **GIT}, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def commit(project: Project) -> str:
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--allow-empty", "--message", "x")
    return git(project, "rev-parse", "HEAD")


@pytest.fixture
def kept(project: Project) -> Project:
    """The made-up project in a repository of its own, with one commit."""
    git(project, "init", "--quiet", "--initial-branch", "main")
    commit(project)
    return project


def changed(project: Project, revision: str = "HEAD") -> list[Any]:
    outcome = project.run("diff", revision, "--format", "json")
    assert (outcome.code, outcome.err) == (0, "")
    found: list[Any] = json.loads(outcome.out)
    return found


def test_nothing_changed(kept: Project) -> None:
    assert changed(kept) == []
    kept.replace(FILE, "# Verzonnen: ", "# Bedacht: ")
    assert changed(kept) == [], "a comment is not for readers"
    assert kept.run("diff", "HEAD").out == "Voor lezers verandert er niets.\n"


def test_a_changed_value_is_told_with_its_label_and_the_words_of_the_vocabulary(kept: Project) -> None:
    kept.replace(FILE, "    activity: ontmoeting", "    activity: vrijwilligerswerk")
    kept.replace(FILE, "starts: 12:30", "starts: 13:00")
    kept.replace(FILE, "      note: Je hoort hier ook Fries.\n", "")
    (one,) = changed(kept)
    assert (one["what"], one["id"], one["url"]) == (
        "changed",
        "samen-koken",
        "kansen/smallingerland/buurthuis-de-brug/#samen-koken",
    )
    assert one["lines"] == [
        {"label": "Activiteit", "before": "Mensen ontmoeten", "now": "Vrijwilligerswerk"},
        {"label": "Wanneer › Dagen en tijden › Begint om", "before": "12:30", "now": "13:00"},
        {"label": "Nederlands › Uitleg over taal", "before": "Je hoort hier ook Fries.", "now": ""},
    ]


def test_new_and_gone_show_the_whole_card(kept: Project) -> None:
    text = kept.read(FILE)
    kept.write("catalogue/organisations/opsterland/buurthuis-nieuw.yml", text)
    (kept.root / "catalogue/organisations/opsterland/sportclub-de-stap.yml").unlink()
    found = changed(kept)
    kinds = [(one["what"], one["file"].rpartition("/")[2], one["id"]) for one in found]
    assert ("new", "buurthuis-nieuw.yml", "samen-koken") in kinds
    assert {one["what"] for one in found if "sportclub" in one["file"]} == {"gone"}
    card = next(one for one in found if one["id"] == "samen-koken")
    assert {"label": "Titel", "before": "", "now": "Samen koken en eten"} in card["lines"]


def test_words_by_language_are_told_language_by_language(kept: Project) -> None:
    label = "    label: Sportclub\n"
    kept.replace("catalogue/vocabulary.yml", label, f"{label}    synonyms_in: {{en: [games, gym]}}\n")
    (one,) = changed(kept)
    (line,) = one["lines"]
    assert line["label"].endswith(" › sportvereniging › Andere woorden in andere talen › en")
    assert line["now"] == "games, gym"


def test_a_change_since_an_earlier_commit(kept: Project) -> None:
    first = git(kept, "rev-parse", "HEAD")
    kept.replace(FILE, "places: 8", "places: 9")
    commit(kept)
    assert changed(kept) == []
    assert [one["lines"][0]["now"] for one in changed(kept, first)] == ["9"]
    assert [one["lines"][0]["now"] for one in changed(kept, "HEAD~1")] == ["9"]


@pytest.mark.parametrize(
    "revision",
    ["nergens", "--output=elders.txt", "-h", "", "HEAD:catalogue", "HEAD; touch hier", "$(touch hier)", "../x"],
)
def test_what_is_no_commit_is_wrong_use(kept: Project, revision: str) -> None:
    before = sorted(kept.root.rglob("*"))
    outcome = kept.run("diff", "--", revision)
    assert (outcome.code, outcome.out) == (2, "")
    assert "there is no commit" in outcome.err
    assert sorted(kept.root.rglob("*")) == before


def test_links_and_hooks_of_the_other_revision_are_left_alone(kept: Project, tmp_path: Any) -> None:
    (kept.root / "catalogue/reception/kwaad.yml").symlink_to("/etc/passwd")
    kept.write(".gitattributes", "*.yml diff=kwaad filter=kwaad\n")
    git(kept, "config", "diff.kwaad.textconv", f"touch {tmp_path}/gedaan; cat")
    git(kept, "config", "filter.kwaad.smudge", f"touch {tmp_path}/gedaan; cat")
    revision = commit(kept)
    (kept.root / "catalogue/reception/kwaad.yml").unlink()
    kept.replace(FILE, "places: 8", "places: 9")
    assert [one["file"] for one in changed(kept, revision)] == [FILE]
    assert not (tmp_path / "gedaan").exists()


def test_markdown_shows_what_contributors_wrote_and_nothing_more(kept: Project) -> None:
    attack = "</summary>[x](javascript:a) ![](https://kwaad.nl/x.png) @iemand #1 `code` **vet** | <script>"
    kept.replace(FILE, "title: Helpen met afwassen", f'title: "{attack[:80]}"')
    out = kept.run("diff", "HEAD", "--format", "markdown").out
    assert "### Gewijzigd: " in out
    for alive in ("](", "![", " @i", " #1", "<s", "</"):
        assert alive not in out.replace("### ", "")


def test_a_file_that_can_not_be_read_shows_nothing(kept: Project) -> None:
    kept.write(FILE, "name: [\n")
    assert changed(kept) == []


def test_strictness_follows_the_changed_files(kept: Project) -> None:
    """A warning in an untouched file is nobody's fault today; the same warning in a changed file counts."""
    other = "catalogue/organisations/opsterland/sportclub-de-stap.yml"
    kept.replace(FILE, "Je kookt samen. Daarna", "Je kookt  samen. Daarna")
    commit(kept)
    assert kept.run("check").code == 0
    assert kept.run("check", "--strict").code == 1
    untouched = kept.run("check", "--strict-since", "HEAD")
    assert (untouched.code, untouched.out) == (0, "")
    kept.write(other, kept.read(other) + "# meer\n")
    assert kept.run("check", "--strict-since", "HEAD").code == 0
    kept.write(FILE, kept.read(FILE) + "# meer\n")
    outcome = kept.run("check", "--strict-since", "HEAD", "--format", "github")
    assert outcome.code == 1
    assert outcome.out.startswith(f"::warning file={FILE},")
    assert kept.run("check", "--strict-for", str(kept.root / other)).code == 0
    assert kept.run("check", "--strict-for", str(kept.root / FILE)).code == 1


def test_a_new_file_counts_as_changed_and_an_error_anywhere_too(kept: Project) -> None:
    kept.write("catalogue/reception/azc-nieuw.yml", "name: [\n")
    assert kept.run("check", "--strict-since", "HEAD").code == 1
    commit(kept)
    assert kept.run("check", "--strict-since", "HEAD").code == 1
