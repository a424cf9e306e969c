"""Parts that several kinds of record have."""

from typing import Literal

from meedoenkaart.records.record import MunicipalityRef, RoleRef, record
from meedoenkaart.records.scalars import (
    Day,
    Email,
    Latitude,
    Longitude,
    Name,
    PartialDay,
    Phone,
    Postcode,
    ShortText,
    WebAddress,
    Yes,
)

Status = Literal["actief", "gepauzeerd", "gestopt"]
"""Whether it goes on now, is paused, or has ended."""


@record
class Source:
    """Where a fact comes from: a public page somebody can open."""

    address: WebAddress
    """The page."""
    title: Name
    """The site's or publication's name, shown as link text; never a person's name."""
    date: PartialDay | None = None
    """When the page was published, as precisely as it says; None when it does not."""
    date_is_estimate: Yes = False
    """True when the date was inferred rather than read."""


@record
class Confirmation:
    """Somebody of the organisation or a maintainer said: this is right.

    It is a source too: who works there knows it, and then no page has to say it.
    """

    on: Day
    """The day they said so."""
    by: Name
    """The organisation or function that said so, never a person's name."""


@record
class Contact:
    """Functional ways to get in touch; never those of a private person."""

    website: WebAddress | None = None
    """The organisation's own page."""
    email: Email | None = None
    """A general mailbox."""
    phone: Phone | None = None
    """A general number, as it is written."""


@record
class RoleContact:
    """Where those who guide somebody reach a role, or ask a question: functional, never a person."""

    role: RoleRef | None = None
    """Whom one reaches; None when only ``about`` says it."""
    about: ShortText | None = None
    """For which question or group, where the role alone does not say it."""
    contact: Contact | None = None
    """By which way; needed, though only a rule asks for it: a website, a mailbox or a number."""
    source: Source | None = None
    """Where this was read; None when who works there said it."""


@record
class Address:
    """Where people go."""

    street: Name | None = None
    """Street and house number, as far as known."""
    postcode: Postcode | None = None
    """``9101 AB``."""
    place: Name
    """The village or town, as in the table of places or ``catalogue/places.yml``."""
    municipality: MunicipalityRef | None = None
    """The place's municipality, when it is not the one of the file's folder."""


@record
class Position:
    """A point on the map that somebody looked up; without it the centre of the place counts."""

    latitude: Latitude
    """Degrees north, WGS 84."""
    longitude: Longitude
    """Degrees east, WGS 84."""
    precision: Literal["exact", "adres"]
    """``exact``: the entrance itself; ``adres``: found from the address."""


@record
class Note:
    """A remark with the source it comes from."""

    text: ShortText
    """What is worth knowing."""
    source: WebAddress | None = None
    """Where that was read."""
