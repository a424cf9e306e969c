"""From the folders ``catalogue/`` and ``routes/`` to documents: each file read, typed, and its problems known."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from operator import eq
from pathlib import Path
from typing import Any

from meedoenkaart.problems import Problem, foremost, problem
from meedoenkaart.processes import start_methods
from meedoenkaart.reading.shared_files import over_shared, shared_files
from meedoenkaart.reading.values import typed
from meedoenkaart.reading.yaml_text import LONGEST_FILE, Tree, is_doubtful, parse, positions
from meedoenkaart.records.handover import Handover
from meedoenkaart.records.municipality import Municipality
from meedoenkaart.records.organisation import Organisation
from meedoenkaart.records.reception import Reception
from meedoenkaart.records.record import Path as FieldPath
from meedoenkaart.records.reference import AddedPlaces, Glossary, Legal, LinkExceptions
from meedoenkaart.records.route import Route, Statutory
from meedoenkaart.records.scalars import SLUG
from meedoenkaart.records.tasks import Tasks
from meedoenkaart.records.vocabulary import Vocabulary

FOLDER = "catalogue"
ROUTES = "routes"
MANY_FILES = 1500
"""From this number on, a second process is worth its start."""


@dataclass(frozen=True, slots=True)
class Collection:
    """A kind of file: where it lies and what it holds."""

    name: str
    record: type
    folder: str
    """Below the project's root; holds the files."""
    per_municipality: bool = False
    """Whether the files lie in a folder per municipality."""
    single: bool = False
    """Whether it is one file, ``<folder>/<name>.yml``."""
    optional: bool = False
    """Whether a region may do without what all share: by a file that stands alone, and holds nothing else."""

    @property
    def pattern(self) -> str:
        """Where such a file lies, with placeholders in Dutch."""
        if self.single:
            return f"{self.folder}/{self.name}.yml"
        return f"{self.folder}/{'<gemeente>/' if self.per_municipality else ''}<naam>.yml"


COLLECTIONS = (
    Collection("organisations", Organisation, f"{FOLDER}/organisations", per_municipality=True),
    Collection("reception", Reception, f"{FOLDER}/reception"),
    Collection("municipalities", Municipality, f"{FOLDER}/municipalities"),
    Collection("vocabulary", Vocabulary, FOLDER, single=True),
    Collection("legal", Legal, FOLDER, single=True),
    Collection("glossary", Glossary, FOLDER, single=True),
    Collection("handover", Handover, FOLDER, single=True, optional=True),
    Collection("tasks", Tasks, FOLDER, single=True, optional=True),
    Collection("places", AddedPlaces, FOLDER, single=True),
    Collection("links", LinkExceptions, FOLDER, single=True),
    Collection("statutory", Statutory, ROUTES, single=True, optional=True),
    Collection("routes", Route, ROUTES),
)


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was read."""

    file: str
    """Path from the project's root, with forward slashes."""
    collection: str
    slug: str
    """``repair-cafe-dokkum``, or ``noardeast-fryslan/repair-cafe-dokkum`` for an organisation."""
    record: Any
    """The typed record, or None when its problems leave none."""
    problems: tuple[Problem, ...]
    rest: Any = None
    """What could be read of a file without a record, with stand-ins at ``holes``: for rules only."""
    holes: tuple[FieldPath, ...] = ()
    """Where something could not be read."""
    is_shared: bool = False
    """Whether the region has no such file, so that all of it is the program's."""

    @property
    def content(self) -> Any:
        """The record, or what could be read of it; None when that is nothing."""
        return self.rest if self.record is None else self.record

    def knows(self, *path: str | int) -> bool:
        """Say whether all at a path was read: what follows from it, or from its absence, follows from the file."""
        return not any(all(map(eq, hole, path)) for hole in self.holes)

    def knows_ids(self, *path: str | int) -> bool:
        """Say whether every id under a mapping was read, whatever stands under the ids."""
        return not any(len(hole) <= len(path) + 1 and all(map(eq, hole, path)) for hole in self.holes)


class Reader:
    """Reads the catalogue's files, and again only those that changed since the last time."""

    def __init__(self, root: Path) -> None:
        """Take the project's root, the folder in which ``catalogue/`` lies."""
        self.root = root
        self._seen: dict[str, tuple[tuple[int, ...], Document]] = {}
        self._positions: dict[str, dict[FieldPath, tuple[int, int]]] = {}
        self.documents: list[Document] = []
        """What was read last."""

    def read(self, progress: Callable[[int, int], None] | None = None) -> list[Document]:
        """Return a document for every file below ``catalogue/`` and ``routes/``, in the order of their paths.

        ``progress`` is called with the number of files done and their total.
        """
        stamps = dict(_files(self.root))
        changed = [file for file, stamp in stamps.items() if self._seen.get(file, (None,))[0] != stamp]
        for done, document in enumerate(_read_all(self.root, changed), 1):
            self._seen[document.file] = (stamps[document.file], document)
            self._positions.pop(document.file, None)
            if progress:
                progress(done, len(changed))
        for gone in self._seen.keys() - stamps.keys():
            del self._seen[gone]
            self._positions.pop(gone, None)
        self.documents = [self._seen[file][1] for file in stamps]
        return self.documents

    def document(self, file: str) -> Document | None:
        """Return the document of a file as it was last read, if there was one."""
        return self._seen[file][1] if file in self._seen else None

    def locate(self, file: str, paths: Sequence[FieldPath]) -> list[tuple[int, int]]:
        """Return line and column of the value at each path in a file, looked up once as long as it is unchanged."""
        known = self._positions.setdefault(file, {})
        unknown = [path for path in paths if path not in known]
        known.update(zip(unknown, locate(self.root, file, unknown), strict=True))
        return [known[path] for path in paths]


