"""An OpenAI-compatible embeddings service: vLLM, Xinference, Ollama, SiliconFlow, DashScope and others."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import numpy as np

from vectorstore.embedding.embedder import Vectors, normalized
from vectorstore.embedding.instructions import of_card
from vectorstore.errors import EmbeddingError
from vectorstore.model_files import first_line

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
_TOO_MANY = frozenset({HTTPStatus.BAD_REQUEST, 413, HTTPStatus.UNPROCESSABLE_ENTITY})
_REFUSED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the service is and how patiently to ask it; `base_url` ends before `/embeddings`."""

    base_url: str
    api_key: str = field(default="", repr=False)
    timeout_s: float = 60.0
    attempts: int = 4
    wait_s: float = 1.0  # before the second attempt, doubled before each further one

    def __post_init__(self) -> None:
        parts = urlsplit(self.base_url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise EmbeddingError(
                "句向量服务地址有误。请把 DUBAN_EMBEDDING_BASE_URL 写成 "
                "http://主机:端口/v1 的形式，不含 /embeddings。"
            )
        # Said here, because the HTTP client would quote the key in its complaint.
        if not all("!" <= character <= "~" for character in self.api_key):
            raise EmbeddingError(
                "DUBAN_EMBEDDING_API_KEY 中有空格、换行或中文字符，请检查是否复制完整、有无多余字符。"
            )

    @property
    def address(self) -> str:
        """The base address without a user name and password."""
        parts = urlsplit(self.base_url)
        bare = parts.netloc.rpartition("@")[2]
        return urlunsplit((parts.scheme, bare, parts.path.rstrip("/"), "", ""))


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
            self.embed_documents([_PROBE])
        assert self._dimension is not None
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
        except (ValueError, TypeError, KeyError) as exc:
            raise self._error(f"返回的内容不是句向量（{first_line(exc)}）") from exc
        self._learn(vectors.shape[1])
        return vectors

    def _answered(self, client: httpx.Client, body: Mapping[str, object]) -> httpx.Response:
        """The service's answer, asked again while it is busy, failing or silent."""
        key = self._endpoint.api_key
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        url = f"{self._endpoint.base_url.rstrip('/')}/embeddings"
        for attempt in range(1, self._endpoint.attempts + 1):
            last = attempt == self._endpoint.attempts
            with self._connection_errors(last):
                answer = client.post(url, json=body, headers=headers)
                if last or not _is_passing(answer.status_code):
                    return answer
                logger.info("embeddings service: HTTP %d, attempt %d", answer.status_code, attempt)
                time.sleep(_wait(answer.headers, self._pause(attempt)))
                continue
            time.sleep(self._pause(attempt))
        raise self._error("没有回答")

    @contextmanager
    def _connection_errors(self, last: bool) -> Iterator[None]:
        """Swallows a failure to connect or to be answered in time, except the last."""
        import httpx

        try:
            yield
        except httpx.TimeoutException as exc:
            if last:
                raise self._error(f"{self._endpoint.timeout_s:g} 秒内没有回答") from exc
        except httpx.HTTPError as exc:
            if last:
                raise self._error(f"连接失败（{first_line(exc)}）") from exc

    def _pause(self, attempt: int) -> float:
        return min(self._endpoint.wait_s * 2.0 ** (attempt - 1), _LONGEST_WAIT_S)

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
    return (
        status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR
    )
