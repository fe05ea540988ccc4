"""Which sentences come first: what a question asks for decides, not only what it shares."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.library import Library
from assistant.ranking.shapes import Shapes
from assistant.ranking.signals import OF_KIND
from assistant.ranking.weights import learned_weights, relevance
from assistant.search import Found, SentenceSearch
from assistant.understanding.rules import RuleUnderstanding
from ingest.parse import parse_file
from vectorstore.embedding import load_embedder
from vectorstore.memory import MemoryVectors
from vectorstore.retriever import HybridIndex

PLAN = """临江区整改方案

一、河道垃圾堆积
整改目标：2026年底前，沿河垃圾全部清除，断面氨氮浓度不高于1.5毫克/升。
存在问题：现场检查发现，青石河右岸堆放垃圾约300吨，沿河12户没有接管。
整改措施：
1.清运青石河右岸垃圾，设置围挡，6月底前完成。（责任单位：临江镇人民政府）
2.每月巡查不少于2次，发现问题当日清理。（责任单位：区水务局）
3.沿河12户接入污水管网，完成时间待资金落实后确定。（责任单位：区住房建设委）
整改时限：2026年12月底
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("plan")
    file = folder / "plan.txt"
    file.write_text(PLAN, encoding="utf-8")
    return Library([parse_file(file, folder)])


@pytest.fixture(scope="module")
def search(library: Library) -> SentenceSearch:
    vectors = MemoryVectors(load_embedder(), library.documents)
    return SentenceSearch(library, HybridIndex(vectors, library.documents))


def found(search: SentenceSearch, library: Library, question: str) -> list[Found]:
    query = RuleUnderstanding(library).understand(question, (), dt.date(2026, 3, 1))
    return search.find(query, None)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("青石河边的垃圾怎么处理？", "清运青石河右岸垃圾"),
        ("青石河右岸堆了多少吨垃圾？", "约300吨"),
        ("青石河多久巡查一次？", "每月巡查不少于2次"),
        ("沿河那12户接管的日期定了没有？", "待资金落实后确定"),
        ("断面氨氮要降到多少？", "不高于1.5毫克/升"),
    ],
)
def test_the_sentence_of_the_kind_asked_for_is_the_best(
    search: SentenceSearch, library: Library, question: str, words: str
) -> None:
    assert words in found(search, library, question)[0].text


def test_relevance_is_one_for_the_best_and_falls(search: SentenceSearch, library: Library) -> None:
    values = [one.relevance for one in found(search, library, "垃圾怎么处理？")]
    assert values[0] == 1
    assert values == sorted(values, reverse=True)
    assert all(0 < value <= 1 for value in values)


def test_nearness_leaves_out_what_is_only_of_the_kind_asked_for() -> None:
    """A sentence with money in it is no nearer to a question about the cost of another thing."""
    names = learned_weights().names
    of_the_kind = {name: float(name == "attribute") for name in names}
    on_the_topic = {name: 0.5 * (name == "said_around") for name in names}
    fits, speaks = relevance([of_the_kind, on_the_topic], (), OF_KIND)
    assert fits[0] > fits[1]
    assert speaks[0] < speaks[1]


def test_every_signal_has_a_learned_weight(search: SentenceSearch, library: Library) -> None:
    query = RuleUnderstanding(library).understand("垃圾谁管？", (), dt.date(2026, 3, 1))
    measured = search.measured(query, None)
    assert {name for _, _, signals in measured for name in signals} == set(learned_weights().names)
    assert set(learned_weights().names) >= OF_KIND


def test_a_sentence_knows_its_field_and_what_it_shows(library: Library) -> None:
    shapes = Shapes(library)
    parsed = library.documents[0]
    by_text = {
        span.quote: shapes.of((parsed.source.path, span.start, span.end))
        for passage in parsed.passages
        for span in passage.sentences
    }
    problem = next(shape for text, shape in by_text.items() if "300吨" in text)
    assert (problem.is_problem, problem.is_measure, problem.has_digit) == (True, False, True)
    patrol = next(shape for text, shape in by_text.items() if "每月巡查" in text)
    assert (patrol.is_measure, patrol.has_frequency, patrol.has_body) == (True, True, True)
    pipes = next(shape for text, shape in by_text.items() if "待资金" in text)
    assert (pipes.has_limit, pipes.has_open_limit) == (True, True)
    assert problem.around == patrol.around
