"""What went wrong at the endpoint, in words that say what to do and never hold the key."""

from __future__ import annotations

from http import HTTPStatus

from assistant.chat.endpoint import ChatEndpoint
from assistant.errors import ChatError

_REASON_CHARS = 200
_WORDS: dict[int, tuple[str, str]] = {
    HTTPStatus.UNAUTHORIZED: ("密钥无效", "DUBAN_CHAT_API_KEY"),
    HTTPStatus.FORBIDDEN: ("密钥无权使用该模型", "DUBAN_CHAT_API_KEY"),
    HTTPStatus.NOT_FOUND: ("没有这个模型或地址", "DUBAN_CHAT_BASE_URL 和 DUBAN_CHAT_MODEL"),
    HTTPStatus.TOO_MANY_REQUESTS: ("请求过多或余额不足", "服务的用量限制"),
}
_OTHERWISE = "DUBAN_CHAT_BASE_URL、DUBAN_CHAT_MODEL 和服务是否在运行"
_REFUSES_KEY = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)


class NoAnswerError(Exception):
    """The model keeps looking things up instead of answering."""


def kinds() -> tuple[type[Exception], ...]:
    """Every error that asking a model may end with: the client's, the connection's, and of malformed replies."""
    import httpx2
    import openai

    # LangChain reads a reply without checking its shape.
    shapes = (ValueError, TypeError, LookupError, AttributeError)
    return (openai.OpenAIError, httpx2.HTTPError, NoAnswerError, *shapes)


def refusals() -> type[Exception]:
    """The error of an endpoint that answers with a status of failure."""
    import openai

    return openai.APIStatusError


def explained(exc: Exception, endpoint: ChatEndpoint) -> ChatError:
    """The error as a user can act on it."""
    import httpx2
    import openai

    if isinstance(exc, NoAnswerError):
        return error(
            endpoint,
            "一再要求查询，没有作答",
            "模型是否支持工具调用，或把 DUBAN_CHAT_LOOKUPS 设为 0",
        )
    if isinstance(exc, openai.APIStatusError):
        status = exc.status_code
        words, mend = _WORDS.get(status, ("", _OTHERWISE))
        # What is said to a wrong key tends to repeat it.
        said = "" if status in _REFUSES_KEY else _reason(exc, endpoint)
        reason = "，".join(filter(None, (f"HTTP {status}", words, said)))
        return error(endpoint, reason, mend, status)
    if isinstance(exc, openai.APITimeoutError):
        return error(endpoint, f"{endpoint.connect_s:g} 秒内连接不上")
    if isinstance(exc, openai.APIConnectionError):
        return error(endpoint, "连接失败")
    if isinstance(exc, httpx2.HTTPError):
        return error(endpoint, "连接中断")
    if isinstance(exc, openai.APIError):
        return error(endpoint, _reason(exc, endpoint))
    return error(endpoint, f"返回的内容无法识别（{type(exc).__name__}）")


def error(
    endpoint: ChatEndpoint, reason: str, mend: str = _OTHERWISE, status: int | None = None
) -> ChatError:
    return ChatError(
        f"对话模型 {endpoint.model}（{endpoint.address}）不可用：{reason}。请检查 {mend}", status
    )


def _reason(exc: Exception, endpoint: ChatEndpoint) -> str:
    """The beginning of what the service says, without the key."""
    said = " ".join(str(getattr(exc, "message", exc)).split())
    if endpoint.api_key:
        said = said.replace(endpoint.api_key, "***")
    return said[:_REASON_CHARS]
