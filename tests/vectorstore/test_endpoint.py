"""An embeddings endpoint over real HTTP: what is sent, what is understood, what is said when it fails."""

from __future__ import annotations

import json
import logging
import socket
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from embeddings_server import DIMENSION, EmbeddingsServer, Reply, answer_to, running, vector_of

from vectorstore.embedding import Endpoint, EndpointEmbedder, load_embedder
from vectorstore.errors import EmbeddingError

KEY = "sk-0123456789abcdef"


@pytest.fixture
def server() -> Iterator[EmbeddingsServer]:
    with running() as server:
        yield server


@pytest.fixture
def endpoint(server: EmbeddingsServer) -> Endpoint:
    return Endpoint(server.url, KEY, timeout_s=30, attempts=3, wait_s=0)


@pytest.fixture
def embedder(endpoint: Endpoint) -> EndpointEmbedder:
    return EndpointEmbedder(endpoint, "some-model")


def unit(text: str) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    vector = np.array(vector_of(text), np.float32)
    return vector / np.linalg.norm(vector)


def test_vectors_come_in_the_order_of_the_texts_and_normalised(embedder: EndpointEmbedder) -> None:
    texts = ["污水管网", "黑臭水体", "秸秆焚烧"]
    vectors = embedder.embed_documents(texts)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(vectors, [unit(text) for text in texts], rtol=1e-5)
    np.testing.assert_allclose(embedder.embed_query("污水管网"), vectors[0], rtol=1e-5)


def test_the_model_and_the_key_are_sent(
    embedder: EndpointEmbedder, server: EmbeddingsServer
) -> None:
    embedder.embed_query("水")
    asked = server.requests[0]
    assert (asked.path, asked.model) == ("/v1/embeddings", "some-model")
    assert asked.authorization == f"Bearer {KEY}"


def test_without_a_key_none_is_sent(endpoint: Endpoint, server: EmbeddingsServer) -> None:
    EndpointEmbedder(replace(endpoint, api_key=""), "m").embed_query("水")
    assert server.requests[0].authorization is None


@pytest.mark.parametrize("ending", ["/", "/embeddings", "/embeddings/"])
def test_the_address_may_end_in_more(
    endpoint: Endpoint, server: EmbeddingsServer, ending: str
) -> None:
    EndpointEmbedder(replace(endpoint, base_url=server.url + ending), "m").embed_query("水")
    assert server.requests[0].path == "/v1/embeddings"


def test_the_dimension_is_learned(embedder: EndpointEmbedder, server: EmbeddingsServer) -> None:
    assert embedder.dimension == DIMENSION
    assert embedder.dimension == DIMENSION
    assert len(server.requests) == 1


def test_nothing_is_sent_for_texts_without_content(
    embedder: EndpointEmbedder, server: EmbeddingsServer
) -> None:
    vectors = embedder.embed_documents(["", "水", " \n"])
    assert [request.texts for request in server.requests] == [["水"]]
    assert not vectors[0].any()
    assert not vectors[2].any()
    assert vectors[1].any()
    assert embedder.embed_documents([]).shape == (0, DIMENSION)


def test_long_texts_are_cut_before_the_service_rejects_them(
    embedder: EndpointEmbedder, server: EmbeddingsServer
) -> None:
    embedder.embed_documents(["水" * 3000])
    assert len(server.requests[0].texts[0]) <= 512


def test_a_service_that_takes_few_texts_at_once_gets_few(
    embedder: EndpointEmbedder, server: EmbeddingsServer
) -> None:
    server.most = 10
    texts = [f"第{i}项" for i in range(70)]
    vectors = embedder.embed_documents(texts)
    np.testing.assert_allclose(vectors, [unit(text) for text in texts], rtol=1e-5)
    sizes = [len(request.texts) for request in server.requests]
    # Learned once: later batches are not too large again.
    assert max(sizes[sizes.index(8) :]) <= server.most


@pytest.mark.parametrize(
    ("model", "query", "document"),
    [
        ("BAAI/bge-large-zh-v1.5", "为这个句子生成表示以用于检索相关文章：水", "水"),
        ("BAAI/bge-m3", "水", "水"),
        ("intfloat/multilingual-e5-large", "query: 水", "passage: 水"),
    ],
)
def test_the_models_instructions_are_put_before_the_text(
    endpoint: Endpoint, server: EmbeddingsServer, model: str, query: str, document: str
) -> None:
    embedder = EndpointEmbedder(endpoint, model)
    embedder.embed_query("水")
    embedder.embed_documents(["水"])
    assert [request.texts for request in server.requests] == [[query], [document]]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_service_is_asked_again(
    embedder: EndpointEmbedder, server: EmbeddingsServer, status: int
) -> None:
    server.replies += [Reply(status, "busy", {"Retry-After": "0"}), Reply(status, "busy")]
    np.testing.assert_allclose(embedder.embed_query("水"), unit("水"), rtol=1e-5)
    assert len(server.requests) == 3


def test_a_service_that_stays_busy_is_given_up(
    embedder: EndpointEmbedder, server: EmbeddingsServer
) -> None:
    server.replies += [Reply(429, "slow down")] * 3
    with pytest.raises(EmbeddingError, match="HTTP 429，slow down"):
        embedder.embed_query("水")
    assert len(server.requests) == 3


def test_a_silent_service_is_asked_again_and_then_given_up(
    endpoint: Endpoint, server: EmbeddingsServer
) -> None:
    embedder = EndpointEmbedder(replace(endpoint, timeout_s=0.5), "m")
    server.replies += [Reply(body=None)]
    np.testing.assert_allclose(embedder.embed_query("水"), unit("水"), rtol=1e-5)
    server.replies += [Reply(body=None)] * 3
    with pytest.raises(EmbeddingError, match="没有回答"):
        embedder.embed_query("水")


