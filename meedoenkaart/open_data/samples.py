"""Samples for who wants to see what the open data look like before taking them."""

import csv
import io
import json
from collections.abc import Mapping
from itertools import islice

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.open_data.description import Values
from meedoenkaart.open_data.files import About
from meedoenkaart.open_data.geography import opportunity_feature
from meedoenkaart.open_data.hsds import Hsds
from meedoenkaart.open_data.records import organisation_document
from meedoenkaart.open_data.spreadsheets import opportunity_rows


def samples(catalogue: Catalogue, about: About) -> Mapping[str, str]:
    """Return a small piece of each format, as text; none when there is nothing to choose."""
    offers = catalogue.regional_offers or catalogue.current_offers
    if not offers:
        return {}
    offer = min(offers, key=lambda one: (not one.venues, one.organisation.slug))
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(islice(opportunity_rows(catalogue, about, [offer]), 2))
    found: Mapping[str, Values] = {
        "record": organisation_document(catalogue, about, offer.organisation),
        "feature": opportunity_feature(about, offer),
        "service": Hsds(catalogue, about).service_in_list(offer),
    }
    shown = {name: json.dumps(one, ensure_ascii=False, indent=2) for name, one in found.items()}
    return {"table": text.getvalue(), **shown}
