"""Embedding models behind one small interface: the built-in one, a folder, a hub id or an endpoint."""

from vectorstore.embedding.embedder import Embedder, Vectors
from vectorstore.embedding.endpoint import Endpoint, EndpointEmbedder
from vectorstore.embedding.load import BUILTIN_MODEL, load_embedder
from vectorstore.embedding.static import StaticEmbedder
from vectorstore.embedding.transformer import SentenceTransformerEmbedder

__all__ = [
    "BUILTIN_MODEL",
    "Embedder",
    "Endpoint",
    "EndpointEmbedder",
    "SentenceTransformerEmbedder",
    "StaticEmbedder",
    "Vectors",
    "load_embedder",
]
