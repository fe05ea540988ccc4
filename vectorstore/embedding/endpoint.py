"""An OpenAI-compatible embeddings service: vLLM, Xinference, Ollama, SiliconFlow, DashScope and others."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING

import numpy as np

from vectorstore.embedding.embedder import Vectors, normalized
from vectorstore.embedding.instructions import of_card
from vectorstore.errors import EmbeddingError
from vectorstore.model_files import first_line
from vectorstore.service_address import is_sendable, is_web_address, shown_address

if TYPE_CHECKING:
    import httpx

logger = logging.getLogger(__name__)

# The tightest limit in use is 512 tokens, and a Chinese character is about one; the rest is for the
# instruction. A service answers a longer text with an error.
_MAX_CHARS = 480
_FIRST_BATCH = 32
_LONGEST_WAIT_S = 30.0
_REASON_CHARS = 200
_PROBE = "督办"
_PATH = "/embeddings"
_TOO_MANY = frozenset({HTTPStatus.BAD_REQUEST, 413, HTTPStatus.UNPROCESSABLE_ENTITY})
_REFUSED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})
_BUSY = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS})


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the service is and how patiently to ask it; `base_url` ends before `/embeddings`."""

    base_url: str
    api_key: str = field(default="", repr=False)
    timeout_s: float = 60.0
    attempts: int = 4
    wait_s: float = 1.0  # before the second attempt, doubled before each further one

    def __post_init__(self) -> None:
        if not is_web_address(self.base_url):
            raise EmbeddingError(
                "句向量服务地址有误。请把 DUBAN_EMBEDDING_BASE_URL 写成 http://主机:端口/v1 的形式。"
            )
        if not is_sendable(self.api_key):
            raise EmbeddingError(
                "DUBAN_EMBEDDING_API_KEY 中有空格、换行或中文字符，请检查是否复制完整、有无多余字符。"
            )

    @property
    def url(self) -> str:
        """Where to post; a base address copied together with `/embeddings` is understood."""
        return f"{self.base_url.rstrip('/').removesuffix(_PATH)}{_PATH}"

    @property
    def address(self) -> str:
        """The base address as it may be shown and stored: without a user name and password."""
        return shown_address(self.url.removesuffix(_PATH))


class _Rejected(Exception):
    """The service does not take this request; smaller ones it might."""


