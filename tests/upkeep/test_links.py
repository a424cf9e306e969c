"""``meedoenkaart links``: dead links, asked politely of real servers on this machine; never of the network."""

import datetime
import json
import socket
import threading
import time
from collections import Counter
from typing import Any

import pytest

from meedoenkaart.upkeep.links import Manners, ask_all, excepted, remember, remembered
from tests.conftest import TODAY, Project
from tests.upkeep.servers import Reply, serving

QUICK = Manners(seconds_between=0, timeout=0.5, public_only=False)
FILE = "catalogue/organisations/smallingerland/buurthuis-de-brug.yml"


class Site:
    """Answers by the path's first part, and counts."""

    def __init__(self) -> None:
        self.asked: Counter[tuple[str, str]] = Counter()
        self.at_once = self.most_at_once = 0
        self.times: list[float] = []
        self._lock = threading.Lock()

    def __call__(self, method: str, path: str, body: bytes) -> Reply:
        with self._lock:
            self.asked[method, path] += 1
            self.times.append(time.monotonic())
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            return self._reply(method, path)
        finally:
            with self._lock:
                self.at_once -= 1

    def _reply(self, method: str, path: str) -> Reply:
        what = path.strip("/").partition("/")[0]
        if what == "slow":
            time.sleep(1.5)
        if what == "busy":
            time.sleep(0.05)
        if what == "no-head":
            return (405 if method == "HEAD" else 200), {}, b""
        if what == "moved":
            return 301, {"Location": "/fine"}, b""
        if what == "round":
            return 302, {"Location": "/round"}, b""
        if what == "file":
            return 302, {"Location": "file:///etc/passwd"}, b""
        return int(what) if what.isdigit() else 200, {}, b"x"


@pytest.mark.parametrize(
    ("path", "verdict", "status"),
    [
        ("fine", "alive", 200),
        ("no-head", "alive", 200),
        ("moved", "alive", 200),
        ("404", "dead", 404),
        ("410", "dead", 410),
        ("500", "dead", 500),
        ("403", "unclear", 403),
        ("429", "unclear", 429),
        ("slow", "dead", 0),
        ("round", "dead", 302),
        ("file", "dead", 302),
    ],
)
def test_the_verdict_on_an_answer(path: str, verdict: str, status: int) -> None:
    with serving(Site()) as address:
        (answer,) = ask_all([f"{address}/{path}"], TODAY, QUICK).values()
    assert (answer.verdict, answer.status) == (verdict, status)
    assert answer.since == answer.asked == TODAY.isoformat()


def test_where_nobody_listens_is_dead_with_the_reason() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/"
    (answer,) = ask_all([address], TODAY, QUICK).values()
    assert (answer.verdict, answer.status) == ("dead", 0)
    assert "refused" in answer.reason


def test_head_comes_first_and_a_page_is_fetched_only_when_that_fails() -> None:
    site = Site()
    with serving(site) as address:
        ask_all([f"{address}/fine", f"{address}/404"], TODAY, QUICK)
    assert site.asked == {("HEAD", "/fine"): 1, ("HEAD", "/404"): 1, ("GET", "/404"): 1}


def test_one_site_is_asked_one_thing_at_a_time_with_a_pause() -> None:
    site = Site()
    manners = Manners(seconds_between=0.1, timeout=2, public_only=False)
    with serving(site) as address:
        ask_all([f"{address}/busy/{number}" for number in range(5)], TODAY, manners)
    assert site.most_at_once == 1
    assert min(b - a for a, b in zip(site.times, site.times[1:], strict=False)) >= 0.1


def test_sites_are_asked_side_by_side_up_to_a_bound() -> None:
    """Names that lead to this machine too are other sites; no more of them are asked at once than is allowed."""
    site = Site()
    manners = Manners(seconds_between=0, timeout=3, at_once=2, public_only=False)
    with serving(site) as address:
        port = address.rpartition(":")[2]
        ask_all([f"http://127.0.0.{number}:{port}/busy/" for number in range(1, 7)], TODAY, manners)
    assert 1 <= site.most_at_once <= 2


