"""Whose page is whose: Gradio keeps what an open page holds under a name that the browser chooses and sends along.

Whoever sent the name of another's page would act in that page's conversation, so a name that an account has used is
that account's alone.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from threading import Lock

from starlette.requests import HTTPConnection
from starlette.types import Message, Receive

PREFIX = "/gradio_api/"
MOST_BYTES = 4 * 1024 * 1024
# As many as Gradio itself remembers.
_REMEMBERED = 10_000
# Addresses that have the name in their path.
_NAMED_PATHS = ("heartbeat", "stream")


class PageSessions:
    """The accounts of pages by the pages' names."""

    def __init__(self) -> None:
        self._owners: OrderedDict[str, str] = OrderedDict()
        self._lock = Lock()

    def admits(self, names: set[str], owner: str) -> bool:
        """Whether an account, or nobody in particular (empty), may use these names; an account's become its own."""
        with self._lock:
            if any(self._owners.get(name, owner) != owner for name in names):
                return False
            for name in names if owner else ():
                self._owners[name] = owner
                self._owners.move_to_end(name)
            while len(self._owners) > _REMEMBERED:
                self._owners.popitem(last=False)
        return True


class TooLargeError(Exception):
    """A request to Gradio is larger than any that the page sends."""


async def names_in(connection: HTTPConnection, receive: Receive) -> tuple[set[str], Receive]:
    """The names that a request brings, wherever Gradio looks for them, and its body to be received again.

    Raises:
        TooLargeError: the body is.
    """
    parts = str(connection.scope["path"]).removeprefix(PREFIX).split("/")
    names = {connection.query_params.get("session_hash", "")}
    if parts[0] in _NAMED_PATHS and len(parts) > 1:
        names.add(parts[1])
    if connection.scope["method"] == "POST":
        body = await _body(receive)
        names.add(_name_in(body))
        receive = _again(body, receive)
    return names - {""}, receive


def _name_in(body: bytes) -> str:
    try:
        sent = json.loads(body)
    except ValueError:
        return ""
    name = sent.get("session_hash") if isinstance(sent, dict) else ""
    return name if isinstance(name, str) else ""


async def _body(receive: Receive) -> bytes:
    parts, size = [], 0
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > MOST_BYTES:
            raise TooLargeError
        if not message.get("more_body", False):
            return b"".join(parts)


def _again(body: bytes, receive: Receive) -> Receive:
    given = False

    async def received() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return received
