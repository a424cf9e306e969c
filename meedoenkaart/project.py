"""A project on disk: built, and previewed while it is being changed."""

import datetime
import gc
import shutil
import subprocess
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from jinja2 import TemplateError, TemplateSyntaxError
from yaml import YAMLError

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.kept import digest, program_state
from meedoenkaart.languages import Language, languages_of, speaking
from meedoenkaart.layers import DATA, OVERRIDES, PACKAGE, TRANSLATIONS, made, theme_of
from meedoenkaart.loading import load, load_ahead
from meedoenkaart.problems import BuildError, Problem, has_errors, report
from meedoenkaart.processes import apart, start_methods
from meedoenkaart.publishing.folder import Folder
from meedoenkaart.publishing.frame import Frame, digest_of, keep, kept
from meedoenkaart.publishing.pages import pages
from meedoenkaart.publishing.publish import addresses, publish, publish_ahead
from meedoenkaart.reading.documents import FOLDER, ROUTES, Document, Reader
from meedoenkaart.texts import FOLDER as TEXTS
from meedoenkaart.texts import read_again, texts
from meedoenkaart.writing.fields import fields_of
from meedoenkaart.writing.sentences import problems_of_sentences

Progress = Callable[[int, int], None]
EDITORIAL = ".cache/editorial"
PREVIEW = ".cache/preview"
PREVIEW_EDITORIAL = ".cache/preview-editorial"
STAGING = ".cache/staging"
SETTLED = 0.05
"""An editor writes a file in several steps: what takes long, or is wrong, waits for so many seconds of silence."""


class Built(NamedTuple):
    """What came of a build."""

    problems: tuple[Problem, ...]
    """With an error among them nothing was published."""
    pages: Mapping[str, str]
    """What each page is made of, as a digest, by its address."""


def build(
    root: Path,
    today: datetime.date,
    known: Mapping[str, str],
    tell: Callable[[str], None],
    progress: Progress | None = None,
) -> Built:
    """Check the project and, when nothing is in the way, replace ``site/`` by a new build; see ``kept.alone``.

    Pages whose digest is ``known``, by their address, lie in ``site/`` and stay. ``tell`` is given a line for each link
    of an editorial page that leads nowhere.
    Raises ``BuildError`` when the editorial pages or the theme can't be drawn; ``site/`` then stays as it was.
    """
    sources = _frame_sources(root)
    before = _frame_before(root / EDITORIAL, sources)
    with _explained(root):
        region, languages = _about(root, before)
    loaded = load(Reader(root), today, progress, region)
    with _explained(root):
        problems = (*loaded.problems, *problems_of_sentences(root))
    if loaded.catalogue is None or has_errors(problems):
        return Built(problems, {})
    with _explained(root), speaking(languages[0]):
        generated = list(pages(loaded.catalogue, languages))
        frame = _frame(root, root / EDITORIAL, before, sources, addresses(generated), tell)
        folder = Folder(root / "site", root / STAGING)
        digests = publish(root, made(root, "theme"), loaded.catalogue, generated, frame, folder, known, languages)
    return Built(problems, digests)


def serve(
    root: Path, today: Callable[[], datetime.date], address: tuple[str, int], tell: Callable[[str], None]
) -> None:
    """Show the site at ``address`` and keep it up to date with every change, until interrupted.

    Problems are told line by line; the last good version stays in view.
    """
    from meedoenkaart.plugin import preview as server

    preview = Preview(root, today, tell)
    preview.update()
    gc.collect()
    gc.freeze()  # of many records Python would look for cycles a second long, while somebody waits
    own = (FOLDER, ROUTES, "docs", OVERRIDES, TRANSLATIONS, "mkdocs.yml")
    watched = [TEXTS, *(root / name for name in own), *(PACKAGE / name for name in DATA)]
    server.serve(root, root / PREVIEW, preview.update, [path for path in watched if path.exists()], address)


_Shown = tuple[tuple[str, datetime.date], Sequence[Document], Catalogue, Frame, Sequence[Language]]
"""What a preview shows, and what stands for all that it is made of besides its documents."""


