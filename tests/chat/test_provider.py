"""The model at its endpoint: what is streamed, and what every kind of failure is called. Real HTTP throughout."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from chat_server import ChatServer, Completion, nobody_there, running

from assistant.chat.endpoint import ChatEndpoint
from assistant.chat.provider import ChatModel, Message, Reply, Restart, Text, Tool, ToolCall, Usage
from assistant.errors import ChatError

KEY = "sk-0123456789abcdef"
ASKED = [Message("system", "规则"), Message("user", "你好")]
SOON = {"retry-after-ms": "1"}
TOOL = Tool("plan", "检索计划", {"type": "object", "properties": {"topic": {"type": "string"}}})


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with running() as server:
        yield server


@pytest.fixture
def open_model() -> Iterator[Callable[..., ChatModel]]:
    """Makes models of an address and other limits than the usual ones, and closes them."""
    models: list[ChatModel] = []

    def opened(url: str, **limits: Any) -> ChatModel:  # noqa: ANN401
        models.append(ChatModel(ChatEndpoint("scripted", url, KEY, **limits)))
        return models[-1]

    yield opened
    for model in models:
        model.close()


@pytest.fixture
def model(server: ChatServer, open_model: Callable[..., ChatModel]) -> ChatModel:
    return open_model(server.url)


def said(model: ChatModel) -> str:
    text = ""
    for piece in model.stream(ASKED):
        if isinstance(piece, Restart):
            text = ""
        elif isinstance(piece, Text):
            text += piece.text
    return text


def asked(model: ChatModel, *tools: Tool) -> Reply:
    [reply] = [one for one in model.ask(ASKED, tools) if isinstance(one, Reply)]
    return reply


# --- what is said -------------------------------------------------------------------------------------


def test_a_reply_comes_in_pieces_with_its_tokens(server: ChatServer, model: ChatModel) -> None:
    server.replies.append("区水务局牵头，2024年底前完成。")
    pieces = list(model.stream(ASKED))
    texts = [piece.text for piece in pieces if isinstance(piece, Text)]
    assert "".join(texts) == "区水务局牵头，2024年底前完成。"
    assert len(texts) > 1
    assert Usage(11, 7) in pieces


def test_model_messages_and_key_are_sent(server: ChatServer, model: ChatModel) -> None:
    said(model)
    [request] = server.requests
    assert request.authorization == f"Bearer {KEY}"
    assert request.body["model"] == "scripted"
    assert [(m["role"], m["content"]) for m in request.body["messages"]] == [
        ("system", "规则"),
        ("user", "你好"),
    ]


def test_an_address_copied_with_its_path_is_understood(
    server: ChatServer, open_model: Callable[..., ChatModel]
) -> None:
    server.replies.append("好。")
    model = open_model(f"{server.url}/chat/completions/"[:-1])
    assert said(model) == "好。"


@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_characters_cut_in_two_arrive_whole(
    server: ChatServer, model: ChatModel, size: int
) -> None:
    server.replies.append(Completion("污水处理厂扩建𠮷。", chunk_bytes=size))
    assert said(model) == "污水处理厂扩建𠮷。"


def test_reasoning_in_a_field_of_its_own_is_not_shown(server: ChatServer, model: ChatModel) -> None:
    server.replies.append(Completion("由区水务局牵头。", thinking="先想一想：可能是区农业局。"))
    assert said(model) == "由区水务局牵头。"


@pytest.mark.parametrize("chunk", [1, 2, 3, 100])
@pytest.mark.parametrize(
    "text",
    [
        "<think>可能是区农业局。</think>由区水务局牵头。",
        "可能是区农业局。</think>由区水务局牵头。",
        "<thinking>甲</thinking>由区<think>乙</think>水务局牵头。",
    ],
)
def test_reasoning_between_tags_is_not_shown(
    server: ChatServer, model: ChatModel, text: str, chunk: int
) -> None:
    server.replies.append(Completion(text, chunk=chunk))
    assert said(model) == "由区水务局牵头。"


def test_reasoning_without_an_end_is_not_shown(server: ChatServer, model: ChatModel) -> None:
    server.replies.append("<think>想了又想，没有结论。")
    assert said(model) == ""


def test_other_angle_brackets_are_text(server: ChatServer, model: ChatModel) -> None:
    server.replies.append("浓度<36微克，且>30。<b>完</b>")
    assert said(model) == "浓度<36微克，且>30。<b>完</b>"


def test_a_whole_reply_has_its_calls(server: ChatServer, model: ChatModel) -> None:
    server.replies.append(Completion(calls=[("plan", '{"topic": "散煤"}')]))
    [call] = asked(model, TOOL).calls
    assert call == ToolCall("plan", {"topic": "散煤"})
    assert server.requests[0].body["tools"][0]["function"]["name"] == "plan"


def test_a_call_with_broken_arguments_has_none(server: ChatServer, model: ChatModel) -> None:
    server.replies.append(Completion(calls=[("plan", '{"topic": ')]))
    [call] = asked(model, TOOL).calls
    assert call == ToolCall("plan", None)


# --- what goes wrong ----------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_passing_failure_is_tried_again(
    server: ChatServer, model: ChatModel, status: int
) -> None:
    server.replies.extend([
        Completion(status=status, body="{}", headers=SOON),
        Completion(status=status, body="{}", headers=SOON),
        Completion("好了。"),
    ])
    assert said(model) == "好了。"
    assert len(server.requests) == 3


@pytest.mark.parametrize("status", [429, 500])
def test_a_lasting_failure_is_told_after_three_attempts(
    server: ChatServer, model: ChatModel, status: int
) -> None:
    server.script = lambda _: Completion(status=status, body="{}", headers=SOON)
    with pytest.raises(ChatError, match=f"HTTP {status}"):
        said(model)
    assert len(server.requests) == 3


@pytest.mark.parametrize("status", [401, 403])
def test_a_wrong_key_is_told_and_never_shown(
    server: ChatServer, model: ChatModel, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    body = f'{{"error": {{"message": "Incorrect API key provided: {KEY}"}}}}'
    server.script = lambda _: Completion(status=status, body=body)
    with pytest.raises(ChatError, match="DUBAN_CHAT_API_KEY") as caught:
        said(model)
    shown = [str(caught.value), repr(caught.value.__cause__), repr(model.endpoint), caplog.text]
    assert not [text for text in shown if KEY in text]
    assert caught.value.__suppress_context__


def test_a_key_echoed_in_another_error_is_blotted_out(server: ChatServer, model: ChatModel) -> None:
    server.replies.append(
        Completion(status=400, body=f'{{"error": {{"message": "bad request by {KEY}"}}}}')
    )
    with pytest.raises(ChatError, match=r"bad request by \*\*\*") as caught:
        said(model)
    assert KEY not in str(caught.value)


def test_an_unknown_model_or_address_is_told(
    server: ChatServer, open_model: Callable[..., ChatModel]
) -> None:
    model = open_model(server.url.removesuffix("/v1"))
    with pytest.raises(ChatError, match="DUBAN_CHAT_BASE_URL 和 DUBAN_CHAT_MODEL"):
        said(model)


def test_a_service_that_is_not_there_is_told(open_model: Callable[..., ChatModel]) -> None:
    with nobody_there() as url:
        model = open_model(url, attempts=1)
        with pytest.raises(ChatError, match="连接失败"):
            said(model)


def test_a_connection_that_does_not_come_about_is_cut_short(
    open_model: Callable[..., ChatModel],
) -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        address = full.getsockname()
        # Whoever comes after those that fill its queue is left waiting.
        waiting = [socket.socket() for _ in range(3)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(address)
        model = open_model(f"http://127.0.0.1:{address[1]}/v1", attempts=1, connect_s=0.3)
        with pytest.raises(ChatError, match=r"0\.3 秒内连接不上"):
            said(model)
        for one in waiting:
            one.close()


class _Traces(BaseHTTPRequestHandler):
    """Takes whatever a tracer sends."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.traced.set()  # type: ignore[attr-defined]
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.mark.parametrize("wanted", [False, True])
def test_tracing_is_langchains_own_and_off_unless_asked_for(
    server: ChatServer, model: ChatModel, monkeypatch: pytest.MonkeyPatch, wanted: bool
) -> None:
    from langchain_core.tracers.langchain import wait_for_all_tracers
    from langsmith import utils

    with HTTPServer(("127.0.0.1", 0), _Traces) as tracing:
        traced = tracing.traced = threading.Event()  # type: ignore[attr-defined]
        thread = threading.Thread(target=tracing.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        monkeypatch.setenv("LANGSMITH_ENDPOINT", f"http://127.0.0.1:{tracing.server_address[1]}")
        monkeypatch.setenv("LANGSMITH_API_KEY", "key")
        if wanted:
            monkeypatch.setenv("LANGSMITH_TRACING", "true")
        utils.get_env_var.cache_clear()
        server.replies.append("好。")
        assert said(model) == "好。"
        wait_for_all_tracers()
        assert traced.wait(10 if wanted else 0) is wanted
        monkeypatch.delenv("LANGSMITH_TRACING", raising=False)
        utils.get_env_var.cache_clear()
        tracing.shutdown()
        thread.join()


def test_silence_before_the_first_token_is_cut_short(
    server: ChatServer, open_model: Callable[..., ChatModel]
) -> None:
    server.replies.append(Completion(hang=True))
    model = open_model(server.url, first_token_s=0.3)
    with pytest.raises(ChatError, match="没有开始回答"):
        said(model)
    assert server.closed.wait(5)


def test_a_stream_without_end_is_cut_short(
    server: ChatServer, open_model: Callable[..., ChatModel]
) -> None:
    server.replies.append(Completion("开头。", endless=True))
    model = open_model(server.url, total_s=0.5)
    with pytest.raises(ChatError, match="没有回答完"):
        said(model)
    assert server.closed.wait(5)


def test_a_connection_dropped_in_the_middle_is_told(server: ChatServer, model: ChatModel) -> None:
    server.replies.append(Completion("前半句", cut=True))
    stream = model.stream(ASKED)
    assert next(piece for piece in stream if isinstance(piece, Text)).text
    with pytest.raises(ChatError, match="连接中断"):
        list(stream)


def test_a_reply_cut_at_the_longest_length_is_told(server: ChatServer, model: ChatModel) -> None:
    server.replies.append(Completion("前半句", ending="length"))
    with pytest.raises(ChatError, match="长度上限"):
        said(model)


def test_a_whole_reply_that_never_comes_is_cut_short(
    server: ChatServer, open_model: Callable[..., ChatModel]
) -> None:
    server.replies.append(Completion(hang=True))
    model = open_model(server.url, total_s=0.3)
    with pytest.raises(ChatError, match="没有回答完"):
        asked(model)


@pytest.mark.parametrize("body", ["不是 JSON", "[]", '{"choices": null}', '{"choices": [{}]}'])
def test_a_reply_of_another_shape_is_an_error_and_no_crash(
    server: ChatServer, model: ChatModel, body: str
) -> None:
    server.script = lambda _: Completion(status=299, body=body)
    with pytest.raises(ChatError):
        asked(model)


def test_stopping_closes_the_request_at_the_service(server: ChatServer, model: ChatModel) -> None:
    server.replies.append(Completion("第一句。", hang=True))
    stream = model.stream(ASKED)
    next(piece for piece in stream if isinstance(piece, Text))
    stream.close()
    assert server.closed.wait(5)


def test_a_silent_model_can_be_stopped_too(server: ChatServer, model: ChatModel) -> None:
    server.replies.append(Completion(hang=True))
    stream = model.stream(ASKED)
    next(piece for piece in stream if server.requests)
    stream.close()
    assert server.closed.wait(5)


# --- how it is configured -----------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["", "localhost:8000", "ftp://example.org", "http://x:port/v1"])
def test_an_address_that_is_none_is_told(address: str) -> None:
    with pytest.raises(ChatError, match="DUBAN_CHAT_BASE_URL"):
        ChatEndpoint("m", address)


@pytest.mark.parametrize("key", ["sk 1", "sk-１", "密钥", "sk-1\n"])
def test_a_key_miscopied_is_told_without_showing_it(key: str) -> None:
    with pytest.raises(ChatError, match="DUBAN_CHAT_API_KEY") as caught:
        ChatEndpoint("m", "http://localhost/v1", key)
    assert key not in str(caught.value)


def test_a_password_in_the_address_is_not_shown() -> None:
    endpoint = ChatEndpoint("m", "https://user:secret@example.org/v1")
    assert endpoint.address == "https://example.org/v1"
