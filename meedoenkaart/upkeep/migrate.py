"""Files of an earlier layout, rewritten: fields that moved, with comments and order kept.

A step is a function that takes the values of a file and changes them; it yields what it could not decide. It changes
nothing in a file of today, and takes any value for what it may be: a file of an earlier layout was not checked.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from meedoenkaart.reading.documents import COLLECTIONS, Document, Reader
from meedoenkaart.reading.yaml_text import read, unix_lines
from meedoenkaart.records.record import Path as FieldPath
from meedoenkaart.upkeep.older_schedule import renew
from meedoenkaart.writing.layout import changed, enlist, gather, layout

Values = MutableMapping[str, Any]
Undecided = tuple[FieldPath, str]
"""Where something stands that a step left as it was, and why: a word of ``undecided`` in ``upkeep.yml``."""
Step = Callable[[Values], Iterable[Undecided]]


def locations(organisation: Values) -> Iterator[Undecided]:
    """Make a list of places of the one address that an opportunity had."""
    for path, opportunity in items(organisation, "opportunities"):
        if "address" in opportunity and "locations" in opportunity:
            yield (*path, "address"), "both"
        elif "address" in opportunity:
            gather(opportunity, ("address", "position"), "locations", many=True)
        elif "position" in opportunity:
            yield (*path, "position"), "without-address"


def meetings(organisation: Values) -> Iterator[Undecided]:
    """Make a list of meetings of the one kind of day that a schedule had."""
    for path, opportunity in items(organisation, "opportunities"):
        schedule = opportunity.get("schedule")
        if isinstance(schedule, MutableMapping):
            yield from (((*path, "schedule"), why) for why in renew(schedule))


def without_example(route: Values) -> Iterator[Undecided]:
    """Leave out that a route is an example of elsewhere: the site's region says so."""
    route.pop("example", None)
    yield from ()


def money(route: Values) -> Iterator[Undecided]:
    """Make a list of the one budget that a route had."""
    budget = route.get("budget")
    if isinstance(budget, MutableMapping):
        if "money" in route:
            yield ("budget",), "both-money"
        else:
            enlist(route, "budget", "money")
            budget["kind"] = "budget"


STEPS: Mapping[str, tuple[Step, ...]] = {"organisations": (locations, meetings), "routes": (without_example, money)}
"""The steps of each collection, in the order in which the layouts followed each other."""


@dataclass(frozen=True, slots=True)
class Migrated:
    """What came of a file of an earlier layout."""

    file: str
    is_changed: bool
    undecided: tuple[Undecided, ...]
    """What is left to do by hand: parts of the file, or all of it."""


def migrate(root: Path, chosen: list[str], write: bool) -> Iterator[Migrated]:
    """Rewrite the catalogue's files, or those below the ``chosen`` paths; yield those that are of an earlier layout."""
    for document in Reader(root).read():
        if (
            document.collection in STEPS
            and not document.is_shared
            and (not chosen or any(f"{document.file}/".startswith(path) for path in chosen))
        ):
            found = _migrated(root, document, write)
            if found.is_changed or found.undecided:
                yield found


def items(group: Values, name: str) -> Iterator[tuple[FieldPath, Values]]:
    """Yield path and values of each item of a list that holds groups."""
    found = group.get(name)
    for index, one in enumerate(found if isinstance(found, list) else ()):
        if isinstance(one, MutableMapping):
            yield (name, index), one


def _migrated(root: Path, document: Document, write: bool) -> Migrated:
    file, collection = root / document.file, next(one for one in COLLECTIONS if one.name == document.collection)
    before = file.read_bytes()
    tree, _ = read(before, document.file)
    if not isinstance(tree, dict):
        return Migrated(document.file, False, ())
    wanted: Any = deepcopy(tree)
    undecided = _take(STEPS[collection.name], wanted)
    if wanted == tree:
        return Migrated(document.file, False, undecided)
    text = changed(unix_lines(before.decode("utf-8-sig")), lambda one: _take(STEPS[collection.name], one), wanted)
    if text is None:
        return Migrated(document.file, False, (*undecided, ((), "by-hand")))
    if write:
        file.write_bytes(layout(text.encode(), collection) or text.encode())
    return Migrated(document.file, True, undecided)


def _take(steps: Iterable[Step], values: Any) -> tuple[Undecided, ...]:
    return tuple(one for step in steps for one in step(values))
