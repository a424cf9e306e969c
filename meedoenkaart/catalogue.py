"""The catalogue: all records, linked and indexed. Immutable; ``check`` and ``build`` make it the same way."""

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import chain
from typing import NamedTuple, TypeVar

from meedoenkaart.draft import Draft
from meedoenkaart.geography.areas import NATIONWIDE, PROVINCES, covering
from meedoenkaart.geography.distance import Spot, degrees_around, kilometres, might_reach
from meedoenkaart.geography.places import Place, municipality_name, province
from meedoenkaart.records.handover import Handover
from meedoenkaart.records.municipality import Municipality
from meedoenkaart.records.organisation import Opportunity, Organisation
from meedoenkaart.records.reception import Reception
from meedoenkaart.records.reference import Glossary, Legal, LegalFact, PermissionRule
from meedoenkaart.records.route import Route, Statutory, route_in
from meedoenkaart.records.shared import Address, Position
from meedoenkaart.records.tasks import Tasks
from meedoenkaart.records.vocabulary import Vocabulary
from meedoenkaart.texts import texts

T = TypeVar("T")
DEFAULT_TERM_MONTHS = 12
"""Months after which a confirmation is stale, unless the vocabulary says otherwise for the kind."""
NEAR_KM = 25
"""What lies within so many kilometres of a reception location is near it."""
AT_A_PLACE = "ter-plaatse"
"""The way to take part for which one goes somewhere."""


@dataclass(frozen=True, slots=True)
class MunicipalityPage:
    """A municipality in the catalogue."""

    slug: str
    file: str
    record: Municipality
    areas: frozenset[str]
    """The areas that it lies in, itself included."""

    @property
    def name(self) -> str:
        """What readers call it: with its province where two municipalities share a name."""
        return municipality_name(self.record.cbs_code, self.record.name)

    @property
    def url(self) -> str:
        """The page's address from the site's root."""
        return f"gemeenten/{self.slug}/"


@dataclass(frozen=True, slots=True)
class Nationwide:
    """Takes the place of a municipality for organisations that work in the whole country."""

    slug: str
    url: str

    @property
    def name(self) -> str:
        """What it is called, in the language that is spoken."""
        return str(texts("pages")["nationwide"])


Home = MunicipalityPage | Nationwide
"""Under what an organisation is filed: the folder of its file."""


@dataclass(frozen=True, slots=True)
class RoutePage:
    """A municipality's integration route in the catalogue; it stands on the municipality's page."""

    slug: str
    """The municipality's."""
    file: str
    record: Route


@dataclass(frozen=True, slots=True)
class ReceptionPage:
    """A reception location in the catalogue."""

    slug: str
    file: str
    record: Reception
    municipality: MunicipalityPage
    spot: Spot

    @property
    def url(self) -> str:
        """The page's address from the site's root."""
        return f"azc/{self.slug}/"


@dataclass(frozen=True, slots=True)
class Permission:
    """The answer to "may somebody do this?", with the legal fact behind it."""

    answer: str
    """``ja``, ``ja-mits``, ``nee`` or ``onbekend``."""
    rule: PermissionRule
    fact: LegalFact | None


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """An organisation in the catalogue."""

    slug: str
    """``noardeast-fryslan/repair-cafe-dokkum``."""
    file: str
    record: Organisation
    home: Home
    venue: "Venue | None"
    """Its own address; None when it has none."""
    stale_since: datetime.date | None
    """The day on which its confirmation passed its term; None when it did not, or when nobody confirmed it."""

    @property
    def url(self) -> str:
        """The page's address from the site's root."""
        return f"kansen/{self.slug}/"

    @property
    def is_confirmed(self) -> bool:
        """Whether somebody of the organisation or a maintainer confirmed it, within its term."""
        return self.record.confirmation is not None and self.stale_since is None


@dataclass(frozen=True, slots=True)
class Venue:
    """A place where one takes part."""

    name: str | None
    """How people call it, where the address alone does not say it."""
    address: Address
    municipality: MunicipalityPage
    spot: Spot


