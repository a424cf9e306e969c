"""The atelier's own modules, run by Node on the texts of real routes."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from meedoenkaart.loading import load
from meedoenkaart.problems import Problem
from meedoenkaart.publishing.atelier import DATA, atelier_files
from meedoenkaart.reading.documents import Reader
from meedoenkaart.reading.yaml_text import read
from tests.conftest import TODAY
from tests.finder.conftest import NODE, real_catalogue
from tests.site.copies import ROOT

Calls = list[list[Any]]
"""Names of functions with what they get: ``$`` stands for the text of the answer before, ``@`` for the page's data."""
Ask = Callable[[list[Calls]], list[list[Any]]]
"""Makes each list of calls in order, and returns what each of them answers."""
REAL = sorted(path.stem for path in (ROOT / "routes").glob("*.yml") if path.stem != "statutory")


@pytest.fixture(scope="session")
def files() -> dict[str, bytes]:
    """What the page reads, for the project's own catalogue."""
    return atelier_files(ROOT, real_catalogue())


@pytest.fixture(scope="session")
def data(files: dict[str, bytes]) -> Any:
    return json.loads(files[DATA])


@pytest.fixture(scope="session")
def run(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Any], Any]:
    """Return what runs a program of these tests, bundled as the site's scripts are: JSON in, JSON out."""
    folder = tmp_path_factory.mktemp("atelier")
    (folder / "atelier.json").write_bytes(files[DATA])

    def answer(name: str, asked: Any) -> Any:
        if not (folder / name).exists():
            options = (
                "--bundle",
                "--format=esm",
                "--external:node:*",
                "--log-level=error",
                f"--outfile={folder / name}",
            )
            command = [NODE, "node_modules/esbuild/bin/esbuild", f"tests/atelier/{name}", *options]
            subprocess.run(command, cwd=ROOT, check=True)
        done = subprocess.run(
            [NODE, str(folder / name), str(folder / "atelier.json")],
            input=json.dumps(asked),
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
        return json.loads(done.stdout)

    return answer


@pytest.fixture(scope="session")
def ask(run: Callable[[str, Any], Any]) -> Ask:
    def asking(calls: list[Calls]) -> list[list[Any]]:
        found: list[list[Any]] = run("answer.mjs", calls)
        return found

    return asking


def route(slug: str) -> str:
    """Return the text of a route of the project."""
    return (ROOT / f"routes/{slug}.yml").read_text("utf-8")


def paths(tree: Any, before: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the path of everything in a file's values."""
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in inner:
        yield (*before, key)
        yield from paths(value, (*before, key))


def tree_of(text: str) -> Any:
    """Return the values that stand in a text, as the program reads it."""
    tree, problems = read(text.encode(), "")
    assert tree, problems
    return tree


def checked(folder: Path, texts: dict[str, str]) -> dict[str, list[Problem]]:
    """Return what is wrong with routes of municipalities, beside the project's own catalogue."""
    root = folder / "project"
    for name in ("catalogue", "routes"):
        shutil.copytree(ROOT / name, root / name)
    for slug, text in texts.items():
        (root / f"routes/{slug}.yml").write_text(text, "utf-8")
    problems = load(Reader(root), TODAY).problems
    return {slug: [one for one in problems if one.file == f"routes/{slug}.yml"] for slug in texts}
