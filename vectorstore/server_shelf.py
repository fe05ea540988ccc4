"""Generations at a Chroma server: collections with a number, and one whose metadata names the number to read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from vectorstore.store import KINDS, PREFIX, Place, connect, make_collection

if TYPE_CHECKING:
    from chromadb.api.client import Client

_KEPT = 2
_ROWS_AT_ONCE = 500


class ServerShelf:
    """`duban-<kind>-<key>-<generation>`, and `duban-current-<key>` for the mark."""

    def __init__(self, url: str, key: str) -> None:
        self._url = url
        self._key = key
        self._mark = f"{PREFIX}-current-{key}"

    @property
    def name(self) -> str:
        return self._url

    def current(self) -> int:
        with self._client() as client:
            return self._current(client)

    def is_foreign(self) -> bool:
        with self._client() as client:
            return any(name.startswith(f"{PREFIX}-") for name in _names(client))

    def place(self, generation: int) -> Place:
        return Place(url=self._url, suffix=f"-{self._key}-{generation}")

    def check(self, generation: int) -> None:
        """A server looks after its files itself."""

    def unfinished(self, base: int) -> int:
        """Never any: whether a copy over the network was complete cannot be told."""
        return 0

    def begin(self, base: int) -> int:
        with self._client() as client:
            current = self._current(client)
            for generation in self._numbers(client):
                if generation > current:
                    self._drop(client, generation)
            for kind in KINDS if base else ():
                self._copy(client, kind, base, current + 1)
        return current + 1

    def publish(self, generation: int) -> None:
        with self._client() as client:
            mark = client.get_or_create_collection(self._mark, embedding_function=None)
            mark.modify(metadata={"generation": generation})
            for old in sorted(self._numbers(client))[:-_KEPT]:
                self._drop(client, old)

    def _current(self, client: Client) -> int:
        if self._mark not in _names(client):
            return 0
        mark = client.get_collection(self._mark, embedding_function=None)
        return int(str((mark.metadata or {}).get("generation", 0)))

    def _copy(self, client: Client, kind: str, old: int, new: int) -> None:
        source = client.get_collection(self.place(old).collection(kind), embedding_function=None)
        target = make_collection(client, self.place(new).collection(kind))
        for offset in range(0, source.count(), _ROWS_AT_ONCE):
            rows = source.get(
                limit=_ROWS_AT_ONCE,
                offset=offset,
                include=["embeddings", "metadatas", "documents"],
            )
            embeddings, documents = rows["embeddings"], rows["documents"] or []
            target.add(
                ids=rows["ids"],
                embeddings=embeddings,
                metadatas=rows["metadatas"],
                documents=documents if any(documents) else None,
            )

    def _numbers(self, client: Client) -> set[int]:
        parts = [name.rsplit("-", 2) for name in _names(client)]
        return {int(one[2]) for one in parts if one[1:2] == [self._key] and one[2].isdecimal()}

    def _drop(self, client: Client, generation: int) -> None:
        present = _names(client)
        for kind in KINDS:
            if (name := self.place(generation).collection(kind)) in present:
                client.delete_collection(name)

    @contextmanager
    def _client(self) -> Iterator[Client]:
        client = connect(Place(url=self._url))
        try:
            yield client
        finally:
            client.close()


def _names(client: Client) -> set[str]:
    return {one.name for one in client.list_collections()}
