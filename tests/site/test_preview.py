"""The preview follows the files: it draws what changed, and keeps the last good version when something is wrong."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from meedoenkaart import texts
from meedoenkaart.cli import today
from meedoenkaart.kept import MANIFEST
from meedoenkaart.plugin.preview import preview_server
from meedoenkaart.project import PREVIEW, Preview
from tests.site.copies import built, copy_project, tree

FOLDER = Path("catalogue/organisations/noardeast-fryslan")
PAGE = "kansen/noardeast-fryslan/repair-cafe-dokkum/index.html"
LIST = "kansen/noardeast-fryslan/index.html"
RECORD = FOLDER / "repair-cafe-dokkum.yml"
TITLE = "title: Spullen maken of gasten ontvangen"


class Watched:
    """A preview with what it told, and which files it wrote."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.folder = project / PREVIEW
        self.told: list[str] = []
        self._preview = Preview(project, today, self.told.append)
        self.update()

    def update(self) -> set[str]:
        """Bring it up to date and return the files that were written, added or removed."""
        before = self._stamps()
        self.told.clear()
        self._preview.update()
        after = self._stamps()
        return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}

    def updated(self, show: Callable[[], None], is_over: Callable[[float], bool] = lambda _: False) -> None:
        """Bring it up to date as the server does."""
        self.told.clear()
        self._preview.update(show, is_over)

    def write(self, file: Path | str, old: str, new: str) -> None:
        path = self.project / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    def change(self, file: Path | str, old: str, new: str) -> set[str]:
        self.write(file, old, new)
        return self.update()

    def text(self, page: str) -> str:
        return (self.folder / page).read_text("utf-8")

    def _stamps(self) -> dict[str, tuple[int, int]]:
        found = {}
        for path in self.folder.rglob("*"):
            if path.is_file():
                status = path.stat()
                found[path.relative_to(self.folder).as_posix()] = (status.st_mtime_ns, status.st_ino)
        return found


@pytest.fixture(scope="module")
def preview(fork: Path, tmp_path_factory: pytest.TempPathFactory) -> Watched:
    return Watched(copy_project(fork, tmp_path_factory.mktemp("preview") / "project"))


def _same_as_a_build(preview: Watched) -> None:
    (preview.project / MANIFEST).unlink(missing_ok=True)  # a build that takes no page over, as the preview does
    assert _shown(preview.folder) == _shown(built(preview.project))


def _shown(site: Path) -> dict[str, str]:
    """Return the hash of every file but those for devices: of a preview they keep nothing."""
    return {
        path: found for path, found in tree(site).items() if not re.match(r"sw\.js|offline\.json|assets/offline/", path)
    }


def test_it_starts_as_the_built_site(preview: Watched) -> None:
    _same_as_a_build(preview)


def test_no_device_keeps_it(preview: Watched) -> None:
    assert "unregister" in preview.text("sw.js")


def test_without_a_change_nothing_is_written(preview: Watched) -> None:
    assert preview.update() == set()


def test_a_changed_record_changes_the_pages_that_show_it(preview: Watched) -> None:
    written = preview.change(RECORD, TITLE, "title: Fietsen maken bij ons")
    assert "Fietsen maken bij ons" in preview.text(PAGE)
    pages = {path.relative_to(preview.folder).as_posix() for path in preview.folder.rglob("*.html")}
    showing = {page for page in pages if "Fietsen maken bij ons" in preview.text(page)}
    assert {
        PAGE,
        "kansen/index.html",
        "kansen/noardeast-fryslan/index.html",
        "gemeenten/noardeast-fryslan/index.html",
    } <= showing
    # A page with the finder names the finder's files, which are named after their content.
    finder = {path for path in written if path.startswith("assets/finder/")}
    with_finder = {page for page in pages if "assets/finder/" in preview.text(page)}
    assert len(finder) == 3  # the index of before, the one of now, and what tells how it is called
    source = "kansen/noardeast-fryslan/repair-cafe-dokkum/repair-cafe-dokkum.yml"
    travelling = {
        path
        for path in written
        if path.startswith(("api/", "embed/")) or path.endswith((".ics", "kaart.json", "nieuw.xml"))
    }
    assert "api/v1/organisations/noardeast-fryslan/repair-cafe-dokkum.json" in travelling
    assert not [path for path in travelling if path.startswith(("api/v1/organisations/small", "kansen/small"))]
    assert written - travelling == showing | with_finder | finder | {"search/search_index.json", source}
    assert "Fietsen maken bij ons" in preview.text("search/search_index.json")
    assert len(preview.told) == 1
    _same_as_a_build(preview)
    preview.change(RECORD, "title: Fietsen maken bij ons", TITLE)


def test_the_page_of_a_changed_record_comes_first_and_the_rest_after(preview: Watched) -> None:
    first: list[tuple[bool, bool]] = []
    new = "Samen fietsen maken"
    preview.write(RECORD, TITLE, f"title: {new}")
    preview.updated(lambda: first.append((new in preview.text(PAGE), new in preview.text(LIST))))
    assert first == [(True, False)]
    assert len(preview.told) == 2
    assert new in preview.text(LIST)
    _same_as_a_build(preview)
    preview.write(RECORD, f"title: {new}", TITLE)
    preview.updated(lambda: first.append((new in preview.text(PAGE), new in preview.text(LIST))))
    assert first[1:] == [(False, True)]
    _same_as_a_build(preview)


