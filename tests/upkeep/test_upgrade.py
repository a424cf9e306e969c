"""A region of an older version: what is rewritten, what is told, and that all else stays as it is."""

import re
import shutil
from pathlib import Path

import pytest

from meedoenkaart import __version__
from meedoenkaart.layers import BASE
from meedoenkaart.texts import texts
from meedoenkaart.upkeep.upgrade import digest_of_values
from meedoenkaart.versions import moved, parsed, pinned
from tests.conftest import ROOT, Project

FILE = "catalogue/organisations/opsterland/sportclub-de-stap.yml"
ROUTE = "routes/smallingerland.yml"
EARLIER = """\
    # waar de club speelt
    address: # een dorp
      place: Gorredijk # bij de brug
    position:
      latitude: 53.006
      longitude: 6.064
      precision: adres
"""
NOW = """\
    # waar de club speelt
    locations:
      - address: # een dorp
          place: Gorredijk # bij de brug
        position:
          latitude: 53.006
          longitude: 6.064
          precision: adres
"""
SECTORS = "    sectors: [sport]\n"
UNDECIDED = "    position: {latitude: 53.006, longitude: 6.064, precision: adres}\n"
PIN = "# Het programma.\nmeedoenkaart==0.1.0 # eens per maand\nrequests==2.0\n"
CALL = "jobs:\n  check:\n    uses: meedoenkaart/meedoenkaart/.github/workflows/region-check.yml@v0.1.0 # hier\n"
WORKFLOW = ".github/workflows/check.yml"


def _files(project: Project) -> dict[str, bytes]:
    files = sorted(file for file in project.root.rglob("*") if file.is_file())
    return {file.relative_to(project.root).as_posix(): file.read_bytes() for file in files}


@pytest.fixture
def old(project: Project) -> Project:
    """A region of version 0.1.0, with a record of that time."""
    project.replace(FILE, SECTORS, SECTORS + EARLIER)
    project.write("requirements.txt", PIN)
    project.write(WORKFLOW, CALL)
    return project


def test_a_region_of_an_older_version_is_brought_up_to_date_without_a_hand(old: Project) -> None:
    before = _files(old)
    assert {problem.rpartition(" ")[2] for problem in old.problems()} == {"unknown-field"}
    said = old.run("check")
    assert '"meedoenkaart upgrade"' in said.out
    assert said.err.startswith(f"Deze regio is van versie 0.1.0, het programma is van versie {__version__}. ")
    tried = old.run("upgrade", "--dry-run")
    assert (tried.code, _files(old)) == (0, before)
    done = old.run("upgrade")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(
        f"Van versie 0.1.0 naar versie {__version__}.\n\nBijgewerkt:\n- {FILE}: naar de velden van nu\n"
        f"- requirements.txt: versie {__version__}\n- {WORKFLOW}: versie {__version__}\n\n"
    )
    assert tried.out == f"{done.out}\n{texts('upgrade')['dry']}\n"
    after = _files(old)
    assert {file for file in after if after[file] != before.get(file)} == {FILE, "requirements.txt", WORKFLOW}
    assert NOW in old.read(FILE)
    assert old.read("requirements.txt") == PIN.replace("0.1.0", __version__)
    assert old.read(WORKFLOW) == CALL.replace("0.1.0", __version__)
    said = old.run("check")
    assert (said.code, said.out, said.err) == (0, "", "Alles klopt.\n")
    again = old.run("upgrade")
    assert (again.code, again.out, _files(old)) == (0, f"Alles is al van versie {__version__}.\n", after)
    assert old.run("format", "--check").code == 0


def test_the_budget_of_a_route_becomes_its_first_money(project: Project) -> None:
    before, _, rest = project.read(ROUTE).partition("money:\n")
    rest = rest[rest.index("breaks_off:") :]
    project.write(ROUTE, f"{before}# geld\nbudget:\n  amount: € 10 # klein\n  text: Verzonnen bedrag.\n{rest}")
    assert {problem.rpartition(" ")[2] for problem in project.problems()} == {"unknown-field"}
    assert project.run("upgrade").out == f"Bijgewerkt:\n- {ROUTE}: naar de velden van nu\n"
    now = "# geld\nmoney:\n  - kind: budget\n    amount: € 10 # klein\n    text: Verzonnen bedrag.\n"
    assert project.read(ROUTE) == f"{before}{now}{rest}"
    assert project.problems() == []


def test_what_no_program_can_decide_is_told_and_left_and_the_version_waits_for_it(old: Project) -> None:
    old.replace(FILE, EARLIER, UNDECIDED)
    before = _files(old)
    done = old.run("upgrade")
    assert (done.code, _files(old)) == (1, before)
    assert f"Zo gelaten. Doe dit zelf:\n- {FILE}:19:5: Hier staat een punt op de kaart zonder adres." in done.out
    assert "requirements.txt" not in done.out
    assert "De regio blijft van versie 0.1.0 tot dit klaar is." in done.out
    old.replace(FILE, UNDECIDED, "")
    assert old.run("upgrade").code == 0
    assert old.read("requirements.txt") == PIN.replace("0.1.0", __version__)


@pytest.mark.parametrize(
    ("file", "content", "told"),
    [
        ("requirements.txt", "meedoenkaart>=0.1\n", "Hier staat niet op één regel welke versie je gebruikt."),
        ("requirements.txt", "meedoenkaart==0.1.0 \\\n  --hash=sha256:00\n", "Hier staat niet op één regel"),
        (WORKFLOW, CALL.replace("v0.1.0", "main"), "Hier staat een workflow van het programma zonder versienummer."),
    ],
)
def test_a_version_that_is_named_otherwise_is_told_and_left(
    project: Project, file: str, content: str, told: str
) -> None:
    project.write(file, content)
    before = _files(project)
    done = project.run("upgrade")
    assert (done.code, _files(project)) == (1, before)
    assert f"- {file}: {told}" in done.out


