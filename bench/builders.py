"""What is compared: each a command that builds a site from the same records."""

import re
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.metadata import distribution
from pathlib import Path

from bench.measure import Run, run
from bench.project import ROOT, TEMPLATE

BIN = ROOT / ".venv/bin"
_DESCRIPTION = re.compile(r"^description: [A-Z][^:#]*$", re.MULTILINE)
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
    """What is laid aside before each run, below ``folder``: a cold build finds nothing of the last one."""
    change: Callable[[], None] = lambda: None
    """What is done before each run."""
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
    """Return a cold build of ours, then builds of what is there: nothing changed, one description, one template."""
    command = [str(BIN / "meedoenkaart"), "--root", str(folder), "build"]
    records = sorted((folder / "catalogue/organisations").glob("*/*.yml"))
    record = next(one for one in records if _DESCRIPTION.search(one.read_text("utf-8")))
    template = folder / TEMPLATE
    return [
        Builder("ours", folder, command, "site", ("site", ".cache/staging", ".cache/editorial", ".cache/build.json")),
        Builder("ours, nothing changed", folder, command, "site", ()),
        Builder("ours, one description changed", folder, command, "site", (), lambda: _describe(record)),
        Builder("ours, one template changed", folder, command, "site", (), lambda: _append(template)),
    ]


def _describe(record: Path) -> None:
    """Change an organisation's description."""
    text = _DESCRIPTION.sub(f"description: Veranderd op {time.monotonic_ns()}.", record.read_text("utf-8"), count=1)
    record.write_text(text, "utf-8")


def _append(template: Path) -> None:
    template.write_text(f"{template.read_text('utf-8')}<!-- {time.monotonic_ns()} -->\n", "utf-8")


def mkdocs(name: str, folder: Path) -> Builder:
    """Return a build of plain MkDocs with Material."""
    command = [str(BIN / "mkdocs"), "build", "--quiet", "--config-file", str(folder / "mkdocs.yml")]
    return Builder(name, folder, command, "site", ("site",))


def hugo(name: str, folder: Path) -> Builder:
    """Return a build of Hugo: the program itself, not the Python script that starts it."""
    program = distribution("hugo").locate_file("hugo/binaries/hugo")
    command = [str(program), "--quiet", "--source", str(folder), "--cacheDir", str(folder / "cache")]
    return Builder(name, folder, command, "public", ("public", "cache", "resources"))


def measure(builders: Sequence[Builder], times: int, environment: Mapping[str, str], log: Path) -> None:
    """Run every builder so many times, in turns, after a first run that warms caches and shows the memory."""
    for builder in builders:
        first = _build(builder, environment, log, watch_memory=True)
        builder.peak = first.peak or 0
        _weigh(builder)
        if first.seconds > SLOW:
            builder.runs.append(first)
            _lay_aside(builder, builder.site)
    for _ in range(times):
        for builder in builders:
            if not builder.runs or builder.runs[0].seconds <= SLOW:
                builder.runs.append(_build(builder, environment, log))


def _build(builder: Builder, environment: Mapping[str, str], log: Path, watch_memory: bool = False) -> Run:
    for name in builder.leftovers:
        _lay_aside(builder, name)
    builder.change()
    done = run(builder.command, environment, log, watch_memory)
    print(f"  {builder.name}: {done.seconds:.1f} s", file=sys.stderr)
    return done


def _lay_aside(builder: Builder, name: str) -> None:
    """Move what a build made out of its way, to be removed with all the rest.

    For minutes ext4 gives no file the place of a removed one, and looks at each such place whenever a file is made:
    writing 40,000 files just after as many were removed takes up to ten times as long.
    """
    aside = builder.folder / ".aside"
    aside.mkdir(exist_ok=True)
    with suppress(FileNotFoundError):
        (builder.folder / name).rename(aside / f"{time.monotonic_ns()}")


def _weigh(builder: Builder) -> None:
    site = builder.folder / builder.site
    sizes = {file.relative_to(site): file.stat().st_size for file in site.rglob("*") if file.is_file()}
    own = [size for path, size in sizes.items() if path.match("kansen/*/verzonnen-*/index.html")]
    builder.pages = sum(path.suffix == ".html" for path in sizes)
    builder.page_bytes = round(statistics.mean(own)) if own else 0
    builder.site_bytes = sum(sizes.values())
