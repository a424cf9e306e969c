"""Lists of opportunities: all of them, and by municipality, activity and sector."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from meedoenkaart.calendars.selection import beside, of_activity
from meedoenkaart.catalogue import Catalogue, Home, Nationwide, Offer
from meedoenkaart.geography.areas import NATIONWIDE
from meedoenkaart.publishing.grouping import LISTED, Group, by_activity, by_home, links, without_travel
from meedoenkaart.publishing.page import Crumbs, Page, Words, crumbs_to, feed_beside, words_of
from meedoenkaart.records.vocabulary import Term
from meedoenkaart.texts import texts


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of an overview."""

    title: str
    url: str
    count: int
    explanation: str = ""
    icon: str = ""


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Yield all lists of opportunities, and the overviews that lead to them."""
    overviews = [
        Entry(words.title, f"{slug}/", count, words.intro)
        for name, slug, count in (
            ("activities", "activiteiten", len(catalogue.offers_by_activity)),
            ("sectors", "sectoren", len(catalogue.offers_by_sector)),
        )
        for words in [words_of(name)]
    ]
    groups = by_home(catalogue, list(catalogue.current_offers))
    top = words_of("opportunities", count=len(catalogue.regional_offers))
    yield _list("kansen/", top, crumbs_to((top.title, None)), _regional(catalogue, groups), overviews, catalogue)
    filed = catalogue.organisations_by_home
    homes: list[Home] = [*catalogue.municipalities.values(), catalogue.nationwide]
    for home in homes:
        if home.slug in filed or home.slug in catalogue.offers_by_municipality:
            yield _of_home(catalogue, home, top.title)
    for name, slug, terms, found in (
        ("activities", "activiteiten", catalogue.vocabulary.activities, catalogue.offers_by_activity),
        ("sectors", "sectoren", catalogue.vocabulary.sectors, catalogue.offers_by_sector),
    ):
        yield from _facet(catalogue, name, slug, terms, found)


def _of_home(catalogue: Catalogue, home: Home, parent: str) -> Page:
    """Return the list of what there is for people in a municipality, or of what is not bound to one."""
    crumbs = crumbs_to((parent, "kansen/"), (home.name, None))
    if isinstance(home, Nationwide):
        offers = [offer for offer in catalogue.current_offers if offer.home is home]
        words = words_of("opportunities-nationwide", count=len(offers))
        return _list(
            f"kansen/{home.slug}/", words, crumbs, by_activity(catalogue, offers), [], catalogue, complete=True
        )
    offers = catalogue.offers_by_municipality.get(home.slug, [])
    apart = without_travel(catalogue, home, offers)
    words = words_of("opportunities-municipality", name=home.name, count=len(offers) + len(apart.offers))
    about = Entry(texts("pages")["municipality"]["title"].format(name=home.name), home.url, 0)
    groups = [*by_activity(catalogue, offers), *([apart] if apart.offers else [])]
    return _list(f"kansen/{home.slug}/", words, crumbs, groups, [about], catalogue, complete=True)


def _regional(catalogue: Catalogue, groups: list[Group]) -> list[Group]:
    return [one for one in groups if one.anchor in (*catalogue.regional_municipalities, NATIONWIDE)]


def _facet(
    catalogue: Catalogue, name: str, slug: str, terms: Mapping[str, Term], found: Mapping[str, list[Offer]]
) -> Iterator[Page]:
    """Yield the overview of a facet's values and a list for each value that has offers."""
    words = words_of(name)
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
        crumbs_to((words.title, None)),
        search="",
    )
    singular = {"activities": "opportunities-activity", "sectors": "opportunities-sector"}[name]
    for entry in entries:
        offers = found[entry.url.split("/")[1]]
        values = words_of(singular, label=entry.title, explanation=entry.explanation, count=entry.count)
        crumbs = crumbs_to((words.title, f"{slug}/"), (entry.title, None))
        has_days = name == "activities" and of_activity(catalogue, entry.url.split("/")[1])
        calendar = beside(entry.url) if has_days else None
        yield _list(entry.url, values, crumbs, by_home(catalogue, offers), entries, catalogue, calendar=calendar)


def _list(
    url: str,
    words: Words,
    crumbs: Crumbs,
    groups: list[Group],
    overviews: list[Entry],
    catalogue: Catalogue,
    complete: bool = False,
    calendar: str | None = None,
) -> Page:
    """Return a list of opportunities; one that need not be ``complete`` is in groups by municipality."""
    count = sum(len(group.offers) for group in groups)
    listed = complete or count <= LISTED
    feed = feed_beside(url) if url.startswith("sectoren/") else None
    context = {
        "count": count,
        "heading": words.title,
        "intro": words.intro,
        "groups": groups if listed else [],
        "municipalities": [] if listed else links(groups),
        "overviews": [(one.title, one.url, one.count) for one in overviews],
        "own_url": url,
        "with_finder": url == "kansen/" and bool(catalogue.offers),
        "feed": feed,
        "calendar": calendar,
        "receptions": list(catalogue.regional_receptions.values()) if url == "kansen/" else [],
    }
    return Page(url, "opportunities", words.title, words.description, context, crumbs, search="", feed=feed)
