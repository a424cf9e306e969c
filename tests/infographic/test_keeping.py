"""The cache of finished drawings: each is drawn once, it never grows beyond a size, and what is in use stays."""

import os
from collections.abc import Callable
from pathlib import Path

from meedoenkaart.icons import Icons
from meedoenkaart.infographic import Draughtsman
from meedoenkaart.infographic.files.keeping import Keeper
from meedoenkaart.layers import theme_of
from meedoenkaart.records.route import Route
from tests.infographic.conftest import FILES, ROOT


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


def test_what_was_drawn_is_not_drawn_again(real_routes: list[Route], tmp_path: Path) -> None:
    for made in (ROOT / ".cache/drawings").glob("[!k]*"):
        (tmp_path / made.name).symlink_to(made)  # what drawings are made with, which takes long
    artist, route = Draughtsman(FILES, Icons(ROOT), theme_of(ROOT), tmp_path), real_routes[0]
    draw: tuple[Callable[[], bytes], ...] = (
        lambda: artist.standalone(route).encode(),
        lambda: artist.png(route, pixels=1),
        lambda: artist.pdf(route, "a3"),
        lambda: artist.pdf(route, "a4"),
    )
    drawn = [one() for one in draw]
    kept = list((tmp_path / "kept").iterdir())
    assert sorted(file.read_bytes() for file in kept) == sorted(drawn)
    for file in kept:
        file.write_bytes(b"kept")
    assert {one() for one in draw} == {b"kept"}
