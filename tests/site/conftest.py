import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.catalogue import Catalogue
from generator.cli import today
from generator.loading import load
from generator.reading.documents import Reader
from tests.site.copies import built, copy_project, copy_sources
from tests.site.html import Html, read_pages


@dataclass(frozen=True)
class Built:
    """The real catalogue's site, built once; tests only read it."""

    project: Path
    site: Path
    pages: dict[str, Html]
    catalogue: Catalogue


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project as it lies in the working tree; tests only copy it."""
    return copy_sources(tmp_path_factory.mktemp("source") / "project")


@pytest.fixture(scope="session")
def real(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    project = copy_project(source, tmp_path_factory.mktemp("real") / "project")
    site = built(project)
    catalogue = load(Reader(project), today()).catalogue
    assert catalogue
    return Built(project, site, read_pages(site), catalogue)


@pytest.fixture
def project(source: Path, tmp_path: Path) -> Path:
    """A copy of the project that the test may change."""
    return copy_project(source, tmp_path / "project")


@pytest.fixture
def built_project(real: Built, tmp_path: Path) -> Path:
    """A copy of the project that the test may change, with the site of before."""
    target = tmp_path / "project"
    shutil.copytree(real.project, target, symlinks=True)
    return target
