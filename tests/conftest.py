"""What every test starts from: no settings of the developer's, no home folder of theirs, no network."""

from __future__ import annotations

import ipaddress
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from assistant.app import Assistant

ROOT = Path(__file__).parents[1]
HOME_VARIABLES = ("HOME", "USERPROFILE", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")

_home = pytest.StashKey[Path]()


class NetworkForbiddenError(Exception):
    """A test tried to reach another machine."""


class NetworkGuard:
    """An audit hook, because it sees every connection of this process, whichever library opens it.

    It also remembers what it refused: a library may well swallow the error and try something else.
    Subprocesses are not covered; they inherit HF_HUB_OFFLINE.
    """

    # Position of the host or of the address in the arguments of each event.
    _EVENTS = {
        "socket.connect": 1,
        "socket.sendto": 1,
        "socket.sendmsg": 1,
        "socket.getaddrinfo": 0,
        "socket.gethostbyname": 0,
    }

    def __init__(self) -> None:
        self.active = True
        self.refused: list[str] = []

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        position = self._EVENTS.get(event)
        if position is None or not self.active or _stays_here(arguments[position]):
            return
        self.refused.append(f"{event} {arguments[position]!r}")
        raise NetworkForbiddenError(f"tests must not use the network: {self.refused[-1]}")


_guard = NetworkGuard()


def _stays_here(address: object) -> bool:
    """Whether an address or a host name means this machine; a path is a Unix socket."""
    if isinstance(address, tuple):
        return _is_loopback(address[0])
    return not isinstance(address, str) or address.startswith(("/", "\0")) or _is_loopback(address)


def _is_loopback(host: object) -> bool:
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "")
    if name in {"", "localhost"}:
        return True
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def pytest_configure(config: pytest.Config) -> None:
    """Prepare the process before any test module is imported: libraries read these variables once."""
    home = Path(tempfile.mkdtemp(prefix="duban-home-"))
    config.stash[_home] = home
    for name in [name for name in os.environ if name.startswith("DUBAN_")]:
        del os.environ[name]
    os.environ.update(dict.fromkeys(HOME_VARIABLES, str(home)))
    os.environ["HF_HUB_OFFLINE"] = "1"
    sys.addaudithook(_guard)


def pytest_unconfigure(config: pytest.Config) -> None:
    # An audit hook cannot be removed.
    _guard.active = False
    shutil.rmtree(config.stash[_home], ignore_errors=True)


@pytest.fixture(autouse=True)
def _own_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """State goes to a temporary folder, and no `.env` of the checkout is read."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DUBAN_HOME", str(tmp_path / "duban-home"))


@pytest.fixture(autouse=True)
def _no_network() -> Iterator[None]:
    _guard.refused.clear()
    yield
    assert not _guard.refused


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over the shipped documents."""
    # Imported here, so that a test of one function does not wait for Chroma.
    from assistant.app import open_assistant
    from assistant.commands.ingest import run_ingest
    from assistant.settings import Settings

    settings = Settings(documents=ROOT / "documents", home=tmp_path_factory.mktemp("corpus"))
    assert run_ingest(settings, as_json=False) == 0
    return open_assistant(settings)
