"""The ground the other tests stand on."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from assistant.app import Assistant
from assistant.settings import load_settings


def test_the_network_is_out_of_reach(request: pytest.FixtureRequest) -> None:
    with pytest.raises(Exception, match="must not use the network"):
        socket.create_connection(("example.org", 80), timeout=1)
    with socket.socket() as client, pytest.raises(Exception, match="must not use the network"):
        client.connect(("192.0.2.1", 80))
    refused = request.getfixturevalue("_no_network")
    assert len(refused) == 2
    refused.clear()


def test_this_machine_is_within_reach() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        socket.create_connection(("localhost", server.getsockname()[1]), timeout=5).close()


def test_settings_are_the_defaults_but_for_the_home(tmp_path: Path) -> None:
    assert [name for name in os.environ if name.startswith("DUBAN_")] == ["DUBAN_HOME"]
    assert load_settings().state_folder.is_relative_to(tmp_path)


def test_the_home_folder_is_not_the_developers() -> None:
    assert Path.home().name.startswith("duban-home-")


def test_the_corpus_holds_every_shipped_document(corpus: Assistant) -> None:
    shipped = {file.name for file in (Path(__file__).parents[1] / "documents").glob("*.txt")}
    assert {source.path for source in corpus.sources()} == shipped
