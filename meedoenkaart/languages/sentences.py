"""A region's own wording: sentences of the site that it says otherwise, in Dutch.

They work as translations from Dutch into Dutch: as safe, and what they do not name stays as it is. One that is wrong is
left out; ``writing/sentences.py`` says why.
"""

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from yaml import YAMLError

from meedoenkaart.languages.messages import COUNTED, Messages, complaint
from meedoenkaart.layers import OVERRIDES
from meedoenkaart.yaml_loaders import load_texts

FILE = f"{OVERRIDES}/sentences.yml"
"""Below a region's folder: a mapping of Dutch sentences to the region's own; of a counted one by its form for more."""
Own = str | Mapping[str, str]
"""What a region says instead: a text, or one for one and one for more."""


class Sentences(Messages):
    """The wording of a region; a counted sentence is known by its form for more."""

    def forms(self, one: str, other: str) -> Mapping[str, str]:
        """Return a counted text by plural category."""
        own = self._counted.get(("", other))
        return (
            own
            if own and not any(complaint((one, other), form) for form in own.values())
            else super().forms(one, other)
        )


def sentences(root: Path) -> Messages:
    """Return what the region at ``root`` says in other words."""
    path = root / FILE
    if not path.is_file():
        return Messages()
    status = path.stat()
    return _read(path, (status.st_mtime_ns, status.st_size))


def is_own(own: object) -> bool:
    """Say whether what stands behind a sentence can take its place."""
    if isinstance(own, dict):
        return own.keys() == set(COUNTED) and all(isinstance(one, str) and one for one in own.values())
    return isinstance(own, str) and bool(own)


@lru_cache(20)
def _read(path: Path, _stamp: tuple[int, int]) -> Messages:
    data = path.read_bytes()
    try:
        told = load_texts(data)
    except (YAMLError, ValueError, RecursionError):
        return Messages()
    found = {source: own for source, own in told.items() if is_own(own)} if isinstance(told, dict) else {}
    texts = {source: own for source, own in found.items() if isinstance(own, str) and not complaint([source], own)}
    counted = {("", source): own for source, own in found.items() if isinstance(own, dict)}
    return Sentences(texts, counted, f"nl-{hashlib.sha256(data).hexdigest()[:16]}")
