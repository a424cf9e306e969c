"""Every rule: one input that trips it, the problems at the right places, in each of the three formats."""

import ast
import json
import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote

import pytest

from meedoenkaart.problems import Problem, rules
from tests.conftest import ROOT, Project

INPUTS = ROOT / "tests/rules"
FILE = "catalogue/organisations/smallingerland/buurthuis-de-brug.yml"


def _link(project: Project) -> None:
    (project.root / "catalogue/reception/elders.yml").symlink_to(project.root / "catalogue/legal.yml")


def _bytes(change: Callable[[bytes], bytes]) -> Callable[[Project], object]:
    """Return a change of the bytes of one file."""
    return lambda project: project.write(FILE, change(project.read(FILE).encode()))


def _icons(project: Project) -> None:
    """Have one icon too few."""
    files = ("catalogue/vocabulary.yml", "routes/smallingerland.yml")
    named = re.findall(r"icon: ([a-z-]+)", "".join(map(project.read, files)))
    for name in {*named} - {"coffee"}:
        project.write(f"node_modules/lucide-static/icons/{name}.svg", "<svg></svg>")


IN_CODE: dict[str, tuple[Callable[[Project], object], list[str]]] = {
    "not-a-file": (_link, ["catalogue/reception/elders.yml:1:1"]),
    "empty-file": (_bytes(lambda _: b"\n"), [f"{FILE}:1:1"]),
    "file-too-large": (_bytes(lambda old: old + b"# 0123456789\n" * 800_000), [f"{FILE}:1:1"]),
    "not-utf8": (_bytes(lambda old: old.replace(b"A made-up", "Café — ".encode() + b"caf\xe9")), [f"{FILE}:6:17"]),
    "byte-order-mark": (_bytes(lambda old: b"\xef\xbb\xbf" + old), [f"{FILE}:1:1"]),
    "windows-line-ends": (
        _bytes(lambda old: old.replace(b"kind: buurthuis\n", b"kind: buurthuis\r\n")),
        [f"{FILE}:3:1"],
    ),
    "too-deep": (_bytes(lambda old: old + b"extra: " + b"[" * 13 + b"]" * 13 + b"\n"), [f"{FILE}:93:20"]),
    "unknown-icon": (_icons, ["catalogue/vocabulary.yml:12:72"]),
}
"""Inputs that can't lie in the repository as they are, with the places of their problems."""


def _prepared(project: Project, rule: str) -> list[str]:
    """Trip a rule and return the problems that are to be found."""
    if rule in IN_CODE:
        change, places = IN_CODE[rule]
        change(project)
        return [f"{place} {rule}" for place in places]
    project.overlay(INPUTS / rule)
    return (INPUTS / rule / "expected.txt").read_text("utf-8").splitlines()


def test_every_rule_has_an_input_and_every_input_a_rule() -> None:
    assert {folder.name for folder in INPUTS.iterdir()} ^ IN_CODE.keys() == rules().keys()


def test_a_wrong_field_does_not_hide_a_wrong_reference(project: Project) -> None:
    text = project.read(FILE)
    assert "kind: buurthuis\n" in text
    project.write(
        FILE, text.replace("kind: buurthuis\n", "kind: buurthuisje\n").replace("status: actief\n", "status: soms\n", 1)
    )
    problems = json.loads(project.run("check", "--format", "json").out)
    assert [(one["line"], one["rule"]) for one in problems] == [(3, "unknown-reference"), (31, "unknown-choice")]


def test_the_small_project_has_no_problem(project: Project) -> None:
    outcome = project.run("check")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "Alles klopt.\n")


@pytest.mark.parametrize("rule", rules())
def test_a_rule_finds_its_problem_at_the_right_place(project: Project, rule: str) -> None:
    expected = _prepared(project, rule)
    outcome = project.run("check", "--format", "json")
    problems = [Problem(**one) for one in json.loads(outcome.out)]
    assert [f"{one.file}:{one.line}:{one.column} {one.rule}" for one in problems] == expected
    assert rule in {one.rule for one in problems}
    errors = [one for one in problems if one.severity == "error"]
    assert (outcome.code, outcome.err) == (1 if errors else 0, "")
    for one in problems:
        assert one.severity == rules()[one.rule].severity
        assert one.message.strip()
        assert one.remedy.strip()
        assert not re.search(r"\{\w+\}|\bNone\b", one.message + one.remedy), "a placeholder was not filled"

    text = project.run("check")
    assert (text.code, _from_text(text.out)) == (outcome.code, problems)
    assert text.err == f"Fouten: {len(errors)}. Let op: {len(problems) - len(errors)}.\n"

    annotations = project.run("check", "--format", "github")
    assert (annotations.code, annotations.err) == (outcome.code, "")
    assert [_from_annotation(line) for line in annotations.out.splitlines()] == problems


