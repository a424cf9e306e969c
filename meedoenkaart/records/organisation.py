"""An organisation and the opportunities it offers: ``catalogue/organisations/<municipality>/<slug>.yml``.

One that works in the whole country lies in the folder ``landelijk``.
"""

from typing import Annotated, Literal

from pydantic import Field

from meedoenkaart.records.record import (
    Activity,
    Area,
    Audience,
    Expected,
    Kind,
    Language,
    LanguageLevel,
    Network,
    Sector,
    record,
)
from meedoenkaart.records.recurrence import Days, Rule
from meedoenkaart.records.scalars import (
    Age,
    Count,
    Day,
    Hours,
    LongText,
    Name,
    PageAddress,
    ShortText,
    Slug,
    Time,
    Title,
    Yes,
    YesNoUnknown,
)
from meedoenkaart.records.shared import Address, Confirmation, Contact, Position, RoleContact, Source, Status

Weekday = Literal["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"]
Season = Literal["lente", "zomer", "herfst", "winter"]
MOST_MEETINGS = 30
"""Entries in each list of a schedule: more is a calendar, which people keep elsewhere."""


@record
class Location:
    """A place where one takes part."""

    name: Name | None = None
    """How people call it, such as the name of a hall; needed when there are several."""
    address: Address
    """Where it is."""
    position: Position | None = None
    """The point on the map of ``address``."""


@record
class AgeLimits:
    """Who is old or young enough, in years."""

    least: Age | None = None
    """The youngest age that may join."""
    most: Age | None = None
    """The oldest age that may join."""


@record
class Dutch:
    """How much Dutch it takes."""

    level: LanguageLevel | None = None
    """The least level that works; None when nobody knows."""
    note: ShortText | None = None
    """What the level does not say, such as "je hoort hier ook Fries"."""
    estimate: Yes = False
    """True when a contributor judged it and the organisation did not say so."""


@record
class Meeting:
    """Days on which it is, and the times on those days."""

    days: tuple[Weekday, ...] = ()
    """Days of the week: every week, unless ``rule`` says otherwise."""
    rule: Rule | None = None
    """Which days, or how often, in words; together with ``days`` it names no days itself."""
    starts: Time | None = None
    """Start, ``HH:MM``."""
    ends: Time | None = None
    """End, ``HH:MM``, on the same day."""
    at: Name | None = None
    """The name of one of the opportunity's locations, where it is at several."""
    seasons: tuple[Season, ...] = ()
    """Seasons in which it runs, of three whole months each; empty: all year or not known."""
    first_day: Day | None = None
    """The first day on which it can be."""
    last_day: Day | None = None
    """The last day on which it can be."""


@record
class Without:
    """Days on which it is not."""

    days: Days
    """Which days, in words."""
    reason: ShortText | None = None
    """Why not."""


@record
class Change:
    """One day on which it is otherwise: a day more, or another day instead of one."""

    on: Day
    """The day on which it is."""
    instead_of: Day | None = None
    """The day on which it is not, when it moved; None: a day more."""
    starts: Time | None = None
    """Start, when it is not the usual one."""
    ends: Time | None = None
    """End, when it is not the usual one."""
    at: Name | None = None
    """The name of one of the opportunity's locations, when it is not the usual one."""
    reason: ShortText | None = None
    """Why."""


@record
class Schedule:
    """When it is; ``words`` is for what the other fields cannot say."""

    meetings: Annotated[tuple[Meeting, ...], Field(max_length=MOST_MEETINGS)] = ()
    """On which days at which times."""
    without: Annotated[tuple[Without, ...], Field(max_length=MOST_MEETINGS)] = ()
    """When it is not."""
    changes: Annotated[tuple[Change, ...], Field(max_length=MOST_MEETINGS)] = ()
    """Extra days and days that moved."""
    words: ShortText | None = None
    """The schedule in free words, shown as it is."""


@record
class Commitment:
    """What it asks of somebody's time."""

    hours_per_week: Hours | None = None
    """Hours a week."""
    duration: ShortText | None = None
    """How long it lasts, such as "twaalf weken"."""
    one_off: Yes | None = None
    """True for something one can do once."""


@record
class Costs:
    """What it costs and who pays the way there."""

    kind: Literal["gratis", "vrijwillige-bijdrage", "betaald", "vergoeding", "onbekend"] = "onbekend"
    """Free, a gift, a price, or a payment to the participant."""
    note: ShortText | None = None
    """The price or the conditions."""
    travel: Literal["organisatie", "coa", "gemeente", "deelnemer", "onbekend"] = "onbekend"
    """Who pays the travel costs."""


