"""The files that every region shares: a region's own of the same name is laid over them, value by value."""

from functools import lru_cache
from pathlib import Path

from meedoenkaart.layers import BASE, laid_over
from meedoenkaart.reading.yaml_text import Tree, parse

STANDS_ALONE = "stands_alone"
"""In a region's file, ``stands_alone: ja`` says that nothing of the shared file counts."""


def shared_files() -> dict[str, tuple[int, int]]:
    """Return the change time and size of each file that regions share, by the path that it has in a region."""
    return {path.relative_to(BASE).as_posix(): _stamp(path) for path in sorted(BASE.glob("*/**/*.yml"))}


def over_shared(file: str, own: Tree) -> Tree:
    """Return a region's values over those that all share: mappings name by name, whatever else as a whole."""
    if isinstance(own, dict) and own.get(STANDS_ALONE) == "ja":
        return {name: value for name, value in own.items() if name != STANDS_ALONE}
    try:
        laid: Tree = laid_over(_shared(file, _stamp(BASE / file)), own)
    except FileNotFoundError:
        return own
    return laid


def _stamp(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=20)
def _shared(file: str, _: tuple[int, int]) -> Tree:
    return parse((BASE / file).read_bytes(), file)[0] or {}
