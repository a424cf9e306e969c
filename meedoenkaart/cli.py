"""The command ``meedoenkaart``. Exit codes: 0 fine, 1 problems in the data, 2 wrong use."""

import datetime
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from meedoenkaart.kept import Kept, Report, alone
from meedoenkaart.problems import BuildError, Format, Problem, has_errors, report, rules
from meedoenkaart.texts import texts
from meedoenkaart.versions import PROGRAM, changes, pinned, running, shown, too_new

if TYPE_CHECKING:
    from meedoenkaart.draft import Draft
    from meedoenkaart.languages import Language

Progress = tuple[int, int]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=lambda *about: _version(*about),
    help="Show the version and where it lies, and exit.",
)
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
@click.option("--strict", is_flag=True, help="Let warnings count as errors.")
@click.option(
    "--strict-for",
    "strict_paths",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Let warnings count in these files and folders, and leave them out elsewhere.",
)
@click.option(
    "--strict-since", metavar="REV", help="As --strict-for, for the files that differ from those of a commit."
)
@click.pass_obj
def check(
    root: Path,
    paths: Sequence[Path],
    form: Format,
    strict: bool,
    strict_paths: Sequence[Path],
    strict_since: str | None,
) -> None:
    """Check all files, or report on the given files and folders only."""
    from meedoenkaart.loading import load
    from meedoenkaart.reading.documents import Reader
    from meedoenkaart.writing.sentences import problems_of_sentences

    chosen = _below(root, paths)
    if form == "text":
        _tell_if_older(root)
    strict_below = _below(root, strict_paths)
    if strict_since is not None:
        from meedoenkaart.upkeep.revisions import changed_files

        with _asking_git():
            strict_below += [f"{file}/" for file in changed_files(root, strict_since)]
    with _progress() as progress:
        problems = load(Reader(root), today(), progress).problems
    with _failing_softly("not-done", ValueError):
        problems = (*problems, *problems_of_sentences(root))
    found = [one for one in problems if not chosen or _is_below(one.file, chosen)]
    if strict_paths or strict_since is not None:
        found = [one for one in found if one.severity == "error" or _is_below(one.file, strict_below)]
    if found or form == "json":
        click.echo(report(found, form))
    if form == "text":
        _summarise(found)
    counts = strict or strict_paths or strict_since is not None
    sys.exit(1 if has_errors(found) or (counts and found) else 0)


@main.command()
@click.pass_obj
def build(root: Path) -> None:
    """Check all files and build the folder site/; what was there stays when something is wrong."""
    started, day = time.perf_counter(), today()
    _refuse_newer(root)
    _tell_if_older(root)
    with _failing_softly(), alone(root):
        kept = Kept(root, day)
        said = kept.report(lambda: _tell(texts("cli")["forgotten"]))
        if said is None:
            said, pages = _built(root, day, kept.pages)
            with suppress(OSError):  # the site is there; the next build does all again
                kept.remember(said, pages)
        else:
            for line in said.told:
                _tell(line)
    _summarise(said.problems)
    click.echo(texts("cli")["built"].format(folder="site/", seconds=time.perf_counter() - started), err=True)


def _built(root: Path, day: datetime.date, known: Mapping[str, str]) -> tuple[Report, Mapping[str, str]]:
    """Build the site and return what there is to say about it, and of what its pages are made.

    Pages whose digest is ``known`` stay. Exits with 1 when there are errors.
    """
    from meedoenkaart import project

    told: list[str] = []

    def tell(line: str) -> None:
        told.append(line)
        _tell(line)

    with _progress() as progress:
        made = project.build(root, day, known, tell, progress)
    errors = [one for one in made.problems if one.severity == "error"]
    if errors:
        click.echo(report(errors, "text"))
        _summarise(made.problems)
        sys.exit(1)
    return Report(made.problems, tuple(told)), made.pages


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.pass_obj
def serve(root: Path, host: str, port: int) -> None:
    """Preview the site and reload the browser whenever a file changes."""
    from meedoenkaart import project

    _refuse_newer(root)
    _tell_if_older(root)
    with _failing_softly():
        project.serve(root, today, (host, port), _tell)


