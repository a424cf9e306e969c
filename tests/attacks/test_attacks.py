"""Every attack through files, check, build, pages and search: refused with a reason, or shown as the text it is."""

import csv
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.draft import Draft
from generator.problems import has_errors, report
from generator.reading.documents import Reader
from generator.reading.yaml_text import read
from generator.upkeep.diff import as_json, as_markdown, as_text, changes
from tests.attacks.attacks import FILES, IN_ADDRESSES, IN_IDS, IN_TEXTS, NAMES, put
from tests.browser.conftest import Open, hosted
from tests.browser.kinds import KINDS
from tests.conftest import MINIMAL, Project
from tests.site.copies import build, copy_sources
from tests.test_robustness import FILE, FULL, _values, _written

TEXTS_REFUSED = frozenset(
    {
        *("a script", "a picture", "a drawing", "a drawing with a script", "escaped markup", "half a tag"),
        *("an address of data", "from right to left", "nothing to see", "half a sign", "a null", "a terminal"),
        "five megabytes",
    }
)
"""Attacks that no text of a record may be; the others are shown as they are."""


def _texts(file: str) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every single text in a file."""
    tree, _ = read((MINIMAL / file).read_bytes(), file)
    yield from (path for path, value in _values(tree) if isinstance(value, str))


def _with(file: str, path: tuple[Any, ...], text: str) -> bytes:
    tree, _ = read((MINIMAL / file).read_bytes(), file)
    return _written(tree, path, "@@here@@").replace(b"@@here@@", json.dumps(text)[1:-1].encode())


@pytest.mark.parametrize("attack", IN_TEXTS)
def test_in_every_field_an_attack_is_refused_or_a_text(project: Project, attack: str) -> None:
    text, reader = IN_TEXTS[attack], Reader(project.root)
    before = Draft(Reader(MINIMAL).read())
    accepted = []
    for file in FULL:
        for path in _texts(file):
            project.write(file, _with(file, path, text))
            (document,) = (one for one in reader.read() if one.file == file)
            told = report(document.problems, "text")
            assert all(sign.isprintable() or sign == "\n" for sign in told)
            if document.record is not None and not has_errors(document.problems):
                accepted.append((file, path))
        if accepted and accepted[-1][0] == file:
            now = Draft(reader.read())
            for tell in (as_text, as_json, as_markdown):
                assert "<script" not in tell(changes(before, now)) or tell is as_json
        shutil.copy(MINIMAL / file, project.root / file)
    assert bool(accepted) == (attack not in TEXTS_REFUSED), accepted[:5]


@pytest.mark.parametrize("attack", IN_ADDRESSES)
def test_no_address_leads_into_a_trap(project: Project, attack: str) -> None:
    for path in _texts(FILE):
        if path[-1] in ("website", "address") and len(path) > 1:
            project.write(FILE, _with(FILE, path, IN_ADDRESSES[attack]))
            assert any(one.severity == "error" for one in project.load().problems), path


@pytest.mark.parametrize("id", IN_IDS)
def test_an_id_or_a_reference_never_leads_out_of_its_folder(project: Project, id: str) -> None:
    before = set(project.root.parent.rglob("*"))
    names = {"id", "kind", "activity", "municipality", "serves", "networks", "sectors", "aliases"}
    names -= {"aliases"} if id == "/etc/passwd" else set()  # below the site's root that is an address like any other
    for path in _texts(FILE):
        if names & set(path):
            project.write(FILE, _with(FILE, path, id))
            assert any(one.severity == "error" for one in project.load().problems), path
    assert set(project.root.parent.rglob("*")) == before


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_a_trap_is_refused(project: Project, name: str) -> None:
    project.write(FILE, FILES[name].encode("utf-8", "surrogateescape"))
    loaded = project.load()
    assert loaded.catalogue is None
    assert not list(project.root.rglob("gehackt"))


@pytest.mark.parametrize("name", NAMES)
def test_a_strange_name_of_a_file_is_refused_and_told_on_one_line(project: Project, name: str) -> None:
    put(project.root, "catalogue/organisations/opsterland", name, (MINIMAL / FILE).read_bytes())
    outcome = project.run("check", "--format", "github")
    lines = outcome.out.splitlines()
    assert all(line.startswith(("::error file=", "::warning file=")) for line in lines)
    if name not in ("..yml", ".yml"):  # what begins with a dot is not looked at
        assert outcome.code == 1


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with an organisation for each attack that texts may be, in every field that takes it."""
    root = copy_sources(tmp_path_factory.mktemp("attacks") / "project")
    for number, attack in enumerate(sorted(set(IN_TEXTS) - TEXTS_REFUSED)):
        text = json.dumps(IN_TEXTS[attack])
        put(
            root,
            "catalogue/organisations/smallingerland",
            f"aanval-{number}.yml",
            f"""name: {json.dumps(IN_TEXTS[attack][:90])}
kind: buurthuis
description: {text}
address: {{place: Drachten, street: {json.dumps(IN_TEXTS[attack][:90])}}}
contact: {{website: "https://aanval-{number}.voorbeeld.nl/"}}
sources: [{{address: "https://aanval-{number}.voorbeeld.nl/", title: {json.dumps(IN_TEXTS[attack][:90])}}}]
opportunities:
  - id: aanval
    title: {json.dumps(IN_TEXTS[attack][:90])}
    activity: ontmoeting
    description: {text}
    dutch: {{level: A1, note: {text}}}
    schedule: {{words: {text}}}
    commitment: {{duration: {text}}}
    costs: {{kind: gratis, note: {text}}}
    joining: {{note: {text}}}
    continuity: {{note: {text}}}
""".encode(),
        )
    done = build(root)
    assert done.exit_code == 0, done.output
    return root / "site"


