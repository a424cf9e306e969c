"""The facets by which people search: ``catalogue/vocabulary.yml``. A region adds its own values without code."""

from dataclasses import fields
from typing import Annotated, Literal

from pydantic import Field

from meedoenkaart.records.record import record
from meedoenkaart.records.scalars import Count, Level, Name, ShortText, Slug, Title, WebAddress, Yes


@record
class Term:
    """One value of a facet."""

    label: Title
    """What a reader sees."""
    explanation: ShortText
    """What it means, in one plain sentence."""
    icon: Slug
    """The name of an icon of Lucide: ``bike``."""
    synonyms: tuple[Name, ...] = ()
    """Other words by which people look for it, in Dutch."""
    synonyms_in: dict[Slug, tuple[Name, ...]] | None = None
    """The same in other languages, by ISO 639 code; all languages are searched together."""
    confirm_within_months: Count | None = None
    """For a kind of organisation: after how many months a confirmation is stale; 12 when absent."""
    reach: Literal["landelijk", "regionaal"] | None = None
    """For a network: whether a newcomer finds it all over the country or in this region only."""
    website: WebAddress | None = None
    """For a network: its site."""
    only_at_reception: Yes = False
    """For a network: whether it works at reception locations only, so that nobody finds it again after a move."""
    about_permit: Yes = False
    """For an audience: whether it says something about somebody's residence permit."""

    @property
    def is_everywhere(self) -> bool:
        """Whether somebody who moves finds this network again, wherever that is."""
        return self.reach == "landelijk" and not self.only_at_reception

    @property
    def words(self) -> tuple[str, ...]:
        """Other words for it, in every language."""
        return (*self.synonyms, *(word for words in (self.synonyms_in or {}).values() for word in words))


@record
class LanguageTerm:
    """A language people speak."""

    label: Name
    """Its name in Dutch."""
    endonym: Name
    """Its name in itself."""


@record
class Role:
    """What somebody does for newcomers, whatever it is called: on a route, or at an organisation that one can call."""

    label: Title
    """What a reader sees."""
    explanation: ShortText
    """What this role does, in one plain sentence."""
    icon: Slug
    """The name of an icon of Lucide."""
    also: tuple[Name, ...] = ()
    """What it is called in places: ``klantregisseur``."""


@record
class Vocabulary:
    """All facets, each a mapping of id to term, in the order in which they are shown."""

    kinds: Annotated[dict[Slug, Term], Field(min_length=1)]
    """Sorts of organisation."""
    activities: Annotated[dict[Slug, Term], Field(min_length=1)]
    """What one can do."""
    sectors: Annotated[dict[Slug, Term], Field(min_length=1)]
    """Fields of work."""
    audiences: Annotated[dict[Slug, Term], Field(min_length=1)]
    """For whom."""
    levels: Annotated[dict[Level, Term], Field(min_length=1)]
    """Levels of Dutch, lowest first."""
    networks: Annotated[dict[Slug, Term], Field(min_length=1)]
    """Umbrella organisations."""
    languages: Annotated[dict[Slug, LanguageTerm], Field(min_length=1)]
    """Languages, by ISO 639 code."""
    roles: dict[Slug, Role] = Field(default_factory=dict)
    """What people do for newcomers, in the order of a newcomer's way."""


FACETS = tuple(field.name for field in fields(Vocabulary))
"""The names of the facets, in their order."""
