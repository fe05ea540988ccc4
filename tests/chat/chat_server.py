"""An OpenAI-compatible chat service on this machine: real HTTP, streamed as server-sent events, scripted.

A test says what the model is to answer; everything else (chunks, usage, errors, silence) is how a service may
behave. `requests` holds what it was asked, `closed` is set when a client leaves before the end.
"""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True, slots=True)
class Completion:
    """What to answer one request with.

    `text` is streamed in pieces of `chunk` characters, or, with `chunk_bytes`, in so many bytes of the raw
    stream at a time. `thinking` goes out first as `reasoning_content`. `hang` keeps the connection open after
    the text, sending comments only; `cut` drops it there. A `status` other than 200 answers with `body`.
    """

    text: str = ""
    thinking: str = ""
    chunk: int = 7
    chunk_bytes: int = 0
    calls: Sequence[tuple[str, str]] = ()
    hang: bool = False
    cut: bool = False
    ending: str = "stop"
    endless: bool = False
    pause_s: float = 0.0
    status: int = 200
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked."""

    path: str
    authorization: str | None
    body: dict[str, Any]

    @property
    def prompt(self) -> str:
        return "\n".join(str(message["content"]) for message in self.body["messages"])

    @property
    def user(self) -> str:
        return str(self.body["messages"][-1]["content"])

    @property
    def is_plan(self) -> bool:
        return "检索计划" in self.prompt

    @property
    def offers_tools(self) -> bool:
        return "tools" in self.body


# Nothing to add to what the rules found.
NO_PLAN = Completion(calls=[("plan", "{}")])
Script = Callable[[Request], Completion | str]


class ChatServer(ThreadingHTTPServer):
    """Answers from `replies`, then by `script`; search plans by `plan`."""

    daemon_threads = True

    def __init__(self, script: Script | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script: Script = script or (lambda _: Completion("没有剧本。"))
        self.replies: deque[Completion | str] = deque()
        self.requests: list[Request] = []
        # What it answers when asked for a search plan, which every question may begin with.
        self.plan: Script = lambda _: NO_PLAN
        self.plans: list[Request] = []
        self.closed = threading.Event()
        self.stopping = threading.Event()

    def forget(self, script: Script) -> None:
        """Begin anew with another script, as a service just started."""
        self.script = script
        self.plan = lambda _: NO_PLAN
        for kept in (self.replies, self.requests, self.plans):
            kept.clear()
        self.closed.clear()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401
        """A client that stopped waiting is part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    server: ChatServer
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        asked = Request(self.path, self.headers["Authorization"], body)
        reply = self._reply(asked)
        self._answer(asked, Completion(reply) if isinstance(reply, str) else reply)

    def _reply(self, asked: Request) -> Completion | str:
        if asked.is_plan:
            self.server.plans.append(asked)
            return self.server.plan(asked)
        self.server.requests.append(asked)
        return self.server.replies.popleft() if self.server.replies else self.server.script(asked)

    def _answer(self, asked: Request, reply: Completion) -> None:
        if asked.path != "/v1/chat/completions":
            reply = Completion(status=404, body='{"error": {"message": "no such page"}}')
        if reply.status != 200:
            self._whole(reply.status, reply.body.encode(), "application/json", reply.headers)
        elif asked.body.get("stream"):
            self._streamed(reply)
        elif reply.hang:
            self._until_gone()
        else:
            content = json.dumps(_whole_reply(reply)).encode()
            self._whole(200, content, "application/json", reply.headers)

    def _whole(self, status: int, content: bytes, kind: str, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {
            **headers,
            "Content-Type": kind,
            "Content-Length": str(len(content)),
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def _streamed(self, reply: Completion) -> None:
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Connection", "close")
        self.end_headers()
        try:
            self._events(reply)
        except OSError:
            self.server.closed.set()

    def _events(self, reply: Completion) -> None:
        for event in _deltas(reply):
            self._send(event, reply.chunk_bytes)
            time.sleep(reply.pause_s)
        while reply.endless:
            self._send(_event({"content": "没完没了，"}), 0)
            time.sleep(0.01)
        if reply.hang:
            self._until_gone()
        if reply.cut:
            return
        usage = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}
        self._send(_event({}, "tool_calls" if reply.calls else reply.ending), reply.chunk_bytes)
        self._send(_data({**_ENVELOPE, "choices": [], "usage": usage}), 0)
        self._send(b"data: [DONE]\n\n", 0)

    def _send(self, event: bytes, size: int) -> None:
        for start in range(0, len(event), size or len(event)):
            self.wfile.write(event[start : start + (size or len(event))])
            self.wfile.flush()

    def _until_gone(self) -> None:
        """Keep the line open with comments, as busy services do, until the client or the test ends."""
        while not self.server.stopping.wait(0.02):
            self.wfile.write(b": keep-alive\n\n")
            self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


_ENVELOPE = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "scripted"}


def _deltas(reply: Completion) -> Iterator[bytes]:
    if not (reply.hang and not reply.text and not reply.thinking):
        yield _event({"role": "assistant", "content": ""})
    if reply.thinking:
        yield _event({"reasoning_content": reply.thinking})
    for start in range(0, len(reply.text), reply.chunk):
        yield _event({"content": reply.text[start : start + reply.chunk]})
    for index, (name, arguments) in enumerate(reply.calls):
        yield _event({"tool_calls": [{"index": index, **_call(index, name, arguments)}]})


def _event(delta: dict[str, Any], finish: str | None = None) -> bytes:
    return _data({
        **_ENVELOPE,
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
    })


def _data(value: object) -> bytes:
    # Not escaped: a chunk may end in the middle of a character.
    return f"data: {json.dumps(value, ensure_ascii=False)}\n\n".encode()


def _call(index: int, name: str, arguments: str) -> dict[str, Any]:
    return {
        "id": f"call{index}",
        "type": "function",
        "function": {"name": name, "arguments": arguments},
    }


def _whole_reply(reply: Completion) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": reply.text}
    if reply.thinking:
        message["reasoning_content"] = reply.thinking
    if reply.calls:
        message["tool_calls"] = [_call(i, *call) for i, call in enumerate(reply.calls)]
    return {
        "id": "c1",
        "object": "chat.completion",
        "created": 1,
        "model": "scripted",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18},
    }


@contextmanager
def running(script: Script | None = None) -> Iterator[ChatServer]:
    """A service on a free port, stopped at the end."""
    with ChatServer(script) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.stopping.set()
            server.shutdown()
            thread.join()


@contextmanager
def nobody_there() -> Iterator[str]:
    """The address of a port that nobody listens on."""
    import socket

    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{probe.getsockname()[1]}/v1"
