"""Which words belong together: as the generator says it of the real catalogue, and as scripts read it."""

import gzip
import json
import re
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.publishing.families import CACHE, FUNCTION_WORDS, LINKS, SHORTEST, Families, families
from meedoenkaart.publishing.finder import finder_files
from meedoenkaart.publishing.question import sayings
from meedoenkaart.texts import fold
from tests.finder.conftest import answered, bundled
from tests.site.copies import ROOT

BUDGET = 40_000
"""Bytes, compressed."""
Ask = Callable[..., list[tuple[list[str], list[str]]]]
"""Takes words and returns the forms and the parts of each."""


@pytest.fixture(scope="session")
def words(catalogue: Catalogue) -> list[str]:
    """All words of the files that the finder searches."""
    own = yaml.load((ROOT / "meedoenkaart/theme/words.yml").read_text("utf-8"), yaml.CSafeLoader)["finder"]
    files, contents = finder_files(catalogue, ROOT, own, lambda offer: "")
    texts: list[str] = []

    def collect(value: Any) -> None:
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, dict | list):
            for one in value.values() if isinstance(value, dict) else value:
                collect(one)

    index = json.loads(contents[files.index])
    said = sayings(ROOT)
    collect(
        [
            json.loads(contents[files.texts]),
            index["organisations"]["name"],
            index["offers"]["title"],
            list(said["leads"]),
            list(said["alike"]),
            [one["say"] for one in said["phrases"]],
        ]
    )
    collect([[label, synonyms] for facet in index["facets"] for _, label, synonyms, *_ in facet["values"]])
    return sorted({word for text in texts for word in re.findall(r"[^\W_]+", fold(text))})


@pytest.fixture(scope="session")
def told(words: list[str]) -> Families:
    return families(words, ROOT)


@pytest.fixture(scope="session")
def asker(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Families], Ask]:
    folder = tmp_path_factory.mktemp("families")
    program = bundled("families.mjs", folder)

    def about(told: Families) -> Ask:
        file = folder / f"{len([*folder.iterdir()])}.json"  # one each: what asks them lives on
        file.write_text(json.dumps(asdict(told)), "utf-8")

        def ask(*words: str) -> list[tuple[list[str], list[str]]]:
            return [(forms, parts) for forms, parts in answered(program, str(file), asked=words)]

        return ask

    return about


@pytest.fixture(scope="session")
def ask(asker: Callable[[Families], Ask], told: Families) -> Ask:
    return asker(told)


TOGETHER = [
    ("verzorgingshuizen", "verzorgingshuis"), ("taallessen", "taalles"), ("gerepareerd", "repareren"),
    ("kinderen", "kind"), ("fietsen", "fiets"), ("fietst", "fiets"), ("omas", "oma"), ("koken", "kookt"),
    ("vrijwilligers", "vrijwilliger"), ("wandelt", "wandelen"), ("honden", "hond"), ("helpt", "helpen"),
    ("huizen", "huis"), ("lessen", "les"), ("dans", "danst"), ("werk", "werken"), ("won", "winnen"),
    ("cafes", "cafe"), ("musea", "museum"), ("leden", "lid"), ("schilder", "schilderen"), ("groente", "groenten"),
]  # fmt: skip
APART = [
    ("les", "lezen"), ("lessen", "lees"), ("naailes", "taalles"), ("banken", "bang"), ("wonen", "won"),
    ("groen", "groente"), ("kok", "koken"), ("zagen", "zien"), ("leden", "lijden"), ("bus", "buste"),
    ("hal", "halen"), ("was", "wassen"), ("bijen", "bij"), ("winkel", "wink"), ("wil", "wilde"),
]  # fmt: skip


@pytest.fixture(scope="session")
def small(asker: Callable[[Families], Ask]) -> tuple[Families, Ask]:
    """A catalogue of these words alone."""
    found = families({word for pair in TOGETHER + APART for word in pair}, ROOT)
    return found, asker(found)


def test_forms_of_one_word_belong_together(small: tuple[Families, Ask]) -> None:
    forms = [set(line.split()) for line in small[0].forms]
    answers = small[1](*(word for pair in TOGETHER for word in pair))
    for number, (one, other) in enumerate(TOGETHER):
        assert any({one, other} <= family for family in forms), (one, other)
        assert other in answers[2 * number][0]
        assert one in answers[2 * number + 1][0]


def test_other_words_stay_apart(small: tuple[Families, Ask]) -> None:
    answers = small[1](*(word for pair in APART for word in pair))
    for number, (one, other) in enumerate(APART):
        assert other not in answers[2 * number][0], (one, other)
        assert one not in answers[2 * number + 1][0], (one, other)


