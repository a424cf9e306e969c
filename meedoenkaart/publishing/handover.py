"""What the sheet of a handover reads: contacts and steps of every municipality and reception location, in one file."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from meedoenkaart.catalogue import Catalogue, RoutePage
from meedoenkaart.continuity.contacts import Reached, at_municipality, at_reception
from meedoenkaart.records.route import Deadline, Route

FOLDER = "assets/overdracht"
"""Where the file lies, from the site's root."""
MOST_STEPS = 12
"""Steps of a route on the sheet: the rest stands on the municipality's page."""
Line = tuple[str, str, str, list[Any] | None]
"""A step: what happens, who does it, when in words, and the deadline as a number, unit and moment."""


def handover_file(catalogue: Catalogue) -> tuple[str, bytes]:
    """Return the path of the file from the site's root, named after its content, and its bytes."""
    data = json.dumps(_content(catalogue), ensure_ascii=False, separators=(",", ":")).encode()
    return f"{FOLDER}/gegevens-{hashlib.sha256(data).hexdigest()[:10]}.json", data


def steps_of(route: RoutePage | None, catalogue: Catalogue) -> list[Line]:
    """Return the steps of the handover on a municipality's route, or else in what the law asks.

    These are the ones in which the regisseur and the person meet, and all of the phases until they first meet; without
    such a step, those of the first phase.
    """
    law = catalogue.statutory.route if catalogue.statutory else None
    found = route.record if route else law
    return list(_steps(found))[:MOST_STEPS] if found else []


def _steps(route: Route) -> Iterator[Line]:
    phases = list(route.phases)
    meeting = [phases.index(one.phase) for one in route.steps.values() if one.contact_moment]
    until = min(meeting, default=0)
    for step in route.steps.values():
        if step.contact_moment or phases.index(step.phase) <= until:
            who = [str(route.actors[id].name) for id in (step.actor, *step.together_with) if id]
            yield str(step.title), ", ".join(who), str(step.term or ""), deadline(step.within)


def deadline(within: Deadline | None) -> list[Any] | None:
    """Return a deadline as the script reckons with it."""
    return [within.number, within.unit, within.since] if within else None


def _content(catalogue: Catalogue) -> dict[str, Any]:
    route = {slug: steps_of(one, catalogue) for slug, one in catalogue.routes.items()}
    return {
        "here": {slug: _told(at_reception(catalogue, one)) for slug, one in catalogue.receptions.items()},
        "there": {slug: _told(at_municipality(catalogue, one)) for slug, one in catalogue.municipalities.items()},
        "nobody": [_told(at_reception(catalogue, None)), _told(at_municipality(catalogue, None))],
        "route": {slug: [_is_old(catalogue, slug), steps] for slug, steps in route.items() if steps},
        "roles": {str(one.label): str(one.explanation) for one in catalogue.vocabulary.roles.values()},
    }


def _is_old(catalogue: Catalogue, slug: str) -> bool:
    """Say whether a route was made under a law of before."""
    return bool(catalogue.statutory and catalogue.routes[slug].record.law != catalogue.statutory.law)


def _told(found: tuple[Reached, ...]) -> list[list[str]]:
    """Return contacts as lists: who, for what, where, telephone, mail and page; shorter where the end is empty."""
    told = []
    for one in found:
        contact = one.contact
        ways = [contact.phone or "", contact.email or "", contact.website or ""] if contact else []
        where = str(one.organisation.record.name) if one.organisation else ""
        line = [one.label, one.about, where, *ways]
        while not line[-1]:
            line.pop()
        told.append(line)
    return told
