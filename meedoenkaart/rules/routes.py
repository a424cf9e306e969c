"""Checks of integration routes: that their parts fit together."""

from collections.abc import Iterator, Mapping

from meedoenkaart.problems import did_you_mean
from meedoenkaart.reading.documents import Document
from meedoenkaart.records.record import Path
from meedoenkaart.records.route import Route, Step
from meedoenkaart.rules.scene import Finding, Scene, missing_icon, other_municipality, unknown


def municipalities(scene: Scene) -> Iterator[Finding]:
    """A route belongs to the municipality that its file is named after, or to those that it names; each has one."""
    known = set(scene.draft.names("municipalities"))
    seen: dict[str, str] = {}
    for document in scene.draft.documents:
        if document.collection != "routes":
            continue
        several = document.content.municipalities if document.content else ()
        if not several and document.slug not in known and document.knows("municipalities"):
            values = {"name": document.slug, "suggestion": other_municipality(document.slug, known)}
            yield Finding("route-without-municipality", document.file, (), values)
        for index, one in enumerate(several or (document.slug,)):
            if (other := seen.setdefault(one, document.file)) != document.file:
                path: Path = ("municipalities", index) if several else ()
                yield Finding("second-route", document.file, path, {"name": one, "file": other})


def steps_of_some(scene: Scene) -> Iterator[Finding]:
    """A step of some municipalities names those of the route, no regisseur begins there, and each has a step."""
    for document, route in scene.records("routes"):
        for id, step in route.steps.items():
            for index, one in enumerate(step.only_in):
                if one not in route.municipalities and document.knows("municipalities"):
                    suggestion = did_you_mean(one, route.municipalities)
                    path = ("steps", id, "only_in", index)
                    yield Finding("not-on-this-route", document.file, path, {"name": one, "suggestion": suggestion})
        for index, one in enumerate(route.municipalities if document.knows_ids("steps") else ()):
            if all(step.only_in and one not in step.only_in for step in route.steps.values()):
                yield Finding("no-step-here", document.file, ("municipalities", index), {"name": one})
        start = route.steps.get(route.regisseur.starts_at) if route.regisseur else None
        if start and start.only_in:
            values = {"step": start.title}
            yield Finding("regisseur-of-some", document.file, ("regisseur", "starts_at"), values)


def _routes(scene: Scene) -> Iterator[tuple[Document, Route, Path]]:
    """Yield every route and where it stands in its file: those of municipalities, and the one of the law."""
    for document, route in scene.records("routes"):
        yield document, route, ()
    statutory = scene.single("statutory")
    if statutory and statutory.content.route:
        yield statutory, statutory.content.route, ("route",)


def statuses(scene: Scene) -> Iterator[Finding]:
    """A municipality says whether its route is paper or practice."""
    for document, route in scene.records("routes"):
        if route.status is None and document.knows("status"):
            yield Finding("missing-field", document.file, (), {"field": "status"})


def inner_references(scene: Scene) -> Iterator[Finding]:
    """Phases, lanes, actors and steps that a route names are its own; statutory elements are the law's."""
    statutory = scene.single("statutory")
    for document, route, place in _routes(scene):
        known = {name: getattr(route, name) for name in ("phases", "lanes", "actors", "steps")}
        known = {name: ids for name, ids in known.items() if document.knows_ids(*place, name)}
        if statutory and statutory.knows_ids("elements"):
            known["elements"] = statutory.content.elements
        for path, what, id in _references(route):
            if what in known and id not in known[what] and not (path[-1] == "about" and id in _PARTS):
                yield unknown(document, (*place, *path), what, id, known[what])


_PARTS = ("regisseur", "budget", "status")
"""What a note of a route may be about, beside its steps."""


def _references(route: Route) -> Iterator[tuple[Path, str, str]]:
    """Yield path, what is meant and its id for everything that a route names."""
    for id, step in route.steps.items():
        path: Path = ("steps", id)
        yield (*path, "phase"), "phases", step.phase
        if step.until_phase:
            yield (*path, "until_phase"), "phases", step.until_phase
        if step.lane:
            yield (*path, "lane"), "lanes", step.lane
        if step.actor:
            yield (*path, "actor"), "actors", step.actor
        for name, what in (
            ("together_with", "actors"),
            ("after", "steps"),
            ("back_to", "steps"),
            ("fulfils", "elements"),
        ):
            for index, other in enumerate(getattr(step, name)):
                yield (*path, name, index), what, other
    if route.regisseur:
        yield ("regisseur", "starts_at"), "steps", route.regisseur.starts_at
        if route.regisseur.until_phase:
            yield ("regisseur", "until_phase"), "phases", route.regisseur.until_phase
    for index, money in enumerate(route.money):
        if money.actor:
            yield ("money", index, "actor"), "actors", money.actor
    for index, end in enumerate(route.breaks_off):
        yield ("breaks_off", index, "phase"), "phases", end.phase
        if end.lane:
            yield ("breaks_off", index, "lane"), "lanes", end.lane
        for number, other in enumerate(end.after):
            yield ("breaks_off", index, "after", number), "steps", other
    for index, note in enumerate(route.notes):
        if note.about:
            yield ("notes", index, "about"), "steps", note.about


