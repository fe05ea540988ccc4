"""An event loop in a thread of its own, read from ordinary code.

Asynchronous requests can be cut off at any moment, also while nothing comes; a blocking read cannot. So the
model is asked here, and whoever reads may stop reading.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable, Coroutine, Iterator
from typing import Any, Generic, TypeVar

T = TypeVar("T")

# How long the end of a cancelled request is waited for, so that its connection is closed on return.
_FAREWELL_S = 2.0


class Silence:
    """Nothing came for a while. Handing it on lets the reader stop a request that is still silent."""


SILENCE = Silence()


class BackgroundLoop:
    """Runs coroutines in one daemon thread, which starts with the first of them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._last: list[Callable[[], Coroutine[Any, Any, object]]] = []

    def iterate(
        self, produce: Callable[[Callable[[T], None]], Coroutine[Any, Any, None]], pulse_s: float
    ) -> Iterator[T | Silence]:
        """What `produce` hands to the function it is given, as it comes; `SILENCE` after each `pulse_s` of nothing.

        Closing the iterator cancels `produce` and waits for its end.
        """
        feed: queue.SimpleQueue[_Item[T] | _End] = queue.SimpleQueue()
        ended = threading.Event()

        async def run() -> None:
            failure: BaseException | None = None
            try:
                await produce(lambda item: feed.put(_Item(item)))
            except BaseException as exc:
                failure = exc
                if isinstance(exc, asyncio.CancelledError):
                    raise
            finally:
                feed.put(_End(failure))
                ended.set()

        task = asyncio.run_coroutine_threadsafe(run(), self._running())
        try:
            yield from _received(feed, pulse_s)
        finally:
            if not ended.is_set():
                task.cancel()
                ended.wait(_FAREWELL_S)

    def at_close(self, work: Callable[[], Coroutine[Any, Any, object]]) -> None:
        """Have something done in the loop before it ends."""
        self._last.append(work)

    def close(self) -> None:
        """End the thread. A loop that never started has nothing to end."""
        with self._lock:
            loop, thread, self._loop, self._thread = self._loop, self._thread, None, None
        if loop is not None and thread is not None:
            asyncio.run_coroutine_threadsafe(self._farewell(), loop).result()
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            loop.close()

    async def _farewell(self) -> None:
        own = asyncio.current_task()
        others = [task for task in asyncio.all_tasks() if task is not own]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        for work in self._last:
            await work()
        await asyncio.get_running_loop().shutdown_asyncgens()
        # A connection is closed one turn of the loop after it was told to.
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(
                    target=self._loop.run_forever, name="duban-chat", daemon=True
                )
                self._thread.start()
            return self._loop


class _Item(Generic[T]):
    __slots__ = ("value",)

    def __init__(self, value: T) -> None:
        self.value = value


class _End:
    __slots__ = ("failure",)

    def __init__(self, failure: BaseException | None) -> None:
        self.failure = failure


def _received(feed: queue.SimpleQueue[_Item[T] | _End], pulse_s: float) -> Iterator[T | Silence]:
    while True:
        try:
            item = feed.get(timeout=pulse_s)
        except queue.Empty:
            yield SILENCE
            continue
        if isinstance(item, _Item):
            yield item.value
            continue
        if item.failure is not None:
            raise item.failure
        return
