"""The finder's own modules, run by Node on what the generator writes for the real catalogue."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.cli import today
from meedoenkaart.loading import load
from meedoenkaart.plugin.settings import region
from meedoenkaart.publishing.finder import finder_files
from meedoenkaart.reading.documents import Reader
from meedoenkaart.times.compact import number
from tests.site.copies import ROOT

NODE = str(Path(sys.executable).with_name("node"))
Ask = Callable[..., list[Any]]
"""Takes calls as ``(name, argument)`` pairs and returns what each one answers."""


def real_catalogue() -> Catalogue:
    """Return the project's own catalogue."""
    found = load(Reader(ROOT), today(), region=region(ROOT)).catalogue
    assert found
    return found


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return real_catalogue()


def bundled(name: str, folder: Path, where: Path = ROOT / "tests/finder") -> Path:
    """Return a module of the tests, with the site's own modules that it uses, in one file that Node runs."""
    target = folder / name
    options = {
        "entryPoints": [str(where / name)],
        "outfile": str(target),
        "bundle": True,
        "format": "esm",
        "platform": "node",
        "logLevel": "error",
    }
    bundle = f"import {{ build }} from 'esbuild'; await build({json.dumps(options)})"
    subprocess.run([NODE, "--input-type=module", "--eval", bundle], cwd=ROOT, check=True)
    return target


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bundled("answer.mjs", tmp_path_factory.mktemp("finder"))


def answered(program: Path, *arguments: str, asked: Any) -> Any:
    """Return what a program for Node answers: JSON in, JSON out."""
    done = subprocess.run(
        [NODE, str(program), *arguments], input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def asking(catalogue: Catalogue, program: Path, folder: Path) -> Ask:
    """Return what asks the finder about a catalogue, of which the finder's files are written to a folder."""
    words = yaml.load((ROOT / "meedoenkaart/theme/words.yml").read_text("utf-8"), yaml.CSafeLoader)["finder"]
    files, contents = finder_files(catalogue, ROOT, words, lambda offer: "")
    paths = []
    for name in (files.index, files.texts, files.places, files.question):
        paths.append(folder / Path(name).name)
        paths[-1].write_bytes(contents[name])

    def ask(*calls: tuple[str, Any]) -> list[Any]:
        found: list[Any] = answered(program, str(number(catalogue.today)), *map(str, paths), asked=calls)
        return found

    return ask


@pytest.fixture(scope="session")
def answers_for(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Catalogue], Ask]:
    """Return what asks the finder about a catalogue."""
    return lambda catalogue: asking(catalogue, program, tmp_path_factory.mktemp("files"))


@pytest.fixture(scope="session")
def ask(answers_for: Callable[[Catalogue], Ask], catalogue: Catalogue) -> Ask:
    return answers_for(catalogue)
