"""The gate before everything that is served: who is asking, and whether they may.

It is ASGI middleware rather than Gradio's `auth`, because that leaves some of Gradio's own routes open (streams,
cancelling, heartbeats) and does not know ours: downloads, the doors for programs, the board's rows. What is not named
here as open to everybody is closed.
"""

from __future__ import annotations

import ipaddress
import logging
import socket
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.accounts import TOKEN_PREFIX, Account, AccountStore
from ui.identity import Visitor, browser_id, new_browser_cookie
from ui.page_sessions import PREFIX, PageSessions, TooLargeError, names_in

logger = logging.getLogger(__name__)

SESSION_COOKIE = "duban_session"
SIGN_IN = "/sign-in"
# Gradio's published scripts and fonts, and the page to sign in on.
_OPEN_FOLDERS = ("/assets/", "/static/")
_OPEN_PATHS = (SIGN_IN, "/favicon.ico", "/robots.txt")
# Gradio's own ways of taking files and of handing on a session, which the page does not use.
_CLOSED_TO_ALL = ("/gradio_api/upload", "/gradio_api/deep_link", "/gradio_api/proxy=")
_PROGRAMS = ("/gradio_api/", "/v1/", "/mcp", "/export/", "/board/", "/documents", "/account")
_READING = ("GET", "HEAD", "OPTIONS")
_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "same-origin",
}


class Access:
    """Who may enter. `required` asks everybody for an account."""

    def __init__(self, accounts: AccountStore, *, required: bool) -> None:
        self.accounts = accounts
        self.required = required

    def visitor(self, connection: HTTPConnection) -> Visitor | None:
        """Whoever sent a request; None where they have to sign in first."""
        if (token := bearer(connection.headers)) and (self.required or _is_ours(token)):
            account = self.accounts.token(token)
        else:
            account = self._signed_in(connection)
            token = ""
        if account is not None:
            return Visitor(account.owner, account, account.may_edit)
        if self.required or token:
            return None
        return Visitor(browser_id(connection.cookies), manages=self._manages_unknown(connection))

    def _signed_in(self, connection: HTTPConnection) -> Account | None:
        secret = connection.cookies.get(SESSION_COOKIE, "")
        return self.accounts.session(secret) if secret else None

    def _manages_unknown(self, connection: HTTPConnection) -> bool:
        """Somebody without an account manages documents only at this very machine, while there are no accounts.

        A name that another site has made to lead here, or a proxy that brings requests from elsewhere, is not that.
        """
        host = urlsplit(f"//{connection.headers.get('host', '')}").hostname or ""
        client = connection.client.host if connection.client else ""
        forwarded = {"forwarded", "x-forwarded-for", "x-forwarded-host"} & set(connection.headers)
        at_this_machine = is_loopback(host) and is_loopback(client) and not forwarded
        return at_this_machine and not self.accounts.all()


class Gate:
    """ASGI middleware that lets in whom `Access` knows, and hands on who they are as `request.user`.

    A plain ASGI class, because Starlette's BaseHTTPMiddleware would hold back streamed answers.
    """

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app = app
        self._access = access
        self._pages = PageSessions()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        else:
            # Nothing is served over web sockets.
            await send({"type": "websocket.close", "code": 1008})

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection, path = HTTPConnection(scope), str(scope["path"])
        cookie = ""
        visitor: Visitor | None = Visitor("")
        refusal = _refused_outright(connection, path, str(scope["method"]))
        if refusal is None and not (path in _OPEN_PATHS or path.startswith(_OPEN_FOLDERS)):
            visitor = await run_in_threadpool(self._access.visitor, connection)
            if visitor is None:
                refusal = _to_sign_in(connection, path, str(scope["method"]))
            elif path == "/" and not visitor.id:
                cookie = new_browser_cookie()
            elif path.startswith(PREFIX):
                refusal, receive = await self._as_page(connection, visitor, receive)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                if cookie:
                    headers.append("set-cookie", cookie)
            await send(message)

        scope["user"] = visitor
        await (refusal or self._app)(scope, receive, with_headers)

    async def _as_page(
        self, connection: HTTPConnection, visitor: Visitor, receive: Receive
    ) -> tuple[Response | None, Receive]:
        """Refuse whoever acts in the open page of another account."""
        try:
            names, receive = await names_in(connection, receive)
        except TooLargeError:
            return problem(413, "请求过大。"), receive
        if self._pages.admits(names, visitor.account.owner if visitor.account else ""):
            return None, receive
        return problem(403, "这个页面属于别的账号，请刷新页面。"), receive


def bearer(headers: Headers) -> str:
    """The token that a program sends."""
    kind, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def is_loopback(host: str) -> bool:
    """Whether an address can be reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]").partition("%")[0]).is_loopback
    except ValueError:
        return False


def listens_to_this_machine_only(host: str) -> bool:
    """The same for an address to listen on, which may be a name; one that is not known is not."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError:
        return False
    return all(is_loopback(str(one[4][0])) for one in found)


def _is_ours(token: str) -> bool:
    """Other programs send any key where none is asked for; one of ours that has ended has to be told."""
    return token.startswith(TOKEN_PREFIX)


def _refused_outright(connection: HTTPConnection, path: str, method: str) -> Response | None:
    if path.startswith(_CLOSED_TO_ALL):
        return problem(404, "没有这个地址。")
    # A page of another site may send forms here with the visitor's cookies, but not without telling its origin.
    if method not in _READING and not _same_origin(connection.headers):
        logger.warning("refused %s %s from another origin", method, path)
        return problem(403, "请求来自别的网站，已拒绝。请在督办的网页里操作。")
    return None


def _same_origin(headers: Headers) -> bool:
    origin = headers.get("origin")
    if origin is None:
        return headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")
    # Only a proxy, never another site's page, can name the host that it was asked for.
    hosts = (headers.get("host"), headers.get("x-forwarded-host"))
    return urlsplit(origin).netloc in hosts


def _to_sign_in(connection: HTTPConnection, path: str, method: str) -> Response:
    wants_page = "text/html" in connection.headers.get("accept", "")
    if method in _READING and wants_page and not path.startswith(_PROGRAMS):
        query = f"?{connection.url.query}" if connection.url.query else ""
        return RedirectResponse(f"{SIGN_IN}?next={quote(path + query, safe='')}", status_code=303)
    return problem(
        401,
        "请先登录。程序请在请求头里带上令牌：Authorization: Bearer 令牌，用 duban users token 账号名 取得。",
        {"www-authenticate": "Bearer"},
    )


def problem(status: int, message: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """What went wrong, where OpenAI's clients and FastAPI's readers look for it."""
    error = {"message": message, "type": "invalid_request_error", "param": None, "code": None}
    return JSONResponse({"error": error, "detail": message}, status_code=status, headers=headers)
