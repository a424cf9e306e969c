"""Whether work can be shared among processes here."""

import sys
from collections.abc import Sequence


def start_methods() -> Sequence[str]:
    """Return the ways in which Python can start a process: none in a browser, whatever Python says there."""
    if sys.platform in {"emscripten", "wasi"}:
        return ()
    try:
        from multiprocessing import get_all_start_methods
    except ImportError:
        return ()
    return get_all_start_methods()
