"""Checks over the whole catalogue, one function each: what a single file cannot know."""

import datetime
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from rapidfuzz import fuzz, process

from meedoenkaart.catalogue import DEFAULT_TERM_MONTHS, months_later, stale_since
from meedoenkaart.draft import Draft
from meedoenkaart.geography.areas import NATIONWIDE, areas
from meedoenkaart.geography.places import belongs_to, municipality_names, province, shares_name
from meedoenkaart.problems import Problem, foremost, problem
from meedoenkaart.reading.documents import FOLDER, Document
from meedoenkaart.records.record import Path, references
from meedoenkaart.records.reference import PermissionRule
from meedoenkaart.records.vocabulary import FACETS
from meedoenkaart.rules import places, routes, tasks, times
from meedoenkaart.rules.scene import Finding, Scene, missing_icon, no_longer, other_municipality, unknown
from meedoenkaart.texts import fold, texts

"""Single files that a region can do without."""
MINORS = frozenset({"amv", "alleenstaande"})
"""Words in the name of a location for unaccompanied minors."""
SOURCED = frozenset({"organisations", "reception", "municipalities"})
"""Collections whose records come from a page or from who works there."""
ALIKE = 92
"""From this likeness of names (0 to 100) on, two organisations in one place are taken for the same."""


Locate = Callable[[str, Sequence[Path]], list[tuple[int, int]]]
"""Tells line and column of the value at each path in a file."""


def check(draft: Draft, icons: Collection[str], today: datetime.date, locate: Locate) -> list[Problem]:
    """Run every rule and look up where its findings stand."""
    scene = Scene(draft, icons, today)
    in_part = {document.file: document for document in draft.documents if document.holes}
    findings: dict[str, list[Finding]] = {}
    for rule in RULES:
        for finding in rule(scene):
            document = in_part.get(finding.file)
            if document is None or not finding.path or document.knows(*finding.path):
                findings.setdefault(finding.file, []).append(finding)
    return [one for file, found in findings.items() for one in foremost(_located(locate, file, found))]


def _located(locate: Locate, file: str, findings: list[Finding]) -> Iterator[Problem]:
    where = locate(file, [one.path for one in findings])
    for (line, column), one in zip(where, findings, strict=True):
        yield problem(one.rule, file, line, column, **one.values)


def unknown_references(scene: Scene) -> Iterator[Finding]:
    """What a field refers to has to exist."""
    known: dict[str, Any] = {name: set(scene.draft.names(name)) for name in ("municipalities", "organisations")}
    known["areas"] = areas(known["municipalities"])
    if vocabulary := scene.single("vocabulary"):
        known |= {facet: getattr(vocabulary.content, facet) for facet in FACETS if vocabulary.knows_ids(facet)}
    for document in scene.draft.documents:
        if document.content is None:
            continue
        for path, to, id in references(document.content):
            if to in known and id not in known[to]:
                yield unknown(document, path, to, id, known[to])


def folders_without_municipality(scene: Scene) -> Iterator[Finding]:
    """An organisation lies in the folder of a municipality that has a record, or in that of the whole country."""
    known = {*scene.draft.names("municipalities"), NATIONWIDE}
    for document in scene.draft.documents:
        folder, _, _ = document.slug.partition("/")
        if document.collection == "organisations" and folder not in known:
            yield Finding(
                "folder-without-municipality",
                document.file,
                (),
                {"folder": folder, "suggestion": other_municipality(folder, known)},
            )


def municipality_codes(scene: Scene) -> Iterator[Finding]:
    """A municipality's code exists, belongs to its name, and is used once."""
    seen: dict[str, str] = {}
    for document, record in scene.records("municipalities"):
        name = municipality_names().get(record.cbs_code)
        right = belongs_to(record.cbs_code, record.name)
        if right and shares_name(record.cbs_code) and document.knows("province"):
            right = fold(record.province) == fold(province(record.cbs_code))
        if not right and document.knows("name"):
            name = name or texts("problems")["no-municipality"]
            ended = no_longer(record.cbs_code) or no_longer(record.name)
            values = {"code": record.cbs_code, "name": name, "suggestion": ended}
            yield Finding("wrong-cbs-code", document.file, ("cbs_code",), values)
        if (other := seen.setdefault(record.cbs_code, document.file)) != document.file:
            values = {"code": record.cbs_code, "file": other}
            yield Finding("duplicate-cbs-code", document.file, ("cbs_code",), values)


def role_contacts(scene: Scene) -> Iterator[Finding]:
    """A contact says whom one reaches or what for, and by which way."""
    for collection in ("organisations", "reception", "municipalities"):
        for document, record in scene.records(collection):
            for index, one in enumerate(record.contacts):
                path = ("contacts", index)
                if one.role is None and one.about is None and document.knows(*path, "about"):
                    yield Finding("contact-for-nothing", document.file, (*path, "role"), {})
                way = one.contact
                if not (way and (way.website or way.email or way.phone)):
                    yield Finding("contact-without-way", document.file, (*path, "contact"), {})


