"""Organisations and what they offer in the terms of HSDS 3.0, the Human Services Data Specification of Open Referral.

What HSDS has no field for stands in fields of our own, which the profile describes (``hsds_tables.py``).
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from orjson import Fragment

from meedoenkaart.catalogue import Catalogue, Offer, OrganisationPage, Venue
from meedoenkaart.open_data.files import About, line, uuid_of
from meedoenkaart.records.organisation import Change, Meeting, Opportunity, Schedule
from meedoenkaart.records.shared import Contact, RoleContact
from meedoenkaart.records.vocabulary import FACETS, LanguageTerm, Vocabulary
from meedoenkaart.texts import texts
from meedoenkaart.times.days import all_closed, changed, has_days, months, recurrence
from meedoenkaart.times.sentence import meeting_lines, sentence

Values = dict[str, Any]
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
STATUS = {"actief": "active", "gepauzeerd": "temporarily closed", "gestopt": "defunct"}
TIME_ZONE = "Europe/Amsterdam"


def known(**values: Any) -> Values:
    """Return what is known of some values."""
    return {name: value for name, value in values.items() if value is not None and value != "" and value != []}


class AtLocation(NamedTuple):
    """An opportunity at a place."""

    alone: Values
    """With the place, when it is there rather than elsewhere, and the service, for who asks for it by itself."""
    listed: Values
    """As lists have it: without what belongs to the place."""


class Service(NamedTuple):
    """An opportunity."""

    whole: Values
    """With all that belongs to it."""
    listed: bytes
    """As lists have it, as JSON: with its organisation."""
    at_locations: Sequence[AtLocation]


class Organization(NamedTuple):
    """An organisation with what it offers, each object made once."""

    whole: Values
    """With all that belongs to it, and its services in short."""
    listed: bytes
    """Without what belongs to it, as JSON."""
    services: Sequence[Service]


class Hsds:
    """The catalogue in the terms of HSDS, each object as its JSON has it."""

    def __init__(self, catalogue: Catalogue, about: About) -> None:
        """Take the catalogue and what the site is called."""
        self._catalogue = catalogue
        self._about = about
        self._words = texts("open-data")["hsds"]
        year = catalogue.today.year
        self._years = datetime.date(year, 1, 1), datetime.date(year + 1, 12, 31)

    def organization(self, page: OrganisationPage) -> Organization:
        """Return an organisation and its services."""
        told = self._organization_in_short(page)
        id, listed = told["id"], line(told)
        locations: dict[str, Values] = {}
        if page.venue:
            locations[_key(page.venue)] = self._location(page, page.venue)
        shorts, services = [], []
        for offer in self._catalogue.offers_of(page):
            venues: dict[str, Venue] = {}
            for venue in offer.venues:
                key = _key(venue)
                venues.setdefault(key, venue)
                if key not in locations:
                    locations[key] = self._location(page, venue)
            short = self._service_in_short(offer, id)
            shorts.append(short)
            places = [(venue, locations[key]) for key, venue in venues.items()]
            services.append(self._service(offer, short, Fragment(listed), places))
        whole = told | self._of_organization(id, page) | known(locations=list(locations.values()), services=shorts)
        return Organization(whole, listed, services)

    def _organization_in_short(self, page: OrganisationPage) -> Values:
        record = page.record
        contact = record.contact or Contact()
        place = record.address.place if record.address else page.home.name
        kind = str(self._catalogue.vocabulary.kinds[record.kind].label)
        described = str(record.description or self._words["organisation"].format(kind=kind, place=place))
        return {
            "id": uuid_of(page.url),
            "name": record.name,
            "description": described,
            **known(email=contact.email, website=contact.website),
            "uri": self._about.address(page.url),
            "sources": record.sources,
            "license": self._about.attribution,
        }

    def _of_organization(self, id: str, page: OrganisationPage) -> Values:
        """Return what belongs to an organisation and to none of its services."""
        record = page.record
        phone = record.contact.phone if record.contact else None
        terms = [("kinds", record.kind), *(("networks", one) for one in record.networks)]
        return known(
            phones=[self._phone(id, phone)] if phone else [],
            contacts=[self._contact(id, number, one) for number, one in enumerate(record.contacts, 1)],
            attributes=self._attributes(id, "organization", terms),
            metadata=list(self._metadata(id, page)),
        )

    def _service_in_short(self, offer: Offer, organization: str) -> Values:
        what, page = offer.opportunity, offer.organisation
        words = self._words
        costs, joining, age, confirmation = what.costs, what.joining, what.age, page.record.confirmation
        contact = page.record.contact
        fees = [words["costs"].get(costs.kind), costs.note, words["travel"].get(costs.travel)] if costs else []
        ways = [words["through"].get(joining.through), joining.note] if joining else []
        return {
            "id": uuid_of(offer.url),
            "organization_id": organization,
            "name": str(what.title),
            "url": self._about.address(offer.url),
            "status": self._status(offer),
            **known(
                description=str(what.description or ""),
                email=contact.email if contact else None,
                application_process=_sentences(ways),
                fees_description=_sentences(fees),
                eligibility_description=self._eligibility(offer),
                minimum_age=age.least if age else None,
                maximum_age=age.most if age else None,
                assured_date=confirmation.on.isoformat() if confirmation else None,
                dutch_level=what.dutch.level if what.dutch else None,
                dutch_note=str(what.dutch.note or "") if what.dutch else None,
                ways=list(what.ways),
                hours_per_week=what.commitment.hours_per_week if what.commitment else None,
                duration=str(what.commitment.duration or "") if what.commitment else None,
                places=what.places,
                continuity=list(what.continuity.ways) if what.continuity else None,
                continuity_note=str(what.continuity.note or "") if what.continuity else None,
                first_day=what.first_day.isoformat() if what.first_day else None,
                last_day=what.last_day.isoformat() if what.last_day else None,
            ),
            "without_permit": offer.without_permit.answer,
            "with_permit": offer.with_permit.answer,
        }

    def _service(
        self, offer: Offer, short: Values, organization: Fragment, venues: Iterable[tuple[Venue, Values]]
    ) -> Service:
        what, id = offer.opportunity, short["id"]
        whole = short | {"organization": organization}
        listed = line(whole)
        at_locations = [self._at_location(offer, venue, location) for venue, location in venues]
        terms = [("activities", what.activity), *(("sectors", one) for one in what.sectors)]
        terms += [("audiences", one) for one in what.audience]
        terms += [("levels", what.dutch.level)] if what.dutch and what.dutch.level else []
        whole |= known(
            schedules=list(self._schedules(id, what, None)),
            service_areas=[self._area(id, one) for one in offer.areas],
            service_at_locations=at_locations,
            languages=[self._language(id, one) for one in what.languages],
            cost_options=list(self._costs(id, what)),
            required_documents=list(self._documents(id, what)),
            attributes=self._attributes(id, "service", terms),
        )
        return Service(whole, listed, [_alone_and_listed(one, Fragment(listed)) for one in at_locations])

    def _at_location(self, offer: Offer, venue: Venue, location: Values) -> Values:
        """Return that an opportunity is at a place, with the place and when it is there rather than elsewhere."""
        id = uuid_of(f"{offer.url}@{location['id']}")
        schedules = list(self._schedules(id, offer.opportunity, venue.name)) if venue.name else []
        return {"id": id, "service_id": uuid_of(offer.url), "location_id": location["id"]} | known(
            schedules=schedules, location=location
        )

    def _location(self, page: OrganisationPage, venue: Venue) -> Values:
        """Return a place; its position only when it is more than the middle of a village."""
        id = uuid_of(f"{page.url}locations/{_key(venue)}")
        address, spot, municipality = venue.address, venue.spot, venue.municipality
        point = {} if spot.precision == "plaats" else {"latitude": spot.latitude, "longitude": spot.longitude}
        where = self._words["place"].format(place=address.place, municipality=municipality.name)
        own = venue is page.venue and page.record.accessible != "onbekend"
        accessible = {
            "id": uuid_of(f"{id}/accessibility"),
            "location_id": id,
            "description": self._words["accessible"][page.record.accessible] if own else "",
        }
        return {
            "id": id,
            "location_type": "physical",
            "organization_id": uuid_of(page.url),
            "name": venue.name or address.street or address.place,
            "description": where,
            **point,
            "place": address.place,
            "municipality_code": municipality.record.cbs_code,
            **known(
                street=address.street,
                addresses=[self._address(id, venue)] if address.street and address.postcode else [],
                accessibility=[accessible] if own else [],
            ),
        }

    @cached_property
    def taxonomies(self) -> list[Values]:
        """The facets of our vocabulary that explain their terms."""
        said = texts("fields")[Vocabulary.__name__]
        return [
            {
                "id": uuid_of(f"vocabulary/{facet}"),
                "name": said[facet]["label"],
                "description": said[facet]["help"],
                "uri": self._about.address("api/v1/vocabulary.json"),
                "version": "1",
                "license": self._about.attribution,
            }
            for facet in self._facets
        ]

    @cached_property
    def taxonomy_terms(self) -> Mapping[tuple[str, str], Values]:
        """The terms of these facets, by facet and id."""
        return {
            (facet, id): {
                "id": uuid_of(f"vocabulary/{facet}/{id}"),
                "code": f"{facet}/{id}",
                "name": str(term.label),
                "description": str(term.explanation),
                "taxonomy": facet,
                "language": "nl",
                "taxonomy_id": uuid_of(f"vocabulary/{facet}"),
            }
            for facet in self._facets
            for id, term in getattr(self._catalogue.vocabulary, facet).items()
        }

    def terms_alone(self) -> Iterator[Values]:
        """Yield the terms for who asks for them by themselves."""
        yield from (one | {"license": self._about.attribution} for one in self.taxonomy_terms.values())

    @cached_property
    def _facets(self) -> Sequence[str]:
        vocabulary = self._catalogue.vocabulary
        return [
            facet
            for facet in FACETS
            if not any(isinstance(one, LanguageTerm) for one in getattr(vocabulary, facet).values())
        ]

    def _status(self, offer: Offer) -> str:
        """Return whether it goes on: what has a last day that passed does not."""
        for status in ("gestopt", "gepauzeerd"):
            if status in (offer.opportunity.status, offer.organisation.record.status):
                return STATUS[status]
        return "active" if self._catalogue.is_current(offer) else "inactive"

    def _eligibility(self, offer: Offer) -> str:
        vocabulary = self._catalogue.vocabulary
        audience = ", ".join(str(vocabulary.audiences[one].label) for one in offer.opportunity.audience)
        dutch = offer.opportunity.dutch
        level = self._words["level"].format(level=dutch.level) if dutch and dutch.level else ""
        without, with_permit = offer.without_permit.rule.sentence, offer.with_permit.rule.sentence
        said = self._words["permit"]
        permits = [said["nee"].format(sentence=without), said["ja"].format(sentence=with_permit)]
        return _sentences([self._words["audience"].format(audience=audience) if audience else "", level, *permits])

    def _phone(self, owner: str, number: str) -> Values:
        return {"id": uuid_of(f"{owner}/phone"), "number": number, "type": "voice"}

    def _contact(self, owner: str, number: int, contact: RoleContact) -> Values:
        """Return whom one reaches, a function and never a person."""
        id = uuid_of(f"{owner}/contacts/{number}")
        role = self._catalogue.vocabulary.roles[contact.role].label if contact.role else None
        ways = contact.contact or Contact()
        return {"id": id} | known(
            title=str(role or ""),
            department=str(contact.about or ""),
            email=ways.email,
            website=ways.website,
            phones=[self._phone(id, ways.phone)] if ways.phone else [],
        )

    def _address(self, owner: str, venue: Venue) -> Values:
        address, municipality = venue.address, venue.municipality.record
        return {
            "id": uuid_of(f"{owner}/address"),
            "location_id": owner,
            "address_1": address.street,
            "city": address.place,
            "region": municipality.name,
            "state_province": municipality.province,
            "postal_code": address.postcode,
            "country": "NL",
            "address_type": "physical",
        }

    def _attributes(self, owner: str, kind: str, terms: Iterable[tuple[str, str]]) -> list[Values]:
        return [
            {
                "id": uuid_of(f"{owner}/{facet}/{id}"),
                "link_id": owner,
                "taxonomy_term_id": self.taxonomy_terms[facet, id]["id"],
                "link_type": facet,
                "link_entity": kind,
                "taxonomy_term": self.taxonomy_terms[facet, id],
            }
            for facet, id in terms
        ]

    def _metadata(self, owner: str, page: OrganisationPage) -> Iterator[Values]:
        """Yield who said it when: the sources of which the day is known, and who confirmed it."""
        said = [(one.date, "published", "sources", one.address, one.title) for one in page.record.sources if one.date]
        told = page.record.confirmation
        if told:
            said.append((told.on.isoformat(), "confirmed", "confirmation", self._words["confirmed"], told.by))
        for number, (day, action, field, value, by) in enumerate(said, 1):
            if len(day) == len("2026-11-22"):
                yield {
                    "id": uuid_of(f"{owner}/metadata/{number}"),
                    "resource_id": owner,
                    "resource_type": "organization",
                    "last_action_date": day,
                    "last_action_type": action,
                    "field_name": field,
                    "previous_value": self._words["unknown"],
                    "replacement_value": value,
                    "updated_by": by,
                }

    def _area(self, owner: str, area: str) -> Values:
        page = self._catalogue.municipalities.get(area)
        code = page.record.cbs_code if page else area
        return {
            "id": uuid_of(f"{owner}/areas/{area}"),
            "service_id": owner,
            "name": self._catalogue.area_name(area),
            "extent": code,
            "extent_type": "text",
        }

    def _language(self, owner: str, code: str) -> Values:
        label = self._catalogue.vocabulary.languages[code].label
        return {"id": uuid_of(f"{owner}/languages/{code}"), "service_id": owner, "name": label, "code": code}

    def _costs(self, owner: str, what: Opportunity) -> Iterator[Values]:
        costs = what.costs
        if costs and costs.kind != "onbekend":
            free = {"amount": 0, "currency": "EUR"} if costs.kind == "gratis" else {}
            yield {
                "id": uuid_of(f"{owner}/costs"),
                "service_id": owner,
                "option": self._words["costs"][costs.kind],
                **free,
                **known(amount_description=str(costs.note or "")),
            }

    def _documents(self, owner: str, what: Opportunity) -> Iterator[Values]:
        """Yield what must be arranged before somebody starts."""
        needs = what.requirements
        if needs and needs.vog == "ja":
            yield {"id": uuid_of(f"{owner}/vog"), "service_id": owner, "document": self._words["vog"]}
        declared = needs.declaration if needs else None
        if declared and declared.status in self._words["declaration"]:
            until = self._words["until"].format(day=declared.until) if declared.until else ""
            document = self._words["declaration"][declared.status] + until
            yield {"id": uuid_of(f"{owner}/declaration"), "service_id": owner, "document": document}

    def _schedules(self, owner: str, what: Opportunity, at: str | None) -> Iterator[Values]:
        """Yield when it is at one of its locations, or without ``at`` whatever is not only at one of them."""
        schedule = what.schedule
        if schedule is None:
            return
        meetings = [(number, one) for number, one in enumerate(schedule.meetings, 1) if one.at == at]
        changes = [(number, one) for number, one in enumerate(schedule.changes, 1) if one.at == at]
        for number, meeting in meetings:
            for times in _times(meeting, what):
                id = uuid_of(f"{owner}/schedules/{number}/{times.get('dtstart', '') if 'count' in times else ''}")
                said = {"description": " ".join(meeting_lines(Schedule(meetings=(meeting,))))}
                yield {"id": id} | times | known(**said) | self._exceptions(schedule, has_days(meeting))
        for number, change in changes:
            yield {"id": uuid_of(f"{owner}/changes/{number}")} | _once(schedule, change)
        if schedule.words and at is None:
            notes = {"description": sentence(schedule), "notes": str(schedule.words)}
            yield {"id": uuid_of(f"{owner}/schedules/words")} | known(**notes)

    def _exceptions(self, schedule: Schedule, with_days: bool) -> Values:
        """Return in which days of this and the next year it is not."""
        if not with_days:
            return {}
        shut = {f"{one.first}/{one.last}" for one in all_closed(schedule, *self._years)}
        shut |= {f"{one.instead_of}/{one.instead_of}" for one in schedule.changes if one.instead_of}
        return known(except_periods=sorted(shut))


def _key(venue: Venue) -> str:
    """Return what makes a place of an organisation another one."""
    address = venue.address
    return f"{venue.name or address.street or ''}|{address.place}|{venue.municipality.slug}"


def _alone_and_listed(told: Values, service: Fragment) -> AtLocation:
    location = {name: one for name, one in told["location"].items() if name not in ("addresses", "accessibility")}
    listed = {name: one for name, one in told.items() if name != "schedules"}
    return AtLocation(told | {"service": service}, listed | {"location": location, "service": service})


def _sentences(parts: Iterable[object]) -> str:
    said = [str(part).strip() for part in parts if part]
    return " ".join(part if part.endswith((".", "!", "?")) else f"{part}." for part in said)


def _times(meeting: Meeting, what: Opportunity) -> Iterator[Values]:
    """Yield the days and times of a meeting, in the terms of RFC 5545; single days one by one."""
    found = recurrence(meeting)
    first, last = meeting.first_day or found.start or what.first_day, meeting.last_day or what.last_day
    start = found.start if found.interval > 1 else first
    clock = known(opens_at=meeting.starts, closes_at=meeting.ends)
    in_months = ",".join(map(str, months(meeting)))
    zone = {"timezone_name": TIME_ZONE} if clock else {}
    if found.kind == "once":
        for day in found.dates:
            yield {"dtstart": day.isoformat(), "until": day.isoformat(), "count": 1} | clock | zone
        return
    rule: Values = {}
    if found.kind == "monthly":
        byday = ",".join(f"{which}{DAYS[day]}" for which, day in found.nth)
        rule = {"freq": "MONTHLY", "interval": 1, "byday": byday}
    elif found.kind == "weekly" and found.days:
        byday = ",".join(DAYS[day] for day in found.days)
        rule = {"freq": "WEEKLY", "interval": found.interval, "wkst": "MO", "byday": byday}
    period = known(
        valid_from=first.isoformat() if first else None,
        valid_to=last.isoformat() if last else None,
        dtstart=start.isoformat() if start and rule else None,
        until=last.isoformat() if last and rule else None,
    )
    yield rule | period | known(bymonth=in_months) | clock | zone


def _once(schedule: Schedule, change: Change) -> Values:
    """Return a day that was added, or to which another one moved."""
    found = changed(schedule, change)
    day = found.day.isoformat()
    clock = known(opens_at=found.starts, closes_at=found.ends)
    zone = {"timezone_name": TIME_ZONE} if clock else {}
    return {"dtstart": day, "until": day, "count": 1} | clock | zone | known(notes=str(change.reason or ""))