def cycles(scene: Scene) -> Iterator[Finding]:
    """A step does not follow on itself; a loop that is meant says so with ``back_to``."""
    for document, route, place in _routes(scene):
        if circle := _circle(route.steps):
            titles = " → ".join(str(route.steps[id].title) for id in circle)
            yield Finding("route-cycle", document.file, (*place, "steps", circle[0], "after"), {"steps": titles})


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
    for document, route, place in _routes(scene):
        order = {id: number for number, id in enumerate(route.phases)}
        for id, step in route.steps.items():
            begin = order.get(step.phase)
            if begin is None:
                continue
            if step.until_phase and order.get(step.until_phase, begin) < begin:
                values = {"start": step.phase, "end": step.until_phase}
                yield Finding("end-before-start", document.file, (*place, "steps", id, "until_phase"), values)
            for index, other in enumerate(step.after):
                yield from _before(document, (*place, "steps", id, "after", index), route, other, begin, order)


def _before(
    document: Document, path: Path, route: Route, other: str, begin: int, order: Mapping[str, int]
) -> Iterator[Finding]:
    step = route.steps.get(other)
    if step and order.get(step.phase, begin) > begin:
        phase = route.phases[step.phase]
        yield Finding("step-too-early", document.file, path, {"other": step.title, "phase": phase.title})


def one_accent(scene: Scene) -> Iterator[Finding]:
    """At most one step stands out."""
    for document, route, place in _routes(scene):
        marked = [id for id, step in route.steps.items() if step.accent]
        for id in marked[1:]:
            yield Finding(
                "two-accents", document.file, (*place, "steps", id, "accent"), {"other": route.steps[marked[0]].title}
            )


def laws(scene: Scene) -> Iterator[Finding]:
    """A route names the elements of its own law only."""
    statutory = scene.single("statutory")
    if not statutory or not statutory.knows("law"):
        return
    law = statutory.content.law
    for document, route, place in _routes(scene):
        for id, step in route.steps.items():
            if step.fulfils and route.law != law and document.knows(*place, "law"):
                values = {"law": route.law, "other": law}
                yield Finding("fulfils-other-law", document.file, (*place, "steps", id, "fulfils"), values)


def links(scene: Scene) -> Iterator[Finding]:
    """A link leads to something: an opportunity that exists, or an address with a text."""
    organisations = {document.slug: document for document, _ in scene.organisations}
    for document, route, place in _routes(scene):
        for id, step in route.steps.items():
            for index, link in enumerate(step.links):
                path: Path = (*place, "steps", id, "links", index)
                if not link.organisation and not link.address:
                    yield Finding("empty-link", document.file, path, {})
                found = organisations.get(link.organisation or "")
                if found and link.opportunity and found.knows("opportunities"):
                    known = {one.id: one for one in found.content.opportunities}
                    if link.opportunity not in known:
                        yield unknown(document, (*path, "opportunity"), "opportunities", link.opportunity, known)


def unused_parts(scene: Scene) -> Iterator[Finding]:
    """A phase and a lane hold at least one step, and an actor does something."""
    for document, route, place in _routes(scene):
        if not _names_are_known(document, route, place):
            continue
        used = {(what, id) for path, what, id in _references(route) if path[-1] != "until_phase"}
        for name in ("phases", "lanes", "actors"):
            for id, part in getattr(route, name).items():
                if (name, id) not in used:
                    title = part.name if name == "actors" else part.title
                    yield Finding("unused-part", document.file, (*place, name, id), {"title": title})


def _names_are_known(document: Document, route: Route, place: Path) -> bool:
    """Say whether all was read of what steps and breaks name: only then a part can be unused."""
    paths: list[Path] = [(*place, "steps", id) for id in route.steps]
    paths += [(*place, "breaks_off", index) for index, _ in enumerate(route.breaks_off)]
    paths += [(*place, "money", index) for index, _ in enumerate(route.money)]
    fields = ("phase", "lane", "actor", "together_with")
    return (
        document.knows_ids(*place, "steps")
        and document.knows_ids(*place, "breaks_off")
        and document.knows_ids(*place, "money")
        and all(document.knows(*path, field) for path in paths for field in fields)
    )


def icons(scene: Scene) -> Iterator[Finding]:
    """An actor's icon is one of Lucide's."""
    for document, route, place in _routes(scene):
        for id, actor in route.actors.items():
            yield from missing_icon(scene, document, (*place, "actors", id, "icon"), actor.icon)


RULES = (
    municipalities,
    steps_of_some,
    statuses,
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