def duplicate_opportunities(scene: Scene) -> Iterator[Finding]:
    """An opportunity's id is used once within its organisation."""
    for document, record in scene.organisations:
        seen = set()
        for index, opportunity in enumerate(record.opportunities):
            if opportunity.id in seen:
                yield Finding("duplicate-id", document.file, ("opportunities", index, "id"), {"id": opportunity.id})
            seen.add(opportunity.id)


def taken_addresses(scene: Scene) -> Iterator[Finding]:
    """An old address leads to one page only, and no page lies there now."""
    prefixes = {"organisations": "kansen/", "reception": "azc/", "municipalities": "gemeenten/"}
    taken = {prefix.rstrip("/"): f"{FOLDER}/{collection}/" for collection, prefix in prefixes.items()}
    taken[f"kansen/{NATIONWIDE}"] = f"{FOLDER}/organisations/{NATIONWIDE}/"
    for one in scene.draft.documents:
        if one.collection in prefixes:
            taken[prefixes[one.collection] + one.slug] = one.file
        if one.collection == "municipalities":
            taken[f"kansen/{one.slug}"] = f"{FOLDER}/organisations/{one.slug}/"  # the list of what is there
    for document in scene.draft.documents:
        for index, alias in enumerate(getattr(document.content, "aliases", ())):
            full = alias if alias.split("/")[0] + "/" in prefixes.values() else prefixes[document.collection] + alias
            other = taken.setdefault(full, f"{document.file} (aliases)")
            if other != f"{document.file} (aliases)" or alias in document.content.aliases[:index]:
                yield Finding("address-taken", document.file, ("aliases", index), {"address": full, "file": other})


def same_organisation(scene: Scene) -> Iterator[Finding]:
    """An organisation stands in the catalogue once."""
    found: dict[str, tuple[list[str], list[Document]]] = {}
    sites: dict[str, list[Document]] = {}
    for document, record in scene.organisations:
        name = _distinctive(record.name)
        place = fold(record.address.place) if record.address else ""
        names, documents = found.setdefault(place, ([], []))
        alike = process.extractOne(name, names, scorer=fuzz.ratio, score_cutoff=ALIKE)
        if alike and document.knows("address", "place"):
            other = documents[alike[2]]
            values = {"name": record.name, "other": other.content.name, "file": other.file}
            yield Finding("same-organisation", document.file, ("name",), values)
        names.append(name)
        documents.append(document)
        if record.contact and record.contact.website:
            site = fold(record.contact.website).split("://")[1].removeprefix("www.").rstrip("/")
            same = next((one for one in sites.get(site, ()) if not _one_network(one, document)), None)
            if same:
                values = {"website": record.contact.website, "other": same.content.name, "file": same.file}
                yield Finding("same-website", document.file, ("contact", "website"), values)
            sites.setdefault(site, []).append(document)


def _distinctive(name: str) -> str:
    """Return a name's words in one order, without those that many organisations share."""
    words, common = sorted(fold(name).replace("-", " ").split()), texts("words")["common-in-names"]
    return " ".join(word for word in words if word not in common) or fold(name)


def _one_network(one: Document, other: Document) -> bool:
    """Say whether two organisations may share a website because they are, or may be, branches of one network."""
    known = one.knows("networks") and other.knows("networks")
    return not known or bool(set(one.content.networks) & set(other.content.networks))


def end_before_start(scene: Scene) -> Iterator[Finding]:
    """What ends, ends after it began."""
    for document, organisation in scene.organisations:
        for index, one in enumerate(organisation.opportunities):
            path: Path = ("opportunities", index)
            yield from _in_order(document, (*path, "last_day"), one.first_day, one.last_day)
            for number, meeting in enumerate(one.schedule.meetings if one.schedule else ()):
                where = (*path, "schedule", "meetings", number)
                yield from _in_order(document, (*where, "ends"), meeting.starts, meeting.ends)
                yield from _in_order(document, (*where, "last_day"), meeting.first_day, meeting.last_day)
            for number, change in enumerate(one.schedule.changes if one.schedule else ()):
                where = (*path, "schedule", "changes", number)
                yield from _in_order(document, (*where, "ends"), change.starts, change.ends)
            if one.age:
                yield from _in_order(document, (*path, "age", "most"), one.age.least, one.age.most)
    for document, reception in scene.records("reception"):
        opening = reception.open
        if opening and opening.since and opening.until:
            until = opening.until.isoformat()[: len(opening.since)]
            yield from _in_order(document, ("open", "until"), opening.since, until)


def _in_order(document: Document, path: Path, start: Any, end: Any) -> Iterator[Finding]:
    if start is not None and end is not None and end < start:
        yield Finding("end-before-start", document.file, path, {"start": start, "end": end})


