"""How far the reading of one file is, told page by page to whoever wants to know."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar

_listener: ContextVar[Callable[[int, int], None] | None] = ContextVar("page_listener", default=None)


def listen(listener: Callable[[int, int], None]) -> None:
    """Call `listener(done, total)` for every page that is read from now on."""
    _listener.set(listener)


def page_done(done: int, total: int) -> None:
    """Tell that `done` of `total` pages are read."""
    if listener := _listener.get():
        listener(done, total)