class EndpointEmbedder:
    """A model at an embeddings service. Nothing is sent before the first text is embedded."""

    def __init__(self, endpoint: Endpoint, model: str) -> None:
        if not model:
            raise EmbeddingError(
                "设置了 DUBAN_EMBEDDING_BASE_URL，还需要用 DUBAN_EMBEDDING_MODEL 给出服务上的模型名。"
            )
        self._endpoint = endpoint
        self._model = model
        self._instructions = of_card(model)
        self._batch = _FIRST_BATCH
        self._dimension: int | None = None
        shape = f"{self._instructions.query}\0{self._instructions.document}\0{_MAX_CHARS}"
        digest = hashlib.sha256(shape.encode()).hexdigest()[:8]
        self.name = f"{endpoint.address} {model}:{digest}"

    @property
    def dimension(self) -> int:
        """As the service's first answer has it; asks when there was none yet."""
        if self._dimension is None:
            return int(self._ask_all([_PROBE]).shape[1])
        return self._dimension

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        return self._embed(texts, self._instructions.document)

    def embed_query(self, text: str) -> Vectors:
        vector: Vectors = self._embed([text], self._instructions.query)[0]
        return vector

    def _embed(self, texts: Sequence[str], prompt: str) -> Vectors:
        # Services reject an empty text; it has no meaning to find either.
        rows = [row for row, text in enumerate(texts) if text.strip()]
        sent = [prompt + texts[row].strip()[:_MAX_CHARS] for row in rows]
        found = self._ask_all(sent)
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        if rows:
            vectors[rows] = normalized(found)
        return vectors

    def _ask_all(self, texts: list[str]) -> Vectors:
        import httpx

        parts: list[Vectors] = []
        done = 0
        with httpx.Client(timeout=self._endpoint.timeout_s) as client:
            while done < len(texts):
                batch = texts[done : done + self._batch]
                try:
                    parts.append(self._ask(client, batch))
                except _Rejected as exc:
                    if len(batch) == 1:
                        raise self._error(str(exc)) from exc
                    # Services differ in how many texts they take (10, 32, 2048) and none says so beforehand.
                    self._batch = len(batch) // 2
                else:
                    done += len(batch)
        return np.concatenate(parts) if parts else np.zeros((0, 0), np.float32)

    def _ask(self, client: httpx.Client, texts: list[str]) -> Vectors:
        answer = self._answered(client, {"model": self._model, "input": texts})
        if answer.status_code in _TOO_MANY:
            raise _Rejected(f"HTTP {answer.status_code}，{self._reason(answer)}")
        if answer.status_code in _REFUSED:
            # Not quoted: the answer to a wrong key tends to repeat it.
            raise self._error(
                f"HTTP {answer.status_code}，密钥无效或无权使用该模型", "DUBAN_EMBEDDING_API_KEY"
            )
        if answer.status_code != HTTPStatus.OK:
            raise self._error(f"HTTP {answer.status_code}，{self._reason(answer)}")
        try:
            vectors = _vectors(answer.json(), len(texts))
        except (ValueError, TypeError, LookupError, AttributeError) as exc:
            raise self._error(f"返回的内容不是句向量（{first_line(exc)}）") from exc
        self._learn(vectors.shape[1])
        return vectors

    def _answered(self, client: httpx.Client, body: Mapping[str, object]) -> httpx.Response:
        """The service's answer, asked again while it is busy, failing or silent."""
        import httpx

        key = self._endpoint.api_key
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        failure, pause_s = "没有回答", 0.0
        cause: Exception | None = None
        for attempt in range(self._endpoint.attempts):
            if attempt:
                logger.info("embeddings service %s: %s", self._endpoint.address, failure)
                time.sleep(pause_s)
            pause_s = min(self._endpoint.wait_s * 2.0**attempt, _LONGEST_WAIT_S)
            try:
                answer = client.post(self._endpoint.url, json=body, headers=headers)
            except httpx.TimeoutException as exc:
                failure, cause = f"{self._endpoint.timeout_s:g} 秒内没有回答", exc
            except (httpx.HTTPError, httpx.InvalidURL) as exc:
                failure, cause = f"连接失败（{first_line(exc)}）", exc
            else:
                if not _is_passing(answer.status_code):
                    return answer
                failure, cause = f"HTTP {answer.status_code}，{self._reason(answer)}", None
                pause_s = _wait_asked_for(answer.headers, pause_s)
        raise self._error(failure) from cause

    def _learn(self, dimension: int) -> None:
        if self._dimension is None:
            self._dimension = dimension
        elif self._dimension != dimension:
            raise self._error(f"返回的向量维数前后不一（{self._dimension} 与 {dimension}）")

    def _reason(self, answer: httpx.Response) -> str:
        """The beginning of what the service says, without the key."""
        said = " ".join(answer.text.split())
        if self._endpoint.api_key:
            said = said.replace(self._endpoint.api_key, "***")
        return said[:_REASON_CHARS] or "没有说明"

    def _error(self, reason: str, setting: str = "DUBAN_EMBEDDING_BASE_URL") -> EmbeddingError:
        return EmbeddingError(
            f"句向量服务 {self._endpoint.address}（模型 {self._model}）不可用：{reason}。"
            f"请检查 {setting}、DUBAN_EMBEDDING_MODEL 和服务是否在运行。"
        )


def _is_passing(status: int) -> bool:
    """Whether the same request may succeed later."""
    return status in _BUSY or status >= HTTPStatus.INTERNAL_SERVER_ERROR


def _wait_asked_for(headers: Mapping[str, str], otherwise: float) -> float:
    """Seconds to wait by the answer's Retry-After, where it is a number and not a date."""
    try:
        return min(max(float(headers.get("Retry-After", otherwise)), 0.0), _LONGEST_WAIT_S)
    except ValueError:
        return otherwise


def _vectors(answer: object, count: int) -> Vectors:
    """The vectors of an answer in the order asked, shape (count, dimension).

    Raises:
        ValueError, TypeError, LookupError or AttributeError: it is not such an answer; the message says why.
    """
    if not isinstance(answer, dict) or not isinstance(answer.get("data"), list):
        raise ValueError("没有 data 列表")
    entries = answer["data"]
    order = [int(entry.get("index", i)) for i, entry in enumerate(entries)]
    if sorted(order) != list(range(count)):
        raise ValueError(f"发出 {count} 段，收到 {len(entries)} 个向量")
    by_index = dict(zip(order, entries, strict=True))
    rows = [by_index[i]["embedding"] for i in range(count)]
    if len({len(row) for row in rows}) != 1 or not rows[0]:
        raise ValueError("各向量的维数不一")
    vectors = np.asarray(rows, np.float32)
    if vectors.ndim != 2 or not np.isfinite(vectors).all():
        raise ValueError("向量中有无效的数")
    return vectors
