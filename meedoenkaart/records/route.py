"""A municipality's integration route, and what the law asks of every route: the folder ``routes/``."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from meedoenkaart.records.record import MunicipalityRef, OrganisationRef, RoleRef, changed, record
from meedoenkaart.records.scalars import (
    Count,
    Day,
    LongText,
    PartialDay,
    ShortText,
    Slug,
    Title,
    WebAddress,
    Yes,
)
from meedoenkaart.records.shared import Confirmation, Contact, Source

Law = Literal["Wi2013", "Wi2021"]
"""The Wet inburgering 2013 or 2021."""
MOST_BEFORE = 8
"""So many steps one step follows on, at most."""
Unit = Literal["dagen", "weken", "maanden"]
Moment = Literal["aanvraag", "vergunning", "koppeling", "kennisgeving-duo", "inschrijving-brp", "verhuizing", "pip"]
"""From what a deadline counts: the request for asylum, the permit, the koppeling to a municipality, DUO's notice of the
duty to integrate, registration in the BRP, the move, or the date on the personal plan (PIP)."""


@record
class Span:
    """How long something lasts, when the source gives a number."""

    number: Count
    """How many."""
    unit: Unit
    """Days, weeks or months."""


@record
class Deadline:
    """Within what time, when the source gives a number and says from when it counts."""

    number: Count
    """How many."""
    unit: Unit
    """Days, weeks or months."""
    since: Moment
    """The moment from which it counts."""


@record
class Actor:
    """Who does something on the route: an organisation, a function or a group."""

    name: Title
    """As it stands on the drawing: short."""
    role: RoleRef | None = None
    """What it is elsewhere too; ``name`` is what it is called here. None: it fits no role, or nobody knows."""
    icon: Slug
    """The name of an icon of Lucide."""
    text: ShortText | None = None
    """What this actor does."""
    organisation: OrganisationRef | None = None
    """Its record in the catalogue."""


@record
class Phase:
    """A stretch of the route, in time."""

    title: Title
    """What the phase is called."""
    when: Title | None = None
    """When it begins or how long it lasts."""
    lasts: Span | None = None
    """How long it lasts, as a number."""
    goal: ShortText | None = None
    """What it is for."""


@record
class Lane:
    """A group of people who follow their own steps beside others."""

    title: Title
    """For whom."""
    text: ShortText | None = None
    """What marks this group."""


@record
class Link:
    """Where to read on about a step: a record of the catalogue or a page outside."""

    organisation: OrganisationRef | None = None
    """An organisation of the catalogue."""
    opportunity: Slug | None = None
    """One of that organisation's opportunities."""
    address: WebAddress | None = None
    """A page outside the site."""
    title: Title | None = None
    """The link's text, for a page outside."""


@record
class Step:
    """One thing that happens on the route."""

    title: Title
    """What happens, in a few words."""
    text: LongText | None = None
    """What it comes down to, in one or two plain sentences."""
    phase: Slug
    """The phase in which it begins: an id under ``phases``."""
    until_phase: Slug | None = None
    """The last phase in which it goes on; None when it stays within one."""
    lane: Slug | None = None
    """The lane it belongs to: an id under ``lanes``; None: for everyone."""
    actor: Slug | None = None
    """Who does it: an id under ``actors``; None: the source does not say."""
    together_with: tuple[Slug, ...] = ()
    """Who joins in: ids under ``actors``."""
    after: Annotated[tuple[Slug, ...], Field(max_length=MOST_BEFORE)] = ()
    """The steps it follows on: ids under ``steps``; at most 8."""
    back_to: Annotated[tuple[Slug, ...], Field(max_length=2)] = ()
    """Earlier steps to which people may return from here: a loop that is meant; at most 2."""
    term: ShortText | None = None
    """The term or deadline, as the source puts it."""
    within: Deadline | None = None
    """The same as a number; None when the source gives none. Never guessed from words."""
    lasts: Span | None = None
    """How long the step lasts, as a number."""
    condition: ShortText | None = None
    """For whom or when it applies."""
    accent: Yes = False
    """Whether this is the step that the drawing puts first; at most one."""
    contact_moment: Yes = False
    """Whether the regisseur and the person meet here."""
    from_budget: Yes = False
    """Whether it can be paid from the budget."""
    only_in: tuple[MunicipalityRef, ...] = ()
    """On a route of several municipalities: those that have this step; empty: all."""
    fulfils: tuple[Slug, ...] = ()
    """Statutory elements that it carries out: ids under ``elements`` in ``routes/statutory.yml``."""
    links: tuple[Link, ...] = ()
    """Where to read on."""


@record
class Regisseur:
    """The fixed contact of the municipality, drawn as a band under the later phases."""

    title: Title
    """What this function is called here."""
    text: ShortText | None = None
    """What it does."""
    starts_at: Slug
    """The step out of which the band grows."""
    until_phase: Slug | None = None
    """The last phase under which the band runs; None: the last of the route."""


@record
class Money:
    """Money for somebody on the route."""

    kind: Literal["budget", "gift", "lening", "vergoeding"]
    """To spend together with the regisseur, a gift, a loan, or a payment for costs."""
    amount: Title
    """How much: ``€ 1.500``."""
    text: ShortText | None = None
    """For whom, for what and under which conditions."""
    actor: Slug | None = None
    """Who gives it: an id under ``actors``; None: the source does not say."""


@record
class RouteNote:
    """A numbered explanation beside the drawing."""

    title: Title
    """What it is about."""
    text: LongText
    """The explanation in plain Dutch."""
    about: Slug | None = None
    """The step that carries its number, or ``regisseur``, ``budget``, ``status``; None: the whole route."""


