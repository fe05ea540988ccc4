"""The gate over a real server: nothing without an account, and nobody sees what is another's."""

from __future__ import annotations

import asyncio
import json
import re
import secrets
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from gradio_client import Client
from guarded import PASSWORD, Guarded
from hand_made import SentenceFinder, plan
from mcp import Client as McpClient
from mcp.client.streamable_http import streamable_http_client
from openai import AuthenticationError, OpenAI

from ui.access import SESSION_COOKIE, is_loopback, listens_to_this_machine_only
from ui.identity import COOKIE
from ui.page_sessions import MOST_BYTES
from ui.server import web_app

QUESTION = "和平区到2025年末PM2.5年均浓度要控制在多少？"
OPEN = {"/sign-in", "/favicon.ico", "/robots.txt", "/assets/x", "/static/x"}


@pytest.fixture
def stranger(guarded: Guarded) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=guarded.address) as client:
        yield client


@pytest.fixture
def reader(guarded: Guarded) -> Iterator[httpx.Client]:
    with signed_in(guarded, "张三") as client:
        yield client


@contextmanager
def signed_in(guarded: Guarded, name: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=guarded.address) as client:
        answer = client.post("sign-in", data={"name": name, "password": PASSWORD})
        assert answer.status_code == 303
        yield client


def addresses(routes: Iterable[object]) -> Iterator[str]:
    """Every address that is served, with `x` for whatever may stand in it."""
    for route in routes:
        path = getattr(route, "path", "")
        # FastAPI keeps what `include_router` was given apart.
        inner = getattr(getattr(route, "original_router", route), "routes", None)
        if inner is not None:
            yield from (path.rstrip("/") + below for below in addresses(inner))
        elif path:
            yield re.sub(r"\{[^}]*\}", "x", path)


def test_every_address_is_closed_to_strangers_but_the_page_to_sign_in_on(
    stranger: httpx.Client, tmp_path: Path
) -> None:
    known = set(addresses(web_app(SentenceFinder(plan()), tmp_path).routes))
    assert {
        "/v1/chat/completions",
        "/mcp",
        "/board/tasks.json",
        "/gradio_api/queue/join",
        "/gradio_api/heartbeat/x",
        "/gradio_api/upload",
        "/export/conversations/x.x",
        "/account",
    } <= known
    let_in = [
        (method, path)
        for path in sorted(known - OPEN)
        for method in ("GET", "POST", "PUT", "DELETE")
        if stranger.request(method, path).status_code not in (401, 404)
    ]
    assert let_in == []


