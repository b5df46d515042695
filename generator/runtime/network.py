"""Connections of our own, sync and async.

They do three things that httpx2's client cannot: the deadline of a call holds while a slow server feeds an answer byte
by byte; whether a byte of a request was sent is known and not guessed; and a call costs less. Proxies are that client's
business (see `transport`).

What is done with a connection is written once, as jobs: generators that give functions to be called. Those of a `Line`
do what they say, and those of an `AsyncLine` return what is to be awaited.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from functools import partial
from operator import call
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

import httpx2
from h11 import ProtocolError

from .connections import AnyLine, Connections
from .exchange import EMPTY, AsyncExchange, Exchange, Opened
from .http import ReplyBuilder, TransportError
from .line import Attempt, Line
from .running import run, run_async

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from .async_line import AsyncLine
    from .connections import Connection
    from .exchange import Part
    from .http import Reply, Request
    from .http11 import Dialogue
    from .steps import Send

Result = TypeVar("Result")

Job: TypeAlias = Generator[Callable[[], Any], Any, Result]
"""Gives functions to be called (`Any`: what comes back depends on the function)."""

_CONNECTIONS = 100


class _Pool(Generic[AnyLine]):
    """What both kinds have in common."""

    def __init__(self, line: type[AnyLine], release: Callable[[], None], *, secure: bool) -> None:
        """`release` says that one more may be used."""
        self._line = line
        self._release = release
        self._connections: Connections[AnyLine] = Connections(_CONNECTIONS)
        self._tls = httpx2.create_ssl_context() if secure else None  # to read all certificates takes long
        if self._tls is not None:
            self._tls.set_alpn_protocols(["http/1.1"])

    def _acquired(self, seconds: float) -> Any:  # as of all functions of a job
        """Whether one more may be used, at most so many seconds from now."""
        raise NotImplementedError

    def _begun(self, request: Request, attempt: Attempt) -> Job[tuple[Reply, Connection[AnyLine]]]:
        """Send a request, and come back with the head of its reply, and where the rest will come."""
        if not (yield partial(self._acquired, attempt.left())):
            raise TimeoutError("no connection was free in time")
        address = request.address
        connection, stale = self._connections.take((address.host, address.port))
        try:
            for line in stale:
                yield line.close
            if connection.line is None:
                connection.line = yield partial(self._line.to, address, self._tls, attempt)
            reply = yield from _said(connection, connection.http.begin(request), attempt)
        except BaseException:
            for line in self._returned(connection):
                yield line.close
            raise
        return reply, connection

    def _whole(self, step: Send, attempt: Attempt) -> Job[Reply]:
        """The same with all of the reply, or more of it than may be."""
        head, connection = yield from self._begun(step.request, attempt)
        builder = ReplyBuilder(step.limit)
        try:
            while (part := (yield from _next(connection, attempt))) is not None and not builder.add(part.content):
                pass
        finally:
            for line in self._returned(connection):
                yield line.close
        return builder.reply(head)

    def _returned(self, connection: Connection[AnyLine]) -> list[AnyLine]:
        """Give a connection back; the lines that are to be closed."""
        stale = self._connections.give_back(connection)
        self._release()
        return stale


class Pool(_Pool[Line]):
    """Connections for calls that block, with TLS or without. Threads may share it."""

    def __init__(self, *, secure: bool) -> None:
        self._free = threading.Semaphore(_CONNECTIONS)
        super().__init__(Line, self._free.release, secure=secure)

    def send(self, step: Send) -> Reply:
        """The reply to a request; TransportError if there is none."""
        attempt = Attempt(step.timeout, step.until)
        return run(_within(attempt, self._whole(step, attempt)), call)

    def begin(self, step: Send) -> Opened:
        """The head of the reply to a request; TransportError if there is none."""
        attempt = Attempt(step.timeout, step.until)
        reply, connection = run(_within(attempt, self._begun(step.request, attempt)), call)
        return Opened(reply, Exchange(self._parts(connection, attempt)))

    def _acquired(self, seconds: float) -> bool:
        return self._free.acquire(timeout=seconds)

    def _parts(self, connection: Connection[Line], attempt: Attempt) -> Generator[bytes, float, None]:
        """What an exchange is made of."""
        try:
            part: Part | None = EMPTY
            while part is not None:
                attempt.until = yield part.content
                part = run(_within(attempt, _next(connection, attempt)), call)
        finally:
            for line in self._returned(connection):
                line.close()

    def close(self) -> None:
        """Close all connections."""
        for line in self._connections.end():
            line.close()


class AsyncPool(_Pool["AsyncLine"]):
    """Connections for calls that are awaited, with TLS or without. It belongs to one event loop."""

    def __init__(self, *, secure: bool) -> None:
        import anyio  # here, as a blocking caller needs no event loop

        from .async_line import AsyncLine

        self._free = anyio.Semaphore(_CONNECTIONS, fast_acquire=True)
        super().__init__(AsyncLine, self._free.release, secure=secure)

    async def send(self, step: Send) -> Reply:
        """The reply to a request; TransportError if there is none."""
        attempt = Attempt(step.timeout, step.until)
        return await run_async(_within(attempt, self._whole(step, attempt)), call)

    async def begin(self, step: Send) -> Opened:
        """The head of the reply to a request; TransportError if there is none."""
        attempt = Attempt(step.timeout, step.until)
        reply, connection = await run_async(_within(attempt, self._begun(step.request, attempt)), call)
        return Opened(reply, await AsyncExchange.begun(self._parts(connection, attempt)))

    async def _acquired(self, seconds: float) -> bool:
        from anyio import move_on_after

        with move_on_after(seconds):
            await self._free.acquire()
            return True
        return False

    async def _parts(self, connection: Connection[AsyncLine], attempt: Attempt) -> AsyncGenerator[bytes, float]:
        """What an exchange is made of."""
        try:
            part: Part | None = EMPTY
            while part is not None:
                attempt.until = yield part.content
                part = await run_async(_within(attempt, _next(connection, attempt)), call)
        finally:
            for line in self._returned(connection):
                await line.close()

    async def close(self) -> None:
        """Close all connections."""
        for line in self._connections.end():
            await line.close()


def _next(connection: Connection[AnyLine], attempt: Attempt) -> Job[Part | None]:
    """The next part of a reply, or `None` at its end."""
    return _said(connection, connection.http.next_part(), attempt)


def _said(connection: Connection[AnyLine], dialogue: Dialogue[Result], attempt: Attempt) -> Job[Result]:
    """Send and read what a dialogue asks for; what comes of it."""
    line: Any = connection.line  # of either kind
    said: Part | None = None
    try:
        while True:
            part, said = dialogue.send(said), None
            if part is None:
                said = yield partial(line.read, attempt)
                continue
            attempt.sent = True
            try:
                yield partial(line.write, part, attempt)
            except TimeoutError:
                raise
            except OSError:  # a server may answer before it has read all, and then end the connection
                connection.whole = False
    except StopIteration as end:
        result: Result = end.value
        return result


def _within(attempt: Attempt, job: Job[Result]) -> Job[Result]:
    """A job with its failures as `TransportError`; nothing leads back to them, as they may hold a secret."""
    try:
        return (yield from job)
    except (OSError, ProtocolError) as error:
        fault = TransportError.caused_by(error, sent=attempt.sent, timeout=isinstance(error, TimeoutError))
    raise fault
