"""From the bytes of one file to plain text values: mappings, lists and strings, nothing else.

PyYAML composes nodes with positions. Scalars stay text (the record gives them a type), and what YAML offers
beyond plain data is refused: duplicate keys, anchors, aliases, merge keys, tags, several documents.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import yaml

from meedoenkaart.problems import Problem, foremost, problem
from meedoenkaart.reading.mistakes import Mark, end_of, mistake, tabs, without_tabs
from meedoenkaart.reading.text_rules import Check, difference, findings, mended, reasonable_checks
from meedoenkaart.records.record import Path
from meedoenkaart.yaml_loaders import BaseLoader

Tree = dict[str, Any] | list[Any] | str
LONGEST_FILE = 300_000
"""Bytes; the vocabulary in seven languages is a third of it."""
DEEPEST = 12
"""Levels of nesting; the deepest record has 7."""
MOST_BRACKETS = 60
"""Opening brackets in a file from which on their nesting is measured; nesting that deep is refused unread."""
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What YAML forbids, and what ends a line for YAML but for no editor."""
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", "ï»¿".encode())
"""The sign itself, and what is left of it when another program took it for text."""
_NESTED_ITEMS = re.compile(r"[-?:] +(?:[-?:] +){23}")
_MAYBE_MARKUP = re.compile(r"[&*!](?<![^\s\[{,:].)\S")
_Report = Callable[..., None]


class _Loader(BaseLoader):
    """PyYAML's loader without the search for a type of every scalar: they all stay text."""

    def descend_resolver(self, *_: object) -> None:
        """Follow no path: it would only serve to find a type."""

    def ascend_resolver(self) -> None:
        """Follow no path back."""

    def resolve(self, *_: object) -> str:
        """Return no type."""
        return ""


def read(data: bytes, file: str) -> tuple[Tree | None, list[Problem]]:
    """Return the values of a file and its problems; no values when they can't be trusted."""
    tree, problems = parse(data, file)
    return (None if is_doubtful(problems) else tree), problems


def is_doubtful(problems: Iterable[Problem]) -> bool:
    """Say whether values are not all that stands in their file: a field that stands there twice has its first value."""
    return any(one.rule == "duplicate-key" for one in problems)


def parse(data: bytes, file: str, checks: Sequence[Check] | None = None) -> tuple[Tree | None, list[Problem]]:
    """Return the values of a file, if it has any that can be looked at, and its problems.

    ``checks`` look at each text; without them, all that contributed texts have to pass.
    """
    problems: list[Problem] = []

    def report(rule: str, mark: Any = None, **values: object) -> None:
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        problems.append(problem(rule, file, line, column, **values))

    text = _decoded(data, report)
    node = None if text is None else _composed(text, report)
    if text is None or node is None:
        return None, foremost(problems)
    refused = len(problems)
    tree = _plain(node, report, reasonable_checks(text) if checks is None else checks, 0)
    fatal = any(one.severity == "error" and one.rule in _STRUCTURE for one in problems[refused:])
    return (None if fatal else tree), foremost(problems)


def positions(data: bytes, paths: Iterable[Path]) -> list[tuple[int, int]]:
    """Return line and column (from 1) of the value at each path, or of the deepest part of it that exists.

    For a field of a mapping the field's name is meant, for an item of a list the item.
    """
    try:
        node: yaml.Node | None = yaml.compose(without_tabs(without_mark(data).decode()), _Loader)
    except (yaml.YAMLError, UnicodeDecodeError):
        node = None
    return [_position(node, path) for path in paths]


