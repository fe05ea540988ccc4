"""Who is asking: an account, or else an opaque id that the browser keeps in a cookie; conversations stay their own."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

from ui.accounts import Account

COOKIE = "duban_user"
_KEPT_S = 400 * 24 * 3600  # the longest that browsers keep a cookie
_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whoever sent a request. `id` is what their conversations belong to, empty for a program without cookies.

    `manages` tells whether they may upload, replace and delete documents.
    """

    id: str
    account: Account | None = None
    manages: bool = False


def visitor_of(request: Any) -> Visitor:  # noqa: ANN401 - a request of Starlette's or of Gradio's
    """The visitor that the gate has found a request to be from."""
    visitor: Visitor = request.user
    return visitor


def user_of(request: Any) -> str:  # noqa: ANN401 - as above
    """What the conversations of a request's visitor belong to; empty for a program that keeps no cookies."""
    return visitor_of(request).id


def browser_id(cookies: Mapping[str, str]) -> str:
    """The id that a browser without an account keeps; empty where it has none yet."""
    found = cookies.get(COOKIE, "")
    return found if _ID.fullmatch(found) else ""


def new_browser_cookie() -> str:
    return cookie_header(COOKIE, secrets.token_hex(16), _KEPT_S)


def cookie_header(name: str, value: str, seconds: int, *, secure: bool = False) -> str:
    """A cookie that scripts cannot read and other sites' forms do not bring along; 0 seconds delete it."""
    cookie = SimpleCookie({name: value})
    morsel = cookie[name]
    morsel["max-age"], morsel["samesite"], morsel["path"] = str(seconds), "Lax", "/"
    morsel["httponly"] = True
    if secure:
        morsel["secure"] = True
    return morsel.OutputString()
