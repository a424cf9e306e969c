"""What somebody did who wrote a file that no YAML parser can read: the rule that explains it, and where to look.

A parser complains where it gets stuck, which is often a line too late, and in words for programmers. Of
tabs one parser takes what another refuses, so these are found before any parser sees them.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import yaml
from yaml import MarkedYAMLError

from meedoenkaart.yaml_loaders import BaseLoader


class Mark(NamedTuple):
    """A place in a text, from 0, like PyYAML's own marks."""

    line: int
    column: int


_HARD_SPACE = re.compile(r"^[ -]*(\xa0)|:(\xa0)", re.MULTILINE)
_FIELD = re.compile(r"""[ ]*(?:- +)*(?:[^\s"'#-][^:]*|"[^"]*"|'[^']*'):(?:\s|$)""")
"""A line that gives a field."""
_LEADING_TAB = re.compile(r" *\t")
_TAB_BEFORE_VALUE = re.compile(r" *(\t)\s*[^\s#]")
_TAB_BEFORE_COLON = re.compile(r"\S *(\t)[ \t]*$")
_SIGNS = (
    *(yaml.BlockEntryToken, yaml.KeyToken, yaml.ValueToken),
    *(yaml.FlowEntryToken, yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken),
)
_QUOTED_START = re.compile(r"""[ ]*(?:- +)*[^:"']*:? *["']""")


def end_of(text: str) -> Mark:
    """Return the place after a text."""
    return Mark(text.count("\n"), len(text) - text.rfind("\n") - 1)


def tabs(text: str) -> Iterator[tuple[str, Mark]]:
    """Yield the tabs that readers of YAML differ about: those that lines begin with, and those beside a sign.

    All others are white space like any other: within quotes, texts and comments, and at the end of a line.
    """
    lines = text.split("\n")
    leading = {number for number, line in enumerate(lines) if _LEADING_TAB.match(line)}
    try:
        for token in yaml.scan(without_tabs(text), BaseLoader):
            begin, end = token.start_mark, token.end_mark
            if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"'):
                leading.difference_update(range(begin.line + 1, end.line + 1))
            elif isinstance(token, yaml.ScalarToken) and token.style in ("|", ">"):
                leading.difference_update(_within_block(lines, range(begin.line + 1, min(end.line + 1, len(lines)))))
            elif isinstance(token, _SIGNS):
                if after := _TAB_BEFORE_VALUE.match(lines[end.line], end.column):
                    yield "tab-beside-sign", Mark(end.line, after.start(1))
                before = _TAB_BEFORE_COLON.search(lines[begin.line][: begin.column])
                if before and isinstance(token, yaml.ValueToken):
                    yield "tab-beside-sign", Mark(begin.line, before.start(1))
    except MarkedYAMLError as error:
        if error.context_mark and "quoted scalar" in (error.context or ""):  # all that follows stands within quotes
            leading = {number for number in leading if number <= error.context_mark.line}
    for number in sorted(leading):
        yield "tab", Mark(number, lines[number].index("\t"))


def without_tabs(text: str) -> str:
    """Return a text with a space for each tab: then all parsers read the same, and every column stays what it is."""
    return text.replace("\t", " ")


def _within_block(lines: list[str], numbers: range) -> Iterator[int]:
    """Yield the lines of a block of text that begin with its spaces: a tab behind these is part of the text."""
    first = next((lines[number] for number in numbers if lines[number].strip()), "")
    indent = len(first) - len(first.lstrip(" "))
    for number in numbers:
        if lines[number].startswith(" " * indent) and lines[number] is not first:
            yield number


def mistake(error: MarkedYAMLError, text: str) -> tuple[str, Mark]:
    """Return the rule that explains a parser's complaint best, and where the mistake is."""
    end = end_of(text.rstrip())
    complaint, context = error.problem or "", error.context or ""
    at, begin = (
        Mark(mark.line, mark.column) if mark and mark.line <= end.line else end
        for mark in (error.problem_mark, error.context_mark or error.problem_mark)
    )
    lines = text.split("\n")
    line = lines[at.line]
    if "found another document" in complaint:
        return "several-documents", at
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