def _position(node: yaml.Node | None, path: Path) -> tuple[int, int]:
    mark = node.start_mark if node else None
    for step in path:
        if isinstance(node, yaml.MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == step), None)
            if pair is None:
                break
            mark, node = pair[0].start_mark, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            mark = node.start_mark
        else:
            break
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _decoded(data: bytes, report: _Report) -> str | None:
    if len(data) > LONGEST_FILE:
        report("file-too-large", size=len(data) // 1000, most=LONGEST_FILE // 1000)
        return None
    if data != without_mark(data):
        report("byte-order-mark")
        data = without_mark(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        report("not-utf8", end_of(unix_lines(data[: error.start].decode("utf-8"))))
        return None
    if "\r" in text:
        report("windows-line-ends", Mark(text[: text.index("\r")].count("\n"), 0))
        text = unix_lines(text)
    if found := _FORBIDDEN.search(text):
        _report_forbidden(text, end_of(text[: found.start()]), report)
        return None
    if not text.strip():
        report("empty-file")
        return None
    plain = without_tabs(text)
    if _too_deep(plain):
        report("too-deep", most=DEEPEST)
        return None
    stray = list(tabs(text)) if plain != text else []
    for one in stray:
        report(*one)
    return None if any(rule == "tab" for rule, _ in stray) else plain


def without_mark(data: bytes) -> bytes:
    """Return the bytes of a file without the byte order mark that they may begin with."""
    return next((data.removeprefix(mark) for mark in _BYTE_ORDER_MARKS if data.startswith(mark)), data)


def _report_forbidden(text: str, at: Mark, report: _Report) -> None:
    """Report a sign that YAML forbids: often half of a letter that another program wrote."""
    line = text.split("\n")[at.line]
    right = mended(line)
    if right == line or _FORBIDDEN.search(right):
        report("invisible-characters", at)
    else:
        report("wrong-letters", at, right=difference(line, right))


def unix_lines(text: str) -> str:
    """Return a text with every line ended by a line feed alone."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _too_deep(text: str) -> bool:
    """Say whether brackets or indentation nest absurdly, before the parser recurses into them."""
    if _NESTED_ITEMS.search(text) or "\n" + " " * (20 * DEEPEST) in text:
        return True
    return text.count("[") + text.count("{") > MOST_BRACKETS and _nests_brackets(text)


def _nests_brackets(text: str) -> bool:
    """Say whether brackets nest absurdly; the parser tells so as it goes, the composer would recurse."""
    depth = 0
    try:
        for event in yaml.parse(text, _Loader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > MOST_BRACKETS:
                return True
    except yaml.YAMLError:
        pass  # the composer reports it with the rule that fits
    return False


def _composed(text: str, report: _Report) -> yaml.Node | None:
    if _MAYBE_MARKUP.search(text) and _markup(text, report):
        return None
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        report(*mistake(error, text))
        return None
    except (yaml.YAMLError, RecursionError, ValueError):
        report("syntax")
        return None
    finally:
        loader.dispose()
    if node is None:
        report("empty-file")
        return None
    if not isinstance(node, yaml.MappingNode):
        report("not-a-mapping", node.start_mark)
        return None
    return node


def _markup(text: str, report: _Report) -> bool:
    """Report anchors, aliases and tags; they must be refused before aliases are followed."""
    found = False
    try:
        for event in yaml.parse(text, _Loader):
            if getattr(event, "anchor", None):
                report("anchor", event.start_mark)
                found = True
            if tag := getattr(event, "tag", None):
                report("tag", event.start_mark, tag=tag.replace("tag:yaml.org,2002:", "!!"))
                found = True
    except yaml.YAMLError:
        pass  # the composer reports it with the rule that fits
    return found


_STRUCTURE = {"merge-key", "too-deep", "key-not-text"}
"""Rules after which nothing can be said about the values of a file."""


def _plain(node: yaml.Node, report: _Report, checks: Sequence[Check], depth: int) -> Tree:
    """Return the plain value of a node and report what does not belong in a record."""
    kind = type(node)
    if depth > DEEPEST:
        report("too-deep", node.start_mark, most=DEEPEST)
        return ""
    if kind is yaml.ScalarNode:
        value: str = node.value
        if not checks and value.isascii():
            return value  # most texts of most files
        for rule, details in findings(value, checks):
            report(rule, node.start_mark, **details)
        return mended(value)
    if kind is yaml.SequenceNode:
        return [_plain(item, report, checks, depth + 1) for item in node.value]
    values: dict[str, Any] = {}
    for key, item in node.value:
        name = key.value
        if type(key) is not yaml.ScalarNode:
            report("key-not-text", key.start_mark)
        elif name == "<<":
            report("merge-key", key.start_mark)
        elif name in values:
            report("duplicate-key", key.start_mark, name=name)
        else:
            values[name] = _plain(item, report, checks, depth + 1)
    return values
