"""A cross-encoder's second look at what the search found."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from parsed_documents import LIST, PLAN, make_document
from tiny_models import make_cross_encoder, make_encoder

from vectorstore.errors import RerankerError
from vectorstore.reranker import RERANKED, CrossEncoderReranker, load_reranker, reranked
from vectorstore.retriever import HybridIndex
from vectorstore.store import Store

QUERY = "河道污水治理"


class PrefersWord:
    """Likes the texts that hold a word; remembers what it was shown."""

    def __init__(self, word: str) -> None:
        self._word = word
        self.shown: list[str] = []

    def scores(self, query: str, texts: Sequence[str]) -> NDArray[np.float32]:
        self.shown += texts
        return np.array([5.0 if self._word in text else -5.0 for text in texts], np.float32)


class Indifferent:
    """Sees no difference."""

    def scores(self, query: str, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.full(len(texts), 0.3, np.float32)


@pytest.fixture
def stored(store: Store) -> Store:
    store.put(make_document("plan.txt", PLAN))
    store.put(make_document("list.txt", LIST))
    return store


def quotes(index: HybridIndex, k: int = 50) -> list[str]:
    return [hit.span.quote for hit in index.search_sentences([QUERY], k)[0]]


def test_no_reranker_unless_named() -> None:
    assert load_reranker("") is None


def test_what_the_reranker_prefers_comes_first(stored: Store) -> None:
    without = HybridIndex(stored, stored.load())
    with_one = HybridIndex(stored, stored.load(), reranker=PrefersWord("2024年"))
    assert "2024年" not in quotes(without)[0]
    assert "2024年" in quotes(with_one)[0]
    assert sorted(quotes(with_one)) == sorted(quotes(without))
    similarities = [hit.similarity for hit in with_one.search_sentences([QUERY], 50)[0]]
    assert similarities == sorted(similarities, reverse=True)
    assert all(0 < similarity <= 1 for similarity in similarities)


def test_a_passage_is_found_by_its_reranked_sentence(stored: Store) -> None:
    index = HybridIndex(stored, stored.load(), reranker=PrefersWord("2024年"))
    best = index.search(QUERY, 1)[0]
    assert "2024年" in best.passage.sentences[best.sentence].quote


def test_sentences_are_shown_with_their_headings(stored: Store) -> None:
    reranker = PrefersWord("x")
    HybridIndex(stored, stored.load(), reranker=reranker).search(QUERY)
    assert any(text.startswith("一、水污染治理\n") for text in reranker.shown)


def test_the_order_stands_where_the_reranker_sees_no_difference(stored: Store) -> None:
    without = HybridIndex(stored, stored.load())
    assert quotes(HybridIndex(stored, stored.load(), reranker=Indifferent())) == quotes(without)


def test_the_scope_is_kept(stored: Store) -> None:
    reranker = PrefersWord("2024年")
    index = HybridIndex(stored, stored.load(), reranker=reranker)
    assert {hit.document for hit in index.search(QUERY, 9, ("list.txt",))} <= {"list.txt"}
    assert not any("2024年" in text for text in reranker.shown)
    assert index.search(QUERY, 9, ()) == []


def test_only_the_best_are_looked_at_again() -> None:
    similarities = np.linspace(1, 0, 2 * RERANKED, dtype=np.float32)
    reranker = PrefersWord("row 7 ")
    fused = reranked(reranker, "q", similarities, lambda row: f"row {row} ")
    assert len(reranker.shown) == RERANKED
    assert int(np.argmax(fused)) == 7
    # The others keep their order, below everything that was looked at.
    assert list(np.argsort(-fused[RERANKED:], kind="stable")) == list(range(RERANKED))
    assert fused[:RERANKED].min() >= fused[RERANKED:].max()


def test_what_matches_nothing_is_not_looked_at() -> None:
    reranker = PrefersWord("x")
    fused = reranked(reranker, "q", np.array([0, 0.5, 0], np.float32), str)
    assert reranker.shown == ["1"]
    assert list(np.flatnonzero(fused)) == [1]


def test_a_missing_folder_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(RerankerError, match="DUBAN_RERANKER"):
        load_reranker(str(tmp_path / "nowhere"))


# --- with a real cross-encoder --------------------------------------------------------------------


@pytest.fixture(scope="module")
def cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_cross_encoder(tmp_path_factory.mktemp("reranker") / "model")


@pytest.mark.slow
def test_a_cross_encoder_reads_query_and_text_together(cross_encoder: Path) -> None:
    from sentence_transformers import CrossEncoder
    from torch.nn import Identity

    texts = ["清理黑臭水体", "餐饮油烟扰民", "加快污水管网建设"]
    reranker = CrossEncoderReranker(str(cross_encoder))
    scores = reranker.scores(QUERY, texts)
    assert scores.dtype == np.float32
    assert len(set(scores.tolist())) == 3
    assert not np.allclose(scores, reranker.scores("谁来清理", texts))
    reference = CrossEncoder(str(cross_encoder), device="cpu", activation_fn=Identity())
    np.testing.assert_allclose(
        scores, reference.predict([(QUERY, text) for text in texts]), atol=1e-4
    )
    assert reranker.scores(QUERY, []).shape == (0,)
    assert np.isfinite(reranker.scores("河" * 300, ["道" * 3000])).all()


@pytest.mark.slow
def test_a_cross_encoder_orders_what_was_found(stored: Store, cross_encoder: Path) -> None:
    reranker = load_reranker(str(cross_encoder))
    index = HybridIndex(stored, stored.load(), reranker=reranker)
    plain = HybridIndex(stored, stored.load())
    assert sorted(quotes(index)) == sorted(quotes(plain))
    assert quotes(index) != quotes(plain)


@pytest.mark.slow
def test_it_is_loaded_when_first_used(tmp_path: Path) -> None:
    reranker = CrossEncoderReranker(str(tmp_path))  # an empty folder
    with pytest.raises(RerankerError, match="无法加载重排模型") as caught:
        reranker.scores("水", ["水"])
    assert "留空则不使用重排" in str(caught.value)


@pytest.mark.slow
def test_a_model_that_is_no_reranker_is_said_to_be_none(tmp_path: Path) -> None:
    classifier = make_cross_encoder(tmp_path / "classifier", outputs=3)
    with pytest.raises(RerankerError, match="不是重排模型"):
        CrossEncoderReranker(str(classifier)).scores("水", ["水"])
    encoder = make_encoder(tmp_path / "encoder")
    with pytest.raises(RerankerError, match="BertModel，不是重排模型"):
        CrossEncoderReranker(str(encoder)).scores("水", ["水"])
