"""Models loaded by sentence-transformers, from folders and from a hub."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from model_hub import ModelHub, serving
from parsed_documents import PLAN, make_document
from tiny_models import POSITIONS, WIDTH, make_encoder

from vectorstore.embedding import SentenceTransformerEmbedder, load_embedder
from vectorstore.errors import EmbeddingError, StoreMismatchError
from vectorstore.generations import Generations
from vectorstore.model_files import MAX_TOKENS, Wanted, batch_size, longest, precision
from vectorstore.retriever import HybridIndex

pytestmark = pytest.mark.slow

TEXTS = ["加快污水管网建设", "清理黑臭水体", "餐饮油烟扰民"]
BGE = "为这个句子生成表示以用于检索相关文章："


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of tiny models by what is special about them."""
    folder = tmp_path_factory.mktemp("models")
    make_encoder(folder / "plain")
    make_encoder(folder / "prompted", {"query": "问：", "document": "段："})
    make_encoder(folder / "bge-small-zh-v1.5")
    make_encoder(folder / "long", positions=2 * MAX_TOKENS)
    return folder


@pytest.fixture(scope="module")
def plain(models: Path) -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder(str(models / "plain"))


def test_a_folder_of_another_kind_than_static_is_loaded(models: Path) -> None:
    embedder = load_embedder(str(models / "plain"))
    assert isinstance(embedder, SentenceTransformerEmbedder)
    assert embedder.name.startswith("plain:")
    assert embedder.dimension == WIDTH


def test_vectors_are_normalised_in_full_precision(plain: SentenceTransformerEmbedder) -> None:
    vectors = plain.embed_documents([*TEXTS, ""])
    assert vectors.shape == (4, WIDTH)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-5)
    assert plain.embed_documents([]).shape == (0, WIDTH)


def test_a_text_has_the_same_vector_in_every_batch(plain: SentenceTransformerEmbedder) -> None:
    together = plain.embed_documents(TEXTS * 30)
    np.testing.assert_allclose(together[:3], together[-3:], atol=1e-5)
    np.testing.assert_allclose(together[1], plain.embed_documents(TEXTS[1:2])[0], atol=1e-5)


def test_without_instructions_query_and_passage_are_alike(
    plain: SentenceTransformerEmbedder,
) -> None:
    np.testing.assert_allclose(
        plain.embed_query(TEXTS[0]), plain.embed_documents(TEXTS)[0], atol=1e-5
    )


def test_the_prompts_of_the_files_are_put_before_query_and_passage(
    models: Path, plain: SentenceTransformerEmbedder
) -> None:
    embedder = SentenceTransformerEmbedder(str(models / "prompted"))
    query, passage = embedder.embed_query(TEXTS[0]), embedder.embed_documents(TEXTS)[0]
    assert float(query @ passage) < 0.999
    expected = plain.embed_documents([f"问：{TEXTS[0]}", f"段：{TEXTS[0]}"])
    np.testing.assert_allclose([query, passage], expected, atol=1e-5)


def test_the_instruction_of_a_models_card_is_put_before_the_query(
    models: Path, plain: SentenceTransformerEmbedder
) -> None:
    embedder = SentenceTransformerEmbedder(str(models / "bge-small-zh-v1.5"))
    expected = plain.embed_documents([BGE + TEXTS[0], TEXTS[0]])
    found = [embedder.embed_query(TEXTS[0]), embedder.embed_documents(TEXTS)[0]]
    np.testing.assert_allclose(found, expected, atol=1e-5)


def test_a_default_prompt_is_not_put_before_passages(tmp_path: Path, models: Path) -> None:
    folder = tmp_path / "prompted"
    shutil.copytree(models / "prompted", folder)
    config = folder / "config_sentence_transformers.json"
    settings = json.loads(config.read_text(encoding="utf-8"))
    settings |= {"default_prompt_name": "query", "prompts": {"query": "问："}}
    config.write_text(json.dumps(settings), encoding="utf-8")
    embedder = SentenceTransformerEmbedder(str(folder))
    np.testing.assert_allclose(
        embedder.embed_documents([f"问：{TEXTS[0]}"])[0], embedder.embed_query(TEXTS[0]), atol=1e-5
    )


