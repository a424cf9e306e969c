"""``meedoenkaart new``: a file that explains itself, in its place, and nowhere else."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoenkaart.reading.documents import COLLECTIONS, Reader
from meedoenkaart.reading.yaml_text import read
from meedoenkaart.records.route import Route
from meedoenkaart.writing.fields import fields_of
from meedoenkaart.writing.template import NotPossibleError, slug_of, write_new
from tests.conftest import Project
from tests.test_robustness import patient
from tests.test_schema import as_an_editor_sees_it

KINDS = {
    "organisation": ("catalogue/organisations/opsterland/buurthuis-t-hoekje.yml", "organisations"),
    "reception": ("catalogue/reception/buurthuis-t-hoekje.yml", "reception"),
    "municipality": ("catalogue/municipalities/buurthuis-t-hoekje.yml", "municipalities"),
}
NAME = "Buurthuis 't Hoekje"
VALUES = {
    "kind": "buurthuis",
    "type": "azc",
    "place": "Gorredijk",
    "municipality": "opsterland",
    "cbs_code": "GM1900",
    "province": "Friesland",
    "seat": "Sneek",
    "address": "https://hoekje.voorbeeld.nl/",
    "title": "Voorbeeldkrant",
    "id": "kaarten",
    "activity": "ontmoeting",
}


def _new(project: Project, kind: str, name: str = NAME, *more: str) -> str:
    """Run the command and return the path that it names."""
    folder = ["--municipality", "opsterland"] if kind == "organisation" else []
    outcome = project.run("new", kind, name, *folder, *more)
    assert (outcome.code, outcome.err) == (0, "")
    return outcome.out.removesuffix("\n")


def _files(root: Path) -> set[Path]:
    return {file for file in root.rglob("*") if file.is_file()}


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_file_lies_in_its_place_and_asks_for_what_is_required(project: Project, kind: str) -> None:
    before = _files(project.root.parent)
    file, _ = KINDS[kind]
    assert _new(project, kind) == file
    assert _files(project.root.parent) - before == {project.root / file}
    tree, problems = read((project.root / file).read_bytes(), file)
    assert problems == []
    assert isinstance(tree, dict)
    assert tree["name"] == NAME
    found = {one.rule for one in project.load().problems if one.file == file}
    assert found <= {"empty-value", "unknown-choice", "not-a-text", "too-few", "no-contact"}
    assert found, "nothing that is required is filled in for somebody"


@pytest.mark.parametrize("kind", KINDS)
def test_with_the_required_fields_filled_it_is_a_record(project: Project, kind: str) -> None:
    file = _new(project, kind)
    text = project.read(file)
    for name, value in VALUES.items():
        text = re.sub(rf"^( *(?:- )?){name}: #.*$", rf"\1{name}: {value}", text, flags=re.MULTILINE)
    if kind == "municipality":
        (project.root / "catalogue/municipalities/sudwest-fryslan.yml").rename(project.root / "weg.yml")
        (project.root / "catalogue/organisations/sudwest-fryslan/taalhuis-het-woord.yml").unlink()
        text = text.replace(f"name: {NAME}", "name: Súdwest-Fryslân")
    project.write(file, text)
    assert [one.rule for one in project.load().problems] == (["no-contact"] if kind == "organisation" else [])


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_explained_and_ready_to_be_uncommented(project: Project, kind: str) -> None:
    """With every comment sign before a field taken away, each field of the record is there, and it is YAML."""
    file = _new(project, kind)
    collection = next(one for one in COLLECTIONS if one.name == KINDS[kind][1])
    text = project.read(file)
    for field in fields_of(collection.record):
        assert f"# {field.label}. " in text
        assert re.search(rf"^(# )?{field.name}:", text, re.MULTILINE), field.name
    tree, problems = read(re.sub(r"^( *)# (?=[ -]*[a-z_]+:(?: |$))", r"\1", text, flags=re.MULTILINE).encode(), file)
    assert problems == []
    assert isinstance(tree, dict)
    assert list(tree) == [field.name for field in fields_of(collection.record)]


@pytest.mark.parametrize("kind", KINDS)
def test_it_names_the_schema_for_editors(project: Project, kind: str) -> None:
    file = project.root / _new(project, kind)
    found = re.match(r"# yaml-language-server: \$schema=(\S+)\n", file.read_text("utf-8"))
    assert found
    assert (file.parent / found[1]).resolve() == project.root / f"schemas/{kind}.json"
    assert project.run("schema").code == 0
    assert (file.parent / found[1]).is_file()


def test_nothing_is_overwritten(project: Project) -> None:
    file = _new(project, "organisation")
    project.write(file, "van iemand anders\n")
    outcome = project.run("new", "organisation", NAME, "--municipality", "opsterland")
    assert (outcome.code, outcome.out) == (2, "")
    assert f"{file} exists already" in outcome.err
    assert project.read(file) == "van iemand anders\n"


def test_a_link_is_not_followed(project: Project, tmp_path: Path) -> None:
    (project.root / "catalogue/reception/azc-nieuw.yml").symlink_to(tmp_path / "elders.yml")
    assert project.run("new", "reception", "azc Nieuw").code == 2
    assert not (tmp_path / "elders.yml").exists()


@pytest.mark.parametrize(
    "municipality",
    [
        "",
        ".",
        "..",
        "../municipalities/opsterland",
        "opsterland/../opsterland",
        "/etc",
        "utrecht",
        "Opsterland",
        "*",
    ],
)
@pytest.mark.parametrize("kind", ["organisation", "reception"])
def test_only_a_municipality_of_the_catalogue_will_do(project: Project, kind: str, municipality: str) -> None:
    before = _files(project.root.parent)
    outcome = project.run("new", kind, "Nieuw", "--municipality", municipality)
    assert outcome.code == 2
    assert "one of: opsterland, smallingerland, sudwest-fryslan" in outcome.err
    assert _files(project.root.parent) == before


def test_an_organisation_has_a_municipality(project: Project) -> None:
    assert "give --municipality" in project.run("new", "organisation", "Nieuw").err


HOSTILE = (
    "../../../etc/passwd",
    "/etc/passwd",
    "..",
    ".hidden",
    "a/../../b",
    "C:\\Windows\\x",
    "name: x\nkind: y",
    "x\ny: z",
    "x # y",
    "- x",
    "& x",
    "*x",
    "!!python/object x",
    '"x"',
    "'x",
    "x: y",
    "x:",
    "[x]",
    "{x: y}",
    "%x",
    "@x",
    "`x`",
    "x\\n\\u0000",
    "? x",
    "| x",
    "> x",
    "no",
    "Null",
    "TRUE",
    " x ",
    "~x",
    "0x1F",
    "1e3",
    "2026-11-22",
    "--- x",
    "... x",
    "x\x00y",
    "x\x1by",
    "x\u2028y",
    "x\u202ey",
    "Café 😀",
    "x" * 5000,
    "مرکز x",
)


def _assert_safe(project: Project, name: str) -> None:
    """A name gives a file of that name below the folder, or no file at all."""
    before = _files(project.root.parent)
    try:
        file = write_new(project.root, "organisation", name, "opsterland")
    except NotPossibleError:
        assert _files(project.root.parent) == before
        return
    assert file.parent == project.root / "catalogue/organisations/opsterland"
    assert _files(project.root.parent) - before == {file}
    (document,) = (one for one in Reader(project.root).read() if one.file == file.relative_to(project.root).as_posix())
    assert document.collection == "organisations"
    tree, _ = read(file.read_bytes(), "x.yml")
    assert isinstance(tree, dict)
    assert tree["name"] == name.strip()
    assert as_an_editor_sees_it(file.read_text("utf-8"))["name"] == name.strip()
    assert set(tree) == {"name", "kind", "address", "sources", "opportunities"}
    file.unlink()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_a_name_and_nothing_else(project: Project, name: str) -> None:
    _assert_safe(project, name)


@patient
@given(name=st.text(min_size=1, max_size=40) | st.text("ab0é :-#'\"&*!|>%@`[]{},.?~/\\", min_size=1, max_size=12))
def test_any_name_is_a_name_and_nothing_else(project: Project, name: str) -> None:
    _assert_safe(project, name)


@pytest.mark.parametrize("name", ["", "  ", "!!!", "中文"])
def test_a_name_without_letters_for_a_file_is_refused(project: Project, name: str) -> None:
    outcome = project.run("new", "reception", name)
    assert outcome.code == 2
    assert "letters or digits" in outcome.err


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Café 't Hoekje", "cafe-t-hoekje"),
        ("Súdwest-Fryslân", "sudwest-fryslan"),
        ("  Repair Café (Dokkum) & meer ", "repair-cafe-dokkum-meer"),
        ("ÀÉÎÕÜ ß", "aeiou-ss"),
        ("a" * 79 + " b", "a" * 79),
        ("3 dorpen", "3-dorpen"),
    ],
)
def test_a_name_becomes_an_address(name: str, slug: str) -> None:
    assert slug_of(name) == slug


def test_a_new_route_has_the_name_of_its_municipality(project: Project) -> None:
    (project.root / "routes/smallingerland.yml").unlink()
    outcome = project.run("new", "route", "Smallingerland")
    assert (outcome.code, outcome.out) == (0, "routes/smallingerland.yml\n")
    tree, problems = read((project.root / "routes/smallingerland.yml").read_bytes(), "route.yml")
    assert problems == []
    assert isinstance(tree, dict)
    assert set(tree) == {field.name for field in fields_of(Route) if field.required}
    assert isinstance(tree["steps"], dict)
    assert project.run("new", "route", "Smallingerland").code == 2
    assert project.run("new", "route", "Verzonnen").code == 2
