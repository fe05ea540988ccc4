"""What is put into the store comes out of it, and nothing else."""

from __future__ import annotations

import gc
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import numpy as np
import pytest
from numpy.typing import NDArray
from parsed_documents import LIST, PLAN, OtherEmbedder, make_document, make_rich_document

from ingest.passages import whole_items
from ingest.records import ParsedDocument
from vectorstore.embedding import Embedder, StaticEmbedder
from vectorstore.errors import StoreError, StoreMismatchError
from vectorstore.generations import Generations
from vectorstore.memory import MemoryVectors
from vectorstore.rows import to_rows
from vectorstore.store import Place, Store


def rows_of(store: Store, path: str) -> dict[str, list[str]]:
    return {
        kind: sorted(collection.get(where={"document": path})["ids"])
        for kind, collection in store._collections.items()
    }


def test_an_empty_store_holds_nothing(store: Store) -> None:
    assert store.load() == ()
    assert store.manifest() == {}
    assert store.sentence_hits(store.embedder.embed_query("水")[None], 5, None) == [[]]


def test_documents_come_back_exactly(store: Store) -> None:
    rich, plain = make_rich_document("乙/plan.txt"), make_document("list.txt", LIST)
    store.put(rich)
    store.put(plain)
    assert store.load() == (plain, rich)


def test_documents_survive_closing(tmp_path: Path, embedder: Embedder) -> None:
    first = Store.open(Place(tmp_path), embedder, create=True)
    first.put(make_rich_document())
    version = first.version()
    first.close()
    second = Store.open(Place(tmp_path), embedder)
    assert second.load() == (make_rich_document(),)
    assert second.version() == version
    second.close()


def test_the_manifest_names_each_file_with_its_hash(store: Store) -> None:
    parsed = make_document("list.txt", LIST)
    store.put(parsed)
    assert store.manifest() == {"list.txt": parsed.source.sha256}


def test_putting_twice_changes_nothing(store: Store) -> None:
    store.put(make_rich_document())
    before, version = rows_of(store, "plan.txt"), store.version()
    store.put(make_rich_document())
    assert rows_of(store, "plan.txt") == before
    assert store.version() == version


def test_a_new_text_replaces_every_row_of_the_old_one(store: Store) -> None:
    store.put(make_rich_document())
    version = store.version()
    shorter = make_document("plan.txt", LIST)
    store.put(shorter)
    assert store.load() == (shorter,)
    assert store.version() != version
    rows = to_rows(shorter)
    assert rows_of(store, "plan.txt") == {
        "documents": [rows.document.id],
        "passages": sorted(row.id for row in rows.passages),
        "sentences": sorted(row.id for row in rows.sentences),
        "items": sorted(row.id for row in rows.items),
        "ledger": [],
    }


def test_a_new_reading_of_the_same_file_replaces_the_old_one(store: Store) -> None:
    store.put(make_document("plan.txt", PLAN))
    store.put(make_rich_document("plan.txt"))
    assert store.load() == (make_rich_document("plan.txt"),)


def test_files_of_equal_content_do_not_overwrite_each_other(store: Store) -> None:
    both = make_document("a.txt", LIST), make_document("b.txt", LIST)
    for parsed in both:
        store.put(parsed)
    store.remove("a.txt")
    assert store.load() == (both[1],)


def test_removing_leaves_no_rows(store: Store) -> None:
    store.put(make_rich_document())
    store.put(make_document("list.txt", LIST))
    version = store.version()
    store.remove("plan.txt")
    assert list(store.manifest()) == ["list.txt"]
    assert not any(rows_of(store, "plan.txt").values())
    assert store.version() != version
    store.remove("never-stored.txt")


