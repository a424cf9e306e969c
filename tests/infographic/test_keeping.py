"""The cache of finished drawings: it never grows beyond a size, and what is in use stays."""

import os
from pathlib import Path

from generator.infographic.files.keeping import Keeper


def test_what_was_used_longest_ago_is_dropped(tmp_path: Path) -> None:
    keeper = Keeper(tmp_path)
    for age, name in enumerate(("new", "old", "used", "older")):
        keeper.put(name, b"x" * 100)
        os.utime(tmp_path / name, (1_000_000 - age, 1_000_000 - age))
    assert keeper.get("used") == b"x" * 100
    assert {file.name for file in tmp_path.iterdir()} == {"new", "old", "used", "older"}
    Keeper(tmp_path, most=250)
    assert {file.name for file in tmp_path.iterdir()} == {"new", "used"}
    assert keeper.get("older") is None
