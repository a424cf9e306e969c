"""What a page shows of a municipality's integration route."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from meedoenkaart.catalogue import Catalogue, Offer, OrganisationPage, RoutePage
from meedoenkaart.records.route import BreakOff, Phase, Route, RouteNote, StatutoryElement, Step


@dataclass(frozen=True, slots=True)
class NumberedStep:
    """A step with the number that it also has in the drawing."""

    number: int
    id: str
    step: Step


@dataclass(frozen=True, slots=True)
class NumberedNote:
    """An explanation with the number that it also has in the drawing."""

    number: int
    note: RouteNote


@dataclass(frozen=True, slots=True)
class PhasePart:
    """A phase with the steps that begin in it, in order."""

    id: str
    phase: Phase
    steps: tuple[NumberedStep, ...]
    breaks_off: tuple[BreakOff, ...]
    """Where the source breaks off in this phase."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """A part of the law with the steps that carry it out; none when the route's source does not name it."""

    id: str
    element: StatutoryElement
    steps: tuple[NumberedStep, ...]


@dataclass(frozen=True, slots=True)
class RouteView:
    """A route in the order in which a page tells it."""

    file: str
    record: Route
    phases: tuple[PhasePart, ...]
    steps: dict[str, NumberedStep]
    """Every step by its id."""
    notes: Mapping[str, tuple[NumberedNote, ...]]
    """The explanations by what they stand beside: a step's id, ``regisseur``, ``budget``, ``status``; ``""``: none."""
    coverage: tuple[Coverage, ...]
    """Every part of the law; empty for a route of another law."""
    organisations: Mapping[str, OrganisationPage]
    """The organisations that actors and steps refer to, in order of mention, by slug."""
    offers: tuple[Offer, ...]
    """The opportunities that steps refer to."""


def view(catalogue: Catalogue, page: RoutePage) -> RouteView:
    """Return a route as its page shows it."""
    route = page.record
    phases = tuple(_phases(route))
    steps = {one.id: one for part in phases for one in part.steps}
    return RouteView(
        page.file,
        route,
        phases,
        steps,
        _notes(route),
        tuple(_coverage(catalogue, route, steps)),
        {slug: catalogue.organisations[slug] for slug in _organisations(route)},
        tuple(_offers(catalogue, route)),
    )


def law_view(catalogue: Catalogue) -> RouteView | None:
    """Return what the law asks as a route, for municipalities without one; None where that is not told."""
    statutory = catalogue.statutory
    return view(catalogue, RoutePage("", "", statutory.route)) if statutory and statutory.route else None


def _phases(route: Route) -> Iterator[PhasePart]:
    number = 0
    for id, phase in route.phases.items():
        begun = [(name, step) for name, step in route.steps.items() if step.phase == id]
        steps = tuple(NumberedStep(number + place, *one) for place, one in enumerate(begun, 1))
        number += len(steps)
        yield PhasePart(id, phase, steps, tuple(end for end in route.breaks_off if end.phase == id))


def _notes(route: Route) -> Mapping[str, tuple[NumberedNote, ...]]:
    told = {"regisseur": route.regisseur, "budget": route.budget, "status": route.status, **route.steps}
    notes: dict[str, list[NumberedNote]] = {about: [] for about in ("", *told)}
    for number, note in enumerate(route.notes, 1):
        notes[note.about if note.about and told[note.about] else ""].append(NumberedNote(number, note))
    return {about: tuple(found) for about, found in notes.items()}


def _coverage(catalogue: Catalogue, route: Route, steps: dict[str, NumberedStep]) -> Iterator[Coverage]:
    statutory = catalogue.statutory
    if statutory and statutory.law == route.law:
        for id, element in statutory.elements.items():
            yield Coverage(id, element, tuple(one for one in steps.values() if id in one.step.fulfils))


def _organisations(route: Route) -> Iterator[str]:
    for actor in route.actors.values():
        if actor.organisation:
            yield actor.organisation
    for step in route.steps.values():
        for link in step.links:
            if link.organisation:
                yield link.organisation


def _offers(catalogue: Catalogue, route: Route) -> Iterator[Offer]:
    current = {(one.organisation.slug, one.opportunity.id): one for one in catalogue.current_offers}
    wanted = {
        (link.organisation or "", link.opportunity): None
        for step in route.steps.values()
        for link in step.links
        if link.opportunity
    }
    for key in wanted:
        if key in current:
            yield current[key]
