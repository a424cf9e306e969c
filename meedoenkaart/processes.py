"""How Python works for us here: in how many processes, and when it looks for memory to free."""

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain
from typing import Any, TypeVar

MOMENT = 0.01
"""Seconds within which somebody learns that work is over."""
POLITE = 10
"""How far work that nobody waits for lets all else go first."""
T = TypeVar("T")
R = TypeVar("R")


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


def for_each(batches: Sequence[Sequence[T]], work: Callable[[T], R], parallel: bool) -> list[R]:
    """Do the work for each thing in each batch; in ``parallel`` in as many processes as there are cores."""
    cores = os.cpu_count() or 1
    if parallel and cores > 1 and "fork" in start_methods():
        return list(chain.from_iterable(_in_parallel(batches, work, cores)))
    return [work(thing) for thing in chain.from_iterable(batches)]


def _in_parallel(batches: Sequence[Sequence[T]], work: Callable[[T], R], processes: int) -> list[list[R]]:
    """Do each batch in a process that is a fork of this one, and so has the catalogue, and that ends with its batch.

    What a process touches of the catalogue it copies; that memory is free again when it ends.
    """
    from multiprocessing import get_context
    from multiprocessing.connection import Connection, wait

    fork = get_context("fork")

    def silently(batch: Sequence[T], answer: Connection) -> None:
        for one in (here, *running):  # or it would wait for ever to be heard by a parent that was killed
            one.close()
        with suppress(Exception):
            answer.send([work(thing) for thing in batch])

    waiting = list(reversed(range(len(batches))))
    running: dict[Any, tuple[int, Any]] = {}
    done: dict[int, list[R]] = {}
    while waiting or running:
        while waiting and len(running) < processes:
            number = waiting.pop()
            here, there = fork.Pipe(duplex=False)
            worker = fork.Process(target=silently, args=(batches[number], there))
            worker.start()
            there.close()
            running[here] = number, worker
        ready: Any
        for ready in wait(list(running)):
            number, worker = running.pop(ready)
            try:
                done[number] = ready.recv()
            except EOFError:
                done[number] = [work(thing) for thing in batches[number]]  # here, what went wrong can be told
            worker.join()
    return [done[number] for number in range(len(batches))]


def apart(work: Callable[[], T], is_over: Callable[[], bool]) -> T | None:
    """Return what work in a fork of this process comes to; None if that fails, or ``is_over`` before.

    Then all that it started is over too, and writes no file any more.
    """
    from multiprocessing import get_context

    fork = get_context("fork")
    here, there = fork.Pipe(duplex=False)

    def politely() -> None:
        here.close()
        os.nice(POLITE)
        there.send(work())

    worker = fork.Process(target=politely)
    worker.start()
    group: Any = worker.pid
    os.setpgid(group, group)  # with the processes that it starts
    there.close()
    try:
        with suppress(EOFError, OSError):
            while not is_over():
                if here.poll(MOMENT):
                    return here.recv()  # type: ignore[no-any-return]
        return None
    finally:
        os.killpg(group, signal.SIGKILL)
        with suppress(EOFError, OSError):
            while True:  # until the last one has closed its end
                here.recv()
        worker.join()


def in_batches(things: Sequence[T], size: int) -> list[Sequence[T]]:
    """Return things in their order, so many at a time."""
    return [things[start : start + size] for start in range(0, len(things), size)]
