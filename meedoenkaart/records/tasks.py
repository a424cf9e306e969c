"""Who does what for newcomers, and who refers to whom: ``catalogue/tasks.yml``."""

from typing import Annotated, Literal

from pydantic import Field

from meedoenkaart.records.record import RoleRef, record
from meedoenkaart.records.scalars import LongText, Name, ShortText, Slug, Title
from meedoenkaart.records.shared import Source

Does = Literal["doet", "helpt", "verwijst", "hoort", "niet"]
"""What a role does for a subject: it does it, helps with it, refers to another, is told of it, or does not do it. A
role of which no source says anything has no line: nobody knows."""


@record
class Party:
    """Who stands at the head of a column: an organisation, or those of whom one is responsible for the subject."""

    title: Title
    """What it is called."""
    text: ShortText
    """What it is there for."""
    roles: Annotated[tuple[RoleRef, ...], Field(min_length=1)]
    """The roles that belong to it; a role belongs to one."""


@record
class TaskMoment:
    """A stretch of a newcomer's way, with the subjects that come up in it."""

    title: Title
    """What it is called."""
    at: Literal["opvang", "gemeente"]
    """Where somebody is then: whose contacts one needs."""


@record
class Task:
    """A line of the table: what a role does for a subject, and where that was read."""

    role: RoleRef
    """Who."""
    does: Does
    """What it does."""
    to: tuple[RoleRef, ...] = ()
    """To whom it refers."""
    text: LongText | None = None
    """What that comes down to, since when, and what is not known of it."""
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    """Where this was read; at least one."""


@record
class Subject:
    """What a colleague asks about: DigiD, a house, a benefit."""

    title: Title
    """What it is called."""
    moment: Slug
    """When it comes up: an id under ``moments``."""
    words: tuple[Name, ...] = ()
    """Other words by which people ask for it."""
    elements: tuple[Slug, ...] = ()
    """What of the law this is, by ids in ``routes/statutory.yml``. Who does it follows from the routes."""
    lines: tuple[Task, ...] = ()
    """Who does what."""


@record
class Team:
    """A role that has people of its own at a reception location, as far as somebody wrote so."""

    role: RoleRef
    """Who."""
    at: Slug
    """Where: the name of a file in ``catalogue/reception/``."""
    text: LongText
    """What is known of it."""
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    """Where this was read; at least one."""


@record
class Tasks:
    """The table of who does what."""

    parties: Annotated[dict[Slug, Party], Field(min_length=1)]
    """The columns by id."""
    moments: Annotated[dict[Slug, TaskMoment], Field(min_length=1)]
    """The moments by id, in the order of time."""
    subjects: Annotated[dict[Slug, Subject], Field(min_length=1)]
    """The subjects by id."""
    teams: tuple[Team, ...] = ()
    """Who has people of its own where."""
