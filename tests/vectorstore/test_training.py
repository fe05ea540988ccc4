"""The built-in model can be made again from its data."""

from __future__ import annotations

import io
import json
import lzma
import tarfile
import unicodedata
from pathlib import Path

import numpy as np
import pytest

from vectorstore.embedding import StaticEmbedder
from vectorstore.train_builtin import Model, Recipe, fit, main
from vectorstore.training_corpus import ABSTRACTS, LAWS, NEWS, SYNONYMS, Corpus, read_corpus
from vectorstore.training_export import export, quantised
from vectorstore.training_model import Schedule
from vectorstore.training_pairs import Mixture, PairMaker, flatten, synonym_table
from vectorstore.training_tokenizer import UNKNOWN, build_vocabulary, make_tokenizer

LAW = """# 东山区水法

1988年1月21日 通过

<!-- INFO END -->

## 第一章 总则

第一条 为了防治水污染，保护水环境，改善水质，制定本法。

第二条 排放污水的企业应当取得排污许可证；不得超标排放水污染物。

短行

## 第二章 大气

第三条 建筑工地应当控制扬尘，防止大气污染。城市应当减少机动车尾气。
"""
PLACES = ("西河镇", "南湖街道", "北岭县", "中原市", "东山区", "沙河乡", "石桥镇", "望岭乡")
NEWS_TEXT = (
    "{place}的企业向河道排放污水。水务部门清理河道淤泥，改善水质。河水变清，居民很高兴。"
    "{place}的学校举行运动会。老师和学生参加跑步比赛。同学们获得奖牌，老师表扬学生。"
)
TINY = Recipe(
    dimension=16,
    words=200,
    mixture=Mixture(per_document=2),
    schedule=Schedule(steps=30, batch=24, warmup=3),
)


def pack(archive: Path, files: dict[str, str]) -> None:
    with tarfile.open(archive, "w:xz") as tar:
        for name, text in files.items():
            content = text.encode("utf-8")
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))


@pytest.fixture(scope="module")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    laws = {f"laws/{place}水法.md": LAW.replace("东山区", place) for place in PLACES}
    pack(folder / LAWS, laws)
    row = "to title\t本文研究了河道水质的变化，提出了治理污水的方法。\t河道水质治理方法研究\n"
    pack(folder / ABSTRACTS, {"csl/ts/dev.tsv": row, "csl/cls_ctg/train.tsv": row})
    pack(folder / SYNONYMS, {"cow/wn.tab": "1-n\tcmn:lemma\t企业\n1-n\tcmn:lemma\t公司\n"})
    with lzma.open(folder / NEWS, "wt", encoding="utf-8") as lines:
        for place in PLACES * 3:
            lines.write(json.dumps(NEWS_TEXT.format(place=place), ensure_ascii=False) + "\n")
    return folder


@pytest.fixture(scope="module")
def corpus(data_folder: Path) -> Corpus:
    return read_corpus(data_folder)


@pytest.fixture(scope="module")
def model(corpus: Corpus) -> Model:
    return fit(corpus, TINY)


