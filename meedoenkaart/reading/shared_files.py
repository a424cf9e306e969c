"""The files that every region shares: a region's own of the same name is laid over them, value by value."""

from functools import lru_cache
from typing import Any

from meedoenkaart.layers import BASE
from meedoenkaart.reading.yaml_text import Tree, parse

STANDS_ALONE = "stands_alone"
"""In a region's file, ``stands_alone: ja`` says that nothing of the shared file counts."""


def shared_files() -> dict[str, tuple[int, int]]:
    """Return the change time and size of each file that regions share, by the path that it has in a region."""
    found = {}
    for path in sorted(BASE.glob("*/**/*.yml")):
        status = path.stat()
        found[path.relative_to(BASE).as_posix()] = (status.st_mtime_ns, status.st_size)
    return found


def over_shared(file: str, own: Tree) -> Tree:
    """Return a region's values over those that all share: mappings name by name, whatever else as a whole."""
    if isinstance(own, dict) and own.get(STANDS_ALONE) == "ja":
        return {name: value for name, value in own.items() if name != STANDS_ALONE}
    stamp = shared_files().get(file)
    return _laid(_shared(file, stamp), own) if stamp else own


def _laid(below: Any, above: Any) -> Any:
    if not isinstance(below, dict) or not isinstance(above, dict):
        return above
    return below | {name: _laid(below[name], value) if name in below else value for name, value in above.items()}


@lru_cache(maxsize=20)
def _shared(file: str, _stamp: tuple[int, int]) -> Tree:
    return parse((BASE / file).read_bytes(), file)[0] or {}