@main.command()
@click.argument("questions", metavar="QUESTION...", nargs=-1, required=True)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to tell.")
@click.pass_obj
def ask(root: Path, questions: Sequence[str], form: str) -> None:
    """Tell what the finder understands of a question, which results come, and why."""
    from meedoenkaart import asking
    from meedoenkaart.layers import made
    from meedoenkaart.loading import load
    from meedoenkaart.plugin.settings import region
    from meedoenkaart.reading.documents import Reader

    loaded = load(Reader(root), today(), region=region(root))
    if loaded.catalogue is None:
        click.echo(report([one for one in loaded.problems if one.severity == "error"], "text"))
        sys.exit(1)
    if not made(root, "ask.mjs").exists():
        raise click.ClickException("what answers is missing: run `make site` once")
    if asking.node() is None:
        raise click.ClickException("answering takes Node (nodejs.org), which only this command needs")
    answers = asking.ask(root, loaded.catalogue, questions)
    click.echo(json.dumps(answers, ensure_ascii=False, indent=2) if form == "json" else asking.as_text(answers))


@main.command()
@click.option("--name", help="What the map is called.")
@click.option("--province", multiple=True, help="A province that it is about; may be given several times.")
@click.option("--municipality", multiple=True, help="A municipality that is on it; may be given several times.")
@click.option("--repository", help="The web address of the repository that the folder goes into.")
@click.option("--address", help="Where the site is published; by default where GitHub does that.")
@click.pass_obj
def init(root: Path, /, **given: str | Sequence[str] | None) -> None:
    """Begin a map of another region in an empty folder: its settings, municipalities, workflows, README.

    On a terminal: asks in Dutch for what is not given.
    """
    from meedoenkaart.writing import beginning

    def ask(question: str) -> str:
        answer: str = click.prompt(question, default="", show_default=False, prompt_suffix="\n   > ")
        return answer

    parts = {name: [said] if isinstance(said, str) else said or () for name, said in given.items()}
    try:
        beginning.look_at(root)
        region = beginning.asked(parts, ask, click.echo) if sys.stdin.isatty() else beginning.region_of(parts)
    except beginning.NotPossibleError as reason:
        click.echo(str(reason).rstrip(), err=True)
        sys.exit(2)
    with _failing_softly("not-done"):
        written = beginning.write(root, region)
    counts = {"municipalities": written.municipalities, "receptions": written.receptions}
    click.echo(texts("beginning")["written"].format(name=region.name, folder=root, **counts).rstrip())


@main.command()
@click.argument("kind", type=click.Choice(["organisation", "reception", "municipality", "route"]))
@click.argument("name", required=False)
@click.option(
    "--municipality",
    help="The municipality's folder, such as amersfoort (for an organisation or a reception location).",
)
@click.pass_obj
def new(root: Path, kind: str, name: str | None, municipality: str | None) -> None:
    """Write a new, commented file for NAME, ready to fill in.

    An organisation without NAME, on a terminal: asks in Dutch for what matters most and fills it in.
    """
    from meedoenkaart.loading import load
    from meedoenkaart.reading.documents import Reader
    from meedoenkaart.writing.template import NotPossibleError, write_new

    values: Mapping[str, Any] = {}
    asked = name is None
    if name is None:
        if kind != "organisation" or not sys.stdin.isatty():
            raise click.UsageError("give a NAME; only an organisation is asked for, and only on a terminal")
        name, municipality, values = _asked(root)
    try:
        file = write_new(root, kind, name, municipality, values).relative_to(root).as_posix()
    except NotPossibleError as reason:
        raise click.UsageError(str(reason)) from None
    if not asked:
        click.echo(file)
        return
    click.echo(texts("interview")["written"].format(file=file))
    found = [one for one in load(Reader(root), today()).problems if one.file == file]
    if found:
        click.echo(report(found, "text"))


