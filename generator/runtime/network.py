"""Connections of our own, sync and async, made of the engine under httpx2.

Going to the engine itself does three things that its client cannot: the deadline of a call holds while a slow server
feeds an answer byte by byte; whether a byte of a request was sent is known and not guessed; and a call costs less than
one of httpx2's client. Proxies are that client's business (see `transport`).
"""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from contextvars import ContextVar
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar, cast

import httpcore2
import httpx2

from .exchange import AsyncExchange, Exchange, Opened
from .http import LATE, ReplyBuilder, TransportError, head

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Iterable, Iterator

    from .address import Address
    from .http import Reply
    from .steps import Send

Result = TypeVar("Result")

_CONNECTIONS = 100
_WITH_CONTENT = frozenset(("POST", "PUT", "PATCH"))  # of these a server may want to be told that there is none
_PIECE = 64 * 1024  # bytes
_IDLE = 15.0  # seconds; servers close idle connections too, and a request sent at that moment is lost


class _Attempt:
    """One request on its way: when it must be over, and whether a byte of it was sent."""

    __slots__ = ("sent", "until")

    def __init__(self, until: float) -> None:
        self.until = until
        self.sent = False


_CURRENT: ContextVar[_Attempt] = ContextVar("attempt")


def _left(timeout: float | None, late: type[Exception]) -> float:
    """Seconds that may be waited for one piece: no more than the deadline leaves."""
    left = _CURRENT.get().until - time.monotonic()
    if left <= 0:
        raise late(LATE)
    return left if timeout is None else min(timeout, left)


class _Outgoing:
    """What is to be sent: the engine writes head and body one by one, and a small request leaves as one piece."""

    def __init__(self) -> None:
        self._held = b""

    def take(self, more: bytes = b"") -> bytes:
        """What is to be sent now: all of it once no more comes, as when the engine ends a request, or reads."""
        held, self._held = self._held + more, b""
        if not more or len(held) >= _PIECE:
            return held
        self._held = held
        return b""


class _Stream(httpcore2.NetworkStream):
    def __init__(self, stream: httpcore2.NetworkStream) -> None:
        self._stream = stream
        self._outgoing = _Outgoing()

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self.write(b"", timeout)
        return self._stream.read(max_bytes, _left(timeout, httpcore2.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        content = self._outgoing.take(buffer)
        # In pieces, as each piece that is sent is given the whole timeout.
        for start in range(0, len(content), _PIECE):
            left = _left(timeout, httpcore2.WriteTimeout)
            _CURRENT.get().sent = True
            self._stream.write(content[start : start + _PIECE], left)

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, _left(timeout, httpcore2.ConnectTimeout)))

    def get_extra_info(self, info: str) -> Any:  # as the engine declares it
        return self._stream.get_extra_info(info)


class _Backend(httpcore2.SyncBackend):
    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise httpcore2.ConnectError(str(error)) from None
        # One by one, as each address is given the whole timeout.
        *others, last = dict.fromkeys(str(one[4][0]) for one in found)
        for address in others:
            with suppress(httpcore2.ConnectError, httpcore2.ConnectTimeout):
                left = _left(timeout, httpcore2.ConnectTimeout)
                return _Stream(super().connect_tcp(address, port, left, local_address, socket_options))
        left = _left(timeout, httpcore2.ConnectTimeout)
        return _Stream(super().connect_tcp(last, port, left, local_address, socket_options))


class _AsyncStream(httpcore2.AsyncNetworkStream):
    def __init__(self, stream: httpcore2.AsyncNetworkStream) -> None:
        self._stream = stream
        self._outgoing = _Outgoing()

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        await self.write(b"", timeout)
        return await self._stream.read(max_bytes, _left(timeout, httpcore2.ReadTimeout))

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if content := self._outgoing.take(buffer):
            left = _left(timeout, httpcore2.WriteTimeout)
            _CURRENT.get().sent = True
            await self._stream.write(content, left)

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.AsyncNetworkStream:
        left = _left(timeout, httpcore2.ConnectTimeout)
        return _AsyncStream(await self._stream.start_tls(ssl_context, server_hostname, left))

    def get_extra_info(self, info: str) -> Any:  # as the engine declares it
        return self._stream.get_extra_info(info)


class _AsyncBackend(httpcore2.AsyncNetworkBackend):
    def __init__(self) -> None:
        # Runs on asyncio and on trio. (The engine declares it as anything, as anyio may be missing.)
        self._backend = cast("httpcore2.AsyncNetworkBackend", httpcore2.AnyIOBackend())

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        timeout = _left(timeout, httpcore2.ConnectTimeout)
        return _AsyncStream(await self._backend.connect_tcp(host, port, timeout, local_address, socket_options))