def test_texts_are_cut_at_the_models_own_length(plain: SentenceTransformerEmbedder) -> None:
    long = "污水管网" * POSITIONS
    kept = long[: POSITIONS - 2]  # one token a character, between [CLS] and [SEP]
    vectors = plain.embed_documents([long, kept, kept[:-8]])
    np.testing.assert_allclose(vectors[0], vectors[1], atol=1e-5)
    assert float(vectors[0] @ vectors[2]) < 0.99999


def test_a_model_for_long_texts_gets_short_ones(models: Path) -> None:
    embedder = SentenceTransformerEmbedder(str(models / "long"))
    long = "污水管网清理" * MAX_TOKENS
    vectors = embedder.embed_documents([long, long[: MAX_TOKENS - 2]])
    np.testing.assert_allclose(vectors[0], vectors[1], atol=1e-4)


@pytest.mark.parametrize(
    ("own", "cut"),
    [(None, MAX_TOKENS), (8192, MAX_TOKENS), (512, None), (128, None), (float("inf"), None)],
)
def test_the_length_to_cut_at(own: float | None, cut: int | None) -> None:
    assert longest(own) == cut


def test_large_models_and_processors_run_smaller_batches() -> None:
    assert batch_size("cuda:0", 10**8) > batch_size("cuda:0", 10**10)
    assert batch_size("cuda:0", 10**8) > batch_size("cpu", 10**8) > batch_size("cpu", 10**10)
    assert (precision("cuda:0"), precision("cpu")) == ("auto", "float32")


def test_a_model_saved_in_half_precision_runs_in_full_on_a_processor(tmp_path: Path) -> None:
    embedder = SentenceTransformerEmbedder(str(make_encoder(tmp_path / "half", half=True)))
    assert str(next(embedder._model.parameters()).dtype) == "torch.float32"


def test_the_name_follows_what_shapes_the_vectors(
    tmp_path: Path, models: Path, plain: SentenceTransformerEmbedder
) -> None:
    def digest(folder: Path) -> str:
        return SentenceTransformerEmbedder(str(folder)).name.partition(":")[2]

    same = digest(models / "plain")
    assert plain.name == f"plain:{same}"
    moved = tmp_path / "elsewhere"
    shutil.copytree(models / "plain", moved)
    assert digest(moved) == same
    others = [
        make_encoder(tmp_path / "weights", seed=1),
        make_encoder(tmp_path / "pooling", pooling="cls"),
        models / "prompted",
        models / "long",
    ]
    assert len({same, *map(digest, others)}) == 5


def test_a_folder_below_the_home_folder_may_be_named_with_a_tilde(models: Path) -> None:
    home = Path.home()
    link = home / "my-model"
    shutil.copytree(models / "plain", link)
    assert load_embedder("~/my-model").name.startswith("my-model:")
    shutil.rmtree(link)


