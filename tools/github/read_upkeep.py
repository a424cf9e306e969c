"""What the weekly check finds, as one issue for each file: needs no rights, and asks the sites of the catalogue.

The issues go to ``tools.github.file_upkeep``, which has the rights and reads nothing else.
"""

import datetime
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from meedoenkaart.cli import today
from meedoenkaart.draft import Draft
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
    draft = Draft(Reader(root).read())
    found: dict[str, list[str]] = {}
    for file, line in (*_stale(draft, day), *_links(root, draft, day)):
        found.setdefault(file, []).append(line)
    words = texts("issues")["upkeep"]
    names = {one.file: _name(one.record) for one in draft.documents if one.record}
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


def _name(record: Any) -> str:
    """Return what a record is called; a list has no name of its own but that of its kind."""
    return str(getattr(record, "name", None) or getattr(record, "title", None) or label_of(type(record))[0])


def _stale(draft: Draft, day: datetime.date) -> Iterator[tuple[str, str]]:
    for one in due(draft, day, within=-1):
        yield one.file, f"- {escaped(one.name)}: {escaped(due_sentence(one, day))}"


def _links(root: Path, draft: Draft, day: datetime.date) -> Iterator[tuple[str, str]]:
    spared = excepted(draft.single("links"), day)
    asked = [one for one in mentions(draft) if one.address not in spared]
    before = remembered(root)
    answers = ask_all((one.address for one in asked), day, Manners(), before)
    remember(root, answers)
    for one in asked:
        if answers[one.address].verdict == "dead":
            yield one.file, f"- {code(one.address)}: {escaped(link_sentence(answers[one.address]))}"


if __name__ == "__main__":
    main()
