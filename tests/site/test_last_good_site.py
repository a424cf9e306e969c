"""The published folder is replaced as a whole or not at all."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from resource import RLIMIT_FSIZE, setrlimit

import pytest

from meedoenkaart.kept import MANIFEST
from meedoenkaart.project import STAGING
from tests.site.copies import COMMAND, ROOT, build, built, copy_project, run, speak, tree

KILLS = int(os.environ.get("KILLS", "5"))
"""``make fuzz`` kills more."""
ORGANISATION = "catalogue/organisations/noardeast-fryslan/repair-cafe-dokkum.yml"
PAGE = "kansen/noardeast-fryslan/repair-cafe-dokkum/index.html"


def _change(project: Path, file: str, old: str, new: str) -> None:
    path = project / file
    text = path.read_text("utf-8")
    assert old in text, f"{file} no longer holds {old!r}"
    path.write_text(text.replace(old, new), "utf-8")


def _write(file: str, data: bytes) -> Callable[[Path], None]:
    def write(project: Path) -> None:
        (project / file).write_bytes(data)

    return write


def _append(file: str, text: str) -> Callable[[Path], None]:
    def append(project: Path) -> None:
        path = project / file
        path.write_text(path.read_text("utf-8") + text, "utf-8")

    return append


def _remove(file: str) -> Callable[[Path], None]:
    return lambda project: (project / file).unlink()


def _speak(code: str, catalogue: bytes) -> Callable[[Path], None]:
    def change(project: Path) -> None:
        speak(project, code)
        (project / "translations/ar/messages.po").write_bytes(catalogue)

    return change


CATALOGUE = {
    "unknown kind": lambda project: _change(project, ORGANISATION, "kind: repair-cafe", "kind: repareercafe"),
    "no YAML": _write(ORGANISATION, b"name: [\n"),
    "no UTF-8": _write(ORGANISATION, b"name: Caf\xe9\n"),
    "markup": lambda project: _change(project, ORGANISATION, "name: Repair", "name: <b>Repair</b>"),
    "no vocabulary": _write("catalogue/vocabulary.yml", b"stands_alone: ja\n"),
}
SURROUNDINGS = {
    "main.html does not parse": (_append("overrides/main.html", "{% if %}"), "main.html"),
    "main.html names what is not there": (
        _append("overrides/main.html", "{% block scripts %}{{ a.b.c }}{% endblock %}"),
        "",
    ),
    "main.html shows no content": (_write("overrides/main.html", b'{% extends "base.html" %}'), "main.html"),
    "a page does not parse": (_append("overrides/pages/organisation.html", "{% for %}"), "pages/organisation.html"),
    "a page names what is not there": (
        _append("overrides/pages/reception.html", "{{ nothing.here }}"),
        "pages/reception.html",
    ),
    "a page names a template that there is not": (
        _append("overrides/pages/glossary.html", '{% include "components/nergens.html" %}'),
        "nergens.html",
    ),
    "words are no YAML": (_write("overrides/words.yml", b"a: [\n"), "words.yml"),
    "sayings are no lists": (_append("overrides/questions/en.yml", "\nskip: the\n"), "en.yml"),
    "sayings are no YAML": (_write("overrides/questions/en.yml", b"a: [\n"), ""),
    "icons are no YAML": (_write("overrides/icons.yml", b"a: [\n"), "icons.yml"),
    "an icon does not exist": (_append("overrides/icons.yml", "\n- geen-icoon\n"), "geen-icoon"),
    "Markdown is no UTF-8": (_write("docs/over.md", b"# Caf\xe9\n"), "over.md"),
    "mkdocs.yml is no YAML": (_write("mkdocs.yml", b"site_name: [\n"), "mkdocs.yml"),
    "mkdocs.yml names no theme": (_write("mkdocs.yml", b"site_name: x\ntheme: nothing\n"), "nothing"),
    "mkdocs.yml names no language": (_speak("klingon", b""), "klingon"),
    "translations are no catalogue": (_speak("ar", b"msgid"), "messages.po"),
    "scripts were not built": (_remove(".cache/theme/manifest.json"), "manifest.json"),
}


@pytest.fixture(scope="module")
def spoiled(fork: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built copy of the project; a test that spoils it mends it."""
    target = tmp_path_factory.mktemp("spoiled") / "project"
    shutil.copytree(fork, target, symlinks=True)
    return target


@contextmanager
def _spoiling(project: Path, spoil: Callable[[Path], None]) -> Iterator[None]:
    outside = {"site", "node_modules", ".venv", "staging", "editorial"}
    files = [path for path in project.rglob("*") if path.is_file() and not outside & set(path.parts)]
    kept = {path: path.read_bytes() for path in files}
    spoil(project)
    yield
    for path, data in kept.items():
        if not path.exists() or path.read_bytes() != data:
            path.write_bytes(data)


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_failed_check_leaves_the_site(spoiled: Path, name: str) -> None:
    before = tree(spoiled / "site")
    with _spoiling(spoiled, CATALOGUE[name]):
        done = build(spoiled)
        assert done.exit_code == 1
        assert isinstance(done.exception, SystemExit)
        assert "catalogue/" in done.stdout
        assert tree(spoiled / "site") == before


