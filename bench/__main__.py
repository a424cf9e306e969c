"""Measure how fast the site is built and searched: ``python -m bench 5000``, all below ``.cache/bench/``."""

import argparse
import datetime
import os
import platform
import shutil
import statistics
import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from bench import builders, engine, finder, live
from bench.builders import BIN, Builder
from bench.measure import MeasureError, run
from bench.peers import write_hugo, write_mkdocs
from bench.project import ROOT, facets, write_made_up, write_real, write_routes
from bench.records import DAY, MadeUp, made_up
from bench.report import MIB, Figure
from bench.report import builds as table_of_builds
from bench.report import figures as table_of_figures

FOLDER = ROOT / ".cache/bench"
LOG = FOLDER / "log.txt"
SMALL = 1000
LARGE = 20_000
STEPS = 20
SEARCHED = {"2,000": (1275, 16, 2.5), "20,000": (12_370, 60, None)}
"""By the number of opportunities that one searches in: how many organisations have so many, the milliseconds that a
change may take, and the seconds until a phone shows the first result (of 20,000 it has to fetch half a megabyte)."""
PLAIN, HIDDEN = "MkDocs + Material", "MkDocs + Material, records outside the navigation"
MKDOCS_UP_TO = {PLAIN: 1000, HIDDEN: 5000}
"""Above this number of organisations MkDocs takes too long to wait for: plain, it repeats all pages in each page."""
JSON, YAML = "Hugo, from JSON", "Hugo, from the same YAML"
REAL = "the real catalogue"
AGAIN = {
    ("nothing changed", REAL): 0.4,
    ("nothing changed", "1,000"): 0.6,
    ("nothing changed", "20,000"): 4,
    ("one description changed", "20,000"): 5,
}
"""Seconds that a build may take, by what changed and in which catalogue."""
NAVIGATION_ENTRY = 600
"""Bytes that one organisation adds to each page of plain MkDocs."""


def main() -> None:
    """Read the command line and print what was measured."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("scale", nargs="?", type=int, default=5000, help="how many organisations, 5000 by default")
    parser.add_argument("--all", action="store_true", help="build with plain MkDocs however long it takes")
    chosen = parser.parse_args()
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    print(_machine())
    found: list[Figure] = []
    try:
        for scale in sorted({min(SMALL, chosen.scale), chosen.scale}):
            found += _at_scale(scale, chosen.all)
        found += _searching()
        found += _drawings()
        found += _real_catalogue()
    except MeasureError as failure:
        sys.exit(str(failure))
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)
        print(f"\n{table_of_figures(found)}\n\nLoad average at the end: {_load()}.")


def _at_scale(scale: int, everything: bool) -> list[Figure]:
    """Build so many organisations with everything, print the builds, and return what has a target."""
    _tell(f"{scale} organisations")
    made = made_up(scale, facets())
    project = FOLDER / f"ours-{scale}"
    write_made_up(project, made)
    found = _checked(project, scale)
    own = builders.ours(project)
    first = run(own[0].command, _environment(), LOG, watch_memory=True)  # Graphviz is compiled
    most = 300 if scale == LARGE else None
    found.append(Figure(f"memory of the first build of all, {scale:,}", (first.peak or 0) / MIB, "MiB", most))
    peers, skipped = _peers(scale, made, own[0], everything)
    everyone = [*own, *peers]
    builders.measure(everyone, 5 if scale <= SMALL else 3, _environment(), LOG)
    print(f"\n{scale:,} organisations, load average {_load()}:\n\n{table_of_builds(everyone, skipped)}", flush=True)
    found += [*_compared(scale, own[0], peers), *_again(f"{scale:,}", own)]
    if scale in (min(SMALL, scale), LARGE):
        bound = 0.4 if scale == LARGE else 0.15
        found.append(Figure(f"changed record drawn, {scale:,}", live.in_process(project, made), "s"))
        seconds = live.served(project, made, _environment(), LOG)
        found.append(Figure(f"changed record served, {scale:,}", seconds, "s", bound))
    return found


def _checked(project: Path, scale: int) -> list[Figure]:
    """Time ``meedoenkaart check``, which has to find nothing wrong."""
    command = [str(BIN / "meedoenkaart"), "--root", str(project), "check", "--format", "json"]
    watched = run(command, _environment(), LOG, watch_memory=True)
    if "[]" not in (said := LOG.read_text("utf-8")):
        raise MeasureError(f"a rule complains about made-up records:\n{said[:2000]}")
    runs = [run(command, _environment(), LOG) for _ in range(3)]
    bound = 8 if scale == LARGE else None
    seconds, cpu = (statistics.median(getattr(one, name) for one in runs) for name in ("seconds", "cpu"))
    return [
        Figure(f"check of {scale:,} files", seconds, "s", bound),
        Figure(f"check of {scale:,} files, processor time", cpu, "s"),
        Figure(f"check of {scale:,} files, memory", (watched.peak or 0) / MIB, "MiB"),
    ]


def _peers(scale: int, made: MadeUp, own: Builder, everything: bool) -> tuple[list[Builder], list[str]]:
    """Write the peers' sites and return how they are built, and the names of those that are left out."""
    page = own.folder / own.site / "kansen" / next(iter(made.organisations)) / "index.html"
    hugo = FOLDER / f"hugo-{scale}"
    write_hugo(hugo, made, page)
    from_yaml = FOLDER / f"hugo-yaml-{scale}"
    write_hugo(from_yaml, made, page, own.folder / "catalogue")
    found, skipped = [builders.hugo(JSON, hugo), builders.hugo(YAML, from_yaml)], []
    for name, folder in ((HIDDEN, FOLDER / f"hidden-{scale}"), (PLAIN, FOLDER / f"plain-{scale}")):
        room = NAVIGATION_ENTRY * scale**2 if name == PLAIN else 0
        if scale > MKDOCS_UP_TO[name] and not everything:
            skipped.append(f"{name} (left out: --all)")
        elif shutil.disk_usage(FOLDER).free < 1.5 * room:
            skipped.append(f"{name} (left out: {room / 1e9:.0f} GB of disk)")
        else:
            write_mkdocs(folder, made, in_navigation=name == PLAIN)
            found.append(builders.mkdocs(name, folder))
    return found, skipped


