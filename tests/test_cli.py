"""The command as somebody at a shell knows it: exit codes, what goes where, paths, help."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from meedoenkaart.problems import rules
from tests.conftest import Project

COMMANDS = (
    *("check", "build", "serve", "ask", "new", "format", "upgrade", "schema", "rules"),
    *("diff", "stale", "links", "locate", "texts", "init", "config"),
)
BRIDGE = "catalogue/organisations/smallingerland/buurthuis-de-brug.yml"
STEP = "catalogue/organisations/opsterland/sportclub-de-stap.yml"


def test_all_is_well(project: Project) -> None:
    outcome = project.execute("check")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "Alles klopt.\n")
    outcome = project.execute("check", "--format", "json")
    assert (outcome.code, json.loads(outcome.out), outcome.err) == (0, [], "")
    outcome = project.execute("check", "--format", "github")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")


def test_a_warning_is_reported_and_no_failure(project: Project) -> None:
    project.replace(STEP, "contact:\n  website: https://stap.voorbeeld.nl/\n", "")
    outcome = project.inside("check")
    assert (outcome.code, outcome.err) == (0, "Fouten: 0. Let op: 1.\n")
    assert outcome.out == (
        f"{STEP}:2:1: let op [no-contact]\n"
        '  Van "Sportclub De Stap" is geen website, e-mailadres of telefoonnummer bekend.\n'
        '  → Vul bij "contact" minstens één van de drie in.\n'
    )


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_an_error_is_a_failure_in_every_format(project: Project, form: str) -> None:
    project.replace(BRIDGE, "kind: buurthuis", "kind: kasteel")
    outcome = project.inside("check", "--format", form)
    assert outcome.code == 1
    assert outcome.err == ("Fouten: 1. Let op: 0.\n" if form == "text" else "")
    expected = {
        "text": f"{BRIDGE}:3:1: fout [unknown-reference]\n",
        "json": '"rule": "unknown-reference"',
        "github": f"::error file={BRIDGE},line=3,col=1,title=unknown-reference::Er is geen soort organisatie",
    }
    assert expected[form] in outcome.out


def test_the_project_is_found_from_anywhere(project: Project, tmp_path: Path) -> None:
    project.replace(BRIDGE, "kind: buurthuis", "kind: kasteel")
    outcome = project.execute("--root", str(project.root), "check", folder=tmp_path)
    assert outcome.code == 1
    assert outcome.out.startswith(f"{BRIDGE}:3:1: ")
    assert project.execute("--root", "project", "check", folder=tmp_path).out == outcome.out


def test_paths_choose_what_is_reported(project: Project) -> None:
    project.replace(BRIDGE, "kind: buurthuis", "kind: kasteel")
    project.replace(STEP, "contact:\n  website: https://stap.voorbeeld.nl/\n", "")

    def found(*paths: str) -> tuple[int, set[str]]:
        outcome = project.inside("check", "--format", "json", *paths)
        return outcome.code, {one["file"] for one in json.loads(outcome.out)}

    assert found() == found(".") == found("catalogue") == (1, {BRIDGE, STEP})
    assert found("catalogue/organisations/smallingerland") == (1, {BRIDGE})
    assert found("catalogue/organisations/opsterland/") == (0, {STEP})
    assert found(STEP, BRIDGE) == (1, {BRIDGE, STEP})
    assert found(str(project.root / STEP)) == (0, {STEP})
    assert found("catalogue/reception") == (0, set())
    (project.root / "catalogue/organisations/small").mkdir()
    assert found("catalogue/organisations/small") == (0, set()), "a part of a name chooses nothing"


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["check", "nergens"], "there is no file or folder nergens"),
        (["check", ".."], "does not lie in"),
        (["format", "/etc"], "does not lie in"),
        (["check", "--format", "xml"], "'xml' is not one of"),
        (["check", "--verzonnen"], "No such option"),
        (["verzonnen"], "No such command"),
        (["new", "castle", "x"], "'castle' is not one of"),
        (["new", "reception"], "give a NAME"),
        (["--root", "nergens", "check"], "does not exist"),
        (["--root", BRIDGE, "check"], "is a file"),
    ],
)
def test_wrong_use_is_told_from_wrong_data(project: Project, arguments: list[str], complaint: str) -> None:
    outcome = project.inside(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert complaint in outcome.err
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_in_english(project: Project, command: str) -> None:
    outcome = project.inside(*command.split(), "--help")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("Usage: meedoenkaart")
    words = set(re.findall(r"[a-z]+", outcome.out.lower()))
    assert words & {"the", "a", "and", "every"}
    assert not words & {"de", "het", "een", "en", "bestand", "naar", "van"}
    assert outcome.out == project.inside(*command.split(), "-h").out


def test_help_names_every_command(project: Project) -> None:
    listed = re.findall(r"^  ([a-z]+)  ", project.execute("--help").out, re.MULTILINE)
    assert sorted(listed) == sorted(COMMANDS)


def test_rules_lists_every_rule_with_its_reason(project: Project) -> None:
    outcome = project.inside("rules")
    assert (outcome.code, outcome.err) == (0, "")
    words = {"fout": "error", "let op": "warning"}
    listed = re.findall(r"^([a-z0-9-]+) \((.+)\)\n    (.+)$", outcome.out, re.MULTILINE)
    assert [(id, words[word], reason) for id, word, reason in listed] == [
        (rule.id, rule.severity, rule.explanation) for rule in rules().values()
    ]


def test_the_day_comes_from_the_environment(project: Project) -> None:
    """So that a build can be repeated: SOURCE_DATE_EPOCH counts in seconds from 1970, UTC."""
    for epoch, code in (("0", 1), ("1790812799", 1), ("1790812800", 0)):
        outcome = project.execute("check", "--format", "json", SOURCE_DATE_EPOCH=epoch)
        assert outcome.code == code, "on 30 September 2026 the confirmation of 1 October still lies in the future"


def test_nothing_is_drawn_where_nobody_looks(project: Project) -> None:
    """No progress bar and no colours in a pipe, also when reading takes long."""
    text = project.read(STEP)
    for number in range(1700):
        project.write(
            f"catalogue/organisations/opsterland/club-{number}.yml", text.replace("De Stap", f"Nummer {number}x")
        )
    outcome = project.execute("check", "--format", "json")
    assert outcome.err == ""
    assert "\x1b" not in outcome.out
    assert "\r" not in outcome.out


def test_a_reader_who_leaves_early_is_no_failure(project: Project) -> None:
    """As in ``meedoenkaart check | head -1``: no stack trace."""
    for number in range(400):
        project.write(f"catalogue/organisations/opsterland/Club {number}.yml", "x")
    command = f"{Path(sys.executable).with_name('meedoenkaart')} check | head -1"
    done = subprocess.run(["sh", "-c", command], cwd=project.root, capture_output=True, text=True, check=False)
    assert len(done.stdout.splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_text_is_written_whatever_the_language_of_the_machine(project: Project) -> None:
    project.replace(BRIDGE, "kind: buurthuis", "kind: kasteel\nwebsité: x")
    for locale in ("C", "POSIX", "nl_NL"):
        outcome = project.execute("check", LC_ALL=locale)
        assert outcome.code == 1
        assert "→" in outcome.out
        assert "websité" in outcome.out


def test_the_version_is_the_package_s(project: Project) -> None:
    outcome = project.execute("--version")
    assert (outcome.code, re.fullmatch(r"meedoenkaart \d+\.\d+\.\d+ \(.+\)\n", outcome.out) is not None) == (0, True)
