"""A scripted service and an assistant whose model is there, shared by the tests of a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from chat_server import ChatServer, running
from scripts import honest
from task_list import opened

from assistant.app import Assistant


@pytest.fixture(scope="module")
def service() -> Iterator[ChatServer]:
    with running(honest) as server:
        yield server


@pytest.fixture
def server(service: ChatServer) -> ChatServer:
    service.forget(honest)
    return service


@pytest.fixture(scope="module")
def _assistant(service: ChatServer) -> Iterator[Assistant]:
    with opened(service) as assistant:
        yield assistant


@pytest.fixture
def assistant(_assistant: Assistant, server: ChatServer) -> Assistant:
    """Its model is at `server`, which has forgotten the tests before."""
    return _assistant
