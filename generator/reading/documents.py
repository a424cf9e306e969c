"""From the folders ``catalogue/`` and ``routes/`` to documents: each file read, typed, and its problems known."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields, is_dataclass
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError

from generator.problems import MOST_PROBLEMS, Problem, did_you_mean, foremost, problem
from generator.reading.yaml_text import LONGEST_FILE, Tree, positions, read
from generator.records.municipality import Municipality
from generator.records.organisation import Organisation
from generator.records.reception import Reception
from generator.records.record import Path as FieldPath
from generator.records.reference import AddedPlaces, Glossary, Legal, LinkExceptions
from generator.records.route import Route, Statutory
from generator.records.scalars import SLUG
from generator.records.vocabulary import Vocabulary
from generator.rules.texts import reasonable_checks

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
    Collection("places", AddedPlaces, FOLDER, single=True),
    Collection("links", LinkExceptions, FOLDER, single=True),
    Collection("statutory", Statutory, ROUTES, single=True),
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
    unread: Tree | None = None
    """The plain values of a file that did not become a record; some rules can say more about it."""


class Reader:
    """Reads the catalogue's files, and again only those that changed since the last time."""

    def __init__(self, root: Path) -> None:
        """Take the project's root, the folder in which ``catalogue/`` lies."""
        self.root = root
        self._seen: dict[str, tuple[tuple[int, int], Document]] = {}

    def read(self, progress: Callable[[int, int], None] | None = None) -> list[Document]:
        """Return a document for every file below ``catalogue/`` and ``routes/``, in the order of their paths.

        ``progress`` is called with the number of files done and their total.
        """
        stamps = dict(_files(self.root))
        changed = [file for file, stamp in stamps.items() if self._seen.get(file, (None,))[0] != stamp]
        for done, document in enumerate(_read_all(self.root, changed), 1):
            self._seen[document.file] = (stamps[document.file], document)
            if progress:
                progress(done, len(changed))
        for gone in self._seen.keys() - stamps.keys():
            del self._seen[gone]
        return [self._seen[file][1] for file in stamps]


def locate(root: Path, file: str, paths: Sequence[FieldPath]) -> list[tuple[int, int]]:
    """Return line and column of the value at each path in a file; 1, 1 when the file is gone."""
    try:
        return positions((root / file).read_bytes(), paths)
    except OSError:
        return [(1, 1) for _ in paths]


