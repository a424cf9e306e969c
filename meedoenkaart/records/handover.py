"""What a reception location and a municipality do before somebody moves: ``catalogue/handover.yml``."""

from typing import Annotated

from pydantic import Field

from meedoenkaart.records.record import RoleRef, record
from meedoenkaart.records.route import Deadline
from meedoenkaart.records.scalars import LongText, ShortText, Slug, Title, Yes
from meedoenkaart.records.shared import Source


@record
class Preparation:
    """One thing that somebody prepares before the move, or a moment on the way to it."""

    title: Title
    """What it is, in a few words."""
    text: LongText
    """What it comes down to, in plain Dutch."""
    role: RoleRef
    """Who does it."""
    term: ShortText | None = None
    """Within what time, in words, as far as the number does not say it."""
    within: Deadline | None = None
    """Within what time, as a number; None when the source gives none."""
    aim: Yes = False
    """Whether the time is an aim, which the law does not ask and which is not always met."""
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    """Where this was read; at least one."""


@record
class Way:
    """One way to do the handover and the start of the integration."""

    title: Title
    """What it is called."""
    text: LongText
    """What marks it, in plain Dutch."""
    intake: ShortText
    """When the brede intake and the personal plan are."""
    lessons: ShortText
    """When lessons start."""
    programme: ShortText
    """What becomes of COA's programme, the Voorbereiding op inburgering."""
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    """Where this was read; at least one."""


@record
class Handover:
    """What both sides prepare, in which ways it can go, and whom one wants to reach on each side."""

    roles_here: tuple[RoleRef, ...] = ()
    """Whom one wants to reach at a reception location: where no contact is known, the sheet says so."""
    roles_there: tuple[RoleRef, ...] = ()
    """The same at a municipality."""
    preparations: Annotated[dict[Slug, Preparation], Field(min_length=1)]
    """What is prepared, by id, in the order of time."""
    ways: Annotated[dict[Slug, Way], Field(min_length=1)]
    """The ways by id, the earliest start first."""
    depends_on: tuple[ShortText, ...] = ()
    """What the choice between the ways depends on, by the sources of the ways."""
