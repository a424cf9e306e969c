"""From an issue to a proposal: reads the issue, changes nothing outside this checkout, and needs no rights.

The proposal goes to ``tools.github.propose``, which has the rights and reads no text of its own.
"""

import datetime
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from generator.cli import today
from generator.texts import texts
from generator.upkeep.proposal import proposal
from tools.github.event import read_event

LONGEST_BODY = 65_536
"""Characters of an issue; GitHub allows no more."""


def main() -> None:
    """Write the proposal as JSON into the file that the command names."""
    issue = read_event()["issue"]
    day = today()
    body = str(issue.get("body") or "")[:LONGEST_BODY]
    found = proposal(Path.cwd(), body, day, _day_of(issue, day))
    words = texts("issues")["answers"]
    number = int(issue["number"])
    told = {
        "title": words["pull-title"].format(name=found.name),
        "body": words["pull-body"].format(number=number),
        "commit": words["commit"].format(file=found.file, number=number),
        "busy": words["busy"],
    }
    Path(sys.argv[1]).write_text(json.dumps({"number": number, **asdict(found), **told}), "utf-8")


def _day_of(issue: dict[str, Any], today: datetime.date) -> datetime.date:
    """Return the day on which somebody said that all is right: that of the last edit."""
    try:
        return min(datetime.date.fromisoformat(str(issue.get("updated_at"))[:10]), today)
    except ValueError:
        return today


if __name__ == "__main__":
    main()
