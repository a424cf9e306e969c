"""Every attack through files, check, form, build, pages, search, drawing: refused with a reason, or the text it is."""

import csv
import json
import re
import shutil
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pydantic import TypeAdapter

from meedoenkaart.draft import Draft
from meedoenkaart.infographic import Draughtsman
from meedoenkaart.problems import has_errors, report
from meedoenkaart.reading.documents import Reader
from meedoenkaart.reading.yaml_text import read
from meedoenkaart.records.route import Route
from meedoenkaart.upkeep.diff import as_json, as_markdown, as_text, changes
from tests.attacks.attacks import FILES, HACK, IN_ADDRESSES, IN_IDS, IN_TEXTS, NAMES, organisation, put, route
from tests.browser.conftest import Open, hosted
from tests.conftest import MINIMAL, Project
from tests.infographic.conftest import draughtsman as draughtsman
from tests.site.copies import build, copy_project, shared
from tests.site.kinds import KINDS
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


SHOWN = sorted(set(IN_TEXTS) - TEXTS_REFUSED)


@pytest.fixture(scope="module")
def attacked(fork: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with an organisation, and a step of a route, for each attack that texts may be, wherever a text may be."""
    return shared(tmp_path_factory, "attacked", lambda target: _attack(copy_project(fork, target))) / "site"


def _attack(root: Path) -> None:
    for number, attack in enumerate(SHOWN):
        content = organisation(IN_TEXTS[attack], f"https://aanval-{number}.voorbeeld.nl/")
        put(root, "catalogue/organisations/smallingerland", f"aanval-{number}.yml", content)
    for file in set((root / "routes").iterdir()) - {root / "routes/statutory.yml"}:
        file.unlink()
    put(root, "routes", "smallingerland.yml", json.dumps(route([IN_TEXTS[one] for one in SHOWN])).encode())
    done = build(root)
    assert done.exit_code == 0, done.output


ALIVE = "main :is(script, iframe, object, embed, [onload], [onerror], [style])"
"""What would run or show something of its own; the frame has a script of its own in there."""


@pytest.fixture
def address(attacked: Path) -> Iterator[str]:
    with hosted(attacked) as found:
        yield found


def test_no_attack_lives_in_a_browser(visit: Open, attacked: Path) -> None:
    pages = sorted((attacked / "kansen/smallingerland").glob("aanval-*"))
    assert len(pages) == len(SHOWN)
    tab = visit()
    usual = tab.open(KINDS["organisation with contact"]).locator(ALIVE).count()
    for folder in pages:
        page = tab.open(f"kansen/smallingerland/{folder.name}/")
        assert page.evaluate("window.hacked") is None
        text = " ".join(IN_TEXTS[SHOWN[int(folder.name.removeprefix("aanval-"))]][:90].split())
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


def alive(page: Page) -> int:
    """Return how many elements of a page run, load or lead to a script; those of the frame are there on every page."""
    return int(page.evaluate(f"document.querySelectorAll({json.dumps(ALIVE_ANYWHERE)}).length"))


ALIVE_ANYWHERE = (
    "script, iframe, object, embed, img, image, foreignObject, set, animate, [onload], [onerror], [onbegin], [style],"
    " a[href^='javascript' i], a[href^='data' i], use:not([href*='icons.svg'])"
)
SEND = """() => {
  document.querySelector("#formulier").requestSubmit()
  return new Promise(resolve => setTimeout(() => resolve(!document.querySelector("[data-summary]").hidden), 50))
}"""
"""Presses the button and says whether something has to be mended first."""
FILL = """values => {
  for (const [path, value] of Object.entries(values)) {
    const field = document.querySelector(`#formulier [data-path="${path}"]`)
    field.value = value
    field.dispatchEvent(new Event("change", { bubbles: true }))
  }
}"""


NOTES = ("description", "dutch.note", "schedule.words", "commitment.duration", "costs.note", "joining.note")
MOST_TYPED = 500_000
"""Characters; a browser takes seconds to lay out five megabytes in a field."""


def answers(text: str, address: str) -> dict[str, str]:
    """Return what is typed, by the path of a field."""
    values = {"name": text[:90], "kind": "buurthuis", "address.place": "Drachten", "address.street": text[:90]}
    values |= {"contact.website": address, "sources.0.address": address, "sources.0.title": text[:90]}
    values |= {"description": text, "opportunities.0.title": text[:90], "opportunities.0.activity": "ontmoeting"}
    if len(text) < 1000:
        values |= {f"opportunities.0.{one}": text for one in NOTES}
    return values


def test_the_form_sends_no_attack(visit: Open, project: Project) -> None:
    """What is typed at /toevoegen/ is refused there, or becomes a file that the check takes, with that very text."""
    page = visit().open("toevoegen/")
    page.locator("[data-preview]").wait_for()
    before, right = alive(page), "https://aanval.voorbeeld.nl/"
    typed = {one: answers(text[:MOST_TYPED], right) for one, text in IN_TEXTS.items()}
    typed |= {one: answers("Samen koken", address) for one, address in IN_ADDRESSES.items()}
    sent: dict[str, str] = {}
    for name, values in typed.items():
        page.evaluate(FILL, values)
        refused = page.evaluate(SEND)
        assert refused == (name in TEXTS_REFUSED or name in IN_ADDRESSES), name
        if not refused:
            written = re.sub("[\ud800-\udfff]", "\ufffd", values["description"])  # half a sign
            sent[f"catalogue/organisations/smallingerland/aanval-{len(sent)}.yml"] = written
            project.write(list(sent)[-1], page.locator("[data-yaml]").text_content() or "")
        assert page.evaluate("window.hacked") is None
        assert alive(page) <= before, name
    documents = {one.file: one for one in Reader(project.root).read()}
    for file, text in sent.items():
        assert str(documents[file].record.description).split() == text.split()
        assert not has_errors(documents[file].problems)


def test_a_hostile_record_in_the_form_is_text(visit: Open, attacked: Path) -> None:
    """At /wijzigen/, even one that no check would let through: the site's copy of the file is replaced here."""
    texts = [one for name, one in IN_TEXTS.items() if name != "five megabytes"]
    values = json.loads(organisation("aanval", "https://aanval.voorbeeld.nl/"))
    (opportunity,), (source,) = values["opportunities"], values["sources"]
    values["opportunities"] = [{**opportunity, "title": one, "description": one} for one in texts]
    values["sources"] = [{**source, "address": one} for one in IN_ADDRESSES.values()]
    put(attacked, "kansen/smallingerland/erger", "erger.yml", json.dumps(values).encode())
    page = visit().open("wijzigen/?bestand=smallingerland/erger")
    page.locator("[data-preview]").wait_for()
    assert page.locator("[data-path$='.title'][data-path^='opportunities']").count() == len(texts)
    assert alive(page) == alive(visit().open("wijzigen/"))
    page.get_by_role("button", name="Controleer en verstuur").click()
    assert page.evaluate("window.hacked") is None


def test_no_drawing_carries_an_attack(
    visit: Open, browser: Browser, address: str, attacked: Path, draughtsman: Draughtsman
) -> None:
    """On its page, as a file opened by itself, and drawn from texts that no check would let through."""
    page = visit().open("gemeenten/smallingerland/")
    shown = " ".join(page.locator("main").inner_text().split())
    for name in SHOWN:
        assert " ".join(IN_TEXTS[name][:90].split()) in shown
    assert page.evaluate("window.hacked") is None
    assert page.locator(f"figure :is({ALIVE_ANYWHERE})").count() == 0
    drawable = [one[:170] for name, one in IN_TEXTS.items() if name not in ("half a sign", "a null", "a terminal")]
    worse = TypeAdapter(Route).validate_python(route(drawable))
    for form in ("wide", "phone"):
        put(attacked, "tekening", f"{form}.svg", draughtsman.standalone(worse, form).encode())
    page = browser.new_page()
    for file in ("gemeenten/smallingerland/smallingerland.svg", "tekening/wide.svg", "tekening/phone.svg"):
        page.goto(address + file)
        assert HACK in page.evaluate("document.querySelector('svg').textContent.replaceAll(/\\s/g, '')"), "it is there"
        assert page.evaluate("window.hacked") is None
        assert alive(page) == 0
    page.close()


def test_no_printed_drawing_runs_or_leads_astray(attacked: Path) -> None:
    files = list((attacked / "gemeenten/smallingerland").glob("*.pdf"))
    assert len(files) == 2
    for file in files:
        data = file.read_bytes()
        packed = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL)
        parts = [data, *(unpacked for one in packed if (unpacked := _unpacked(one)))]
        for part in parts:
            assert not re.search(rb"/(JavaScript|JS|Launch|OpenAction|AA|EmbeddedFile|SubmitForm|GoToR)\b", part)
            assert all(one.startswith(b"(https://") for one in re.findall(rb"/URI ?(\(.*?\))", part))


def _unpacked(data: bytes) -> bytes:
    try:
        return zlib.decompress(data)
    except zlib.error:
        return b""


def test_tables_hold_no_formulas_and_data_no_markers(attacked: Path) -> None:
    """Whoever opens a table in a spreadsheet runs nothing."""
    for file in attacked.rglob("*.csv"):
        with open(file, encoding="utf-8-sig", newline="") as stream:
            for row in csv.reader(stream):
                assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))], file
    for file in attacked.rglob("*.json"):
        json.loads(file.read_text("utf-8"))
