"""A bulk run that blocks: a thread for each request that is under way."""

from __future__ import annotations

import threading
import time
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Final, TypeVar

from ..drivers import Sender, drive
from .errors import JournalError
from .judging import Exchange
from .protocol import Give, Rest, Start, Take, Work
from .run import Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from os import PathLike
    from types import TracebackType
    from typing import Self

    from .batches import Batch
    from .options import BulkOptions
    from .part import BulkPart
    from .protocol import Step
    from .writing import Caller

_LONGEST: Final = 1.0  # seconds that it waits at once, so that Ctrl-C gets through on every system

Given = TypeVar("Given")
Made = TypeVar("Made")


class BulkRun(Run[Given, Made]):
    """A run over many elements: a context manager, and an iterator over what became of each, in any order.

    Each element comes once, those that an earlier run has done among them. It is sent while the run is gone through;
    whoever leaves it early, by Ctrl-C too, waits for what is under way then, and sends no more.

    Raises:
        JournalError: the journal is in use, of another run, or damaged; or it cannot be written.
        ElementError: an element was done, or may be, with other data; or one has the reference of another.
        RunHaltedError: nothing gets through any more.
    """

    def __init__(
        self,
        caller: Caller,
        sender: Sender,
        elements: Iterable[Any],
        journal: str | PathLike[str],
        options: BulkOptions,
    ) -> None:
        super().__init__(caller, elements, journal, options)
        self._sender = sender
        self._ended: SimpleQueue[Exchange] = SimpleQueue()
        self._threads: dict[str, threading.Thread] = {}
        """Those whose outcomes are not known yet, by keys of requests."""

    def __enter__(self) -> Self:
        self._open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wait for what is under way, and close the journal."""
        self._flow = None
        try:
            if self._protocol is not None:
                flow = self._protocol.finish()
                step = next(flow, None)
                while step is not None:
                    try:
                        step = flow.send(self._perform(step))
                    except StopIteration:
                        step = None
        except JournalError:
            if error is None:
                raise  # else it is what ended the run, or as good as that
        finally:
            self._close()
            self._how_to_go_on(error)

    def __iter__(self) -> Iterator[BulkPart[Given, Made]]:
        return self

    def __next__(self) -> BulkPart[Given, Made]:
        if self._flow is None:
            raise RuntimeError("a run is gone through inside its `with`, and no further once something was raised")
        flow, self._flow = self._flow, None  # until it is known that nothing was raised
        value: object = None
        while True:
            try:
                step: Step = flow.send(value)
            except StopIteration:
                self._flow = flow
                raise
            if isinstance(step, Give):
                self._flow = flow
                return step.part
            value = self._perform(step)

    def _perform(self, step: Step) -> object:
        if isinstance(step, Work):
            return step.function()
        if isinstance(step, Start):
            self._start(step.batch)
        elif isinstance(step, Take):
            return self._take(step.seconds)
        elif isinstance(step, Rest):
            return self._take(None)
        return None

    def _start(self, batch: Batch) -> None:
        thread = threading.Thread(target=self._send, args=(batch,), name=f"bulk {batch.key}", daemon=True)
        self._threads[batch.key] = thread
        thread.start()

    def _send(self, batch: Batch) -> None:
        try:
            exchange = Exchange(batch, drive(self._call(batch), self._sender))
        except BaseException as error:  # noqa: BLE001 - it is told where the run is gone through
            exchange = Exchange(batch, error=error)
        self._ended.put(exchange)

    def _take(self, seconds: float | None) -> list[Exchange]:
        """Calls that have ended; with no bound of time it waits for one as long as any are under way."""
        found: list[Exchange] = []
        until = None if seconds is None else time.monotonic() + seconds
        while self._threads or not self._ended.empty():
            left = _LONGEST if until is None else until - time.monotonic()
            waits = left > 0 and not found
            try:
                one = self._ended.get(timeout=min(left, _LONGEST)) if waits else self._ended.get_nowait()
                found.append(one)
                self._threads.pop(one.batch.key, None)
            except Empty:
                if found or (until is not None and left <= 0):
                    break
                # Of one that never began, or whose outcome was taken as Ctrl-C came, nothing comes any more.
                self._threads = {key: thread for key, thread in self._threads.items() if thread.is_alive()}
        if until is not None and not found and (left := until - time.monotonic()) > 0:
            time.sleep(left)
        self._look()
        return found
