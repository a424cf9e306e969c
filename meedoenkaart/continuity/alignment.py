"""What integration routes tell, row by row, so that they can stand side by side.

Every route becomes a ``Column`` with the same kinds of rows: by element of the law, phase, role, term, money and
meeting. Two routes meet in a row when they name the same thing. ``docs/developers/continuity.md`` explains the rules;
``theme/components/compare/align.ts`` puts the columns together that a reader chooses.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, get_args

from meedoenkaart.catalogue import Catalogue, MunicipalityPage, RoutePage
from meedoenkaart.records.route import Actor, Deadline, Moment, Route, Span, Statutory, StatutoryElement, Step

PERMIT = "vergunning"
"""The moment with which the one scale of weeks begins."""
PARTS = ("kort", "wet", "fase", "rol", "termijn", "geld", "contact")
"""The parts of a column in their order; each begins with a row of its own, ``deel:…``, that every column has."""
NO_ROLE = "anders"
"""Stands for actors that fit no role."""
MONEY = ("budget", "gift", "lening", "vergoeding")
_DAYS_IN_MONTH = 365.25 / 12
_DAYS = {"dagen": 1.0, "weken": 7.0, "maanden": _DAYS_IN_MONTH}


class Term(NamedTuple):
    """A time that a route tells: as a number where the source gives one, else in its words alone."""

    title: str
    """Of what."""
    step: str | None
    """The id of the step; None: a phase."""
    words: str
    """What the source says, or an empty text."""
    span: Span | Deadline | None
    """The number; None when there are words only."""
    start: str | None
    """The moment with which the bar begins: the permit if that is known; None for how long something lasts."""
    begin: float
    """Weeks from there until the time begins to count."""
    end: float
    """Weeks from there until it is over."""
    beyond: tuple[StatutoryElement, ...]
    """Elements of the law that ask for less."""


class Doing(NamedTuple):
    """A step and who does it, as the route calls them."""

    id: str
    step: Step
    actors: tuple[Actor, ...]
    """The one who does it first, then those who join in."""
    beyond: tuple[StatutoryElement, ...]
    """Elements of the law whose term is shorter."""


class Part(NamedTuple):
    """What somebody does on a route: what is theirs to do, and what they join in."""

    actor: Actor
    does: tuple[Doing, ...]
    joins: tuple[Doing, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a column."""

    title: str
    """What it is about; empty where that depends on nothing but the row's key."""
    content: Any
    """What the route tells of it."""
    told: bool
    """Whether it tells anything."""


@dataclass(frozen=True, eq=False, slots=True)
class Column:
    """A municipality's route, row by row."""

    municipality: MunicipalityPage
    page: RoutePage
    of_today: bool
    """Whether it belongs to the law by which people begin now."""
    rows: Mapping[str, Row]
    """By key: the part, a colon, and what it is about."""

    @property
    def slug(self) -> str:
        """The municipality's."""
        return self.page.slug

    @property
    def route(self) -> Route:
        """The record."""
        return self.page.record

    @property
    def told(self) -> int:
        """How many elements of the law it tells of."""
        return sum(row.told for key, row in self.rows.items() if key.startswith("wet:"))

    def told_in(self, keys: Iterable[str]) -> list[Row]:
        """Return the rows of these that tell something."""
        return [self.rows[key] for key in keys if key in self.rows and self.rows[key].told]

    @property
    def terms(self) -> list[Term]:
        """Every time that it tells."""
        return [one for key, row in self.rows.items() if key.startswith("termijn:") for one in row.content]

    @property
    def total(self) -> float | None:
        """How many weeks the whole route takes; None where not every phase says how long it lasts."""
        lasting = [one.lasts for one in self.route.phases.values()]
        return sum(weeks(one) for one in lasting if one) if all(lasting) else None


class Named(NamedTuple):
    """A column with its steps that carry out an element of the law."""

    column: Column
    steps: tuple[Doing, ...]


class Asked(NamedTuple):
    """An element of the law, with the routes of that law that name it and those that do not."""

    id: str
    element: StatutoryElement
    named: list[Named]
    silent: list[Column]


class Difference(NamedTuple):
    """What sets a column apart from those beside it: keys of rows."""

    column: Column
    alone: list[str]
    """Only this one tells of it."""
    lacks: list[str]
    """All others tell of it."""


def columns(catalogue: Catalogue) -> list[Column]:
    """Return every route: of the law of today first, then what tells most of it, then by name."""
    found = [column(catalogue, route) for route in catalogue.routes.values()]
    return sorted(found, key=lambda one: (not one.of_today, -one.told, one.municipality.name))


