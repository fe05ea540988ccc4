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
from ui.words import Words, words_for

_Typed = Annotated[str, Form(max_length=1000)]


def sign_in_routes(access: Access) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get(SIGN_IN)
    def page(request: Request, next: str = "/") -> Response:
        return _page(request, _own_path(next))

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
            return _refused(request, result, _own_path(next), name)
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
            "role": known.role.value if known else "",
            "manages": visitor.manages,
            "accounts": known is not None or bool(access.accounts.all()),
        }

    return router


def _page(
    request: Request, next_: str, name: str = "", message: str = "", status: int = 200
) -> HTMLResponse:
    say = words_for(request.cookies)
    keys = ("sign_in", "title", "subtitle", "account_name", "password", "sign_in_help")
    page = Template(script("sign_in.html")).substitute(
        {key: text(say(key)) for key in keys},
        language="en" if say.language == "en" else "zh-CN",
        style=script("page.css") + script("sign_in.css"),
        message=f'<p class="refused" role="alert">{text(message)}</p>' if message else "",
        next=text(next_),
        name=text(name),
        focus_name="" if name else " autofocus",
        focus_password=" autofocus" if name else "",
    )
    return HTMLResponse(page, status, headers={"cache-control": "no-store"})


def _refused(request: Request, refused: Refused, next_: str, name: str) -> HTMLResponse:
    say = words_for(request.cookies)
    wrong = say("sign_in_wrong") if refused.tried else ""
    message = f"{wrong} {_wait(say, refused.wait_s)}".strip()
    answer = _page(request, next_, name, message, 401 if refused.tried else 429)
    if refused.wait_s:
        answer.headers["retry-after"] = str(refused.wait_s)
    return answer


def _wait(say: Words, seconds: int) -> str:
    if seconds == 0:
        return ""
    if seconds < 60:
        return say("sign_in_wait_seconds", count=seconds)
    return say("sign_in_wait_minutes", count=-(-seconds // 60))


def _session_cookie(request: Request, secret: str, seconds: int) -> str:
    return cookie_header(SESSION_COOKIE, secret, seconds, secure=request.url.scheme == "https")


def _own_path(address: str) -> str:
    """Where to go after signing in; never to another site."""
    parts = urlsplit(address)
    own = address.startswith("/") and not parts.scheme and not parts.netloc and "\\" not in address
    return address if own and address.isprintable() else "/"
