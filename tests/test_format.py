"""``meedoenkaart format``: one layout, with every comment and value where it was."""

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given

from meedoenkaart.layers import BASE
from meedoenkaart.reading.documents import COLLECTIONS, Reader
from meedoenkaart.reading.yaml_text import read
from meedoenkaart.writing.layout import layout
from tests.conftest import ROOT, Project
from tests.test_robustness import nasty, patient, spoilt

BRIDGE = "catalogue/organisations/smallingerland/buurthuis-de-brug.yml"
STEP = "catalogue/organisations/opsterland/sportclub-de-stap.yml"
ORGANISATIONS = COLLECTIONS[0]

MESSY = """\
# yaml-language-server: $schema=../../../schemas/organisation.json
# Verzonnen.

kind:   sportvereniging   # een club
"name":  'Sportclub De Stap'
sources:
- title: Voorbeeldkrant
  address: https://stap.voorbeeld.nl/nieuws # gelezen
address: {municipality: opsterland,   place: "Nearnshuzen"}
opportunities:
    - activity: sport
      title: "Wandelen: elke week"
      id: no
      description: >-
          Je wandelt.

          Daarna is er koffie.
      schedule: {words: "Bel eerst.", meetings: [{ends: 012, starts: 12:30}]}
"""
NEAT = """\
# yaml-language-server: $schema=../../../schemas/organisation.json
# Verzonnen.

"name": 'Sportclub De Stap'
kind: sportvereniging     # een club
address: {place: "Nearnshuzen", municipality: opsterland}
sources:
  - address: https://stap.voorbeeld.nl/nieuws # gelezen
    title: Voorbeeldkrant
opportunities:
  - id: no
    title: "Wandelen: elke week"
    activity: sport
    description: >-
      Je wandelt.

      Daarna is er koffie.
    schedule: {meetings: [{starts: 12:30, ends: 012}], words: "Bel eerst."}
"""


def _layout(text: str) -> str | None:
    laid_out = layout(text.encode(), ORGANISATIONS)
    return laid_out.decode() if laid_out else None


def test_fields_get_the_order_of_the_record_and_values_stay_as_they_are_written() -> None:
    assert _layout(MESSY) == NEAT
    assert _layout(NEAT) is None, "a second time changes nothing"


@pytest.mark.parametrize("written", ["9203cd", "9203 cd", "9203CD", "'9203 Cd'"])
def test_a_postcode_is_written_as_the_post_does(written: str) -> None:
    """It is the one value that changes; what only looks like a postcode in a text stays."""
    text = f"name: x\naddress: {{place: Drachten, postcode: {written}}} # hier\ndescription: |\n  postcode: 9203cd\n"
    laid_out = _layout(text)
    assert laid_out
    quote = "'" if "'" in written else ""
    assert f"postcode: {quote}9203 CD{quote}" in laid_out
    assert "  postcode: 9203cd\n" in laid_out
    assert _layout(laid_out) is None


def test_line_ends_and_invisible_signs_of_other_systems_go() -> None:
    assert _layout("\ufeff" + NEAT.replace("\n", "\r\n")) == NEAT
    assert _layout(NEAT.removesuffix("\n")) == NEAT
    assert _layout(NEAT.replace("activity: sport", "activity: sport   ") + "\n\n") == NEAT


def test_a_comment_stays_above_what_it_is_about() -> None:
    """Another order would put the comments above other fields; so the order stays, and the rest is laid out."""
    text = """\
name: Sportclub De Stap
# Hoe je de club bereikt:
contact:
    email:   info@stap.voorbeeld.nl
  # de site van de bond
    website: https://stap.voorbeeld.nl/
# Wat voor club:
kind: sportvereniging
# Nog na te kijken: het adres.
"""
    expected = text.replace("    ", "  ").replace("email:   ", "email: ")
    assert _layout(text) == expected
    assert _layout(expected) is None


def test_a_comment_above_an_item_moves_with_the_item() -> None:
    text = "name: x\nsources:\n  # de krant\n  - title: Krant\n    address: https://voorbeeld.nl/\n"
    assert _layout(text) == ("name: x\nsources:\n  # de krant\n  - address: https://voorbeeld.nl/\n    title: Krant\n")


@pytest.mark.parametrize(
    "text",
    [
        "name: [\n",
        "name: &a x\nkind: *a\n",
        "kind: x\nkind: y\nname: z\n",
        "kind: x\n---\nname: y\n",
        "kind: \x00\nname: y\n",
        "\tkind: x\nname: y\n",
        "- kind\n- name\n",
        "",
        "# alleen dit\n",
    ],
)
def test_what_cannot_be_read_is_left_alone(project: Project, text: str) -> None:
    project.write(STEP, text)
    outcome = project.run("format")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
    assert project.read(STEP) == text


def test_unknown_fields_come_last_and_stay() -> None:
    assert _layout("verzonnen: ja\nkind: x\nname: y\n") == "name: y\nkind: x\nverzonnen: ja\n"


def test_the_command_names_and_writes_what_it_changes(project: Project) -> None:
    project.write(STEP, MESSY)
    assert project.run("format", "--check").out == f"{STEP}\n"
    assert project.run("format", "--check").code == 1
    assert project.read(STEP) == MESSY, "--check changes nothing"
    assert project.run("format", str(project.root / "catalogue/reception")).out == ""
    outcome = project.run("format", str(project.root / "catalogue/organisations"))
    assert (outcome.code, outcome.out, outcome.err) == (0, f"{STEP}\n", "")
    assert project.read(STEP) == NEAT
    for arguments in (["format"], ["format", "--check"]):
        outcome = project.run(*arguments)
        assert (outcome.code, outcome.out) == (0, "")


def test_real_files_turned_upside_down_are_laid_out_as_they_are() -> None:
    """The top fields of each record of the published catalogue, in the opposite order and back again."""
    collections = {one.name: one for one in COLLECTIONS if not one.single}
    turned = 0
    for document in Reader(ROOT).read():
        if document.is_shared:
            continue
        text = (ROOT / document.file).read_text("utf-8")
        head, *fields = re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)
        if document.collection not in collections or "#" in "".join(fields):
            continue
        upside_down = head + "".join(reversed(fields))
        assert upside_down != text
        laid_out = layout(upside_down.encode(), collections[document.collection])
        assert laid_out
        assert laid_out.decode() == text
        turned += 1
    assert turned > 100


@patient
@given(text=nasty | spoilt())
def test_formatting_keeps_the_values_of_any_text_and_settles_at_once(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    laid_out = layout(data, ORGANISATIONS)
    if laid_out is not None:
        assert read(laid_out, "x")[0] == read(data, "x")[0]
        assert layout(laid_out, ORGANISATIONS) is None


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the catalogue as it is published."""
    root = tmp_path_factory.mktemp("real")
    for source in (BASE, ROOT):
        for name in ("catalogue", "routes"):
            shutil.copytree(source / name, root / name, dirs_exist_ok=True)
    return root


def test_formatting_the_real_catalogue_changes_no_value_and_loses_no_comment(real: Path) -> None:
    before = {one.file: (one.record, _comments(real / one.file)) for one in Reader(real).read()}
    Project(real).run("format")
    after = {one.file: (one.record, _comments(real / one.file)) for one in Reader(real).read()}
    assert after == before
    assert Project(real).run("format", "--check").out == ""


def _comments(file: Path) -> list[str]:
    return sorted(re.findall(r"(?:^|\s)#.*", file.read_text("utf-8")))