@dataclass(frozen=True, slots=True)
class Offer:
    """An opportunity with what its organisation knows: where it is and whether somebody may start."""

    organisation: OrganisationPage
    opportunity: Opportunity
    venues: tuple[Venue, ...]
    """Where one may go; none when one takes part at home, by telephone or online."""
    areas: tuple[str, ...]
    """What it reaches: ids of municipalities, provinces or the whole country."""
    without_permit: Permission
    with_permit: Permission

    @property
    def url(self) -> str:
        """The address from the site's root, with the anchor on the organisation's page."""
        return f"{self.organisation.url}#{self.opportunity.id}"

    @property
    def key(self) -> str:
        """What scripts and stored lists call it: ``<municipality>/<organisation>#<id>``."""
        return f"{self.organisation.slug}#{self.opportunity.id}"

    @property
    def home(self) -> Home:
        """Where it is listed: the municipality of its first venue, or else where its organisation is filed."""
        return self.venues[0].municipality if self.venues else self.organisation.home

    @property
    def place(self) -> str:
        """The name of the village or town where it is, the first of several; empty when one goes nowhere."""
        return self.venues[0].address.place if self.venues else ""

    @property
    def is_paused(self) -> bool:
        """Whether it, or its organisation, is paused or has ended."""
        return not self.opportunity.status == self.organisation.record.status == "actief"

    @property
    def goes_without_travel(self) -> bool:
        """Whether one can take part at home, by telephone or online."""
        return not set(self.opportunity.ways) <= {AT_A_PLACE}

    def serves(self, municipality: MunicipalityPage) -> bool:
        """Say whether it reaches a municipality."""
        return not municipality.areas.isdisjoint(self.areas)

    def is_in(self, municipality: MunicipalityPage) -> bool:
        """Say whether one can go to it within a municipality."""
        return any(venue.municipality is municipality for venue in self.venues)

    def also_serves(self, municipality: MunicipalityPage) -> bool:
        """Say whether one goes to it elsewhere, though it reaches a municipality."""
        return bool(self.venues) and self.serves(municipality) and not self.is_in(municipality)


@dataclass(frozen=True, slots=True)
class Nearby:
    """An offer and how far it is."""

    offer: Offer
    venue: Venue
    """The nearest one."""
    kilometres: float
    """In a straight line."""


class Example(NamedTuple):
    """Names from the region itself, by which pages show what one can ask."""

    place: str
    """A village or town."""
    municipality: str
    reception: str
    """A reception location; where the region has none, its municipality."""


