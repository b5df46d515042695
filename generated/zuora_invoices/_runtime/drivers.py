"""The two drivers of a flow, one that blocks and one that awaits: they do what its steps ask for."""

from __future__ import annotations

import inspect
import threading
import time
from collections.abc import Awaitable
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol, TypeVar, cast

from .http import TransportError
from .running import run, run_async
from .secret import Secret
from .steps import CallFunction, ExclusiveStep, Open, Receive, Send, Wait

if TYPE_CHECKING:
    from .exchange import AsyncExchange, Exchange, Opened
    from .http import Reply
    from .steps import Flow, Step

Result = TypeVar("Result")

_BUSY: Final = "the token was not renewed in time"


class Sender(Protocol):
    """What sends and blocks."""

    def send(self, step: Send) -> Reply:
        """The reply to a request."""
        ...

    def begin(self, step: Send) -> Opened:
        """The head of the reply to a request."""
        ...


class AsyncSender(Protocol):
    """What sends and is awaited."""

    async def send(self, step: Send) -> Reply:
        """The reply to a request."""
        ...

    async def begin(self, step: Send) -> Opened:
        """The head of the reply to a request."""
        ...


def drive(flow: Flow[Result], sender: Sender) -> Result:
    """Run a flow to its end, blocking."""
    return run(flow, partial(perform, sender=sender))


async def drive_async(flow: Flow[Result], sender: AsyncSender) -> Result:
    """Run a flow to its end, awaiting; on asyncio and on trio."""
    return await run_async(flow, partial(_perform_async, sender=sender))


def perform(step: Step, sender: Sender) -> object:
    """Do what a step asks for, blocking."""
    if isinstance(step, Send):
        return sender.send(step)
    if isinstance(step, Wait):
        time.sleep(step.seconds)
        return None
    if isinstance(step, CallFunction):
        text = step.function()
        if inspect.iscoroutine(text):
            text.close()
        if inspect.isawaitable(text):
            raise TypeError("a client that blocks cannot await")
        return _hidden(text)
    if isinstance(step, ExclusiveStep):
        return _alone(step, sender)
    if isinstance(step, Open):
        return sender.begin(step.send)
    exchange = cast("Exchange", step.exchange)  # which the same sender opened
    if isinstance(step, Receive):
        return exchange.receive(step.until)
    exchange.close()
    return None


def _alone(step: ExclusiveStep, sender: Sender) -> object:
    left = max(0.0, step.until - time.monotonic())
    lock = step.lock.threads
    if not lock.acquire(timeout=min(left, threading.TIMEOUT_MAX)):
        raise TransportError(_BUSY, sent=False, timeout=True)
    try:
        return drive(step.flow(), sender)
    finally:
        lock.release()


async def _perform_async(step: Step, sender: AsyncSender) -> object:
    if isinstance(step, Send):
        return await sender.send(step)
    # Imported here, as a blocking caller needs no event loop.
    from anyio import fail_after, sleep

    if isinstance(step, Wait):
        await sleep(step.seconds)
        return None
    if isinstance(step, CallFunction):
        with fail_after(max(0.0, step.until - time.monotonic())):
            text = step.function()
            return _hidden(await text if isinstance(text, Awaitable) else text)
    if isinstance(step, ExclusiveStep):
        return await _alone_async(step, sender)
    if isinstance(step, Open):
        return await sender.begin(step.send)
    exchange = cast("AsyncExchange", step.exchange)  # as above
    if isinstance(step, Receive):
        return await exchange.receive(step.until)
    await exchange.close()
    return None


async def _alone_async(step: ExclusiveStep, sender: AsyncSender) -> object:
    from anyio import move_on_after

    lock = step.lock.tasks
    with move_on_after(max(0.0, step.until - time.monotonic())) as scope:
        await lock.acquire()
    if scope.cancelled_caught:
        raise TransportError(_BUSY, sent=False, timeout=True)
    try:
        return await drive_async(step.flow(), sender)
    finally:
        lock.release()


def _hidden(text: object) -> Secret | None:
    return Secret(text) if isinstance(text, str) else None
