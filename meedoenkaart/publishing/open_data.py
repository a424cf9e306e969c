"""Writes the open data of the site, those of which something changed."""

from collections.abc import Callable, Mapping, Sequence
from shutil import rmtree

from meedoenkaart.catalogue import Catalogue, OrganisationPage
from meedoenkaart.open_data import OpenData
from meedoenkaart.open_data.files import About
from meedoenkaart.open_data.hsds_files import PACKAGE
from meedoenkaart.open_data.shares import Shared, Shares, are_whole
from meedoenkaart.processes import in_batches
from meedoenkaart.publishing.folder import Folder

AT_A_TIME = 250
"""Organisations that are told of together. When one changed, all of them are."""
Told = tuple[str, list[tuple[str, list[str]]]]
"""The digest of some organisations; the digest of each, with the paths of its files."""


def told_together(catalogue: Catalogue) -> list[Sequence[OrganisationPage]]:
    """Return all organisations, so many at a time."""
    return in_batches(list(catalogue.organisations.values()), AT_A_TIME)


def open_data_jobs(
    catalogue: Catalogue, about: About, digest: Callable[..., str], known: Mapping[str, str], folder: Folder
) -> tuple[Callable[[Sequence[OrganisationPage]], Told], Callable[[Sequence[Told]], dict[str, str]]]:
    """Return what writes the open data of some organisations, and what then writes all others.

    The latter takes what the former returned of all of them, in their order, and returns what the files of
    organisations are made of, as digests by path. The files of one organisation have one digest, and so have all that
    tell of every organisation. ``digest`` returns of values what stands for them, in any build; of those that are
    ``known``, by path, the files are published already.
    """
    data = OpenData(catalogue, about)
    around = digest(about, catalogue.today.year, catalogue.vocabulary, list(catalogue.municipalities.values()))
    published: dict[str, list[str]] = {}
    for path, made_of in known.items():
        published.setdefault(made_of, []).append(path)
    kept = folder.beside("open-data")

    def take(made_of: str) -> list[str]:
        for path in published[made_of]:
            folder.take(path)
        return published[made_of]

    def tell(pages: Sequence[OrganisationPage]) -> Told:
        """Write the files of some organisations, and what they add to those of all."""
        offers = [[(one, catalogue.is_current(one)) for one in catalogue.offers_of(page)] for page in pages]
        states = [digest(around, page, found) for page, found in zip(pages, offers, strict=True)]
        together = digest(states)
        is_kept = are_whole(kept / together)
        if is_kept and all(state in published for state in states):
            return together, [(state, take(state)) for state in states]
        shares, told = Shares(), []
        for page, state in zip(pages, states, strict=True):
            files = list(data.of_organisation(page, shares))
            if state in published:
                paths = take(state)
            else:
                for path, content in files:
                    folder.write(path, *content)
                paths = [path for path, _ in files]
            told.append((state, paths))
        if not is_kept:
            shares.write(kept / together)
        return together, told

    def write_others(done: Sequence[Told]) -> dict[str, str]:
        """Write what is not of one organisation: what no organisation is in, and what tells of all of them."""
        for path, content in data.few():
            folder.stream(path, content)
        made = {path: state for _, told in done for state, paths in told for path in paths}
        everything = digest(around, [together for together, _ in done])
        if known.get(PACKAGE) == everything:
            return made | dict.fromkeys(take(everything), everything)
        for path, content in data.of_all(Shared([kept / together for together, _ in done])):
            folder.stream(path, content)
            made[path] = everything
        for one in set(kept.iterdir()) - {kept / together for together, _ in done}:
            rmtree(one, ignore_errors=True)  # a file that a file manager left may stay
        return made

    return tell, write_others
