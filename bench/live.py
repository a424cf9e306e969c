"""How long it takes until a changed record is seen."""

import datetime
import http.client
import os
import re
import signal
import socket
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from bench.builders import BIN
from bench.measure import MeasureError
from bench.project import write_records
from bench.records import DAY, MadeUp

TIMES = 5
PATIENCE = 300
"""Seconds after which a server or a page is given up."""


class Change:
    """Changes one organisation's description, each time to a new text."""

    def __init__(self, folder: Path, made: MadeUp) -> None:
        """Change the organisation in the middle of the list of ``made``, in the project at ``folder``."""
        self.slug = sorted(made.organisations)[len(made.organisations) // 2]
        self._record = made.organisations[self.slug]
        self._folder = folder
        self._count = 0

    def make(self) -> str:
        """Write the record and return its new text."""
        self._count += 1
        text = f"Veranderd op {time.monotonic_ns()}."
        write_records(self._folder / "catalogue/organisations", {self.slug: {**self._record, "description": text}})
        return text


def in_process(folder: Path, made: MadeUp) -> float:
    """Return the median seconds after which a preview has the record's page, the watching of files left out."""
    from meedoenkaart.project import Preview

    said: list[str] = []
    preview = Preview(folder, lambda: datetime.date.fromisoformat(DAY), said.append)
    preview.update()
    change = Change(folder, made)
    page = folder / f".cache/preview/kansen/{change.slug}/index.html"

    def once() -> float:
        text = change.make()
        shown: list[float] = []
        started = time.perf_counter()
        preview.update(lambda: shown.append(time.perf_counter() - started))
        if not shown or text not in page.read_text("utf-8"):
            raise MeasureError(f"the preview does not show the change: {said[-1]}")
        return shown[0]

    return statistics.median(once() for _ in range(TIMES))


def served(folder: Path, made: MadeUp, environment: Mapping[str, str], log: Path) -> float:
    """Return the median seconds from writing a file until ``meedoenkaart serve`` shows it."""
    change = Change(folder, made)
    path = urlsplit(re.findall(r"^site_url: (\S+)", (folder / "mkdocs.yml").read_text("utf-8"), re.MULTILINE)[0]).path
    with _server(folder, environment, log) as get:
        _wait_for(lambda: get("/") is not None, "the server to answer")

        def once() -> float:
            time.sleep(1)  # the last change has to be over
            text = change.make().encode()
            started = time.perf_counter()
            _wait_for(lambda: text in (get(f"{path}kansen/{change.slug}/") or b""), "the page to change")
            return time.perf_counter() - started

        return statistics.median(once() for _ in range(TIMES))


@contextmanager
def _server(folder: Path, environment: Mapping[str, str], log: Path) -> Iterator[Callable[[str], bytes | None]]:
    """Start a server and yield how to get a page of it; None while it does not answer."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(BIN / "meedoenkaart"), "--root", str(folder), "serve", "--port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
    try:
        yield lambda path: _get(port, path)
    finally:
        os.kill(process.pid, signal.SIGTERM)
        process.wait(PATIENCE)


def _get(port: int, path: str) -> bytes | None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        return connection.getresponse().read()
    except OSError:
        return None
    finally:
        connection.close()


def _wait_for(ready: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not ready():
        if time.monotonic() > deadline:
            raise MeasureError(f"waited {PATIENCE} seconds for {what}")
        time.sleep(0.01)
