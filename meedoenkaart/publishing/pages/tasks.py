"""Who does what, and when to refer: all of it, and one moment, one party or one municipality alone."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from meedoenkaart.catalogue import Catalogue, MunicipalityPage
from meedoenkaart.continuity.tasks import Told, called, local_names, reached, role_label, table, teams
from meedoenkaart.publishing.handover import handover_file
from meedoenkaart.publishing.page import Page, crumbs_to, words_of
from meedoenkaart.records.tasks import Tasks
from meedoenkaart.texts import texts

URL = "wie-doet-wat/"


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Yield the pages; none when the region has no table."""
    tasks = catalogue.tasks
    if tasks is None:
        return
    words = words_of("tasks")
    titles = ", ".join(str(one.title) for one in tasks.subjects.values())
    crumbs = crumbs_to((words.title, None))
    yield Page(
        URL, "tasks", words.title, words.description, partial(_all, catalogue, tasks), crumbs, f"{words.intro} {titles}"
    )
    above = (words.title, URL)
    for id, moment in tasks.moments.items():
        told = words_of("tasks-moment", name=str(moment.title))
        crumbs = crumbs_to(above, (str(moment.title), None))
        context = partial(_moment, catalogue, tasks, id)
        yield Page(f"{URL}{id}/", "tasks_part", told.title, told.description, context, crumbs, search="")
    for id, party in tasks.parties.items():
        told = words_of("tasks-party", name=str(party.title))
        crumbs = crumbs_to(above, (str(party.title), None))
        context = partial(_party, catalogue, tasks, id)
        yield Page(f"{URL}wie/{id}/", "tasks_party", told.title, told.description, context, crumbs, search="")
    for slug in catalogue.routes:
        page = catalogue.municipalities[slug]
        told = words_of("tasks-municipality", name=page.name)
        crumbs = crumbs_to(
            (words_of("municipality-index").title, "gemeenten/"), (page.name, page.url), (words.title, None)
        )
        context = partial(_municipality, catalogue, tasks, page)
        yield Page(f"{page.url}{URL}", "tasks_part", told.title, told.description, context, crumbs, search="")


def _context(
    catalogue: Catalogue, tasks: Tasks, found: tuple[Told, ...], home: MunicipalityPage | None = None
) -> dict[str, Any]:
    by_moment = [(id, one, [told for told in found if told.subject.moment == id]) for id, one in tasks.moments.items()]
    deeds = [deed for told in found for deed in told.deeds]
    return {
        "intro": words_of("tasks").intro,
        "moments": [part for part in by_moment if part[2]],
        "parties": tasks.parties,
        "role_labels": {id: role_label(catalogue, id) for id in catalogue.vocabulary.roles},
        "called": {(deed.role, deed.party, deed.name): called(catalogue, deed) for deed in deeds},
        "reach": {deed.role: reached(catalogue, deed.role, home) for deed in deeds} if home else {},
        "home": home,
        "old": False,
    }


def _all(catalogue: Catalogue, tasks: Tasks) -> Mapping[str, Any]:
    context = _context(catalogue, tasks, table(catalogue))
    return context | {
        "data": handover_file(catalogue)[0],
        "general": texts("pages")["general-contact"],
        "teams": teams(catalogue),
        "own": " ".join(catalogue.routes),
    }


def _moment(catalogue: Catalogue, tasks: Tasks, id: str) -> Mapping[str, Any]:
    return _context(catalogue, tasks, tuple(one for one in table(catalogue) if one.subject.moment == id))


def _party(catalogue: Catalogue, tasks: Tasks, id: str) -> Mapping[str, Any]:
    found = tuple(one for one in table(catalogue) if one.of(id))
    return _context(catalogue, tasks, found) | {"id": id, "party": tasks.parties[id]}


def _municipality(catalogue: Catalogue, tasks: Tasks, page: MunicipalityPage) -> Mapping[str, Any]:
    law = catalogue.statutory
    route = catalogue.routes[page.slug].record
    own = local_names(catalogue, page)
    names = {
        role_label(catalogue, role): own[role] for one in tasks.parties.values() for role in one.roles if role in own
    }
    context = _context(catalogue, tasks, table(catalogue, page), page)
    return context | {
        "names": {label: name for label, name in names.items() if label != name},
        "old": bool(law and route.law != law.law),
    }
