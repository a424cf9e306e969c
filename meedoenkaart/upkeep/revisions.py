"""Another revision of the project, read through git: nothing is checked out, and nothing of it is run."""

import os
import subprocess
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from meedoenkaart.reading.yaml_text import LONGEST_FILE

MOST_FILES = 200_000
"""Files of a revision that are read; far more than a catalogue has."""
_SETTINGS = ("-c", "core.fsmonitor=false", "-c", "core.quotePath=false", "-c", "protocol.allow=never")
_ENVIRONMENT = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}


class RevisionError(Exception):
    """There is no such revision, or no git to read it with; the message says which, in English."""


def commit_of(root: Path, revision: str) -> str:
    """Return the full id of the commit that ``revision`` names. Raises ``RevisionError``."""
    try:
        return _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").strip()
    except RevisionError:
        raise RevisionError(f"there is no commit {revision!r} here") from None


def has_past(root: Path, commit: str, folders: Sequence[str]) -> bool:
    """Say whether git knows how files below ``folders`` came to be: all of it, as a shallow clone does not."""
    is_shallow = _git(root, "rev-parse", "--is-shallow-repository").strip() == "true"
    return not is_shallow and bool(_git(root, "ls-tree", "--name-only", commit, "--", *folders))


def branching_point(root: Path, revision: str) -> str:
    """Return the last commit that the working tree and ``revision`` have in common."""
    commit = commit_of(root, revision)
    return _git(root, "merge-base", commit, "HEAD").strip()


def changed_files(root: Path, revision: str) -> list[str]:
    """Return the files that differ from those at the branching point, new ones included, from the project's root."""
    before = branching_point(root, revision)
    changed = _git(root, "diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--relative", before, "--", ".")
    new = _git(root, "ls-files", "-z", "--others", "--exclude-standard", "--", ".")
    return sorted({file for file in (changed + new).split("\0") if file})


class FileChange(NamedTuple):
    """A file that a commit changed."""

    commit: str
    when: int
    """Seconds since 1970."""
    before: str
    """The id of what it was; empty when it was not there."""
    after: str
    file: str


def log_of(root: Path, commit: str, days: int, folders: Sequence[str]) -> list[FileChange]:
    """Return what changed below ``folders`` in so many days before a commit, along its branch, newest first."""
    ends = int(_git(root, "show", "--no-patch", "--format=%ct", commit))
    since = f"--since=@{ends - days * 24 * 60 * 60}"
    shown = ("--first-parent", "--diff-merges=first-parent", "--raw", "--no-abbrev", "--no-renames", "--relative")
    listed = _git(root, "log", *shown, "--root", since, "--format=%x00%H %ct", commit, "--", *folders)
    found = []
    for told in listed.split("\0")[1:]:
        head, *lines = told.strip().split("\n")
        id, when = head.split()
        for line in filter(None, lines):
            facts, _, file = line.partition("\t")
            _, _, before, after, _ = facts.split()
            was, is_ = ("" if set(one) == {"0"} else one for one in (before, after))
            found.append(FileChange(id, int(when), was, is_, file))
    return found


def contents_of(root: Path, ids: Collection[str]) -> dict[str, bytes]:
    """Return what git keeps under each id."""
    return _contents(root, sorted(ids)) if ids else {}


def write_copy(root: Path, commit: str, folders: Sequence[str], target: Path) -> None:
    """Write the plain files that a commit has below ``folders`` into ``target``.

    Links and submodules are left out; a file too large to be read becomes an empty one of that size.
    """
    listed = list(_files(_git(root, "ls-tree", "-r", "-l", "-z", commit, "--", *folders)))
    contents = _contents(root, [id for id, size, _ in listed if size <= LONGEST_FILE])
    for id, size, file in listed:
        path = target / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(contents.get(id, b""))
        if size > LONGEST_FILE:
            os.truncate(path, size)


def _files(listing: str) -> Iterator[tuple[str, int, str]]:
    """Yield id, size and path of the plain files in what ``git ls-tree`` lists."""
    for entry in listing.split("\0")[:MOST_FILES]:
        facts, found, file = entry.partition("\t")
        if not found:
            continue
        mode, _, id, size = facts.split()
        inside = not PurePosixPath(file).is_absolute() and ".." not in PurePosixPath(file).parts
        if mode in ("100644", "100755") and inside:
            yield id, int(size), file


def _contents(root: Path, ids: Sequence[str]) -> dict[str, bytes]:
    """Return what git keeps under each id, asked for in one go."""
    data = _run(root, ("cat-file", "--batch"), "".join(f"{id}\n" for id in ids).encode())
    found, start = {}, 0
    while start < len(data):
        end = data.index(b"\n", start)
        id, _, size = data[start:end].split()
        start = end + 1 + int(size) + 1
        found[id.decode()] = data[end + 1 : start - 1]
    return found


def _git(root: Path, *arguments: str) -> str:
    return _run(root, arguments).decode("utf-8", "surrogateescape")


def _run(root: Path, arguments: Sequence[str], given: bytes = b"") -> bytes:
    try:
        done = subprocess.run(  # noqa: S603  # arguments of our own and full ids of commits, never through a shell
            ["git", *_SETTINGS, *arguments],  # noqa: S607  # the git that is installed
            cwd=root,
            input=given,
            capture_output=True,
            check=True,
            env={**os.environ, **_ENVIRONMENT},
        )
    except FileNotFoundError:
        raise RevisionError("git is not installed") from None
    except subprocess.CalledProcessError as failure:
        raise RevisionError(failure.stderr.decode("utf-8", "replace").strip() or "git gave no answer") from None
    return done.stdout
