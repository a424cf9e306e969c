"""From an issue to a proposal: reads the issue, changes nothing outside this checkout, and needs no rights.

The proposal goes to ``meedoenkaart.github.propose``, which has the rights and reads no text of its own.
"""

import datetime
import json
import sys
from pathlib import Path
from typing import Any

from meedoenkaart.cli import today
from meedoenkaart.github.event import read_event
from meedoenkaart.texts import texts
from meedoenkaart.upkeep.filled import Change
from meedoenkaart.upkeep.proposal import PULL, proposal
from meedoenkaart.writing.issue_forms import FORMS

LONGEST_BODY = 65_536
"""Characters of an issue; GitHub allows no more."""


def main() -> None:
    """Write the proposal as JSON into the file that the command names."""
    issue = read_event()["issue"]
    form, number, day = _form_of(issue), int(issue["number"]), today()
    body = str(issue.get("body") or "")[:LONGEST_BODY]
    found = proposal(form, Path.cwd(), body, day, _day_of(issue, day))
    change = found.change or Change("", "", "")
    words = texts("issues")["answers"]
    told = {
        "number": number,
        "form": form,
        "answer": found.answer,
        "busy": words["busy"],
        "former": words["former"].format(pull=PULL),
        "file": change.file,
        "content": change.content,
        "title": words["pull-title"].format(form=texts("issues")[form]["name"], name=change.name),
        "body": words["pull-body"].format(number=number),
        "commit": texts("issues")[form]["commit"].format(file=change.file, number=number),
    }
    Path(sys.argv[1]).write_text(json.dumps(told), "utf-8")


def _form_of(issue: dict[str, Any]) -> str:
    """Return the form that an issue was made with, by the label that it gave."""
    labels = {one["name"] for one in issue["labels"]}
    return next(form for form in FORMS if not labels.isdisjoint(texts("issues")[form]["labels"]))


def _day_of(issue: dict[str, Any], today: datetime.date) -> datetime.date:
    """Return the day on which somebody said that all is right: that of the last edit."""
    try:
        return min(datetime.date.fromisoformat(str(issue.get("updated_at"))[:10]), today)
    except ValueError:
        return today


if __name__ == "__main__":
    main()