def _compared(scale: int, own: Builder, peers: Iterable[Builder]) -> list[Figure]:
    by_name = {one.name: one for one in peers}
    found = [
        Figure(f"ours / {YAML}, {scale:,}", own.seconds / by_name[YAML].seconds, "times", 1.3 if scale <= SMALL else 1),
        Figure(f"ours / {JSON}, {scale:,}", own.seconds / by_name[JSON].seconds, "times"),
    ]
    for name in (PLAIN, HIDDEN):
        if name in by_name:
            bound = 6 if name == PLAIN else None
            ratio = by_name[name].seconds / own.seconds
            found.append(Figure(f"{name} / ours, {scale:,}", ratio, "times", bound, at_least=True))
    bound = 300 if scale == LARGE else None
    return [*found, Figure(f"memory of a cold build, {scale:,}", own.peak / MIB, "MiB", bound)]


def _again(label: str, own: Sequence[Builder]) -> list[Figure]:
    """Return what builds take when little or nothing changed: in seconds, and of a cold build."""
    cold, *others = own
    found = []
    for one in others:
        what = one.name.removeprefix("ours, ")
        found.append(Figure(f"{what}, {label}", one.seconds, "s", AGAIN.get((what, label))))
        found.append(Figure(f"{what}, {label}, of a cold build", one.seconds / cold.seconds, "times"))
    return found


def _searching() -> list[Figure]:
    """Search a built site in a browser, as people do."""
    found = []
    for label, (organisations, most, first) in SEARCHED.items():
        _tell(f"the finder with {label} opportunities")
        project = FOLDER / f"finder-{organisations}"
        write_made_up(project, made_up(organisations, facets()))
        run(builders.ours(project)[0].command, _environment(), LOG)
        table, figures = finder.changes(project / "site", label, most)
        print(f"\nA change shows, {label} opportunities, load average {_load()}:\n\n{table}", flush=True)
        found += [*figures, *finder.first_results(project / "site", label, first)]
    return found


def _drawings() -> list[Figure]:
    """Draw a route of every municipality, from nothing and with nothing changed."""
    _tell("routes")
    made = made_up(1, facets())
    project = FOLDER / "routes"
    write_made_up(project, made)
    write_routes(project, sorted(made.municipalities), STEPS)
    many = f"{len(made.municipalities)} routes of {STEPS} steps"
    found = []
    for what, bound in (("drawings", 30), ("files", None)):
        for state, most in (("cold", bound), ("nothing changed", 2)):
            run([sys.executable, "-m", "bench.drawing", str(project), what], _environment(), LOG)
            found.append(Figure(f"{many}, {what}, {state}", float(LOG.read_text("utf-8")), "s", most))
    return found


def _real_catalogue() -> list[Figure]:
    """Time the builds that people do: of the catalogue itself, cold and with nothing changed."""
    _tell("the real catalogue")
    project = FOLDER / "real"
    write_real(project)
    own = builders.ours(project)
    builders.measure(own, 5, _environment(), LOG)
    cold = Figure(f"cold build, {REAL}", own[0].seconds, "s")
    return [cold, *_again(REAL, own), *engine.figures(project, FOLDER)]


def _environment() -> Mapping[str, str]:
    day = datetime.datetime.fromisoformat(DAY).replace(tzinfo=datetime.UTC)
    fixed = {"SOURCE_DATE_EPOCH": str(int(day.timestamp())), "PYTHONHASHSEED": "0", "NO_MKDOCS_2_WARNING": "1"}
    return {**os.environ, **fixed}


def _machine() -> str:
    names = ("mkdocs", "mkdocs-material", "hugo")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    return (
        f"{os.cpu_count()} cores, Python {platform.python_version()}, {versions}; load average at the start {_load()}."
    )


def _load() -> str:
    return " ".join(f"{one:.1f}" for one in os.getloadavg())


def _tell(what: str) -> None:
    print(f"{what} …", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