def test_nothing_of_the_own_network_is_asked() -> None:
    """An address of the catalogue can't be used to look around where the check runs."""
    site = Site()
    with serving(site) as address:
        (answer,) = ask_all([f"{address}/fine"], TODAY, Manners(seconds_between=0, timeout=1)).values()
    assert answer.verdict == "dead"
    assert "not a public address" in answer.reason
    assert site.asked == {}


def test_an_answer_is_remembered_and_a_failure_asked_again(project: Project) -> None:
    site, later = Site(), TODAY + datetime.timedelta(days=5)
    with serving(site) as address:
        first = ask_all([f"{address}/fine", f"{address}/404"], TODAY, QUICK)
        remember(project.root, first)
        again = ask_all([*first], later, QUICK, remembered(project.root))
        assert site.asked["HEAD", "/fine"] == 1
        assert site.asked["HEAD", "/404"] == 2
        assert again[f"{address}/404"].since == TODAY.isoformat()
        ask_all([*first], TODAY + datetime.timedelta(days=7), QUICK, again)
        assert site.asked["HEAD", "/fine"] == 2


@pytest.mark.parametrize("rubbish", ["", "[", "[]", '{"a": 1}', '{"a": {"b": 1}}'])
def test_a_spoilt_memory_is_no_memory(project: Project, rubbish: str) -> None:
    project.write(".cache/links.json", rubbish)
    assert remembered(project.root) == {}


def test_an_exception_carries_a_reason_and_an_end(project: Project) -> None:
    until = TODAY + datetime.timedelta(days=1)
    project.write(
        "catalogue/links.yml",
        "exceptions:\n  - address: https://brug.voorbeeld.nl/\n    reason: Wordt verbouwd.\n"
        f"    until: {until.isoformat()}\n",
    )
    assert project.problems() == []
    from meedoenkaart.draft import Draft
    from meedoenkaart.reading.documents import Reader

    listed = Draft(Reader(project.root).read()).single("links")
    assert excepted(listed, until) == {"https://brug.voorbeeld.nl/": "Wordt verbouwd."}
    assert excepted(listed, until + datetime.timedelta(days=1)) == {}
    project.write("catalogue/links.yml", "exceptions:\n  - address: https://brug.voorbeeld.nl/\n")
    assert {one.partition(" ")[2] for one in project.problems()} == {"missing-field"}


def _checked(project: Project, proxy: str, *arguments: str) -> tuple[int, Any]:
    """Run the command behind a proxy on this machine, which answers in place of every site."""
    outcome = project.execute(
        "links", "--format", "json", "--pause", "0", "--timeout", "2", *arguments, http_proxy=proxy, no_proxy=""
    )
    assert outcome.err == ""
    return outcome.code, json.loads(outcome.out)


def test_the_command_names_file_and_line(project: Project) -> None:
    for file in sorted(project.root.rglob("*.yml")):
        file.write_text(file.read_text("utf-8").replace("https://", "http://"), "utf-8")

    def answer(method: str, path: str, body: bytes) -> Reply:
        return (404 if path == "http://brug.voorbeeld.nl/over" else 200), {}, b""

    with serving(answer) as proxy:
        code, found = _checked(project, proxy)
        assert code == 1
        (one,) = found
        assert (one["file"], one["address"], one["status"]) == (FILE, "http://brug.voorbeeld.nl/over", 404)
        assert "brug.voorbeeld.nl/over" in project.read(FILE).split("\n")[one["line"] - 1]
        assert _checked(project, proxy, "catalogue/reception") == (0, [])
        project.write(
            "catalogue/links.yml",
            "exceptions:\n  - address: http://brug.voorbeeld.nl/over\n    reason: Weg.\n    until: 2026-11-22\n",
        )
        assert _checked(project, proxy) == (0, [])
