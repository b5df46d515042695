"""Connections of our own, sync and async.

They do three things that httpx2's client cannot: the deadline of a call holds while a slow server feeds an answer byte
by byte; whether a byte of a request was sent is known and not guessed; and a call costs less. Proxies are that client's
business (see `transport`).

What is done with a connection is written once, as jobs: generators that give functions to be called. Those of a `Line`
do what they say, and those of an `AsyncLine` return what is to be awaited.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import partial
from operator import call
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

import httpx2
from h11 import ProtocolError

from .connections import CLOSED, AnyLine, Connection, Connections
from .exchange import EMPTY, AsyncExchange, Exchange, Opened
from .http import ReplyBuilder, TransportError
from .line import Attempt, Line
from .running import run, run_async

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from .async_line import AsyncLine
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

    def _admit(self, connection: Connection[AnyLine], seconds: float) -> Any:  # as of all functions of a job
        """Count one more connection; TimeoutError if that may not be, even so many seconds from now."""
        raise NotImplementedError

    def _begun(self, request: Request, attempt: Attempt) -> Job[tuple[Reply, Connection[AnyLine]]]:
        """Send a request, and come back with the head of its reply, and where the rest will come."""
        address = request.address
        connection: Connection[AnyLine] = Connection((address.host, address.port))
        try:
            yield partial(self._admit, connection, attempt.left())
            yield from _all([line.close for line in self._connections.equip(connection)])
            if connection.line is None:
                connection.begin((yield partial(self._line.to, address, self._tls, attempt)))
            self._connections.demand_open()
            reply = yield from _said(connection, connection.http.begin(request), attempt)
        except BaseException:
            yield from _all(self._returned(connection))
            raise
        return reply, connection

    def _whole(self, step: Send, attempt: Attempt) -> Job[Reply]:
        """The same with all of the reply, or more of it than may be."""
        builder = ReplyBuilder(step.limit)
        head, connection = yield from self._begun(step.request, attempt)
        try:
            while (part := (yield from _next(connection, attempt))) is not None and not builder.add(part.content):
                pass
        finally:
            yield from _all(self._returned(connection))
        return builder.reply(head)

    def _returned(self, connection: Connection[AnyLine]) -> list[Callable[[], Any]]:
        """Give a connection back; what closes the lines that are to be closed."""
        try:
            return [line.close for line in self._connections.give_back(connection)]
        finally:
            if connection.counted:
                connection.counted = False
                self._release()

    def _within(self, attempt: Attempt, job: Job[Result]) -> Job[Result]:
        """A job with its failures as `TransportError`; nothing leads back to them, as they may hold a secret."""
        try:
            return (yield from job)
        except (OSError, ProtocolError) as error:
            fault = TransportError.caused_by(error, sent=attempt.sent, timeout=isinstance(error, TimeoutError))
        if self._connections.ended and not fault.timeout:
            fault = TransportError(CLOSED, sent=attempt.sent)
        raise fault

    def _ended(self) -> Job[None]:
        """Close what nobody uses, and stop what somebody does."""
        kept = self._connections.end()
        yield from _all([*(line.close for line in kept), *(line.stop for line in self._connections.in_use())])


class Pool(_Pool[Line]):
    """Connections for calls that block, with TLS or without. Threads may share it."""

    def __init__(self, *, secure: bool) -> None:
        # As a semaphore, but with no lock that an interrupt, a fork or a search for garbage could leave closed.
        self._free: SimpleQueue[None] = SimpleQueue()
        for _ in range(_CONNECTIONS):
            self._free.put(None)
        super().__init__(Line, partial(self._free.put, None), secure=secure)

    def send(self, step: Send) -> Reply:
        """The reply to a request; TransportError if there is none."""
        attempt = Attempt(step.timeout, step.until)
        return run(self._within(attempt, self._whole(step, attempt)), call)

    def begin(self, step: Send) -> Opened:
        """The head of the reply to a request; TransportError if there is none."""
        attempt = Attempt(step.timeout, step.until)
        reply, connection = run(self._within(attempt, self._begun(step.request, attempt)), call)
        return Opened(reply, Exchange(self._parts(connection, attempt)))

    def _admit(self, connection: Connection[Line], seconds: float) -> None:
        try:
            self._free.get(timeout=seconds)
            connection.counted = True
        except Empty:
            raise _none_free() from None

    def _parts(self, connection: Connection[Line], attempt: Attempt) -> Generator[bytes, float, None]:
        """What an exchange is made of."""
        try:
            part: Part | None = EMPTY
            while part is not None:
                attempt.until = yield part.content
                part = run(self._within(attempt, _next(connection, attempt)), call)
        finally:
            run(_all(self._returned(connection)), call)

    def close(self) -> None:
        """Close all connections, and end those in use."""
        run(self._ended(), call)


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
        return await run_async(self._within(attempt, self._whole(step, attempt)), call)

    async def begin(self, step: Send) -> Opened:
        """The head of the reply to a request; TransportError if there is none."""
        attempt = Attempt(step.timeout, step.until)
        reply, connection = await run_async(self._within(attempt, self._begun(step.request, attempt)), call)
        return Opened(reply, await AsyncExchange.begun(self._parts(connection, attempt)))

    async def _admit(self, connection: Connection[AsyncLine], seconds: float) -> None:
        from anyio import move_on_after

        with move_on_after(seconds):
            await self._free.acquire()
            connection.counted = True
        if not connection.counted:
            raise _none_free()

    async def _parts(self, connection: Connection[AsyncLine], attempt: Attempt) -> AsyncGenerator[bytes, float]:
        """What an exchange is made of."""
        try:
            part: Part | None = EMPTY
            while part is not None:
                attempt.until = yield part.content
                part = await run_async(self._within(attempt, _next(connection, attempt)), call)
        finally:
            await run_async(_all(self._returned(connection)), call)

    async def close(self) -> None:
        """Close all connections, and end those in use."""
        await run_async(self._ended(), call)


def _none_free() -> TimeoutError:
    return TimeoutError(f"no connection was free in time: {_CONNECTIONS} calls of a client are under way at most")


def _all(functions: list[Callable[[], Any]]) -> Job[None]:
    """Call all of these, each of them whatever happens with others."""
    if functions:
        try:
            yield functions[0]
        finally:
            yield from _all(functions[1:])


def _next(connection: Connection[AnyLine], attempt: Attempt) -> Job[Part | None]:
    """The next part of a reply, or `None` at its end. What has come is taken, though the deadline may have passed."""
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
