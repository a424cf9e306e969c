import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.cli import today
from meedoenkaart.loading import load
from meedoenkaart.plugin.settings import region
from meedoenkaart.reading.documents import Reader
from tests.site.copies import copy_project
from tests.site.html import Pages


@dataclass(frozen=True)
class Built:
    """The real catalogue's site, built once; tests only read it."""

    project: Path
    site: Path
    pages: Pages
    catalogue: Catalogue


@pytest.fixture(scope="session")
def real(real_project: Path) -> Built:
    site = real_project / "site"
    catalogue = load(Reader(real_project), today(), region=region(real_project)).catalogue
    assert catalogue
    return Built(real_project, site, Pages(site), catalogue)


@pytest.fixture
def project(fork: Path, tmp_path: Path) -> Path:
    """A copy of a small project that the test may change, without a site but with what was drawn for one."""
    return copy_project(fork, tmp_path / "project")


@pytest.fixture
def built_project(fork: Path, tmp_path: Path) -> Path:
    """A copy of a small project that the test may change, with the site of before."""
    target = tmp_path / "project"
    shutil.copytree(fork, target, symlinks=True)
    return target
