"""What a flow may ask for. A flow is a generator, and decides; a driver acts (see `drivers`).

So every decision is written once, for sync and async alike.
"""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    import anyio

    from .exchange import AsyncExchange, Exchange
    from .http import Request

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


class Open(Struct, frozen=True):
    """Send a request and come back with an `Opened`, once the head of its answer is there; else as `Send`."""

    send: Send


class Receive(Struct, frozen=True):
    """Come back with the next `Part` of an answer that was opened, or `None` at its end.

    A `TransportError` is thrown in if it breaks off, or if they have not come at the moment `until`.
    """

    exchange: Exchange | AsyncExchange
    until: float


class Close(Struct, frozen=True):
    """Let go of an answer that was opened, wherever it is."""

    exchange: Exchange | AsyncExchange


class Wait(Struct, frozen=True):
    """Wait so many seconds."""

    seconds: float


class CallFunction(Struct, frozen=True):
    """Call a function of the caller's, await what it returns if it is to be awaited, and come back with its text.

    What is no text comes back as `None`, as nobody may see it. No longer than to the moment `until` is awaited.
    """

    function: Callable[[], object]
    until: float


class ExclusiveStep(Struct, frozen=True):
    """Run a flow while no other runs under the same lock, and come back with its result.

    A `TransportError` is thrown in if the lock is still held at the moment `until`.
    """

    lock: Lock
    flow: Callable[[], Flow[object]]
    until: float


Step: TypeAlias = Send | Open | Receive | Close | Wait | CallFunction | ExclusiveStep
Flow: TypeAlias = "Generator[Step, Any, Result]"
# `Any`: what comes back depends on the step, which the type of a generator cannot say.


class Lock:
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