@pytest.fixture(scope="module")
def folder(model: Model, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trained")
    export(folder, model.tokenizer, model.vectors, model.vocabulary.rows)
    return folder


def test_an_article_stands_under_its_law_and_chapter(corpus: Corpus) -> None:
    law = next(
        d for d in corpus.documents if d.source == LAWS and "东山区" in d.sections[0].heading
    )
    assert [section.heading for section in law.sections] == [
        "东山区水法 第一章 总则",
        "东山区水法 第一章 总则",
        "东山区水法 第二章 大气",
    ]
    assert law.sections[1].sentences == (
        "排放污水的企业应当取得排污许可证；",
        "不得超标排放水污染物。",
    )


def test_a_title_heads_its_abstract(corpus: Corpus) -> None:
    [abstract] = [d for d in corpus.documents if d.source == ABSTRACTS]
    assert abstract.sections[0].heading == "河道水质治理方法研究"


def test_only_the_laws_are_needed(data_folder: Path, tmp_path: Path) -> None:
    (tmp_path / LAWS).write_bytes((data_folder / LAWS).read_bytes())
    corpus = read_corpus(tmp_path)
    assert {d.source for d in corpus.documents} == {LAWS}
    assert corpus.synonyms == ()


def test_no_chinese_character_is_unknown(model: Model) -> None:
    blocks = ((0x3400, 0xA000), (0xF900, 0xFB00), (0x20000, 0x33480))
    assigned = [
        chr(code)
        for first, last in blocks
        for code in range(first, last)
        if unicodedata.category(chr(code)) == "Lo"
    ]
    assert len(assigned) > 90_000
    encoded = model.tokenizer.encode_batch(assigned)
    unknown = model.tokenizer.token_to_id(UNKNOWN)
    assert not [c for c, e in zip(assigned, encoded, strict=True) if not e.ids or unknown in e.ids]


def test_a_traditional_word_has_the_vector_of_its_simplified_form(folder: Path) -> None:
    embedder = StaticEmbedder(folder)
    for traditional, simplified in (
        ("污染", "污染"),
        ("環境", "环境"),
        ("淨", "净"),
        ("減少", "减少"),
    ):
        np.testing.assert_array_equal(
            embedder.embed_query(traditional), embedder.embed_query(simplified)
        )


def test_the_longest_known_word_is_taken_and_the_rest_character_by_character(model: Model) -> None:
    assert model.tokenizer.encode("水污染鑫淼").tokens == ["水污染", "鑫", "淼"] or (
        model.tokenizer.encode("污染鑫淼").tokens == ["污染", "鑫", "淼"]
    )


def test_figures_and_units_are_tokens(model: Model) -> None:
    assert "".join(model.tokenizer.encode("ＰＭ2.5：３８微克／㎥").tokens) == "pm2.538微克m3"


def test_batches_pair_questions_with_answers(corpus: Corpus) -> None:
    vocabulary = build_vocabulary((d.text for d in corpus.documents), 200)
    tokenizer = make_tokenizer(vocabulary)
    texts = flatten(corpus.documents, tokenizer, vocabulary.rows)
    synonyms = synonym_table(corpus, tokenizer, vocabulary.rows, vocabulary.row_count)
    pairs = PairMaker(texts, synonyms, Mixture(), seed=1).batch(64)
    for bags in (pairs.questions, pairs.answers):
        assert len(bags.offsets) == 65
        assert bags.offsets[-1] == len(bags.rows)
        assert np.diff(bags.offsets).min() > 0
    again = PairMaker(texts, synonyms, Mixture(), seed=1).batch(64)
    np.testing.assert_array_equal(pairs.questions.rows, again.questions.rows)


def test_training_twice_gives_the_same_model(corpus: Corpus, model: Model) -> None:
    np.testing.assert_array_equal(fit(corpus, TINY).vectors, model.vectors)


def test_what_is_about_one_thing_becomes_similar(folder: Path) -> None:
    embedder = StaticEmbedder(folder)
    query = embedder.embed_query("企业排放污水")
    water, school = embedder.embed_documents(["清理河道淤泥，改善水质", "老师表扬学生，举行比赛"])
    assert query @ water > query @ school


def test_a_byte_a_number_is_near_enough() -> None:
    vectors = np.random.default_rng(1).standard_normal((50, 64)).astype(np.float32)
    vectors[3] = 0
    table, scales = quantised(vectors)
    assert table.dtype == np.int8
    assert np.abs(table * scales[:, None] - vectors).max() <= scales.max() / 2 + 1e-6


@pytest.mark.slow
def test_sentence_transformers_gives_the_same_vectors(folder: Path) -> None:
    from vectorstore.embedding import SentenceTransformerEmbedder

    texts = ["企业向河道排放污水", "環境污染", "ＰＭ２．５ 38微克", "𠀀㐀", "？", ""]
    ours, reference = StaticEmbedder(folder), SentenceTransformerEmbedder(str(folder))
    np.testing.assert_allclose(
        ours.embed_documents(texts), reference.embed_documents(texts), atol=1e-5
    )


def test_other_weights_have_another_name(folder: Path, model: Model, tmp_path: Path) -> None:
    other = tmp_path / folder.name
    export(other, model.tokenizer, model.vectors * 2 + 1, model.vocabulary.rows)
    assert StaticEmbedder(other).name != StaticEmbedder(folder).name


def test_a_folder_without_laws_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as exit_info:
        main([str(tmp_path)])
    assert exit_info.value.code == 2
