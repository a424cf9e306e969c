"""Whatever stands in a file, the answer is a record or problems at a place in it, soon, and never a stack trace."""

import json
import os
import time
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from itertools import pairwise
from pathlib import Path as FilePath
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meedoenkaart.loading import load
from meedoenkaart.problems import MOST_PROBLEMS, Problem, report
from meedoenkaart.reading.documents import Reader
from meedoenkaart.reading.yaml_text import LONGEST_FILE, read
from meedoenkaart.records.record import Path
from meedoenkaart.records.scalars import Text
from tests.conftest import MINIMAL, ROOT, TODAY, Project

FILE = "catalogue/organisations/smallingerland/buurthuis-de-brug.yml"
TIMES = "catalogue/organisations/smallingerland/elk-veld-van-tijd.yml"
FULL = FILE, "catalogue/reception/azc-drachten.yml", "catalogue/municipalities/smallingerland.yml"
"""Files in which every field is filled in, but for those that ``TIMES`` has."""
SINGLE = "catalogue/vocabulary.yml", "catalogue/legal.yml", "catalogue/glossary.yml", "catalogue/places.yml"
VALID = (MINIMAL / FILE).read_text("utf-8")

NASTY = (
    *"[]{}:,-?&*!|>'\"%@`#~<= \t\n",
    *(" - ", ": ", "- - ", "? ", " #", "\n  ", "\n- ", "\n\t", "---\n", "...\n", "%YAML 1.1\n", "%TAG ! x\n"),
    *("&a ", "*a", "!!python/object:os.system ", "!x ", "<<: ", ">-\n", "|\n", '"\\u202e"', '"\\0"', "'", '\\"'),
    *("null", "~", "no", "012", "1e3", "12:30", "2026-11-22", "name", "kind: buurthuis\n", "[key]", "nl", "\r\n", "\r"),
    *(
        "\ufeff",
        "\x00",
        "\x85",
        "\u2028",
        "\u2029",
        "\u202e",
        "\xa0",
        "é",
        "ع",
        "😀",
        "\U0010ffff",
        "\ufffe",
        " " * 250,
    ),
)

