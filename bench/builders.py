"""What is compared: each a command that builds a site from the same records."""

import shutil
import statistics
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import distribution
from pathlib import Path

from bench.measure import Run, run
from bench.project import ROOT

BIN = ROOT / ".venv/bin"
SLOW = 60
"""Seconds; what takes longer is run once."""


@dataclass(slots=True)
class Builder:
    """A way to build a site, and how its runs went."""

    name: str
    folder: Path
    command: Sequence[str]
    site: str
    """The folder that it builds, below ``folder``."""
    leftovers: Sequence[str]
    """What is removed before each run, below ``folder``: a cold build finds nothing of the last one."""
    runs: list[Run] = field(default_factory=list)
    peak: int = 0
    """Most bytes of memory at a time."""
    pages: int = 0
    """Files of HTML written."""
    page_bytes: int = 0
    """Mean size of an organisation's page."""
    site_bytes: int = 0

    @property
    def seconds(self) -> float:
        """The median on the clock."""
        return statistics.median(one.seconds for one in self.runs)

    @property
    def cpu(self) -> float:
        """The median of processor seconds."""
        return statistics.median(one.cpu for one in self.runs)


def ours(folder: Path) -> list[Builder]:
    """Return a cold build of ours, and the second and third with nothing changed, to be run in this order."""
    command = [str(BIN / "meedoenkaart"), "--root", str(folder), "build"]
    return [
        Builder("ours", folder, command, "site", ("site", ".cache/staging", ".cache/editorial")),
        Builder("ours, second build", folder, command, "site", ()),
        Builder("ours, third build", folder, command, "site", ()),
    ]


def mkdocs(name: str, folder: Path) -> Builder:
    """Return a build of plain MkDocs with Material."""
    command = [str(BIN / "mkdocs"), "build", "--quiet", "--config-file", str(folder / "mkdocs.yml")]
    return Builder(name, folder, command, "site", ("site",))


def hugo(folder: Path) -> Builder:
    """Return a build of Hugo: the program itself, not the Python script that starts it."""
    program = distribution("hugo").locate_file("hugo/binaries/hugo")
    command = [str(program), "--quiet", "--source", str(folder), "--cacheDir", str(folder / "cache")]
    return Builder("Hugo", folder, command, "public", ("public", "cache", "resources"))


def measure(builders: Sequence[Builder], times: int, environment: Mapping[str, str], log: Path) -> None:
    """Run every builder so many times, in turns, after a first run that warms caches and shows the memory."""
    for builder in builders:
        first = _build(builder, environment, log, watch_memory=True)
        builder.peak = first.peak or 0
        _weigh(builder)
        if first.seconds > SLOW:
            builder.runs.append(first)
            shutil.rmtree(builder.folder / builder.site)
    for _ in range(times):
        for builder in builders:
            if not builder.runs or builder.runs[0].seconds <= SLOW:
                builder.runs.append(_build(builder, environment, log))


def _build(builder: Builder, environment: Mapping[str, str], log: Path, watch_memory: bool = False) -> Run:
    for name in builder.leftovers:
        shutil.rmtree(builder.folder / name, ignore_errors=True)
    done = run(builder.command, environment, log, watch_memory)
    print(f"  {builder.name}: {done.seconds:.1f} s", file=sys.stderr)
    return done


def _weigh(builder: Builder) -> None:
    site = builder.folder / builder.site
    sizes = {file.relative_to(site): file.stat().st_size for file in site.rglob("*") if file.is_file()}
    own = [size for path, size in sizes.items() if path.match("kansen/*/verzonnen-*/index.html")]
    builder.pages = sum(path.suffix == ".html" for path in sizes)
    builder.page_bytes = round(statistics.mean(own)) if own else 0
    builder.site_bytes = sum(sizes.values())