COMPOUNDS = {
    "fietswerkplaats": "fiets werkplaats",
    "buurtkeuken": "buurt keuken",
    "taalcafe": "taal cafe",
    "verzorgingshuis": "verzorging huis",
    "taaloefenwerkplaats": "taal oefen werkplaats",
    "vrijwilligerswerk": "vrijwilliger werk",
    "dierentuin": "dieren tuin",
    "naaimachine": "naai machine",
    "voedselbanken": "voedsel banken",
    "kaartspel": "kaart spel",
    "spreekuren": "spreek uren",
}
SIMPLE = """
    winkel zwemmen kapper tafel vereniging luisteren hielpen opknappen kinderen bakkerij kunstenaar programma gesprek
    maandag cultuur verzorging samenspraak meehelpen ouderen restaurant timmeren organisatie hoogeveen heerenveen laptop
    vijftien verkoopster
""".split()  # noqa: SIM905


def test_compounds_are_taken_apart(asker: Callable[[Families], Ask]) -> None:
    found = families([*COMPOUNDS, *SIMPLE], ROOT)
    assert found.parts == dict(sorted(COMPOUNDS.items()))
    assert [" ".join(parts) for _, parts in asker(found)(*COMPOUNDS)] == [*COMPOUNDS.values()]


def test_words_that_only_somebody_types_are_understood(ask: Ask) -> None:
    typed = {
        "naailes": "naai les",
        "naailessen": "naai lessen",
        "fietsreparatie": "fiets reparatie",
        "kookclub": "kook club",
        "muziekles": "muziek les",
        "computerhulp": "computer hulp",
        "kinderfeest": "kinder feest",
        "boodschappenhulp": "boodschap hulp",
        "kapster": "",
        "verpleegster": "",
        "onderwijzer": "",
        "verhuizingshulp": "verhuizing hulp",
        "winkel": "",
        "zwemmen": "",
        "kapper": "",
        "tafel": "",
        "xyzzyqwerty": "",
    }
    answers = ask(*typed)
    assert {word: " ".join(parts) for word, (_, parts) in zip(typed, answers, strict=True)} == typed
    assert "naailes" in answers[1][0]
    assert "taalles" not in answers[0][0]


def test_what_is_no_word_is_left_alone(ask: Ask) -> None:
    awkward = ["", "a", "taalles" * 1500, "huis" * 10, "huis" * 11, "__proto__", "constructor", "العربية", "1234567"]
    answers = ask(*awkward)
    assert [forms[0] for forms, _ in answers] == awkward
    assert [len(parts) for _, parts in answers] == [0, 0, 0, 10, 0, 0, 0, 0, 0]


def test_the_file_of_the_real_catalogue_is_small_and_always_the_same(words: list[str], told: Families) -> None:
    data = json.dumps(asdict(told), ensure_ascii=False, separators=(",", ":")).encode()
    assert len(gzip.compress(data, 9)) <= BUDGET
    assert families(reversed(words), ROOT) == told
    assert told.forms == sorted(set(told.forms))
    assert [*told.parts] == sorted(told.parts)


def test_the_file_is_about_the_catalogue(words: list[str], told: Families, ask: Ask) -> None:
    have = set(words)
    for line in told.forms:
        family = line.split()
        assert len(family) > 1
        assert family == sorted(set(family))
        assert not have.isdisjoint(family)
        assert not FUNCTION_WORDS & set(family)
    assert told.parts.keys() <= have
    for word, parts in told.parts.items():
        assert all(len(part) >= SHORTEST for part in parts.split())
        assert re.fullmatch(f"({'|'.join(LINKS)}|[^aeiou]en)".join(parts.split()), word)
    assert [" ".join(parts) for _, parts in ask(*told.parts)] == [*told.parts.values()]


@settings(max_examples=10, deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=50)))
def test_any_words_will_do(texts: list[str]) -> None:
    found = families(texts, ROOT)
    assert found.parts.keys() <= set(texts)
    assert all(not set(texts).isdisjoint(line.split()) for line in found.forms)


def test_what_is_kept_broken_is_read_again(tmp_path: Path) -> None:
    first = families(["fietsen", "taalles"], ROOT)
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    [kept] = (ROOT / CACHE).glob("*.json")
    folder = tmp_path / CACHE
    folder.mkdir(parents=True)
    (folder / kept.name).write_bytes(kept.read_bytes()[:-100])
    (folder / "older.json").touch()
    assert families(["taalles", "fietsen", "fietsen"], tmp_path) == first
    assert [file.read_bytes() for file in folder.iterdir()] == [kept.read_bytes()]
