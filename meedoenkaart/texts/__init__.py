"""Texts that people read, in YAML, and the folding by which words are compared."""

import json
import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from meedoenkaart.languages import spoken
from meedoenkaart.yaml_loaders import load

FOLDER = Path(__file__).parent / "nl"
"""Holds what is written in Dutch, the source of all other languages."""


_ROWS = (
    (0x1210, 0x1200, 7),
    (0x1250, 0x1240, 7),
    (0x1258, 0x1248, 6),
    (0x12B8, 0x12A8, 7),
    (0x12C0, 0x12B0, 6),
    (0x1280, 0x1200, 7),
    (0x1220, 0x1230, 8),
    (0x12D0, 0x12A0, 7),
    (0x1340, 0x1338, 8),
    (0x0660, 0x30, 10),
    (0x06F0, 0x30, 10),
)
"""Ethiopic letters that sound alike, and digits: the first of a row, the first of what stands for it, how many."""
_ALIKE = str.maketrans(
    {**dict(zip("ıٱىیکةۀە፡", "iاييكههه ", strict=True)), **dict.fromkeys("ءـ\u200c", "")}
    | {chr(start + at): chr(to + at) for start, to, length in _ROWS for at in range(length)}
)
"""Letters that people write for each other: dotless i, alef forms, Persian and Arabic kaf and yeh, kashida."""

_UNSEEN = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]+"
)
"""Control signs, and marks that change the order of what follows: others' texts stand beside ours in a calendar."""


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Return ``text`` without capitals, accents and double spaces, to compare names by; as ``theme/fold.ts`` does."""
    if text.isascii():
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFKD", text)
    unmarked = "".join(character for character in decomposed if unicodedata.category(character)[0] != "M")
    return " ".join(unmarked.casefold().translate(_ALIKE).split())


def visible_line(text: object) -> str:
    """Return a text in one line, without signs that nobody sees."""
    return " ".join(_UNSEEN.sub(" ", str(text)).split())


def texts(name: str) -> Any:
    """Return the texts of ``meedoenkaart/texts/nl/<name>.yml``, in the language that is spoken."""
    return spoken().messages.tree(_written(name))


@cache
def _written(name: str) -> Any:
    try:
        with open(FOLDER / f"{name}.yml", "rb") as file:
            return load(file)
    except FileNotFoundError:  # packed for where YAML takes long
        return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))


def read_again() -> None:
    """Forget every text, so that what changed is read; raises ``YAMLError`` when a file is wrong."""
    _written.cache_clear()
    for file in FOLDER.glob("*.yml"):
        _written(file.stem)
