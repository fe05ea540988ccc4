"""The built-in model, static models without torch, and what happens when a model is missing."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from vectorstore.embedding import (
    BUILTIN_MODEL,
    Embedder,
    SentenceTransformerEmbedder,
    StaticEmbedder,
    load_embedder,
)
from vectorstore.errors import EmbeddingError

TEXTS = [
    "区水务局新建污水管网12公里，2024年12月底前完工。",
    "PM2.5年均浓度控制在３８微克/立方米以内",
    "餐飲油煙擾民",
    "劣Ⅴ类水体",
    "？",
    "",
]


def test_the_built_in_model_is_the_default(embedder: Embedder) -> None:
    assert isinstance(embedder, StaticEmbedder)
    assert embedder.name.startswith("model:")


def test_the_built_in_model_is_loaded_once(embedder: Embedder) -> None:
    assert load_embedder() is embedder


def test_vectors_are_normalised(embedder: Embedder) -> None:
    vectors = embedder.embed_documents(TEXTS)
    assert vectors.shape == (len(TEXTS), embedder.dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors[:4], axis=1), 1, rtol=1e-5)


def test_a_text_without_tokens_has_a_zero_vector(embedder: Embedder) -> None:
    assert not embedder.embed_query("？").any()
    assert not embedder.embed_query("").any()


def test_no_texts_give_no_vectors(embedder: Embedder) -> None:
    assert embedder.embed_documents([]).shape == (0, embedder.dimension)


def test_related_texts_are_nearer_than_unrelated_ones(embedder: Embedder) -> None:
    query = embedder.embed_query("河水脏了怎么治")
    near, far = embedder.embed_documents(["加强水污染防治，改善水环境质量", "公司董事会选举董事长"])
    assert query @ near > query @ far


def test_traditional_text_means_what_its_simplified_form_means(embedder: Embedder) -> None:
    traditional, simplified = embedder.embed_documents(["環境污染", "环境污染"])
    assert traditional @ simplified > 0.6
    assert embedder.embed_query("驗") @ embedder.embed_query("验") > 0.999


def test_width_and_case_do_not_matter(embedder: Embedder) -> None:
    np.testing.assert_array_equal(
        embedder.embed_query("ＰＭ２．５ VOCS"), embedder.embed_query("pm2.5 vocs")
    )


def test_the_model_stays_small() -> None:
    size = sum(file.stat().st_size for file in BUILTIN_MODEL.rglob("*") if file.is_file())
    assert size <= 17_000_000


def test_the_name_follows_the_content(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(BUILTIN_MODEL, folder)
    assert StaticEmbedder(folder).name == StaticEmbedder(BUILTIN_MODEL).name
    config = folder / "config_sentence_transformers.json"
    config.write_text(json.dumps({"prompts": {"query": "问："}}), encoding="utf-8")
    changed = StaticEmbedder(folder)
    assert changed.name != StaticEmbedder(BUILTIN_MODEL).name
    np.testing.assert_array_equal(changed.embed_query("水"), changed.embed_documents(["问：水"])[0])


def test_a_tokenizer_of_another_kind_is_read_by_its_library(
    tmp_path: Path, embedder: Embedder
) -> None:
    folder = tmp_path / "model"
    shutil.copytree(BUILTIN_MODEL, folder)
    file = folder / "0_StaticEmbedding" / "tokenizer.json"
    content = json.loads(file.read_text(encoding="utf-8"))
    content["normalizer"]["normalizers"].append({"type": "StripAccents"})
    file.write_text(json.dumps(content), encoding="utf-8")
    np.testing.assert_allclose(
        StaticEmbedder(folder).embed_documents(TEXTS), embedder.embed_documents(TEXTS), atol=1e-6
    )


def test_a_static_model_needs_no_torch() -> None:
    code = (
        "import sys; from vectorstore.embedding import load_embedder;"
        "load_embedder('').embed_query('水污染');"
        "print([m for m in ('torch', 'transformers', 'sentence_transformers') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_missing_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingError, match="DUBAN_EMBEDDING_MODEL"):
        load_embedder(str(tmp_path / "nowhere"))


@pytest.mark.parametrize("name", ["tokenizer.json", "model.safetensors"])
def test_a_damaged_file_is_named(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(BUILTIN_MODEL, folder)
    (folder / "0_StaticEmbedding" / name).write_bytes(b"{}broken")
    with pytest.raises(EmbeddingError, match=name):
        load_embedder(str(folder))


@pytest.mark.slow
def test_sentence_transformers_gives_the_same_vectors(embedder: Embedder) -> None:
    reference = SentenceTransformerEmbedder(str(BUILTIN_MODEL))
    assert reference.dimension == embedder.dimension
    np.testing.assert_allclose(
        embedder.embed_documents(TEXTS), reference.embed_documents(TEXTS), atol=1e-3
    )
    np.testing.assert_allclose(
        embedder.embed_query(TEXTS[0]), reference.embed_query(TEXTS[0]), atol=1e-3
    )


@pytest.mark.slow
def test_a_model_whose_files_lack_its_query_instruction_gets_it(tmp_path: Path) -> None:
    folder = tmp_path / "bge-small-zh-v1.5"
    shutil.copytree(BUILTIN_MODEL, folder)
    model = SentenceTransformerEmbedder(str(folder))
    instructed = "为这个句子生成表示以用于检索相关文章：水污染"
    np.testing.assert_allclose(
        model.embed_query("水污染"), model.embed_documents([instructed])[0], atol=1e-6
    )