@pytest.mark.parametrize("name", SURROUNDINGS)
def test_a_failed_drawing_leaves_the_site_and_says_why(
    spoiled: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    spoil, named = SURROUNDINGS[name]
    before = tree(spoiled / "site")
    with _spoiling(spoiled, spoil):
        done = build(spoiled)
        assert done.exit_code == 1, done.output
        assert isinstance(done.exception, SystemExit), done.exception  # a message, not a stack trace
        assert "De site is niet gemaakt" in done.stderr
        assert named in done.stderr + caplog.text  # MkDocs logs what it found
        assert tree(spoiled / "site") == before


def test_a_failed_command_shows_no_stack_trace(built_project: Path) -> None:
    (built_project / "docs/over.md").write_bytes(b"# Caf\xe9\n")
    done = run(built_project, "build")
    assert done.returncode == 1
    assert "over.md" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_after_a_failure_the_next_build_is_whole(spoiled: Path) -> None:
    before = tree(spoiled / "site")
    for name in ("a page names what is not there", "Markdown is no UTF-8"):
        with _spoiling(spoiled, SURROUNDINGS[name][0]):
            assert build(spoiled).exit_code == 1
        assert tree(built(spoiled)) == before


def test_a_killed_build_leaves_a_whole_site(built_project: Path, tmp_path: Path) -> None:
    """Killed at any moment there is the old site or the new one, never none and never a mixture."""
    other = copy_project(built_project, tmp_path / "other")
    built(other)  # the next one is as quick as those below
    for spot in ("name: Repair Café Dokkum", "title: Spullen maken of gasten ontvangen"):
        _change(other, ORGANISATION, spot, f"{spot} twee")
    started = time.monotonic()
    assert run(other, "build").returncode == 0
    whole_build = time.monotonic() - started
    good = {"old": tree(built_project / "site"), "new": tree(other / "site")}
    assert good["old"] != good["new"]
    texts = {"old": (built_project / ORGANISATION).read_bytes(), "new": (other / ORGANISATION).read_bytes()}
    chance = random.Random(7)  # noqa: S311  # moments, not secrets
    shown, killed = "old", 0
    for share in [0.3, *(chance.uniform(0.3, 1.0) for _ in range(KILLS - 1))]:
        wanted = "new" if shown == "old" else "old"
        (built_project / ORGANISATION).write_bytes(texts[wanted])
        killed += _build_and_kill(built_project, share * whole_build)
        present = tree(built_project / "site")
        assert present in good.values()
        shown = "old" if present == good["old"] else "new"
    assert killed >= KILLS * 0.3
    for wanted in ("new", "old"):
        (built_project / ORGANISATION).write_bytes(texts[wanted])
        assert tree(built(built_project)) == good[wanted]


def test_a_full_disk_leaves_the_site_and_is_said(timed: Path, tmp_path: Path) -> None:
    """No file gets larger than that: the first ones are written, and in the middle it ends."""
    project = tmp_path / "project"
    shutil.copytree(timed, project, symlinks=True)
    before = tree(project / "site")
    _change(
        project, "catalogue/organisations/smallingerland/buurthuis-de-brug.yml", "name: Buurthuis", "name: Wijkhuis"
    )
    done = run(project, "build", before=lambda: setrlimit(RLIMIT_FSIZE, (100_000, 100_000)))
    assert done.returncode == 1
    assert "De site is niet gemaakt: " in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert tree(project / "site") == before
    after = tree(built(project))
    (project / MANIFEST).unlink()
    shutil.rmtree(project / STAGING)
    assert tree(built(project)) == after != before


def test_two_builds_at_once_leave_a_whole_site(built_project: Path, fork: Path) -> None:
    builds = [_start(built_project) for _ in range(3)]
    assert [one.wait(60) for one in builds] == [0, 0, 0]
    assert tree(built_project / "site") == tree(fork / "site")


def _start(project: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [COMMAND, "build"], cwd=project, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _build_and_kill(project: Path, after: float) -> bool:
    """Start a build and kill it and its helpers after so many seconds; say whether it was still running."""
    running = _start(project)
    try:
        running.wait(after)
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        return True
    return False


PUBLISH = """
import itertools, sys
from pathlib import Path
from meedoenkaart.publishing.folder import Folder
for number in itertools.count():
    folder = Folder(Path("site"), Path("staging"))
    for file in range(40):
        folder.write(f"{file % 5}/{file}.html", b"%d" % (number % 100) * 2000)
    folder.publish()
    print(number, flush=True)
"""


def test_a_killed_swap_leaves_a_whole_folder(tmp_path: Path) -> None:
    """Many kills while a folder is being replaced without a pause: all its files are of one round."""
    chance = random.Random(11)  # noqa: S311  # moments, not secrets
    for _ in range(20):
        running = subprocess.Popen(
            [sys.executable, "-c", PUBLISH],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert running.stdout
        running.stdout.readline()
        time.sleep(chance.uniform(0, 0.05))
        running.kill()
        running.wait()
        running.stdout.close()
        found = {path.read_bytes() for path in (tmp_path / "site").rglob("*.html")}
        assert len(found) == 1
        assert len(list((tmp_path / "site").rglob("*.html"))) == 40


def test_the_folder_is_never_missing(tmp_path: Path) -> None:
    """Whoever looks while it is replaced, again and again, finds it each time."""
    running = subprocess.Popen(
        [sys.executable, "-c", PUBLISH],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert running.stdout
    running.stdout.readline()
    file, end, looks = str(tmp_path / "site/0/0.html"), time.monotonic() + 1.5, 0
    try:
        while time.monotonic() < end:
            os.stat(file)  # noqa: PTH116  # as often as possible
            looks += 1
        assert looks > 1000
    finally:
        running.kill()
        running.wait()
        running.stdout.close()