def _files(root: Path) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield every file below ``catalogue/`` and ``routes/`` with its change time and size, sorted by path."""
    folders, found = [FOLDER, ROUTES], []
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
    yield from sorted(found)


def _read_all(root: Path, files: list[str]) -> Iterable[Document]:
    if len(files) < MANY_FILES:
        return map(partial(_read_one, root), files)
    return _read_in_parallel(root, files)


def _read_in_parallel(root: Path, files: list[str]) -> Iterator[Document]:
    """Parse in other processes; type the records here, since plain values travel fast and records do not."""
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        for file, parsed in zip(files, pool.map(partial(_parse, str(root)), files, chunksize=250), strict=True):
            yield _typed(root, file, *parsed)


def _read_one(root: Path, file: str) -> Document:
    return _typed(root, file, *_parse(str(root), file))


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
    except OSError:
        return None, [problem("not-a-file", file)]
    return read(data, file)


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


@cache
def _adapter(cls: type) -> TypeAdapter[Any]:
    return TypeAdapter(cls)


def _typed(root: Path, file: str, tree: Tree | None, problems: list[Problem]) -> Document:
    """Give the values of a file their types; every wrong one is a problem at its own place."""
    collection, slug = _placed(file)
    if collection is None or tree is None:
        return Document(file, collection.name if collection else "", slug, None, tuple(problems))
    record = None
    try:
        record = _adapter(collection.record).validate_python(tree)
    except ValidationError as invalid:
        errors = invalid.errors(include_url=False)[:MOST_PROBLEMS]
        wrong = [error["loc"] for error in errors]
        found = [
            _record_problem(error, collection.record)
            for error in errors
            if error["type"] != "too_short" or not any(_is_within(one, error["loc"]) for one in wrong)
        ]
        where = locate(root, file, [path for _, path, _ in found])
        problems += [problem(rule, file, *at, **values) for at, (rule, _, values) in zip(where, found, strict=True)]
    return Document(file, collection.name, slug, record, tuple(foremost(problems)), None if record else tree)


def value_problems(cls: type, field: str, value: Any) -> list[Problem]:
    """Return what is wrong with a value for one field of a record, before there is a file to put it in."""
    found = [finding for text in _texts_in(value) for check in reasonable_checks(text) for finding in check(text)]
    try:
        _adapter_of(cls, field).validate_python(value)
    except ValidationError as invalid:
        for error in invalid.errors(include_url=False)[:MOST_PROBLEMS]:
            rule, _, values = _record_problem({**error, "loc": (field, *error["loc"])}, cls)
            found.append((rule, values))
    return [problem(rule, "", **values) for rule, values in found]


def _texts_in(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else [one for one in value if isinstance(one, str)]


@cache
def _adapter_of(cls: type, field: str) -> TypeAdapter[Any]:
    return TypeAdapter(get_type_hints(cls, include_extras=True)[field])


def _is_within(path: FieldPath, whole: FieldPath) -> bool:
    """Say whether a value lies inside another: a list with a wrong item counts as too short, which says nothing new."""
    return len(path) > len(whole) and path[: len(whole)] == whole


_RULES = {
    "missing": "missing-field",
    "missing_argument": "missing-field",
    "missing_keyword_only_argument": "missing-field",
    "unexpected_keyword_argument": "unknown-field",
    "literal_error": "unknown-choice",
    "dataclass_type": "not-a-group",
    "dict_type": "not-a-group",
    "tuple_type": "not-a-list",
    "too_short": "too-few",
    "too_long": "too-many",
}


def _record_problem(error: Any, cls: type) -> tuple[str, FieldPath, dict[str, object]]:
    """Turn what pydantic found into a rule, a place and values; custom errors carry the rule's id as their type."""
    rule, path = _RULES.get(error["type"], error["type"]), error["loc"]
    if path[-1:] == ("[key]",) and rule != "unknown-field":
        path = path[:-1]  # pydantic's way to say that the key itself is wrong
    if rule == "unknown-choice" and not isinstance(error["input"], str):
        rule = "not-a-text"
    field = next((step for step in reversed(path) if isinstance(step, str)), "")
    values: dict[str, object] = {"field": field, **error.get("ctx", {})}
    if rule == "unknown-field":
        known = [field.name for field in fields(_class_at(cls, path[:-1]))]
        values["suggestion"] = did_you_mean(str(path[-1]), known)
    elif rule == "unknown-choice":
        choices = [str(choice) for choice in _choices(error["ctx"]["expected"])]
        values |= {
            "value": error["input"],
            "choices": ", ".join(choices),
            "suggestion": did_you_mean(str(error["input"]), choices),
        }
    return rule, path[:-1] if rule == "missing-field" else path, values


def _choices(expected: str) -> list[str]:
    """Take pydantic's "'a', 'b' or 'c'" apart."""
    return [part.strip("' ") for part in expected.replace(" or ", ", ").split(", ")]


def _class_at(hint: Any, path: FieldPath) -> Any:
    """Return the record class of the part of a record that ``path`` leads to."""
    for step in path:
        inside_list_or_mapping = isinstance(step, int) or _is_mapping(hint)
        hint = _record_in(hint) if inside_list_or_mapping else get_type_hints(_record_in(hint))[str(step)]
    return _record_in(hint)


def _record_in(hint: Any) -> Any:
    """Return the record class within a type such as ``tuple[Source, ...]`` or ``Address | None``."""
    if is_dataclass(hint):
        return hint
    return next((found for part in get_args(hint) if (found := _record_in(part)) is not None), None)


def _is_mapping(hint: Any) -> bool:
    return get_origin(hint) is dict or any(_is_mapping(part) for part in get_args(hint) if not is_dataclass(part))
