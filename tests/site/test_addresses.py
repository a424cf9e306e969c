"""Permanent addresses: a page that goes, goes; one that moves leaves a way to where it is."""

import json
from pathlib import Path

from meedoenkaart.publishing.folder import Folder
from tests.site.checkers import nu
from tests.site.copies import built, tree
from tests.site.html import Html

FOLDER = Path("catalogue/organisations/noardeast-fryslan")
OLD = "kansen/noardeast-fryslan/repair-cafe-dokkum/"


def _add_alias(file: Path, *aliases: str) -> None:
    text = file.read_text("utf-8")
    assert "aliases:" not in text
    file.write_text(f"{text.rstrip()}\naliases: [{', '.join(aliases)}]\n", "utf-8")


def test_a_removed_record_has_no_page(built_project: Path) -> None:
    for _ in range(2):  # the folder that is filled next still holds the page
        assert (built_project / "site" / OLD / "index.html").exists()
        built(built_project)
    (built_project / FOLDER / "repair-cafe-dokkum.yml").unlink()
    for _ in range(2):
        site = built(built_project)
        assert not (site / OLD).exists()
        for file in (
            "sitemap.xml",
            "search/search_index.json",
            "kansen/index.html",
            "kansen/noardeast-fryslan/index.html",
        ):
            assert "repair-cafe-dokkum" not in (site / file).read_text("utf-8"), file


def test_a_moved_record_is_found_at_its_old_address(built_project: Path) -> None:
    file = built_project / FOLDER / "repair-cafe-dokkum.yml"
    moved = file.rename(file.with_name("repareren-in-dokkum.yml"))
    _add_alias(moved, "noardeast-fryslan/repair-cafe-dokkum", "kansen/dantumadiel/een-eerder-adres")
    _add_alias(built_project / "catalogue/reception/azc-sneek.yml", "azc-de-oude-naam")
    _add_alias(built_project / "catalogue/municipalities/smallingerland.yml", "drachten")
    site = built(built_project)
    for old, new in {
        OLD: "kansen/noardeast-fryslan/repareren-in-dokkum/",
        "kansen/dantumadiel/een-eerder-adres/": "kansen/noardeast-fryslan/repareren-in-dokkum/",
        "azc/azc-de-oude-naam/": "azc/azc-sneek/",
        "gemeenten/drachten/": "gemeenten/smallingerland/",
    }.items():
        page = Html((site / old / "index.html").read_text("utf-8"))
        assert page.is_redirect
        assert page.faults == []
        assert page.meta("robots") == ["noindex"]
        assert page.links("canonical")[0].endswith(f"/{new}")
        way = "../" * old.count("/") + new
        assert next(one for one in page.all("meta") if one["http-equiv"] == "refresh")["content"] == f"0; url={way}"
        assert [one["href"] for one in page.all("a")] == [way]
        assert (site / new / "index.html").exists()
        assert f"/{old}<" not in (site / "sitemap.xml").read_text("utf-8")
        docs = json.loads((site / "search/search_index.json").read_text("utf-8"))["docs"]
        assert old not in [one["location"] for one in docs]
    assert nu([site / OLD / "index.html"]) == []


def test_an_alias_that_goes_leaves_no_page(built_project: Path) -> None:
    file = built_project / FOLDER / "repair-cafe-dokkum.yml"
    before = file.read_text("utf-8")
    _add_alias(file, "noardeast-fryslan/oud")
    assert (built(built_project) / "kansen/noardeast-fryslan/oud/index.html").exists()
    file.write_text(before, "utf-8")
    for _ in range(2):
        assert not (built(built_project) / "kansen/noardeast-fryslan/oud").exists()


def test_a_file_can_become_a_folder_and_back(tmp_path: Path) -> None:
    """The folder that is filled still holds what was there two rounds ago."""
    for path, other in [("lijst", "lijst/deel/een.txt"), ("lijst/deel", "lijst")] * 2:
        for _ in range(2):
            for file in (path, other):
                folder = Folder(tmp_path / "site", tmp_path / "staging")
                folder.write(file, b"inhoud")
                folder.publish()
                assert list(tree(tmp_path / "site")) == [file]


def test_any_name_of_an_opportunity_makes_an_anchor_of_its_own(project: Path) -> None:
    """The page has ids itself; none of them can be what a contributor chooses."""
    file = project / FOLDER / "repair-cafe-dokkum.yml"
    page = Html((built(project) / OLD / "index.html").read_text("utf-8"))
    chosen = ["titel", "contact-titel", "menu", "helpen-titel"]
    chosen += [id.strip("_").replace("__", "-").replace("_", "-") for id in page.ids if id != "helpen"]
    chosen = [id for id in dict.fromkeys(chosen) if id != "helpen"]
    extra = "".join(
        f"  - id: {id}\n    title: Meedoen {number}\n    activity: sport\n" for number, id in enumerate(chosen)
    )
    file.write_text(f"{file.read_text('utf-8').rstrip()}\n{extra}", "utf-8")
    page = Html((built(project) / OLD / "index.html").read_text("utf-8"))
    assert set(chosen) <= set(page.ids)
    assert len(chosen) > 8
    assert len(page.ids) == len(set(page.ids))


def test_who_subscribed_at_an_old_address_goes_on_to_be_told(built_project: Path) -> None:
    new, old = "noardeast-fryslan/repareren-in-dokkum", "noardeast-fryslan/repair-cafe-dokkum"
    before = (built_project / "site/azc/azc-sneek/agenda.ics").read_bytes()
    file = built_project / FOLDER / "repair-cafe-dokkum.yml"
    assert (built_project / f"site/kansen/{old}/agenda.ics").exists()
    _add_alias(file.rename(file.with_name("repareren-in-dokkum.yml")), old)
    _add_alias(built_project / "catalogue/reception/azc-sneek.yml", "azc-de-oude-naam")
    for _ in range(2):
        site = built(built_project)
        assert (site / "azc/azc-de-oude-naam/agenda.ics").read_bytes() == before
        calendars = sorted(path.relative_to(site / "kansen" / new) for path in (site / "kansen" / new).rglob("*.ics"))
        assert len(calendars) > 1
        for path in calendars:
            assert (site / "kansen" / old / path).read_bytes() == (site / "kansen" / new / path).read_bytes()
