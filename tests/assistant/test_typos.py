"""Typing errors are mended from the documents' words, and ordinary speech is left alone."""

from __future__ import annotations

import pytest

from assistant.app import Assistant
from assistant.understanding.typos import Correction, TypoCorrector
from vectorstore.folding import fold_query

TEXT = """东湖区生态环境局牵头开展锅炉治理，淘汰燃煤锅炉。秸秆焚烧火点动态清零。
加强污水处理厂运行监管，消除黑臭水体。汊口坨镇整治河道。危险废物台账不全，渣土车辆未苫盖。"""
NAMES = ("东湖区", "东湖", "西沧市", "李明远", "区水务局", "汊口坨镇人民政府", "临屿县")


@pytest.fixture(scope="module")
def corrector() -> TypoCorrector:
    return TypoCorrector(TEXT, NAMES)


@pytest.mark.parametrize(
    ("question", "mended"),
    [
        ("东胡区过炉怎么治理", "东湖区锅炉怎么治理"),
        ("过炉淘汰几台", "锅炉淘汰几台"),
        ("西仓市的目标", "西沧市的目标"),
        ("临与县的目标", "临屿县的目标"),
        ("危险废物台帐全不全", "危险废物台账全不全"),
    ],
)
def test_a_word_that_sounds_like_one_of_the_documents_is_mended(
    corrector: TypoCorrector, question: str, mended: str
) -> None:
    text, corrections = corrector.correct(question)
    assert text == mended
    assert corrections


def test_a_long_name_with_one_character_that_looks_alike_is_mended(
    corrector: TypoCorrector,
) -> None:
    assert corrector.correct("汉口坨的河道")[0] == "汊口坨的河道"
    assert corrector.correct("东与区的锅炉")[0] == "东与区的锅炉"  # 东湖区 sounds otherwise
    # 市水务局 is another body than 区水务局, and 归 is a word of its own.
    for question in ("市水务局牵头几项", "河道归水务局管吗", "哪天起断电"):
        assert corrector.correct(question) == (question, ())


def test_every_mended_word_is_told(corrector: TypoCorrector) -> None:
    _, corrections = corrector.correct("东胡区过炉怎么治理")
    assert Correction("过炉", "锅炉") in corrections
    assert {one.meant for one in corrections} == {"东湖区", "锅炉"}


@pytest.mark.parametrize(
    "question",
    [
        "东湖区锅炉治理由谁牵头",
        "污水处理厂什么时候建成",
        "这个是区里的事情吗",
        "李明远负责哪几项",
        "西沧市跟东湖区比哪个严",
        "PM2.5打到多少",
        "2025年12月底前要完成的有哪些",
        "vocs治理",
        "",
    ],
)
def test_ordinary_speech_is_left_as_it_is(corrector: TypoCorrector, question: str) -> None:
    assert corrector.correct(question) == (question, ())


def test_a_word_of_which_no_character_is_right_is_not_guessed(corrector: TypoCorrector) -> None:
    text, corrections = corrector.correct("国录")
    assert text == "国录"
    assert corrections == ()


def test_without_words_nothing_is_mended() -> None:
    assert TypoCorrector("", ()).correct("过炉怎么治") == ("过炉怎么治", ())


def test_sentences_of_the_documents_need_no_mending(corpus: Assistant) -> None:
    texts = [parsed.source.text for parsed in corpus.documents()]
    corrector = TypoCorrector(fold_query("\n".join(texts)), ())
    for parsed in corpus.documents():
        for task in parsed.tasks:
            title = fold_query(task.title.quote)
            assert corrector.correct(title) == (title, ())


def test_a_name_in_the_question_is_not_cut_by_a_mended_word() -> None:
    """跟金 sounds like 跟进, but 金 is the beginning of a place."""
    corrector = TypoCorrector("及时跟进整改。金桥街道负责。", ("金桥", "和平区"))
    assert corrector.correct("和平区跟金桥比哪个严") == ("和平区跟金桥比哪个严", ())
    assert corrector.correct("整改怎么跟近")[0] == "整改怎么跟进"


def test_what_a_question_word_counts_begins_no_typo() -> None:
    """天报 sounds like 填报, but 天 belongs to 哪天."""
    corrector = TypoCorrector("企业按月填报台账。", ())
    assert corrector.correct("最迟哪天报") == ("最迟哪天报", ())


def test_a_verb_before_an_office_is_no_part_of_its_name() -> None:
    corrector = TypoCorrector("西沧市水务局牵头，市水务局验收。", ("市水务局",))
    assert corrector.correct("到底谁牵头，是水务局吧") == ("到底谁牵头，是水务局吧", ())


def test_a_place_that_nobody_knows_becomes_no_word(corrector: TypoCorrector) -> None:
    # 河岛 sounds like 河道, and there is no 河道镇.
    assert corrector.correct("河岛镇有几件信访") == ("河岛镇有几件信访", ())
    assert corrector.correct("河稻的整治")[0] == "河道的整治"