nasty = st.lists(st.sampled_from(NASTY) | st.text(max_size=4), max_size=25).map("".join)
patient = settings(
    deadline=None,
    derandomize=True,
    max_examples=200,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
"""The same examples every time; the project is the same for all, since each example writes the same file."""


@st.composite
def spoilt(draw: st.DrawFn) -> str:
    """A valid file with something nasty in the place of a part of it."""
    start = draw(st.integers(0, len(VALID)))
    return VALID[:start] + draw(nasty) + VALID[start + draw(st.integers(0, 40)) :]


def assert_sound(data: bytes, problems: list[Problem] | tuple[Problem, ...]) -> None:
    """Every problem stands at a place in the file."""
    text = data.decode("utf-8-sig", "surrogateescape").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    for one in problems:
        assert 1 <= one.line <= len(lines), one
        assert 1 <= one.column <= len(lines[one.line - 1]) + 1, one
        assert one.message.isprintable(), one


def assert_read(data: bytes) -> None:
    """Reading gives plain values, or says what is in the way."""
    started = time.process_time()
    tree, problems = read(data, "file.yml")
    assert time.process_time() - started < 1
    assert_sound(data, problems)
    if tree is None:
        assert any(one.severity == "error" for one in problems)
        return
    assert _is_plain(tree)
    plain = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    for event in yaml.parse(plain, yaml.CSafeLoader):
        assert not isinstance(event, yaml.AliasEvent)
        assert getattr(event, "anchor", None) is None
        assert getattr(event, "tag", None) is None


def _is_plain(tree: Any) -> bool:
    if isinstance(tree, dict):
        return all(type(key) is str and _is_plain(value) for key, value in tree.items())
    return all(map(_is_plain, tree)) if isinstance(tree, list) else type(tree) is str


@patient
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert_read(data)


@patient
@given(nasty)
def test_any_text_is_read_or_refused(text: str) -> None:
    assert_read(text.encode("utf-8", "surrogatepass"))


@patient
@given(text=spoilt())
def test_a_spoilt_file_gives_a_catalogue_or_problems(project: Project, text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    assert_read(data)
    project.write(FILE, data)
    loaded = project.load()
    assert_sound(data, [one for one in loaded.problems if one.file == FILE])
    assert (loaded.catalogue is None) == any(one.severity == "error" for one in loaded.problems)
    for form in ("text", "json", "github"):
        report(loaded.problems, form)


WRONG: dict[str, Any] = {
    "nothing": "",
    "text": "verzonnen",
    "long text": "lang " * 200,
    "list": ["verzonnen"],
    "empty list": [],
    "list of lists": [[["verzonnen"]]],
    "list of groups": [{"verzonnen": "x"}],
    "group": {"verzonnen": "x", "[key]": "y", "": "z"},
    "empty group": {},
}


@pytest.mark.parametrize(
    ("file", "kind"),
    [(file, kind) for file in (*FULL, TIMES) for kind in WRONG]
    + [(file, kind) for file in SINGLE for kind in ("text", "list", "group")],
)
def test_a_wrong_value_in_any_field_is_a_problem_at_that_field(project: Project, file: str, kind: str) -> None:
    reader = Reader(project.root)
    tree, _ = read((_source(file) / file).read_bytes(), file)
    wrong = WRONG[kind]
    for path, value in _values(tree):
        data = _written(tree, path, wrong)
        project.write(file, data)
        (document,) = (one for one in reader.read() if one.file == file)
        readable = document.record is not None
        problems = [one for one in load(reader, TODAY).problems if one.file == file] if readable else document.problems
        assert_sound(data, problems)
        per_language = isinstance(value, dict) and "nl" in value
        if type(value) is not type(wrong) and not (per_language and isinstance(wrong, str)):
            lines = {_line_of(tree, path[:length]) for length in (len(path), len(path) - 1)}
            at_the_field = [one for one in problems if one.severity == "error" and one.line in lines]
            assert at_the_field, f"{path}: {report(problems, 'text')}"


def test_the_full_files_have_every_field() -> None:
    """Otherwise the test above would leave fields out."""
    filled = set()
    for folder in (MINIMAL, ROOT / "tests/when"):
        for document in Reader(folder).read():
            if document.file in (*FULL, TIMES):
                tree, _ = read((folder / document.file).read_bytes(), document.file)
                filled |= set(_filled(tree, document.record))
    assert filled == {(cls, field.name) for cls, _ in filled for field in fields(cls)}


def _source(file: str) -> FilePath:
    """Return the folder of made-up records in which a full file lies."""
    return ROOT / "tests/when" if file == TIMES else MINIMAL


def _filled(tree: Any, record: Any) -> Iterator[tuple[Any, str]]:
    """Yield the class and the name of every field that has a value in a tree."""
    if isinstance(record, tuple):
        for item, one in zip(tree, record, strict=True):
            yield from _filled(item, one)
    elif isinstance(tree, dict) and is_dataclass(record) and not isinstance(record, Text):
        for name, value in tree.items():
            yield type(record), name
            yield from _filled(value, getattr(record, name))


def _values(tree: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield the path and the value of everything in a tree."""
    for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ():
        yield (*path, key), value
        yield from _values(value, (*path, key))


def _written(tree: Any, path: Path, value: Any) -> bytes:
    """Return a file with another value at a path: JSON, which is YAML with a line for every value."""
    copy = json.loads(json.dumps(tree))
    place = copy
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return json.dumps(copy, ensure_ascii=False, indent=1).encode()


def _line_of(tree: Any, path: Path) -> int:
    """Return the line on which a value stands in such a file."""
    if not path:
        return 1
    before, _, _ = _written(tree, path, "HERE").partition(b"HERE")
    return before.count(b"\n") + 1


def _bomb() -> str:
    names = "abcdefghij"
    lines = [f"{one}: &{one} [{', '.join([f'*{before}'] * 9)}]" for before, one in pairwise(names)]
    return "\n".join(["a: &a [x, x, x]", *lines])


MONSTERS = {
    "brackets": "[" * 99_000,
    "brackets between brackets": "a: " + '["]", ' * 14_000,
    "braces between braces": "a: " + '{"}": ' * 14_000,
    "closed brackets": "a: " + "[" * 40_000 + "]" * 40_000,
    "dashes": "- " * 49_000,
    "questions": "? " * 49_000,
    "steps": "\n".join(" " * depth + "a:" for depth in range(430)),
    "steps of a list": "\n".join(" " * depth + "-" for depth in range(430)),
    "aliases of aliases": _bomb(),
    "an alias of itself": "a: &a [*a]",
    "tags": "!a " * 33_000,
    "anchors": "".join(f"a{number}: &b x\n" for number in range(8_000)),
    "one quote": 'a: "' + "b\n" * 40_000,
    "escapes": 'a: "' + "\\x" * 49_000,
    "documents": "---\n" * 24_000,
    "the same field": "a: b\n" * 19_000,
    "unknown fields": "".join(f"naam{number}: x\n" for number in range(8_000)),
    "unknown values": VALID.replace("[koken, buurt]", "[" + "kokn, " * 13_000 + "]"),
    "unknown groups": VALID.replace("[koken, buurt]", "[" + "{a: b}, " * 11_000 + "]"),
    "groups within groups": VALID.replace("[koken, buurt]", "[" * 11 + "]" * 11),
    "wrong items": VALID.replace("opportunities:\n", "opportunities:\n" + "  - x\n" * 15_000),
    "spaces": f'name: "a{" " * 98_000}b"',
    "spaces in values that are mended": VALID.replace(
        "opportunities:\n",
        "opportunities:\n"
        + "".join(
            f"  - {{id: x{number}, title: Een, activity: cursus, "
            f'schedule: {{meetings: [{{starts: "a{" " * 11_000}b"}}]}}}}\n'
            for number in range(8)
        ),
    ),
    "capitals": f"name: {'ABC ' * 24_000}",
    "digits": f"name: {'6 ' * 49_000}",
    "numbers": f"name: {'06 12 34 56 7x ' * 6_000}",
    "mail addresses": f"name: {'a.b@c.nl ' * 10_000}",
    "names": f"name: {'Bel met Fenna van de ' * 4_600}",
    "one name": f"name: Bel met F{'e' * 98_000}",
    "angles": f"name: {'< ' * 49_000}",
    "ampersands": f"name: {'&a' * 49_000}",
    "colons": f"name: {':a' * 49_000}",
    "comments": "#" * 99_000,
    "lines": "\n" * 99_000,
    "too large": VALID + "# x\n" * LONGEST_FILE,
}


@pytest.mark.parametrize("monster", MONSTERS)
def test_a_monster_is_refused_soon_and_clearly(project: Project, monster: str) -> None:
    data = MONSTERS[monster].encode()
    project.write(FILE, data)
    outcome = project.run("check", "--format", "json")
    assert outcome.seconds < 5
    assert (outcome.code, outcome.err) == (1, "")
    problems = [one for one in (Problem(**one) for one in json.loads(outcome.out)) if one.file == FILE]
    assert_sound(data, problems)
    assert any(one.severity == "error" for one in problems)
    assert len(problems) <= 2 * MOST_PROBLEMS


@pytest.mark.parametrize("sign", "\x00\x07\x1b\x7f\x85\u2028\u2029\ufeff\uffff")
def test_a_sign_that_no_text_has_is_refused_where_it_stands(project: Project, sign: str) -> None:
    """Also in a comment: some end a line for YAML and for no editor, and the lines after it would be miscounted."""
    project.replace(FILE, "kind: buurthuis", f"kind: buurthuis # é{sign}")
    assert project.problems() == [f"{FILE}:3:20 invisible-characters"]


def test_a_file_of_gigabytes_is_not_read_whole(project: Project) -> None:
    os.truncate(project.root / FILE, 5_000_000_000)
    started = time.process_time()
    assert project.problems() == [f"{FILE}:1:1 file-too-large"]
    assert time.process_time() - started < 1


def test_a_device_and_a_folder_are_no_records(project: Project) -> None:
    """A pipe that nobody writes to would be waited for for ever."""
    os.mkfifo(project.root / "catalogue/reception/pijp.yml")
    (project.root / "catalogue/reception/map.yml").mkdir()
    outcome = project.run("check")
    assert (outcome.code, outcome.err) == (1, "Fouten: 1. Let op: 0.\n")
    assert outcome.out.startswith("catalogue/reception/pijp.yml:1:1: fout [not-a-file]\n")


def test_warnings_never_hide_an_error(project: Project) -> None:
    spaces = ", ".join(["twee  spaties"] * 80)
    project.replace(FILE, "aliases: [smallingerland/de-oude-brug]", f"serves: [{spaces}]\naliases: [x]")
    project.replace(FILE, "serves: [opsterland]\n", "")
    project.replace(FILE, "Bel de balie.", "Bel 06 12 34 56 78.")
    found = [one.rule for one in project.load().problems]
    assert "private-phone" in found
    assert len(found) <= 2 * MOST_PROBLEMS


def test_ten_thousand_wrong_files_take_seconds(project: Project) -> None:
    valid = project.read("catalogue/organisations/sudwest-fryslan/taalhuis-het-woord.yml")
    variants = (
        valid.replace("kind: taalaanbieder", "kind: taalaanbieder\nkind: ["),
        valid.replace("place: Oudega", "place: Oudgea"),
        valid.replace("activity: taal", "activiteit: taal"),
        valid.replace("activity: taal", "activity: tal"),
    )
    folder = project.root / "catalogue/organisations/opsterland"
    for number in range(10_000):
        (folder / f"fout-{number}.yml").write_text(variants[number % 4].replace("Het Woord", f"Fout {number}"), "utf-8")
    outcome = project.execute("check", "--format", "json")
    assert (outcome.code, outcome.err) == (1, "")
    wrong = {one["file"] for one in json.loads(outcome.out) if one["severity"] == "error"}
    assert len(wrong) == 10_000
    assert outcome.seconds < 20, "seconds of work for two processors; the machine may have more to do"