def test_no_service_at_all_is_explained() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
    embedder = EndpointEmbedder(Endpoint(url, KEY, attempts=2, wait_s=0), "m")
    with pytest.raises(EmbeddingError, match="连接失败") as caught:
        embedder.embed_query("水")
    assert "DUBAN_EMBEDDING_BASE_URL" in str(caught.value)


@pytest.mark.parametrize("status", [401, 403])
def test_a_wrong_key_is_not_tried_again_and_never_shown(
    embedder: EndpointEmbedder,
    server: EmbeddingsServer,
    status: int,
    caplog: pytest.LogCaptureFixture,
) -> None:
    server.replies += [Reply(status, f"Incorrect API key provided: {KEY[:6]}***, {KEY}")]
    with caplog.at_level(logging.DEBUG), pytest.raises(EmbeddingError) as caught:
        embedder.embed_query("水")
    assert len(server.requests) == 1
    assert "DUBAN_EMBEDDING_API_KEY" in str(caught.value)
    assert KEY[:6] not in str(caught.value)
    assert KEY not in caplog.text
    assert KEY not in repr(embedder._endpoint)


def test_an_answer_that_repeats_the_key_is_shown_without_it(
    embedder: EndpointEmbedder, server: EmbeddingsServer
) -> None:
    server.replies += [Reply(404, f"no model for {KEY}")]
    with pytest.raises(EmbeddingError, match=r"HTTP 404，no model for \*\*\*"):
        embedder.embed_query("水")


@pytest.mark.parametrize("key", ["sk-密钥", "sk-1 2", "sk-1\n"])
def test_a_key_that_cannot_be_sent_is_explained_without_being_shown(
    server: EmbeddingsServer, key: str
) -> None:
    with pytest.raises(EmbeddingError, match="DUBAN_EMBEDDING_API_KEY") as caught:
        Endpoint(server.url, key)
    assert "sk-" not in str(caught.value)


def test_another_dimension_than_before_is_an_error(
    embedder: EndpointEmbedder, server: EmbeddingsServer
) -> None:
    embedder.embed_query("水")
    server.replies += [Reply(200, answer_to(["水"], dimension=4))]
    with pytest.raises(EmbeddingError, match="维数前后不一（8 与 4）"):
        embedder.embed_query("水")


MALFORMED = {
    "not JSON": "<html>登录</html>",
    "no data": "{}",
    "not an object": "[]",
    "too few": answer_to([]),
    "too many": answer_to(["水", "火"]),
    "text for a vector": json.dumps({"data": [{"index": 0, "embedding": "AACAPw=="}]}),
    "no vector": json.dumps({"data": [{"index": 0}]}),
    "an empty vector": json.dumps({"data": [{"index": 0, "embedding": []}]}),
    "not a number": json.dumps({"data": [{"index": 0, "embedding": [1.0, float("nan")]}]}),
    "nested": json.dumps({"data": [{"index": 0, "embedding": [[1.0]]}]}),
    "no entries": json.dumps({"data": ["x"]}),
}


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED)
def test_an_answer_that_is_none_is_an_error(
    embedder: EndpointEmbedder, server: EmbeddingsServer, body: str
) -> None:
    server.replies += [Reply(200, body)]
    with pytest.raises(EmbeddingError, match="返回的内容不是句向量"):
        embedder.embed_query("水")


def test_vectors_of_unequal_length_in_one_answer_are_an_error(
    embedder: EndpointEmbedder, server: EmbeddingsServer
) -> None:
    entries = [{"index": 0, "embedding": [1.0]}, {"index": 1, "embedding": [1.0, 2.0]}]
    server.replies += [Reply(200, json.dumps({"data": entries}))]
    with pytest.raises(EmbeddingError, match="维数不一"):
        embedder.embed_documents(["水", "火"])


def test_what_is_rejected_even_alone_is_an_error(
    embedder: EndpointEmbedder, server: EmbeddingsServer
) -> None:
    server.most = 0
    with pytest.raises(EmbeddingError, match=r"HTTP 400，.*batch size"):
        embedder.embed_documents(["水", "火"])


def test_the_name_follows_the_address_and_the_model(endpoint: Endpoint) -> None:
    names = {
        EndpointEmbedder(endpoint, "a").name,
        EndpointEmbedder(endpoint, "b").name,
        EndpointEmbedder(replace(endpoint, base_url="http://other:1/v1"), "a").name,
    }
    assert len(names) == 3
    again = replace(endpoint, base_url=f"{endpoint.base_url}/", api_key="another")
    assert EndpointEmbedder(again, "a").name in names


def test_a_password_in_the_address_is_not_shown(endpoint: Endpoint) -> None:
    address = endpoint.base_url.replace("//", "//user:secret@")
    embedder = EndpointEmbedder(replace(endpoint, base_url=address), "m")
    assert "secret" not in embedder.name
    assert "secret" not in embedder._endpoint.address


@pytest.mark.parametrize("url", ["localhost:8000/v1", "ftp://x", "http://", "http://h:port", "x["])
def test_a_bad_address_is_explained(url: str) -> None:
    with pytest.raises(EmbeddingError, match="DUBAN_EMBEDDING_BASE_URL"):
        Endpoint(url)


def test_an_endpoint_needs_the_name_of_a_model(endpoint: Endpoint) -> None:
    with pytest.raises(EmbeddingError, match="DUBAN_EMBEDDING_MODEL"):
        load_embedder("", endpoint)
    assert isinstance(load_embedder("m", endpoint), EndpointEmbedder)
