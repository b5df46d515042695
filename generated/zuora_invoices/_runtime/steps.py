"""What a flow may ask for, and the two drivers that do it: a flow is a generator, and decides; a driver acts.

So every decision is written once, for sync and async alike.
"""

from __future__ import annotations

import inspect
import os
import threading
import time
from collections.abc import Awaitable, Callable, Generator
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias, TypeVar

from msgspec import Struct

from .secret import Secret

if TYPE_CHECKING:
    import anyio

    from .request import Request
    from .response import Reply

Result = TypeVar("Result")


class Send(Struct, frozen=True):
    """Send a request and come back with the `Reply`; a `TransportError` is thrown in if none comes.

    `until` is the moment (of `time.monotonic`) at which the whole call ends; `timeout` is in seconds, for a connection
    and between two pieces of an answer; `limit` is in bytes.
    """

    request: Request
    timeout: float
    until: float
    limit: int


class Wait(Struct, frozen=True):
    """Wait so many seconds."""

    seconds: float


class Ask(Struct, frozen=True):
    """Call a function of the caller's, await what it returns if it is to be awaited, and come back with its text.

    What is no text comes back as `None`, as nobody may see it. No longer than to the moment `until` is awaited.
    """

    function: Callable[[], object]
    until: float


class Alone(Struct, frozen=True):
    """Run a flow while no other runs under the same gate, and come back with its result.

    A `TransportError` is thrown in if the gate is still closed at the moment `until`.
    """

    gate: Gate
    flow: Callable[[], Flow[object]]
    until: float


Step: TypeAlias = Send | Wait | Ask | Alone
Flow: TypeAlias = "Generator[Step, Any, Result]"
# `Any`: what comes back depends on the step, which the type of a generator cannot say.


class TransportError(Exception):
    """No reply came; `sent` is false only where the request certainly never left, `timeout` where time ran out.

    It is `final` where no other attempt can fare better, as with a client that was closed.
    """

    def __init__(self, message: str, *, sent: bool, timeout: bool = False, final: bool = False) -> None:
        super().__init__(message)
        self.final = final
        self.sent = sent
        self.timeout = timeout

    def __repr__(self) -> str:
        return "TransportError(***)"  # what a library says of a request or an answer may hold a secret


class Gate:
    """Lets one through at a time, over all threads or tasks of a process; opens anew in a process made by fork."""

    def __init__(self) -> None:
        # By process: whoever held a lock of the parent is not here to release it. `setdefault` is atomic.
        self._threads: dict[int, threading.Lock] = {}
        self._tasks: dict[int, anyio.Lock] = {}

    @property
    def threads(self) -> threading.Lock:
        """For those who block."""
        return self._threads.setdefault(os.getpid(), threading.Lock())

    @property
    def tasks(self) -> anyio.Lock:
        """For those who await."""
        import anyio  # here, as a blocking caller needs no event loop

        return self._tasks.setdefault(os.getpid(), anyio.Lock())


class Sends(Protocol):
    """What sends and blocks."""

    def send(self, step: Send) -> Reply:
        """The reply to a request."""
        ...


class AsyncSends(Protocol):
    """What sends and is awaited."""

    async def send(self, step: Send) -> Reply:
        """The reply to a request."""
        ...


_BUSY: Final = "the token was not renewed in time"


def drive(flow: Flow[Result], transport: Sends) -> Result:
    """Run a flow to its end, blocking."""
    come: object = None
    thrown: Exception | None = None
    try:
        while True:
            step = flow.send(come) if thrown is None else flow.throw(thrown)
            come = thrown = None
            try:
                come = _done(step, transport)
            except Exception as error:  # noqa: BLE001 - the flow decides what becomes of it
                thrown = error
    except StopIteration as end:
        result: Result = end.value
        return result
    finally:
        flow.close()


async def drive_async(flow: Flow[Result], transport: AsyncSends) -> Result:
    """Run a flow to its end, awaiting; on asyncio and on trio."""
    come: object = None
    thrown: Exception | None = None
    try:
        while True:
            step = flow.send(come) if thrown is None else flow.throw(thrown)
            come = thrown = None
            try:
                come = await _done_async(step, transport)
            except Exception as error:  # noqa: BLE001 - the flow decides what becomes of it
                thrown = error
    except StopIteration as end:
        result: Result = end.value
        return result
    finally:
        flow.close()


def _done(step: Step, transport: Sends) -> object:
    if isinstance(step, Send):
        return transport.send(step)
    if isinstance(step, Wait):
        time.sleep(step.seconds)
        return None
    if isinstance(step, Ask):
        come = step.function()
        if inspect.iscoroutine(come):
            come.close()
        if inspect.isawaitable(come):
            raise TypeError("a client that blocks cannot await")
        return _hidden(come)
    left = max(0.0, step.until - time.monotonic())
    gate = step.gate.threads
    if not gate.acquire(timeout=min(left, threading.TIMEOUT_MAX)):
        raise TransportError(_BUSY, sent=False, timeout=True)
    try:
        return drive(step.flow(), transport)
    finally:
        gate.release()


def _hidden(text: object) -> Secret | None:
    return Secret(text) if isinstance(text, str) else None


async def _done_async(step: Step, transport: AsyncSends) -> object:
    if isinstance(step, Send):
        return await transport.send(step)
    # Imported here, as a blocking caller needs no event loop.
    from anyio import fail_after, move_on_after, sleep

    if isinstance(step, Wait):
        await sleep(step.seconds)
        return None
    if isinstance(step, Ask):
        with fail_after(max(0.0, step.until - time.monotonic())):
            come = step.function()
            return _hidden(await come if isinstance(come, Awaitable) else come)
    gate = step.gate.tasks
    with move_on_after(max(0.0, step.until - time.monotonic())) as scope:
        await gate.acquire()
    if scope.cancelled_caught:
        raise TransportError(_BUSY, sent=False, timeout=True)
    try:
        return await drive_async(step.flow(), transport)
    finally:
        gate.release()
