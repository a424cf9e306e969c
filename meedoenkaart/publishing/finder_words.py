"""What the finder says in another language: it reads the same index, and beside that only the words of its own.

What stands here is in the order in which the index has it. Dutch words stay ways to be found.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from meedoenkaart.catalogue import Catalogue, Offer, Permission
from meedoenkaart.languages import spoken
from meedoenkaart.publishing.facets import facets
from meedoenkaart.publishing.finder import FinderFiles, Words, files_list, in_order, named
from meedoenkaart.publishing.question import own_sayings
from meedoenkaart.texts import texts


def words_files(
    files: FinderFiles,
    contents: Mapping[str, bytes],
    catalogue: Catalogue,
    root: Path,
    words: Words,
    when: Callable[[Offer], str],
) -> tuple[FinderFiles, dict[str, bytes]]:
    """Return the files of the finder in the spoken language and the bytes of those that only that language has.

    ``files`` and ``contents`` are those of Dutch.
    """
    index = json.loads(contents[files.index])
    offers = in_order(catalogue)
    rows = index["offers"]
    sentences = _by_number(offers, rows["without"], lambda offer: _sentence(offer.without_permit))
    sentences |= _by_number(offers, rows["with"], lambda offer: _sentence(offer.with_permit))
    times = _by_number(offers, rows["when"], when)
    said = {
        "words": {**words, "clock": texts("times")["clock"]["minutes"], "comma": spoken().comma},
        "levels": [str(term.label) for term in catalogue.vocabulary.levels.values()],
        "facets": [[value.label for value in one.values] for one in facets(catalogue.vocabulary, words["values"])],
        "permissions": [sentences[number] for number in range(len(index["permissions"]))],
        "times": [times[number] for number in range(len(index["times"]))],
    }
    code = spoken().code
    own = {"words": said, "sayings": own_sayings(root, code)}
    made = {
        name: named(f"{name}-{code}", json.dumps(one, ensure_ascii=False, separators=(",", ":")).encode())
        for name, one in own.items()
        if one
    }
    files = replace(files, **{name: path for name, (path, _) in made.items()})
    return files, {**dict(made.values()), **files_list(files, code)}


def _by_number(offers: Sequence[Offer], numbers: Sequence[int], say: Callable[[Offer], str]) -> dict[int, str]:
    """Return what is said for each number, by the first opportunity that has it."""
    firsts: dict[int, Offer] = {}
    for offer, number in zip(offers, numbers, strict=True):
        firsts.setdefault(number, offer)
    return {number: say(offer) for number, offer in firsts.items()}


def _sentence(permission: Permission) -> str:
    return str(permission.rule.sentence)
