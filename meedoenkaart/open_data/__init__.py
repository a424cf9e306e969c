"""The open data: the catalogue as files that other programs read, made piece by piece. Knows no page.

What every file holds and where it lies is promised: ``tests/open_data/promised.txt`` has all paths and types. Of
organisations there are many: each is told once, in its own files and in what it adds (``shares.py``) to those of all.
"""

from collections.abc import Iterator

from meedoenkaart.catalogue import Catalogue, OrganisationPage
from meedoenkaart.open_data.description import descriptions
from meedoenkaart.open_data.files import About, File, line
from meedoenkaart.open_data.geography import map_file, map_files, opportunity_feature, organisation_feature
from meedoenkaart.open_data.hsds import Hsds
from meedoenkaart.open_data.hsds_files import hsds_files, hsds_of, hsds_of_all
from meedoenkaart.open_data.records import (
    files_of_record,
    former_names,
    organisation_document,
    organisation_facts,
    record_files,
    record_list,
)
from meedoenkaart.open_data.shares import Shared, Shares
from meedoenkaart.open_data.spreadsheets import opportunity_row, organisation_row, spreadsheets, table


class OpenData:
    """Makes the open data of a catalogue."""

    def __init__(self, catalogue: Catalogue, about: About) -> None:
        """Take the catalogue and what the site is called."""
        self._catalogue = catalogue
        self._about = about
        self._hsds = Hsds(catalogue, about)

    def few(self) -> Iterator[File]:
        """Yield the files that are not made of organisations."""
        yield from record_files(self._catalogue, self._about)
        yield from hsds_files(self._about, self._hsds)
        yield from spreadsheets(self._catalogue, self._about)
        yield from map_files(self._catalogue, self._about)
        yield from descriptions(self._catalogue, self._about)

    def of_organisation(self, page: OrganisationPage, shares: Shares) -> Iterator[File]:
        """Yield the files of an organisation's own, and add to what tells of all.

        All of it is made of the organisation, its opportunities and whether they are current, the vocabulary, the
        municipalities and the year.
        """
        facts = organisation_facts(self._catalogue, self._about, page)
        record = line(organisation_document(self._about, page, facts))
        yield from files_of_record("organisation", record, (page.slug, *former_names(page.record.aliases, "kansen/")))
        yield from hsds_of(self._hsds, page, shares)
        shares.lines["organisation"].append(record)
        shares.lines["organisations"].append(line(organisation_feature(page, facts)))
        shares.rows["organisations"].append(organisation_row(self._catalogue, self._about, page))
        for offer in self._catalogue.offers_of(page):
            told = facts.opportunities[offer.opportunity.id]
            if told.current:
                shares.lines["opportunities"].append(line(opportunity_feature(offer, told, facts)))
                shares.rows["opportunities"].append(opportunity_row(self._catalogue, self._about, offer, told))

    def of_all(self, shared: Shared) -> Iterator[File]:
        """Yield the files that tell of all organisations."""
        yield from record_list(
            self._about, "organisation", len(self._catalogue.organisations), shared.lines("organisation")
        )
        yield from hsds_of_all(self._catalogue, self._about, self._hsds, shared)
        for name in ("opportunities", "organisations"):
            yield map_file(self._about, name, shared.lines(name))
            yield table(name, shared.rows(name))
        yield table("opportunities-en", shared.rows("opportunities"))
