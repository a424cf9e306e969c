"""What the weekly check finds, as one issue for each file: needs no rights, and asks the sites of the catalogue.

The issues go to ``meedoenkaart.github.file_upkeep``, which has the rights and reads nothing else.
"""

import datetime
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from meedoenkaart.cli import today
from meedoenkaart.draft import Draft
from meedoenkaart.layers import BASE
from meedoenkaart.reading.documents import Reader
from meedoenkaart.texts import texts
from meedoenkaart.upkeep.links import Manners, ask_all, excepted, mentions, remember, remembered
from meedoenkaart.upkeep.markdown import code, escaped
from meedoenkaart.upkeep.stale import due
from meedoenkaart.upkeep.telling import due_sentence, link_sentence
from meedoenkaart.writing.fields import label_of


def main() -> None:
    """Write the issues as JSON into the file that the command names."""
    root, day = Path.cwd(), today()
    drafts = {folder: Draft(Reader(root / folder).read()) for folder in ("", *_shared(root))}
    found: dict[str, list[str]] = {}
    for file, line in (*_stale(drafts, day), *_links(root, drafts, day)):
        found.setdefault(file, []).append(line)
    words = texts("issues")["upkeep"]
    documents = ((folder, one) for folder, draft in drafts.items() for one in draft.documents)
    names = {folder + one.file: _name(one.record) for folder, one in documents if one.record}
    issues = [
        {
            "file": file,
            "title": words["title"].format(name=names[file]),
            "body": "\n".join([words["intro"].format(file=code(file)), *lines, "", words["how"]]),
        }
        for file, lines in sorted(found.items())
    ]
    told = {"issues": issues, "mended": words["mended"], "label": words["label"]}
    Path(sys.argv[1]).write_text(json.dumps(told), "utf-8")


def _shared(root: Path) -> list[str]:
    """Return the folder of what all regions share, where it lies in this very repository and can be mended."""
    return [f"{BASE.relative_to(root).as_posix()}/"] if BASE.is_relative_to(root) else []


def _name(record: Any) -> str:
    """Return what a record is called; a list has no name of its own but that of its kind."""
    return str(getattr(record, "name", None) or getattr(record, "title", None) or label_of(type(record))[0])


def _stale(drafts: Mapping[str, Draft], day: datetime.date) -> Iterator[tuple[str, str]]:
    for folder, draft in drafts.items():
        for one in due(draft, day, within=-1):
            yield folder + one.file, f"- {escaped(one.name)}: {escaped(due_sentence(one, day))}"


def _links(root: Path, drafts: Mapping[str, Draft], day: datetime.date) -> Iterator[tuple[str, str]]:
    spared = excepted(drafts[""].single("links"), day)
    asked = [
        (folder + one.file, one.address)
        for folder, draft in drafts.items()
        for one in mentions(draft)
        if one.address not in spared
    ]
    answers = ask_all((address for _, address in asked), day, Manners(), remembered(root))
    remember(root, answers)
    for file, address in asked:
        if answers[address].verdict == "dead":
            yield file, f"- {code(address)}: {escaped(link_sentence(answers[address]))}"


if __name__ == "__main__":
    main()
