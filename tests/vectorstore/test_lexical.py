"""BM25 over characters, bigrams and whole Latin words and numbers."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest

from vectorstore.lexical import LexicalIndex, tokenize

TEXTS = [
    "区水务局新建污水管网12公里",
    "PM2.5年均浓度控制在38微克/立方米以内",
    "VOCs排放企业安装在线监测设备，企业自查",
    "劣Ⅴ类水体全面消除，水体不反弹",
    "",
]


def test_chinese_becomes_characters_and_bigrams() -> None:
    assert tokenize("水污染") == ["水", "污", "染", "水污", "污染"]


def test_latin_words_and_numbers_stay_whole() -> None:
    assert tokenize("ＰＭ2.5达35，VOCs、28.57%") == ["pm2.5", "达", "35", "vocs", "28.57"]


def test_runs_do_not_join_across_punctuation() -> None:
    assert "水气" not in tokenize("水、气")


def brute_force(texts: list[str], query: str) -> list[float]:
    """BM25 after its formula (Robertson 2009, idf as Lucene has it)."""
    k1, b = 1.5, 0.75
    counts = [Counter(tokenize(text)) for text in texts]
    mean = sum(sum(c.values()) for c in counts) / len(texts)
    scores = []
    for count in counts:
        length = k1 * (1 - b + b * sum(count.values()) / mean)
        score = 0.0
        for token in tokenize(query):
            holding = sum(token in c for c in counts)
            idf = math.log(1 + (len(texts) - holding + 0.5) / (holding + 0.5))
            score += idf * count[token] / (count[token] + length) if holding else 0.0
        scores.append(score)
    return scores


@pytest.mark.parametrize(
    "query", ["污水管网多长", "ＰＭ2.5是多少", "VOCs企业", "劣V類水體", "火星"]
)
def test_scores_are_those_of_the_formula(query: str) -> None:
    scores = LexicalIndex(TEXTS).scores(query)
    assert scores.dtype == np.float32
    np.testing.assert_allclose(scores, brute_force(TEXTS, query), rtol=1e-4, atol=1e-6)


def test_search_gives_matches_best_first() -> None:
    hits = LexicalIndex(TEXTS).search("企业安装监测设备", 3)
    assert hits[0][0] == 2
    assert [score for _, score in hits] == sorted((score for _, score in hits), reverse=True)
    assert all(score > 0 for _, score in hits)


def test_search_keeps_to_the_mask() -> None:
    allowed = np.array([False, True, False, True, False])
    assert {i for i, _ in LexicalIndex(TEXTS).search("水体企业浓度", 5, allowed)} <= {1, 3}
    assert LexicalIndex(TEXTS).search("水体", 5, np.zeros(5, np.bool_)) == []


@pytest.mark.parametrize("texts", [[], [""], ["。，！"]])
def test_a_corpus_without_tokens_matches_nothing(texts: list[str]) -> None:
    index = LexicalIndex(texts)
    assert index.search("水", 3) == []
    assert index.scores("水").shape == (len(texts),)


def test_a_query_without_tokens_matches_nothing() -> None:
    assert LexicalIndex(TEXTS).search("？？", 3) == []
