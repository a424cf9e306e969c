"""Checks of the table of who does what: that it names nothing which nothing else knows."""

from collections.abc import Iterator
from typing import Any

from meedoenkaart.records.record import Path
from meedoenkaart.records.tasks import Tasks
from meedoenkaart.rules.scene import Finding, Scene, unknown


def inner_references(scene: Scene) -> Iterator[Finding]:
    """A line's role belongs to a party, a subject's moment and element exist, and a team is at a reception location."""
    document = scene.single("tasks")
    if document is None:
        return
    tasks: Tasks = document.content
    known: dict[str, Any] = {"reception": set(scene.draft.names("reception"))}
    if document.knows_ids("moments"):
        known["moments"] = tasks.moments
    if all(document.knows("parties", id, "roles") for id in tasks.parties) and document.knows_ids("parties"):
        known["parties"] = {role for one in tasks.parties.values() for role in one.roles}
    statutory = scene.single("statutory")
    if statutory and statutory.knows_ids("elements"):
        known["elements"] = statutory.content.elements
    elif not scene.draft.names("statutory"):
        known["elements"] = ()
    vocabulary = scene.single("vocabulary")
    roles = vocabulary.content.roles if vocabulary else {}
    for path, what, id in _references(tasks):
        # A role that the vocabulary lacks too is told of once.
        if what in known and id not in known[what] and (what != "parties" or id in roles):
            yield unknown(document, path, what, id, known[what])


def _references(tasks: Tasks) -> Iterator[tuple[Path, str, str]]:
    """Yield path, what is meant and its id for everything that the table names."""
    for id, subject in tasks.subjects.items():
        path: Path = ("subjects", id)
        yield (*path, "moment"), "moments", subject.moment
        for index, element in enumerate(subject.elements):
            yield (*path, "elements", index), "elements", element
        for index, line in enumerate(subject.lines):
            yield (*path, "lines", index, "role"), "parties", line.role
    for index, team in enumerate(tasks.teams):
        yield ("teams", index, "role"), "parties", team.role
        yield ("teams", index, "at"), "reception", team.at


def roles_of_two(scene: Scene) -> Iterator[Finding]:
    """A role belongs to one party, or a line would stand in two columns."""
    seen: dict[str, tuple[str, int]] = {}
    for document, tasks in scene.records("tasks"):
        for id, party in tasks.parties.items():
            for index, role in enumerate(party.roles):
                other, _ = first = seen.setdefault(role, (id, index))
                if first != (id, index):
                    values = {"role": role, "other": tasks.parties[other].title}
                    yield Finding("role-of-two", document.file, ("parties", id, "roles", index), values)


def lines_to_nobody(scene: Scene) -> Iterator[Finding]:
    """Who refers, refers to somebody."""
    for document, tasks in scene.records("tasks"):
        for id, subject in tasks.subjects.items():
            for index, line in enumerate(subject.lines):
                path: Path = ("subjects", id, "lines", index)
                if line.does == "verwijst" and not line.to and document.knows(*path, "to"):
                    yield Finding("missing-field", document.file, path, {"field": "to"})


RULES = (inner_references, roles_of_two, lines_to_nobody)
"""All of these checks."""
