"""Wall time, processor time and memory of a command and everything that it starts."""

import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

SAMPLE_EVERY = 0.02
"""Seconds between two looks at the memory."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a command took."""

    seconds: float
    """On the clock."""
    cpu: float
    """Seconds of processor time, all processes together; a busy machine changes this least."""
    peak: int | None = None
    """Most bytes of memory at a time, all processes together; None when nobody looked."""


class MeasureError(Exception):
    """A command failed; the message holds the end of what it said."""


def run(command: Sequence[str], environment: Mapping[str, str], log: Path, watch_memory: bool = False) -> Run:
    """Run a command to its end, with its output in ``log``.

    Looking at memory costs time itself, so a run is either watched or timed well.
    """
    with log.open("wb") as output:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, env=environment, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
        with _watched(process.pid, watch_memory) as peaks:
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise MeasureError(f"{' '.join(command)} ended with {process.returncode}:\n{log.read_text('utf-8')[-2000:]}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, max(peaks, default=None))


@contextmanager
def _watched(session: int, really: bool) -> Iterator[list[int]]:
    """Collect the memory of a session's processes, sample by sample, until the work within is done."""
    peaks: list[int] = []
    done = Event()

    def watch() -> None:
        while not done.wait(SAMPLE_EVERY):
            peaks.append(sum(map(memory_of, _processes(session))))

    thread = Thread(target=watch)
    if really:
        thread.start()
    yield peaks
    done.set()
    if really:
        thread.join()


def _processes(session: int) -> Iterator[str]:
    """Yield the ids of the processes that a command started, and its own."""
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                after_name = Path(entry.path, "stat").read_bytes().rpartition(b")")[2].split()
            except OSError:
                continue  # it ended
            if int(after_name[3]) == session:
                yield entry.name


def _proportional(process: str) -> int:
    """Return the bytes of memory of a process; pages that several share count in part for each (PSS)."""
    with open(f"/proc/{process}/smaps_rollup", "rb") as file:
        return next((int(line.split()[1]) * 1024 for line in file if line.startswith(b"Pss:")), 0)


def _resident(process: str) -> int:
    """Return the bytes of memory of a process; pages that several share count for each (RSS)."""
    with open(f"/proc/{process}/statm", "rb") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


MEMORY = "PSS" if os.access("/proc/self/smaps_rollup", os.R_OK) else "RSS"
"""How memory is counted on this machine."""


def memory_of(process: str) -> int:
    """Return the bytes of memory of a process, as ``MEMORY`` says."""
    try:
        return _proportional(process) if MEMORY == "PSS" else _resident(process)
    except OSError:
        return 0  # it ended
