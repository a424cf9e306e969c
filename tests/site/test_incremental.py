"""A build that draws only what changed makes what a build from nothing makes, whatever changed."""

import json
import os
import random
import re
import shutil
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from meedoenkaart import texts
from meedoenkaart.kept import MANIFEST, program_state
from meedoenkaart.languages.templates import TEMPLATES
from meedoenkaart.layers import DATA, PACKAGE
from meedoenkaart.project import EDITORIAL, STAGING
from meedoenkaart.publishing.finder import FinderFiles
from meedoenkaart.writing.fields import fields_of
from tests.site.copies import ROOT, build, build_theme, built, copy_project, tree

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
    _more("overrides/words.yml", "verzonnen-{number}: x"),
    _in_a_line("mkdocs.yml", "site_description"),
    _more("overrides/pages/*.html", "<!-- {number} -->"),
    _more("overrides/components/*/*.html", "{{# {number} #}}"),
    _more("docs/*.md", "Nog een regel {number}."),
    _more("overrides/drawing/wide.svg", "<!-- {number} -->"),
    _another_id,
    _another_name,
    _one_more,
    _one_less,
    _another_theme,
)


def _cold(project: Path, *but: str) -> Path:
    """Build from nothing, ``but`` for some folders, and return the site."""
    for folder in {EDITORIAL, "site", STAGING}.difference(but):
        shutil.rmtree(project / folder, ignore_errors=True)
    (project / MANIFEST).unlink()
    return built(project)


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
            assert made == tree(_cold(project)), f"seed {seed}, after change {number}"
    return done