ALIVE = "main :is(script, iframe, object, embed, [onload], [onerror], [style])"
"""What would run or show something of its own; the frame has a script of its own in there."""


@pytest.fixture
def address(attacked: Path) -> Iterator[str]:
    with hosted(attacked) as found:
        yield found


def test_no_attack_lives_in_a_browser(visit: Open, attacked: Path) -> None:
    pages = sorted((attacked / "kansen/smallingerland").glob("aanval-*"))
    assert len(pages) == len(IN_TEXTS) - len(TEXTS_REFUSED)
    shown = sorted(set(IN_TEXTS) - TEXTS_REFUSED)
    tab = visit()
    usual = tab.open(KINDS["organisation with contact"]).locator(ALIVE).count()
    for folder in pages:
        page = tab.open(f"kansen/smallingerland/{folder.name}/")
        assert page.evaluate("window.hacked") is None
        text = " ".join(IN_TEXTS[shown[int(folder.name.removeprefix("aanval-"))]][:90].split())
        assert " ".join(page.locator("h1").first.inner_text().split()) == text
        assert page.locator(ALIVE).count() == usual
        assert page.locator("a[href^='javascript' i], a[href^='data' i]").count() == 0
    for url in ("", "kansen/", "kansen/smallingerland/", "gemeenten/smallingerland/", "activiteiten/ontmoeting/"):
        page = tab.open(url)
        assert page.evaluate("window.hacked") is None, url
    page.keyboard.press("/")
    for query in ("javascript", "include", "hyperlink", "sum"):
        page.locator("[name=query]").fill("")
        page.keyboard.type(query)
        page.wait_for_timeout(300)
        assert page.evaluate("window.hacked") is None
        assert page.locator(".search__list :is(img, script, svg[onload], a[href^=javascript])").count() == 0


def test_tables_hold_no_formulas_and_data_no_markers(attacked: Path) -> None:
    """Whoever opens a table in a spreadsheet runs nothing."""
    for file in attacked.rglob("*.csv"):
        with open(file, encoding="utf-8-sig", newline="") as stream:
            for row in csv.reader(stream):
                assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))], file
    for file in attacked.rglob("*.json"):
        json.loads(file.read_text("utf-8"))
