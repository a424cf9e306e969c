"""Writes the open data of the site, those of which something changed."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from meedoenkaart.catalogue import Catalogue, OrganisationPage
from meedoenkaart.open_data import OpenData
from meedoenkaart.open_data.files import About
from meedoenkaart.open_data.hsds_files import PACKAGE
from meedoenkaart.open_data.shares import Shared, Shares
from meedoenkaart.processes import for_each, in_batches
from meedoenkaart.publishing.folder import Folder

AT_A_TIME = 500
"""Organisations that a process tells of; more are worth a second process."""


def write_open_data(
    catalogue: Catalogue, about: About, digest: Callable[..., str], known: Mapping[str, str], folder: Folder
) -> dict[str, str]:
    """Write the open data; return what the files of organisations are made of, as digests by path.

    The files of one organisation have one digest, and so have all that tell of every organisation. ``digest`` returns
    of values what stands for them, in any build; of those that are ``known``, by path, the files are published already.
    """
    data = OpenData(catalogue, about)
    for path, content in data.few():
        folder.stream(path, content)
    around = digest(about, catalogue.today.year, catalogue.vocabulary, list(catalogue.municipalities.values()))
    published: dict[str, list[str]] = {}
    for path, made_of in known.items():
        published.setdefault(made_of, []).append(path)
    batches = in_batches(list(catalogue.organisations.values()), AT_A_TIME)

    def state(page: OrganisationPage) -> str:
        return digest(around, data.record(page)[0])

    if PACKAGE in known:
        states = for_each(batches, state, len(batches) > 1)
        everything = digest(around, states)
        if known[PACKAGE] == everything:
            for path in (path for made_of in (*states, everything) for path in published[made_of]):
                folder.take(path)
            return {path: known[path] for made_of in (*states, everything) for path in published[made_of]}

    with folder.aside("open-data") as aside:

        def tell(number: int, pages: Sequence[OrganisationPage]) -> list[tuple[str, list[str]]]:
            """Write the files of some organisations; return the digest and the paths of each."""
            shares, told = Shares(), []
            for page in pages:
                record, facts = data.record(page)
                made_of, paths = digest(around, record), []
                for path, content in data.of_organisation(page, record, facts, shares):
                    paths.append(path)
                    if made_of in published:
                        folder.take(path)
                    else:
                        folder.write(path, *content)
                told.append((made_of, paths))
            shares.write(aside, number)
            return told

        told = folder.share_out([partial(tell, *one) for one in enumerate(batches)], len(batches) > 1)
        made = {path: made_of for batch in told for made_of, paths in batch for path in paths}
        everything = digest(around, [made_of for batch in told for made_of, _ in batch])
        for path, content in data.of_all(Shared(aside, len(batches))):
            folder.stream(path, content)
            made[path] = everything
    return made