def _asked(root: Path) -> tuple[str, str, Mapping[str, Any]]:
    """Ask for an organisation on the terminal and return its name, its municipality and what else was answered."""
    from meedoenkaart.writing.interview import Interview

    def ask(question: str) -> str:
        answer: str = click.prompt(question, default="", show_default=False, prompt_suffix="\n   > ")
        return answer

    answers = Interview(_draft(root), today(), ask, click.echo).answers()
    return answers.name, answers.municipality, answers.values


@main.command()
@click.argument("revision", metavar="REV")
@click.option("--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", help="How to tell.")
@click.pass_obj
def diff(root: Path, revision: str, form: str) -> None:
    """Tell what changes for readers since the commit REV: what is new, changed or gone, with the text of its card."""
    from meedoenkaart.upkeep import diff as upkeep

    with _asking_git():
        found = upkeep.diff(root, revision)
    if not found and form != "json":
        click.echo(texts("upkeep")["no-changes"])
        return
    click.echo({"text": upkeep.as_text, "markdown": upkeep.as_markdown, "json": upkeep.as_json}[form](found))


@main.command()
@click.option(
    "--within", metavar="DAYS", type=click.IntRange(0, 3650), default=30, show_default=True, help="Days ahead."
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to tell.")
@click.pass_obj
def stale(root: Path, within: int, form: str) -> None:
    """List what is past its term or soon will be: confirmations, declarations, last days; soonest first."""
    from meedoenkaart.upkeep.stale import due
    from meedoenkaart.upkeep.telling import due_json, due_text

    found = due(_draft(root), today(), within)
    if form == "json":
        click.echo(due_json(root, found, today()))
    elif found:
        click.echo(due_text(root, found, today()))
    else:
        click.echo(texts("upkeep")["nothing-due"].format(days=within))
    sys.exit(1 if any(one.day < today() for one in found) else 0)


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to tell.")
@click.option("--fresh", is_flag=True, help="Ask again for addresses that answered in the last days.")
@click.option("--timeout", type=click.FloatRange(0.1, 120), default=15.0, show_default=True, help="Seconds to wait.")
@click.option(
    "--pause", type=click.FloatRange(0, 60), default=1.0, show_default=True, help="Seconds between requests to a site."
)
@click.option("--sites", type=click.IntRange(1, 32), default=8, show_default=True, help="Sites asked at the same time.")
@click.pass_obj
def links(root: Path, paths: Sequence[Path], form: str, fresh: bool, timeout: float, pause: float, sites: int) -> None:
    """Ask every web address of the catalogue whether it still answers; exceptions stand in catalogue/links.yml."""
    from meedoenkaart.upkeep import links as upkeep
    from meedoenkaart.upkeep.telling import links_json, links_text

    chosen, draft = _below(root, paths), _draft(root)
    spared = upkeep.excepted(draft.single("links"), today())
    mentioned = [
        one
        for one in upkeep.mentions(draft)
        if one.address not in spared and (not chosen or _is_below(one.file, chosen))
    ]
    before = upkeep.remembered(root)
    manners = upkeep.Manners(pause, timeout, sites, days_remembered=-1 if fresh else 6)
    with _progress() as progress:
        answers = upkeep.ask_all((one.address for one in mentioned), today(), manners, before, progress)
    upkeep.remember(root, {**before, **answers} if chosen else answers)
    if form == "json":
        click.echo(links_json(root, mentioned, answers))
    else:
        click.echo(links_text(root, mentioned, answers))
    sys.exit(1 if any(one.verdict == "dead" for one in answers.values()) else 0)


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Ask, and write nothing.")
@click.option(
    "--server", envvar="MEEDOENKAART_PDOK", help="Another Locatieserver than PDOK's own; also MEEDOENKAART_PDOK."
)
@click.pass_obj
def locate(root: Path, paths: Sequence[Path], dry_run: bool, server: str | None) -> None:
    """Look up where addresses with a house number lie, at PDOK, and write the points into the files."""
    from meedoenkaart.upkeep import locate as upkeep
    from meedoenkaart.upkeep.telling import located_text

    if server and not server.startswith(("http://", "https://")):
        raise click.UsageError("--server has to be an http or https address")
    wanted = upkeep.wanted(_draft(root), _below(root, paths))
    if not wanted:
        click.echo(texts("upkeep")["nothing-to-locate"])
    try:
        for number, one in enumerate(wanted):
            if number:
                time.sleep(upkeep.SECONDS_BETWEEN)
            click.echo(located_text(upkeep.look_up(root, one, server or upkeep.PDOK, write=not dry_run)))
    except upkeep.UnreachableError as failure:
        click.echo(texts("cli")["no-pdok"].format(reason=failure), err=True)
        sys.exit(1)


@main.command()
@click.option("--dry-run", is_flag=True, help="Tell, and write nothing.")
@click.pass_obj
def upgrade(root: Path, dry_run: bool) -> None:
    """Bring the region's files up to this version of the program, and tell in Dutch what changed.

    Comments stay. What can't be decided stays as it is and is told; exits with 1 then.
    """
    from meedoenkaart.upkeep import upgrade as upkeep
    from meedoenkaart.upkeep.telling import upgraded_text

    _refuse_newer(root)
    with _failing_softly("not-done"):
        done = upkeep.upgrade(root, write=not dry_run)
    click.echo(upgraded_text(root, done, is_written=not dry_run))
    sys.exit(1 if done.is_left else 0)


@main.command("format")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--check", "only_check", is_flag=True, help="Change nothing; exit with 1 when a file is laid out otherwise."
)
@click.pass_obj
def format_(root: Path, paths: Sequence[Path], only_check: bool) -> None:
    """Lay out files alike: order of fields, indentation, line length. Comments stay."""
    from meedoenkaart.writing.layout import format_files

    changed = format_files(root, _below(root, paths), write=not only_check)
    for file in changed:
        click.echo(file)
    sys.exit(1 if changed and only_check else 0)


