"""The command ``meedoenkaart``. Exit codes: 0 fine, 1 problems in the data, 2 wrong use."""

import datetime
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path

import click

from generator.loading import load
from generator.problems import Format, Problem, has_errors, report, rules
from generator.reading.documents import Reader
from generator.texts import texts

Progress = tuple[int, int]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="meedoenkaart")
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="The project's folder; the current one by default.",
)
@click.pass_context
def main(context: click.Context, root: Path) -> None:
    """Turn a catalogue of YAML files into a site that people can search."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # an old terminal may not know the arrow
    context.obj = root.resolve()


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", help="How to report.")
@click.pass_obj
def check(root: Path, paths: Sequence[Path], form: Format) -> None:
    """Check all files, or report on the given files and folders only."""
    chosen = _below(root, paths)
    with _progress() as progress:
        problems = load(Reader(root), today(), progress).problems
    found = [one for one in problems if not chosen or any(f"{one.file}/".startswith(path) for path in chosen)]
    if found or form == "json":
        click.echo(report(found, form))
    if form == "text":
        _summarise(found)
    sys.exit(1 if has_errors(found) else 0)


@main.command()
@click.pass_obj
def build(root: Path) -> None:
    """Check all files and build the folder site/; what was there stays when something is wrong."""
    from generator import project

    started = time.perf_counter()
    with _failing_softly(), _progress() as progress:
        loaded = project.build(root, today(), progress)
    errors = [one for one in loaded.problems if one.severity == "error"]
    if errors:
        click.echo(report(errors, "text"))
        _summarise(loaded.problems)
        sys.exit(1)
    _summarise(loaded.problems)
    click.echo(texts("cli")["built"].format(folder="site/", seconds=time.perf_counter() - started), err=True)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.pass_obj
def serve(root: Path, host: str, port: int) -> None:
    """Preview the site and reload the browser whenever a file changes."""
    from generator import project

    with _failing_softly():
        project.serve(root, today, (host, port), _tell)


@main.command()
@click.argument("kind", type=click.Choice(["organisation", "reception", "municipality", "route"]))
@click.argument("name")
@click.option(
    "--municipality",
    help="The municipality's folder, such as leeuwarden (for an organisation or a reception location).",
)
@click.pass_obj
def new(root: Path, kind: str, name: str, municipality: str | None) -> None:
    """Write a new, commented file for NAME, ready to fill in."""
    from generator.writing.template import NotPossibleError, write_new

    try:
        file = write_new(root, kind, name, municipality)
    except NotPossibleError as reason:
        raise click.UsageError(str(reason)) from None
    click.echo(file.relative_to(root).as_posix())


@main.command("format")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--check", "only_check", is_flag=True, help="Change nothing; exit with 1 when a file is laid out otherwise."
)
@click.pass_obj
def format_(root: Path, paths: Sequence[Path], only_check: bool) -> None:
    """Lay out files alike: order of fields, indentation, line length. Comments stay."""
    from generator.writing.layout import format_files

    changed = format_files(root, _below(root, paths), write=not only_check)
    for file in changed:
        click.echo(file)
    sys.exit(1 if changed and only_check else 0)


@main.command()
@click.pass_obj
def schema(root: Path) -> None:
    """Write the JSON Schemas that editors use for completion and help into schemas/."""
    from generator.writing.schema import write_schemas

    for file in write_schemas(root):
        click.echo(file.relative_to(root).as_posix())


@main.command("rules")
def rules_() -> None:
    """List every rule: its id, how severe it is, and why it is there."""
    for rule in rules().values():
        click.echo(f"{rule.id} ({texts('problems')[rule.severity]})\n    {rule.explanation}")


def today() -> datetime.date:
    """Return the day on which freshness is judged: SOURCE_DATE_EPOCH's when set, so that a build can be repeated."""
    import os

    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        moment = (
            datetime.datetime.fromtimestamp(int(epoch), datetime.UTC) if epoch else datetime.datetime.now(datetime.UTC)
        )
    except (ValueError, OverflowError, OSError):
        raise click.UsageError("SOURCE_DATE_EPOCH has to be a number of seconds since 1970") from None
    return moment.date()


def _below(root: Path, paths: Sequence[Path]) -> list[str]:
    """Return paths from the project's root, each ending in a slash; a path that does not exist is wrong use."""
    chosen = []
    for path in paths:
        if not path.exists():
            raise click.UsageError(f"there is no file or folder {path}")
        if not path.resolve().is_relative_to(root):
            raise click.UsageError(f"{path} does not lie in {root}")
        chosen.append(path.resolve().relative_to(root).as_posix() + "/")
    return ["" if one == "./" else one for one in chosen]


def _summarise(problems: Sequence[Problem]) -> None:
    """Say on standard error how many problems there are."""
    counts = Counter(one.severity for one in problems)
    words = texts("cli")
    if not problems:
        click.echo(words["no-problems"], err=True)
    else:
        click.echo(words["problems"].format(errors=counts["error"], warnings=counts["warning"]), err=True)


def _tell(line: str) -> None:
    click.echo(line, err=True)


@contextmanager
def _progress() -> Iterator["_Bar"]:
    """Show a progress bar once the work has taken a second, on a terminal only."""
    bar = _Bar()
    yield bar
    bar.finish()


class _Bar:
    """A progress bar that appears after a second."""

    def __init__(self) -> None:
        self._started = time.monotonic()
        self._shown = False
        self._terminal = sys.stderr.isatty()

    def __call__(self, done: int, total: int) -> None:
        """Take the number of files done and their total."""
        if not self._terminal or (done % 50 and done != total) or time.monotonic() - self._started < 1:
            return
        self._shown = True
        filled = 30 * done // total
        click.echo(f"\r  {'█' * filled}{'░' * (30 - filled)} {done}/{total}", nl=False, err=True)

    def finish(self) -> None:
        """Clear the line of the bar."""
        if self._shown:
            click.echo("\r\033[K", nl=False, err=True)


@contextmanager
def _failing_softly() -> Iterator[None]:
    """Turn a failure of the editorial pages or the theme into a message."""
    from generator.plugin import BuildError

    try:
        yield
    except BuildError as failure:
        click.echo(texts("cli")["failed"].format(reason=failure), err=True)
        sys.exit(1)
