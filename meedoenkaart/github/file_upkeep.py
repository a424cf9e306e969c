"""Keeps one open issue for each file that needs care, and closes it when that file is mended.

Reads only what ``meedoenkaart.github.read_upkeep`` wrote, and uses only the standard library.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

from meedoenkaart.github.api import Api

BOT = "github-actions[bot]"
MOST_NEW = 40
"""New issues a week; the rest follows later, so that nobody drowns."""
_MARK = re.compile(r"<!-- onderhoud: ([a-z0-9/_-]+\.yml) -->", re.ASCII)
LABELS = Path(__file__).with_name("labels.json")


def main() -> None:
    """Open, renew and close issues."""
    wanted, api = json.loads(Path(sys.argv[1]).read_text("utf-8")), Api()
    _make_labels(api)
    label = str(wanted["label"])
    present = {file: one for one in api.each(f"issues?state=open&labels={label}") if (file := _file_of(one))}
    new = 0
    for issue in wanted["issues"]:
        mark = f"<!-- onderhoud: {issue['file']} -->"
        if not _MARK.fullmatch(mark):
            raise SystemExit("this file is not one of the catalogue")
        title, body = " ".join(issue["title"].split())[:200], f"{mark}\n{issue['body'][:60_000]}"
        known = present.pop(issue["file"], None)
        if known is None and new < MOST_NEW:
            api.post("issues", title=title, body=body, labels=[label])
            new += 1
        elif known is not None and known["body"] != body:
            api.patch(f"issues/{known['number']}", title=title, body=body)
    for known in present.values():
        api.post(f"issues/{known['number']}/comments", body=wanted["mended"])
        api.patch(f"issues/{known['number']}", state="closed", state_reason="completed")


def _file_of(issue: Any) -> str:
    """Return the file that an issue of this workflow is about; nothing for those of people."""
    found = _MARK.match(str(issue.get("body") or ""))
    return found[1] if found and issue["user"]["login"] == BOT and "pull_request" not in issue else ""


def _make_labels(api: Api) -> None:
    """Make the labels that the forms and this workflow use, where they are missing."""
    present = {str(one["name"]).casefold() for one in api.each("labels")}
    for one in json.loads(LABELS.read_text("utf-8")):
        if one["name"].casefold() not in present:
            api.post("labels", **one)


if __name__ == "__main__":
    main()
