"""The chat model itself: LangChain's `init_chat_model` over an OpenAI-compatible endpoint.

With `agent`, the only module that knows LangChain. It is imported when a model is first asked, which takes seconds
that an assistant without one need not wait for.
"""

from __future__ import annotations

import asyncio
import logging
import time
import weakref
from collections.abc import AsyncIterator, Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from assistant.chat import failures
from assistant.chat.background import SILENCE, BackgroundLoop, Silence
from assistant.chat.endpoint import ChatEndpoint
from assistant.chat.lookups import Lookup
from assistant.chat.thinking import ThinkingFilter, without_thinking
from assistant.errors import ChatError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessage, BaseMessage

logger = logging.getLogger(__name__)

# The client insists on a key; services without one ignore it.
_NO_KEY = "none"
_PULSE_S = 0.5
# How services answer that know no tools, or not this model's.
_NO_TOOLS = frozenset({400, 404, 405, 415, 422, 500, 501})


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
    """All text so far was thinking, or led up to looking something up."""


@dataclass(frozen=True, slots=True)
class LookedUp:
    """Something was looked up for the model, or it was told why not."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that a reply took, as the endpoint counts them."""

    input_tokens: int
    output_tokens: int


Piece = Text | Restart | LookedUp | Usage | Silence


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
        # Learnt from the first refusal, so that it is not asked for again.
        self.takes_tools = True
        self._loop = BackgroundLoop()
        self._finalizer = weakref.finalize(self, self._loop.close)

    @property
    def name(self) -> str:
        return self.endpoint.model

    def prepare(self) -> None:
        """Load the client, which takes seconds, before the first question waits for it. Sends nothing."""
        _ = self._model
        if self.endpoint.lookups:
            from assistant.chat import agent

            _ = agent

    def close(self) -> None:
        self._finalizer()

    def stream(
        self, messages: Sequence[Message], lookups: Sequence[Lookup] = ()
    ) -> Generator[Piece, None, None]:
        """A reply piece by piece; closing the iterator ends the request at the endpoint.

        The model may make `lookups`, as often as the endpoint's settings allow; the reply is what it says after the
        last of them.

        Raises:
            ChatError: the endpoint refuses, fails, falls silent, takes longer or looks up more than it may.
        """

        async def produce(put: Callable[[Piece], None]) -> None:
            await self._within_limits(messages, lookups, put)

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

        An endpoint that takes no tools is asked without them.

        Raises:
            ChatError: as `stream`.
        """

        async def produce(put: Callable[[Reply], None]) -> None:
            limit = limit_s or self.endpoint.total_s
            # Before the time runs: making it takes seconds, the first time.
            _ = self._model
            try:
                async with asyncio.timeout(limit):
                    put(_reply(await self._whole(messages, tools)))
            except TimeoutError:
                raise self._too_slow(f"{limit:g} 秒内没有回答完") from None
            except failures.kinds() as exc:
                raise failures.explained(exc, self.endpoint) from None

        yield from self._loop.iterate(produce, _PULSE_S)

    async def _whole(self, messages: Sequence[Message], tools: Sequence[Tool]) -> AIMessage:
        said = _as_langchain(messages)
        if tools and self.takes_tools:
            bound = self._model.bind_tools([_as_openai(tool) for tool in tools])
            try:
                return await bound.ainvoke(said)
            except failures.refusals() as exc:
                self._without_tools(exc)
            reply = await self._model.ainvoke(said)
            self.takes_tools = False
            return reply
        return await self._model.ainvoke(said)

    async def _within_limits(
        self, messages: Sequence[Message], lookups: Sequence[Lookup], put: Callable[[Piece], None]
    ) -> None:
        _ = self._model
        loop = asyncio.get_running_loop()
        end = loop.time() + self.endpoint.total_s
        first = min(loop.time() + self.endpoint.first_token_s, end)
        reading = _Reading(put)
        try:
            async with asyncio.timeout_at(first) as limit:
                async for message in self._messages(messages, lookups):
                    # After a look-up the model may think as long as before it first says anything.
                    first = loop.time() + self.endpoint.first_token_s
                    limit.reschedule(min(first, end) if message.type == "tool" else end)
                    reading.take(message)
                reading.finish()
        except TimeoutError:
            ended = loop.time() >= end
            waited = self.endpoint.total_s if ended else self.endpoint.first_token_s
            what = "没有回答完" if ended else "没有开始回答"
            raise self._too_slow(f"{waited:g} 秒内{what}") from None
        except failures.kinds() as exc:
            # Not chained: the client's error may quote the request with its key.
            raise failures.explained(exc, self.endpoint) from None
        if not reading.ending:
            raise failures.error(self.endpoint, "连接中断")
        if reading.ending == "length":
            raise failures.error(self.endpoint, "回答达到了长度上限", "服务的长度设置")

    async def _messages(
        self, messages: Sequence[Message], lookups: Sequence[Lookup]
    ) -> AsyncIterator[BaseMessage]:
        """Chunks of the reply, and the results of what was looked up for it."""
        said = _as_langchain(messages)
        if lookups and self.takes_tools:
            from assistant.chat.agent import replies

            begun = False
            try:
                async for message in replies(self._model, said, lookups, self.endpoint.lookups):
                    begun = True
                    yield message
            except failures.refusals() as exc:
                if begun:
                    raise
                self._without_tools(exc)
            else:
                return
        async for message in self._model.astream(said):
            # Now it is known that the tools were what it refused.
            self.takes_tools = self.takes_tools and not lookups
            yield message

    def _without_tools(self, exc: Exception) -> None:
        """Go on without tools after a refusal that may be about them.

        Raises:
            Exception: the refusal, where it is about something else.
        """
        if getattr(exc, "status_code", None) not in _NO_TOOLS:
            raise exc
        logger.info("asked again without tools: %s", failures.explained(exc, self.endpoint))

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


class _Reading:
    """Takes a streamed reply apart into its pieces; `ending` is why its last message ended, if it did."""

    def __init__(self, put: Callable[[Piece], None]) -> None:
        self.ending = ""
        self._put = put
        self._thinking = ThinkingFilter()
        self._said = False

    def take(self, message: BaseMessage) -> None:
        """The next chunk, or the result of something looked up."""
        if message.type == "tool":
            self.ending = ""
            self._begin_anew()
            self._put(LookedUp())
            return
        if getattr(message, "tool_call_chunks", None):
            # What is said before a call leads up to it, and the answer comes after.
            self._begin_anew()
        restarts = self._thinking.restarts
        text = self._thinking.feed(str(message.text))
        if self._thinking.restarts > restarts:
            self._put(Restart())
        self._say(text)
        if usage := _usage(message):
            self._put(usage)
        self.ending = message.response_metadata.get("finish_reason") or self.ending

    def finish(self) -> None:
        self._say(self._thinking.finish())

    def _say(self, text: str) -> None:
        if text:
            self._said = True
            self._put(Text(text))

    def _begin_anew(self) -> None:
        self._thinking = ThinkingFilter()
        if self._said:
            self._said = False
            self._put(Restart())


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
    "LookedUp",
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
