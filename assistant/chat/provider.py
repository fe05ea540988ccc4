"""The chat model itself: LangChain's `init_chat_model` over an OpenAI-compatible endpoint.

The only module that knows LangChain and the client's errors. Both are imported when a model is first asked,
which takes seconds that an assistant without one need not wait for.
"""

from __future__ import annotations

import asyncio
import logging
import time
import weakref
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from assistant.chat import failures
from assistant.chat.background import SILENCE, BackgroundLoop, Silence
from assistant.chat.endpoint import ChatEndpoint
from assistant.chat.thinking import ThinkingFilter, without_thinking
from assistant.errors import ChatError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessage

logger = logging.getLogger(__name__)

# The client insists on a key; services without one ignore it.
_NO_KEY = "none"
_PULSE_S = 0.25


@dataclass(frozen=True, slots=True)
class Message:
    """One message to the model."""

    role: Literal["system", "user"]
    content: str


@dataclass(frozen=True, slots=True)
class Text:
    """The next piece of a reply, without thinking."""

    text: str


@dataclass(frozen=True, slots=True)
class Restart:
    """All text so far was thinking."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that a reply took, as the endpoint counts them."""

    input_tokens: int
    output_tokens: int


Piece = Text | Restart | Usage | Silence


@dataclass(frozen=True, slots=True)
class Tool:
    """A function offered to the model: its name, what it is for, and its arguments as a JSON schema."""

    name: str
    description: str
    parameters: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ToolCall:
    """What the model wants to call; `arguments` is what it gave, not validated; None is no JSON."""

    name: str
    arguments: Mapping[str, object] | None


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole reply: its text without thinking, its calls, and its tokens where the endpoint counts them."""

    text: str
    calls: tuple[ToolCall, ...] = ()
    usage: Usage | None = None


class ChatModel:
    """A model at an endpoint. Nothing is sent before the first question; safe to use from several threads."""

    def __init__(self, endpoint: ChatEndpoint) -> None:
        self.endpoint = endpoint
        self._loop = BackgroundLoop()
        self._finalizer = weakref.finalize(self, self._loop.close)

    @property
    def name(self) -> str:
        return self.endpoint.model

    def close(self) -> None:
        self._finalizer()

    def stream(self, messages: Sequence[Message]) -> Generator[Piece, None, None]:
        """A reply piece by piece; closing the iterator ends the request at the endpoint.

        Raises:
            ChatError: the endpoint refuses, fails, falls silent, or takes longer than it may.
        """

        async def produce(put: Callable[[Piece], None]) -> None:
            await self._within_limits(messages, put)

        yield from self._loop.iterate(produce, _PULSE_S)

    def probe(self) -> float:
        """Seconds until the endpoint says anything at all.

        Raises:
            ChatError: as `stream`.
        """
        started = time.perf_counter()
        stream = self.stream([Message("user", "你好")])
        try:
            # Thinking is an answer as well: it ends in the count of its tokens.
            next((piece for piece in stream if isinstance(piece, Text | Usage)), None)
        finally:
            stream.close()
        return time.perf_counter() - started

    def ask(
        self, messages: Sequence[Message], tools: Sequence[Tool] = (), limit_s: float | None = None
    ) -> Generator[Reply | Silence, None, None]:
        """One whole reply within `limit_s` seconds, the last thing yielded; `SILENCE` until it is there.

        Raises:
            ChatError: as `stream`.
        """

        async def produce(put: Callable[[Reply], None]) -> None:
            limit = limit_s or self.endpoint.total_s
            try:
                async with asyncio.timeout(limit):
                    model: Any = self._model
                    if tools:
                        model = model.bind_tools([_as_openai(tool) for tool in tools])
                    put(_reply(await model.ainvoke(_as_langchain(messages))))
            except TimeoutError:
                raise self._too_slow(f"{limit:g} 秒内没有回答完") from None
            except failures.kinds() as exc:
                raise failures.explained(exc, self.endpoint) from None

        yield from self._loop.iterate(produce, _PULSE_S)

    async def _within_limits(
        self, messages: Sequence[Message], put: Callable[[Piece], None]
    ) -> None:
        loop = asyncio.get_running_loop()
        end = loop.time() + self.endpoint.total_s
        first = min(loop.time() + self.endpoint.first_token_s, end)
        begun, ending = False, ""
        try:
            async with asyncio.timeout_at(first) as limit:
                thinking = ThinkingFilter()
                async for chunk in self._model.astream(_as_langchain(messages)):
                    if not begun:
                        begun = True
                        limit.reschedule(end)
                    _hand_on(chunk, thinking, put)
                    ending = chunk.response_metadata.get("finish_reason") or ending
                if rest := thinking.finish():
                    put(Text(rest))
        except TimeoutError:
            waited = self.endpoint.total_s if begun else self.endpoint.first_token_s
            what = "没有回答完" if begun else "没有开始回答"
            raise self._too_slow(f"{waited:g} 秒内{what}") from None
        except failures.kinds() as exc:
            # Not chained: the client's error may quote the request with its key.
            raise failures.explained(exc, self.endpoint) from None
        if not ending:
            raise failures.error(self.endpoint, "连接中断")
        if ending == "length":
            raise failures.error(self.endpoint, "回答达到了长度上限", "服务的长度设置")

    def _too_slow(self, reason: str) -> ChatError:
        return failures.error(self.endpoint, reason)

    @cached_property
    def _model(self) -> BaseChatModel:
        import httpx2
        from langchain.chat_models import init_chat_model

        endpoint = self.endpoint
        # Anything may be waited for as long as the limits above say; only connecting has one of its own.
        timeout = httpx2.Timeout(endpoint.total_s, connect=endpoint.connect_s)
        client = httpx2.AsyncClient(
            timeout=timeout,
            # None is kept open, so that a model no longer used holds no connection.
            limits=httpx2.Limits(max_keepalive_connections=0),
            transport=self._recording(),
        )
        self._loop.at_close(client.aclose)
        model: BaseChatModel = init_chat_model(
            endpoint.model,
            model_provider="openai",
            base_url=endpoint.url,
            api_key=endpoint.api_key or _NO_KEY,
            timeout=timeout,
            max_retries=endpoint.attempts - 1,
            http_async_client=client,
            stream_usage=True,
            stream_chunk_timeout=None,
            use_responses_api=False,
            temperature=0,
            # From the environment of other programs, not ours.
            openai_proxy="",
        )
        return model

    def _recording(self) -> Any:  # noqa: ANN401 - None or a transport of the client's
        if self.endpoint.record_dir is None:
            return None
        from assistant.chat.recorder import RecordingTransport

        return RecordingTransport(self.endpoint.record_dir)


def _hand_on(chunk: Any, thinking: ThinkingFilter, put: Callable[[Piece], None]) -> None:  # noqa: ANN401
    restarts = thinking.restarts
    text = thinking.feed(chunk.text)
    if thinking.restarts > restarts:
        put(Restart())
    if text:
        put(Text(text))
    if usage := _usage(chunk):
        put(usage)


def _usage(message: Any) -> Usage | None:  # noqa: ANN401 - a message or a chunk of LangChain's
    counted = message.usage_metadata
    return Usage(counted["input_tokens"], counted["output_tokens"]) if counted else None


def _reply(message: AIMessage) -> Reply:
    calls = [ToolCall(call["name"], call["args"]) for call in message.tool_calls]
    calls += [ToolCall(str(call["name"] or ""), None) for call in message.invalid_tool_calls]
    return Reply(without_thinking(str(message.text)), tuple(calls), _usage(message))


def _as_langchain(messages: Sequence[Message]) -> list[tuple[str, str]]:
    return [(message.role, message.content) for message in messages]


def _as_openai(tool: Tool) -> dict[str, object]:
    function = {
        "name": tool.name,
        "description": tool.description,
        "parameters": dict(tool.parameters),
    }
    return {"type": "function", "function": function}


__all__ = [
    "SILENCE",
    "ChatModel",
    "Message",
    "Piece",
    "Reply",
    "Restart",
    "Silence",
    "Text",
    "Tool",
    "ToolCall",
    "Usage",
]