@record
class Declaration:
    """The volunteer declaration of UWV, which asylum seekers' work needs (see ``catalogue/legal.yml``)."""

    status: Literal["aanwezig", "aangevraagd", "niet-nodig", "onbekend"]
    """Present, applied for, not needed, or not known."""
    until: Day | None = None
    """The last day on which a present declaration is valid."""
    work: ShortText | None = None
    """The kind of work that it names."""


@record
class Requirements:
    """What must be arranged before somebody starts."""

    vog: YesNoUnknown = "onbekend"
    """Whether a certificate of conduct (VOG) is asked."""
    declaration: Declaration | None = None
    """The volunteer declaration; None when nothing is known about it."""


@record
class Joining:
    """How one comes in."""

    through: Literal["meedoenbalie", "rechtstreeks", "beide", "onbekend"] = "onbekend"
    """Through the reception location's Meedoenbalie, directly, or both."""
    note: ShortText | None = None
    """What to do or whom to ask for (a function, not a person)."""


@record
class Continuity:
    """Whether it can go on after somebody moves to another municipality (the *doorgaande lijn*)."""

    ways: tuple[Literal["netwerk", "zelfde-soort", "online", "op-afstand", "niet"], ...] = ()
    """Through its network, the same kind elsewhere, online, from a distance, or not at all."""
    note: ShortText | None = None
    """How."""


@record
class Opportunity:
    """One thing somebody can do at an organisation."""

    id: Slug
    """Unique within the organisation; the anchor on its page."""
    title: Title
    """What one does, in a few words."""
    activity: Activity
    """Volunteering, meeting people, language, sport, course, work experience, work, help."""
    sectors: tuple[Sector, ...] = ()
    """Fields of work, most fitting first."""
    description: LongText | None = None
    """One to three sentences in plain Dutch."""
    ways: tuple[Literal["ter-plaatse", "thuis", "telefoon", "online"], ...] = ()
    """How one takes part; empty: at a place."""
    locations: tuple[Location, ...] = ()
    """Where one goes; empty: to the organisation's own address."""
    serves: tuple[Area, ...] = ()
    """For whom it is, by where they live; empty: as far as the organisation works."""
    audience: tuple[Audience, ...] = ()
    """For whom; empty when nobody knows."""
    age: AgeLimits | None = None
    """Age limits in years."""
    dutch: Dutch | None = None
    """How much Dutch it takes."""
    languages: tuple[Language, ...] = ()
    """Other languages that work."""
    schedule: Schedule | None = None
    """When it is."""
    commitment: Commitment | None = None
    """What it asks of somebody's time."""
    places: Count | None = None
    """How many people can join at a time."""
    costs: Costs | None = None
    """What it costs."""
    requirements: Requirements | None = None
    """What must be arranged first."""
    joining: Joining | None = None
    """How one comes in."""
    continuity: Continuity | None = None
    """Whether it can go on after a move."""
    status: Status = "actief"
    """Goes on, paused, or ended."""
    first_day: Day | None = None
    """The first day on which it is open."""
    last_day: Day | None = None
    """The last day on which it is open."""


@record
class Organisation:
    """An organisation that offers something to take part in."""

    name: Name
    """As the organisation writes it."""
    kind: Kind
    """What sort of organisation."""
    description: LongText | None = None
    """What the organisation is, in plain Dutch."""
    address: Annotated[Address | None, Expected()] = None
    """Where it is; only the place is required. One that works in the whole country may have none."""
    position: Position | None = None
    """The point on the map of ``address``."""
    serves: tuple[Area, ...] = ()
    """Other areas where it works too; of one that works in the whole country, the areas if not all of it."""
    contact: Contact | None = None
    """Functional ways to get in touch."""
    contacts: tuple[RoleContact, ...] = ()
    """Whom those who guide somebody can call here, by role or question."""
    networks: tuple[Network, ...] = ()
    """Umbrella organisations it belongs to."""
    accessible: YesNoUnknown = "onbekend"
    """Whether somebody in a wheelchair can come in."""
    sources: tuple[Source, ...] = ()
    """Where this was read; none when who works there said it."""
    confirmation: Confirmation | None = None
    """Who confirmed this record, and when; None: nobody did yet."""
    status: Status = "actief"
    """Goes on, paused, or ended."""
    aliases: tuple[PageAddress, ...] = ()
    """Earlier addresses of this page, kept alive as redirects."""
    opportunities: Annotated[tuple[Opportunity, ...], Field(min_length=1)]
    """What one can do here; at least one."""
