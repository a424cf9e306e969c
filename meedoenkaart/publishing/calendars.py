"""Writes the calendars of the site."""

from collections.abc import Callable, Mapping, Sequence

from meedoenkaart.calendars.events import window
from meedoenkaart.calendars.files import around_all, calendar, events_of
from meedoenkaart.calendars.selection import calendars
from meedoenkaart.catalogue import Catalogue, Offer
from meedoenkaart.publishing.folder import Folder
from meedoenkaart.publishing.page import region_of
from meedoenkaart.publishing.rendering import Site


def write_calendars(
    catalogue: Catalogue,
    site: Site,
    moved: Mapping[str, Sequence[str]],
    digest: Callable[..., str],
    known: Mapping[str, str],
    folder: Folder,
) -> dict[str, str]:
    """Write every calendar, but for those that are published as they are; return what they are made of, by path.

    ``moved`` has the earlier addresses of pages: who subscribed there goes on to be told. ``digest`` returns of values
    what stands for them, in any build; those that are ``known``, by path, are published already.
    """
    days, around = window(catalogue.today), around_all(site.name)
    labels = {id: str(term.label) for id, term in catalogue.vocabulary.activities.items()}
    shared = digest(days, site.name, site.url, labels)
    events: dict[int, bytes] = {}
    made: dict[str, str] = {}

    def events_in(offer: Offer) -> bytes:
        if id(offer) not in events:  # most are in several
            label = labels[offer.opportunity.activity]
            events[id(offer)] = events_of(offer, site.url + offer.url, label, days)
        return events[id(offer)]

    for one in calendars(catalogue, region_of(catalogue.region)):
        page = one.page.partition("#")[0]
        paths = [address + one.path.removeprefix(page) for address in (page, *moved.get(page, ()))]
        state = digest(shared, one)
        made |= dict.fromkeys(paths, state)
        if all(known.get(path) == state for path in paths):
            for path in paths:
                folder.take(path)
        else:
            data = calendar(around, one.name, site.url + one.page, site.url + one.path, map(events_in, one.offers))
            for path in paths:
                folder.write(path, data)
    return made
