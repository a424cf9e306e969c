"""What people read, as it is written in YAML."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from meedoenkaart.texts import FOLDER
from meedoenkaart.yaml_loaders import load
from tests.conftest import ROOT

FILES = [*sorted(FOLDER.glob("*.yml")), ROOT / "meedoenkaart/theme/words.yml"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_sentence_is_cut_at_a_comma(file: Path) -> None:
    """In ``{help: Eén, of twee.}`` YAML takes what follows the comma for another key."""
    assert [*_without_value(load(file.read_text("utf-8")))] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_both_loaders_read_the_same(file: Path) -> None:
    """The one in Python, where the one in C was not built, takes no bare ``?`` before a comma."""
    text = file.read_text("utf-8")
    assert yaml.load(text, yaml.SafeLoader) == yaml.load(text, yaml.CSafeLoader)


def _without_value(told: Any) -> Iterator[str]:
    for key, value in told.items() if isinstance(told, dict) else ():
        if value is None:
            yield key
        yield from _without_value(value)
    for one in told if isinstance(told, list) else ():
        yield from _without_value(one)
