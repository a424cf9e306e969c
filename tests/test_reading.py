"""Reading the whole folder: everything that is wrong at once, nothing that is not, and again only what changed."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from meedoenkaart.loading import load
from meedoenkaart.reading import documents
from meedoenkaart.reading.documents import MANY_FILES, Document, Reader
from meedoenkaart.reading.yaml_text import positions
from meedoenkaart.records.record import Path as FieldPath
from tests.conftest import ROOT, TODAY, Project

BRIDGE = "catalogue/organisations/smallingerland/buurthuis-de-brug.yml"
STEP = "catalogue/organisations/opsterland/sportclub-de-stap.yml"
WORD = "catalogue/organisations/sudwest-fryslan/taalhuis-het-woord.yml"
AZC = "catalogue/reception/azc-drachten.yml"


def test_all_problems_of_all_files_are_found_at_once_and_sorted(project: Project) -> None:
    project.write("catalogue/organisations/opsterland/lege.yml", "")
    project.replace(WORD, "name: Taalhuis Het Woord", "name: 'Taalhuis\n  x: Het Woord")
    project.replace(STEP, "    activity: sport\n", "    activity: spprt\n    titel: Wandelen\n")
    project.replace(AZC, "place: Drachten", "place: Oudegaa")
    project.replace(BRIDGE, "vog: nee", "vog: no")
    project.replace(BRIDGE, "vog: no", "vog: no\n      verklaring: ja")
    project.write("catalogue/README.txt", "x")
    assert project.problems() == [
        "catalogue/README.txt:1:1 not-yml",
        "catalogue/organisations/opsterland/lege.yml:1:1 empty-file",
        f"{STEP}:17:5 unknown-reference",
        f"{STEP}:18:5 unknown-field",
        f"{BRIDGE}:75:7 unknown-choice",
        f"{BRIDGE}:76:7 unknown-field",
        f"{WORD}:2:7 quotes",
        f"{AZC}:5:1 unknown-place",
    ]


def test_the_order_of_a_report_does_not_depend_on_the_order_of_the_rules(project: Project) -> None:
    for file in (ROOT / "tests/rules").glob("*/catalogue/organisations/smallingerland/fout.yml"):
        project.write(f"catalogue/organisations/opsterland/fout-{file.parts[-5]}.yml", file.read_bytes())
    problems = project.load().problems
    assert len({one.rule for one in problems}) > 40
    assert list(problems) == sorted(problems, key=lambda one: (one.file, one.line, one.column, one.rule))


@pytest.mark.parametrize(
    ("file", "old", "new", "meant"),
    [
        (BRIDGE, "kind: buurthuis", "kind: buurthuys", "buurthuis"),
        (BRIDGE, "kind: buurthuis", "kind: buurt-huis", "buurthuis"),
        (BRIDGE, "networks: [voorbeeldbond]", "networks: [voorbeldbond]", "voorbeeldbond"),
        (BRIDGE, "serves: [opsterland]", "serves: [obsterland]", "opsterland"),
        (BRIDGE, "    dutch:\n", "    duch:\n", "dutch"),
        (BRIDGE, "      starts: 12:30", "      start: 12:30", "starts"),
        (BRIDGE, "seasons: [herfst, winter]", "seasons: [herst, winter]", "herfst"),
        (BRIDGE, "days: [maandag, woensdag]", "days: [maandag, woensdg]", "woensdag"),
        (BRIDGE, "      place: Oudega", "      place: Oudgea", "Oudega"),
        (STEP, "place: Nearnshuzen", "place: Nearnshuizen", "Nearnshuzen"),
        ("catalogue/legal.yml", "fact: vrij", "fact: vrijj", "vrij"),
        ("catalogue/municipalities/smallingerland.yml", "buurthuis-de-brug", "buurthuis-brug", "buurthuis-de-brug"),
    ],
)
def test_a_slip_of_the_pen_is_recognised(project: Project, file: str, old: str, new: str, meant: str) -> None:
    project.replace(file, old, new)
    (problem,) = (one for one in project.load().problems if one.severity == "error")
    assert problem.message.endswith(f'{meant}"?')
    assert " Bedoel je " in problem.message


def test_nothing_is_suggested_for_something_quite_else(project: Project) -> None:
    project.replace(BRIDGE, "kind: buurthuis", "kind: kasteel")
    (problem,) = project.load().problems
    assert problem.message == 'Er is geen soort organisatie "kasteel".'


@pytest.mark.parametrize(
    "file",
    [
        "catalogue/vocabulary.yml",
        "catalogue/legal.yml",
        "catalogue/glossary.yml",
        "catalogue/places.yml",
        "catalogue/municipalities/smallingerland.yml",
        "catalogue/municipalities/opsterland.yml",
        BRIDGE,
        AZC,
    ],
)
@pytest.mark.parametrize("damage", ["kapot: [", "verzonnen: ja"], ids=["unreadable", "wrong"])
def test_a_broken_file_gives_problems_of_its_own_only(project: Project, file: str, damage: str) -> None:
    """What refers to it is right: the file is there."""
    project.write(file, f"{project.read(file)}{damage}\n")
    problems = project.load().problems
    assert problems
    assert {one.file for one in problems} == {file}


def test_a_wrong_code_of_a_municipality_is_one_problem(project: Project) -> None:
    """Not one for each organisation whose place can no longer be found."""
    project.replace("catalogue/municipalities/smallingerland.yml", "GM0090", "GM9999")
    assert project.problems() == ["catalogue/municipalities/smallingerland.yml:3:1 wrong-cbs-code"]


def test_an_empty_folder_has_what_all_regions_share(tmp_path: Path) -> None:
    assert Project(tmp_path).problems() == []
    assert "A1" in Project(tmp_path).catalogue().vocabulary.levels


def test_a_region_changes_and_adds_single_values(tmp_path: Path) -> None:
    project = Project(tmp_path)
    before = project.catalogue().vocabulary
    own = "sectors:\n  zorg: {icon: anchor}\n  visserij: {label: Visserij, explanation: Werk op zee., icon: fish}\n"
    project.write("catalogue/vocabulary.yml", own)
    now = project.catalogue().vocabulary
    assert [*now.sectors] == [*before.sectors, "visserij"]
    assert (now.sectors["zorg"].icon, now.sectors["zorg"].label) == ("anchor", before.sectors["zorg"].label)
    assert now.networks == before.networks


def test_a_problem_of_a_laid_over_file_is_told_where_it_stands(tmp_path: Path) -> None:
    project = Project(tmp_path)
    wrong = "sectors:\n  zee:\n    label: Zee\n    icon: fish\n    kleur: rood\n"
    project.write("catalogue/vocabulary.yml", wrong)
    assert project.problems() == [
        "catalogue/vocabulary.yml:2:3 missing-field",
        "catalogue/vocabulary.yml:5:5 unknown-field",
    ]


def test_a_file_may_stand_alone(project: Project) -> None:
    """As all shared files of the made-up catalogue do."""
    assert [*project.catalogue().vocabulary.sectors] == ["koken", "buurt", "sport"]
    project.write("catalogue/tasks.yml", "stands_alone: ja\n")
    assert project.catalogue().tasks is None
    project.write("catalogue/vocabulary.yml", "stands_alone: ja\n")
    assert "catalogue/vocabulary.yml:1:1 missing-field" in project.problems()


def test_hidden_files_are_left_alone(project: Project) -> None:
    project.write("catalogue/.gitkeep", "")
    project.write("catalogue/reception/.azc.yml.swp", b"\xff\x00")
    assert project.problems() == []


def test_a_second_reading_sees_what_changed_and_reads_only_that(project: Project) -> None:
    reader = Reader(project.root)
    first = {one.file: one for one in reader.read()}
    project.replace(STEP, "title: Wandelen", "title: Hardlopen")
    project.write("catalogue/organisations/opsterland/nieuw.yml", project.read(STEP).replace("De Stap", "Nieuw"))
    (project.root / WORD).unlink()
    read: list[tuple[int, int]] = []
    second = {one.file: one for one in reader.read(lambda done, total: read.append((done, total)))}
    assert read == [(1, 2), (2, 2)]
    assert second.keys() == first.keys() - {WORD} | {"catalogue/organisations/opsterland/nieuw.yml"}
    assert str(second[STEP].record.opportunities[0].title) == "Hardlopen"
    assert all(second[file] is first[file] for file in first.keys() & second.keys() - {STEP})
    assert list(second.values()) == Reader(project.root).read()


def test_a_repaired_file_is_no_problem_any_more(project: Project) -> None:
    reader = Reader(project.root)
    good = project.read(BRIDGE)
    project.write(BRIDGE, good + "kapot: [\n")
    assert load(reader, TODAY).catalogue is None
    project.write(BRIDGE, good)
    assert load(reader, TODAY).problems == ()


def test_many_files_are_read_like_few(project: Project) -> None:
    """From MANY_FILES on they are read in several processes; that changes nothing in what is read."""
    few = MANY_FILES - 100
    texts = [
        project.read(WORD).replace("Het Woord", "Nummer {}"),
        project.read(WORD).replace("activity: taal", "activiteit: taal"),
        project.read(WORD) + "name: Nog een\n",
        "\t",
    ]
    for number in range(MANY_FILES + 100):
        file = f"catalogue/organisations/opsterland/nummer-{number:05}.yml"
        project.write(file, texts[number % 4].replace("{}", str(number)))
    many = _numbered(Reader(project.root).read())
    for number in range(few, MANY_FILES + 100):
        (project.root / f"catalogue/organisations/opsterland/nummer-{number:05}.yml").unlink()
    assert len(many) == MANY_FILES + 100
    assert _numbered(Reader(project.root).read()) == many[:few]


def _numbered(documents: list[Document]) -> list[Document]:
    return [one for one in documents if "nummer-" in one.file]


def test_reading_leaves_the_files_as_they_are(project: Project) -> None:
    before = {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in project.root.rglob("*.yml")}
    project.load()
    assert before == {
        file: (file.read_bytes(), file.stat().st_mtime_ns)
        for file in project.root.rglob("*")
        if file.is_file() and file.suffix == ".yml"
    }


def test_places_are_looked_up_once_while_a_file_is_unchanged(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.replace(BRIDGE, "kind: buurthuis\n", "kind: buurthuisje\n")
    looked_up: list[bytes] = []

    def counted(data: bytes, paths: Sequence[FieldPath]) -> list[tuple[int, int]]:
        looked_up.append(data)
        return positions(data, paths)

    monkeypatch.setattr(documents, "positions", counted)
    reader = Reader(project.root)

    def found() -> tuple[list[tuple[int, str]], int]:
        looked_up.clear()
        problems = load(reader, TODAY).problems
        return [(one.line, one.rule) for one in problems if one.file == BRIDGE], len(looked_up)

    assert found() == ([(3, "unknown-reference")], 1)
    assert found() == ([(3, "unknown-reference")], 0)
    project.write(BRIDGE, "# A line more\n" + project.read(BRIDGE))
    assert found() == ([(4, "unknown-reference")], 1)
    (project.root / BRIDGE).unlink()
    assert (found()[0], reader.document(BRIDGE)) == ([], None)


def test_the_document_of_a_file(project: Project) -> None:
    reader = Reader(project.root)
    assert reader.document("routes/smallingerland.yml") is None
    assert reader.read()[-2:] == [reader.document(f"routes/{name}.yml") for name in ("smallingerland", "statutory")]
