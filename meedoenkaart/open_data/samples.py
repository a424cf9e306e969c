"""Samples for who wants to see what the open data look like before taking them."""

from collections.abc import Mapping

import orjson

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.open_data.files import About, line
from meedoenkaart.open_data.geography import opportunity_feature
from meedoenkaart.open_data.hsds import Hsds
from meedoenkaart.open_data.records import organisation_document, organisation_facts
from meedoenkaart.open_data.spreadsheets import csv_bytes, opportunity_row
from meedoenkaart.texts import texts


def samples(catalogue: Catalogue, about: About) -> Mapping[str, str]:
    """Return a small piece of each format, as text; none when there is nothing to choose."""
    offers = catalogue.regional_offers or catalogue.current_offers
    if not offers:
        return {}
    offer = min(offers, key=lambda one: (not one.venues, one.organisation.slug))
    page = offer.organisation
    number = catalogue.offers_of(page).index(offer)
    facts = organisation_facts(catalogue, about, page)
    told = facts.opportunities[offer.opportunity.id]
    headings = texts("open-data")["tables"]["opportunities"]["columns"]
    rows = b"".join(csv_bytes([headings, opportunity_row(catalogue, about, offer, told)]))
    found = {
        "record": line(organisation_document(about, page, facts)),
        "feature": line(opportunity_feature(offer, told, facts)),
        "service": Hsds(catalogue, about).organization(page).services[number].listed,
    }
    shown = {name: orjson.dumps(orjson.loads(one), option=orjson.OPT_INDENT_2).decode() for name, one in found.items()}
    return {"table": rows.decode().replace("\r\n", "\n"), **shown}
