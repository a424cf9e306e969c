"""The preview: MkDocs' server, which shows what changed without a reload that would lose scroll and focus."""

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
SETTLE_SECONDS = 0.05
"""An editor writes a file in several steps; wait for silence that long before building."""
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
    """Adds the script that shows what changed to what the page's policy allows."""

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        injected: bytes = super()._inject_js_into_html(content, epoch)  # type: ignore[no-untyped-call]
        *_, reload = inline_scripts(injected.decode())
        renewing = _RENEW + reload.replace(_RELOAD, _RENEWED)
        injected = injected.replace(reload.encode(), renewing.encode())
        return injected.replace(b"script-src 'self'", f"script-src 'self' {hash_of(renewing)}".encode(), 1)


def preview_server(root: Path, folder: Path, rebuild: Callable[[], None], address: tuple[str, int]) -> LiveReloadServer:
    """Return a server that shows ``folder`` below the path at which the project's site is published."""
    host, port = address
    path = urlsplit(settings(root).site_url or "/").path
    server = _Server(builder=rebuild, host=host, port=port, root=str(folder), mount_path=path)
    missing = folder / "404.html"
    server.error_handler = lambda code: missing.read_bytes() if code == NOT_FOUND else None
    return server


def serve(
    root: Path, folder: Path, rebuild: Callable[[], None], watched: Iterable[Path], address: tuple[str, int]
) -> None:
    """Show ``folder`` in a browser and call ``rebuild`` after every change below ``watched``, until interrupted."""
    server = preview_server(root, folder, rebuild, address)
    observer = Observer()  # notified by the system, where MkDocs would poll
    observer.schedule = partial(observer.schedule, event_filter=_CHANGES)  # type: ignore[method-assign]
    server.observer = observer  # type: ignore[assignment]
    server.build_delay = SETTLE_SECONDS
    for path in watched:
        server.watch(str(path))
    try:
        server.serve()  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        server.shutdown()
