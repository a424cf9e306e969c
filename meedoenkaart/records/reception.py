"""A reception location of COA: ``catalogue/reception/<slug>.yml``."""

from typing import Literal

from meedoenkaart.records.record import MunicipalityRef, record
from meedoenkaart.records.scalars import Day, LongText, Name, PageAddress, PartialDay, YesNoUnknown
from meedoenkaart.records.shared import Confirmation, Contact, Position, RoleContact, Source


@record
class Opening:
    """Since when and until when the location is open, as far as a source says."""

    since: PartialDay | None = None
    """First year, month or day."""
    until: Day | None = None
    """Last day; the page says so once it has passed."""


@record
class Meedoenbalie:
    """The desk where residents find volunteering, sport and activities."""

    present: YesNoUnknown = "onbekend"
    """Whether there is one."""
    contact: Contact | None = None
    """How to reach it."""


@record
class Reception:
    """A reception location: never one for unaccompanied minors, whose addresses are not made public."""

    name: Name
    """As people call it: ``azc Sneek``."""
    type: Literal[
        "azc", "col", "pol", "satelliet", "noodopvang", "crisisnoodopvang", "gezinslocatie", "handhavingslocatie", "amv"
    ]
    """The type in COA's terms. ``amv`` is refused with the reason (rule ``minors-location``)."""
    description: LongText | None = None
    """What is worth knowing about the location, in plain Dutch."""
    place: Name
    """The village or town."""
    municipality: MunicipalityRef
    """The municipality, which also decides between places of the same name."""
    position: Position | None = None
    """The point on the map; without it the centre of the place counts."""
    open: Opening | None = None
    """Since when and until when."""
    meedoenbalie: Meedoenbalie | None = None
    """Whether there is a Meedoenbalie; None: not known."""
    contacts: tuple[RoleContact, ...] = ()
    """Whom those who guide somebody can call here, by role or question."""
    sources: tuple[Source, ...] = ()
    """Where this was read; none when who works there said it."""
    confirmation: Confirmation | None = None
    """Who confirmed this record, and when."""
    aliases: tuple[PageAddress, ...] = ()
    """Earlier addresses of this page."""
