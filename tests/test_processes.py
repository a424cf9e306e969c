"""Work in a process of its own: it comes to something, fails, or is over with all that it started."""

import time
from pathlib import Path

from meedoenkaart.processes import apart, for_each


def test_work_apart_comes_to_something() -> None:
    assert apart(lambda: sum(for_each([[1], [2]], lambda number: number * 2, parallel=True)), lambda: False) == 6


def test_work_apart_that_fails_comes_to_nothing() -> None:
    assert apart(lambda: 1 // 0, lambda: False) is None


def test_work_apart_that_is_over_writes_nothing_any_more(tmp_path: Path) -> None:
    written = [tmp_path / "one", tmp_path / "other"]

    def write(path: Path) -> None:
        while True:
            with path.open("a", encoding="utf-8") as file:
                file.write("x")

    def is_over() -> bool:
        return any(path.exists() for path in written)

    assert apart(lambda: for_each([[path] for path in written], write, parallel=True), is_over) is None
    sizes = [path.stat().st_size for path in written if path.exists()]
    time.sleep(0.1)
    assert [path.stat().st_size for path in written if path.exists()] == sizes
