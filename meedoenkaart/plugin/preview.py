"""The preview: MkDocs' server, which shows what changed without a reload that would lose scroll and focus."""

import signal
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.livereload import LiveReloadServer
from watchdog.events import FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent, FileSystemEvent
from watchdog.observers import Observer

from meedoenkaart.plugin.settings import settings
from meedoenkaart.publishing.policy import hash_of, inline_scripts

NOT_FOUND = 404
AT_ONCE = 0.01
"""Seconds of silence after which one looks what changed; see ``meedoenkaart.project.SETTLED``."""
_CHANGES: list[type[FileSystemEvent]] = [FileModifiedEvent, FileCreatedEvent, FileDeletedEvent, FileMovedEvent]
"""Opening and closing a file is no change: a build reads every file."""
_RENEW = """
// Shows what changed without a reload, which would lose the focus: where nothing but texts did, each is put into the
// element that still is as it was served. Where that can't be, the page is loaded anew.
var served = function() {
    return fetch(location.href, {cache: "no-store"}).then(function(said) { return said.text(); }).then(function(text) {
        var page = new DOMParser().parseFromString(text, "text/html");
        page.querySelectorAll("meta[http-equiv], body > script:not([src])").forEach(function(one) { one.remove(); });
        return page.documentElement;
    });
};
var before = served();
var texts = function(old, now, found) {
    if (old.isEqualNode(now)) return true;
    if (old.nodeType === Node.TEXT_NODE && now.nodeType === Node.TEXT_NODE) {
        found.set(old.parentElement, now.parentElement);
        return true;
    }
    if (!old.cloneNode().isEqualNode(now.cloneNode()) || old.childNodes.length !== now.childNodes.length) return false;
    return Array.from(old.childNodes).every(function(one, at) { return texts(one, now.childNodes[at], found); });
};
var renew = function() {
    return Promise.all([before, served()]).then(function(pages) {
        var found = new Map();
        if (!texts(pages[0], pages[1], found)) return false;
        before = Promise.resolve(pages[1].cloneNode(true));
        return Array.from(found).every(function(pair) {
            var shown = Array.from(document.getElementsByTagName(pair[0].nodeName)).filter(function(one) {
                return one.isEqualNode(pair[0]);
            });
            shown.forEach(function(one) { one.replaceChildren.apply(one, pair[1].cloneNode(true).childNodes); });
            return shown.length > 0;
        });
    });
};
"""
_RELOAD = "location.reload();"
_RENEWED = """
    var now = parseFloat(this.responseText);
    renew().then(function(done) { if (done) { epoch = now; poll(); } else { location.reload(); } });
"""


class _Server(LiveReloadServer):
    """Shows pages as soon as they are drawn, with a script that shows what changed, and that their policy allows."""

    def build(self, rebuild: "Rebuild") -> None:
        """Rebuild what is shown, until it changes again."""
        rebuild(self._show, self._is_over)
        self._wanted_epoch = round(time.monotonic() * 1000)  # with which browsers look again

    def _show(self) -> None:
        with self._epoch_cond:
            self._visible_epoch = self._wanted_epoch
            self._epoch_cond.notify_all()

    def _is_over(self, seconds: float) -> bool:
        with self._rebuild_cond:
            return self._rebuild_cond.wait_for(lambda: self._want_rebuild or self._shutdown, seconds)

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        injected: bytes = super()._inject_js_into_html(content, epoch)  # type: ignore[no-untyped-call]
        *_, reload = inline_scripts(injected.decode())
        renewing = _RENEW + reload.replace(_RELOAD, _RENEWED)
        injected = injected.replace(reload.encode(), renewing.encode())
        return injected.replace(b"script-src 'self'", f"script-src 'self' {hash_of(renewing)}".encode(), 1)


Rebuild = Callable[[Callable[[], None], Callable[[float], bool]], None]
"""As ``meedoenkaart.project.Preview.update``."""


def preview_server(root: Path, folder: Path, rebuild: Rebuild, address: tuple[str, int]) -> LiveReloadServer:
    """Return a server that shows ``folder`` below the path at which the project's site is published."""
    host, port = address
    path = urlsplit(settings(root).site_url or "/").path
    server = _Server(builder=lambda: server.build(rebuild), host=host, port=port, root=str(folder), mount_path=path)
    missing = folder / "404.html"
    server.error_handler = lambda code: missing.read_bytes() if code == NOT_FOUND else None
    return server


def serve(root: Path, folder: Path, rebuild: Rebuild, watched: Iterable[Path], address: tuple[str, int]) -> None:
    """Show ``folder`` in a browser and call ``rebuild`` after every change below ``watched``, until interrupted."""
    server = preview_server(root, folder, rebuild, address)
    observer = Observer()  # notified by the system, where MkDocs would poll
    observer.schedule = partial(observer.schedule, event_filter=_CHANGES)  # type: ignore[method-assign]
    server.observer = observer  # type: ignore[assignment]
    server.build_delay = AT_ONCE
    for path in watched:
        server.watch(str(path))
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that a rebuild ends too
    try:
        server.serve()  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        server.shutdown()