def test_the_page_leads_to_the_sign_in_page_and_back(stranger: httpx.Client) -> None:
    answer = stranger.get("/?view=board&doc=a", headers={"accept": "text/html"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=%2F%3Fview%3Dboard%26doc%3Da"
    assert "view=board&amp;doc=a" in stranger.get(answer.headers["location"]).text


@pytest.mark.parametrize(
    "next_",
    ["https://attacker.invalid/", "//attacker.invalid", "/\\attacker.invalid", "x", "/\t/a"],
)
def test_signing_in_never_leads_to_another_site(guarded: Guarded, next_: str) -> None:
    form = {"name": "张三", "password": PASSWORD, "next": next_}
    answer = httpx.post(f"{guarded.address}sign-in", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(guarded: Guarded) -> None:
    form = {"name": "张三", "password": PASSWORD}
    plain = httpx.post(f"{guarded.address}sign-in", data=form).headers["set-cookie"]
    assert plain.startswith(f"{SESSION_COOKIE}=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(plain.split("; "))
    proxied = httpx.post(
        f"{guarded.address}sign-in", data=form, headers={"x-forwarded-proto": "https"}
    )
    assert "Secure" in proxied.headers["set-cookie"].split("; ")


def test_signing_out_ends_the_session_on_the_server(reader: httpx.Client) -> None:
    secret = reader.cookies[SESSION_COOKIE]
    assert reader.get("account").json()["name"] == "张三"
    answer = reader.post("sign-out")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert SESSION_COOKIE not in reader.cookies
    reader.cookies.set(SESSION_COOKIE, secret)
    assert reader.get("account").status_code == 401


def test_a_wrong_password_is_told_without_saying_which_is_wrong(stranger: httpx.Client) -> None:
    known = stranger.post("sign-in", data={"name": "张三", "password": "x"})
    unknown = stranger.post("sign-in", data={"name": "无名", "password": "x"})
    assert (known.status_code, unknown.status_code) == (401, 401)
    assert known.text == unknown.text.replace("无名", "张三")
    assert "账号或密码不对" in known.text


def test_another_sites_form_is_refused(reader: httpx.Client) -> None:
    for headers in ({"origin": "https://attacker.invalid"}, {"sec-fetch-site": "cross-site"}):
        assert reader.post("sign-out", headers=headers).status_code == 403
    assert reader.get("account").status_code == 200
    own = str(reader.base_url).rstrip("/")
    assert reader.post("sign-out", headers={"origin": own}).status_code == 303


def test_ways_into_the_server_that_the_page_does_not_use_are_closed(reader: httpx.Client) -> None:
    files = {"files": ("a.txt", b"x")}
    assert reader.post("gradio_api/upload", files=files).status_code == 404
    assert reader.get("gradio_api/deep_link?session_hash=a").status_code == 404


# programs


def test_programs_enter_with_a_token(guarded: Guarded, monkeypatch: pytest.MonkeyPatch) -> None:
    # The client would report its use.
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_DISABLE_TELEMETRY", True)
    token = guarded.accounts.new_token(guarded.accounts.named("张三"))
    with OpenAI(base_url=f"{guarded.address}v1", api_key=token) as openai:
        messages: Any = [{"role": "user", "content": QUESTION}]
        answer = openai.chat.completions.create(model="duban", messages=messages)
        assert "36微克" in str(answer.choices[0].message.content)
    client = Client(
        guarded.address,
        verbose=False,
        analytics_enabled=False,
        headers={"Authorization": f"Bearer {token}"},
    )
    try:
        assert "36微克" in client.predict(QUESTION, api_name="/ask")["answer"]
    finally:
        client.close()


def test_mcp_enters_with_a_token(guarded: Guarded) -> None:
    token = guarded.accounts.new_token(guarded.accounts.named("李四"))

    async def call() -> object:
        headers = {"Authorization": f"Bearer {token}"}
        async with httpx.AsyncClient(headers=headers) as http:
            transport = streamable_http_client(f"{guarded.address}mcp", http_client=http)
            async with McpClient(transport) as client:
                return await client.call_tool("ask", {"question": QUESTION})

    # Playwright keeps an event loop running in this thread.
    with ThreadPoolExecutor(1) as pool:
        assert "36微克" in str(pool.submit(asyncio.run, call()).result())


def test_programs_without_a_valid_token_are_told_what_to_do(guarded: Guarded) -> None:
    token = guarded.accounts.new_token(guarded.accounts.named("王五"))
    guarded.accounts.revoke_token(guarded.accounts.named("王五"))
    for key in ("unused", token):
        with (
            OpenAI(base_url=f"{guarded.address}v1", api_key=key, max_retries=0) as openai,
            pytest.raises(AuthenticationError, match="duban users token"),
        ):
            openai.models.list()


def test_on_this_machine_any_key_will_do_but_not_one_of_ours_that_has_ended(address: str) -> None:
    for token, status in (("unused", 200), ("duban-ended", 401)):
        headers = {"authorization": f"Bearer {token}"}
        assert httpx.get(f"{address}v1/models", headers=headers).status_code == status


# what belongs to whom


def ask(client: httpx.Client, question: str) -> str:
    """Ask through Gradio's own interface, as the page does; the id of the conversation that is kept."""
    run = secrets.token_hex(5)
    event(client, run, "load")
    event(client, run, "begin", question, None, None, [])
    event(client, run, "reply", None)
    listed = event(client, run, "listed", None)
    found = re.search(r'data-id="(\w{32})"', listed)
    assert found
    return found[1]


def event(client: httpx.Client, session: str, handler: str, *values: object, **sent: object) -> str:
    """Run one of the page's event handlers; everything the server says about it."""
    config = client.get("config").json()
    number = next(
        one["id"] for one in config["dependencies"] if one["api_name"] in (handler, f"{handler}_1")
    )
    body = {"fn_index": number, "data": list(values), "session_hash": session, "event_data": sent}
    joined = client.post("gradio_api/queue/join", json=body)
    if joined.status_code != 200:
        return joined.text
    said = []
    with client.stream("GET", f"gradio_api/queue/data?session_hash={session}") as stream:
        for line in stream.iter_lines():
            said.append(line)
            if "process_completed" in line or "close_stream" in line:
                break
    return "\n".join(
        json.dumps(json.loads(one.removeprefix("data: ")), ensure_ascii=False).replace('\\"', '"')
        for one in said
        if one.startswith("data: ")
    )


def test_one_users_conversation_is_nobody_elses(guarded: Guarded) -> None:
    with signed_in(guarded, "张三") as own, signed_in(guarded, "李四") as other:
        kept = ask(own, QUESTION)
        assert "36微克" in own.get(f"export/conversations/{kept}.md").text
        assert other.get(f"export/conversations/{kept}.md").status_code == 404
        assert QUESTION in event(own, secrets.token_hex(5), "open", id=kept)
        assert QUESTION not in event(other, secrets.token_hex(5), "open", id=kept)
        session = secrets.token_hex(5)
        event(other, session, "remove", None, id=kept)
        event(other, session, "rename", None, id=kept, title="我的了")
        assert kept not in event(other, session, "find", None, words="")
        again = event(own, secrets.token_hex(5), "find", None, words="")
        assert (kept in again, "我的了" in again) == (True, False)


def test_nobody_acts_in_the_open_page_of_another(guarded: Guarded) -> None:
    page = secrets.token_hex(5)
    with signed_in(guarded, "张三") as own, signed_in(guarded, "李四") as other:
        event(own, page, "load")
        event(own, page, "begin", QUESTION, None, None, [])
        assert "别的账号" in event(other, page, "reply", None)
        stolen = {"session_hash": page, "event_id": "x", "fn_index": 0}
        for answer in (
            other.get(f"gradio_api/queue/data?session_hash={page}"),
            other.get(f"gradio_api/heartbeat/{page}"),
            other.post("gradio_api/cancel", json=stolen),
            other.post("gradio_api/call/ask", json={"data": ["?"], "session_hash": page}),
        ):
            assert answer.status_code == 403
        assert "36微克" in event(own, page, "reply", None)


def test_no_request_to_gradio_is_larger_than_the_page_sends(reader: httpx.Client) -> None:
    answer = reader.post("gradio_api/queue/join", content=b" " * (MOST_BYTES + 1))
    assert answer.status_code == 413


def test_a_cookie_that_names_an_account_opens_nothing(guarded: Guarded, address: str) -> None:
    account = guarded.accounts.named("张三")
    with httpx.Client(cookies={COOKIE: account.owner}) as client:
        assert client.get(f"{guarded.address}account").status_code == 401
        page = client.get(address)
    assert COOKIE in page.headers["set-cookie"]


# addresses


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("10.0.0.1", False),
        ("attacker.invalid", False),
        ("127.0.0.1.attacker.invalid", False),
        ("", False),
    ],
)
def test_only_the_loopback_address_is_this_machines_own(host: str, own: bool) -> None:
    assert is_loopback(host) is own


def test_a_name_to_listen_on_counts_by_what_it_leads_to() -> None:
    assert listens_to_this_machine_only("localhost") is True
    assert listens_to_this_machine_only("0.0.0.0") is False


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "attacker.invalid"},
        {"x-forwarded-for": "10.0.0.9"},
        {"x-forwarded-host": "duban.example"},
        {"forwarded": "for=10.0.0.9"},
    ],
)
def test_without_accounts_documents_are_managed_at_this_very_machine_only(
    address: str, headers: dict[str, str]
) -> None:
    assert httpx.get(f"{address}account").json()["manages"] is True
    assert httpx.get(f"{address}account", headers=headers).json()["manages"] is False
