"""The one store: Chroma collections of documents, passages, sentences, whole items and ledger records.

Embedded by default, a server where an address is given; the same code for both. Chroma's types stay in
here, and its distances leave as similarities. Chroma is never given an embedding function: it would
download a model of its own. `generations.py` says which collections are read and which are written.
"""

from __future__ import annotations

import hashlib
import logging
import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

import numpy as np

from ingest.parse import PARSER_VERSION
from ingest.records import ParsedDocument
from vectorstore.embedding import Embedder, Vectors
from vectorstore.errors import StoreError
from vectorstore.folding import fold_query
from vectorstore.rows import Row, StoredRow, from_rows, to_rows

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateCollectionConfiguration
    from chromadb.api.models.Collection import Collection

logger = logging.getLogger(__name__)

# Part of the place that the store has. Raise it when the records, the cleaning of text or the cutting into
# passages change, so that what an older version stored is not mixed with what this one writes.
SCHEMA_VERSION = f"5.{PARSER_VERSION}"

PREFIX = "duban"
_DOCUMENTS, _PASSAGES, _SENTENCES = "documents", "passages", "sentences"
_ITEMS, _LEDGER = "items", "ledger"
_PARTS = (_PASSAGES, _SENTENCES, _ITEMS, _LEDGER)
KINDS = (_DOCUMENTS, *_PARTS)

# More neighbours looked at than Chroma's default: the collections are small and a missed sentence is
# a missed citation.
_EF_CONSTRUCTION = 200
_EF_SEARCH = 400


@dataclass(frozen=True, slots=True)
class Place:
    """Where collections lie: in a folder of their own, or at a Chroma server under names of their own."""

    folder: Path | None = None
    url: str = ""
    suffix: str = ""

    def __str__(self) -> str:
        return self.url or str(self.folder)

    def collection(self, kind: str) -> str:
        return f"{PREFIX}-{kind}{self.suffix}"