@pytest.mark.parametrize("missing", ["model.safetensors", "tokenizer.json", "config.json"])
def test_an_incomplete_folder_is_named(tmp_path: Path, models: Path, missing: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(models / "plain", folder)
    (folder / missing).unlink()
    (folder / "tokenizer_config.json").unlink()
    with pytest.raises(EmbeddingError, match="是否完整") as caught:
        load_embedder(str(folder))
    assert str(folder) in str(caught.value)


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json", "modules.json"])
def test_a_damaged_file_is_explained(tmp_path: Path, models: Path, name: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(models / "plain", folder)
    (folder / name).write_bytes((folder / name).read_bytes()[:100])
    with pytest.raises(EmbeddingError):
        load_embedder(str(folder))


def test_reading_from_disk_draws_no_bars(models: Path, capfd: pytest.CaptureFixture[str]) -> None:
    SentenceTransformerEmbedder(str(models / "plain")).embed_documents(TEXTS)
    assert capfd.readouterr().err == ""


def test_a_folder_without_a_model_is_explained(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingError, match="是否完整"):
        load_embedder(str(tmp_path))


@pytest.mark.parametrize("name", ["./nowhere", "a/b/c", "~/nowhere", "D:\\models\\x", "D:/x"])
def test_a_folder_that_is_not_there_is_not_taken_for_a_hub_id(name: str) -> None:
    with pytest.raises(EmbeddingError, match="找不到句向量模型文件夹"):
        Wanted(name).folder()


def test_search_runs_with_such_a_model_and_never_mixes_it_with_another(
    tmp_path: Path, models: Path, plain: SentenceTransformerEmbedder
) -> None:
    with Generations(tmp_path, plain).draft() as draft:
        draft.put(make_document("plan.txt", PLAN))
    opened = Generations(tmp_path, plain).open()
    assert opened is not None
    store = opened[1]
    found = HybridIndex(store, store.load(), dense_weight=1.0).search_sentences(
        ["全面清淤河道，消除黑臭水体。"], 1
    )
    assert found[0][0].span.quote == "全面清淤河道，消除黑臭水体。"
    store.close()
    other = SentenceTransformerEmbedder(str(models / "prompted"))
    with pytest.raises(StoreMismatchError, match="duban ingest"):
        Generations(tmp_path, other).open()


# --- the hub --------------------------------------------------------------------------------------

HUB_ID = "someone/tiny-model"
# Twice, as two starts would: importing the libraries anew takes longer than all else.
ASK = f"""
import logging, sys
logging.basicConfig(level=logging.WARNING, format="%(message)s")
from vectorstore.embedding import load_embedder
from vectorstore.errors import EmbeddingError
for _ in range(2):
    try:
        embedder = load_embedder({HUB_ID!r})
        print(embedder.name, embedder.embed_query("污水管网")[:4].tolist())
    except EmbeddingError as exc:
        print(exc)
"""


def ask(home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """What a fresh process makes of the hub id; huggingface_hub reads its settings once."""
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-c", ASK],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "HF_HOME": str(home), "NO_PROXY": "*", **environment},
        check=True,
    )


def ask_hub(home: Path, hub: ModelHub) -> subprocess.CompletedProcess[str]:
    return ask(home, HF_HUB_OFFLINE="0", HF_ENDPOINT=hub.url, HF_HUB_DISABLE_XET="1")


def test_a_hub_model_is_downloaded_once_from_the_mirror_and_then_works_offline(
    tmp_path: Path, models: Path, plain: SentenceTransformerEmbedder
) -> None:
    with serving(HUB_ID, models / "plain") as hub:
        online = ask_hub(tmp_path, hub)
        assert online.stdout.startswith(f"{HUB_ID}:{plain.name.partition(':')[2]} ")
        first, again = online.stdout.splitlines()
        assert first == again
        assert online.stderr.count(f"正在从 {hub.url} 下载") == 1
        assert hub.downloaded.count("model.safetensors") == 1
        assert "%|" in online.stderr  # progress
    offline = ask(tmp_path, HF_HUB_OFFLINE="1")
    unreachable = ask(tmp_path, HF_HUB_OFFLINE="0", HF_ENDPOINT=hub.url)
    assert online.stdout == offline.stdout == unreachable.stdout


def test_a_model_that_the_hub_does_not_have_is_explained(tmp_path: Path, models: Path) -> None:
    with serving("someone/other", models / "plain") as hub:
        said = ask_hub(tmp_path, hub).stdout
    assert f"无法加载句向量模型 {HUB_ID!r}" in said
    assert "请检查 DUBAN_EMBEDDING_MODEL 是否写对" in said


@pytest.mark.parametrize(
    ("environment", "reason"),
    [
        ({"HF_HUB_OFFLINE": "1"}, "HF_HUB_OFFLINE 禁止联网"),
        (
            {"HF_HUB_OFFLINE": "0", "HF_ENDPOINT": "http://127.0.0.1:9"},
            "也连不上 http://127.0.0.1:9（可用 HF_ENDPOINT 指定镜像）",
        ),
    ],
)
def test_without_the_hub_the_folder_to_copy_is_named(
    tmp_path: Path, environment: dict[str, str], reason: str
) -> None:
    said = ask(tmp_path, **environment).stdout
    assert f"无法加载句向量模型 {HUB_ID!r}" in said
    assert reason in said
    assert f"hf download {HUB_ID} --local-dir tiny-model" in said
    assert str(tmp_path / "hub" / "models--someone--tiny-model") in said
    assert "留空则使用内置模型" in said
