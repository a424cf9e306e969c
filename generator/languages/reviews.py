"""Who looked through the translations into a language, when, and what came or changed after that."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.languages.messages import FOLDER
from generator.yaml_loaders import load_texts

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
    path = root / FOLDER / STATUS
    told: Any = (load_texts(path.read_bytes()) if path.exists() else None) or {}
    try:
        return {code: Review(str(one["by"]), str(one["on"])) for code, one in told.items() if one}
    except (AttributeError, KeyError, TypeError):
        raise ValueError(f"{FOLDER}/{STATUS}: each language has `by` and `on`, or nothing") from None


def unseen(root: Path, code: str, translations: Iterable[tuple[str, str]]) -> int:
    """Return how many translations (source and text) nobody looked at since they are what they are."""
    path = root / FOLDER / code / SEEN
    known = set(path.read_text("utf-8").split()) if path.exists() else set()
    return sum(_digest(*one) not in known for one in translations)


def record(root: Path, code: str, review: Review, translations: Iterable[tuple[str, str]]) -> None:
    """Note that somebody looked at all these translations."""
    lines = sorted({_digest(*one) for one in translations})
    (root / FOLDER / code / SEEN).write_text("\n".join(lines) + "\n", "utf-8")
    path = root / FOLDER / STATUS
    before = path.read_text("utf-8").splitlines() if path.exists() else []
    line = f'{code}: {{by: "{review.by}", on: {review.on}}}'
    others = [one for one in before if not one.startswith(f"{code}:")]
    path.write_text("\n".join([*others, line]) + "\n", "utf-8")


def _digest(source: str, text: str) -> str:
    return hashlib.sha256(f"{source}\0{text}".encode()).hexdigest()[:12]
