"""Writes the calendars of the site, those of which something changed."""

from collections.abc import Mapping, Sequence

from meedoenkaart.calendars.events import Window, window
from meedoenkaart.calendars.files import around_all, calendar, events_in, events_of
from meedoenkaart.calendars.selection import calendars, own_calendar
from meedoenkaart.catalogue import Catalogue, Offer
from meedoenkaart.processes import for_each, in_batches
from meedoenkaart.publishing.digests import Digests
from meedoenkaart.publishing.folder import Folder
from meedoenkaart.publishing.page import region_of
from meedoenkaart.publishing.rendering import Site

AT_A_TIME = 500
"""Opportunities of which a process writes the events; more are worth a second process."""


def write_calendars(
    catalogue: Catalogue,
    site: Site,
    digests: Digests,
    known: Mapping[str, str],
    moved: Mapping[str, Sequence[str]],
    folder: Folder,
) -> dict[str, str]:
    """Write every calendar, those that did not change excepted; return what each is made of, as digests by path.

    ``moved`` has the earlier addresses of pages: who subscribed there goes on to be told.
    """
    found = list(calendars(catalogue, region_of(catalogue.region)))
    days = window(catalogue.today)
    made: dict[str, str] = {}
    for one in found:  # those of single opportunities come first, and what they are made of stands for them
        about: list[object] = [made.get(own_calendar(offer)) for offer in one.offers]
        if about == [None]:
            about = [one.offers[0], _label(catalogue, one.offers[0]), days]
        made[one.path] = digests.of_data(site.name, site.url, one.page, one.name, about)
    changed = [one for one in found if known.get(one.path) != made[one.path]]
    new = {one.path for one in changed}
    needed = {own_calendar(offer): offer for one in changed for offer in one.offers}
    fresh = [offer for path, offer in needed.items() if path in new]
    written = for_each(
        in_batches(fresh, AT_A_TIME), lambda offer: _events(catalogue, site, offer, days), len(fresh) > AT_A_TIME
    )
    events = dict(zip(map(own_calendar, fresh), written, strict=True))
    for path in needed.keys() - events.keys():
        events[path] = events_in(folder.read(path))
    around = around_all(site.name)
    for one in found:
        if one.path in new:
            parts = [events[own_calendar(offer)] for offer in one.offers]
            folder.write(one.path, calendar(around, one.name, site.url + one.page, site.url + one.path, parts))
        else:
            folder.take(one.path)
        page = one.page.partition("#")[0]
        for old in moved.get(page, ()):
            folder.write(old + one.path.removeprefix(page), folder.filled(one.path))
    return made


def _events(catalogue: Catalogue, site: Site, offer: Offer, days: Window) -> bytes:
    return events_of(offer, site.url + offer.url, _label(catalogue, offer), days)


def _label(catalogue: Catalogue, offer: Offer) -> str:
    return str(catalogue.vocabulary.activities[offer.opportunity.activity].label)
