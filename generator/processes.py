"""How Python works for us here: in how many processes, and when it looks for memory to free."""

import gc
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager


def start_methods() -> Sequence[str]:
    """Return the ways in which Python can start a process: none in a browser, whatever Python says there."""
    if sys.platform in {"emscripten", "wasi"}:
        return ()
    try:
        from multiprocessing import get_all_start_methods
    except ImportError:
        return ()
    return get_all_start_methods()


@contextmanager
def without_collecting() -> Iterator[None]:
    """Keep Python from looking for cycles: records and pages have few, and the search takes a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