def test_any_change_is_built_as_from_nothing(timed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert check(copy_project(timed, tmp_path / "project"), 17, CHANGES, monkeypatch, every=5) > CHANGES / 2


One = tuple[str, str, str]
"""A file, what stands in it, and what takes its place."""
FRIDAY = 1_795_780_800
"""The day for which the small project was built."""
ICON = "node_modules/lucide-static/icons/bookmark.svg"
ORGANISATION = "catalogue/organisations/smallingerland/buurthuis-de-brug.yml"
TIMES = "catalogue/organisations/smallingerland/tijden-voorbeeld.yml"
RECEPTION = "catalogue/reception/azc-drachten.yml"
MUNICIPALITY = "catalogue/municipalities/smallingerland.yml"
CATALOGUE: tuple[One, ...] = (
    (ORGANISATION, "name: Buurthuis De Brug", "name: Buurthuis De Poort"),
    (ORGANISATION, "nl: Een verzonnen buurthuis.", "nl: Een bedacht buurthuis."),
    (ORGANISATION, "kind: buurthuis", "kind: taalaanbieder"),
    (ORGANISATION, "  place: Drachten", "  place: Opeinde"),
    (ORGANISATION, "phone: 0512 00 00 02", "phone: 0512 00 00 03"),
    (ORGANISATION, "on: 2026-06-01", "on: 2026-06-02"),
    (ORGANISATION, "title: Samen koken en eten", "title: Samen eten"),
    (ORGANISATION, "status: actief\naliases: [smallingerland/de-oude-brug]", "status: gepauzeerd"),
    (TIMES, "id: repair-cafe\n", "id: maken\n"),
    (TIMES, "starts: 13:30", "starts: 14:00"),
    (TIMES, "date: 2026-10", "date: 2026-11"),
    (RECEPTION, "name: azc Voorbeeld", "name: azc Elders"),
    (RECEPTION, "longitude: 6.09", "longitude: 6.19"),
    (RECEPTION, "since: 2016-04", "since: 2017-04"),
    (MUNICIPALITY, "name: Smallingerland", "name: Smellingerlân"),
    (MUNICIPALITY, "about: vragen over", "about: alles over"),
    ("catalogue/vocabulary.yml", "{label: Mensen ontmoeten,", "{label: Elkaar zien,"),
    ("catalogue/legal.yml", "text: Met een vergunning mag alles.", "text: Met een vergunning mag veel."),
    ("catalogue/glossary.yml", "explanation: Een bewijs", "explanation: Het bewijs"),
    ("catalogue/tasks.yml", "text: Zoekt een fiets.", "text: Zoekt twee fietsen."),
    ("catalogue/handover.yml", "text: De gemeente zoekt een woning.", "text: De gemeente zoekt een huis."),
    ("catalogue/places.yml", "latitude: 53.05", "latitude: 53.04"),
    ("routes/smallingerland.yml", "title: Eerste gesprek", "title: Het eerste gesprek"),
    ("routes/statutory.yml", "title: Verzonnen toets", "title: Bedachte toets"),
)
SURROUNDINGS: tuple[One, ...] = (
    ("mkdocs.yml", "site_name: Meedoenkaart", "site_name: Doekaart"),
    ("mkdocs.yml", "region: [Friesland, Groningen,", "region: [Friesland,"),
    ("docs/over.md", "# ", "# Nog iets "),
    ("overrides/words.yml", "maandag: maandag", "maandag: op maandag"),
    ("overrides/icons.yml", "- bike\n", "- bike\n- anchor\n"),
    ("overrides/head.html", "<title>", "<title>Over "),
    (
        "overrides/components/languages/languages.html",
        '<details class="languages"',
        '<details data-new class="languages"',
    ),
    ("translations/en/messages.po", "Read this page in English", "This page is there in English"),
    ("overrides/main.html", "{% extends", "{# nieuw #}\n{% extends"),
    ("overrides/components/card/card.html", '<li class="card"', '<li class="card" data-new'),
    ("overrides/drawing/frame.svg", "<title ", "<title data-new='' "),
    ("overrides/components/button/button.css", ".button", ".nieuw { color: inherit }\n.button"),
    (ICON, "<path", '<path d="M0 0h1"/><path'),
    ("day", "", ""),
)
TEXTS: tuple[One, ...] = (
    ("pages.yml", "title: Agenda", "title: Wat er is"),
    ("times.yml", "every: elke dag", "every: iedere dag"),
    ("calendars.yml", "Vraag altijd eerst", "Vraag eerst altijd"),
    ("form.yml", "title: De organisatie", "title: Over de organisatie"),
    ("fields.yml", "label: Soort organisatie", "label: Wat voor organisatie"),
    ("rules.yml", "remedy: Zet", "remedy: Leg"),
    ("problems.yml", "Bedoel je", "Bedoelde je"),
    ("words.yml", "aanmelden, ", "aanmeldpunt, aanmelden, "),
)


def _change(project: Path, one: One) -> None:
    file, old, new = one
    text = (project / file).read_text("utf-8")
    assert old in text, f"{file} no longer holds {old!r}"
    (project / file).write_text(text.replace(old, new, 1), "utf-8")


@pytest.fixture
def small(timed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A built copy of the small project in two languages, with its own Lucide and pages that show what is elsewhere."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(FRIDAY))
    target = tmp_path / "project"
    shutil.copytree(timed, target, symlinks=True)
    shutil.copy(target / "routes/smallingerland.yml", target / "routes/opsterland.yml")
    elsewhere = "catalogue/organisations/opsterland/sportclub-de-stap.yml"
    settings = (target / "mkdocs.yml").read_text("utf-8")
    (target / "mkdocs.yml").write_text(re.sub(r"languages: \[.*\]", "languages: [en]", settings), "utf-8")
    _change(target, (elsewhere, "by: De secretaris van De Stap", "by: Buurthuis De Brug"))
    libraries = target / "node_modules"
    libraries.unlink()
    for folder, own in (("", "lucide-static"), ("lucide-static", "icons"), ("lucide-static/icons", "bookmark.svg")):
        (libraries / folder).mkdir()
        for entry in (ROOT / "node_modules" / folder).iterdir():
            if entry.name not in (own, ".package-lock.json"):
                (libraries / folder / entry.name).symlink_to(entry)
    for file in (".package-lock.json", "lucide-static/icons/bookmark.svg"):
        shutil.copy(ROOT / "node_modules" / file, libraries / file)
    return target


def test_each_part_of_the_catalogue_counts(small: Path) -> None:
    """A page that would be kept is the page that would be drawn; the same as below, in half the time."""
    made = _pages(built(small))
    for one in CATALOGUE:
        _change(small, one)
        (small / MANIFEST).unlink()  # all pages are drawn
        drawn = _pages(built(small))
        wrong = [url for url, (digest, page) in drawn.items() if url in made and _is_wrong(made[url], digest, page)]
        assert not wrong, f"what these are made of does not tell that {one[0]} changed: {wrong}"
        assert made != drawn, f"nothing shows that {one[0]} changed"
        made = drawn


def test_a_new_organisation_changes_only_pages_that_show_it(small: Path) -> None:
    before = _pages(built(small))
    text = (small / ORGANISATION).read_text("utf-8").replace("aliases: [smallingerland/de-oude-brug]\n", "")
    text = re.sub(r"(?m)^name: .*$", "name: Nog een verzonnen huis", text).replace("https://", "https://nog-een.")
    (small / ORGANISATION).with_name("nog-een.yml").write_text(text, "utf-8")
    made = tree(built(small))
    after = _pages(small / "site")
    pages = {url for url in before if _is_page(url)}
    shown = {url for url in pages if "Nog een verzonnen huis" in after[url][1].decode()}
    changed = {url for url in pages if before[url][0] != after[url][0]}
    assert "kansen/smallingerland/" in shown <= changed
    assert not changed & {
        "begrippen/",
        "kansen/opsterland/sportclub-de-stap/",
        "en/kansen/opsterland/sportclub-de-stap/",
    }
    assert len(changed) < len(pages) / 2
    assert made == tree(_cold(small))


def test_a_page_that_names_an_organisation_is_not_drawn_for_what_that_tells_of_itself(small: Path) -> None:
    other = "catalogue/organisations/opsterland/sportclub-de-stap.yml"
    _change(small, (other, "opportunities:", "networks: [voorbeeldbond]\nopportunities:"))
    before = _pages(built(small))
    here, there = "kansen/smallingerland/buurthuis-de-brug/", "kansen/opsterland/sportclub-de-stap/"
    assert f'{here}">in ' in before[there][1].decode()
    _change(small, (ORGANISATION, "nl: Een verzonnen buurthuis.", "nl: Een bedacht buurthuis."))
    after = _pages(built(small))
    assert before[here][0] != after[here][0]
    assert before[there] == after[there]


@pytest.mark.parametrize("name", ["organisations", "routes", "current_offers"])
def test_a_template_uses_nothing_that_is_not_compared(timed: Path, tmp_path: Path, name: str) -> None:
    project = copy_project(timed, tmp_path / "project")
    _more("overrides/pages/glossary.html", f"{{{{{{{{ catalogue.{name} }}}}}}}}")(project, random.Random(0), 0)  # noqa: S311
    done = build(project)
    assert done.exit_code == 1
    assert name in done.output
    assert "overrides/pages/glossary.html:" in done.output


def test_a_template_is_known_however_another_names_it(small: Path) -> None:
    own = small / "overrides/components/own.html"
    listed = '{% include ["components/none.html", "components/own.html"] %}'
    named = '{% set one = "components/own.html" %}{%+ include one %}{# {% include "components/gone.html" %} #}'
    own.write_text("eerst", "utf-8")
    for page, more in (("glossary", listed), ("data", named)):
        template = small / f"overrides/pages/{page}.html"
        template.write_text(f"{template.read_text('utf-8')}{more}", "utf-8")
    for text in ("toen", "daarna"):
        own.write_text(text, "utf-8")
        site = built(small)
        for page in ("begrippen", "data"):
            assert text in (site / page / "index.html").read_text("utf-8")


def _is_wrong(before: tuple[str, bytes], digest: str, page: bytes) -> bool:
    return before[0] == digest and before[1] != page


def _pages(site: Path) -> dict[str, tuple[str, bytes]]:
    """Return by address what a page, or a file, is made of, as a digest, and it but for the names of finder's files."""
    digests = json.loads((site.parent / MANIFEST).read_text("utf-8"))["pages"]
    names = FinderFiles(*["x"] * len(fields(FinderFiles)))
    return {url: (digest, names.renamed(_file(site, url).read_bytes())) for url, digest in digests.items()}


def _file(site: Path, url: str) -> Path:
    return site / url / "index.html" if _is_page(url) else site / url


def _is_page(url: str) -> bool:
    return not url or url.endswith("/")


@pytest.mark.parametrize("changes", [SURROUNDINGS[::2], SURROUNDINGS[1::2]], ids=["one half", "the other"])
def test_each_part_of_the_surroundings_counts(
    small: Path, changes: tuple[One, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def change(one: One) -> None:
        if one[0] == "day":
            monkeypatch.setenv("SOURCE_DATE_EPOCH", str(FRIDAY - DAY))  # a clock may jump back
            return
        _change(small, one)
        if one[0] == ICON:  # what another version brings
            _change(small, ("node_modules/.package-lock.json", '"version": "', '"version": "1'))
        if one[0].endswith(".css"):
            build_theme(small)

    frame = (small / EDITORIAL).with_suffix(".json")
    before = tree(built(small))
    for one in changes:
        framed = frame.stat().st_mtime_ns
        change(one)
        made = tree(built(small))
        cold = tree(_cold(small, *([] if frame.stat().st_mtime_ns == framed else [EDITORIAL])))
        wrong = sorted(path for path in {*made, *cold} if made.get(path) != cold.get(path))
        assert not wrong, f"what these are made of does not tell that {one[0]} changed: {wrong}"
        assert made != before, f"nothing shows that {one[0]} changed"
        before = made
    assert [len(list(kept.glob("en-*"))) for kept in (small / TEMPLATES).iterdir()] == [1, 1]


def test_each_text_of_the_program_counts(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = shutil.copytree(PACKAGE, tmp_path / "program", ignore=shutil.ignore_patterns(*DATA))
    monkeypatch.setattr("meedoenkaart.kept.PACKAGE", program)
    for path in sorted(program.glob("texts/*/*.yml")):  # more than pages use
        state = program_state()
        path.write_text(f"{path.read_text('utf-8')}\n# nieuw\n", "utf-8")
        assert program_state() != state, path
    built(small)
    monkeypatch.setattr("meedoenkaart.texts.FOLDER", program / "texts/nl")
    try:
        for one in TEXTS:
            _change(program / "texts/nl", one)
        _read_again()
        made = built(small)
        shown = b"".join(path.read_bytes() for path in made.rglob("*") if path.suffix in (".html", ".json", ".ics"))
        for file, _, new in TEXTS:
            assert new.rpartition(": ")[2].partition(",")[0].encode() in shown, file
        before = tree(made)
        assert tree(_cold(small)) == before
    finally:
        monkeypatch.undo()
        _read_again()


def _read_again() -> None:
    texts.read_again()
    fields_of.cache_clear()


@pytest.mark.parametrize("file", ["overrides/drawing/wide.svg", "overrides/words.yml", "overrides/head.html"])
def test_what_any_page_may_show_counts_for_all(timed: Path, tmp_path: Path, file: str) -> None:
    project = copy_project(timed, tmp_path / "project")
    pages = []
    for number in range(2):
        built(project)
        pages.append(json.loads((project / MANIFEST).read_text("utf-8"))["pages"])
        _more(file, "# {number}")(project, random.Random(number), number)  # noqa: S311
    assert pages[0].keys() == pages[1].keys()
    assert [url for url, digest in pages[0].items() if _is_page(url) and pages[1][url] == digest] == []
    assert [url for url, digest in pages[0].items() if not _is_page(url) and pages[1][url] != digest] == []
