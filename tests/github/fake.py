"""A GitHub on this machine: as much of its REST interface as the workflows use, with what it holds."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.upkeep.servers import Reply, serving

REPOSITORY = "meedoenkaart/meedoenkaart"
BOT = "github-actions[bot]"
TOKEN = "een-token"  # noqa: S105  # of no service


class GitHub:
    """Holds refs, commits, pull requests, issues, comments and labels; every write is noted."""

    def __init__(self) -> None:
        self.refs: dict[str, str] = {"heads/main": "c0"}
        self.commits: dict[str, dict[str, Any]] = {"c0": {"tree": "t0", "parents": [], "author": "iemand"}}
        self.trees: dict[str, dict[str, str]] = {"t0": {}}
        self.pulls: list[dict[str, Any]] = []
        self.issues: dict[int, dict[str, Any]] = {}
        self.comments: list[dict[str, Any]] = []
        self.labels: list[dict[str, Any]] = []
        self.dispatched: list[str] = []
        self.writes: list[tuple[str, str]] = []

    def issue(self, number: int, **values: Any) -> dict[str, Any]:
        made = {
            "number": number,
            "state": "open",
            "body": "",
            "labels": [],
            "user": {"login": "vrijwilliger"},
            **values,
        }
        self.issues[number] = made
        return made

    def files(self, branch: str) -> dict[str, str]:
        return self.trees[self.commits[self.refs[f"heads/{branch}"]]["tree"]]

    @contextmanager
    def running(self) -> Iterator[dict[str, str]]:
        """Yield the environment in which a step finds this GitHub."""
        with serving(self.answer) as url:
            yield {
                "GITHUB_API_URL": url,
                "GITHUB_REPOSITORY": REPOSITORY,
                "GITHUB_TOKEN": TOKEN,
                "GITHUB_SHA": self.refs["heads/main"],
            }

    def answer(self, method: str, path: str, body: bytes) -> Reply:
        path, _, query = path.partition("?")
        path = path.removeprefix(f"/repos/{REPOSITORY}").strip("/")
        if method != "GET":
            self.writes.append((method, path))
        for pattern, name in ROUTES:
            found = re.fullmatch(pattern, f"{method} {path}")
            if found:
                result = getattr(self, f"_{name}")(*found.groups(), *([json.loads(body)] if body else []))
                if name in ("issues", "comments_of", "labels") and "page=1" not in query.split("&"):
                    result = []
                return (404 if result is None else 200), {}, json.dumps(result).encode()
        return 404, {}, b"{}"

    def _repository(self) -> Any:
        return {"default_branch": "main"}

    def _ref(self, name: str) -> Any:
        return {"object": {"sha": self.refs[name]}} if name in self.refs else None

    def _new_ref(self, values: Any) -> Any:
        self.refs[values["ref"].removeprefix("refs/")] = values["sha"]
        return {}

    def _move_ref(self, name: str, values: Any) -> Any:
        assert values["force"] is True
        self.refs[name] = values["sha"]
        return {}

    def _compare(self, branch: str) -> Any:
        commits, at = [], self.refs[f"heads/{branch}"]
        while at not in ("c0", self.refs["heads/main"]):
            commits.append({"sha": at, "author": {"login": self.commits[at]["author"]}})
            at = self.commits[at]["parents"][0]
        return {"commits": commits}

    def _commit(self, id: str) -> Any:
        return {"tree": {"sha": self.commits[id]["tree"]}}

    def _new_tree(self, values: Any) -> Any:
        id = f"t{len(self.trees)}"
        self.trees[id] = {**self.trees[values["base_tree"]], **{one["path"]: one["content"] for one in values["tree"]}}
        return {"sha": id}

    def _new_commit(self, values: Any) -> Any:
        id = f"c{len(self.commits)}"
        self.commits[id] = {**values, "author": BOT}
        return {"sha": id}

    def _list_pulls(self) -> Any:
        return self.pulls

    def _new_pull(self, values: Any) -> Any:
        self.pulls.append({"number": 100 + len(self.pulls), **values})
        return self.pulls[-1]

    def _change_pull(self, number: str, values: Any) -> Any:
        next(one for one in self.pulls if one["number"] == int(number)).update(values)
        return {}

    def _dispatch(self, workflow: str, values: Any) -> Any:
        self.dispatched.append(values["ref"])
        return {}

    def _get_issue(self, number: str) -> Any:
        return self.issues.get(int(number))

    def _issues(self) -> Any:
        return [one for one in self.issues.values() if one["state"] == "open"]

    def _new_issue(self, values: Any) -> Any:
        return self.issue(max(self.issues, default=0) + 1, **values, user={"login": BOT})

    def _change_issue(self, number: str, values: Any) -> Any:
        self.issues[int(number)].update(values)
        return {}

    def _comments_of(self, number: str) -> Any:
        return [one for one in self.comments if one["issue"] == int(number)]

    def _new_comment(self, number: str, values: Any) -> Any:
        made = {"id": len(self.comments), "issue": int(number), "user": {"login": BOT}, **values}
        self.comments.append(made)
        return made

    def _change_comment(self, id: str, values: Any) -> Any:
        self.comments[int(id)].update(values)
        return {}

    def _labels(self) -> Any:
        return self.labels

    def _new_label(self, values: Any) -> Any:
        self.labels.append(values)
        return {}


ROUTES = (
    (r"GET ", "repository"),
    (r"GET git/ref/(.+)", "ref"),
    (r"POST git/refs", "new_ref"),
    (r"PATCH git/refs/(.+)", "move_ref"),
    (r"GET compare/main\.\.\.(.+)", "compare"),
    (r"GET git/commits/(\w+)", "commit"),
    (r"POST git/trees", "new_tree"),
    (r"POST git/commits", "new_commit"),
    (r"GET pulls", "list_pulls"),
    (r"POST pulls", "new_pull"),
    (r"PATCH pulls/(\d+)", "change_pull"),
    (r"POST actions/workflows/([\w.]+)/dispatches", "dispatch"),
    (r"GET issues/(\d+)", "get_issue"),
    (r"GET issues", "issues"),
    (r"POST issues", "new_issue"),
    (r"PATCH issues/(\d+)", "change_issue"),
    (r"GET issues/(\d+)/comments", "comments_of"),
    (r"POST issues/(\d+)/comments", "new_comment"),
    (r"PATCH issues/comments/(\d+)", "change_comment"),
    (r"GET labels", "labels"),
    (r"POST labels", "new_label"),
)