@dataclass(frozen=True)
class Catalogue:
    """Everything that is published. Mappings keep the order of the files' paths."""

    today: datetime.date
    vocabulary: Vocabulary
    legal: Legal
    glossary: Glossary
    municipalities: Mapping[str, MunicipalityPage]
    receptions: Mapping[str, ReceptionPage]
    organisations: Mapping[str, OrganisationPage]
    offers: tuple[Offer, ...]
    """Every opportunity, those of organisations that ended included."""
    routes: Mapping[str, RoutePage]
    """By the slug of their municipality."""
    nationwide: Nationwide
    statutory: Statutory | None
    """What the law asks of every route; None when the region leaves it out."""
    handover: Handover | None
    """What both sides prepare before a move; None when the region leaves it out."""
    tasks: Tasks | None
    """Who does what; None when the region leaves it out."""
    places: tuple[Place, ...]
    """Every place there is."""

    region: frozenset[str] = frozenset()
    """The provinces that the site is about; none when it is about all there is."""

    def look_up_all(self) -> None:
        """Look up all that is remembered, so that processes that are forked then share it and none does it again."""
        for name, one in vars(type(self)).items():
            if isinstance(one, cached_property):
                getattr(self, name)

    @cached_property
    def regional_municipalities(self) -> Mapping[str, MunicipalityPage]:
        """The municipalities of the region."""
        return {slug: one for slug, one in self.municipalities.items() if not self.is_elsewhere(one)}

    @cached_property
    def regional_receptions(self) -> Mapping[str, ReceptionPage]:
        """The reception locations of the region."""
        return {slug: one for slug, one in self.receptions.items() if not self.is_elsewhere(one.municipality)}

    @cached_property
    def regional_offers(self) -> tuple[Offer, ...]:
        """The current offers of the region: what its home page and its lists tell of."""
        return tuple(offer for offer in self.current_offers if not self.is_elsewhere(offer.home))

    @cached_property
    def example(self) -> Example:
        """The region's first reception location, an azc before others, or else its first municipality."""
        receptions = sorted(self.regional_receptions.values(), key=lambda one: one.record.type != "azc")
        if receptions:
            first = receptions[0]
            return Example(first.record.place, first.municipality.name, first.record.name)
        home = next(iter((self.regional_municipalities or self.municipalities).values()), None)
        return Example(home.record.seat, home.name, home.name) if home else Example(*["Amersfoort"] * 3)

    def is_elsewhere(self, home: Home) -> bool:
        """Say whether a municipality lies outside the region: it has its page, and serves those who move there."""
        return bool(self.region) and not isinstance(home, Nationwide) and home.record.province not in self.region

    def is_current(self, offer: Offer) -> bool:
        """Say whether one can choose an opportunity today: it neither ended nor is past its last day."""
        return _is_current(offer, self.today)

    @cached_property
    def current_offers(self) -> tuple[Offer, ...]:
        """The opportunities one can choose today, by place and title."""
        current = [offer for offer in self.offers if self.is_current(offer)]
        return tuple(sorted(current, key=lambda offer: (offer.place, str(offer.opportunity.title), offer.url)))

    @cached_property
    def _offers_by_organisation(self) -> Mapping[str, list[Offer]]:
        return _grouped(self.offers, lambda offer: [offer.organisation.slug])

    @cached_property
    def offers_by_municipality(self) -> Mapping[str, list[Offer]]:
        """Current offers by slug of each municipality where one can go to them."""
        return _grouped(
            self.current_offers, lambda offer: dict.fromkeys(venue.municipality.slug for venue in offer.venues)
        )

    @cached_property
    def offers_without_travel(self) -> tuple[Offer, ...]:
        """Current offers that one can take part in at home, by telephone or online."""
        return tuple(offer for offer in self.current_offers if offer.goes_without_travel)

    @cached_property
    def offers_by_activity(self) -> Mapping[str, list[Offer]]:
        """Current offers of the region by activity."""
        return _grouped(self.regional_offers, lambda offer: [offer.opportunity.activity])

    @cached_property
    def offers_by_sector(self) -> Mapping[str, list[Offer]]:
        """Current offers of the region by sector; one offer may stand under several."""
        return _grouped(self.regional_offers, lambda offer: offer.opportunity.sectors)

    @cached_property
    def organisations_by_home(self) -> Mapping[str, list[OrganisationPage]]:
        """Organisations by slug of what they are filed under."""
        return _grouped(self.organisations.values(), lambda one: [one.home.slug])

    @cached_property
    def organisations_by_network(self) -> Mapping[str, list[OrganisationPage]]:
        """Organisations that have current offers by network, in the order of their files."""
        found = (one for one in self.organisations.values() if one.record.networks)
        offering = (one for one in found if any(map(self.is_current, self.offers_of(one))))
        return _grouped(offering, lambda one: one.record.networks)

    @cached_property
    def network_in_each_home(self) -> Mapping[str, list[OrganisationPage]]:
        """By network one of its organisations in each municipality, the first of its files."""
        return {
            network: list({one.home.slug: one for one in reversed(found)}.values())[::-1]
            for network, found in self.organisations_by_network.items()
        }

    @cached_property
    def networks_by_area(self) -> Mapping[str, Mapping[str, list[OrganisationPage]]]:
        """The same organisations by area in which they are or work, and then by network."""
        return {
            area: _grouped(found, lambda one: one.record.networks)
            for area, found in _grouped(
                {one.slug: one for found in self.organisations_by_network.values() for one in found}.values(),
                lambda one: dict.fromkeys((one.home.slug, *one.record.serves)),
            ).items()
        }

    def from_elsewhere(self, municipality: MunicipalityPage) -> list[OrganisationPage]:
        """Return the organisations filed elsewhere whose current offers reach a municipality, though one travels."""
        found = {offer.organisation.slug for offer in self._reaching(municipality)}
        return [one for slug, one in self.organisations.items() if slug in found and one.home is not municipality]

    @cached_property
    def _offers_by_area(self) -> Mapping[str, list[Offer]]:
        return _grouped(self.current_offers, lambda offer: offer.areas)

    def _reaching(self, municipality: MunicipalityPage) -> Iterator[Offer]:
        """Yield the current offers that one goes to elsewhere though they reach a municipality, some more than once."""
        for area in municipality.areas:
            yield from (one for one in self._offers_by_area.get(area, ()) if one.also_serves(municipality))

    def area_name(self, area: str) -> str:
        """Return what an area is called: a municipality, a province, or the whole country."""
        municipality = self.municipalities.get(area)
        return municipality.name if municipality else PROVINCES.get(area, self.nationwide.name)

    def offers_of(self, organisation: OrganisationPage) -> list[Offer]:
        """Return the opportunities of an organisation in the order of its file."""
        return self._offers_by_organisation.get(organisation.slug, [])

    @cached_property
    def _numbers(self) -> Mapping[int, int]:
        """The number of each current offer, by its identity."""
        return {id(offer): number for number, offer in enumerate(self.current_offers)}

    @cached_property
    def _from_south(self) -> tuple[list[float], list[float], list[int]]:
        """The latitude and longitude of each venue, from south to north, and the number of its current offer."""
        spots = [(venue.spot, number) for number, offer in enumerate(self.current_offers) for venue in offer.venues]
        spots.sort(key=lambda one: one[0].latitude)
        numbers = [number for _, number in spots]
        return [spot.latitude for spot, _ in spots], [spot.longitude for spot, _ in spots], numbers

    def near(self, spot: Spot, within: float, municipality: MunicipalityPage | None = None) -> list[Nearby]:
        """Return the current offers within so many kilometres, nearest first.

        Those from farther away that reach the municipality of the spot too are among them.
        """
        from_elsewhere = {self._numbers[id(one)] for one in self._reaching(municipality)} if municipality else set()
        north, east = degrees_around(spot, within)
        latitudes, longitudes, numbers = self._from_south
        band = slice(bisect_left(latitudes, spot.latitude - north), bisect_right(latitudes, spot.latitude + north))
        along = zip(numbers[band], longitudes[band], strict=True)
        around = [number for number, longitude in along if abs(longitude - spot.longitude) <= east]
        found = []
        for number in sorted(from_elsewhere.union(around)):
            offer, reaches = self.current_offers[number], number in from_elsewhere
            venues: Sequence[Venue] = offer.venues
            if not reaches and len(venues) > 1:
                venues = [one for one in venues if might_reach(spot, one.spot, within)]
            away, nearest = min((kilometres(spot, one.spot), at) for at, one in enumerate(venues))
            if reaches or away <= within:
                found.append(Nearby(offer, venues[nearest], away))
        return sorted(found, key=lambda one: one.kilometres)

    @cached_property
    def near_receptions(self) -> Mapping[str, list[Nearby]]:
        """What is near each reception location, by its slug."""
        return {slug: self.near(one.spot, NEAR_KM, one.municipality) for slug, one in self.receptions.items()}

    def without_travel(self, municipality: MunicipalityPage, besides: Iterable[Offer]) -> list[Offer]:
        """Return the offers for people in a municipality that need no travel, besides those already found near."""
        known = {id(offer) for offer in besides}
        return [one for one in self.offers_without_travel if one.serves(municipality) and id(one) not in known]


