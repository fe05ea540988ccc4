"""Which words go before a query and a passage."""

from __future__ import annotations

import pytest

from vectorstore.embedding.instructions import Instructions, instructions, model_name

BGE = "为这个句子生成表示以用于检索相关文章："
TASK = (
    "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:"
)


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("BAAI/bge-small-zh-v1.5", Instructions(BGE)),
        ("/models/bge_large_zh_v1.5", Instructions(BGE)),
        ("BAAI/bge-m3", Instructions()),
        ("Qwen/Qwen3-Embedding-0.6B", Instructions(TASK)),
        ("intfloat/multilingual-e5-base", Instructions("query: ", "passage: ")),
        ("intfloat/e5-large-v2", Instructions("query: ", "passage: ")),
        ("intfloat/multilingual-e5-large-instruct", Instructions(f"{TASK} ")),
        ("thenlper/gte-large-zh", Instructions()),
        ("Alibaba-NLP/gte-multilingual-base", Instructions()),
        ("Alibaba-NLP/gte-Qwen2-1.5B-instruct", Instructions(f"{TASK} ")),
        ("someone/their-model", Instructions()),
    ],
)
def test_a_known_model_gets_what_its_card_asks_for(model: str, expected: Instructions) -> None:
    assert instructions(model, {"query": "", "document": ""}) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ({"query": "问："}, Instructions("问：")),
        ({"query": "问：", "passage": "段："}, Instructions("问：", "段：")),
        ({"document": "文："}, Instructions("", "文：")),
        ({"query": "问：", "corpus": "库：", "document": "文："}, Instructions("问：", "文：")),
    ],
)
def test_what_the_models_files_say_goes_first(
    written: dict[str, str], expected: Instructions
) -> None:
    assert instructions("BAAI/bge-small-zh-v1.5", written) == expected


@pytest.mark.parametrize(
    ("model", "name"),
    [
        ("BAAI/bge-m3", "bge-m3"),
        ("/data/bge-m3", "bge-m3"),
        ("D:\\models\\bge-m3", "bge-m3"),
        (
            "/c/hub/models--BAAI--bge-m3/snapshots/5617a9f61b028005a4858fdac845db406aefb181",
            "bge-m3",
        ),
    ],
)
def test_a_model_is_known_by_its_last_name(model: str, name: str) -> None:
    assert model_name(model) == name
