"""Files that hold one list for the whole region: legal facts, the glossary and added places, all in ``catalogue/``."""

from typing import Annotated, Literal

from pydantic import Field

from meedoenkaart.records.record import Activity, Audience, MunicipalityRef, record
from meedoenkaart.records.scalars import Day, Latitude, Longitude, LongText, Name, ShortText, Slug, Title, WebAddress
from meedoenkaart.records.shared import Source


@record
class LegalFact:
    """What the law or the body that carries it out says, in plain words."""

    title: Title
    """The fact in a few words."""
    text: LongText
    """The fact in plain Dutch."""
    what_to_do: LongText | None = None
    """What an organisation or casemanager has to do."""
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    """Where this was read; at least one."""


@record
class PermissionRule:
    """May somebody do this, and under which legal fact? The first rule that fits an opportunity counts."""

    activities: tuple[Activity, ...] = ()
    """Activities that it is about; empty means all."""
    only_for: tuple[Audience, ...] = ()
    """Fits when the opportunity is for these alone, among the audiences that are about permits; empty means anybody."""
    declaration: tuple[Literal["aanwezig", "aangevraagd", "niet-nodig", "onbekend"], ...] = ()
    """Fits when the opportunity's volunteer declaration has one of these states; empty means any."""
    answer: Literal["ja", "ja-mits", "nee", "onbekend"]
    """Yes; yes, on a condition; no; not known."""
    sentence: ShortText
    """The answer in one plain sentence."""
    fact: Slug | None = None
    """The legal fact behind it, an id under ``facts``."""


@record
class Legal:
    """What the site says about permits: ``catalogue/legal.yml``. Nothing of law is written in code."""

    facts: Annotated[dict[Slug, LegalFact], Field(min_length=1)]
    """The facts by id."""
    without_permit: Annotated[tuple[PermissionRule, ...], Field(min_length=1)]
    """"Mag dit zonder verblijfsvergunning?", for somebody whose asylum procedure still runs."""
    with_permit: Annotated[tuple[PermissionRule, ...], Field(min_length=1)]
    """The same question for a permit holder."""


@record
class GlossaryTerm:
    """A term of the field."""

    term: Name
    """As people write it: ``azc``."""
    meaning: Name | None = None
    """What an abbreviation stands for."""
    explanation: ShortText
    """What it means, in one or two plain sentences."""
    also: tuple[Name, ...] = ()
    """Other words that are explained too; a plural in -en, -s or 's is found by itself."""
    source: Source | None = None
    """Where the meaning was read; None: unverified."""


@record
class Glossary:
    """The terms that the site explains: ``catalogue/glossary.yml``."""

    terms: Annotated[dict[Slug, GlossaryTerm], Field(min_length=1)]
    """The terms by id, which is also their anchor on the page."""


@record
class AddedPlace:
    """A village that the table of places lacks."""

    name: Name
    """As people write it."""
    municipality: MunicipalityRef
    """Its municipality."""
    latitude: Latitude
    """Degrees north of its centre, WGS 84."""
    longitude: Longitude
    """Degrees east of its centre, WGS 84."""
    also: tuple[Name, ...] = ()
    """Other names of the same place, for example in Frisian."""
    source: Source
    """Where the position was read."""


@record
class AddedPlaces:
    """Villages that the table of places lacks: ``catalogue/places.yml``."""

    places: tuple[AddedPlace, ...] = ()
    """The villages."""


@record
class LinkException:
    """A web address that may go without an answer for a while."""

    address: WebAddress
    """The address as it stands in a record."""
    reason: ShortText
    """Why it does not answer, and why it stays."""
    until: Day
    """The last day on which that is accepted."""


@record
class LinkExceptions:
    """Web addresses that may go without an answer: ``catalogue/links.yml``."""

    exceptions: tuple[LinkException, ...] = ()
    """The addresses, each with a reason and an end."""
