import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.loading import load
from meedoenkaart.open_data import open_data
from meedoenkaart.open_data.files import About
from meedoenkaart.reading.documents import Reader
from tests.conftest import ROOT, TODAY, Project

ABOUT = About("Meedoenkaart", "https://voorbeeld.nl/kaart/", "https://git.voorbeeld.nl/kaart", "Friesland")


def digest(*values: object) -> str:
    """Return what some values come to; slow, and good enough for tests."""
    return hashlib.sha256(repr(values).encode()).hexdigest()


def made(catalogue: Catalogue, about: About = ABOUT) -> dict[str, bytes]:
    """Return every file of the open data by its path below ``api/v1/``."""
    files = [(file.path.removeprefix("api/v1/"), b"".join(file.make())) for file in open_data(catalogue, about, digest)]
    assert len(dict(files)) == len(files), "two files have one path"
    return dict(files)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The small catalogue with every field of time and of place filled in."""
    target = tmp_path_factory.mktemp("open") / "project"
    for name in ("minimal", "when", "where"):
        shutil.copytree(ROOT / "tests" / name, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.py"))
    return Project(target)


@pytest.fixture(scope="session")
def files(small: Project) -> Mapping[str, bytes]:
    """The open data of the small catalogue."""
    return made(small.catalogue())


@pytest.fixture(scope="session")
def real() -> Mapping[str, bytes]:
    """The open data of the real catalogue."""
    catalogue = load(Reader(Path(ROOT)), TODAY).catalogue
    assert catalogue
    return made(catalogue)
