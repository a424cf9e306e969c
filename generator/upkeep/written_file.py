"""From the form on the site to the file that it made: all of it, as the issue has it."""

import re

from generator.reading.documents import COLLECTIONS
from generator.reading.yaml_text import read
from generator.records.scalars import SLUG
from generator.upkeep.filled import Change, Filled, RefusedError, one_line, said, shown

_FENCED = re.compile(r"```ya?ml\n(.*)\n```", re.DOTALL)
"""How GitHub writes an answer that it keeps as YAML."""
_KINDS = ("organisations", "reception", "municipalities")
"""The collections that the form on the site has forms for."""


def written_file(filled: Filled) -> Change:
    """Return the file with the content that the form on the site gave it."""
    file = one_line(filled.answer("file"))
    if not any(re.fullmatch(_place(name), file, re.ASCII) for name in _KINDS):
        raise RefusedError(said("no-file", label=filled.question("file").label, value=shown(file)))
    answer = filled.answer("content")
    fenced = _FENCED.fullmatch(answer)
    content = f"{fenced[1] if fenced else answer}\n"
    path = filled.root / file
    if path.is_file() and path.read_text("utf-8") == content:
        raise RefusedError(said("the-same"))
    tree, _ = read(content.encode(), file)
    name = tree.get("name") if isinstance(tree, dict) else None
    return Change(file, content, name if isinstance(name, str) else path.stem)


def _place(kind: str) -> str:
    """Return the pattern of where files of a collection lie."""
    collection = next(one for one in COLLECTIONS if one.name == kind)
    folder = f"{collection.folder}/{SLUG.pattern}/" if collection.per_municipality else f"{collection.folder}/"
    return rf"{folder}{SLUG.pattern}\.yml"
