"""Texts that people read, as YAML per language, and the folding by which words are compared."""

import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml


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
    return yaml.load(files(__package__).joinpath(language, f"{name}.yml").read_text("utf-8"), yaml.CSafeLoader)
