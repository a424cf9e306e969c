"""A municipality: ``catalogue/municipalities/<slug>.yml``."""

from meedoenkaart.records.record import OrganisationRef, record
from meedoenkaart.records.scalars import CbsCode, LongText, Name, PageAddress, WebAddress
from meedoenkaart.records.shared import Confirmation, Contact, Note, RoleContact, Source


@record
class Guidance:
    """Who does the *maatschappelijke begeleiding* of new residents with a permit."""

    organisation: OrganisationRef | None = None
    """The organisation's record; None when it has none or the source names nobody."""
    note: Note | None = None
    """What the source says about it."""


@record
class Municipality:
    """A municipality of the region."""

    name: Name
    """The official name."""
    cbs_code: CbsCode
    """The code of Statistics Netherlands; it links the municipality to the table of places."""
    province: Name
    """The province's name."""
    seat: Name
    """The place of the town hall."""
    description: LongText | None = None
    """What is worth knowing, in plain Dutch."""
    website: WebAddress | None = None
    """The municipality's own site."""
    contact: Contact | None = None
    """A functional contact for newcomers."""
    contacts: tuple[RoleContact, ...] = ()
    """Whom those who guide somebody can call here, by role or question."""
    guidance: Guidance | None = None
    """Who does the *maatschappelijke begeleiding*; None: not known."""
    sources: tuple[Source, ...] = ()
    """Where this was read; none when who works there said it."""
    confirmation: Confirmation | None = None
    """Who confirmed this record, and when."""
    aliases: tuple[PageAddress, ...] = ()
    """Earlier addresses of this page."""
