"""One layout for all files: fields in the order of the record, two spaces, comments kept."""

import re
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.resolver import VersionedResolver

from meedoenkaart.reading.documents import COLLECTIONS, Collection, Reader
from meedoenkaart.reading.yaml_text import read, unix_lines, without_mark
from meedoenkaart.records.scalars import written_postcode
from meedoenkaart.writing.fields import FieldHelp, fields_of


class _Text(VersionedResolver):
    """Takes every scalar for text, so that ``012`` and ``10:30`` stay what they are."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        if kind is ScalarNode:
            return self.DEFAULT_SCALAR_TAG
        return super().resolve(kind, value, implicit)


def format_files(root: Path, chosen: list[str], write: bool) -> list[str]:
    """Lay out the catalogue's files, or those below the ``chosen`` paths; return those that were laid out otherwise.

    A file that can't be read is left alone: ``check`` says what is wrong with it.
    """
    collections = {one.name: one for one in COLLECTIONS}
    changed = []
    for document in Reader(root).read():
        if chosen and not any(f"{document.file}/".startswith(path) for path in chosen):
            continue
        file = root / document.file
        if not document.collection or document.is_shared:
            continue
        if laid_out := layout(file.read_bytes(), collections[document.collection]):
            changed.append(document.file)
            if write:
                file.write_bytes(laid_out)
    return changed


def layout(data: bytes, collection: Collection) -> bytes | None:
    """Return the bytes of a file laid out, or None when nothing changes or its values can't be trusted.

    Fields stay in their order when another would part a comment from what it is about.
    """
    tree, _ = read(data, collection.name)
    if tree is None:
        return None
    text = unix_lines(without_mark(data).decode())
    for ordered in (True, False):
        try:
            laid_out = _dumped(text, collection.record, ordered)
        except YAMLError:
            return None  # rare: what this parser takes for wrong and the reader does not
        same_comments = sorted(_comments(laid_out)) == sorted(_comments(text))
        if same_comments and read(laid_out.encode(), collection.name)[0] == _tidy(tree, collection.record):
            return laid_out.encode() if laid_out.encode() != data else None
    return None


def changed(text: str, change: Callable[[Any], object], wanted: Any) -> str | None:
    """Return a text after ``change`` did something to its values, with every comment.

    None when that does not give the values that are ``wanted``, or loses a comment.
    """

    def after(values: Any) -> Any:
        change(values)
        return values

    try:
        result = _rewritten(text, after)
    except YAMLError:
        return None
    kept = sorted(one for one, _ in _comments(result)) == sorted(one for one, _ in _comments(text))
    return result if kept and read(result.encode(), "")[0] == wanted else None


def gather(group: MutableMapping[str, Any], names: Iterable[str], into: str, many: bool = False) -> None:
    """Put fields of a group together in a field of their own, or in the first item of its list, with their comments."""
    moved = [name for name in names if name in group]
    place = min(list(group).index(name) for name in moved)
    inner: Any = CommentedMap()
    for name in moved:
        if isinstance(group, CommentedMap) and (comment := group.ca.items.pop(name, None)):
            above, comment[1] = comment[1], None
            inner.ca.items[name] = comment
            if above:  # it stays above the whole
                group.ca.items[into] = [None, above, None, None]
        inner[name] = group.pop(name)
    outer = CommentedSeq([inner]) if many else inner
    if isinstance(group, CommentedMap):
        group.insert(place, into, outer)
    else:
        group[into] = outer


def enlist(group: MutableMapping[str, Any], name: str, into: str) -> None:
    """Let a field become a list under another name, with what it held as its only item, and its comments."""
    place = list(group).index(name)
    held = group.pop(name)
    if isinstance(group, CommentedMap):
        comment = group.ca.items.pop(name, None)
        group.insert(place, into, CommentedSeq([held]))
        if comment:
            group.ca.items[into] = comment
    else:
        group[into] = [held]


def _dumped(text: str, cls: Any, ordered: bool) -> str:
    """Return a text written again by ruamel, with its fields in the order of the record ``cls`` if that is wished."""

    def laid_out(values: Any) -> Any:
        tidy = _tidy(values, cls)
        return _ordered(tidy, cls) if ordered else tidy

    return _rewritten(text, laid_out)


def _rewritten(text: str, change: Callable[[Any], Any]) -> str:
    yaml = YAML()
    yaml.Resolver = _Text
    yaml.preserve_quotes = True
    yaml.width = 10_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    values = yaml.load(text)
    stream = StringIO()
    yaml.dump(change(values), stream)
    return "\n".join(line.rstrip() for line in stream.getvalue().split("\n")).rstrip("\n") + "\n"


_COMMENT = re.compile(r"(?:^|(?<=\s))#.*")


def _tidy(values: Any, cls: Any) -> Any:
    """Write the postcodes of a mapping, and of those within, as the post does."""
    for field in fields_of(cls) if isinstance(values, dict) else ():
        value = values.get(field.name)
        if field.shape and field.shape.rule == "not-a-postcode" and isinstance(value, str):
            if (written := written_postcode(value)) != value:
                values[field.name] = type(value)(written)
        elif field.record and not field.by_id and value:
            for part in value if isinstance(value, list) else [value]:
                _tidy(part, field.record)
    return values


def _comments(text: str) -> Iterator[tuple[str, str]]:
    """Yield each comment with the field or the item that it stands beside or above; the head is about the file."""
    above: list[str] = []
    head = True
    for line in text.split("\n"):
        comment = _COMMENT.search(line)
        content = line[: comment.start()].strip() if comment else line.strip()
        if not content:
            above += [comment[0].rstrip()] if comment else []
            continue
        name = content.lstrip("- ").partition(":")[0]
        yield from ((one, "" if head else "-" if content.startswith("- ") else name) for one in above)
        above, head = [], False
        if comment:
            yield comment[0].rstrip(), name
    yield from ((one, "") for one in above)


def _ordered(values: Any, cls: Any) -> Any:
    """Put the fields of a mapping, and of those within, in the order of the record."""
    if not isinstance(values, CommentedMap):
        return values
    known = {field.name: field for field in fields_of(cls)}
    for name, value in values.items():
        if name in known:
            _order_within(value, known[name])
    order = [name for name in known if name in values] + [name for name in values if name not in known]
    if order != list(values):
        for name in order:
            values.move_to_end(name)
    return values


def _order_within(value: Any, field: FieldHelp) -> None:
    if field.record is None:
        return
    if isinstance(value, CommentedSeq):
        for item in value:
            _ordered(item, field.record)
    elif isinstance(value, CommentedMap) and field.by_id:
        for item in value.values():
            _ordered(item, field.record)
    else:
        _ordered(value, field.record)
