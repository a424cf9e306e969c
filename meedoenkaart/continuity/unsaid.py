"""What the finder's index does not say of an opportunity and scripts need to know whether it goes on after a move."""

from collections.abc import Sequence
from typing import Any

from meedoenkaart.catalogue import Catalogue, Offer
from meedoenkaart.records.shared import Contact

NOTHING = -1
"""Stands for an opportunity of which nothing is said about going on."""


def unsaid(catalogue: Catalogue, offers: Sequence[Offer]) -> dict[str, Any]:
    """Return it by column, for offers in the order of the index: see ``theme/components/onward/rules.ts``."""
    said: dict[tuple[str, str], int] = {}
    rows = []
    for offer in offers:
        told = offer.opportunity.continuity
        words = (" ".join(told.ways), str(told.note or "")) if told else ("", "")
        rows.append(said.setdefault(words, len(said)) if any(words) else NOTHING)
    organisations = {offer.organisation.slug: offer.organisation.record for offer in offers}
    return {
        "networks": [
            [-1 if one.only_at_reception else int(one.is_everywhere), one.website or ""]
            for one in catalogue.vocabulary.networks.values()
        ],
        "continuity": rows,
        "said": list(said),
        "contact": [_way(one.contact) for one in organisations.values()],
    }


def _way(contact: Contact | None) -> str:
    """Return the way that reaches somebody soonest."""
    return (contact.phone or contact.email or contact.website or "") if contact else ""
