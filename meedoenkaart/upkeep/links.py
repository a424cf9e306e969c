"""Which web addresses of the catalogue lead nowhere. Asked politely: one request at a time to each site."""

import datetime
import http.client
import ipaddress
import json
import socket
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from meedoenkaart.draft import Draft
from meedoenkaart.records.record import Path as FieldPath
from meedoenkaart.records.reference import LinkExceptions

CACHE = ".cache/links.json"
"""Answers of before, below the project's root."""
AGENT = "meedoenkaart-links/1 (+{site})"
_REFUSALS = frozenset({401, 403, 405, 406, 407, 408, 425, 429, 451, 501, 999})
"""Answers of a site that does not want to talk to a program; for a person the page may be there."""

Verdict = Literal["alive", "dead", "unclear"]


@dataclass(frozen=True, slots=True)
class Manners:
    """How to ask."""

    seconds_between: float = 1.0
    """Pause between two requests to one site."""
    timeout: float = 15.0
    """Seconds to wait for an answer."""
    at_once: int = 8
    """Sites that are asked at the same time."""
    days_remembered: int = 6
    """Days for which an address that answered is not asked again."""
    site: str = "https://github.com/meedoenkaart/meedoenkaart"
    """Where a webmaster can read who asks."""
    public_only: bool = True
    """Refuse to talk to machines of the own network, which no address of the catalogue should lead to."""


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """An address, and where it stands."""

    file: str
    path: FieldPath
    address: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What asking for an address gave."""

    verdict: Verdict
    status: int
    """Of HTTP; 0 when there was no answer."""
    reason: str
    """In English, as the system says it; empty when there was an answer."""
    asked: str
    """The day, ISO 8601."""
    since: str
    """The first day of this verdict, ISO 8601."""


def mentions(draft: Draft) -> list[Mention]:
    """Return every web address of the catalogue's records, in the order of the files."""
    return sorted(
        Mention(document.file, path, address)
        for document in draft.documents
        if document.record and document.collection != "links" and not document.is_shared
        for path, address in _addresses(document.record)
    )


