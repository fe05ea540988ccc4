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

_THIS_MACHINE = {"", "localhost"}
# Position of the address, or of the name to resolve, in the arguments of each audited event.
_CONTACTS = {"socket.connect": 1, "socket.sendto": 1, "socket.sendmsg": 1}
_LOOK_UPS = {"socket.getaddrinfo": 0, "socket.gethostbyname": 0}
_home = pytest.StashKey[Path]()


class NetworkForbiddenError(Exception):
    """A test tried to reach another machine."""


class NetworkGuard:
    """An audit hook, because it sees every connection of this process, whichever library opens it.

    It also remembers what it refused: a library may well swallow the error and try something else.
    Subprocesses are not covered; they inherit HF_HUB_OFFLINE.
    """

    def __init__(self) -> None:
        self.active = True
        self.refused: list[str] = []

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self.active:
            return
        if event in _CONTACTS:
            target = arguments[_CONTACTS[event]]
            allowed = _stays_here(target)
        elif event in _LOOK_UPS:
            target = arguments[_LOOK_UPS[event]]
            # A numeric address is read, not looked up.
            allowed = _name(target) in _THIS_MACHINE or _numeric(_name(target)) is not None
        else:
            return
        if not allowed:
            self.refused.append(f"{event} {target!r}")
            raise NetworkForbiddenError(f"tests must not use the network: {self.refused[-1]}")


_guard = NetworkGuard()


def _stays_here(address: object) -> bool:
    """Whether a socket's address is on this machine; one that is no tuple is a Unix socket's."""
    if not isinstance(address, tuple):
        return True
    name = _name(address[0])
    numeric = _numeric(name)
    return name in _THIS_MACHINE or (
        numeric is not None and (numeric.is_loopback or numeric.is_unspecified)
    )


def _name(host: object) -> str:
    return host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "")


def _numeric(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return None


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
def _no_network() -> Iterator[list[str]]:
    _guard.refused.clear()
    yield _guard.refused
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
