"""From a proposal to a pull request on a branch such as ``kans-<number>``, and an answer below the issue.

Reads only what ``meedoenkaart.github.read_issue`` wrote, checks its form again, and uses only the standard library:
no other code runs where the token may write.
"""

import json
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from meedoenkaart.github.api import Api

MARK = "<!-- meedoenkaart: antwoord -->"
BOT = "github-actions[bot]"
PULL = "@@pull@@"
_NAME = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_ORGANISATION = re.compile(rf"catalogue/organisations/{_NAME}/{_NAME}\.yml", re.ASCII)
_ROUTE = re.compile(rf"routes/(?!statutory\.){_NAME}\.yml", re.ASCII)
_FORMED = re.compile(
    rf"catalogue/(?:organisations/{_NAME}|reception|municipalities)/{_NAME}\.yml|{_ROUTE.pattern}", re.ASCII
)
_FORMS = {
    "opportunity": ("kans", _ORGANISATION),
    "correction": ("verbetering", _ORGANISATION),
    "route": ("route", _ROUTE),
    "file": ("voorstel", _FORMED),
}
"""By form: what its branches are called, and which files it may change."""
LONGEST_FILE = 100_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """A proposal whose form is right."""

    number: int
    branch: str
    """The branch of this issue, today and after every edit."""
    answer: str
    busy: str
    former: str
    file: str
    content: str
    title: str
    body: str
    commit: str


def read(text: str) -> Wanted:
    """Return the proposal in a JSON text; stops at anything that ``read_issue`` would not write."""
    values = json.loads(text)
    names = ("form", "answer", "busy", "former", "file", "content", "title", "body", "commit")
    texts = {name: values[name] for name in names}
    number = values["number"]
    if type(number) is not int or number < 1 or not all(isinstance(one, str) for one in texts.values()):
        raise SystemExit("this is no proposal")
    form = texts.pop("form")
    if form not in _FORMS:
        raise SystemExit("this is no form")
    branch, files = _FORMS[form]
    if texts["file"] and (not files.fullmatch(texts["file"]) or len(texts["content"].encode()) > LONGEST_FILE):
        raise SystemExit("this file is not one that the form is about")
    title = " ".join(texts.pop("title").split())[:200]
    return Wanted(number=number, branch=f"{branch}-{number}", title=title, **texts)


def main() -> None:
    """Make or renew the pull request, and answer."""
    wanted, api = read(Path(sys.argv[1]).read_text("utf-8")), Api()
    issue = api.get(f"issues/{wanted.number}")
    if not issue or issue["state"] != "open":
        return
    base = api.get("")["default_branch"]
    pull = _pull_of(api, base, wanted.branch)
    if wanted.file:
        pull = _propose(api, base, pull, wanted)
        answer = wanted.busy if pull is None else wanted.answer.replace(PULL, f"#{pull}")
    else:
        answer = wanted.answer + (wanted.former.replace(PULL, f"#{pull}") if pull else "")
    _answer(api, wanted.number, answer)


def _pull_of(api: Api, base: str, branch: str) -> int | None:
    """Return the number of the open pull request of a branch."""
    owner = api.repository.partition("/")[0]
    found = api.get(f"pulls?state=open&base={base}&head={owner}:{branch}", [])
    return int(found[0]["number"]) if found else None


def _propose(api: Api, base: str, pull: int | None, wanted: Wanted) -> int | None:
    """Return the number of the pull request, new or renewed; None when somebody else has worked on the branch."""
    present = api.get(f"git/ref/heads/{wanted.branch}")
    if present and _worked_on(api, base, wanted.branch):
        return None
    commit = _commit(api, os.environ["GITHUB_SHA"], wanted)
    if present:
        api.patch(f"git/refs/heads/{wanted.branch}", sha=commit, force=True)
    else:
        api.post("git/refs", ref=f"refs/heads/{wanted.branch}", sha=commit)
    values = {"title": wanted.title, "body": wanted.body}
    if pull:
        api.patch(f"pulls/{pull}", **values)
    else:
        made = api.post("pulls", **values, head=wanted.branch, base=base, maintainer_can_modify=True)
        pull = int(made["number"])
    # What the token of a run makes starts no other run; this asks for the check of the branch.
    api.post("actions/workflows/check.yml/dispatches", ref=wanted.branch)
    return pull


def _worked_on(api: Api, base: str, branch: str) -> bool:
    """Say whether anybody but this workflow put commits on the branch."""
    commits = api.get(f"compare/{base}...{branch}", {}).get("commits", [])
    return any((one.get("author") or {}).get("login") != BOT for one in commits)


def _commit(api: Api, start: str, wanted: Wanted) -> str:
    """Make a commit of the one file and return its id.

    ``start`` is the commit that the file was made from: what came into main since then is not undone.
    """
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
