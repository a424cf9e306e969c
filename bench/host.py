"""Shows a site on this machine only, compressed as GitHub Pages does: ``python -m bench.host site``."""

import gzip
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any

PACKED = {".html", ".css", ".js", ".json", ".svg", ".xml"}


class Host(SimpleHTTPRequestHandler):
    """Sends texts compressed, over connections that stay open, for browsers to keep for ten minutes."""

    protocol_version = "HTTP/1.1"

    def send_head(self) -> Any:
        """Send what comes before the content, and return the content."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if path.suffix not in PACKED or not path.is_file():
            return super().send_head()
        content = _packed(path)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        return BytesIO(content)

    def handle(self) -> None:
        """Answer until the browser is gone."""
        with suppress(ConnectionError):
            super().handle()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@cache
def _packed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 6)


@contextmanager
def hosted(folder: Path, port: int = 0) -> Iterator[str]:
    """Show a folder, and yield its address; ``port`` 0 is any that is free."""
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(Host, directory=str(folder)))
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


if __name__ == "__main__":
    with hosted(Path(sys.argv[1])) as address:
        input(f"{address} (Enter ends)\n")