@main.command()
@click.pass_obj
def schema(root: Path) -> None:
    """Write what is made from the record types: JSON Schemas for editors, and the forms for issues on GitHub."""
    from meedoenkaart.writing.issue_forms import write_issue_forms
    from meedoenkaart.writing.schema import write_schemas

    for file in (*write_schemas(root), *write_issue_forms(root)):
        click.echo(file.relative_to(root).as_posix())


@main.group("texts")
def texts_() -> None:
    """Keep translations of the site's words: see docs/developers/languages.md."""


@texts_.command()
@click.pass_obj
def extract(root: Path) -> None:
    """Write translations/messages.pot: all words that residents read, for a new language."""
    from meedoenkaart.writing.message_catalogues import write_template

    with _failing_softly("not-done", ValueError):
        click.echo(texts("translating")["written"].format(file=write_template(root).relative_to(root).as_posix()))


@texts_.command()
@click.argument("codes", nargs=-1)
@click.pass_obj
def update(root: Path, codes: Sequence[str]) -> None:
    """Bring the catalogues of languages up to date: those named, or all of the site. A new code begins a language."""
    from meedoenkaart.writing.message_catalogues import update as updated

    with _failing_softly("not-done", ValueError):
        for path in updated(root, _languages(root, codes)):
            click.echo(texts("translating")["written"].format(file=path.relative_to(root).as_posix()))


@texts_.command("check")
@click.argument("codes", nargs=-1)
@click.pass_obj
def check_texts(root: Path, codes: Sequence[str]) -> None:
    """Tell how complete languages are, what changed since a review, and what is wrong (then exit code 1)."""
    from meedoenkaart.upkeep.translating import told
    from meedoenkaart.writing.message_catalogues import extract as extracted

    draft = _draft(root)
    with _failing_softly("not-done", ValueError):
        languages, template = _languages(root, codes), extracted(root)
        results = [told(root, draft, one, template) for one in languages]
    for lines, _ in results:
        click.echo("\n".join(lines))
    sys.exit(0 if all(complete for _, complete in results) else 1)