def link(draft: Draft, today: datetime.date, region: frozenset[str] = frozenset()) -> Catalogue:
    """Link the records of a draft without errors into a catalogue of a region, or of all there is."""
    vocabulary, legal, glossary = (draft.single(name) for name in ("vocabulary", "legal", "glossary"))
    municipalities = {
        slug: MunicipalityPage(slug, one.file, one.record, covering(slug, province(one.record.cbs_code)))
        for slug, one in draft.records("municipalities").items()
    }
    nationwide = Nationwide(NATIONWIDE, f"kansen/{NATIONWIDE}/")
    receptions = {
        slug: ReceptionPage(
            slug,
            one.file,
            one.record,
            municipalities[one.record.municipality],
            _spot(draft, one.record.place, municipalities[one.record.municipality], one.record.position),
        )
        for slug, one in draft.records("reception").items()
    }
    routes = {
        municipality: RoutePage(municipality, one.file, route_in(one.record, municipality))
        for slug, one in draft.records("routes").items()
        for municipality in one.record.municipalities or (slug,)
    }
    around = Catalogue(
        today,
        vocabulary,
        legal,
        glossary,
        municipalities,
        receptions,
        {},
        (),
        routes,
        nationwide,
        draft.single("statutory"),
        draft.single("handover"),
        draft.single("tasks"),
        tuple(draft.places),
        region,
    )
    return with_organisations(around, draft)


