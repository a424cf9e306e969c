"""What somebody did who wrote a file that no YAML parser can read: the rule that explains it, and where to look.

A parser complains where it gets stuck, which is often a line too late, and in words for programmers.
"""

import re
from typing import NamedTuple

from yaml import MarkedYAMLError


class Mark(NamedTuple):
    """A place in a text, from 0, like PyYAML's own marks."""

    line: int
    column: int


_HARD_SPACE = re.compile(r"^[ -]*(\xa0)|:(\xa0)", re.MULTILINE)
_FIELD = re.compile(r"""[ ]*(?:- +)*(?:[^\s"'#-][^:]*|"[^"]*"|'[^']*'):(?:\s|$)""")
"""A line that gives a field."""
_QUOTED_START = re.compile(r"""[ ]*(?:- +)*[^:"']*:? *["']""")


def end_of(text: str) -> Mark:
    """Return the place after a text."""
    return Mark(text.count("\n"), len(text) - text.rfind("\n") - 1)


def mistake(error: MarkedYAMLError, text: str) -> tuple[str, Mark]:
    """Return the rule that explains a parser's complaint best, and where the mistake is."""
    end = end_of(text.rstrip())
    complaint, context = error.problem or "", error.context or ""
    at, begin = (
        Mark(mark.line, mark.column) if mark and mark.line <= end.line else end
        for mark in (error.problem_mark, error.context_mark)
    )
    lines = text.split("\n")
    line = lines[at.line]
    if "found another document" in complaint:
        return "several-documents", at
    if "\t" in line[: len(line) - len(line.lstrip())] or "tab" in complaint or "'\\t'" in complaint:
        return "tab", at
    if hard := next(_HARD_SPACE.finditer("\n".join(lines[: at.line + 1])), None):
        return "invisible-characters", end_of(text[: hard.end() - 1])
    if "quoted scalar" in context and ("escape" in complaint or "hexdecimal" in complaint):
        return "syntax", Mark(at.line, line.rfind("\\", 0, at.column + 1))  # PyYAML's two parsers differ in the column
    if "quoted scalar" in context:
        return "quotes", begin
    if "flow" in context:
        return "brackets", begin
    if "alphabetic or numeric" in complaint or "block scalar" in context or "entries are not" in complaint:
        return "first-sign", begin
    if "cannot start any token" in complaint or "mapping keys are not allowed" in complaint:
        return "first-sign", at
    if "expected ':'" in complaint:
        return "missing-colon", begin
    if "mapping values are not allowed" in complaint:
        return _colon(lines, at)
    if "block" in context and "expected" in complaint:
        return ("quotes" if _QUOTED_START.match(line) and line[: at.column].strip() else "indentation"), at
    return "syntax", at


def _colon(lines: list[str], at: Mark) -> tuple[str, Mark]:
    """Say why a colon is one too many: it stands in a text, the line before has none, or the two do not line up."""
    if _FIELD.match(lines[at.line][: at.column]):
        return "colon-in-text", at
    before = next((number for number in range(at.line - 1, -1, -1) if _is_content(lines[number])), None)
    if before is None:
        return "colon-in-text", at
    indent = len(lines[before]) - len(lines[before].lstrip())
    if not _FIELD.match(lines[before]):
        return "missing-space" if re.match(r" *-\w", lines[before]) else "missing-colon", Mark(before, indent)
    line = lines[at.line]
    return "indentation", Mark(at.line, len(line) - len(line.lstrip()))


def _is_content(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")
