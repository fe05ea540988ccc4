"""What the page makes from the documents, made anew when an ingest has changed them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from ingest.records import ParsedDocument

Made = TypeVar("Made")
Documents = tuple[ParsedDocument, ...]


class HasDocuments(Protocol):
    """Gives the same tuple until the documents change."""

    def documents(self) -> Documents: ...


class Following(Generic[Made]):
    """Call it for the thing that `make` gives for the documents of now."""

    def __init__(self, owner: HasDocuments, make: Callable[[Documents], Made]) -> None:
        self._owner = owner
        self._make = make
        self._lock = threading.Lock()
        documents = owner.documents()
        self._kept = (documents, make(documents))

    def __call__(self) -> Made:
        documents = self._owner.documents()
        with self._lock:
            if self._kept[0] is not documents:
                self._kept = (documents, self._make(documents))
            return self._kept[1]
