"""Who looked through the translations into a language, when, and what came or changed after that."""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yaml import YAMLError

from meedoenkaart.languages.messages import unreadable
from meedoenkaart.layers import TRANSLATIONS, own_translations, translations_of
from meedoenkaart.yaml_loaders import load_texts

STATUS = "status.yml"
SEEN = "reviewed.txt"
"""Beside a catalogue: a digest of each translation that somebody looked at, a line each."""


@dataclass(frozen=True, slots=True)
class Review:
    """The last time that somebody looked through the translations into a language."""

    by: str
    """A function or an organisation, never a private person."""
    on: str
    """A day, as in files: ``2026-12-01``."""


def reviews(root: Path) -> dict[str, Review]:
    """Return the last review of each language that had one; raises ``ValueError`` when the file is wrong."""
    path = translations_of(root) / STATUS
    try:
        told: Any = (load_texts(path.read_bytes()) if path.is_file() else None) or {}
        found = {code: Review(one["by"], one["on"]) for code, one in told.items() if one}
    except (AttributeError, KeyError, TypeError, ValueError, YAMLError, RecursionError) as error:
        raise unreadable("no-reviews", file=f"{TRANSLATIONS}/{STATUS}") from error
    if not all(isinstance(part, str) for one in found.values() for part in (one.by, one.on)):
        raise unreadable("no-reviews", file=f"{TRANSLATIONS}/{STATUS}")
    return found


def unseen(root: Path, code: str, translations: Iterable[tuple[str, str]]) -> int:
    """Return how many translations (source and text) nobody looked at since they are what they are."""
    path = translations_of(root) / f"{code}/{SEEN}"
    known = set(path.read_text("utf-8").split()) if path.exists() else set()
    return sum(_digest(*one) not in known for one in translations)


def record(root: Path, code: str, review: Review, translations: Iterable[tuple[str, str]]) -> None:
    """Note that somebody looked at all these translations."""
    lines = sorted({_digest(*one) for one in translations})
    folder = own_translations(root)
    seen = folder / code / SEEN
    seen.parent.mkdir(parents=True, exist_ok=True)
    seen.write_text("\n".join(lines) + "\n", "utf-8")
    path = folder / STATUS
    before = path.read_text("utf-8") if path.exists() else ""
    others = re.sub(rf"(?m)^{code}:.*\n?(?:[ \t]+.*\n?)*", "", before).rstrip("\n")
    line = f"{code}: {{by: {json.dumps(review.by, ensure_ascii=False)}, on: {review.on}}}"
    path.write_text("\n".join(filter(None, [others, line])) + "\n", "utf-8")


def _digest(source: str, text: str) -> str:
    return hashlib.sha256(f"{source}\0{text}".encode()).hexdigest()[:12]
