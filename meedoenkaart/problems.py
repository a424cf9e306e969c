"""A problem in a contributed file: where it is, which rule found it, what is wrong and what to do."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz, process

from meedoenkaart.texts import texts

Severity = Literal["error", "warning"]
Format = Literal["text", "json", "github"]
MOST_PROBLEMS = 50
"""Problems reported of one file; more would drown the first."""
ALIKE = 70
"""From this likeness (0 to 100) on, a known name may be what somebody meant."""


class BuildError(Exception):
    """The site can't be made, though nothing may be wrong in the catalogue; the message says why."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule, with its texts from ``meedoenkaart/texts/nl/rules.yml``."""

    id: str
    severity: Severity
    """``error``: nothing is published; ``warning``: published and reported."""
    explanation: str
    """Why the rule is there, for contributors."""
    message: str
    """What is wrong, with ``{placeholders}``."""
    remedy: str
    """What to do, with ``{placeholders}``."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, at one place."""

    file: str
    """Path from the project's root, with forward slashes."""
    line: int
    """From 1."""
    column: int
    """From 1, in characters."""
    rule: str
    severity: Severity
    message: str
    remedy: str


def rules() -> dict[str, Rule]:
    """Return every rule by id, in the order of the texts."""
    return {id: Rule(id, **parts) for id, parts in texts("rules").items()}


def problem(rule: str, file: str, line: int = 1, column: int = 1, /, **values: object) -> Problem:
    """Return a problem with the rule's texts filled in; values are shortened, so that no message runs away."""
    parts = texts("rules")[rule]
    short = {name: _short(str(value)) for name, value in values.items()}
    return Problem(
        _visible(file),
        line,
        column,
        rule,
        parts["severity"],
        parts["message"].format_map(short),
        " ".join(parts["remedy"].format_map(short).split()),
    )


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """Return " Bedoel je …?" when a known name comes close to ``wrong``, else nothing."""
    alike = process.extract(wrong[:60], list(known), scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None)
    closest = min(((-score, name) for name, score, _ in alike), default=None)
    return texts("problems")["did-you-mean"].format(name=closest[1]) if closest else ""


def has_errors(problems: Iterable[Problem]) -> bool:
    """Say whether any of the problems keeps the site from being published."""
    return any(one.severity == "error" for one in problems)


def foremost(problems: Iterable[Problem]) -> list[Problem]:
    """Return as many problems of one file as are reported, errors first: no warning may hide an error."""
    return sorted(problems, key=lambda one: one.severity)[:MOST_PROBLEMS]


def report(problems: Iterable[Problem], form: Format) -> str:
    """Return the problems as text for people, JSON for programs, or annotations for GitHub's checks."""
    ordered = sorted(problems)
    if form == "json":
        names = Problem.__slots__
        return json.dumps(
            [{name: getattr(one, name) for name in names} for one in ordered], ensure_ascii=False, indent=2
        )
    write = _as_annotation if form == "github" else _as_text
    return "\n".join(write(one) for one in ordered)


def _as_text(one: Problem) -> str:
    severity = texts("problems")[one.severity]
    return f"{one.file}:{one.line}:{one.column}: {severity} [{one.rule}]\n  {one.message}\n  → {one.remedy}"


def _as_annotation(one: Problem) -> str:
    """Write a GitHub workflow command; its data escapes ``%`` and line ends, its properties ``:`` and ``,`` too."""
    data = _escaped(f"{one.message}\n→ {one.remedy}")
    file, title = (_escaped(text).replace(":", "%3A").replace(",", "%2C") for text in (one.file, one.rule))
    return f"::{one.severity} file={file},line={one.line},col={one.column},title={title}::{data}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _short(text: str) -> str:
    """Keep a value on one line, without invisible characters, and at most 120 characters long."""
    visible = _visible(text[:121])
    return visible if len(visible) <= 120 else visible[:119] + "…"


def _visible(text: str) -> str:
    """Replace line ends, and bytes that are no text in the name of a file."""
    return text if text.isprintable() else "".join(one if one.isprintable() else "�" for one in text)
