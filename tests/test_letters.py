"""Letters that a program took apart: what was meant is told, and no right text is taken for a wrong one."""

import pytest

from meedoenkaart.reading.text_rules import mended
from meedoenkaart.reading.yaml_text import parse
from tests.conftest import Project

STEP = "catalogue/organisations/opsterland/sportclub-de-stap.yml"
BRIDGE = "catalogue/organisations/smallingerland/buurthuis-de-brug.yml"


def _apart(text: str) -> str:
    """Return what a program shows that takes UTF-8 for Windows-1252."""
    single = (bytes([byte]) for byte in text.encode())
    return "".join(one.decode("cp1252") if one[0] not in b"\x81\x8d\x8f\x90\x9d" else chr(one[0]) for one in single)


MEANT = (
    *(
        "Damwâld",
        "Café de Brink",
        "Súdwest-Fryslân",
        "hûs",
        "België",
        "BELGIË",
        "GEÏNTERESSEERD",
        "KÖLN",
        "Ívar",
        "één",
    ),
    *("’s-Hertogenbosch", "“Meedoen”", "— dus", "…", "€ 5", "20 °C", "hard\u00a0wit", "Lees meer »", "½ uur", "✓", "→"),
    *(
        "à la carte",
        "Ça va",
        "São Paulo",
        "ñandú",
        "Türkçe öğreniyorum",
        "İstanbul",
        "şeker",
        "Łódź",
        "Český",
        "e\u0308",
    ),
    *("Я иду", "مرحبا", "ሰላም", "שלום", "Việt", "😀 hoi"),
)


@pytest.mark.parametrize("text", MEANT)
def test_letters_are_put_together_however_often_they_were_taken_apart(text: str) -> None:
    once = _apart(text)
    assert mended(once) == mended(_apart(once)) == text
    assert mended(text) == text


@pytest.mark.parametrize(
    "text",
    [
        *("Ã", "Â", "Â en Ã", "à propos", "SÃO PAULO", "“AMANHÃ”", "IRMÃ…", "MAÇÃ»", "IRMÃ\u00a0MARIA", "NÃO—SIM"),
        *("CAFÉ’S", "« café\u00a0»", "«\u00a0É\u00a0»", "café…”", "Zoë’…", "groß”", "Straße…", "voilà\u00a0»", "TÜV™"),
        *(
            "Úžasné",
            "VÍŠ",
            "“Tomáš”",
            "Tomáš…",
            "KÖYÜ’NDE",
            "İSTANBUL’DA",
            "3×½",
            "2×…",
            "20 m²",
            "“Å”",
            "Å…",
            "está»”",
        ),
    ],
)
def test_a_right_text_stays_as_it_is(text: str) -> None:
    assert mended(text) == text


def test_what_a_hostile_text_can_make_of_it_ends_soon() -> None:
    assert len(mended("Ã" + "ƒ" * 90_000)) > 80_000


@pytest.mark.parametrize(
    ("file", "old", "new", "right"),
    [
        (STEP, "place: Nearnshuzen", "place: JonkerslÃ¢n", "Jonkerslân"),
        (STEP, "place: Nearnshuzen", "place: JonkerslÃƒÂ¢n", "Jonkerslân"),
        (STEP, "title: Wandelen", "title: CafÃ© de Brink", "Café de Brink"),
        (STEP, "title: Wandelen", 'title: "Caf\\xc3\\xa9"', "Café"),
        (STEP, "title: Wandelen", "title: BelgiÃ\x8b", "title: BelgiË"),
        (BRIDGE, "note: Bel de balie.", f"note: {'Kom langs ' * 11}in het cafÃ© hier.", "café hier."),
    ],
)
def test_wrong_letters_are_one_problem_that_tells_the_right_ones(
    project: Project, file: str, old: str, new: str, right: str
) -> None:
    project.replace(file, old, new)
    (problem,) = project.load().problems
    assert (problem.rule, problem.file) == ("wrong-letters", file)
    assert problem.message == "De letters zijn verkeerd opgeslagen."
    assert problem.remedy == f"Er hoort te staan: {right}"


def test_what_was_meant_is_looked_at_too(project: Project) -> None:
    project.replace(STEP, "title: Wandelen", "title: Vraag naar Ã‰lodie Verzonnen")
    assert [one.rule for one in project.load().problems] == ["private-name", "wrong-letters"]


def test_letters_that_are_lost_cannot_be_told(project: Project) -> None:
    project.replace(STEP, "title: Wandelen", "title: Wandelï¿½n")
    assert [one.rule for one in project.load().problems] == ["invisible-characters"]


@pytest.mark.parametrize("text", ["name: Fout\n", "# De naam:\nname: Fout\n"])
def test_a_byte_order_mark_may_be_taken_apart_too(text: str) -> None:
    tree, problems = parse(f"ï»¿{text}".encode(), "file.yml")
    assert (tree, [one.rule for one in problems]) == ({"name": "Fout"}, ["byte-order-mark"])
