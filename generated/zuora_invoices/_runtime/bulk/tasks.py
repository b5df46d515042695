"""A bulk run that awaits: a task for each request that is under way; on asyncio and on trio."""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import TYPE_CHECKING, Any, TypeVar

from ..drivers import AsyncSender, drive_async
from .errors import JournalError
from .judging import Exchange
from .protocol import Give, Rest, Start, Take, Work
from .run import Run

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable
    from os import PathLike
    from types import TracebackType
    from typing import Self

    import anyio
    from anyio.abc import TaskGroup

    from .batches import Batch
    from .options import BulkOptions
    from .part import BulkPart
    from .protocol import Step
    from .writing import Caller

Given = TypeVar("Given")
Made = TypeVar("Made")


class AsyncBulkRun(Run[Given, Made]):
    """A run over many elements: an async context manager, and an async iterator over what became of each, in any order.

    Each element comes once, those that an earlier run has done among them. It is sent while the run is gone through;
    whoever leaves it early, cancelled too, waits for what is under way then, and sends no more. The elements are read,
    and the journal is written, in threads, one at a time.

    Raises:
        JournalError: the journal is in use, of another run, or damaged; or it cannot be written.
        ElementError: an element was done, or may be, with other data; or one has the reference of another.
        RunHaltedError: nothing gets through any more.
    """

    def __init__(
        self,
        caller: Caller,
        sender: AsyncSender,
        elements: Iterable[Any],
        journal: str | PathLike[str],
        options: BulkOptions,
    ) -> None:
        super().__init__(caller, elements, journal, options)
        self._sender = sender
        self._lock = threading.Lock()
        """Of the thread that works: a task that is cancelled leaves it to itself."""
        self._ended: deque[Exchange] = deque()
        self._running = 0
        self._tasks: TaskGroup | None = None
        self._news: anyio.Event | None = None

    async def __aenter__(self) -> Self:
        from anyio import CancelScope, create_task_group  # here, as a blocking caller needs no event loop

        self._tasks = create_task_group()
        await self._tasks.__aenter__()
        try:
            await self._in_thread(self._open)
        except BaseException:
            try:
                with CancelScope(shield=True):
                    await self._end()
            finally:
                await self._tasks.__aexit__(None, None, None)
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wait for what is under way, and close the journal."""
        from anyio import CancelScope

        self._flow = None
        try:
            with CancelScope(shield=True):
                try:
                    await self._finish()
                finally:
                    await self._end()
        except JournalError:
            if error is None:
                raise  # else it is what ended the run, or as good as that
        finally:
            self._how_to_go_on(error)
            if self._tasks is not None:
                await self._tasks.__aexit__(None, None, None)  # none is left

    async def _end(self) -> None:
        """Close the journal once no thread works any more."""
        try:
            await self._in_thread(self._close)
        except BaseException:  # cancelled once more, so nobody waits for that
            threading.Thread(target=self._alone, args=(self._close,), name="bulk end").start()
            raise

    async def _finish(self) -> None:
        if self._protocol is None:
            return
        flow = self._protocol.finish()
        step = next(flow, None)
        while step is not None:
            try:
                step = flow.send(await self._perform(step))
            except StopIteration:
                step = None

    def __aiter__(self) -> AsyncIterator[BulkPart[Given, Made]]:
        return self

    async def __anext__(self) -> BulkPart[Given, Made]:
        if self._flow is None:
            raise RuntimeError(
                "a run is gone through inside its `async with`, and no further once something was raised"
            )
        flow, self._flow = self._flow, None  # until it is known that nothing was raised
        value: object = None
        while True:
            try:
                step: Step = flow.send(value)
            except StopIteration:
                self._flow = flow
                raise StopAsyncIteration from None
            if isinstance(step, Give):
                self._flow = flow
                return step.part
            value = await self._perform(step)

    async def _perform(self, step: Step) -> object:
        if isinstance(step, Work):
            return await self._in_thread(step.function)
        if isinstance(step, Start) and self._tasks is not None:
            self._tasks.start_soon(self._send, step.batch)
        elif isinstance(step, Take):
            return await self._take(step.seconds)
        elif isinstance(step, Rest):
            return await self._take(None)
        return None

    async def _send(self, batch: Batch) -> None:
        from anyio import CancelScope

        self._running += 1  # here, as a task that is cancelled before it begins never comes back
        with CancelScope(shield=True):  # what is under way ends by itself, in the time that a call has
            try:
                exchange = Exchange(batch, await drive_async(self._call(batch), self._sender))
            except BaseException as error:  # noqa: BLE001 - it is told where the run is gone through
                exchange = Exchange(batch, error=error)
            self._ended.append(exchange)
            if self._news is not None:
                self._news.set()

    async def _take(self, seconds: float | None) -> list[Exchange]:
        """Calls that have ended; with no bound of time it waits for one as long as any are under way."""
        from anyio import Event, move_on_after

        until = None if seconds is None else time.monotonic() + seconds
        if not self._ended and (self._running or until is not None):
            self._news = Event()
            with move_on_after(None if until is None else max(0.0, until - time.monotonic())):
                await self._news.wait()
        found = list(self._ended)
        self._ended.clear()
        self._running -= len(found)
        self._look()
        return found

    async def _in_thread(self, function: Callable[[], Any]) -> Any:  # what comes back is what the function returns
        from anyio.to_thread import run_sync

        return await run_sync(self._alone, function)

    def _alone(self, function: Callable[[], Any]) -> Any:  # as above
        with self._lock:
            return function()