def with_organisations(catalogue: Catalogue, draft: Draft) -> Catalogue:
    """Return a catalogue with the organisations of a draft added, or in the place of those it has of the same name."""
    today, vocabulary, legal = catalogue.today, catalogue.vocabulary, catalogue.legal
    without_permit, with_permit = (_answers(rules, legal) for rules in (legal.without_permit, legal.with_permit))
    organisations = dict(catalogue.organisations)
    offers = {slug: catalogue.offers_of(one) for slug, one in organisations.items()}
    for slug, one in draft.records("organisations").items():
        record: Organisation = one.record
        home = catalogue.municipalities.get(slug.partition("/")[0], catalogue.nationwide)
        venue_at = partial(_venue, draft, catalogue.municipalities, home)
        own = venue_at(None, record.address, record.position) if record.address else None
        page = OrganisationPage(slug, one.file, record, home, own, stale_since(record, vocabulary, today))
        organisations[slug] = page
        offers[slug] = []
        for opportunity in record.opportunities:
            goes_somewhere = not opportunity.ways or AT_A_PLACE in opportunity.ways
            venues = [venue_at(one.name, one.address, one.position) for one in opportunity.locations]
            offers[slug].append(
                Offer(
                    page,
                    opportunity,
                    tuple(venues or ([own] if own and goes_somewhere else ())),
                    opportunity.serves or tuple(dict.fromkeys((*_areas_of(page), *record.serves))),
                    _permission(without_permit, vocabulary, opportunity, today),
                    _permission(with_permit, vocabulary, opportunity, today),
                )
            )
    return replace(catalogue, organisations=organisations, offers=tuple(chain.from_iterable(offers.values())))


def _answers(rules: Iterable[PermissionRule], legal: Legal) -> list[Permission]:
    return [Permission(rule.answer, rule, legal.facts[rule.fact] if rule.fact else None) for rule in rules]


def _permission(
    answers: Iterable[Permission], vocabulary: Vocabulary, opportunity: Opportunity, today: datetime.date
) -> Permission:
    """Return the answer of the first rule of ``catalogue/legal.yml`` that fits an opportunity."""
    declaration = opportunity.requirements.declaration if opportunity.requirements else None
    expired = declaration and declaration.until and declaration.until < today
    state = declaration.status if declaration and not expired else "onbekend"
    audience = {id for id in opportunity.audience if vocabulary.audiences[id].about_permit}
    for answer in answers:
        rule = answer.rule
        if (
            (not rule.activities or opportunity.activity in rule.activities)
            and (not rule.only_for or (audience and audience <= set(rule.only_for)))
            and (not rule.declaration or state in rule.declaration)
        ):
            return answer
    raise LookupError("the last permission rule has to fit everything")  # held by the rule permission-incomplete


def stale_since(record: Organisation, vocabulary: Vocabulary, today: datetime.date) -> datetime.date | None:
    """Return the day after which a confirmation no longer counts, if that day has passed."""
    end = confirmed_until(record, vocabulary)
    return end if end and end < today else None


def confirmed_until(record: Organisation, vocabulary: Vocabulary) -> datetime.date | None:
    """Return the last day on which a confirmation counts; None when nobody confirmed the record."""
    if record.confirmation is None:
        return None
    term = vocabulary.kinds.get(record.kind)
    return months_later(record.confirmation.on, (term and term.confirm_within_months) or DEFAULT_TERM_MONTHS)


def months_later(day: datetime.date, months: int) -> datetime.date:
    """Return the same day of the month so many months later, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = datetime.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(datetime.date(year, month + 1, 1) + datetime.timedelta(day.day - 1), following - datetime.timedelta(1))


def _areas_of(page: OrganisationPage) -> tuple[str, ...]:
    """Return the area that an organisation reaches by where it is filed."""
    return () if isinstance(page.home, Nationwide) and page.record.serves else (page.home.slug,)


def _venue(
    draft: Draft,
    municipalities: Mapping[str, MunicipalityPage],
    home: Home,
    name: str | None,
    address: Address,
    position: Position | None,
) -> Venue:
    municipality = municipalities[address.municipality or home.slug]
    return Venue(name, address, municipality, _spot(draft, address.place, municipality, position))


def _spot(draft: Draft, name: str, municipality: MunicipalityPage, position: Position | None) -> Spot:
    if position:
        return Spot(position.latitude, position.longitude, position.precision)
    return draft.places.named(name, municipality.record.cbs_code)[0].spot


def _is_current(offer: Offer, today: datetime.date) -> bool:
    last = offer.opportunity.last_day
    return (
        offer.organisation.record.status != "gestopt"
        and offer.opportunity.status != "gestopt"
        and (last is None or last >= today)
    )


def _grouped(found: Iterable[T], groups: Callable[[T], Iterable[str]]) -> dict[str, list[T]]:
    by_group: dict[str, list[T]] = {}
    for one in found:
        for group in groups(one):
            by_group.setdefault(group, []).append(one)
    return by_group
