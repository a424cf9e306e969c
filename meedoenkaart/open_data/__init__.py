"""The open data: the catalogue as files that other programs read, made piece by piece. Knows no page.

What every file holds and where it lies is promised: ``tests/open_data/promised.txt`` has all paths and types.
"""

from collections.abc import Iterator

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.open_data.description import descriptions
from meedoenkaart.open_data.files import About, Digest, File
from meedoenkaart.open_data.geography import map_files
from meedoenkaart.open_data.hsds_files import hsds_files
from meedoenkaart.open_data.records import record_files
from meedoenkaart.open_data.spreadsheets import spreadsheets


def open_data(catalogue: Catalogue, about: About, digest: Digest) -> Iterator[File]:
    """Yield every file of the open data; what ``digest`` returns of equal values is equal."""
    around = digest(catalogue.vocabulary, about)
    state = {}
    for slug, page in catalogue.organisations.items():
        offers = catalogue.offers_of(page)
        state[slug] = digest(around, page, offers, [catalogue.is_current(offer) for offer in offers])
    for make in (record_files, hsds_files, spreadsheets, map_files):
        yield from make(catalogue, about, digest, state)
    yield from descriptions(catalogue, about, digest)
