"""The core knows no MkDocs: the way out is a change of one file."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.site.copies import ROOT

GENERATOR = ROOT / "meedoenkaart"
FILES = sorted(path.relative_to(ROOT).as_posix() for path in GENERATOR.rglob("*.py"))
BELOW_PUBLISHING = ("records", "reading", "rules", "geography", "writing")


def _imports(file: str) -> Iterator[str]:
    """Yield every module that a file imports anywhere, in functions too."""
    for node in ast.walk(ast.parse((ROOT / file).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file} imports relatively"
            yield node.module or ""
            yield from (f"{node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == "import_module":
            yield "importlib"


def _packages(file: str) -> set[str]:
    return {name.partition(".")[0] for name in _imports(file)}


def test_only_the_plugin_knows_mkdocs() -> None:
    knowing = [file for file in FILES if _packages(file) & {"mkdocs", "material", "pymdownx", "markdown"}]
    assert {Path(file).parent for file in knowing} == {Path("meedoenkaart/plugin")}


def test_the_plugin_is_used_at_the_edge_only() -> None:
    using = [
        file
        for file in FILES
        if any(f"{one}.".startswith("meedoenkaart.plugin.") for one in _imports(file))
        and not file.startswith("meedoenkaart/plugin/")
    ]
    assert set(using) <= {"meedoenkaart/cli.py", "meedoenkaart/project.py"}
    assert using


@pytest.mark.parametrize("part", BELOW_PUBLISHING)
def test_what_reads_records_does_not_know_what_publishes_them(part: str) -> None:
    for file in FILES:
        if file.startswith(f"meedoenkaart/{part}/"):
            known = {
                name
                for name in _imports(file)
                if name.startswith(("meedoenkaart.publishing", "meedoenkaart.cli", "meedoenkaart.project"))
            }
            assert known == set(), file


def test_records_know_records_only() -> None:
    for path in (GENERATOR / "records").glob("*.py"):
        file = path.relative_to(ROOT).as_posix()
        own = {name for name in _imports(file) if name.startswith("meedoenkaart.")}
        assert all(name.startswith(("meedoenkaart.records", "meedoenkaart.languages")) for name in own), file


def test_only_upkeep_and_workflows_ask_the_network() -> None:
    """The commands that look at other people's servers when somebody calls them, and what runs at GitHub."""
    network = {"requests", "urllib3", "http", "socket", "ftplib", "aiohttp", "httpx"}
    others = [file for file in FILES if not file.startswith(("meedoenkaart/upkeep/", "meedoenkaart/github/"))]
    assert [file for file in others if _packages(file) & network] == []
    assert [file for file in others if {name for name in _imports(file) if name.startswith("urllib.request")}] == []


def test_the_clock_is_read_in_one_place(tmp_path: Path) -> None:
    """What is built depends on the day that the command decides, on no other clock."""
    reading = []
    for file in FILES:
        for node in ast.walk(ast.parse((ROOT / file).read_text("utf-8"))):
            if (
                isinstance(node, ast.Attribute)
                and node.attr in ("now", "today", "utcnow")
                and isinstance(node.ctx, ast.Load)
            ):
                value = ast.unparse(node.value)
                if value in ("datetime", "date", "datetime.datetime", "datetime.date"):
                    reading.append(file)
    assert set(reading) == {"meedoenkaart/cli.py"}