def column(catalogue: Catalogue, page: RoutePage) -> Column:
    """Return what a route tells, row by row."""
    statutory = catalogue.statutory
    law = statutory if statutory and statutory.law == page.record.law else None
    rows = dict(_rows(catalogue, page.record, law))
    return Column(catalogue.municipalities[page.slug], page, law is not None or statutory is None, rows)


def asked(catalogue: Catalogue, found: Sequence[Column]) -> list[Asked]:
    """Return what the law asks, in its order, and who names it."""
    elements = catalogue.statutory.elements if catalogue.statutory else {}
    held = [one for one in found if one.of_today]
    return [
        Asked(
            id,
            element,
            [Named(one, one.rows[f"wet:{id}"].content) for one in held if one.rows[f"wet:{id}"].told],
            [one for one in held if not one.rows[f"wet:{id}"].told],
        )
        for id, element in elements.items()
    ]


def aligned(lists: Iterable[Iterable[str]]) -> list[str]:
    """Return the keys of all columns in one order: what only a later one has follows on what comes before it there."""
    merged: list[str] = []
    for keys in lists:
        at = 0
        for key in keys:
            if key in merged:
                at = merged.index(key)
            else:
                merged.insert(at, key)
            at += 1
    return merged


def together(found: Sequence[Column]) -> list[list[str]]:
    """Return the keys of all columns row by row: phases that one column alone has share a row with their neighbours."""
    groups: list[list[str]] = []
    run = False
    for key in aligned(one.rows for one in found):
        alone = key.startswith("fase:") and len(found) > 1 and sum(key in one.rows for one in found) == 1
        if alone and run:
            groups[-1].append(key)
        else:
            groups.append([key])
        run = alone
    return groups


def differences(found: Sequence[Column]) -> tuple[list[Difference], bool]:
    """Return what each column alone tells and alone lacks, and whether any two of them tell the same."""
    keys = [
        key
        for key in aligned(one.rows for one in found)
        # A route of an earlier law is not held against the law: its silence says nothing.
        if is_compared(key) and (not key.startswith("wet:") or all(key in one.rows for one in found))
    ]
    telling = {key: [one for one in found if key in one.rows and one.rows[key].told] for key in keys}
    made = [
        Difference(
            one,
            [key for key in keys if telling[key] == [one]],
            [key for key in keys if len(found) > 2 and len(telling[key]) == len(found) - 1 and one not in telling[key]],
        )
        for one in found
    ]
    return made, any(len(some) > 1 for some in telling.values())


def is_compared(key: str) -> bool:
    """Say whether a row counts as a difference: how a route is cut in phases, or what fits no role, says nothing."""
    part = key.partition(":")[0]
    return key == "kort:regie" or (part in ("wet", "rol", "termijn", "geld", "contact") and key != f"rol:{NO_ROLE}")


def weeks(span: Span | Deadline) -> float:
    """Return how many weeks a time is, with months of the same length."""
    return span.number * _DAYS[span.unit] / 7


def is_beyond(within: Deadline | None, limit: Deadline | None) -> bool:
    """Say whether a time is longer than the law allows: for certain, however long the months are."""
    if within is None or limit is None or within.since != limit.since:
        return False
    if within.unit == limit.unit:
        return within.number > limit.number
    return _shortest(within) > _longest(limit)


def _shortest(span: Deadline) -> float:
    """Return the fewest days that a time can be."""
    return math.floor(span.number * _DAYS[span.unit]) - (2 if span.unit == "maanden" else 0)


def _longest(span: Deadline) -> float:
    """Return the most days that a time can be."""
    return math.ceil(span.number * _DAYS[span.unit]) + (1 if span.unit == "maanden" else 0)


def _rows(catalogue: Catalogue, route: Route, law: Statutory | None) -> Iterator[tuple[str, Row]]:
    doings = {id: _doing(route, law, id, step) for id, step in route.steps.items()}
    for part, rows in zip(PARTS, _parts(catalogue, route, law, doings), strict=True):
        yield f"deel:{part}", Row("", None, False)
        for key, title, content in rows:
            yield f"{part}:{key}", Row(title, content, bool(content))


