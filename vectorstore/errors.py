"""Errors of the store.

StoreError
├── StoreMismatchError  the store was built with another model or version
├── EmbeddingError      the embedding model cannot be loaded or used
└── RerankerError       the reranker cannot be loaded or used
"""


class StoreError(Exception):
    """The store cannot be read or written; the message says what to do."""


class StoreMismatchError(StoreError):
    """The store on disk was built by another embedding model or chunking version."""


class EmbeddingError(StoreError):
    """The embedding model cannot be loaded or used."""


class RerankerError(StoreError):
    """The reranker cannot be loaded or used."""
