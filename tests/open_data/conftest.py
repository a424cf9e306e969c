import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.loading import load
from meedoenkaart.open_data.files import About
from meedoenkaart.publishing.folder import Folder
from meedoenkaart.publishing.open_data import open_data_jobs, told_together
from meedoenkaart.reading.documents import Reader
from tests.conftest import ROOT, TODAY, Project

ABOUT = About("Meedoenkaart", "https://voorbeeld.nl/kaart/", "https://git.voorbeeld.nl/kaart", "Friesland")


def digest(*values: object) -> str:
    """Return what some values come to; slow, and good enough for tests."""
    return hashlib.sha256(repr(values).encode()).hexdigest()


def made(catalogue: Catalogue, about: About = ABOUT) -> dict[str, bytes]:
    """Return every file of the open data by its path below ``api/v1/``."""
    with TemporaryDirectory() as target:
        written(catalogue, Path(target), about)
        return read(Path(target))


def written(catalogue: Catalogue, target: Path, about: About = ABOUT, known: Mapping[str, str] = {}) -> dict[str, str]:
    """Write the open data where some are ``known``; return what they are made of, by path."""
    folder = Folder(target / "site", target / "site")
    tell, write_others = open_data_jobs(catalogue, about, digest, known, folder)
    return write_others([tell(some) for some in told_together(catalogue)])


def read(target: Path) -> dict[str, bytes]:
    """Return what was written."""
    root = target / "site/api/v1"
    files = sorted(path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


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
