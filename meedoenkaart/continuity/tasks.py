"""Who does what for a subject, by the table, by the law and by a municipality's route, and how one reaches them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from meedoenkaart.catalogue import Catalogue, MunicipalityPage, ReceptionPage, RoutePage
from meedoenkaart.continuity.contacts import GUIDANCE, MUNICIPALITY, Reached, at_municipality, at_reception
from meedoenkaart.records.route import Actor, Route
from meedoenkaart.records.shared import Source
from meedoenkaart.records.tasks import Does, Party, Subject, Team

Origin = Literal["route", "wet", "bron"]
"""Where a deed follows from: a municipality's route, the law, or a line of the table."""
NEW_LAW = "2022"
"""The Wet inburgering 2021 is in force since the first day of this year: what is older may be different now."""
RANK = {does: rank for rank, does in enumerate(get_args(Does))}


@dataclass(frozen=True, slots=True)
class Deed:
    """What a role does for a subject."""

    party: str
    """The party that the role belongs to."""
    role: str
    name: str
    """What the role is called: on a route by its own name."""
    does: Does
    text: str
    to: tuple[str, ...]
    """What those are called to whom it refers."""
    sources: tuple[Source, ...]
    origin: Origin

    @property
    def is_old(self) -> bool:
        """Whether all that has a date was written before the law of today."""
        dates = [one.date for one in self.sources if one.date]
        return bool(dates) and max(dates) < NEW_LAW


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a subject."""

    id: str
    subject: Subject
    deeds: tuple[Deed, ...]
    """Who does it first and who does not last; within that in the order of the parties."""
    unknown: tuple[str, ...]
    """Parties of which nobody knows what they do: their titles."""

    def of(self, party: str) -> tuple[Deed, ...]:
        """Return what one party does."""
        return tuple(deed for deed in self.deeds if deed.party == party)

    def verbs(self, party: str) -> tuple[str, ...]:
        """Return what one party does in a word each; nothing when nobody knows."""
        return tuple(dict.fromkeys(deed.does for deed in self.of(party)))


def table(catalogue: Catalogue, municipality: MunicipalityPage | None = None) -> tuple[Told, ...]:
    """Return what is known of every subject, in the order of moments; in a municipality by its own route and names."""
    tasks = catalogue.tasks
    if tasks is None:
        return ()
    order = list(tasks.moments)
    subjects = sorted(tasks.subjects.items(), key=lambda one: order.index(one[1].moment))
    route = catalogue.routes.get(municipality.slug) if municipality else None
    names = local_names(catalogue, municipality)
    return tuple(_told(catalogue, id, subject, tasks.parties, route, names) for id, subject in subjects)


def local_names(catalogue: Catalogue, municipality: MunicipalityPage | None) -> Mapping[str, str]:
    """Return what roles are called in a municipality: as its route says, and who it names for the guidance."""
    if municipality is None:
        return {}
    found: dict[str, list[str]] = {}
    route = catalogue.routes.get(municipality.slug)
    for actor in route.record.actors.values() if route else ():
        if actor.role:
            found.setdefault(actor.role, []).append(str(actor.name))
    guidance = municipality.record.guidance and municipality.record.guidance.organisation
    if guidance and GUIDANCE not in found:
        found[GUIDANCE] = [catalogue.organisations[guidance].record.name]
    return {role: ", ".join(names) for role, names in found.items()}


def reached(
    catalogue: Catalogue, role: str, municipality: MunicipalityPage | None, reception: ReceptionPage | None = None
) -> tuple[Reached, ...]:
    """Return how one reaches a role at a municipality or a reception location; nothing when nobody knows."""
    known = [one for one in at_reception(catalogue, reception) if not one.is_gap]
    known += [one for one in at_municipality(catalogue, municipality) if not one.is_gap]
    parties = catalogue.tasks.parties.values() if catalogue.tasks else ()
    # Who works for the municipality is reached by its own number, where no other is known.
    instead = MUNICIPALITY if any({role, MUNICIPALITY} <= {*one.roles} for one in parties) else role
    return tuple(one for one in known if one.role == role) or tuple(one for one in known if one.role == instead)


def called(catalogue: Catalogue, deed: Deed) -> str:
    """Return who does something: by its name there, what that is everywhere, and of which party it is."""
    label = role_label(catalogue, deed.role)
    party = str(catalogue.tasks.parties[deed.party].title) if catalogue.tasks else ""
    name = deed.name if deed.name == label else f"{deed.name} ({label})"
    return name if label == party else f"{name}, {party}"


def teams(catalogue: Catalogue) -> tuple[tuple[Team, ReceptionPage], ...]:
    """Return who has people of its own at which reception location."""
    found = catalogue.tasks.teams if catalogue.tasks else ()
    return tuple((one, catalogue.receptions[one.at]) for one in found)


def role_label(catalogue: Catalogue, role: str) -> str:
    """Return what a role is called everywhere."""
    return str(catalogue.vocabulary.roles[role].label)


def _told(
    catalogue: Catalogue,
    id: str,
    subject: Subject,
    parties: Mapping[str, Party],
    route: RoutePage | None,
    names: Mapping[str, str],
) -> Told:
    holder = {role: party for party, one in parties.items() for role in one.roles}
    known = [one for one in _deeds(catalogue, subject, route, names, holder) if one.party]
    order = list(parties)
    known.sort(key=lambda one: (RANK[one.does], order.index(one.party)))
    silent = parties.keys() - {one.party for one in known}
    return Told(id, subject, tuple(known), tuple(str(one.title) for party, one in parties.items() if party in silent))


def _deeds(
    catalogue: Catalogue,
    subject: Subject,
    route: RoutePage | None,
    names: Mapping[str, str],
    holder: Mapping[str, str],
) -> Iterator[Deed]:
    here: set[tuple[str, str]] = set()
    own = route.record if route else None
    for actor, does, text in _steps(own, subject.elements):
        if actor.role and actor.role in holder:
            here.add((actor.role, does))
            sources = own.sources if own else ()
            yield Deed(holder[actor.role], actor.role, str(actor.name), does, text, (), sources, "route")

    def name(role: str) -> str:
        return names.get(role) or role_label(catalogue, role)

    law = catalogue.statutory
    for element, asked in law.elements.items() if law else ():
        for actor, does, _ in _steps(law.route if law else None, {element} & {*subject.elements}):
            role = actor.role or ""
            if role in holder and (role, does) not in here:
                yield Deed(holder[role], role, name(role), does, str(asked.text), (), asked.sources, "wet")
    for line in subject.lines:
        to = tuple(name(role) for role in line.to)
        text = str(line.text or "")
        yield Deed(holder[line.role], line.role, name(line.role), line.does, text, to, line.sources, "bron")


def _steps(route: Route | None, elements: Iterable[str]) -> Iterator[tuple[Actor, Does, str]]:
    """Yield who does a step of a route that carries out one of these elements, and who joins in."""
    asked = set(elements)
    if route is None or not asked:
        return
    for step in route.steps.values():
        if asked & {*step.fulfils}:
            text = ". ".join(filter(None, (str(step.title), str(step.text or ""))))
            if step.actor:
                yield route.actors[step.actor], "doet", text
            for id in step.together_with:
                yield route.actors[id], "helpt", text
