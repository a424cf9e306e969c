from pathlib import Path

import pytest

from tests.languages.pseudo import make_spoken
from tests.site.copies import shared


@pytest.fixture(scope="session")
def spoken(fork: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project with its site in every language and in two made-up ones, built once; tests only read it."""
    return shared(tmp_path_factory, "spoken", lambda target: make_spoken(fork, target))