def days_gone_by(scene: Scene) -> Iterator[Finding]:
    """What is over says so: a volunteer declaration, an opportunity, a reception location."""
    for document, organisation in scene.organisations:
        for index, one in enumerate(organisation.opportunities):
            path: Path = ("opportunities", index)
            declaration = one.requirements.declaration if one.requirements else None
            if declaration and declaration.until and declaration.until < scene.today:
                where = (*path, "requirements", "declaration", "until")
                yield Finding("declaration-expired", document.file, where, {"until": declaration.until})
            over = one.last_day and one.last_day < scene.today
            if over and one.status != "gestopt" and document.knows(*path, "status"):
                yield Finding("opportunity-over", document.file, (*path, "last_day"), {"last": one.last_day})
    for document, reception in scene.records("reception"):
        if reception.open and reception.open.until and reception.open.until < scene.today:
            yield Finding("reception-closed", document.file, ("open", "until"), {"until": reception.open.until})


def confirmations(scene: Scene) -> Iterator[Finding]:
    """A confirmation lies in the past, but not too far: its term stands in the vocabulary, by kind."""
    for document in scene.draft.documents:
        confirmation = getattr(document.content, "confirmation", None)
        if confirmation is None:
            continue
        values = {"on": confirmation.on}
        if confirmation.on > scene.today:
            yield Finding("confirmation-future", document.file, ("confirmation", "on"), values)
        elif since := _stale_since(scene, document):
            yield Finding("confirmation-stale", document.file, ("confirmation", "on"), values | {"since": since})


def without_source(scene: Scene) -> Iterator[Finding]:
    """Somebody wrote it on a page, or said it."""
    for document in scene.draft.documents:
        if document.collection not in SOURCED or not document.content:
            continue
        known = document.content.sources or document.content.confirmation
        if not known and document.knows("sources") and document.knows("confirmation"):
            yield Finding("no-source", document.file, ("sources",), {})


def _stale_since(scene: Scene, document: Document) -> datetime.date | None:
    if document.collection == "organisations":
        vocabulary = scene.single("vocabulary")
        if not vocabulary or not vocabulary.knows("kinds", document.content.kind) or not document.knows("kind"):
            return None
        return stale_since(document.content, vocabulary.content, scene.today)
    end = months_later(document.content.confirmation.on, DEFAULT_TERM_MONTHS)
    return end if end < scene.today else None


def contacts(scene: Scene) -> Iterator[Finding]:
    """A reader can get in touch."""
    for document, organisation in scene.organisations:
        found = organisation.contact
        reachable = found and (found.website or found.email or found.phone)
        if not reachable and organisation.status != "gestopt" and document.knows("status"):
            yield Finding("no-contact", document.file, ("contact",), {"name": organisation.name})


def minors(scene: Scene) -> Iterator[Finding]:
    """Where unaccompanied minors live is not made public."""
    for document, reception in scene.records("reception"):
        words = fold(reception.name).replace("-", " ").split()
        if reception.type == "amv":
            yield Finding("minors-location", document.file, ("type",), {})
        elif MINORS & set(words):
            yield Finding("minors-location", document.file, ("name",), {})


def ended_references(scene: Scene) -> Iterator[Finding]:
    """A municipality does not send people to an organisation that has ended."""
    ended = {document.slug: one.name for document, one in scene.organisations if one.status == "gestopt"}
    for document, municipality in scene.records("municipalities"):
        guidance = municipality.guidance
        if guidance and guidance.organisation in ended:
            values = {"name": ended[guidance.organisation]}
            yield Finding("reference-to-ended", document.file, ("guidance", "organisation"), values)


def permission_rules(scene: Scene) -> Iterator[Finding]:
    """The rules of ``legal.yml`` name facts that exist and leave no opportunity without an answer."""
    document = scene.single("legal")
    if document is None:
        return
    legal = document.content
    for name in ("without_permit", "with_permit"):
        rules: tuple[PermissionRule, ...] = getattr(legal, name)
        for index, rule in enumerate(rules):
            if rule.fact and rule.fact not in legal.facts and document.knows_ids("facts"):
                yield unknown(document, (name, index, "fact"), "facts", rule.fact, legal.facts)
        if rules and (rules[-1].activities or rules[-1].only_for or rules[-1].declaration):
            yield Finding("permission-incomplete", document.file, (name, len(rules) - 1), {})


def icons(scene: Scene) -> Iterator[Finding]:
    """An icon of the vocabulary is one of Lucide's."""
    document = scene.single("vocabulary")
    if document is None:
        return
    for facet in FACETS:
        for id, term in getattr(document.content, facet).items():
            if icon := getattr(term, "icon", None):
                yield from missing_icon(scene, document, (facet, id, "icon"), icon)


RULES: tuple[Callable[[Scene], Iterator[Finding]], ...] = (
    unknown_references,
    folders_without_municipality,
    municipality_codes,
    role_contacts,
    duplicate_opportunities,
    taken_addresses,
    same_organisation,
    *places.RULES,
    end_before_start,
    days_gone_by,
    confirmations,
    without_source,
    contacts,
    minors,
    ended_references,
    permission_rules,
    icons,
    *times.RULES,
    *routes.RULES,
    *tasks.RULES,
)
"""Every check over the whole catalogue, in the order in which they run."""
