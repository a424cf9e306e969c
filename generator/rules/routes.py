"""Checks of integration routes: that their parts fit together."""

from collections.abc import Iterator, Mapping
from typing import Any

from generator.problems import did_you_mean
from generator.reading.documents import Document
from generator.records.record import Path
from generator.records.route import Route, Statutory, Step
from generator.rules.scene import Finding, Scene, missing_icon, unknown


def municipalities(scene: Scene) -> Iterator[Finding]:
    """A route belongs to a municipality that has a record; its file has that municipality's name."""
    known = set(scene.draft.names("municipalities"))
    for document, _ in scene.records("routes"):
        if document.slug not in known:
            values = {"name": document.slug, "suggestion": did_you_mean(document.slug, known)}
            yield Finding("route-without-municipality", document.file, (), values)


def inner_references(scene: Scene) -> Iterator[Finding]:
    """Phases, lanes, actors and steps that a route names are its own; statutory elements are the law's."""
    statutory: Statutory | None = scene.draft.single("statutory")
    for document, route in scene.records("routes"):
        elements = statutory.elements if statutory else None
        for path, what, id, known in _references(route, elements):
            if id not in known:
                yield unknown(document, path, what, id, known)


_Reference = tuple[Path, str, str, Mapping[str, Any]]


def _references(route: Route, elements: Mapping[str, Any] | None) -> Iterator[_Reference]:
    for id, step in route.steps.items():
        path: Path = ("steps", id)
        yield (*path, "phase"), "phases", step.phase, route.phases
        if step.until_phase:
            yield (*path, "until_phase"), "phases", step.until_phase, route.phases
        if step.lane:
            yield (*path, "lane"), "lanes", step.lane, route.lanes
        if step.actor:
            yield (*path, "actor"), "actors", step.actor, route.actors
        for name, what, known in (
            ("together_with", "actors", route.actors),
            ("after", "steps", route.steps),
            ("back_to", "steps", route.steps),
            ("fulfils", "elements", elements),
        ):
            if known is not None:
                for index, other in enumerate(getattr(step, name)):
                    yield (*path, name, index), what, other, known
    if route.regisseur:
        yield ("regisseur", "starts_at"), "steps", route.regisseur.starts_at, route.steps
        if route.regisseur.until_phase:
            yield ("regisseur", "until_phase"), "phases", route.regisseur.until_phase, route.phases
    for index, end in enumerate(route.breaks_off):
        yield ("breaks_off", index, "phase"), "phases", end.phase, route.phases
        if end.lane:
            yield ("breaks_off", index, "lane"), "lanes", end.lane, route.lanes
        for number, other in enumerate(end.after):
            yield ("breaks_off", index, "after", number), "steps", other, route.steps
    parts = dict.fromkeys(("regisseur", "budget", "status"))
    for index, note in enumerate(route.notes):
        if note.about:
            yield ("notes", index, "about"), "steps", note.about, {**route.steps, **parts}


def cycles(scene: Scene) -> Iterator[Finding]:
    """A step does not follow on itself; a loop that is meant says so with ``back_to``."""
    for document, route in scene.records("routes"):
        if circle := _circle(route.steps):
            titles = " → ".join(str(route.steps[id].title) for id in circle)
            yield Finding("route-cycle", document.file, ("steps", circle[0], "after"), {"steps": titles})


def _circle(steps: Mapping[str, Step]) -> list[str]:
    """Return the ids along a circle of ``after``, its first step at both ends; empty when there is none."""
    done: set[str] = set()
    for start in steps:
        trail: list[str] = []
        branches = [iter((start,))]
        while branches:
            id = next(branches[-1], None)
            if id is None:
                branches.pop()
                if trail:
                    done.add(trail.pop())
            elif id in trail:
                return [*trail[trail.index(id) :], id][::-1]
            elif id not in done and id in steps:
                trail.append(id)
                branches.append(iter(steps[id].after))
    return []


def order_in_time(scene: Scene) -> Iterator[Finding]:
    """A step does not come before the steps it follows on, nor end before it begins; one goes back to what was."""
    for document, route in scene.records("routes"):
        order = {id: number for number, id in enumerate(route.phases)}
        for id, step in route.steps.items():
            begin = order.get(step.phase)
            if begin is None:
                continue
            if step.until_phase and order.get(step.until_phase, begin) < begin:
                values = {"start": step.phase, "end": step.until_phase}
                yield Finding("end-before-start", document.file, ("steps", id, "until_phase"), values)
            for index, other in enumerate(step.after):
                yield from _before(document, ("steps", id, "after", index), route, other, begin, order)


def _before(
    document: Document, path: Path, route: Route, other: str, begin: int, order: Mapping[str, int]
) -> Iterator[Finding]:
    step = route.steps.get(other)
    if step and order.get(step.phase, begin) > begin:
        phase = route.phases[step.phase]
        yield Finding("step-too-early", document.file, path, {"other": step.title, "phase": phase.title})


def one_accent(scene: Scene) -> Iterator[Finding]:
    """At most one step stands out."""
    for document, route in scene.records("routes"):
        marked = [id for id, step in route.steps.items() if step.accent]
        for id in marked[1:]:
            yield Finding(
                "two-accents", document.file, ("steps", id, "accent"), {"other": route.steps[marked[0]].title}
            )


def laws(scene: Scene) -> Iterator[Finding]:
    """A route names the elements of its own law only."""
    statutory: Statutory | None = scene.draft.single("statutory")
    for document, route in scene.records("routes"):
        for id, step in route.steps.items():
            if step.fulfils and statutory and route.law != statutory.law:
                values = {"law": route.law, "other": statutory.law}
                yield Finding("fulfils-other-law", document.file, ("steps", id, "fulfils"), values)


def links(scene: Scene) -> Iterator[Finding]:
    """A link leads to something: an opportunity that exists, or an address with a text."""
    organisations = scene.draft.records("organisations")
    for document, route in scene.records("routes"):
        for id, step in route.steps.items():
            for index, link in enumerate(step.links):
                path: Path = ("steps", id, "links", index)
                if not link.organisation and not link.address:
                    yield Finding("empty-link", document.file, path, {})
                found = organisations.get(link.organisation or "")
                if found and link.opportunity:
                    known = {one.id: one for one in found.record.opportunities}
                    if link.opportunity not in known:
                        yield unknown(document, (*path, "opportunity"), "opportunities", link.opportunity, known)


def unused_parts(scene: Scene) -> Iterator[Finding]:
    """A phase and a lane hold at least one step, and an actor does something."""
    for document, route in scene.records("routes"):
        used = {
            "phases": {step.phase for step in route.steps.values()} | {end.phase for end in route.breaks_off},
            "lanes": {step.lane for step in route.steps.values()} | {end.lane for end in route.breaks_off},
            "actors": {id for step in route.steps.values() for id in (step.actor, *step.together_with)},
        }
        for name, ids in used.items():
            for id, part in getattr(route, name).items():
                if id not in ids:
                    title = part.name if name == "actors" else part.title
                    yield Finding("unused-part", document.file, (name, id), {"title": title})


def icons(scene: Scene) -> Iterator[Finding]:
    """An actor's icon is one of Lucide's."""
    for document, route in scene.records("routes"):
        for id, actor in route.actors.items():
            yield from missing_icon(scene, document, ("actors", id, "icon"), actor.icon)


RULES = (
    municipalities,
    inner_references,
    cycles,
    order_in_time,
    one_accent,
    laws,
    links,
    unused_parts,
    icons,
)
"""Every check of routes, in the order in which they run."""
