"""A model hub on this machine that offers one folder as one model."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

COMMIT = "0123456789abcdef0123456789abcdef01234567"


class ModelHub(ThreadingHTTPServer):
    """Speaks what huggingface_hub asks to download single files."""

    daemon_threads = True

    def __init__(self, model: str, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.model = model
        self.folder = folder
        self.downloaded: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: ModelHub

    def do_HEAD(self) -> None:
        self._file(send=False)

    def do_GET(self) -> None:
        self._file(send=True)

    def _file(self, send: bool) -> None:
        prefix = f"/{self.server.model}/resolve/"
        name = self.path.removeprefix(prefix).partition("/")[2].partition("?")[0]
        file = self.server.folder / name
        if not self.path.startswith(prefix) or not file.is_file():
            self.send_response(404)
            self.send_header("X-Error-Code", "EntryNotFound")
            self.send_header("X-Repo-Commit", COMMIT)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        content = file.read_bytes()
        self.send_response(200)
        self.send_header("X-Repo-Commit", COMMIT)
        self.send_header("ETag", f'"{hashlib.sha256(content).hexdigest()}"')
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if send:
            self.server.downloaded.append(name)
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@contextmanager
def serving(model: str, folder: Path) -> Iterator[ModelHub]:
    """A hub on a free port, stopped at the end."""
    with ModelHub(model, folder) as hub:
        thread = threading.Thread(target=hub.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield hub
        finally:
            hub.shutdown()
            thread.join()
