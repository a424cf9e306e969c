"""``meedoenkaart init``: a folder of its own for another region, from what is known of the whole country."""

import resource
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
import yaml

from meedoenkaart.cli import main
from meedoenkaart.geography.places import municipality_names
from meedoenkaart.loading import load
from meedoenkaart.national import municipalities, receptions
from meedoenkaart.reading.documents import Reader
from meedoenkaart.writing import beginning
from tests.conftest import ROOT, TODAY, Outcome, forked

ZEELAND = ("--name", "Meedoen in Zeeland", "--province", "Zeeland", "--repository", "https://github.com/zee/kaart")


def _init(folder: Path, *given: str) -> Outcome:
    return forked(lambda: main(["--root", str(folder), "init", *given], prog_name="meedoenkaart"))


def _files(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


def _begun(folder: Path, **given: Sequence[str]) -> Mapping[str, str]:
    folder.mkdir(parents=True, exist_ok=True)
    beginning.write(folder, beginning.region_of({"repository": ["https://github.com/zee/kaart"], **given}))
    return {name: (folder / name).read_text("utf-8") for name in _files(folder)}


def test_a_region_begins_without_a_problem(tmp_path: Path) -> None:
    folder = tmp_path / "een 'map' met \"tekens\""
    folder.mkdir()
    (folder / ".git").mkdir()
    outcome = _init(folder, *ZEELAND)
    assert outcome.code == 0, outcome.err
    assert "Gemeenten: 13" in outcome.out
    loaded = load(Reader(folder), TODAY, region=frozenset({"Zeeland"}))
    assert loaded.problems == ()
    assert loaded.catalogue
    assert len(loaded.catalogue.municipalities) == 13
    assert list(loaded.catalogue.receptions) == ["azc-middelburg"]
    named = {one.split("/")[0] for one in _files(folder)}
    written = {".github", ".gitignore", "README.md", "catalogue", "docs", "mkdocs.yml", "requirements.txt", "schemas"}
    assert named == written
    assert {f".github/workflows/{name}.yml" for name in ("check", "publish", "upkeep")} <= _files(folder)
    again = _init(folder, *ZEELAND)
    assert (again.code, again.out) == (2, "")
    assert "meedoenkaart upgrade" in again.err


def test_its_files_are_laid_out_as_all_others(tmp_path: Path) -> None:
    before = _begun(tmp_path, name=["Limburg doet mee"], province=["limburg"])
    assert forked(lambda: main(["--root", str(tmp_path), "format"])).code == 0
    assert {name: (tmp_path / name).read_text("utf-8") for name in before} == before
    assert {"catalogue/reception/azc-maastricht.yml", "catalogue/municipalities/bergen-limburg.yml"} <= set(before)


def test_a_name_with_any_signs_is_a_name(tmp_path: Path) -> None:
    name = "Zee: \"land\" & 'meer' #1 {x} [y] *z* - @NAME"
    files = _begun(tmp_path, name=[name], municipality=["Goes", "hulst"], address=["https://kaart.voorbeeld.nl/zee"])
    settings = yaml.safe_load(files["mkdocs.yml"])
    assert settings["site_name"] == name
    assert settings["site_url"] == "https://kaart.voorbeeld.nl/zee/"
    assert settings["plugins"][0]["meedoenkaart"]["region"] == []
    assert "in Goes en Hulst" in settings["site_description"]
    assert files["README.md"].splitlines()[0] == "# " + name.replace("#", r"\#").replace("[y]", r"\[y\]").replace(
        "*", r"\*"
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, ["Zeg erbij: --name, --province, --repository"]),
        ({"name": ["<b>Zee</b>"]}, ["Naam: In de tekst staat HTML-code"]),
        ({"name": ["  "]}, ["moet een naam hebben"]),
        ({"province": ["Zeelant"]}, ['Bedoel je "Zeeland"?']),
        ({"province": ["België"]}, ["België is geen provincie van Nederland.\n"]),
        ({"municipality": ["Vlisingen", "Appingedam"]}, ['Bedoel je "Vlissingen"?', "Nu is dat Eemsdelta."]),
        ({"municipality": ["Bergen"]}, ["Kies er een: Bergen (Limburg), Bergen (Noord-Holland)."]),
        ({"repository": ["http://github.com/zee/kaart"]}, ["Opslag:", "dat met https:// begint"]),
        ({"address": ["kaart.voorbeeld.nl"], "province": ["Zeelant"]}, ["Adres:", "Zeeland"]),
        ({"repository": ["https://git.voorbeeld.nl/zee"]}, ["Adres:"]),
    ],
)
def test_all_that_is_wrong_is_said_at_once(given: Mapping[str, Sequence[str]], said: Sequence[str]) -> None:
    right = {"name": ["Zee"], "province": ["Zeeland"], "repository": ["https://github.com/zee/kaart"]}
    with pytest.raises(beginning.NotPossibleError) as wrong:
        beginning.region_of({**right, **given} if given else {})
    for one in said:
        assert one in f"{wrong.value}\n"


def test_a_folder_with_something_in_it_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "brief.odt").touch()
    outcome = _init(tmp_path, *ZEELAND)
    assert (outcome.code, outcome.out) == (2, "")
    assert "brief.odt" in outcome.err
    assert _files(tmp_path) == {"brief.odt"}


def test_a_full_disk_leaves_nothing(tmp_path: Path) -> None:
    def begin() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
        main(["--root", str(tmp_path), "init", *ZEELAND], prog_name="meedoenkaart")

    outcome = forked(begin)
    assert outcome.code == 1
    assert "Dat is niet gelukt" in outcome.err
    assert list(tmp_path.iterdir()) == []


def test_on_a_terminal_each_question_comes_again_until_its_answer_will_do() -> None:
    places = ["Zeelant", "", "", "Goes, Bergen", "goes , Bergen (Limburg)"]
    answers = iter(["", "Meedoen", *places, "kaart", "https://github.com/Zee/k", ""])
    told: list[str] = []
    region = beginning.asked({}, lambda _: next(answers), told.append)
    assert region.name == "Meedoen"
    assert [one.called for one in region.municipalities] == ["Bergen (Limburg)", "Goes"]
    assert (region.provinces, region.address) == ((), "https://zee.github.io/k/")
    assert "Bergen (Noord-Holland)" in "".join(told)
    assert not list(answers)


def test_all_municipalities_are_known_as_the_catalogue_knows_them() -> None:
    known = {one.slug: one for one in municipalities()}
    assert {one.cbs_code for one in known.values()} == set(municipality_names())
    for file in (ROOT / "catalogue/municipalities").glob("*.yml"):
        record = yaml.safe_load(file.read_text("utf-8"))
        one = known[file.stem]
        assert (one.name, one.cbs_code, one.province) == (record["name"], record["cbs_code"], record["province"])
        assert one.seat == record["seat"]


def test_reception_for_minors_is_none_of_what_is_known() -> None:
    kinds = list(_kinds())
    assert len(kinds) > 40
    assert "amv" not in kinds


def _kinds() -> Iterator[str]:
    for file in receptions(ROOT):
        yield yaml.safe_load(file.read_text("utf-8"))["type"]
