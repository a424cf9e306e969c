"""Ask the finder questions without a browser: what is understood of each, which results come, and why."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.layers import made, theme_of
from meedoenkaart.publishing.assets import read_yaml
from meedoenkaart.publishing.finder import finder_files
from meedoenkaart.texts import texts
from meedoenkaart.times.compact import number

Answer = Mapping[str, Any]


def node() -> str | None:
    """Return the Node that answers, the environment's own or the system's; all else does without."""
    own = Path(sys.executable).with_name("node")
    return str(own) if own.exists() else shutil.which("node")


def ask(root: Path, catalogue: Catalogue, questions: Sequence[str]) -> list[Answer]:
    """Return what is understood of each question, and its first results; needs a ``node()``."""
    words = read_yaml(theme_of(root) / "words.yml")["finder"]
    files, contents = finder_files(catalogue, root, words, lambda _: "")
    with tempfile.TemporaryDirectory() as name:
        paths = {}
        for part in ("index", "texts", "places", "question"):
            file = Path(name, f"{part}.json")
            file.write_bytes(contents[getattr(files, part)])
            paths[part] = str(file)
        done = subprocess.run(  # noqa: S603  # our own program; questions go by its input
            [node() or "node", made(root, "ask.mjs")],
            input=json.dumps({"today": number(catalogue.today), "files": paths, "questions": questions}),
            capture_output=True,
            text=True,
            check=True,
        )
    found: list[Answer] = json.loads(done.stdout)
    return found


def as_text(answers: Sequence[Answer]) -> str:
    """Return answers as a maintainer reads them."""
    return "\n\n".join("\n".join(_lines(one)) for one in answers)


def _lines(answer: Answer) -> Iterator[str]:
    words = texts("asking")
    listed = ", ".join
    yield answer["question"]
    wishes = [one["label"] for one in answer["wishes"] if not one["released"]]
    released = [one["label"] for one in answer["wishes"] if one["released"]]
    yield words["understood"].format(wishes=listed(wishes) or words["nothing"])
    if answer["ambiguous"]:
        yield words["ambiguous"].format(name=answer["ambiguous"])
    for guess in answer["guesses"]:
        yield words["guess"].format(**guess)
    if released:
        yield words["released"].format(wishes=listed(released))
    for typed, taken in answer["corrected"]:
        yield words["corrected"].format(typed=typed, taken=taken)
    if answer["absent"]:
        yield words["absent"].format(words=listed(answer["absent"]))
    yield words["count"].format(count=answer["count"], query=answer["query"])
    for place, one in enumerate(answer["results"], 1):
        why = [
            *([words["km"].format(km=round(one["km"]))] if one["km"] is not None else []),
            *([words["words"].format(words=listed(one["words"]))] if one["words"] else []),
            *([words["unknown"].format(what=listed(one["unknown"]))] if one["unknown"] else []),
            words["told"].format(told=one["told"] or words["no-date"]),
        ]
        yield f"{place:3}. {one['title']}, {one['organisation']} ({'; '.join(why)})"
