"""An OpenAI-compatible embeddings service on this machine, which can be told to misbehave."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

DIMENSION = 8


@dataclass(frozen=True, slots=True)
class Reply:
    """What to answer one request with; `body` None is no answer at all until the service stops."""

    status: int = 200
    body: str | None = "{}"
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked."""

    path: str
    authorization: str | None
    model: str
    texts: list[str]


def vector_of(text: str, dimension: int = DIMENSION) -> list[float]:
    """A vector that depends on the text alone; its length is not 1."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return [byte - 127.5 for byte in digest[:dimension]]


def answer_to(texts: list[str], dimension: int = DIMENSION) -> str:
    """The right answer, listed backwards: the order is in `index`."""
    entries = [
        {"object": "embedding", "index": i, "embedding": vector_of(text, dimension)}
        for i, text in enumerate(texts)
    ]
    return json.dumps({"object": "list", "data": entries[::-1], "model": "m"})


class EmbeddingsServer(ThreadingHTTPServer):
    """Answers rightly unless `replies` says otherwise; takes `most` texts at once."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.replies: deque[Reply] = deque()
        self.requests: list[Request] = []
        self.most = 100
        self.stopping = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401
        """A client that stopped waiting is part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    server: EmbeddingsServer

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        asked = Request(self.path, self.headers["Authorization"], body["model"], body["input"])
        self.server.requests.append(asked)
        self._send(self.server.replies.popleft() if self.server.replies else self._right(asked))

    def _right(self, asked: Request) -> Reply:
        if asked.path != "/v1/embeddings":
            return Reply(404, "no such page")
        if len(asked.texts) > self.server.most:
            return Reply(400, json.dumps({"error": {"message": "batch size is too large"}}))
        if not all(asked.texts):
            return Reply(400, json.dumps({"error": {"message": "input cannot be empty"}}))
        return Reply(200, answer_to(asked.texts))

    def _send(self, reply: Reply) -> None:
        if reply.body is None:
            self.server.stopping.wait()
            return
        body = reply.body.encode("utf-8")
        self.send_response(reply.status)
        for name, value in {**reply.headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@contextmanager
def running() -> Iterator[EmbeddingsServer]:
    """A service on a free port, stopped at the end."""
    with EmbeddingsServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.stopping.set()
            server.shutdown()
            thread.join()