class Preview:
    """A built site that follows the files: after a change of a record only the pages that show it are drawn again.

    Who waits for it sees the pages of organisations that changed at once; all else follows.
    """

    def __init__(self, root: Path, today: Callable[[], datetime.date], tell: Callable[[str], None]) -> None:
        """Preview the project at ``root``; ``tell`` is given each line for the person who watches."""
        self._root = root
        self._today = today
        self._tell = tell
        self._reader = Reader(root)
        self._scripts_state: object = None
        self._texts_state: object = _state(TEXTS, (".yml",))
        self._words = texts("cli")
        self._pages: dict[str, str] = {}
        self._shown: _Shown | None = None

    def update(
        self, show: Callable[[], None] | None = None, is_over: Callable[[float], bool] = lambda _: False
    ) -> None:
        """Bring the preview up to date, or tell what is wrong.

        ``show`` is called when the pages of organisations that changed are there; without it nobody waits for these.
        ``is_over`` waits some seconds for another change, with which this update is over.
        """
        started = time.perf_counter()
        try:
            with _explained(self._root):
                ahead = self._draw_ahead() if show else None
                if not ahead:
                    self._renew_texts()
                    self._renew_scripts()
        except BuildError as failure:
            self._tell(self._words["failed"].format(reason=failure))
            return
        if show and ahead:
            self._tell(self._words["shown"].format(seconds=time.perf_counter() - started))
            show()
        if not is_over(SETTLED) and not (ahead and self._follow(ahead, is_over)):
            self._update_all()

    def _follow(self, ahead: "_Shown", is_over: Callable[[float], bool]) -> bool:
        """Bring all up to date in a process of its own, until it ``is_over``; say whether that could be done."""

        def work() -> tuple[bool, list[str], dict[str, str]]:
            told: list[str] = []
            self._tell = told.append
            return self._update_all(), told, self._pages

        if "fork" not in start_methods():
            return False
        followed = apart(work, lambda: is_over(0))
        is_shown, told, self._pages = followed or (False, [], {})  # what one that was ended wrote, nobody knows
        if is_shown:
            self._shown = ahead
        for line in told:
            self._tell(line)
        return bool(told) or is_over(0)

    def _update_all(self) -> bool:
        """Bring all up to date, or tell what is wrong; say whether nothing is."""
        started = time.perf_counter()
        try:
            with _explained(self._root):
                sources = _frame_sources(self._root)
                before = _frame_before(self._root / PREVIEW_EDITORIAL, sources)
                region, languages = _about(self._root, before)
            loaded = load(self._reader, self._today(), region=region)
            with _explained(self._root):
                problems = (*loaded.problems, *problems_of_sentences(self._root))
            if loaded.catalogue is None or has_errors(problems):
                self._tell(report([one for one in problems if one.severity == "error"], "text"))
                self._tell(self._words["kept"])
                return False
            with _explained(self._root), speaking(languages[0]):
                self._draw(loaded.catalogue, before, sources, languages)
        except BuildError as failure:
            self._tell(self._words["failed"].format(reason=failure))
            return False
        self._tell(self._words["rebuilt"].format(seconds=time.perf_counter() - started))
        return True

    def _renew_texts(self) -> None:
        """Read the generator's texts again when one changed; problems and pages are told in the new ones."""
        state = _state(TEXTS, (".yml",))
        if state == self._texts_state:
            return
        read_again()
        fields_of.cache_clear()
        self._words = texts("cli")
        self._reader = Reader(self._root)
        self._texts_state = state

    def _renew_scripts(self) -> None:
        """Build scripts and styles again when one changed; what was installed has none to build them of."""
        state = frozenset[tuple[str, int]]().union(
            *(_state(folder, (".ts", ".css")) for folder in theme_of(self._root).folders)
        )
        if self._scripts_state not in (None, state) and (theme_of(self._root) / "build.mjs").exists():
            _build_scripts(self._root)
        self._scripts_state = state

    def _draw(self, catalogue: Catalogue, before: Frame | None, sources: str, languages: Sequence[Language]) -> None:
        generated = list(pages(catalogue, languages))
        frame = _frame(self._root, self._root / PREVIEW_EDITORIAL, before, sources, addresses(generated), self._tell)
        frame = replace(frame, site=replace(frame.site, offline=False))  # what changes by the second, no device keeps
        build = made(self._root, "theme")
        known, self._pages, self._shown = self._pages, {}, None  # unless all goes well, nobody knows what is drawn
        self._pages = {**publish(self._root, build, catalogue, generated, frame, self._folder(), known, languages)}
        self._shown = self._around(), self._reader.documents, catalogue, frame, languages

    def _draw_ahead(self) -> "_Shown | None":
        """Draw the pages of organisations that changed, when nothing else did since all was up to date."""
        documents = self._reader.read()
        if not self._shown or self._shown[0] != self._around():
            return None
        around, before, known, frame, languages = self._shown
        catalogue = load_ahead(self._root, documents, before, known)
        if catalogue is None:
            return None
        new = [slug for slug, one in catalogue.organisations.items() if one is not known.organisations[slug]]
        for url in publish_ahead(self._root, catalogue, new, frame, self._folder(), languages):
            self._pages.pop(url, None)
        return around, documents, catalogue, frame, languages

    def _around(self) -> tuple[str, datetime.date]:
        """Return what stands for all that is shown but the catalogue."""
        return _frame_state(self._root / PREVIEW_EDITORIAL, _frame_sources(self._root)), self._today()

    def _folder(self) -> Folder:
        return Folder(self._root / PREVIEW, self._root / PREVIEW)