def test_what_a_contributor_writes_cannot_break_a_report(project: Project) -> None:
    """Names and values with the signs that each format uses come back as they were."""
    name = "100%, a:b ::error::x%0Ay.yml"
    project.write(f"catalogue/organisations/opsterland/{name}", "name: x\n")
    project.replace(FILE, "kind: buurthuis", 'kind: "100%,:\\n::set-output name=x::y"')
    problems = [Problem(**one) for one in json.loads(project.run("check", "--format", "json").out)]
    assert [one.file for one in problems] == [f"catalogue/organisations/opsterland/{name}", FILE]
    annotations = project.run("check", "--format", "github").out.splitlines()
    assert [_from_annotation(line) for line in annotations] == problems
    assert _from_text(project.run("check").out) == problems


@pytest.mark.parametrize("name", [b"caf\xe9.yml", b"a\n::error::b.yml", b"\x1b[31mrood.yml"])
def test_a_name_of_bytes_is_shown_on_one_line(project: Project, name: bytes) -> None:
    with open(bytes(project.root / "catalogue/reception") + b"/" + name, "wb") as file:
        file.write(b"name: x\n")
    for form in ("text", "json", "github"):
        outcome = project.run("check", "--format", form)
        assert outcome.code == 1
        assert "file-name" in outcome.out
        assert "Traceback" not in outcome.err
        assert all(line.isprintable() for line in outcome.out.splitlines())
        assert not any(line.startswith("::error::") for line in outcome.out.splitlines())


def test_a_long_value_is_cut_short(project: Project) -> None:
    project.replace(FILE, "kind: buurthuis", f"kind: {'x' * 5000}")
    (problem,) = project.load().problems
    assert len(problem.message) < 300


_TEXT = re.compile(r"(.+):(\d+):(\d+): (fout|let op) \[([a-z0-9-]+)\]\n  (.+)\n  → (.+)\n")


def _from_text(report: str) -> list[Problem]:
    assert _TEXT.sub("", report) == "", "there is more in the report than problems"
    severity = {"fout": "error", "let op": "warning"}
    return [
        Problem(file, int(line), int(column), rule, severity[word], message, remedy)  # type: ignore[arg-type]
        for file, line, column, word, rule, message, remedy in _TEXT.findall(report)
    ]


def _from_annotation(line: str) -> Problem:
    """Read a workflow command the way GitHub's runner does."""
    found = re.fullmatch(r"::(error|warning) ([^:]*)::(.*)", line)
    assert found, line
    properties = dict(part.split("=", 1) for part in found[2].split(","))
    message, remedy = unquote(found[3]).split("\n→ ")
    return Problem(
        unquote(properties["file"]),
        int(properties["line"]),
        int(properties["col"]),
        unquote(properties["title"]),
        found[1],  # type: ignore[arg-type]
        message,
        remedy,
    )


def test_the_code_and_the_texts_name_the_same_rules() -> None:
    named = set(_named_in_code())
    assert named == rules().keys()


def _named_in_code() -> Iterator[str]:
    """Yield every rule's id that the code gives to a problem, wherever that is."""
    folder = ROOT / "meedoenkaart"
    for file in [
        *folder.glob("*.py"),
        folder / "writing/sentences.py",
        *(one for part in ("reading", "records", "rules") for one in (folder / part).glob("*.py")),
    ]:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            yield from _ids(node)


def _ids(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Call(ast.Name("problem" | "report" | "Finding" | "Wrong" | "_wrong"), [ast.Constant(str(id)), *_]):
            yield id
        case ast.Yield(ast.Tuple([ast.Constant(str(id)), _, *_])):
            yield id
        case ast.Assign([ast.Name("_RULES")], ast.Dict(_, ids)):
            yield from (str(one.value) for one in ids if isinstance(one, ast.Constant))
        case ast.Return(ast.Tuple([ast.Constant(str(id)), _])) if id:
            yield id
        case ast.Return(ast.Tuple([ast.IfExp(_, ast.Constant(str(id)), ast.Constant(str(other))), _])):
            yield from (id, other)
