"""Which pages the site has, and what each one shows."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from textwrap import shorten
from typing import Any, NamedTuple

from generator.catalogue import (
    Catalogue,
    MunicipalityPage,
    Nearby,
    Offer,
    OrganisationPage,
    ReceptionPage,
    RoutePage,
)
from generator.geography.distance import BIKE_KM_PER_HOUR, DETOUR, EARTH_RADIUS_KM, kilometres
from generator.publishing.drawings import preview_picture
from generator.publishing.form import FORMS, parts, specimen
from generator.publishing.route import view
from generator.reading.documents import COLLECTIONS
from generator.records.vocabulary import FACETS, Term
from generator.texts import texts
from generator.writing.example import example_route
from generator.writing.fields import FieldHelp, fields_of, label_of, records_within

NEAR_KM = 25
"""A page of a reception location lists what lies within so many kilometres."""
LISTED = 500
"""A page shows so many opportunities at most, some half a megabyte; beyond that it names how many there are in each
municipality, with links to their lists. Those are always complete: something has to be."""
NEAR_RECEPTION_KM = 30
"""An organisation's page names the reception locations within so many kilometres."""

LONGEST_DESCRIPTION = 160
"""Characters of a page's description that search engines show."""

Crumbs = tuple[tuple[str, str | None], ...]
"""Titles and addresses from the site's root, from home to the page itself (which has no address)."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page before it is drawn."""

    url: str
    """From the site's root, ending in a slash; empty for the home page."""
    template: str
    """A file in ``theme/pages/`` without its extension."""
    title: str
    description: str
    context: Mapping[str, Any] | Callable[[], Mapping[str, Any]]
    """What the template shows, or what gathers it when the page is drawn.

    ``jsonld`` in it is a list of what search engines read (schema.org)."""
    breadcrumbs: Crumbs = ()
    search: str | None = field(default=None)
    """Words by which the site's own search finds the page; None keeps it out."""
    picture: str | None = None
    """The address of a picture for those who share the page, from the site's root."""

    def shown(self) -> Mapping[str, Any]:
        """Return what the template shows."""
        return self.context() if callable(self.context) else self.context

    def gathered(self) -> "Page":
        """Return this page with all of that at hand, to be compared with another."""
        return replace(self, context=self.shown())


def shows_finder(page: Page) -> bool:
    """Say whether a page shows the finder, and so names its files."""
    return page.url == "kansen/" or page.template == "reception"


class Group(NamedTuple):
    """A titled part of a list."""

    title: str
    anchor: str
    offers: list[Offer]


@dataclass(frozen=True, slots=True)
class MunicipalityLine:
    """A municipality in the overview."""

    page: MunicipalityPage
    count: int
    """Current offers there."""
    route: RoutePage | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of an overview."""

    title: str
    url: str
    count: int
    explanation: str = ""
    icon: str = ""


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Yield every generated page; an organisation's pages come last, since there are most of them."""
    yield _home(catalogue)
    yield from _lists(catalogue)
    yield from _receptions(catalogue)
    yield from _municipalities(catalogue)
    yield _glossary(catalogue)
    yield _shortlist(catalogue)
    yield _fields(catalogue)
    yield _route_help(catalogue)
    yield from _form(catalogue)
    for organisation in catalogue.organisations.values():
        yield _organisation(catalogue, organisation)