def test_rows_of_an_interrupted_write_are_not_read_and_are_pruned(store: Store) -> None:
    old = make_document("plan.txt", LIST)
    store.put(old)
    store._write("passages", to_rows(make_rich_document("plan.txt")).passages)
    store._write("ledger", to_rows(make_rich_document("other.txt")).ledger)
    assert store.load() == (old,)
    before = len(rows_of(store, "plan.txt")["passages"])
    store.prune()
    assert store.load() == (old,)
    assert len(rows_of(store, "plan.txt")["passages"]) < before
    assert not any(rows_of(store, "other.txt").values())


def test_missing_rows_are_an_error_and_not_a_shorter_document(store: Store) -> None:
    store.put(make_rich_document())
    store._collections["passages"].delete(ids=rows_of(store, "plan.txt")["passages"][:1])
    with pytest.raises(StoreError, match="duban ingest"):
        store.load()


def test_more_rows_than_chroma_takes_at_once(store: Store) -> None:
    rows = to_rows(make_document("long.txt", PLAN)).sentences
    size = store._client.get_max_batch_size()
    many = [replace(rows[0], id=f"r{i}") for i in range(size + 1)]
    store._write("sentences", many)
    assert store._collections["sentences"].count() == size + 1


def test_ledger_rows_can_be_filtered(store: Store) -> None:
    store.put(make_rich_document())
    ledger = store._collections["ledger"]
    led = ledger.get(where={"lead_units": {"$contains": "水务处"}})["metadatas"] or []
    assert [row["kind"] for row in led] == ["task"]
    due = ledger.get(where={"latest": {"$lte": 20241231}})["metadatas"] or []
    assert sorted(str(row["kind"]) for row in due) == ["deadline", "task"]


def sentence_vectors(
    store: Store, parsed: ParsedDocument
) -> tuple[list[tuple[str, int]], NDArray[np.float32]]:
    keys = [(p.id, i) for p in parsed.passages for i, _ in enumerate(p.sentences)]
    quotes = [s.quote for p in parsed.passages for s in p.sentences]
    return keys, store.embedder.embed_documents(quotes)


def test_sentence_hits_are_those_of_brute_force(store: Store) -> None:
    parsed = make_document("plan.txt", PLAN)
    store.put(parsed)
    vector = store.embedder.embed_query("河道黑臭怎么治")
    keys, vectors = sentence_vectors(store, parsed)
    similarities = vectors @ vector
    order = np.argsort(-similarities)[:4]
    hits = store.sentence_hits(vector[None], 4, None)[0]
    assert [(passage, i) for passage, i, _ in hits] == [keys[i] for i in order]
    np.testing.assert_allclose([s for *_, s in hits], similarities[order], atol=1e-4)


def test_several_vectors_are_answered_as_each_alone(store: Store) -> None:
    store.put(make_document("plan.txt", PLAN))
    questions = ["河道黑臭怎么治", "河道怎么清淤", "谁负责"]
    vectors = np.stack([store.embedder.embed_query(one) for one in questions])
    alone = [store.sentence_hits(one[None], 4)[0] for one in vectors]
    assert store.sentence_hits(vectors, 4) == alone


def test_sentence_hits_keep_to_the_scope(store: Store) -> None:
    plan, tasks = make_document("plan.txt", PLAN), make_document("list.txt", LIST)
    store.put(plan)
    store.put(tasks)
    vector = store.embedder.embed_query("水污染治理")
    inside = {passage.id for passage in tasks.passages}
    assert {hit[0] for hit in store.sentence_hits(vector[None], 100, ("list.txt",))[0]} == inside
    items = {item.id for item in whole_items(tasks)}
    assert {hit[0] for hit in store.item_hits(vector[None], 100, ("list.txt",))[0]} == items


def test_item_hits_are_those_of_memory(store: Store) -> None:
    parsed = make_document("plan.txt", PLAN)
    store.put(parsed)
    vector = store.embedder.embed_query("河道黑臭怎么治")
    expected = MemoryVectors(store.embedder, [parsed]).item_hits(vector[None], 4)[0]
    hits = store.item_hits(vector[None], 4)[0]
    assert [item for item, _ in hits] == [item for item, _ in expected]
    np.testing.assert_allclose([s for _, s in hits], [s for _, s in expected], atol=1e-4)