def _parts(
    catalogue: Catalogue, route: Route, law: Statutory | None, doings: Mapping[str, Doing]
) -> Iterator[Iterable[tuple[str, str, Any]]]:
    """Yield the rows of every part: key, title, content."""
    told = {
        "wet": route.law,
        "stand": route.status,
        "duur": any(one.lasts for one in route.phases.values())
        or any(step.term or step.within or step.lasts for step in route.steps.values()),
        "regie": _regie(route),
        "einde": route.breaks_off,
    }
    yield ((key, "", value) for key, value in told.items())
    elements = law.elements if law else {}
    yield (
        (id, str(one.title), tuple(doing for doing in doings.values() if id in doing.step.fulfils))
        for id, one in elements.items()
    )
    yield (
        (id, str(phase.title), (phase, tuple(doing for doing in doings.values() if doing.step.phase == id)))
        for id, phase in route.phases.items()
    )
    yield _roles(catalogue, route, doings)
    terms = list(_terms(route, law, doings))
    kinds = dict.fromkeys((PERMIT, *get_args(Moment), "duur", "woorden"))
    yield (
        (kind, "", found) for kind in kinds if (found := [one for one in terms if _kind(one) == kind]) or kind == PERMIT
    )
    yield (
        (kind, "", given)
        for kind in MONEY
        if (given := tuple(one for one in route.money if one.kind == kind)) or kind == MONEY[0]
    )
    yield [("regisseur", "", tuple(doing for doing in doings.values() if doing.step.contact_moment))]


def _regie(route: Route) -> str:
    """Return what the one with the regie is called: the fixed contact, or else who has that role."""
    if route.regisseur:
        return str(route.regisseur.title)
    return ", ".join(str(one.name) for one in route.actors.values() if one.role == "regisseur")


def _roles(catalogue: Catalogue, route: Route, doings: Mapping[str, Doing]) -> Iterator[tuple[str, str, Any]]:
    parts: dict[str, list[Part]] = {}
    for id, actor in route.actors.items():
        does = tuple(one for one in doings.values() if one.step.actor == id)
        joins = tuple(one for one in doings.values() if id in one.step.together_with)
        parts.setdefault(actor.role or NO_ROLE, []).append(Part(actor, does, joins))
    labels = {id: str(term.label) for id, term in catalogue.vocabulary.roles.items()}
    for id, label in (*labels.items(), (NO_ROLE, "")):
        if id in parts:
            yield id, label, tuple(parts[id])


def _doing(route: Route, law: Statutory | None, id: str, step: Step) -> Doing:
    actors = tuple(route.actors[one] for one in (step.actor, *step.together_with) if one)
    elements = [law.elements[one] for one in step.fulfils] if law else []
    return Doing(id, step, actors, tuple(one for one in elements if is_beyond(step.within, one.within)))


def _kind(term: Term) -> str:
    """Return the row in which a time stands."""
    return "woorden" if term.span is None else term.start or "duur"


def _terms(route: Route, law: Statutory | None, doings: Mapping[str, Doing]) -> Iterator[Term]:
    known = _reached(route, law)
    for phase in route.phases.values():
        if phase.lasts:
            yield Term(str(phase.title), None, "", phase.lasts, None, 0, weeks(phase.lasts), ())
    for id, doing in doings.items():
        step, words = doing.step, str(doing.step.term or "")
        title = str(step.title)
        if step.within:
            start, begin = _placed(step.within, known)
            yield Term(title, id, words, step.within, start, begin, begin + weeks(step.within), doing.beyond)
        if step.lasts:
            yield Term(title, id, "" if step.within else words, step.lasts, None, 0, weeks(step.lasts), ())
        if words and not (step.within or step.lasts):
            yield Term(title, id, words, None, None, 0, 0, ())


def _reached(route: Route, law: Statutory | None) -> dict[str, Deadline]:
    """Return within what time a moment comes, by the route itself or else by the law.

    That is told by the step that is called like the moment, or that carries out the element called like it.
    """
    found = {id: one.within for id, one in (law.elements if law else {}).items() if one.within}
    own: dict[str, Deadline] = {}
    for id, step in route.steps.items():
        for moment in (id, *step.fulfils):
            if step.within and (moment not in own or weeks(step.within) > weeks(own[moment])):
                own[moment] = step.within
    return {moment: one for moment, one in (found | own).items() if moment in get_args(Moment)}


def _placed(within: Deadline, known: Mapping[str, Deadline], seen: frozenset[str] = frozenset()) -> tuple[str, float]:
    """Return the moment at which a bar begins, and how many weeks later the time begins to count.

    The moment is the permit if it is known how long it takes from there; else it stays what it is: nothing is guessed.
    """
    since = within.since
    earlier = known.get(since)
    if since != PERMIT and earlier and since not in seen:
        start, begin = _placed(earlier, known, seen | {since})
        if start == PERMIT:
            return start, begin + weeks(earlier)
    return since, 0