@texts_.command()
@click.argument("code")
@click.option("--by", required=True, help="The function or organisation that looked through it; no person's name.")
@click.pass_obj
def reviewed(root: Path, code: str, by: str) -> None:
    """Note that somebody looked through all translations into a language."""
    from meedoenkaart.languages.reviews import Review, record
    from meedoenkaart.upkeep.translating import translations

    if not by.strip():
        raise click.UsageError("--by has to name who looked through it")
    with _failing_softly("not-done", ValueError):
        (language,) = _languages(root, [code])
        record(root, code, Review(by, today().isoformat()), translations(root, _draft(root), language))
    click.echo(texts("translating")["noted"].format(name=language.name, by=by))


def _languages(root: Path, codes: Sequence[str]) -> "Sequence[Language]":
    """Return the languages with these codes, or all of the site but Dutch; stop where a code is none."""
    from meedoenkaart.languages import SOURCE, is_language, languages_of
    from meedoenkaart.plugin.settings import languages

    if wrong := [code for code in codes if code == SOURCE or not is_language(code)]:
        raise click.UsageError(f"nothing is translated into {wrong[0]!r}; a language is named as en, ar or fa-AF")
    return [one for one in languages_of(root, codes or languages(root)) if not one.is_source]


@main.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to tell.")
@click.pass_obj
def config(root: Path, form: str) -> None:
    """Tell what the region says itself and what comes from the program: settings, files, pages, sentences, values."""
    from meedoenkaart.plugin.pages import pages_by_name
    from meedoenkaart.plugin.settings import settings_by_name
    from meedoenkaart.upkeep.origins import Origin, as_json, as_text, origins

    with _failing_softly("not-done", ValueError):
        found = [
            Origin("settings", name, "own" if is_own else "shared", json.dumps(value, ensure_ascii=False))
            for name, value, is_own in settings_by_name(root)
        ]
        found += (Origin("pages", name, "instead" if is_there else "added") for name, is_there in pages_by_name(root))
        found += origins(root)
    click.echo(as_json(found) if form == "json" else as_text(found))


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


def _draft(root: Path) -> "Draft":
    """Return all records of a project, as far as they can be read."""
    from meedoenkaart.draft import Draft
    from meedoenkaart.reading.documents import Reader

    return Draft(Reader(root).read())


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


def _is_below(file: str, paths: Sequence[str]) -> bool:
    return any(f"{file}/".startswith(path) for path in paths)


@contextmanager
def _asking_git() -> Iterator[None]:
    """Turn a commit that does not exist into wrong use."""
    from meedoenkaart.upkeep.revisions import RevisionError

    try:
        yield
    except RevisionError as reason:
        raise click.UsageError(str(reason)) from None


def _summarise(problems: Sequence[Problem]) -> None:
    """Say on standard error how many problems there are."""
    counts = Counter(one.severity for one in problems)
    words = texts("cli")
    if not problems:
        click.echo(words["no-problems"], err=True)
    else:
        click.echo(words["problems"].format(errors=counts["error"], warnings=counts["warning"]), err=True)


def _version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        click.echo(running())
        context.exit()


def _refuse_newer(root: Path) -> None:
    """Stop where the region's files and settings are made for a newer program."""
    if problem := too_new(root):
        click.echo(report([problem], "text"))
        sys.exit(1)


def _tell_if_older(root: Path) -> None:
    """Say that the region's files are of an older version than the program, and how many changes there are."""
    pin = pinned(root)
    if pin and pin.version < PROGRAM:
        count = len(changes(pin.version))
        _tell(texts("cli")["older"].format(was=shown(pin.version), now=shown(PROGRAM), count=count))


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
def _failing_softly(words: str = "failed", *kinds: type[Exception]) -> Iterator[None]:
    """Turn a failure of the editorial pages, the theme or the disk, and of these ``kinds``, into a message."""
    try:
        yield
    except (BuildError, OSError) + kinds as failure:  # noqa: RUF005  # mypy reads no unpacked tuple here
        click.echo(texts("cli")[words].format(reason=failure), err=True)
        sys.exit(1)