@pytest.mark.parametrize("documents", [(), ("absent.txt",)])
def test_a_scope_that_matches_nothing_finds_nothing(
    store: Store, documents: tuple[str, ...]
) -> None:
    store.put(make_document("plan.txt", PLAN))
    assert store.sentence_hits(store.embedder.embed_query("水")[None], 5, documents) == [[]]
    assert store.item_hits(store.embedder.embed_query("水")[None], 5, documents) == [[]]


def test_a_home_that_cannot_be_a_folder_says_what_to_do(tmp_path: Path, embedder: Embedder) -> None:
    file = tmp_path / "file"
    file.write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match="无法打开存储"):
        Store.open(Place(file), embedder, create=True)


def test_a_damaged_store_says_what_to_do(tmp_path: Path, embedder: Embedder) -> None:
    (tmp_path / "chroma.sqlite3").write_bytes(b"not a database" * 1000)
    for _ in range(2):
        with pytest.raises(StoreError, match="duban ingest --rebuild"):
            Store.open(Place(tmp_path), embedder)


@pytest.mark.parametrize("url", ["localhost:8000", "ftp://x", "http://", "http://h:port"])
def test_a_bad_server_address_is_explained(tmp_path: Path, embedder: Embedder, url: str) -> None:
    with pytest.raises(StoreError, match="DUBAN_CHROMA_URL"):
        Store.open(Place(url=url), embedder)


def test_nothing_but_the_embedded_store_is_talked_to(tmp_path: Path) -> None:
    code = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
connections = []
def hook(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        connections.append((event, args[1:]))
sys.addaudithook(hook)
from pathlib import Path
from parsed_documents import make_rich_document
from vectorstore.embedding import load_embedder
from vectorstore.retriever import HybridIndex
from vectorstore.store import Place, Store
store = Store.open(Place(Path({str(tmp_path)!r})), load_embedder(), create=True)
store.put(make_rich_document())
assert HybridIndex(store, store.load()).search("污水管网")
store.close()
print(connections)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """A Chroma server on a free port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = Path(sys.executable).with_name("chroma")
    command = [
        program,
        "run",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--path",
        tmp_path / "served",
    ]
    quiet = {**os.environ, "ANONYMIZED_TELEMETRY": "False"}
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=quiet
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/api/v2/heartbeat")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_for(url: str) -> None:
    for _ in range(300):
        try:
            httpx.get(url)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"no Chroma server at {url}")


# chromadb 1.5.9 never closes its HTTP session, which shows when the client is collected.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.slow
def test_a_server_is_used_like_the_embedded_store(
    tmp_path: Path, embedder: Embedder, server: str
) -> None:
    assert isinstance(embedder, StaticEmbedder)
    generations = Generations(tmp_path / "home", embedder, server)
    for parsed in (make_document("list.txt", LIST), make_rich_document()):
        with generations.draft() as draft:
            draft.put(parsed)
    with generations.draft() as draft:
        assert len(draft.known) == 2
        draft.remove("list.txt")
    opened = generations.open()
    assert opened is not None
    generation, store = opened
    assert generation == 3
    assert store.load() == (make_rich_document(),)
    hits = store.sentence_hits(embedder.embed_query("管网")[None], 2, ("plan.txt",))[0]
    assert len(hits) == 2
    assert not (tmp_path / "home").exists()
    names = {one.name.rsplit("-", 1)[1] for one in store._client.list_collections()}
    assert names - {"2", "3"} == {generations._shelf._mark.rsplit("-", 1)[1]}
    store.close()
    other = Generations(tmp_path / "home", OtherEmbedder(), server)
    with pytest.raises(StoreMismatchError):
        other.open()
    del store, opened
    gc.collect()
