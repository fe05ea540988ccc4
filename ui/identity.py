"""Who is asking: an opaque id that the browser keeps in a cookie, so that conversations stay its own."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from http.cookies import SimpleCookie

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "duban_user"
_KEPT_S = 400 * 24 * 3600  # the longest that browsers keep a cookie
_ID = re.compile(r"[0-9a-f]{32}")


def user_of(cookies: Mapping[str, str]) -> str:
    """The user's id; empty for a program that keeps no cookies."""
    found = cookies.get(COOKIE, "")
    return found if _ID.fullmatch(found) else ""


class UserCookie:
    """ASGI middleware that gives a browser without an id one of its own.

    A plain ASGI class, because Starlette's BaseHTTPMiddleware would hold back streamed answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_page = scope["type"] == "http" and scope["method"] == "GET" and scope["path"] == "/"
        if not is_page or user_of(HTTPConnection(scope).cookies):
            await self._app(scope, receive, send)
            return

        async def with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).append("set-cookie", _new_cookie())
            await send(message)

        await self._app(scope, receive, with_cookie)


def _new_cookie() -> str:
    cookie = SimpleCookie({COOKIE: secrets.token_hex(16)})
    morsel = cookie[COOKIE]
    morsel["max-age"], morsel["samesite"], morsel["path"] = str(_KEPT_S), "Lax", "/"
    morsel["httponly"] = True
    return morsel.OutputString()
