"""Requests to the chat endpoint and their replies on disk, to judge a real model's outputs later.

One JSON file for each request: what was asked, and the raw reply as it came. Headers are left out, because the
key is among them.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import re
import time
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2

_FENCE = re.compile(r"duban-[0-9a-f]{16}")
_counter = itertools.count()


def request_key(body: object) -> str:
    """What tells requests apart, whatever fence was drawn around their documents."""
    text = json.dumps(body, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(_FENCE.sub("duban-", text).encode("utf-8")).hexdigest()[:32]


class RecordingTransport(httpx2.AsyncHTTPTransport):
    """Sends requests on and writes each with its reply when the reply has ended."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        body = json.loads(await request.aread() or b"null")
        response = await super().handle_async_request(request)
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        response.stream = _Copied(response.stream, self._folder, body, response)
        return response


class _Copied(httpx2.AsyncByteStream):
    """A reply's bytes, kept while they are read."""

    def __init__(
        self, stream: httpx2.AsyncByteStream, folder: Path, body: object, response: httpx2.Response
    ) -> None:
        self._stream = stream
        self._folder = folder
        self._record = {
            "key": request_key(body),
            "status": response.status_code,
            "content_type": response.headers.get("Content-Type", ""),
            "encoding": response.headers.get("Content-Encoding", ""),
            "request": body,
        }
        self._read = bytearray()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._stream:
            self._read += piece
            yield piece

    async def aclose(self) -> None:
        await self._stream.aclose()
        self._folder.mkdir(parents=True, exist_ok=True)
        record = {**self._record, "reply": self._read.decode("utf-8", "backslashreplace")}
        name = f"{time.strftime('%Y%m%d-%H%M%S')}-{next(_counter):04d}-{self._record['key']}.json"
        text = json.dumps(record, ensure_ascii=False, indent=1)
        (self._folder / name).write_text(text, encoding="utf-8")