def locate(root: Path, file: str, paths: Sequence[FieldPath]) -> list[tuple[int, int]]:
    """Return line and column of the value at each path in a file; 1, 1 when the file is gone."""
    if not paths:
        return []
    try:
        return positions((root / file).read_bytes(), paths)
    except OSError:
        return [(1, 1) for _ in paths]


def _files(root: Path) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield every file below ``catalogue/`` and ``routes/`` with its change time and size, sorted by path.

    The files that all regions share are among them, with the times and sizes of both.
    """
    folders: list[str] = [FOLDER, ROUTES]
    found: list[tuple[str, tuple[int, ...]]] = []
    while folders:
        folder = folders.pop()
        try:
            entries = list(os.scandir(root / folder))
        except OSError:
            continue
        for entry in entries:
            path = f"{folder}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                folders.append(path)
            elif not entry.name.startswith("."):
                status = entry.stat(follow_symlinks=False)
                found.append((path, (status.st_mtime_ns, status.st_size)))
    own = dict(found)
    shared = {file: (*own.get(file, ()), *stamp) for file, stamp in shared_files().items()}
    yield from sorted({**own, **shared}.items())


def _read_all(root: Path, files: list[str]) -> Iterable[Document]:
    if len(files) < MANY_FILES or not start_methods():
        return map(partial(_read_one, root), files)
    return _read_in_parallel(root, files)


def _read_in_parallel(root: Path, files: list[str]) -> Iterator[Document]:
    """Parse in other processes; type the records here, since plain values travel fast and records do not."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    cheapest = "fork" if "fork" in start_methods() else None  # it has all modules already
    with ProcessPoolExecutor(mp_context=get_context(cheapest)) as pool:
        for file, parsed in zip(files, pool.map(partial(_parse, str(root)), files, chunksize=250), strict=True):
            yield document_of(file, *parsed, partial(locate, root, file))


def _read_one(root: Path, file: str) -> Document:
    return document_of(file, *_parse(str(root), file), partial(locate, root, file))


def _parse(root: str, file: str) -> tuple[Tree | None, list[Problem]]:
    """Return the plain values of a file; a link, a device or an unreadable file is a problem, never followed."""
    collection, _ = _placed(file)
    if collection is None:
        return None, [_misplaced(file)]
    path = f"{root}/{file}"
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return None, [problem("not-a-file", file)]
        with open(path, "rb") as stream:
            data = stream.read(LONGEST_FILE + 1)
    except OSError as error:
        if isinstance(error, FileNotFoundError) and collection.single:
            return {}, []  # nothing over the file that all share
        return None, [problem("not-a-file", file)]
    return parse(data, file)


def values_of(root: Path, file: str) -> Tree | None:
    """Return the plain values of a file as they count, over those that all share; None when it can't be read."""
    tree = _parse(str(root), file)[0]
    return None if tree is None else over_shared(file, tree)


def _placed(file: str) -> tuple[Collection | None, str]:
    """Return the collection that a path belongs to and the record's slug."""
    folder, _, name = file.rpartition("/")
    stem = name.removesuffix(".yml")
    if stem == name:
        return None, ""
    for collection in COLLECTIONS:
        if collection.single:
            if file == f"{collection.folder}/{collection.name}.yml":
                return collection, stem
        elif collection.per_municipality:
            parent, _, municipality = folder.rpartition("/")
            if parent == collection.folder and SLUG.fullmatch(stem) and SLUG.fullmatch(municipality):
                return collection, f"{municipality}/{stem}"
        elif folder == collection.folder and SLUG.fullmatch(stem):
            return collection, stem
    return None, ""


def _misplaced(file: str) -> Problem:
    folder, _, name = file.rpartition("/")
    stem = name.removesuffix(".yml")
    if stem == name:
        return problem("not-yml", file, name=name)
    in_known_folder = any(
        folder == one.folder or (one.per_municipality and folder.rpartition("/")[0] == one.folder)
        for one in COLLECTIONS
        if not one.single
    )
    if in_known_folder and not SLUG.fullmatch(stem):
        return problem("file-name", file, name=name)
    return problem("wrong-folder", file, folder=folder)


def document_from(file: str, data: bytes) -> Document:
    """Return the document of a file's bytes, wherever these are."""
    found = parse(data, file) if _placed(file)[0] else (None, [_misplaced(file)])
    return document_of(file, *found, partial(positions, data))


def unread(file: str) -> Document:
    """Return the document of a file of which only that it is there counts."""
    collection, slug = _placed(file)
    return Document(file, collection.name if collection else "", slug, None, (), holes=((),))


def document_of(
    file: str,
    tree: Tree | None,
    problems: list[Problem],
    positions: Callable[[Sequence[FieldPath]], list[tuple[int, int]]],
) -> Document:
    """Give the values of a file their types; every wrong one is a problem at its own place, of its ``positions``."""
    collection, slug = _placed(file)
    if collection is None or tree is None:
        name = collection.name if collection else ""
        return Document(file, name, slug, None, tuple(problems), holes=((),))
    own, tree = tree, over_shared(file, tree) if collection.single else tree
    if collection.optional and tree == {}:
        return Document(file, "", slug, None, ())
    found = typed(collection.record, tree)
    where = positions([one.path for one in found.wrong])
    problems += [problem(one.rule, file, *at, **one.values) for at, one in zip(where, found.wrong, strict=True)]
    record, rest = (None, found.rest or found.record) if is_doubtful(problems) else (found.record, found.rest)
    is_shared = collection.single and not own
    return Document(file, collection.name, slug, record, tuple(foremost(problems)), rest, found.holes, is_shared)