def test_after_changes_while_the_rest_is_made_all_is_as_from_nothing(preview: Watched) -> None:
    """Each one ends what the last one began, wherever that was; the last one takes all back."""
    first: list[None] = []
    left = 0

    def is_over(seconds: float) -> bool:
        nonlocal left
        left -= not seconds
        return left < 0

    for left in (1, 20, 50, 100, 150, 200, 250):
        new = f"title: Maken na {left}"
        preview.write(RECORD, TITLE, new)
        preview.updated(lambda: first.append(None), is_over)
        assert new.partition(": ")[2] in preview.text(PAGE)
        preview.write(RECORD, new, TITLE)
    preview.updated(lambda: first.append(None))
    assert len(first) == 8
    assert "Maken na" not in preview.text(LIST)
    _same_as_a_build(preview)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("kind: repair-cafe", "kind: repareercafe"),
        ("networks: [", "serves: [nergens]\nnetworks: ["),
        ("networks: [", "aliases: [smallingerland/voedselbank-drachten]\nnetworks: ["),
        ("kind: repair-cafe", "kind: ["),
    ],
    ids=["wrong", "leads nowhere", "taken", "unreadable"],
)
def test_the_page_of_a_wrong_record_does_not_come_first(preview: Watched, old: str, new: str) -> None:
    shown: list[None] = []
    before = tree(preview.folder)
    preview.write(RECORD, old, new)
    preview.updated(lambda: shown.append(None))
    assert shown == []
    assert tree(preview.folder) == before
    assert "vorige versie" in preview.told[-1]
    preview.write(RECORD, new, old)
    preview.updated(lambda: shown.append(None))
    assert tree(preview.folder) == before


RECORDS = (
    ("catalogue/municipalities/leeuwarden.yml", "name: Leeuwarden", "name: LEEUWARDEN"),
    ("catalogue/reception/azc-sneek.yml", "name: azc Sneek", "name: opvang Sneek"),
    ("catalogue/vocabulary.yml", "nl: Vrijwilligerswerk\n", "nl: Werk voor niets\n"),
    ("catalogue/legal.yml", "nl: Vrijwilligerswerk terwijl", "nl: Helpend werk terwijl"),
    ("catalogue/glossary.yml", "term: asielzoeker\n", "term: asielvrager\n"),
)
SURROUNDINGS = (
    ("docs/over.md", "# ", "# Hier "),
    ("overrides/words.yml", "Of er een Meedoenbalie is", "Of er een balie is"),
    ("overrides/pages/organisation.html", "Opvang in de buurt", "Azc in de buurt"),
    ("overrides/partials/footer.html", "openbare bronnen", "open bronnen"),
    ("mkdocs.yml", "site_name: Meedoenkaart", "site_name: Doekaart"),
)


@pytest.mark.parametrize("changes", [RECORDS, SURROUNDINGS], ids=["records", "surroundings"])
def test_after_any_change_it_is_what_a_build_makes(preview: Watched, changes: tuple[tuple[str, str, str], ...]) -> None:
    before = tree(preview.folder)
    for file, old, new in changes:
        assert preview.change(file, old, new), file
    _same_as_a_build(preview)
    for file, old, new in changes:
        path = preview.project / file
        path.write_text(path.read_text("utf-8").replace(new, old), "utf-8")
    preview.update()
    assert tree(preview.folder) == before


def test_a_name_is_new_wherever_it_stands(preview: Watched) -> None:
    """An organisation that also works in another municipality shows that municipality's name."""
    file = FOLDER / "repair-cafe-dokkum.yml"
    preview.change(file, "networks: [", "serves: [leeuwarden]\nnetworks: [")
    assert "LEEUWARDEN" not in preview.text(PAGE)
    preview.change("catalogue/municipalities/leeuwarden.yml", "name: Leeuwarden", "name: LEEUWARDEN")
    assert "LEEUWARDEN" in preview.text(PAGE)
    preview.change("catalogue/municipalities/leeuwarden.yml", "name: LEEUWARDEN", "name: Leeuwarden")
    preview.change(file, "serves: [leeuwarden]\nnetworks: [", "networks: [")


def test_a_broken_record_keeps_the_last_version(preview: Watched) -> None:
    file = FOLDER / "repair-cafe-dokkum.yml"
    assert preview.change(file, "kind: repair-cafe", "kind: repareercafe") == set()
    told = "\n".join(preview.told)
    assert f"{file}:" in told
    assert "repareercafe" in told
    assert "vorige versie" in told
    preview.change(file, "kind: repareercafe", "kind: repair-cafe")
    assert len(preview.told) == 1


