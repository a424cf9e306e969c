"""Texts that people read, as YAML per language, and the folding by which words are compared."""

import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from generator.yaml_loaders import load

FOLDER = Path(__file__).parent
"""Holds a folder for each language."""


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Return ``text`` without capitals, accents and double spaces, to compare names by; as ``theme/fold.ts`` does."""
    if text.isascii():
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFKD", text)
    unmarked = "".join(character for character in decomposed if unicodedata.category(character)[0] != "M")
    return " ".join(unmarked.casefold().split())


@cache
def texts(name: str, language: str = "nl") -> Any:
    """Return the parsed file ``generator/texts/<language>/<name>.yml``."""
    with open(FOLDER / language / f"{name}.yml", "rb") as file:
        return load(file)


def read_again() -> None:
    """Forget every text, so that what changed is read; raises ``YAMLError`` when a file is wrong."""
    texts.cache_clear()
    for file in FOLDER.glob("*/*.yml"):
        texts(file.stem, file.parent.name)
