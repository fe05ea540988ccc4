"""Where the chat model is and how patiently to ask it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from assistant.errors import ChatError
from vectorstore.service_address import is_sendable, is_web_address, shown_address

_PATH = "/chat/completions"


@dataclass(frozen=True, slots=True)
class ChatEndpoint:
    """An OpenAI-compatible chat endpoint and one of its models.

    `base_url` ends before `/chat/completions`. Timeouts are in seconds: `connect_s` for a connection,
    `first_token_s` until anything comes, retries included, `total_s` for a whole reply. `context_tokens` is what
    the model reads and writes at most. `attempts` counts the first one. `lookups` is how often the model may look
    something up for one answer. `record_dir` is where to keep requests and replies.

    Raises:
        ChatError: the address is none, or the key has characters that no key has.
    """

    model: str
    base_url: str
    api_key: str = field(default="", repr=False)
    connect_s: float = 10.0
    first_token_s: float = 60.0
    total_s: float = 180.0
    context_tokens: int = 16384
    attempts: int = 3
    lookups: int = 4
    record_dir: Path | None = None

    def __post_init__(self) -> None:
        if not is_web_address(self.base_url):
            raise ChatError(
                "使用对话模型需要服务地址，请把 DUBAN_CHAT_BASE_URL 写成 http://主机:端口/v1 的形式"
            )
        if not is_sendable(self.api_key):
            raise ChatError(
                "DUBAN_CHAT_API_KEY 中有空格、换行或中文字符，请检查是否复制完整、有无多余字符"
            )

    @property
    def url(self) -> str:
        """What to hand to the client; an address copied together with `/chat/completions` is understood."""
        return self.base_url.rstrip("/").removesuffix(_PATH)

    @property
    def address(self) -> str:
        """The address as it may be shown: without a user name and password."""
        return shown_address(self.url)