def redirects(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield ``(old address, new address)`` for every alias, from the site's root."""
    for prefix, found in (
        ("kansen", catalogue.organisations),
        ("azc", catalogue.receptions),
        ("gemeenten", catalogue.municipalities),
    ):
        for page in found.values():
            for alias in page.record.aliases:
                known = alias.split("/")[0] in ("kansen", "azc", "gemeenten")
                yield (f"{alias}/" if known else f"{prefix}/{alias}/"), page.url


class _Words(NamedTuple):
    """What a page is called, in ``generator/texts/nl/pages.yml``."""

    title: str
    description: str
    intro: str


def _words(name: str, /, **values: object) -> _Words:
    written = texts("pages")[name]
    return _Words(*(written.get(part, "").format_map(values) for part in _Words._fields))


def _crumbs(*steps: tuple[str, str | None]) -> Crumbs:
    return ((texts("pages")["home"]["title"], ""), *steps)


def _home(catalogue: Catalogue) -> Page:
    with_offers = [slug for slug in catalogue.regional_municipalities if slug in catalogue.offers_by_municipality]
    context = {
        "receptions": list(catalogue.receptions.values()),
        "municipalities": [
            (one, slug in catalogue.routes)
            for slug, one in catalogue.regional_municipalities.items()
            if slug in catalogue.offers_by_municipality or slug in catalogue.routes
        ],
        "counts": {
            "offers": len(catalogue.current_offers),
            "organisations": len(catalogue.organisations),
            "municipalities": len(with_offers),
            "receptions": len(catalogue.receptions),
        },
    }
    words = _words("home")
    return Page("", "home", words.title, words.description, context)


def _lists(catalogue: Catalogue) -> Iterator[Page]:
    overviews = [
        Entry(words.title, f"{slug}/", count, words.intro)
        for name, slug, count in (
            ("activities", "activiteiten", len(catalogue.offers_by_activity)),
            ("sectors", "sectoren", len(catalogue.offers_by_sector)),
        )
        for words in [_words(name)]
    ]
    groups = [
        Group(municipality.record.name, slug, catalogue.offers_by_municipality[slug])
        for slug, municipality in catalogue.municipalities.items()
        if slug in catalogue.offers_by_municipality
    ]
    top = _words("opportunities", count=len(catalogue.current_offers))
    yield _list("kansen/", top, _crumbs((top.title, None)), groups, overviews, catalogue)
    for group in groups:
        words = _words("opportunities-municipality", name=group.title, count=len(group.offers))
        crumbs = _crumbs((top.title, "kansen/"), (group.title, None))
        parts = _by_activity(catalogue, group.offers)
        page = Entry(texts("pages")["municipality"]["title"].format(name=group.title), f"gemeenten/{group.anchor}/", 0)
        yield _list(f"kansen/{group.anchor}/", words, crumbs, parts, [page], catalogue, complete=True)
    for name, slug, terms, found in (
        ("activities", "activiteiten", catalogue.vocabulary.activities, catalogue.offers_by_activity),
        ("sectors", "sectoren", catalogue.vocabulary.sectors, catalogue.offers_by_sector),
    ):
        yield from _facet(catalogue, name, slug, terms, found)


def _facet(
    catalogue: Catalogue, name: str, slug: str, terms: Mapping[str, Term], found: Mapping[str, list[Offer]]
) -> Iterator[Page]:
    """Yield the overview of a facet's values and a list for each value that has offers."""
    words = _words(name)
    entries = [
        Entry(str(term.label), f"{slug}/{id}/", len(found[id]), str(term.explanation), term.icon)
        for id, term in terms.items()
        if id in found
    ]
    context = {"heading": words.title, "intro": words.intro, "entries": entries}
    yield Page(
        f"{slug}/",
        "overview",
        words.title,
        words.description,
        context,
        _crumbs((words.title, None)),
        search="",
    )
    singular = {"activities": "opportunities-activity", "sectors": "opportunities-sector"}[name]
    for entry in entries:
        offers = found[entry.url.split("/")[1]]
        values = _words(singular, label=entry.title, explanation=entry.explanation, count=entry.count)
        crumbs = _crumbs((words.title, f"{slug}/"), (entry.title, None))
        yield _list(entry.url, values, crumbs, _by_municipality(catalogue, offers), entries, catalogue)


def _list(
    url: str,
    words: _Words,
    crumbs: Crumbs,
    groups: list[Group],
    overviews: list[Entry],
    catalogue: Catalogue,
    complete: bool = False,
) -> Page:
    """Return a list of opportunities; one that need not be ``complete`` is in groups by municipality."""
    count = sum(len(group.offers) for group in groups)
    listed = complete or count <= LISTED
    context = {
        "count": count,
        "heading": words.title,
        "intro": words.intro,
        "groups": groups if listed else [],
        "municipalities": [] if listed else _links(groups),
        "overviews": [(one.title, one.url, one.count) for one in overviews],
        "own_url": url,
        "receptions": list(catalogue.receptions.values()) if url == "kansen/" else [],
    }
    return Page(url, "opportunities", words.title, words.description, context, crumbs, search="")


def _by_activity(catalogue: Catalogue, offers: list[Offer]) -> list[Group]:
    return [
        Group(str(term.label), id, found)
        for id, term in catalogue.vocabulary.activities.items()
        if (found := [offer for offer in offers if offer.opportunity.activity == id])
    ]


def _by_municipality(catalogue: Catalogue, offers: list[Offer]) -> list[Group]:
    found: dict[str, list[Offer]] = {}
    for offer in offers:
        found.setdefault(offer.municipality.slug, []).append(offer)
    return [
        Group(municipality.record.name, slug, found[slug])
        for slug, municipality in catalogue.municipalities.items()
        if slug in found
    ]


def _links(groups: list[Group]) -> list[tuple[str, str, int]]:
    """Return title, address and number of opportunities of groups by municipality."""
    return [(group.title, f"kansen/{group.anchor}/", len(group.offers)) for group in groups]


def _receptions(catalogue: Catalogue) -> Iterator[Page]:
    words = _words("reception-index")
    receptions = list(catalogue.receptions.values())
    near = {one.slug: catalogue.near(one.spot, NEAR_KM) for one in receptions}
    context = {
        "receptions": receptions,
        "counts": {slug: len(found) for slug, found in near.items()},
        "within": NEAR_KM,
    }
    crumbs = _crumbs((words.title, None))
    yield Page("azc/", "reception_index", words.title, words.description, context, crumbs, search="")
    for reception in receptions:
        yield _reception(catalogue, reception, near[reception.slug], words.title)


def _reception(catalogue: Catalogue, page: ReceptionPage, near: list[Nearby], parent: str) -> Page:
    name = page.record.name
    groups = [
        (term, id, found)
        for id, term in catalogue.vocabulary.activities.items()
        if (found := [one for one in near[:LISTED] if one.offer.opportunity.activity == id])
    ]
    farther = _by_municipality(catalogue, [one.offer for one in near[LISTED:]])
    jsonld = {
        "@context": "https://schema.org",
        "@type": "Place",
        "name": name,
        **_geo(page),
        **_address(page.record.place),
    }
    context = {"page": page, "groups": groups, "farther": _links(farther), "within": NEAR_KM, "jsonld": [jsonld]}
    words = _words("reception", name=name, count=len(near), within=NEAR_KM)
    crumbs = _crumbs((parent, "azc/"), (name, None))
    search = f"{page.record.place}, {page.municipality.record.name}"
    return Page(page.url, "reception", words.title, words.description, context, crumbs, search)


def _municipalities(catalogue: Catalogue) -> Iterator[Page]:
    words = _words("municipality-index")
    listed = [
        MunicipalityLine(one, len(catalogue.offers_by_municipality.get(slug, [])), catalogue.routes.get(slug))
        for slug, one in catalogue.municipalities.items()
    ]
    context = {
        "municipalities": [one for one in listed if not catalogue.is_example(one.page.slug)],
        "examples": [one for one in listed if catalogue.is_example(one.page.slug)],
    }
    crumbs = _crumbs((words.title, None))
    yield Page("gemeenten/", "municipality_index", words.title, words.description, context, crumbs, search="")
    for municipality in catalogue.municipalities.values():
        yield _municipality(catalogue, municipality, words.title)


def _municipality(catalogue: Catalogue, page: MunicipalityPage, parent: str) -> Page:
    record = page.record
    offers = catalogue.offers_by_municipality.get(page.slug, [])
    guidance = record.guidance.organisation if record.guidance else None
    jsonld = {
        "@context": "https://schema.org",
        "@type": "AdministrativeArea",
        "name": record.name,
        "containedInPlace": {"@type": "AdministrativeArea", "name": record.province},
    }
    route = catalogue.routes.get(page.slug)
    shown = view(catalogue, route) if route else None
    linked = shown.offers if shown else ()
    context = {
        "page": page,
        "route": shown,
        "linked": linked,
        "offers": offers,
        "groups": _by_activity(catalogue, [offer for offer in offers if offer not in linked]),
        "organisations": catalogue.organisations_by_municipality.get(page.slug, []),
        "from_elsewhere": catalogue.organisations_by_area.get(page.slug, []),
        "receptions": [one for one in catalogue.receptions.values() if one.municipality is page],
        "guidance": catalogue.organisations[guidance] if guidance else None,
        "jsonld": [jsonld],
    }
    words = _words("municipality-route" if route else "municipality", name=record.name, count=len(offers))
    crumbs = _crumbs((parent, "gemeenten/"), (record.name, None))
    steps = ", ".join(str(step.title) for step in route.record.steps.values()) if route else ""
    search = ". ".join(filter(None, (f"{record.province}, {record.seat}", steps)))
    picture = preview_picture(page.slug) if route else None
    return Page(page.url, "municipality", words.title, words.description, context, crumbs, search, picture)


def _glossary(catalogue: Catalogue) -> Page:
    words = _words("glossary")
    terms = catalogue.glossary.terms
    jsonld = {
        "@context": "https://schema.org",
        "@type": "DefinedTermSet",
        "name": words.title,
        "hasDefinedTerm": [
            {"@type": "DefinedTerm", "name": one.term, "description": str(one.explanation)} for one in terms.values()
        ],
    }
    context = {"glossary": catalogue.glossary, "jsonld": [jsonld]}
    search = " ".join(f"{one.term} {one.meaning or ''}" for one in terms.values())
    crumbs = _crumbs((words.title, None))
    return Page("begrippen/", "glossary", words.title, words.description, context, crumbs, search)


def _route_help(catalogue: Catalogue) -> Page:
    """Return the page that tells a municipality how to publish its route, with a small one and its drawing."""
    words = _words("route-help")
    text, route = example_route()
    shown = replace(view(catalogue, RoutePage("", "", route)), coverage=())  # what the law asks is not shown here
    context = {"text": text, "route": shown}
    crumbs = _crumbs((texts("pages")["add"]["title"], "toevoegen/"), (words.title, None))
    return Page("toevoegen/route/", "route_help", words.title, words.description, context, crumbs, search="")


def _shortlist(catalogue: Catalogue) -> Page:
    """Return the page that shows what its reader kept; a script fills it in."""
    words = _words("shortlist")
    context = {
        "receptions": list(catalogue.receptions.values()),
        "ride": {"earth": EARTH_RADIUS_KM, "detour": DETOUR, "speed": BIKE_KM_PER_HOUR},
    }
    return Page("lijstje/", "shortlist", words.title, words.description, context, _crumbs((words.title, None)))


@dataclass(frozen=True, slots=True)
class FieldsOf:
    """The fields of a record, or of a part of one, for contributors."""

    label: str
    help: str
    anchor: str
    fields: tuple[FieldHelp, ...]


@dataclass(frozen=True, slots=True)
class FileHelp:
    """A kind of file, for contributors."""

    label: str
    help: str
    anchor: str
    path: str
    """Where such a file lies."""
    parts: tuple[FieldsOf, ...]


def _fields(catalogue: Catalogue) -> Page:
    """Return the reference of every field that a contributor may fill in."""
    words = _words("fields")
    files = []
    for collection in COLLECTIONS:
        name = collection.record.__name__.lower()
        parts = tuple(
            FieldsOf(*label_of(one), f"{name}-{one.__name__.lower()}", fields_of(one))
            for one in records_within(collection.record)
        )
        files.append(FileHelp(*label_of(collection.record), name, collection.pattern, parts))
    facets = {facet: list(getattr(catalogue.vocabulary, facet)) for facet in FACETS}
    context = {"files": files, "facets": facets}
    crumbs = _crumbs((texts("pages")["add"]["title"], "toevoegen/"), (words.title, None))
    return Page("toevoegen/velden/", "fields", words.title, words.description, context, crumbs, search="")


def _form(catalogue: Catalogue) -> Iterator[Page]:
    """Yield the pages with the form: for a new organisation, and for each kind of file that is there."""
    if not catalogue.regional_municipalities:
        return
    card = {"specimen": specimen(catalogue)}
    words = _words("add")
    context = {"mode": "add", "kind": "organisations", "lead": words.intro, **card}
    context["parts"] = parts(catalogue, "organisations")
    yield Page("toevoegen/", "form", words.title, words.description, context, _crumbs((words.title, None)), search="")
    for kind, url in FORMS.items():
        words = _words(f"change-{kind}")
        context = {"mode": "change", "kind": kind, "lead": words.intro, "parts": parts(catalogue, kind), **card}
        yield Page(url, "form", words.title, words.description, context, _crumbs((words.title, None)))


def _organisation(catalogue: Catalogue, page: OrganisationPage) -> Page:
    record = page.record
    municipality = page.municipality
    offers = catalogue.offers_of(page)
    titles = ", ".join(str(offer.opportunity.title) for offer in offers)
    crumbs = _crumbs(
        (texts("pages")["opportunities"]["title"], "kansen/"),
        (municipality.record.name, f"kansen/{municipality.slug}/"),
        (record.name, None),
    )
    vocabulary = catalogue.vocabulary
    kinds = [str(vocabulary.activities[offer.opportunity.activity].label) for offer in offers]
    sectors = [str(vocabulary.sectors[id].label) for offer in offers for id in offer.opportunity.sectors]
    facts = dict.fromkeys([record.address.place, municipality.record.name, *kinds, *sectors])
    words = _words("organisation", titles=titles, name=record.name, place=record.address.place)
    return Page(
        page.url,
        "organisation",
        record.name if record.address.place in record.name else words.title,
        shorten(words.description, LONGEST_DESCRIPTION, placeholder=" …"),
        partial(_organisation_context, catalogue, page),
        crumbs,
        search=f"{titles}. {', '.join(facts)}",
    )


def _organisation_context(catalogue: Catalogue, page: OrganisationPage) -> dict[str, Any]:
    offers = catalogue.offers_of(page)
    near = [(one, kilometres(page.spot, one.spot)) for one in catalogue.receptions.values()]
    return {
        "page": page,
        "offers": offers,
        "nearby_receptions": sorted((one for one in near if one[1] <= NEAR_RECEPTION_KM), key=lambda one: one[1]),
        "serves": [catalogue.municipalities[slug] for slug in page.record.serves],
        "jsonld": [_organisation_jsonld(page, offers)],
    }


def _organisation_jsonld(page: OrganisationPage, offers: list[Offer]) -> dict[str, Any]:
    record = page.record
    contact = record.contact
    found: dict[str, Any] = {"@context": "https://schema.org", "@type": "Organization", "name": record.name}
    if record.description:
        found["description"] = str(record.description)
    if contact:
        known = {"url": contact.website, "email": contact.email, "telephone": contact.phone}
        found |= {name: value for name, value in known.items() if value}
    found["location"] = {
        "@type": "Place",
        **_address(record.address.place, record.address.street, record.address.postcode),
        **_geo(page),
    }
    found["makesOffer"] = [
        {
            "@type": "Offer",
            "itemOffered": {
                "@type": "Service",
                "name": str(offer.opportunity.title),
                **({"description": str(offer.opportunity.description)} if offer.opportunity.description else {}),
            },
        }
        for offer in offers
    ]
    return found


def _address(place: str, street: str | None = None, postcode: str | None = None) -> dict[str, Any]:
    known = {"streetAddress": street, "postalCode": postcode, "addressLocality": place, "addressCountry": "NL"}
    return {"address": {"@type": "PostalAddress", **{name: value for name, value in known.items() if value}}}


def _geo(page: OrganisationPage | ReceptionPage) -> dict[str, Any]:
    """Return the position for search engines, but not the centre of a place: that would claim too much."""
    if page.spot.precision == "plaats":
        return {}
    return {"geo": {"@type": "GeoCoordinates", "latitude": page.spot.latitude, "longitude": page.spot.longitude}}