def _addresses(value: Any, path: FieldPath = ()) -> Iterator[tuple[FieldPath, str]]:
    if isinstance(value, str):
        if value.startswith(("http://", "https://")):
            yield path, value
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _addresses(item, (*path, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _addresses(item, (*path, key))
    elif is_dataclass(value):
        for field in fields(value):
            yield from _addresses(getattr(value, field.name), (*path, field.name))


def excepted(exceptions: LinkExceptions | None, today: datetime.date) -> dict[str, str]:
    """Return the addresses that need no answer today, with the reason; an exception ends on its last day."""
    listed = exceptions.exceptions if exceptions else ()
    return {one.address: str(one.reason) for one in listed if one.until >= today}


def ask_all(
    addresses: Iterable[str],
    today: datetime.date,
    manners: Manners,
    before: Mapping[str, Answer] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Answer]:
    """Ask for every address once and return the answers; ``before`` holds those of earlier days."""
    known = before or {}
    fresh_from = (today - datetime.timedelta(days=manners.days_remembered)).isoformat()
    wanted = sorted(set(addresses))
    kept = {one: known[one] for one in wanted if one in known and _is_fresh(known[one], fresh_from)}
    by_site: dict[str, list[str]] = {}
    for one in wanted:
        if one not in kept:
            by_site.setdefault((urlsplit(one).hostname or "").removeprefix("www."), []).append(one)
    asked = dict(kept)
    total = len(wanted)
    with ThreadPoolExecutor(max_workers=manners.at_once) as pool:
        for answers in pool.map(lambda site: _ask_site(site, today, manners), by_site.values()):
            for address, answer in answers:
                asked[address] = _with_history(answer, known.get(address))
            if progress:
                progress(len(asked), total)
    return {one: asked[one] for one in wanted}


def _is_fresh(answer: Answer, fresh_from: str) -> bool:
    return answer.verdict == "alive" and answer.asked >= fresh_from


def _with_history(answer: Answer, before: Answer | None) -> Answer:
    same = before is not None and before.verdict == answer.verdict
    return (
        Answer(answer.verdict, answer.status, answer.reason, answer.asked, before.since) if before and same else answer
    )


def _ask_site(addresses: list[str], today: datetime.date, manners: Manners) -> list[tuple[str, Answer]]:
    opener = _opener(manners)
    answers = []
    for number, address in enumerate(addresses):
        if number:
            time.sleep(manners.seconds_between)
        answers.append((address, _ask(opener, address, today, manners)))
    return answers


def _ask(opener: urllib.request.OpenerDirector, address: str, today: datetime.date, manners: Manners) -> Answer:
    """Ask for the head of a page and, where that is not answered well, once for the page itself."""
    status, reason = _status(opener, "HEAD", address, manners)
    if not 200 <= status < 300:
        time.sleep(manners.seconds_between)
        status, reason = _status(opener, "GET", address, manners)
    day = today.isoformat()
    return Answer(_verdict(status), status, reason, day, day)


def _verdict(status: int) -> Verdict:
    if 200 <= status < 300:
        return "alive"
    return "unclear" if status in _REFUSALS else "dead"


def _status(opener: urllib.request.OpenerDirector, method: str, address: str, manners: Manners) -> tuple[int, str]:
    """Return the status of an answer; 0 and the reason when there is none. The page itself is not read."""
    headers = {"User-Agent": AGENT.format(site=manners.site), "Accept": "text/html,*/*;q=0.5"}
    request = urllib.request.Request(address, method=method, headers=headers)  # noqa: S310  # http or https by its type
    try:
        with opener.open(request, timeout=manners.timeout) as response:
            return response.status, ""
    except urllib.error.HTTPError as answer:
        answer.close()
        return answer.code, ""
    except (OSError, http.client.HTTPException, ValueError) as failure:
        return 0, _reason(failure)


def _reason(failure: Exception) -> str:
    cause = getattr(failure, "reason", failure)
    return " ".join(f"{cause}".split())[:200] or type(failure).__name__


class _NotPublicError(OSError):
    """The address leads into the own network."""


def _refuse_private(sock: socket.socket) -> None:
    """Close a connection to a machine of the own network, whatever name it was found under."""
    host = sock.getpeername()[0].partition("%")[0]
    if not ipaddress.ip_address(host).is_global:
        sock.close()
        raise _NotPublicError(f"{host} is not a public address")


class _Connection(http.client.HTTPConnection):
    def connect(self) -> None:
        super().connect()
        _refuse_private(self.sock)


class _SafeConnection(http.client.HTTPSConnection):
    def connect(self) -> None:
        super().connect()
        _refuse_private(self.sock)


class _Http(urllib.request.HTTPHandler):
    def http_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_Connection, request)


class _Https(urllib.request.HTTPSHandler):
    def https_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_SafeConnection, request, context=ssl.create_default_context())


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a site to another page of the web, and nowhere else."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        if not newurl.startswith(("http://", "https://")):
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener(manners: Manners) -> urllib.request.OpenerDirector:
    """Return what makes the requests; through a proxy, the proxy decides what it connects to."""
    handlers: list[urllib.request.BaseHandler] = [_Redirects()]
    if manners.public_only and not urllib.request.getproxies():
        handlers += [_Http(), _Https()]
    return urllib.request.build_opener(*handlers)


def remembered(root: Path) -> dict[str, Answer]:
    """Return the answers of earlier days; none when there are none or they can't be read."""
    try:
        kept = json.loads((root / CACHE).read_text("utf-8"))
        return {address: Answer(**answer) for address, answer in kept.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def remember(root: Path, answers: Mapping[str, Answer]) -> None:
    """Keep the answers for another day."""
    file = root / CACHE
    file.parent.mkdir(parents=True, exist_ok=True)
    kept = {address: asdict(answer) for address, answer in sorted(answers.items())}
    file.write_text(json.dumps(kept, ensure_ascii=False, indent=1), "utf-8")
