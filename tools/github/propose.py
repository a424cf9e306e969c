"""From a proposal to a pull request on the branch ``kans-<number>``, and an answer below the issue.

Reads only what ``tools.github.read_issue`` wrote, checks its form again, and uses only the standard library: no other
code runs where the token may write.
"""

import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.github.api import Api

MARK = "<!-- meedoenkaart: kans -->"
BOT = "github-actions[bot]"
PULL = "@@pull@@"
_FILE = re.compile(r"catalogue/organisations/[a-z0-9]+(?:-[a-z0-9]+)*/[a-z0-9]+(?:-[a-z0-9]+)*\.yml", re.ASCII)
LONGEST_FILE = 100_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """A proposal whose form is right."""

    number: int
    answer: str
    busy: str
    file: str
    content: str
    title: str
    body: str
    commit: str

    @property
    def branch(self) -> str:
        """The branch of this issue, today and after every edit."""
        return f"kans-{self.number}"


def read(text: str) -> Wanted:
    """Return the proposal in a JSON text; stops at anything that ``read_issue`` would not write."""
    values = json.loads(text)
    texts = {name: values[name] for name in ("answer", "busy", "file", "content", "title", "body", "commit")}
    number = values["number"]
    if type(number) is not int or number < 1 or not all(isinstance(one, str) for one in texts.values()):
        raise SystemExit("this is no proposal")
    if texts["file"] and (not _FILE.fullmatch(texts["file"]) or len(texts["content"].encode()) > LONGEST_FILE):
        raise SystemExit("this file is not one of an organisation")
    title = " ".join(texts.pop("title").split())[:200]
    return Wanted(number=number, title=title, **texts)


def main() -> None:
    """Make or renew the pull request, and answer."""
    wanted, api = read(Path(sys.argv[1]).read_text("utf-8")), Api()
    issue = api.get(f"issues/{wanted.number}")
    if not issue or issue["state"] != "open":
        return
    answer = wanted.answer
    if wanted.file:
        pull = _propose(api, wanted)
        answer = wanted.busy if pull is None else answer.replace(PULL, f"#{pull}")
    _answer(api, wanted.number, answer)


def _propose(api: Api, wanted: Wanted) -> int | None:
    """Return the number of the pull request; None when somebody else has worked on the branch."""
    base = api.get("")["default_branch"]
    start = api.get(f"git/ref/heads/{base}")["object"]["sha"]
    present = api.get(f"git/ref/heads/{wanted.branch}")
    if present and _worked_on(api, base, wanted.branch):
        return None
    commit = _commit(api, start, wanted)
    if present:
        api.patch(f"git/refs/heads/{wanted.branch}", sha=commit, force=True)
    else:
        api.post("git/refs", ref=f"refs/heads/{wanted.branch}", sha=commit)
    owner = api.repository.partition("/")[0]
    pulls = api.get(f"pulls?state=open&base={base}&head={owner}:{wanted.branch}", [])
    if pulls:
        number = int(pulls[0]["number"])
        api.patch(f"pulls/{number}", title=wanted.title)
    else:
        made = api.post(
            "pulls", title=wanted.title, body=wanted.body, head=wanted.branch, base=base, maintainer_can_modify=True
        )
        number = int(made["number"])
    # What the token of a run makes starts no other run; this asks for the check of the branch.
    api.post("actions/workflows/check.yml/dispatches", ref=wanted.branch)
    return number


def _worked_on(api: Api, base: str, branch: str) -> bool:
    """Say whether anybody but this workflow put commits on the branch."""
    commits = api.get(f"compare/{base}...{branch}", {}).get("commits", [])
    return any((one.get("author") or {}).get("login") != BOT for one in commits)


def _commit(api: Api, start: str, wanted: Wanted) -> str:
    """Make a commit of the one file upon ``start`` and return its id."""
    tree = api.get(f"git/commits/{start}")["tree"]["sha"]
    entry = {"path": wanted.file, "mode": "100644", "type": "blob", "content": wanted.content}
    changed = api.post("git/trees", base_tree=tree, tree=[entry])["sha"]
    return str(api.post("git/commits", message=wanted.commit, tree=changed, parents=[start])["sha"])


def _answer(api: Api, number: int, answer: str) -> None:
    """Write the answer below the issue, in place of the one of before."""
    body = f"{MARK}\n{answer}"
    for one in api.each(f"issues/{number}/comments"):
        if _is_ours(one):
            if one["body"] != body:
                api.patch(f"issues/comments/{one['id']}", body=body)
            return
    api.post(f"issues/{number}/comments", body=body)


def _is_ours(comment: Any) -> bool:
    return comment["user"]["login"] == BOT and str(comment["body"]).startswith(MARK)


if __name__ == "__main__":
    main()
