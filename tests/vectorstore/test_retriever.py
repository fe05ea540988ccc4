"""Hybrid search over hand-made documents."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from langchain_core.documents import Document
from parsed_documents import LIST, PLAN, make_document

from vectorstore.embedding import BUILTIN_MODEL, StaticEmbedder, Vectors
from vectorstore.retriever import DubanRetriever, HybridIndex
from vectorstore.store import Place, Store


@pytest.fixture
def index(store: Store) -> HybridIndex:
    store.put(make_document("plan.txt", PLAN))
    store.put(make_document("list.txt", LIST))
    return HybridIndex(store, store.load())


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("新建多少公里污水管网？", "区水务局负责新建污水管网12公里，2024年12月底前完工。"),
        ("ＰＭ2.5要降到多少", "PM2.5年均浓度控制在38微克/立方米以内。"),
        ("飯店油煙誰來管", "镇环保办督促饭店安装油烟净化器。"),
        ("vocs监测", "VOCs排放企业安装在线监测设备。"),
    ],
)
def test_the_best_sentence_answers(index: HybridIndex, query: str, sentence: str) -> None:
    assert index.search_sentences([query], 1)[0][0].span.quote == sentence
    hit = index.search(query, 1)[0]
    assert hit.passage.sentences[hit.sentence].quote == sentence


def test_each_passage_comes_once_best_first(index: HybridIndex) -> None:
    hits = index.search("河道污水治理", 10)
    ids = [hit.passage.id for hit in hits]
    assert len(ids) == len(set(ids))
    fused = [hit.similarity for hit in hits]
    assert fused == sorted(fused, reverse=True)
    assert all(0 < similarity <= 1 + 1e-6 for similarity in fused)


def test_what_is_found_is_read_with_its_whole_item(index: HybridIndex) -> None:
    found = index.search("管网12公里", 1)[0]
    assert found.passage.path == ("一、水污染治理",)
    assert "（二）清理黑臭水体" in found.passage.span.quote
    assert index.item_at("plan.txt", PLAN.index("清淤")) == found.passage
    assert index.item_at("plan.txt", len(PLAN)) is None


def test_headings_count(index: HybridIndex) -> None:
    found = index.search_sentences(["餐饮油烟扰民的投诉由谁答复"], 1)[0][0]
    assert found.span.quote == "投诉由信访办答复。"


def test_a_hit_quotes_its_document(index: HybridIndex) -> None:
    for hit in index.search_sentences(["秸秆还田"], 5)[0]:
        text = {"plan.txt": PLAN, "list.txt": LIST}[hit.document]
        assert text[hit.span.start : hit.span.end] == hit.span.quote


def test_no_more_than_asked_for(index: HybridIndex) -> None:
    assert len(index.search("治理", 2)) == 2
    assert len(index.search_sentences(["治理"], 3)[0]) == 3
    assert index.search("治理", 0) == []
    assert index.search_sentences(["治理"], 0) == [[]]


def test_the_scope_is_kept(index: HybridIndex) -> None:
    hits = index.search("污水管网", 10, ("list.txt",))
    assert {hit.document for hit in hits} <= {"list.txt"}
    assert index.search("污水管网", 1, ["plan.txt"])[0].document == "plan.txt"


@pytest.mark.parametrize("documents", [(), ("absent.txt",)])
def test_a_scope_that_matches_nothing_finds_nothing(
    index: HybridIndex, documents: tuple[str, ...]
) -> None:
    assert index.search("污水管网", 5, documents) == []
    assert index.search_sentences(["污水管网"], 5, documents) == [[]]


def test_a_question_without_words_finds_nothing(index: HybridIndex) -> None:
    assert index.search("？！", 5) == []


def test_a_store_without_documents_finds_nothing(store: Store) -> None:
    assert HybridIndex(store, ()).search("水", 5) == []


class Recording(StaticEmbedder):
    """The built-in model, remembering what it was given."""

    def __init__(self) -> None:
        super().__init__(BUILTIN_MODEL)
        self.given: list[str] = []

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        self.given += texts
        return super().embed_documents(texts)

    def embed_query(self, text: str) -> Vectors:
        self.given.append(text)
        return super().embed_query(text)


def test_no_model_sees_traditional_characters_or_full_width(tmp_path: Path) -> None:
    embedder = Recording()
    store = Store.open(Place(tmp_path / "home"), embedder, create=True)
    store.put(make_document("plan.txt", "全縣新建汙水管網１２公里。"))
    assert set(embedder.given) == {"全县新建污水管网12公里。"}
    hit = HybridIndex(store, store.load()).search("汙水管網有幾ＫＭ", 1)[0]
    assert embedder.given[-1] == "污水管网有几km"
    assert hit.passage.span.quote == "全縣新建汙水管網１２公里。"
    store.close()


def test_files_of_equal_content_are_both_found(store: Store) -> None:
    for path in ("a.txt", "b.txt"):
        store.put(make_document(path, LIST))
    index = HybridIndex(store, store.load())
    assert [hit.document for hit in index.search("秸秆还田", 2)] == ["a.txt", "b.txt"]
    assert {hit.document for hit in index.search("秸秆还田", 9, ("b.txt",))} == {"b.txt"}


def test_sentences_worded_alike_are_equally_near(store: Store) -> None:
    """However many there are: which of them are among the nearest would be chance."""
    rows = "".join(f"\n（{n}）清理河道{n}处。整改中。" for n in range(1, 71))
    store.put(make_document("rows.txt", f"一、河道{rows}\n"))
    index = HybridIndex(store, store.load())
    hits = index.search_sentences(["正在整改中的有哪些"], 300)[0]
    assert len({hit.dense for hit in hits if hit.span.quote == "整改中。"}) == 1


def test_vectors_alone_find_what_shares_no_word(store: Store) -> None:
    store.put(make_document("plan.txt", "水污染防治\n董事会选举\n"))
    index = HybridIndex(store, store.load(), dense_weight=1.0)
    assert index.search("江河排污", 1)[0].passage.span.quote == "水污染防治"


def test_the_langchain_retriever_gives_documents_with_their_place(index: HybridIndex) -> None:
    retriever = DubanRetriever(index=index, k=2, documents=("plan.txt",))
    found = retriever.invoke("新建多少公里污水管网？")
    assert len(found) == 2
    assert all(isinstance(document, Document) for document in found)
    best = found[0]
    assert best.metadata["document"] == "plan.txt"
    assert best.metadata["section"] == "一、水污染治理"
    assert PLAN[best.metadata["start"] : best.metadata["end"]] == best.page_content
    assert "（一）加快管网建设。" in best.page_content


def test_several_queries_are_answered_as_each_alone(index: HybridIndex) -> None:
    queries = ["秸秆还田", "污水管网", "治理"]
    together = index.search_sentences(queries, 5)
    assert together == [index.search_sentences([one], 5)[0] for one in queries]
