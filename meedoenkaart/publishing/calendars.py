"""Writes the calendars of the site."""

from collections.abc import Mapping, Sequence

from meedoenkaart.calendars.events import window
from meedoenkaart.calendars.files import around_all, calendar, events_of
from meedoenkaart.calendars.selection import calendars
from meedoenkaart.catalogue import Catalogue
from meedoenkaart.publishing.folder import Folder
from meedoenkaart.publishing.page import region_of
from meedoenkaart.publishing.rendering import Site


def write_calendars(catalogue: Catalogue, site: Site, moved: Mapping[str, Sequence[str]], folder: Folder) -> None:
    """Write every calendar.

    ``moved`` has the earlier addresses of pages: who subscribed there goes on to be told.
    """
    days, around = window(catalogue.today), around_all(site.name)
    activities = catalogue.vocabulary.activities
    events: dict[int, bytes] = {}
    for one in calendars(catalogue, region_of(catalogue.region)):
        for offer in one.offers:
            if id(offer) not in events:  # most are in several
                label = str(activities[offer.opportunity.activity].label)
                events[id(offer)] = events_of(offer, site.url + offer.url, label, days)
        parts = [events[id(offer)] for offer in one.offers]
        data = calendar(around, one.name, site.url + one.page, site.url + one.path, parts)
        page = one.page.partition("#")[0]
        for address in (page, *moved.get(page, ())):
            folder.write(address + one.path.removeprefix(page), data)