def test_what_changed_is_told_with_what_the_region_has_of_its_own(old: Project) -> None:
    old.write("overrides/pages/home.html", "{# eigen #}")
    old.write("overrides/sentences.yml", "Deze zin stond er vroeger: Onze zin\nAlle kansen: Alles\n")
    old.write("overrides/eigen.html", "{# van niemand anders #}")
    done = old.run("upgrade")
    changes = texts("changes")
    assert done.out.count("\n- 29 november 2026, ") == sum(one["day"] == "2026-11-29" for one in changes)
    _, _, concerns = done.out.partition("Kijk of het nog klopt:\n")
    assert "- overrides/pages/home.html\n" in concerns
    assert "- catalogue/legal.yml\n" in concerns, "the small project has all of the law itself"
    assert "- overrides/sentences.yml: deze zin is er niet meer: Deze zin stond er vroeger\n" in concerns
    assert "Alle kansen" not in done.out
    assert "eigen.html" not in done.out
    assert old.read("overrides/pages/home.html") == "{# eigen #}"


def test_what_the_program_made_is_made_again_but_for_a_form_that_somebody_changed(old: Project) -> None:
    shutil.copytree(ROOT / "schemas", old.root / "schemas")
    assert old.run("schema").code == 0
    schema, form, own = (
        "schemas/legal.json",
        ".github/ISSUE_TEMPLATE/nieuwe-kans.yml",
        ".github/ISSUE_TEMPLATE/voorstel.yml",
    )
    made = old.read(form)
    old.write(schema, "{}\n")
    old.write(form, made.replace("Nieuwe kans", "Vroeger"))
    old.write(own, "name: Ons formulier\n")
    done = old.run("upgrade")
    assert done.code == 1
    assert f"- {schema}: opnieuw gemaakt\n- {form}: opnieuw gemaakt\n" in done.out
    assert f"- {own}: Dit formulier is met de hand veranderd." in done.out
    assert (old.read(form), old.read(own)) == (made, "name: Ons formulier\n")
    assert len(old.read(schema)) > 100


def test_files_of_a_newer_program_are_not_read_and_not_touched(project: Project) -> None:
    project.write("requirements.txt", "meedoenkaart==99.0.0\n")
    project.write(FILE, "wat: een veld van later\n")
    before = _files(project)
    for command in ("check", "build", "upgrade"):
        done = project.run(command)
        assert done.code == 1
        assert done.out.startswith(
            "requirements.txt:1:15: fout [newer-version]\n  Deze regio is gemaakt voor versie 99.0.0 van het programma."
        )
        assert "pip install meedoenkaart==99.0.0" in done.out
        assert "Traceback" not in done.err
    assert {file: data for file, data in _files(project).items() if not file.startswith(".cache/")} == before


def test_the_command_says_which_program_runs(project: Project) -> None:
    assert project.run("--version").out.splitlines()[0] == f"meedoenkaart {__version__} ({ROOT / 'meedoenkaart'})"


def test_another_program_that_python_could_have_found_is_told(project: Project, tmp_path: Path) -> None:
    about = tmp_path / "meedoenkaart-0.0.9.dist-info/METADATA"
    about.parent.mkdir()
    (tmp_path / "meedoenkaart").mkdir()  # without what makes it a package, so that it is not the one that runs
    about.write_text("Metadata-Version: 2.1\nName: meedoenkaart\nVersion: 0.0.9\n")
    said = project.execute("--version", PYTHONPATH=str(tmp_path))
    assert said.out.splitlines()[1:] == [f"also installed, and not used: 0.0.9 ({tmp_path})"]


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("meedoenkaart==1.2.3", (1, 2, 3)),
        ("\ufeffMeedoenkaart == 1.2.3\r\n", (1, 2, 3)),
        ("a==9.9.9\n  # meedoenkaart==8.8.8\nmeedoenkaart==1.2.3; python_version > '3'\n", (1, 2, 3)),
        ("meedoenkaart==1.2\n", None),
        ("meedoenkaart-extra==1.2.3\n", None),
        ("", None),
        (b"\xff\xfem\x00e\x00", None),
    ],
)
def test_a_version_is_read_where_pip_reads_it(
    project: Project, text: str | bytes, version: tuple[int, ...] | None
) -> None:
    project.write("requirements.txt", text)
    found = pinned(project.root)
    assert (found and found.version) == version
    if version and isinstance(text, str):
        assert moved(text, "4.5.6") == text.replace("1.2.3", "4.5.6")


@pytest.mark.parametrize("file", ["catalogue/legal.yml", "routes/statutory.yml"])
def test_no_change_of_the_law_is_without_a_word_to_regions(file: str) -> None:
    """Who changes these files says in ``texts/nl/changes.yml`` what changed, with this digest."""
    newest = next(one for one in texts("changes") if one["file"] == file)
    assert newest["digest"] == digest_of_values(BASE / file)


def test_changes_are_told_newest_first_and_name_what_there_is() -> None:
    changes = texts("changes")
    assert [one["day"] for one in changes] == sorted((one["day"] for one in changes), reverse=True)
    for one in changes:
        assert parsed(one["version"]) <= parsed(__version__)
        assert (BASE / one["file"]).is_file()
        assert re.fullmatch(r"[^<>{}]+\.", one["changed"])
