"""Which session's reply may still be shown."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class Replies:
    """The replies under way, one for each session of a browser.

    Gradio cancels a reply by a request of its own, which a busy machine may serve long after the one that stopped the
    answer: what the reply shows in between would take the place of what the user did. A reply asks here instead.
    """

    def __init__(self) -> None:
        self._under_way: dict[str | None, Reply] = {}

    @contextmanager
    def begun(self, session: str | None) -> Iterator[Reply]:
        """A reply in a session, until it ends; an earlier one of the same session is cut short."""
        self.cut_short(session)
        reply = self._under_way[session] = Reply()
        try:
            yield reply
        finally:
            if self._under_way.get(session) is reply:
                del self._under_way[session]

    def cut_short(self, session: str | None) -> None:
        """Let nothing more be shown of the reply under way, if there is one."""
        if reply := self._under_way.pop(session, None):
            reply.wanted = False

    def under_way(self, session: str | None) -> bool:
        return session in self._under_way


class Reply:
    """One reply; `wanted` until the user cuts it short or goes elsewhere."""

    wanted = True
