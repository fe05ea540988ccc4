"""The fast reader of the built-in model's tokenizer beside the library that it stands for."""

from __future__ import annotations

import json
import random
from itertools import pairwise
from typing import Any

import pytest
from tokenizers import Tokenizer

from vectorstore.embedding import BUILTIN_MODEL
from vectorstore.embedding.longest_match import LongestMatch

FILE = BUILTIN_MODEL / "0_StaticEmbedding" / "tokenizer.json"

CORNERS = [
    "",
    "。",
    "区水务局新建污水管网12公里，2024年12月底前完工。\n第二行",
    "ＰＭ２．５ VOCs 1.2.3a.b.5 1.2a ㎡ ① Ⅴ K İ",
    "水污染" * 40,  # longer than a run
    "水\ufa6e污染\U0003fffd",  # code points that no character has
    "\U00041000污染\U0010ffff\0",
    "a" * 10_000,
    "a" * 10_001,
]


@pytest.fixture(scope="module")
def content() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def reader(content: dict[str, Any]) -> LongestMatch:
    made = LongestMatch.of(content)
    assert made is not None
    return made


def read(reader: LongestMatch, texts: list[str]) -> list[list[int]]:
    tokens = reader.encode(texts)
    ends = [0, *tokens.lengths.cumsum().tolist()]
    return [tokens.ids[a:b].tolist() for a, b in pairwise(ends)]


def test_it_gives_the_ids_that_the_library_gives(reader: LongestMatch) -> None:
    chance = random.Random(7)
    common = [chr(c) for c in range(0x4E00, 0x9FFF, 5)] + list(
        "水污染治理责任单位牵头环境局的"
    ) * 90
    others = [chr(c) for c in (*range(0x20, 0x7F), *range(0x3400, 0x4DC0, 40), 0x2F00, 0x2A6E0)]
    made = [
        "".join(chance.choices((*common, *others), k=chance.randrange(60))) for _ in range(3_000)
    ]
    texts = [*CORNERS, *made]
    library = Tokenizer.from_file(str(FILE))
    library.no_padding()
    expected = [e.ids for e in library.encode_batch_fast(texts, add_special_tokens=False)]
    assert read(reader, texts) == expected


def test_no_text_is_no_token(reader: LongestMatch) -> None:
    assert read(reader, []) == []
    assert read(reader, ["", "，"]) == [[], []]


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("normalizer", None),
        ("pre_tokenizer", {"type": "Whitespace"}),
        ("added_tokens", [{"id": 0, "content": "[CLS]"}]),
        ("truncation", {"max_length": 512}),
    ],
)
def test_another_kind_of_tokenizer_is_left_to_the_library(
    content: dict[str, Any], part: str, value: object
) -> None:
    assert LongestMatch.of({**content, part: value}) is None
    assert LongestMatch.of({**content, "model": {**content["model"], "type": "BPE"}}) is None
    prefixed = {**content["model"], "continuing_subword_prefix": "##"}
    assert LongestMatch.of({**content, "model": prefixed}) is None
