"""A build that draws only what changed makes what a build from nothing makes, whatever changed."""

import json
import os
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.kept import MANIFEST
from tests.site.copies import build, built, copy_project, tree

CHANGES = int(os.environ.get("CHANGES", "20"))
"""``make fuzz`` makes more."""
DAY = 24 * 60 * 60
Change = Callable[[Path, random.Random, int], None]


def _files(project: Path, pattern: str) -> list[Path]:
    return sorted(project.glob(pattern))


def _records(project: Path) -> list[Path]:
    return [*_files(project, "catalogue/**/*.yml"), *_files(project, "routes/*.yml")]


def _in_a_line(pattern: str, line: str) -> Change:
    """Return a change of one line that begins so, in one of some files."""

    def change(project: Path, chance: random.Random, number: int) -> None:
        path = chance.choice(_files(project, pattern))
        text = path.read_text("utf-8")
        found = list(re.finditer(rf"(?m)^ *-? *{line}: ([^\s&*>|{{\[].*)$", text))
        if found:
            one = chance.choice(found)
            path.write_text(f"{text[: one.end()]} {number}{text[one.end() :]}", "utf-8")

    return change


def _more(pattern: str, text: str) -> Change:
    """Return a change that writes something at the end of one of some files."""

    def change(project: Path, chance: random.Random, number: int) -> None:
        path = chance.choice(_files(project, pattern))
        path.write_text(f"{path.read_text('utf-8')}\n{text.format(number=number)}\n", "utf-8")

    return change


def _another_id(project: Path, chance: random.Random, number: int) -> None:
    path = chance.choice(_files(project, "catalogue/organisations/*/*.yml"))
    path.write_text(re.sub(r"(?m)^  - id: .*$", f"  - id: ander-{number}", path.read_text("utf-8"), count=1), "utf-8")


def _another_name(project: Path, chance: random.Random, number: int) -> None:
    path = chance.choice(_files(project, "catalogue/organisations/*/*.yml"))
    path.rename(path.with_name(f"anders-{number}.yml"))


def _one_more(project: Path, chance: random.Random, number: int) -> None:
    path = chance.choice(_files(project, "catalogue/organisations/*/*.yml"))
    text = re.sub(r"(?m)^name: .*$", f"name: Nog een voorbeeld {number}", path.read_text("utf-8"), count=1)
    path.with_name(f"nog-een-{number}.yml").write_text(re.sub(r"https://\w+", f"https://v{number}", text), "utf-8")


def _one_less(project: Path, chance: random.Random, number: int) -> None:
    more = _files(project, "catalogue/organisations/*/nog-een-*.yml")
    if more:
        chance.choice(more).unlink()


def _another_theme(project: Path, chance: random.Random, number: int) -> None:
    """Pretend that a script was built anew."""
    manifest = project / ".cache/theme/manifest.json"
    script = re.search(r'"onward.js": "([^"]+)"', manifest.read_text("utf-8"))
    assert script
    new = f"onward-{number}.js"
    shutil.move(project / ".cache/theme" / script[1], project / ".cache/theme" / new)
    manifest.write_text(manifest.read_text("utf-8").replace(script[1], new), "utf-8")


KINDS: tuple[Change, ...] = (
    _in_a_line("catalogue/organisations/*/*.yml", "title"),
    _in_a_line("catalogue/organisations/*/*.yml", "name"),
    _in_a_line("catalogue/organisations/*/*.yml", "description"),
    _in_a_line("catalogue/municipalities/*.yml", "by"),
    _in_a_line("catalogue/reception/*.yml", "name"),
    _in_a_line("catalogue/glossary.yml", "explanation"),
    _in_a_line("routes/*.yml", "title"),
    _in_a_line("catalogue/legal.yml", "text"),
    _more("theme/words.yml", "verzonnen-{number}: x"),
    _in_a_line("mkdocs.yml", "site_description"),
    _more("theme/pages/*.html", "<!-- {number} -->"),
    _more("theme/components/*/*.html", "{{# {number} #}}"),
    _more("docs/*.md", "Nog een regel {number}."),
    _more("theme/drawing/wide.svg", "<!-- {number} -->"),
    _another_id,
    _another_name,
    _one_more,
    _one_less,
    _another_theme,
)


def check(project: Path, seed: int, changes: int, monkeypatch: pytest.MonkeyPatch, every: int) -> int:
    """Change random things, and now and then compare with a build from nothing; return how many were right."""
    chance = random.Random(seed)  # noqa: S311  # the same changes on every machine
    kinds = [*KINDS, None]  # None is another day
    day, done = 1_795_780_000, 0
    site = built(project)
    for number in range(1, changes + 1):
        change = kinds[number % len(kinds)] if number <= len(kinds) else chance.choice(kinds)
        before = {path: path.read_bytes() for path in _records(project)}
        if change is None:
            day += DAY
            monkeypatch.setenv("SOURCE_DATE_EPOCH", str(day))
        else:
            change(project, chance, number)
        if build(project).exit_code:  # not every change is right: take it back
            for path in {*before, *_records(project)}:
                path.write_bytes(before[path]) if path in before else path.unlink()
            built(project)
        else:
            done += 1
        if number % every == 0:
            made = tree(site)
            (project / MANIFEST).unlink()
            shutil.rmtree(project / ".cache/editorial")
            shutil.rmtree(site)
            assert made == tree(built(project)), f"seed {seed}, after change {number}"
    return done


def test_any_change_is_built_as_from_nothing(timed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert check(copy_project(timed, tmp_path / "project"), 17, CHANGES, monkeypatch, every=5) > CHANGES / 2


@pytest.mark.parametrize("file", ["theme/drawing/wide.svg", "theme/words.yml", "theme/head.html"])
def test_what_any_page_may_show_counts_for_all(timed: Path, tmp_path: Path, file: str) -> None:
    project = copy_project(timed, tmp_path / "project")
    pages = []
    for number in range(2):
        built(project)
        pages.append(json.loads((project / MANIFEST).read_text("utf-8"))["pages"])
        _more(file, "# {number}")(project, random.Random(number), number)  # noqa: S311
    assert pages[0].keys() == pages[1].keys()
    assert [url for url, digest in pages[0].items() if pages[1][url] == digest] == []