@pytest.mark.parametrize("file", ["overrides/pages/organisation.html", "overrides/main.html", "overrides/words.yml"])
def test_a_broken_theme_tells_why_and_mends(preview: Watched, file: str) -> None:
    before = tree(preview.folder)
    path = preview.project / file
    text = path.read_text("utf-8")
    path.write_text(text + "\n{% if %}[\n", "utf-8")
    preview.update()
    assert len(preview.told) == 1
    assert Path(file).name in preview.told[0]
    path.write_text(text, "utf-8")
    preview.update()
    assert tree(preview.folder) == before


def test_a_changed_text_of_the_generator_is_shown(
    preview: Watched, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On pages and in problems, also those of files that did not change; a broken text is told and mends."""
    record = FOLDER / "repair-cafe-dokkum.yml"
    words = shutil.copytree(texts.FOLDER, tmp_path / "texts")
    monkeypatch.setattr("meedoenkaart.texts.FOLDER", words)
    monkeypatch.setattr("meedoenkaart.project.TEXTS", words)
    preview.change(words / "pages.yml", "title: Kansen\n", "title: Elke kans\n")
    assert "Elke kans" in preview.text("kansen/index.html")
    preview.change(record, "kind: repair-cafe", "kind: repareercafe")
    preview.change(words / "rules.yml", "Verbeter het woord", "Verander het woord")
    assert "Verander het woord" in "\n".join(preview.told)
    preview.change(words / "cli.yml", "kept: ", "kept: [")
    assert len(preview.told) == 1
    assert "cli.yml" in preview.told[0]
    preview.change(words / "cli.yml", "kept: [", "kept: ")
    assert "vorige versie" in preview.told[-1]
    monkeypatch.undo()
    preview.change(record, "kind: repareercafe", "kind: repair-cafe")
    assert "Elke kans" not in preview.text("kansen/index.html")


def test_it_lies_where_the_site_will_lie_and_has_its_page_for_what_is_not_there(preview: Watched) -> None:
    server = preview_server(preview.project, preview.folder, lambda *_: None, ("127.0.0.1", 0))

    def get(path: str) -> tuple[str, str]:
        said: list[str] = []
        body = b"".join(server.serve_request({"PATH_INFO": path}, lambda status, _: said.append(status)))
        return said[0], body.decode("utf-8", "replace")

    try:
        assert get("/")[0] == "302 Found"
        assert get("/meedoenkaart/over/")[0] == "200 OK"
        status, page = get("/meedoenkaart/kansen/bestaat-niet/")
        assert status == "404 Not Found"
        assert "Deze pagina bestaat niet" in page
        named = set(re.findall(r'(?:href|src)="(/[^"#]*)', page))
        assert any(address.endswith(".css") for address in named)
        assert {get(address)[0] for address in named - {"/meedoenkaart/."}} == {"200 OK"}
    finally:
        server.server_close()


def test_a_link_of_an_editorial_page_that_leads_nowhere_is_told(preview: Watched) -> None:
    """To a page of either kind, or to a heading; links that are right are not."""
    right = "Zie [Privacy](privacy.md)"
    wrong = f"{right}, [x](../kansn/), [y](nergens.md), [z](bronnen.md#nergens), [goed](../kansen/)"
    preview.change("docs/over.md", right, wrong)
    lost = [line for line in preview.told if line.startswith("docs: ")]
    assert len(lost) == 3
    assert all(any(name in line for line in lost) for name in ("'kansn/'", "'nergens.md'", "'bronnen.md#nergens'"))
    preview.change("docs/over.md", wrong, right)
    assert len(preview.told) == 1


def test_a_deleted_record_is_gone(preview: Watched) -> None:
    path = preview.project / FOLDER / "repair-cafe-dokkum.yml"
    text = path.read_text("utf-8")
    path.unlink()
    written = preview.update()
    assert PAGE in written
    assert not (preview.folder / PAGE).exists()
    assert "repair-cafe-dokkum" not in preview.text("kansen/index.html")
    _same_as_a_build(preview)
    path.write_text(text, "utf-8")
    assert PAGE in preview.update()
    assert (preview.folder / PAGE).exists()


def test_a_changed_style_is_built_and_shown(preview: Watched) -> None:
    sheet = preview.project / "overrides/components/button/button.css"
    before = next((preview.folder / "assets").glob("site-*.css")).name
    sheet.write_text(sheet.read_text("utf-8") + "\n.een-nieuwe-stijl { color: inherit }\n", "utf-8")
    preview.update()
    after = [path.name for path in (preview.folder / "assets").glob("site-*.css")]
    assert len(after) == 1
    assert after[0] != before
    assert "een-nieuwe-stijl" in preview.text(f"assets/{after[0]}")
    assert after[0] in preview.text(PAGE)
    assert before not in preview.text("over/index.html")


def test_a_broken_script_tells_why(preview: Watched) -> None:
    script = preview.project / "overrides/site.ts"
    text = script.read_text("utf-8")
    script.write_text(text + "\nconst const\n", "utf-8")
    preview.update()
    assert "site.ts" in "\n".join(preview.told)
    script.write_text(text, "utf-8")
    preview.update()
    assert len(preview.told) == 1
    assert "site.ts" not in preview.told[0]