class Pool:
    """Connections for calls that block, with TLS or without. Threads may share it."""

    def __init__(self, *, secure: bool) -> None:
        self._pool = httpcore2.ConnectionPool(
            ssl_context=httpx2.create_ssl_context() if secure else None,  # to read all certificates takes long
            max_connections=_CONNECTIONS,
            keepalive_expiry=_IDLE,
            network_backend=_Backend(),
        )

    def send(self, step: Send) -> Reply:
        """The reply to a request; TransportError if there is none."""
        attempt = _Attempt(step.until)
        before = _CURRENT.set(attempt)
        try:
            response = self._pool.handle_request(_prepared(step))
            builder = ReplyBuilder(step.limit)
            try:
                any(map(builder.add, response.iter_stream()))
                if _has_more(response):
                    response.extensions["network_stream"].close()
            finally:
                response.close()
        except _FAILURES as error:
            fault = _failure(error, sent=attempt.sent)
        else:
            return builder.reply(response.status, response.headers)
        finally:
            _CURRENT.reset(before)
        raise fault

    def begin(self, step: Send) -> Opened:
        """The head of the reply to a request; TransportError if there is none."""
        attempt = _Attempt(step.until)
        response = _within(attempt, partial(self._pool.handle_request, _prepared(step)))
        exchange = Exchange(self._parts(attempt, response))
        return Opened(head(response.status, response.headers), exchange)

    def _parts(self, attempt: _Attempt, response: httpcore2.Response) -> Generator[bytes, float, None]:
        """What an exchange is made of."""
        parts: Iterator[bytes | None] = chain(response.iter_stream(), (None,))
        try:
            part: bytes | None = b""
            while part is not None:
                attempt.until = yield part
                part = b""  # it may hold a secret, and locals end up in reports
                part = _within(attempt, partial(next, parts))
            if _has_more(response):
                response.extensions["network_stream"].close()
        finally:
            response.close()

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class AsyncPool:
    """Connections for calls that are awaited, with TLS or without. It belongs to one event loop."""

    def __init__(self, *, secure: bool) -> None:
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=httpx2.create_ssl_context() if secure else None,  # to read all certificates takes long
            max_connections=_CONNECTIONS,
            keepalive_expiry=_IDLE,
            network_backend=_AsyncBackend(),
        )

    async def send(self, step: Send) -> Reply:
        """The reply to a request; TransportError if there is none."""
        attempt = _Attempt(step.until)
        before = _CURRENT.set(attempt)
        try:
            response = await self._pool.handle_async_request(_prepared(step))
            builder = ReplyBuilder(step.limit)
            try:
                async for part in response.aiter_stream():
                    if builder.add(part):
                        break
                    del part  # it may hold a secret, and locals end up in reports
                if _has_more(response):
                    await response.extensions["network_stream"].aclose()
            finally:
                await response.aclose()
        except _FAILURES as error:
            fault = _failure(error, sent=attempt.sent)
        else:
            return builder.reply(response.status, response.headers)
        finally:
            _CURRENT.reset(before)
        raise fault

    async def begin(self, step: Send) -> Opened:
        """The head of the reply to a request; TransportError if there is none."""
        attempt = _Attempt(step.until)
        response = await _within_async(attempt, self._pool.handle_async_request(_prepared(step)))
        exchange = await AsyncExchange.begun(self._parts(attempt, response))
        return Opened(head(response.status, response.headers), exchange)

    async def _parts(self, attempt: _Attempt, response: httpcore2.Response) -> AsyncGenerator[bytes, float]:
        """What an exchange is made of."""
        parts = response.aiter_stream()
        try:
            part: bytes | None = b""
            while part is not None:
                attempt.until = yield part
                part = b""  # as above
                part = await _within_async(attempt, anext(parts, None))
            if _has_more(response):
                await response.extensions["network_stream"].aclose()
        finally:
            try:
                await parts.aclose()
            finally:
                await response.aclose()

    async def close(self) -> None:
        """Close all connections."""
        await self._pool.aclose()


def _has_more(response: httpcore2.Response) -> bool:
    """Whether anything came behind an answer, or that cannot be told: then its connection must not be used again.

    The engine would take it for the answer to the next request (RFC 9112, 9.2). It shows what its parser holds nowhere.
    """
    try:
        held, _ = cast("Any", response.stream)._stream._connection._h11_state.trailing_data  # noqa: SLF001 - as said
    except AttributeError:
        return True
    return bool(held)


def _within(attempt: _Attempt, do: Callable[[], Result]) -> Result:
    """Do a piece of what an attempt takes; where another one goes on meanwhile, each has its own deadline."""
    before = _CURRENT.set(attempt)
    try:
        return do()
    except _FAILURES as error:
        fault = _failure(error, sent=attempt.sent)
    finally:
        _CURRENT.reset(before)
    raise fault


async def _within_async(attempt: _Attempt, doing: Awaitable[Result]) -> Result:
    """As for those that block."""
    before = _CURRENT.set(attempt)
    try:
        return await doing
    except _FAILURES as error:
        fault = _failure(error, sent=attempt.sent)
    finally:
        _CURRENT.reset(before)
    raise fault


_FAILURES = (
    httpcore2.TimeoutException,
    httpcore2.NetworkError,
    httpcore2.ProtocolError,
    httpcore2.ProxyError,
    httpcore2.UnsupportedProtocol,
    OSError,
)


def _prepared(step: Send) -> httpcore2.Request:
    request = step.request
    at = request.address
    headers = [(b"Host", at.authority.encode())]
    headers += [(name.encode(), value.encode()) for name, value in request.headers.items()]
    if request.content is not None or request.method in _WITH_CONTENT:
        headers.append((b"Content-Length", b"%d" % len(request.content or b"")))
    # The others are cut short where the waiting is done; the engine waits for a free connection itself.
    free = max(0.0, min(step.timeout, step.until - time.monotonic()))
    return httpcore2.Request(
        request.method,
        _url(at, request.target),
        headers=headers,
        content=request.content,
        extensions={"timeout": {**dict.fromkeys(("connect", "read", "write"), step.timeout), "pool": free}},
    )


def _url(at: Address, target: str) -> httpcore2.URL:
    return httpcore2.URL(
        scheme=at.scheme.encode(), host=at.host.encode(), port=at.port, target=(target or "/").encode()
    )


def _failure(error: Exception, *, sent: bool) -> TransportError:
    timeout = isinstance(error, httpcore2.TimeoutException)
    return TransportError.caused_by(error, sent=sent, timeout=timeout)
