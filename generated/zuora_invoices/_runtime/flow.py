"""One call, written once: a generator that says what to do next, and the two drivers that do it.

The flow yields `Send` and gets a `Reply` back (or a `TransportError` thrown in), yields `Wait` and gets nothing. It
does no input or output of its own, so sync and async share every decision: what a retry, a token refresh or
compression needs to decide belongs here, what it needs to do belongs to the drivers.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Mapping
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from msgspec import Struct, structs

from .errors import ApiError, CallTimeoutError, ConnectionFailedError
from .request import Request, build
from .response import Reply, read
from .transport import TransportError

if TYPE_CHECKING:
    from .auth import Credentials
    from .operation import Operation
    from .transport import AsyncTransport, SyncTransport

Result = TypeVar("Result")


class Send(Struct, frozen=True):
    """Send this request and come back with the reply."""

    request: Request


class Wait(Struct, frozen=True):
    """Wait so many seconds."""

    seconds: float


Flow: TypeAlias = Generator[Send | Wait, Reply | None, Result]


def call(
    operation: Operation[Result],
    base_url: str,
    credentials: Credentials,
    arguments: Mapping[str, object],
    body: object,
    headers: Mapping[str, str],
) -> Flow[Result]:
    """Check, sign, send and read one call of an operation; `headers` go out with it unless it sets them itself."""
    request = build(operation, base_url, arguments, body, credentials.sign(operation))
    request = structs.replace(request, headers={**headers, **request.headers})
    try:
        try:
            reply = yield Send(request)
        except TransportError as error:
            kind = CallTimeoutError if error.timeout else ConnectionFailedError
            raise kind(operation.id, str(error), "unknown" if error.sent else "not_sent") from error
        assert reply is not None, "a driver answers Send with a Reply"  # noqa: S101 - the drivers below do
        return read(operation, reply)
    except ApiError as error:
        error.idempotency_key = request.idempotency_key
        raise


def drive(flow: Flow[Result], transport: SyncTransport) -> Result:
    """Run a call to its end, blocking."""
    try:
        todo = next(flow)
        while True:
            if isinstance(todo, Wait):
                time.sleep(todo.seconds)
                todo = flow.send(None)
                continue
            try:
                reply = transport.send(todo.request)
            except TransportError as error:
                todo = flow.throw(error)
            else:
                todo = flow.send(reply)
    except StopIteration as done:
        result: Result = done.value
        return result


async def drive_async(flow: Flow[Result], transport: AsyncTransport) -> Result:
    """Run a call to its end, awaiting; on asyncio and on trio."""
    from anyio import sleep  # here, as a blocking caller needs no event loop

    try:
        todo = next(flow)
        while True:
            if isinstance(todo, Wait):
                await sleep(todo.seconds)
                todo = flow.send(None)
                continue
            try:
                reply = await transport.send(todo.request)
            except TransportError as error:
                todo = flow.throw(error)
            else:
                todo = flow.send(reply)
    except StopIteration as done:
        result: Result = done.value
        return result
