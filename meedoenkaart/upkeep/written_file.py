"""From a page of the site to the file that it made: all of it, as the issue has it."""

import re

from meedoenkaart.reading.documents import COLLECTIONS
from meedoenkaart.reading.yaml_text import read
from meedoenkaart.records.scalars import SLUG
from meedoenkaart.upkeep.filled import Change, Filled, RefusedError, one_line, said, shown

_FENCED = re.compile(r"```ya?ml\n(.*)\n```", re.DOTALL)
"""How GitHub writes an answer that it keeps as YAML."""
_KINDS = ("organisations", "reception", "municipalities", "routes")
"""The collections that pages of the site write files of."""


def written_file(filled: Filled) -> Change:
    """Return the file with the content that a page of the site gave it."""
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
    names = [tree.get(field) for field in ("name", "title")] if isinstance(tree, dict) else []
    return Change(file, content, next((one for one in names if isinstance(one, str)), path.stem))


def _place(kind: str) -> str:
    """Return the pattern of where files of a collection lie; what the law asks is no route of a municipality."""
    collection = next(one for one in COLLECTIONS if one.name == kind)
    folder = f"{collection.folder}/{SLUG.pattern}/" if collection.per_municipality else f"{collection.folder}/"
    return rf"{folder}(?!statutory\.yml){SLUG.pattern}\.yml"
