"""The Content Security Policy of a page: what a browser may run and fetch, whatever slipped into a text.

Pages are static files on a server that sends no headers of ours, so the policy stands in a ``meta`` element.
"""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html.parser import HTMLParser
from urllib.parse import urlsplit

PLACE = "@@meedoenkaart-policy@@"
"""Where ``main.html`` wants the policy."""
MAP_TILES = "https://service.pdok.nl"
_DIRECTIVES: Mapping[str, str] = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": f"'self' data: {MAP_TILES}",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
}
_FRAMED: Mapping[str, str] = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
FRAMED = "; ".join(f"{name} {sources}" for name, sources in _FRAMED.items())
"""The policy of pages for frames on other sites. Who may frame a page, the host says: docs/developers/embedding.md."""


@lru_cache
def policy(shell: str, repository: str, frames: bool = False) -> str:
    """Return the policy of pages within a shell: of inline scripts only the shell's own may run.

    Without a script, the form for contributors is sent to the host of the ``repository``. With ``frames``, the page
    may show others of the site in a frame.
    """
    host = urlsplit(repository)
    sent = f"; form-action 'self' {host.scheme}://{host.netloc}" if host.netloc else "; form-action 'self'"
    own = " ".join(hash_of(script) for script in dict.fromkeys(inline_scripts(shell)))
    return (
        "; ".join(
            f"{name} {sources} {own}".rstrip() if name == "script-src" else f"{name} {sources}"
            for name, sources in _DIRECTIVES.items()
        )
        + sent
        + ("; frame-src 'self'" if frames else "")
    )


def with_policy(page: str, shell: str, repository: str, frames: bool = False) -> str:
    """Return a page with the policy of its shell, which may hold no text of contributors; ``frames`` as above."""
    return page.replace(PLACE, policy(shell, repository, frames), 1)


def hash_of(script: str) -> str:
    """Return a source expression that allows exactly this inline script."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def inline_scripts(page: str) -> Iterable[str]:
    """Return the text of every script that a browser would run and that lies in the page itself."""
    reader = _Scripts()
    reader.feed(page)
    reader.close()
    return reader.found


class _Scripts(HTMLParser):
    """Collects scripts; data in a script element, such as JSON, is never run."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self._inside = tag == "script" and "src" not in values and values.get("type", "module") == "module"
        if self._inside:
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found[-1] += data
