"""A change of one value in a file that leaves every other line, its comments and its layout as they are."""

from copy import deepcopy
from itertools import pairwise
from typing import Any

import yaml

from meedoenkaart.reading.yaml_text import Tree, read
from meedoenkaart.writing.fields import FieldHelp, fields_of
from meedoenkaart.writing.values import field_lines, scalar_lines
from meedoenkaart.yaml_loaders import compose

Path = tuple[str | int, ...]
Value = str | list[str] | None
"""A text, a list of texts, or None: the field goes."""


def with_value(text: str, cls: Any, path: Path, value: Value) -> str | None:
    """Return the text of a file of a record ``cls`` with another value at ``path``.

    Of a text per language the Dutch one is meant. What holds nothing any more goes with the field that was its last.
    Returns None where the file is written in a way that this can't follow, such as ``{a: b}`` on one line.
    """
    tree, _ = read(text.encode(), "")
    if tree is None or "\r" in text:
        return None
    present = _at(tree, path)
    if isinstance(present, dict) and value is not None:
        path = (*path, "nl")
    while value is None and len(path) > 1 and len(_at(tree, path[:-1]) or ()) == 1:
        path = path[:-1]
    if value == _at(tree, path):
        return text
    wanted = _changed(tree, path, value)
    if wanted is None:
        return None
    lines = text.split("\n")
    if not _edit(lines, compose(text), cls, path, value):
        return None
    result = "\n".join(lines)
    return result if read(result.encode(), "")[0] == wanted else None


def _at(tree: Tree | None, path: Path) -> Any:
    value: Any = tree
    for step in path:
        if isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value


def _changed(tree: Tree, path: Path, value: Value) -> Tree | None:
    """Return the values with another at ``path``, and with the groups and first items that it takes.

    None when that can't be.
    """
    result = deepcopy(tree)
    group: Any = result
    for step, following in pairwise(path):
        if isinstance(group, dict) and isinstance(step, str):
            group = group.setdefault(step, [{}] if following == 0 else {})
        else:
            group = group[step] if isinstance(group, list) and isinstance(step, int) and step < len(group) else None
    if not isinstance(group, dict):
        return None
    if value is None:
        del group[path[-1]]
    else:
        group[path[-1]] = value
    return result


def _edit(lines: list[str], node: yaml.Node | None, cls: Any, path: Path, value: Value) -> bool:
    """Change ``lines``; say whether that was possible."""
    for depth, name in enumerate(path):
        if not isinstance(node, yaml.CollectionNode) or node.flow_style:
            return False
        if isinstance(name, int):
            node = node.value[name]
            continue
        pair = next((pair for pair in node.value if pair[0].value == name), None)
        inside = path[depth + 1 :]
        if pair is None:
            return value is not None and _insert(lines, node, cls, name, _nested(inside, value))
        if not inside:
            return _replace(lines, pair[0], pair[1], value)
        cls = next((field.record for field in fields_of(cls) if field.name == name), None)
        node = pair[1]
    return False


def _nested(path: Path, value: Any) -> Any:
    for step in reversed(path):
        value = [value] if step == 0 else {step: value}
    return value


def _replace(lines: list[str], key: yaml.Node, node: yaml.Node, value: Value) -> bool:
    first, last, column = key.start_mark.line, _last_line(node, lines), key.start_mark.column
    before = lines[first][:column]
    if value is None:
        del lines[first : last + 1]
        if before.strip():  # the dash of a list's item goes before the field that is then its first
            lines[first] = before + lines[first][column:]
        return True
    new = list(scalar_lines(f"{' ' * column}{key.value}:", value))
    comment = lines[first][node.end_mark.column :].rstrip() if node.end_mark.line == first else ""
    lines[first : last + 1] = [f"{before}{new[0][column:]}{comment}", *new[1:]]
    return True


def _insert(lines: list[str], group: yaml.Node, cls: Any, name: str, value: Any) -> bool:
    """Put a field that is not there yet behind those that come before it in every file."""
    fields: dict[str, FieldHelp] = {field.name: field for field in fields_of(cls)}
    earlier = list(fields)[: list(fields).index(name)]
    first = group.value[0][0].start_mark
    at = max((_last_line(node, lines) + 1 for key, node in group.value if key.value in earlier), default=first.line)
    new = list(field_lines(fields[name], value, " " * first.column))
    if at == first.line:  # the dash of a list's item goes before the field that is then its first
        new[0] = lines[at][: first.column] + new[0][first.column :]
        lines[at] = " " * first.column + lines[at][first.column :]
    lines[at:at] = new
    return True


def _last_line(node: yaml.Node, lines: list[str]) -> int:
    """Return the index of the last line of a value, without the empty lines and comments behind it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _last_line(last[1] if isinstance(last, tuple) else last, lines)
    start, end = node.start_mark.line, node.end_mark
    line = int(end.line - 1 if end.column == 0 and end.line > start else end.line)
    while line > start and not lines[line].strip():
        line -= 1
    return line
