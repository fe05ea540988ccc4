"""The built-in model can be made again from its data."""

from __future__ import annotations

import io
import json
import lzma
import tarfile
from pathlib import Path

import numpy as np
import pytest

from vectorstore.embedding import StaticEmbedder
from vectorstore.train_builtin import Recipe, fit
from vectorstore.training_corpus import LAWS, NEWS, read_paragraphs
from vectorstore.training_export import export, model_card

LAW = """# 水法

1988年1月21日 通过

<!-- INFO END -->

## 第一章 总则

第一条 为了防治水污染，保护水环境，改善水质，制定本法。

短行

第二条 排放污水的企业应当取得排污许可证，不得超标排放水污染物。
"""

TEXTS = [
    f"{place}{matter}"
    for place in ("东山区", "西河镇", "南湖街道", "北岭县", "中原市")
    for matter in (
        "排放污水的企业应当取得排污许可证，防治水污染，改善水质",
        "控制扬尘和PM2.5，改善大气环境质量，防治大气污染",
        "公司董事会由股东大会选举产生，董事长主持会议",
        "学校应当保障学生接受义务教育的权利，教师依法教学",
    )
]


@pytest.fixture
def data_folder(tmp_path: Path) -> Path:
    law = LAW.encode("utf-8")
    with tarfile.open(tmp_path / LAWS, "w:xz") as tar:
        member = tarfile.TarInfo("laws/水法.md")
        member.size = len(law)
        tar.addfile(member, io.BytesIO(law))
    with lzma.open(tmp_path / NEWS, "wt", encoding="utf-8") as lines:
        lines.write(json.dumps("今天上午，环保部门检查了河道。发现有企业偷排污水。") + "\n")
    return tmp_path


def test_paragraphs_are_articles_and_news_without_headings(data_folder: Path) -> None:
    assert sorted(read_paragraphs(data_folder, 10, seed=1)) == [
        "今天上午，环保部门检查了河道。发现有企业偷排污水。",
        "第一条 为了防治水污染，保护水环境，改善水质，制定本法。",
        "第二条 排放污水的企业应当取得排污许可证，不得超标排放水污染物。",
    ]


def test_the_news_are_optional(data_folder: Path) -> None:
    (data_folder / NEWS).unlink()
    assert len(read_paragraphs(data_folder, 10, seed=1)) == 2


@pytest.mark.slow
def test_fitting_twice_gives_the_same_model_and_it_loads(tmp_path: Path) -> None:
    recipe = Recipe(dimension=6, words=50)
    tokenizer, vectors = fit(TEXTS, recipe)
    np.testing.assert_array_equal(fit(TEXTS, recipe)[1], vectors)
    export(tmp_path / "m", tokenizer, vectors, model_card(vectors.shape, len(TEXTS), recipe.seed))
    model = StaticEmbedder(tmp_path / "m")
    query = model.embed_query("水污染")
    water, company = model.embed_documents([TEXTS[0], TEXTS[2]])
    assert query @ water > query @ company
    assert f"seed {recipe.seed}" in (tmp_path / "m" / "README.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_every_common_character_has_a_vector_of_its_own() -> None:
    tokenizer, vectors = fit(TEXTS, Recipe(dimension=6, words=50))
    rare = [tokenizer.token_to_id(character) for character in "鑫淼驗髒"]
    assert None not in rare
    assert np.linalg.norm(vectors[rare].astype(np.float32), axis=1).min() > 0
