"""A project on disk: built, and previewed while it is being changed."""

import datetime
import shutil
import subprocess
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from jinja2 import TemplateError, TemplateSyntaxError
from yaml import YAMLError

from generator import plugin
from generator.catalogue import Catalogue
from generator.loading import load
from generator.problems import Problem, report
from generator.publishing.folder import Folder
from generator.publishing.publish import addresses, publish
from generator.reading.documents import FOLDER, ROUTES, Reader
from generator.texts import FOLDER as TEXTS
from generator.texts import read_again, texts
from generator.writing.fields import fields_of

Progress = Callable[[int, int], None]
EDITORIAL = ".cache/editorial"
PREVIEW = ".cache/preview"
PREVIEW_EDITORIAL = ".cache/preview-editorial"
STAGING = ".cache/staging"


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
    Raises ``plugin.BuildError`` when the editorial pages or the theme can't be drawn; ``site/`` then stays as it was.
    """
    with _explained(root):
        region = plugin.region(root)
    loaded = load(Reader(root), today, progress, region)
    if loaded.catalogue is None:
        return Built(loaded.problems, {})
    with _explained(root):
        frame = _surroundings(root, root / EDITORIAL, loaded.catalogue, tell)
        folder = Folder(root / "site", root / STAGING)
        pages = publish(root, root / plugin.THEME_CACHE, loaded.catalogue, frame, folder, known)
    return Built(loaded.problems, pages)


def serve(
    root: Path, today: Callable[[], datetime.date], address: tuple[str, int], tell: Callable[[str], None]
) -> None:
    """Show the site at ``address`` and keep it up to date with every change, until interrupted.

    Problems are told line by line; the last good version stays in view.
    """
    preview = Preview(root, today, tell)
    preview.update()
    watched = [TEXTS, *(root / name for name in (FOLDER, ROUTES, "docs", "theme", "mkdocs.yml"))]
    plugin.serve(root, root / PREVIEW, preview.update, [path for path in watched if path.exists()], address)


class Preview:
    """A built site that follows the files: after a change of a record only the pages that show it are drawn again."""

    def __init__(self, root: Path, today: Callable[[], datetime.date], tell: Callable[[str], None]) -> None:
        """Preview the project at ``root``; ``tell`` is given each line for the person who watches."""
        self._root = root
        self._today = today
        self._tell = tell
        self._reader = Reader(root)
        self._frame: plugin.Surroundings | None = None
        self._frame_state: object = None
        self._scripts_state: object = None
        self._texts_state: object = _state(TEXTS, (".yml",))
        self._words = texts("cli")
        self._pages: Mapping[str, str] = {}

    def update(self) -> None:
        """Bring the preview up to date, or tell what is wrong."""
        started = time.perf_counter()
        try:
            with _explained(self._root):
                self._renew_texts()
                region = plugin.region(self._root)
            loaded = load(self._reader, self._today(), region=region)
            if loaded.catalogue is None:
                self._tell(report([one for one in loaded.problems if one.severity == "error"], "text"))
                self._tell(self._words["kept"])
                return
            with _explained(self._root):
                self._draw(loaded.catalogue)
        except plugin.BuildError as failure:
            self._tell(self._words["failed"].format(reason=failure))
            return
        self._tell(self._words["rebuilt"].format(seconds=time.perf_counter() - started))

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

    def _draw(self, catalogue: Catalogue) -> None:
        frame = self._current_frame(catalogue)
        folder = Folder(self._root / PREVIEW, self._root / PREVIEW)
        self._pages = publish(self._root, self._root / plugin.THEME_CACHE, catalogue, frame, folder, self._pages)

    def _current_frame(self, catalogue: Catalogue) -> plugin.Surroundings:
        """Return the editorial part, drawn again when its files or the theme changed."""
        scripts = _state(self._root / "theme", (".ts", ".css"))
        if self._scripts_state not in (None, scripts):
            _build_scripts(self._root)
        self._scripts_state = scripts
        sections = frozenset((url.partition("/")[0], url.count("/")) for url in addresses(catalogue))
        state = (sections, *(_state(self._root / name) for name in ("docs", "theme", "mkdocs.yml")))
        if self._frame is None or state != self._frame_state:
            self._frame = _surroundings(self._root, self._root / PREVIEW_EDITORIAL, catalogue, self._tell)
            self._frame_state = state
        return self._frame


def _surroundings(root: Path, folder: Path, catalogue: Catalogue, tell: Callable[[str], None]) -> plugin.Surroundings:
    shutil.rmtree(folder, ignore_errors=True)
    found = plugin.surroundings(root, folder, addresses(catalogue))
    for warning in found.warnings:
        tell(texts("cli")["docs-warning"].format(warning=warning))
    return found


@contextmanager
def _explained(root: Path) -> Iterator[None]:
    """Turn what a wrong template or file of the theme raises into a message that says where it is."""
    try:
        yield
    except (TemplateError, YAMLError, OSError, ValueError) as error:
        raise plugin.BuildError(f"{_place(error, root)}{error}") from error


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
        [str(node) if node.exists() else "node", "theme/build.mjs"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise plugin.BuildError(done.stderr.strip())


def _state(path: Path, endings: tuple[str, ...] = ("",)) -> frozenset[tuple[str, int]]:
    """Return the files at or below a path and when they changed."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return frozenset((str(file), file.stat().st_mtime_ns) for file in files if file.name.endswith(endings))