def _about(root: Path, before: Frame | None) -> tuple[frozenset[str], Sequence[Language]]:
    """Return the provinces that the site is about, and its languages."""
    if before:
        return before.region, languages_of(root, before.languages)
    from meedoenkaart.plugin.settings import languages, region

    return region(root), languages_of(root, languages(root))


def _frame_before(folder: Path, sources: str) -> Frame | None:
    """Return the editorial part that was made last, if nothing that it is made of changed but what pages there are."""
    return kept(folder.with_suffix(".json"), folder, _frame_state(folder, sources))


def _frame(
    root: Path, folder: Path, before: Frame | None, sources: str, urls: list[str], tell: Callable[[str], None]
) -> Frame:
    """Return the editorial part, drawn into ``folder`` unless it lies there.

    ``sources`` stands for what it is made of, seen before MkDocs reads it: what changes meanwhile is read next time.
    """
    if before and before.addresses == digest_of(urls):
        frame = before
    else:
        from meedoenkaart import plugin

        shutil.rmtree(folder, ignore_errors=True)
        frame = plugin.surroundings(root, folder, urls)
        keep(frame, folder.with_suffix(".json"), _frame_state(folder, sources))
    for warning in frame.warnings:
        tell(texts("cli")["docs-warning"].format(warning=warning))
    return frame


def _frame_sources(root: Path) -> str:
    parts = [root / name for name in ("docs", OVERRIDES, TRANSLATIONS, "mkdocs.yml")]
    parts += [*(PACKAGE / name for name in DATA), made(root, "theme"), made(root, "libraries")]
    return digest(parts, program_state())


def _frame_state(folder: Path, sources: str) -> str:
    return f"{sources} {digest([folder])}"


@contextmanager
def _explained(root: Path) -> Iterator[None]:
    """Turn what a wrong template or file of the theme raises into a message that says where it is."""
    try:
        yield
    except (TemplateError, YAMLError, OSError, ValueError) as error:
        raise BuildError(f"{_place(error, root)}{error}") from error


def _place(error: Exception, root: Path) -> str:
    """Return ``theme/pages/home.html:12: `` for an error that arose in a template, else nothing."""
    frames = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, TemplateSyntaxError):
        frames.append((error.filename or "", error.lineno))
    for file, line in reversed(frames):
        if file.endswith(".html"):
            path = Path(file)
            return f"{path.relative_to(root) if path.is_relative_to(root) else path}:{line}: "
    return ""


def _build_scripts(root: Path) -> None:
    node = root / ".venv/bin/node"
    done = subprocess.run(  # noqa: S603  # a fixed command on our own script
        [str(node) if node.exists() else "node", str(theme_of(root) / "build.mjs")],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BuildError(done.stderr.strip())


def _state(path: Path, endings: tuple[str, ...] = ("",)) -> frozenset[tuple[str, int]]:
    """Return the files at or below a path and when they changed."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return frozenset((str(file), file.stat().st_mtime_ns) for file in files if file.name.endswith(endings))