@record
class RouteStatus:
    """Paper or practice."""

    stage: Literal["papier", "deels", "praktijk"]
    """A plan on paper, partly carried out, or in practice."""
    text: ShortText | None = None
    """What the source says about it."""
    date: PartialDay | None = None
    """When that was so."""


@record
class BreakOff:
    """A place where the source goes on but was not available: the route says so and fills nothing in."""

    phase: Slug
    """The phase in which the source breaks off."""
    lane: Slug | None = None
    """The lane in which it breaks off; None: the whole route."""
    after: tuple[Slug, ...] = ()
    """The last steps that the source names."""


@record
class Route:
    """A municipality's integration route: ``routes/<municipality>.yml``, or one of several municipalities."""

    title: Title
    """The heading of the drawing."""
    subtitle: ShortText | None = None
    """For whom it is and from where to where."""
    law: Law
    """The law under which the route was made."""
    period: Title
    """The years to which it belongs, as far as known."""
    status: RouteStatus | None = None
    """Paper or practice, by whose word; only what the law asks has none."""
    municipalities: tuple[MunicipalityRef, ...] = ()
    """Whose route it is, when it is that of several; empty: the one that the file is named after."""
    actors: Annotated[dict[Slug, Actor], Field(max_length=20)] = Field(default_factory=dict)
    """Who does something, by id, in the order of the legend; at most 20."""
    phases: Annotated[dict[Slug, Phase], Field(min_length=1, max_length=8)]
    """The phases by id, in order of time; at most 8."""
    lanes: Annotated[dict[Slug, Lane], Field(max_length=6)] = Field(default_factory=dict)
    """The lanes by id, from top to bottom; at most 6."""
    steps: Annotated[dict[Slug, Step], Field(min_length=1, max_length=60)]
    """The steps by id, in reading order; at most 60."""
    regisseur: Regisseur | None = None
    """The fixed contact; None when the source names none."""
    money: Annotated[tuple[Money, ...], Field(max_length=6)] = ()
    """Money for somebody on the route, the most telling first; none when the source names none."""
    breaks_off: Annotated[tuple[BreakOff, ...], Field(max_length=6)] = ()
    """Where the source breaks off."""
    notes: Annotated[tuple[RouteNote, ...], Field(max_length=20)] = ()
    """Numbered explanations, in order."""
    contact: Contact | None = None
    """Functional contact of those who carry out the route."""
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    """Where this was read; at least one."""
    confirmation: Confirmation | None = None
    """Who confirmed this route, and when."""

    @property
    def budget(self) -> Money | None:
        """The budget to spend together with the regisseur, which the drawing shows in the band."""
        return next((one for one in self.money if one.kind == "budget"), None)


def route_in(route: Route, municipality: str) -> Route:
    """Return what a municipality has of a route of several: without the steps of others, and what only those used."""
    gone = {id for id, step in route.steps.items() if step.only_in and municipality not in step.only_in}
    if not gone:
        return route

    def before(ids: tuple[str, ...]) -> Iterator[str]:
        """Yield these steps, and in the place of one that is gone those that it follows on."""
        for id in ids:
            if id in gone:
                yield from before(route.steps[id].after)
            else:
                yield id

    def kept(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(before(ids)))

    steps = {
        id: changed(
            step, after=kept(step.after)[:MOST_BEFORE], back_to=tuple(one for one in step.back_to if one not in gone)
        )
        for id, step in route.steps.items()
        if id not in gone
    }
    ends = tuple(changed(end, after=kept(end.after)) for end in route.breaks_off)
    actors = {id for step in steps.values() for id in (step.actor, *step.together_with)}
    actors |= {one.actor for one in route.money}
    lanes = {step.lane for step in steps.values()} | {end.lane for end in ends}
    used = {one for step in steps.values() for one in (step.phase, step.until_phase)} | {end.phase for end in ends}
    phases = {id: one for id, one in route.phases.items() if id in used}
    regisseur = route.regisseur
    if regisseur and regisseur.until_phase and regisseur.until_phase not in used:
        order = list(route.phases)
        last = [id for id in phases if order.index(id) < order.index(regisseur.until_phase)][-1]
        regisseur = changed(regisseur, until_phase=last)
    return changed(
        route,
        steps=steps,
        breaks_off=ends,
        actors={id: one for id, one in route.actors.items() if id in actors},
        lanes={id: one for id, one in route.lanes.items() if id in lanes},
        phases=phases,
        regisseur=regisseur,
        notes=tuple(note for note in route.notes if note.about not in gone),
    )


@record
class StatutoryElement:
    """One thing that the law asks of every municipality."""

    title: Title
    """What it is called."""
    text: LongText
    """What it asks, in plain Dutch."""
    term: ShortText | None = None
    """The deadline or the number of hours."""
    within: Deadline | None = None
    """The deadline as a number; what the words add to it stays in them."""
    lasts: Span | None = None
    """How long it lasts, as a number."""
    who: Title
    """Who has to do it."""
    article: Title | None = None
    """The article of the law or decree."""
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    """Where this was read; at least one."""


@record
class Statutory:
    """What the Wet inburgering 2021 asks of every route: ``routes/statutory.yml``."""

    law: Law
    """The law."""
    seen: Day
    """The day on which the texts were last compared with the sources."""
    elements: Annotated[dict[Slug, StatutoryElement], Field(min_length=1)]
    """The elements by id, in the order in which a newcomer meets them."""
    route: Route | None = None
    """The elements as a route, for municipalities that have none of their own; None: it is not drawn."""
