"""Whom those who guide somebody can reach at a reception location and at a municipality, and where nobody is known."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple, TypedDict

from meedoenkaart.catalogue import Catalogue, MunicipalityPage, OrganisationPage, ReceptionPage
from meedoenkaart.records.municipality import Municipality
from meedoenkaart.records.organisation import Organisation
from meedoenkaart.records.reception import Reception
from meedoenkaart.records.shared import Contact, Source
from meedoenkaart.texts import texts


class _Checked(TypedDict):
    confirmed: datetime.date | None
    told: str | None


DESK = "meedoenbalie"
"""The role of the desk at a reception location, which has a place of its own in the record."""
GUIDANCE = "maatschappelijke-begeleiding"
"""The role of the organisation that a municipality's record names."""
MUNICIPALITY = "gemeente"
"""The role that one reaches by a municipality's general contact."""


class Ways(NamedTuple):
    """How one reaches somebody; at least one of the three."""

    phone: str | None
    email: str | None
    website: str | None


@dataclass(frozen=True, slots=True)
class Reached:
    """One whom one can reach, or would like to."""

    label: str
    """Who it is: the role, or the question."""
    about: str
    """For what, beside a role; empty when the role says it."""
    contact: Ways | None
    """By which way; None: nobody knows."""
    role: str | None = None
    organisation: OrganisationPage | None = None
    """Where it is, when that has a page of its own."""
    confirmed: datetime.date | None = None
    """When those who are reached so said that it is right."""
    told: str | None = None
    """The year, month or day of the newest source of it, where nobody confirmed it."""

    @property
    def is_gap(self) -> bool:
        """Whether nothing at all is known."""
        return self.contact is None and self.organisation is None


def at_reception(catalogue: Catalogue, page: ReceptionPage | None) -> tuple[Reached, ...]:
    """Return whom one reaches at a reception location, or a gap for a role that one wants; None: at an unknown one."""
    known = list(_written(catalogue, page.record)) if page else []
    desk = page.record.meedoenbalie if page else None
    if page and (ways := _ways(desk.contact if desk else None)):
        known.append(replace(_role(catalogue, DESK, ways), **_checked(page.record)))
    return _in_order(catalogue, catalogue.handover.roles_here if catalogue.handover else (), known)


def at_municipality(catalogue: Catalogue, page: MunicipalityPage | None) -> tuple[Reached, ...]:
    """Return the same for a municipality and for who does the guidance there; None: it has no record."""
    known: list[Reached] = []
    if page:
        record = page.record
        known += _written(catalogue, record)
        guidance = record.guidance and record.guidance.organisation
        if guidance:
            known += _at_organisation(catalogue, catalogue.organisations[guidance])
        known += _general(record)
    return _in_order(catalogue, catalogue.handover.roles_there if catalogue.handover else (), known)


def _general(record: Municipality) -> Iterator[Reached]:
    found = _ways(record.contact) or (Ways(None, None, record.website) if record.website else None)
    if found:
        yield Reached(texts("pages")["general-contact"], "", found, MUNICIPALITY, **_checked(record))


def _at_organisation(catalogue: Catalogue, page: OrganisationPage) -> Iterator[Reached]:
    """Yield how one reaches who does the guidance; without a way, the page of the organisation is left."""
    record = page.record
    found = [one for one in _written(catalogue, record) if one.role in (None, GUIDANCE)]
    general = replace(_role(catalogue, GUIDANCE, _ways(record.contact)), **_checked(record))
    for one in found or [general]:
        yield replace(one, role=GUIDANCE, organisation=page)


def _written(catalogue: Catalogue, record: Organisation | Reception | Municipality) -> Iterator[Reached]:
    for one in record.contacts:
        about = str(one.about or "")
        checked = _checked(record, one.source)
        if one.role:
            yield Reached(_label(catalogue, one.role), about, _ways(one.contact), one.role, **checked)
        else:
            yield Reached(about[:1].upper() + about[1:], "", _ways(one.contact), **checked)


def _checked(record: Organisation | Reception | Municipality, source: Source | None = None) -> _Checked:
    """Return since when a contact is known: confirmed with its record, or read in its own or the record's sources."""
    if record.confirmation and not source:
        return {"confirmed": record.confirmation.on, "told": None}
    dates = [one.date for one in ([source] if source else record.sources) if one.date]
    return {"confirmed": None, "told": max(dates, default=None)}


def _in_order(catalogue: Catalogue, wanted: Iterable[str], known: list[Reached]) -> tuple[Reached, ...]:
    """Put the roles that one wants first, with a gap where there is none, and all others after them."""
    found: list[Reached] = []
    for role in wanted:
        found += [one for one in known if one.role == role] or [_role(catalogue, role, None)]
    return (*found, *(one for one in known if one not in found))


def _role(catalogue: Catalogue, role: str, contact: Ways | None) -> Reached:
    return Reached(_label(catalogue, role), "", contact, role)


def _label(catalogue: Catalogue, role: str) -> str:
    known = catalogue.vocabulary.roles.get(role)
    return str(known.label) if known else role


def _ways(contact: Contact | None) -> Ways | None:
    known = contact and (contact.phone or contact.email or contact.website)
    return Ways(contact.phone, contact.email, contact.website) if contact and known else None
