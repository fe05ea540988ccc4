"""The page to sign in on, signing out, and what the page may know about who is signed in."""

from __future__ import annotations

from string import Template
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from ui.access import SESSION_COOKIE, SIGN_IN, Access
from ui.accounts import LONGEST_SESSION_S, Refused
from ui.identity import cookie_header, visitor_of
from ui.look import script
from ui.markup import text

_WRONG = "账号或密码不对。"
_Typed = Annotated[str, Form(max_length=1000)]


def sign_in_routes(access: Access) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get(SIGN_IN)
    def page(next: str = "/") -> Response:
        return _page(_own_path(next))

    @router.post(SIGN_IN)
    def sign_in(
        request: Request,
        name: _Typed = "",
        password: _Typed = "",
        next: _Typed = "/",
    ) -> Response:
        address = request.client.host if request.client else ""
        result = access.accounts.sign_in(name, password, address)
        if isinstance(result, Refused):
            return _refused(result, _own_path(next), name)
        _, secret = result
        answer = RedirectResponse(_own_path(next), status_code=303)
        answer.headers["set-cookie"] = _session_cookie(request, secret, LONGEST_SESSION_S)
        return answer

    @router.post("/sign-out")
    def sign_out(request: Request) -> Response:
        access.accounts.sign_out(request.cookies.get(SESSION_COOKIE, ""))
        answer = RedirectResponse(SIGN_IN if access.required else "/", status_code=303)
        answer.headers["set-cookie"] = _session_cookie(request, "", 0)
        return answer

    @router.get("/account")
    def account(request: Request) -> dict[str, Any]:
        """Who is signed in, what they may do, and whether there is anything to sign in to."""
        visitor = visitor_of(request)
        known = visitor.account
        return {
            "name": known.name if known else "",
            "role": known.role.chinese if known else "",
            "manages": visitor.manages,
            "accounts": known is not None or bool(access.accounts.all()),
        }

    return router


def _page(next_: str, name: str = "", message: str = "", status: int = 200) -> HTMLResponse:
    shown = f'<p class="refused" role="alert">{text(message)}</p>' if message else ""
    page = Template(script("sign_in.html")).substitute(
        style=script("page.css") + script("sign_in.css"),
        message=shown,
        next=text(next_),
        name=text(name),
        focus_name="" if name else " autofocus",
        focus_password=" autofocus" if name else "",
    )
    return HTMLResponse(page, status, headers={"cache-control": "no-store"})


def _refused(refused: Refused, next_: str, name: str) -> HTMLResponse:
    wait = f"尝试次数过多，请等 {_duration(refused.wait_s)}再试。" if refused.wait_s else ""
    message = (_WRONG if refused.tried else "") + wait
    answer = _page(next_, name, message, 401 if refused.tried else 429)
    if refused.wait_s:
        answer.headers["retry-after"] = str(refused.wait_s)
    return answer


def _duration(seconds: int) -> str:
    return f"{seconds} 秒" if seconds < 60 else f"{-(-seconds // 60)} 分钟"


def _session_cookie(request: Request, secret: str, seconds: int) -> str:
    return cookie_header(SESSION_COOKIE, secret, seconds, secure=request.url.scheme == "https")


def _own_path(address: str) -> str:
    """Where to go after signing in; never to another site."""
    parts = urlsplit(address)
    own = address.startswith("/") and not parts.scheme and not parts.netloc and "\\" not in address
    return address if own and address.isprintable() else "/"
