"""The built-in model and a store with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from vectorstore.embedding import Embedder, load_embedder
from vectorstore.generations import Generations
from vectorstore.store import Place, Store


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    return load_embedder("")


@pytest.fixture
def store(tmp_path: Path, embedder: Embedder) -> Iterator[Store]:
    opened = Store.open(Place(tmp_path / "store"), embedder, create=True)
    yield opened
    opened.close()


@pytest.fixture
def generations(tmp_path: Path, embedder: Embedder) -> Generations:
    return Generations(tmp_path / "home", embedder)
