"""Tables for spreadsheets: CSV (RFC 4180) that Excel reads as it is meant, and in which no text becomes a formula."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from meedoenkaart.catalogue import Catalogue, MunicipalityPage, Offer, OrganisationPage, ReceptionPage
from meedoenkaart.open_data.files import ROOT, About, File, uuid_of
from meedoenkaart.open_data.records import OpportunityFacts
from meedoenkaart.records.shared import Contact, Source
from meedoenkaart.texts import texts

BOM = "\ufeff".encode()
"""By which Excel knows that a file is in UTF-8."""
ROWS_AT_ONCE = 100
_STARTS = "=+\\-@＝＋－＠"
"""With these, spreadsheets take a text for a formula; the wide ones too, in Japan."""
_FORMULA = re.compile(f"((?:^|[;\t\r\n\v\f\u2028\u2029])[\\s\"']*)([{_STARTS}])")
"""Where a cell begins, or may begin in a spreadsheet that takes other signs for the end of a cell."""
_SUSPECT = re.compile(f"[,;\t\r\n\v\f\u2028\u2029][\\s\"']*[{_STARTS}]")
"""What is somewhere in CSV in which there is a formula."""
_HARMLESS = re.compile(r"[+-]?[0-9 ().-]*")
"""Numbers, also those of telephones."""
HEADINGS = ("opportunities", "opportunities-en", "organisations", "reception", "municipalities")
"""The tables, by what ``open-data.yml`` calls them."""
Cell = str | int | float | None


def safe(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: it gets an apostrophe where one would begin."""
    return text if _HARMLESS.fullmatch(text) else _FORMULA.sub(r"\1'\2", text)


def csv_bytes(rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Yield rows as CSV, some dozens at a time."""
    left = iter(rows)
    while here := list(islice(left, ROWS_AT_ONCE)):
        text = _csv(here)
        if _SUSPECT.search(f"\n{text}"):
            text = _csv([[safe(cell) if isinstance(cell, str) else cell for cell in row] for row in here])
        yield text.encode()


def _csv(rows: Iterable[Sequence[Cell]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def spreadsheets(catalogue: Catalogue, about: About) -> Iterator[File]:
    """Yield the tables of reception locations and municipalities."""
    yield table("reception", csv_bytes(_reception(about, one) for one in catalogue.receptions.values()))
    municipalities = catalogue.municipalities.values()
    yield table("municipalities", csv_bytes(_municipality(catalogue, about, one) for one in municipalities))


def table(name: str, rows: Iterable[bytes]) -> File:
    """Return a table with its headings, of rows that are CSV already."""
    words = texts("open-data")["tables"][name]
    return File(f"{ROOT}{words['file']}.csv", chain((BOM,), csv_bytes([words["columns"]]), rows))


def opportunity_row(catalogue: Catalogue, about: About, offer: Offer, facts: OpportunityFacts) -> list[Cell]:
    """Return an opportunity as its table has it."""
    what, page, words, terms = offer.opportunity, offer.organisation, texts("open-data")["values"], catalogue.vocabulary
    record = page.record
    venue = offer.venues[0] if offer.venues else None
    address, spot = (venue.address, venue.spot) if venue else (None, None)
    costs = what.costs
    age = what.age
    return [
        facts.uuid,
        str(what.title),
        record.name,
        str(terms.activities[what.activity].label),
        _joined(str(terms.sectors[one].label) for one in what.sectors),
        str(what.description or ""),
        _joined(words["way"][one] for one in what.ways),
        venue.name if venue else None,
        address.street if address else None,
        address.postcode if address else None,
        address.place if address else None,
        venue.municipality.name if venue else None,
        spot.latitude if spot else None,
        spot.longitude if spot else None,
        words["precision"][spot.precision] if spot else None,
        max(0, len(offer.venues) - 1) or None,
        _joined(catalogue.area_name(one) for one in offer.areas),
        _joined(str(terms.audiences[one].label) for one in what.audience),
        age.least if age else None,
        age.most if age else None,
        what.dutch.level if what.dutch else None,
        _joined(terms.languages[one].label for one in what.languages),
        facts.when,
        str(what.schedule.words or "") if what.schedule else None,
        words["costs"][costs.kind] if costs else None,
        str(costs.note or "") if costs else None,
        words["permission"][offer.without_permit.answer],
        words["permission"][offer.with_permit.answer],
        str(what.joining.note or "") if what.joining else None,
        *_contact(record.contact),
        words["status"]["gepauzeerd" if offer.is_paused else "actief"],
        _confirmed(page),
        facts.page,
        _sources(record.sources),
        about.attribution,
    ]


def organisation_row(catalogue: Catalogue, about: About, page: OrganisationPage) -> list[Cell]:
    """Return an organisation as its table has it."""
    record, terms = page.record, catalogue.vocabulary
    address, spot = (page.venue.address, page.venue.spot) if page.venue else (None, None)
    return [
        uuid_of(page.url),
        record.name,
        str(terms.kinds[record.kind].label),
        str(record.description or ""),
        address.street if address else None,
        address.postcode if address else None,
        address.place if address else None,
        page.home.name,
        spot.latitude if spot else None,
        spot.longitude if spot else None,
        texts("open-data")["values"]["precision"][spot.precision] if spot else None,
        _joined(str(terms.networks[one].label) for one in record.networks),
        len(record.opportunities),
        *_contact(record.contact),
        texts("open-data")["values"]["status"][record.status],
        _confirmed(page),
        about.address(page.url),
        _sources(record.sources),
        about.attribution,
    ]


def _reception(about: About, page: ReceptionPage) -> list[Cell]:
    record, spot = page.record, page.spot
    opening = record.open
    return [
        uuid_of(page.url),
        record.name,
        record.type,
        record.place,
        page.municipality.name,
        spot.latitude,
        spot.longitude,
        texts("open-data")["values"]["precision"][spot.precision],
        opening.since if opening else None,
        opening.until.isoformat() if opening and opening.until else None,
        about.address(page.url),
        _sources(record.sources),
        about.attribution,
    ]


def _municipality(catalogue: Catalogue, about: About, page: MunicipalityPage) -> list[Cell]:
    record = page.record
    return [
        uuid_of(page.url),
        page.name,
        record.cbs_code,
        record.province,
        record.seat,
        record.website,
        len(catalogue.offers_by_municipality.get(page.slug, ())),
        "ja" if page.slug in catalogue.routes else "nee",
        about.address(page.url),
        _sources(record.sources),
        about.attribution,
    ]


def _joined(names: Iterable[str]) -> str:
    return ", ".join(names)


def _contact(contact: Contact | None) -> tuple[Cell, Cell, Cell]:
    return (contact.website, contact.email, contact.phone) if contact else (None, None, None)


def _confirmed(page: OrganisationPage) -> str | None:
    """Return the day on which somebody confirmed it, while that counts."""
    return page.record.confirmation.on.isoformat() if page.record.confirmation and page.is_confirmed else None


def _sources(sources: Iterable[Source]) -> str:
    return " ".join(one.address for one in sources)