class Store:
    """What was ingested, with vectors of one embedding model. Make one with `Store.open`."""

    def __init__(
        self, client: Client, collections: dict[str, Collection], embedder: Embedder, place: Place
    ) -> None:
        self._client = client
        self._collections = collections
        self._place = str(place)
        self._seen: defaultdict[str, dict[str, Mapping[str, object]]] = defaultdict(dict)
        self.embedder = embedder

    @classmethod
    def open(cls, place: Place, embedder: Embedder, *, create: bool = False) -> Store:
        """The store at `place`; with `create`, collections that are not there are made.

        Raises:
            StoreError: the folder cannot be written, is damaged, or the server cannot be reached.
        """
        with translated("打开", str(place), opening=True):
            client = connect(place)
            try:
                collections = _open_collections(client, place, create)
            except BaseException:
                client.close()
                raise
        return cls(client, collections, embedder, place)

    def put(self, parsed: ParsedDocument) -> None:
        """Store a document, in place of what its path held before.

        New rows are written first, then the document's row is pointed at them, then the old ones go: a reader
        or a crash in between sees one whole revision.
        """
        rows = to_rows(parsed)
        with self._guarded("写入"):
            self._write(_PASSAGES, rows.passages)
            self._write(_SENTENCES, rows.sentences)
            self._write(_ITEMS, rows.items)
            self._write(_LEDGER, rows.ledger)
            self._write(_DOCUMENTS, [rows.document])
            for kind in _PARTS:
                self._collections[kind].delete(where=_others(parsed.source.path, rows.revision))

    def remove(self, path: str) -> None:
        """Forget a document; a path that is not stored is no error."""
        with self._guarded("写入"):
            # The document's own row first: without it the others are leftovers, never half a document.
            for kind in KINDS:
                self._collections[kind].delete(where={"document": path})

    def prune(self) -> None:
        """Delete rows that an interrupted `put` or `remove` left behind."""
        with self._guarded("写入"):
            current = {row.revision for row in self._read(_DOCUMENTS, payload=False)}
            # Chroma rejects an empty list; no revision is empty.
            leftovers: dict[str, Any] = {"revision": {"$nin": sorted(current) or [""]}}
            for kind in _PARTS:
                self._collections[kind].delete(where=leftovers)

    def manifest(self) -> dict[str, str]:
        """Path → SHA-256 of the file's bytes, of every stored document."""
        with self._guarded("读取"):
            rows = self._read(_DOCUMENTS, payload=False)
        return {str(r.metadata["document"]): str(r.metadata["sha256"]) for r in rows}

    def version(self) -> str:
        """A hash that changes whenever what is stored changes."""
        with self._guarded("读取"):
            rows = self._read(_DOCUMENTS, payload=False)
        lines = sorted(f"{row.metadata['document']}\0{row.revision}" for row in rows)
        lines.append(self._collections[_DOCUMENTS].name)
        return hashlib.sha256("\n".join(lines).encode("utf-8")).hexdigest()[:16]

    def get(self, path: str) -> ParsedDocument:
        """One stored document.

        Raises:
            StoreError: it is not stored, or cannot be read.
        """
        where: dict[str, Any] = {"document": path}
        with self._guarded("读取"):
            (row,) = self._read(_DOCUMENTS, where=where)
            where = {"revision": row.revision}
            return from_rows(
                row, self._read(_PASSAGES, where=where), self._read(_LEDGER, where=where)
            )

    def load(self) -> tuple[ParsedDocument, ...]:
        """Every stored document, by path.

        Raises:
            StoreError: rows are missing or cannot be read.
        """
        with self._guarded("读取"):
            passages = _by_revision(self._read(_PASSAGES))
            ledger = _by_revision(self._read(_LEDGER))
            documents = [
                from_rows(row, passages[row.revision], ledger[row.revision])
                for row in self._read(_DOCUMENTS)
            ]
        return tuple(sorted(documents, key=lambda parsed: parsed.source.path))

    def sentence_hits(
        self, vectors: Vectors, k: int, documents: Sequence[str] | None = None
    ) -> list[list[tuple[str, int, float]]]:
        """For each of `vectors` (n × dimension) the `k` nearest sentences, best first.

        A sentence is (passage id, number of the sentence, cosine similarity). `documents` limits the search to these
        paths; None means all, an empty sequence nothing. Several vectors cost hardly more than one.
        """
        return [
            [
                (str(metadata["passage"]), int(str(metadata["position"])), similarity)
                for metadata, similarity in nearest
            ]
            for nearest in self._nearest(_SENTENCES, vectors, k, documents)
        ]

    def item_hits(
        self, vectors: Vectors, k: int, documents: Sequence[str] | None = None
    ) -> list[list[tuple[str, float]]]:
        """The same of whole items, as (item id, cosine similarity)."""
        return [
            [(str(metadata["item"]), similarity) for metadata, similarity in nearest]
            for nearest in self._nearest(_ITEMS, vectors, k, documents)
        ]

    def _nearest(
        self, kind: str, vectors: Vectors, k: int, documents: Sequence[str] | None
    ) -> list[list[tuple[Mapping[str, object], float]]]:
        """Metadata and cosine similarity of the `k` nearest rows of each vector, best first."""
        if k <= 0 or (documents is not None and not documents):
            return [[] for _ in vectors]
        where: dict[str, Any] | None = None
        if documents is not None:
            where = {"document": {"$in": list(documents)}}
        with self._guarded("查询"):
            found = self._collections[kind].query(
                query_embeddings=np.asarray(vectors, np.float32),
                n_results=k,
                where=where,
                include=["distances"],
            )
            metadata = self._metadata(kind, [row for rows in found["ids"] for row in rows])
        # A row that went in between is in the answer of neither.
        return [
            [
                (metadata[row], 1.0 - float(distance))
                for row, distance in zip(rows, distances, strict=True)
                if row in metadata
            ]
            for rows, distances in zip(found["ids"], found["distances"] or [], strict=True)
        ]

    def _metadata(self, kind: str, ids: Sequence[str]) -> Mapping[str, Mapping[str, object]]:
        """The metadata of rows. Reading it costs as much as the search, and a row never changes under its id."""
        known = self._seen[kind]
        if missing := [row for row in dict.fromkeys(ids) if row not in known]:
            read = self._collections[kind].get(ids=missing, include=["metadatas"])
            known.update(zip(read["ids"], read["metadatas"] or [], strict=True))
        return known

    def check(self) -> None:
        """Look for one sentence and one item, which needs every part of the store.

        Raises:
            StoreError: something of it is missing or damaged.
        """
        for kind in (_SENTENCES, _ITEMS):
            with self._guarded("读取"):
                one = self._collections[kind].get(limit=1, include=["embeddings"])
            vectors = one["embeddings"]
            if vectors is not None and len(vectors):
                vector = np.asarray(vectors[0], np.float32)
                if not any(self._nearest(kind, vector[None], 1, None)):
                    raise StoreError(explanation("读取", self._place, ValueError("index is empty")))

    def close(self) -> None:
        """Release the files or the connection; the store cannot be used afterwards."""
        self._client.close()

    def _write(self, kind: str, rows: Sequence[Row]) -> None:
        for batch in self._batches(rows):
            metadatas: list[dict[str, Any]] = [{**row.metadata} for row in batch]
            self._collections[kind].upsert(
                ids=[row.id for row in batch],
                embeddings=self.embedder.embed_documents([fold_query(r.embedded) for r in batch]),
                metadatas=[*metadatas],
                documents=[row.payload for row in batch] if batch[0].payload else None,
            )

    def _read(
        self, kind: str, *, payload: bool = True, where: dict[str, Any] | None = None
    ) -> list[StoredRow]:
        found = self._collections[kind].get(
            where=where, include=["metadatas", "documents"] if payload else ["metadatas"]
        )
        metadatas = found["metadatas"] or []
        payloads = found["documents"] or [""] * len(metadatas)
        return [
            StoredRow(dict(metadata), text)
            for metadata, text in zip(metadatas, payloads, strict=True)
        ]

    def _batches(self, rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
        size = self._client.get_max_batch_size()
        for start in range(0, len(rows), size):
            yield rows[start : start + size]

    def _guarded(self, action: str) -> AbstractContextManager[None]:
        return translated(action, self._place)


def connect(place: Place) -> Client:
    """A client; chromadb declares an interface that lacks `close`, which all its clients have.

    Raises:
        StoreError: the address is none.
    """
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if place.folder is not None:
        place.folder.mkdir(parents=True, exist_ok=True)
        try:
            return cast("Client", chromadb.PersistentClient(place.folder, settings=settings))
        except BaseException:
            # chromadb 1.5.9 remembers a system that did not start, and gives it to whoever opens the folder next.
            SharedSystemClient._identifier_to_system.pop(str(place.folder), None)
            raise
    address = urlsplit(place.url)
    if address.scheme not in {"http", "https"} or not address.hostname:
        raise StoreError(
            f"Chroma 服务地址 {place.url!r} 有误。请把 DUBAN_CHROMA_URL 写成 http://主机:端口，"
            "或留空以使用本机存储。"
        )
    secure = address.scheme == "https"
    port = address.port or (443 if secure else 8000)
    client = chromadb.HttpClient(host=address.hostname, port=port, ssl=secure, settings=settings)
    return cast("Client", client)


def make_collection(client: Client, name: str) -> Collection:
    """The collection of this name, made where it is not there."""
    configuration: CreateCollectionConfiguration = {
        "hnsw": {"space": "cosine", "ef_construction": _EF_CONSTRUCTION, "ef_search": _EF_SEARCH}
    }
    return client.get_or_create_collection(
        name, configuration=configuration, embedding_function=None
    )


def _open_collections(client: Client, place: Place, create: bool) -> dict[str, Collection]:
    names = {kind: place.collection(kind) for kind in KINDS}
    if create:
        return {kind: make_collection(client, name) for kind, name in names.items()}
    return {
        kind: client.get_collection(name, embedding_function=None) for kind, name in names.items()
    }


@contextmanager
def translated(action: str, place: str, *, opening: bool = False) -> Iterator[None]:
    """Chroma's errors, and those of files, as ours."""
    import httpx
    from chromadb.errors import ChromaError

    # After a failed start chromadb's own cleaning up raises AttributeError or KeyError.
    causes = (ChromaError, ValueError, OSError, sqlite3.Error, httpx.HTTPError)
    also = (AttributeError, KeyError) if opening else ()
    try:
        yield
    except (*causes, *also) as exc:
        logger.debug("chroma failed", exc_info=exc)
        raise StoreError(explanation(action, place, exc)) from exc


_DISK_FULL = "磁盘已满或写入失败"
_MAKE_ROOM = "请清理磁盘或用 DUBAN_HOME 换一个位置，再运行 duban ingest，会接着做；原有数据没有改动"
# With less than this on a disk, Chroma's errors are taken to come from that; they do not say so.
_LITTLE_SPACE = 16 * 1024 * 1024
# What SQLite, Chroma and the system say, by what it means.
_CAUSES = (
    (
        ("no space left", "disk is full", "disk quota", "file too large", "disk i/o error"),
        _DISK_FULL,
        _MAKE_ROOM,
    ),
    (
        # Chroma's index hides why it could not write.
        ("error in compaction", "failed to apply logs"),
        _DISK_FULL,
        f"{_MAKE_ROOM}；若仍然失败，请运行 duban ingest --rebuild",
    ),
    (
        ("permission denied", "read-only", "readonly", "not permitted"),
        "没有写入权限",
        "请检查该文件夹的权限，或用 DUBAN_HOME 换一个可写的位置",
    ),
    (
        ("malformed", "not a database", "缺失", "已损坏", "rows of", "does not exist", "is empty"),
        "数据已损坏",
        "请运行 duban ingest --rebuild，从原文件重新入库",
    ),
)
_OTHERWISE = (
    "请检查该文件夹是否可写、磁盘是否已满；若已损坏，请运行 duban ingest --rebuild 重新入库"
)


def explanation(action: str, place: str, exc: Exception) -> str:
    """What went wrong with a store or its folder, and what to do."""
    # Of several files that could not be copied, the first one's reason is enough.
    said = str(exc.args[0][0][2]) if isinstance(exc, shutil.Error) else str(exc)
    reason = (said.strip().splitlines() or [type(exc).__name__])[0]
    if place.startswith(("http://", "https://")):
        advice = "请检查 DUBAN_CHROMA_URL 和 Chroma 服务是否在运行"
        return f"无法{action}存储 {place}：{reason}。{advice}。"
    for words, meaning, advice in _CAUSES:
        if any(word in reason.lower() for word in words):
            return f"无法{action}存储 {place}：{meaning}（{reason}）。{advice}。"
    if (free := free_space(Path(place))) < _LITTLE_SPACE:
        left = f"剩余 {free / 1024 / 1024:.1f} MB；{reason}"
        return f"无法{action}存储 {place}：{_DISK_FULL}（{left}）。{_MAKE_ROOM}。"
    return f"无法{action}存储 {place}：{reason}。{_OTHERWISE}。"


def free_space(folder: Path) -> float:
    """Bytes free on the disk of a folder, which may not be there yet; without bound where that cannot be told."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return float("inf")


def _others(path: str, revision: str) -> dict[str, Any]:
    return {"$and": [{"document": path}, {"revision": {"$ne": revision}}]}


def _by_revision(rows: Sequence[StoredRow]) -> defaultdict[str, list[StoredRow]]:
    grouped: defaultdict[str, list[StoredRow]] = defaultdict(list)
    for row in rows:
        grouped[row.revision].append(row)
    return grouped
