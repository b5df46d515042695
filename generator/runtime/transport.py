"""Requests over HTTP, sync and async: over connections of our own, or over the caller's httpx2 client or transport."""

from __future__ import annotations

import os
import threading
import time
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Final, Generic, TypeAlias, TypeVar

import httpx2

from .errors import ConfigurationError
from .exchange import AsyncExchange, Exchange, Opened
from .http import LATE, ReplyBuilder, TransportError, head
from .proxies import Proxies

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Iterator

    from .address import Address
    from .http import Reply
    from .network import AsyncPool, Pool
    from .proxies import Proxy
    from .steps import Send

HttpClient: TypeAlias = httpx2.Client | httpx2.BaseTransport
AsyncHttpClient: TypeAlias = httpx2.AsyncClient | httpx2.AsyncBaseTransport

Value = TypeVar("Value")

_CLOSED: Final = "the client is closed"
_PROXIES: Final = ("http", "https", "socks5", "socks5h")
"""Schemes of proxies that httpx2 knows how to use."""
_NOT_SENT: Final = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.UnsupportedProtocol,
    httpx2.ProxyError,
    httpx2.InvalidURL,
)
"""Failures before a byte of the request can have left."""
_FAILURES: Final = (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, OSError, UnicodeError)


class _Pools(Generic[Value]):
    """Pools of our own: one of direct connections, one for each proxy, with TLS or without, made at the first use.

    Each process has its own: two that were made by fork must not share sockets.
    """

    def __init__(self, make: Callable[[Proxy | None, bool], Value]) -> None:
        self._make = make
        self._closed = False
        self._proxies: Proxies | None = None
        # Nobody is there to release a lock that was held at a fork. `setdefault` is atomic. What belongs to the parent
        # is kept and left alone.
        self._made: dict[int, dict[tuple[Proxy | None, bool], Value]] = {}
        self._locks: dict[int, threading.Lock] = {}

    def to(self, address: Address) -> Value:
        """Those of this process that lead to an address; TransportError if all were closed, or there can be none."""
        process = os.getpid()
        if self._proxies is None:
            self._proxies = Proxies()
        proxy, secure = self._proxies.of(address), address.scheme == "https"
        made = self._made.setdefault(process, {})
        if (found := made.get(key := (proxy, secure))) is not None:
            return found
        with self._locks.setdefault(process, threading.Lock()):
            if self._closed:
                raise TransportError(_CLOSED, sent=False, final=True)
            try:
                return made.get(key) or made.setdefault(key, self._make(proxy, secure))
            except Exception as error:  # noqa: BLE001 - whatever httpx2 raises for a proxy that it cannot use
                fault = _unusable(proxy, error)
        raise TransportError(fault, sent=False, final=True)

    def close(self) -> list[Value]:
        """Those of this process, to be closed."""
        with self._locks.setdefault(os.getpid(), threading.Lock()):
            self._closed = True
            return list(self._made.pop(os.getpid(), {}).values())


def _unusable(proxy: Proxy | None, error: Exception) -> str:
    if proxy is None:
        return f"cannot open connections ({type(error).__name__})"
    if isinstance(error, ImportError):
        why = f"has the scheme {proxy.scheme}, which needs the package socksio"
    elif proxy.scheme in _PROXIES:
        why = "has an address that is none"
    else:
        why = f"has the scheme {proxy.scheme or 'of no proxy'}, and only {', '.join(_PROXIES)} can be used"
    return f"the proxy that {proxy.variable} names {why}; NO_PROXY may list hosts that need none"


def _pool(proxy: Proxy | None, secure: bool) -> Pool | httpx2.BaseTransport:
    from .network import Pool  # here, as a caller who brings connections needs none

    return httpx2.HTTPTransport(proxy=proxy.url) if proxy is not None else Pool(secure=secure)


def _async_pool(proxy: Proxy | None, secure: bool) -> AsyncPool | httpx2.AsyncBaseTransport:
    from .network import AsyncPool  # as above

    return httpx2.AsyncHTTPTransport(proxy=proxy.url) if proxy is not None else AsyncPool(secure=secure)


class SyncTransport:
    """Sends and waits. Threads may share it; a process made by fork gets connections of its own."""

    def __init__(self, given: HttpClient | None) -> None:
        if not isinstance(given, httpx2.Client | httpx2.BaseTransport | None):
            raise ConfigurationError("client", "http_client= must be an httpx2.Client or an httpx2.BaseTransport")
        self._given = given
        self._own = _Pools(_pool)
        self._closed = False

    def send(self, step: Send) -> Reply:
        """The reply to a request, with no credentials but its own, and without following it elsewhere.

        Raises:
            TransportError: no complete reply came.
        """
        client = self._client(step)
        return _send(client, step) if isinstance(client, httpx2.Client | httpx2.BaseTransport) else client.send(step)

    def begin(self, step: Send) -> Opened:
        """The head of the reply to a request, and what is still to come; else as `send`."""
        client = self._client(step)
        if isinstance(client, httpx2.Client | httpx2.BaseTransport):
            return _opened(*_begun(client, step))
        return client.begin(step)

    def _client(self, step: Send) -> Pool | httpx2.Client | httpx2.BaseTransport:
        if self._closed:
            raise TransportError(_CLOSED, sent=False, final=True)
        return self._given or self._own.to(step.request.address)

    def close(self) -> None:
        """Close the connections that are our own."""
        self._closed = True
        for own in self._own.close():
            own.close()


class AsyncTransport:
    """Sends and awaits. It belongs to one event loop."""

    def __init__(self, given: AsyncHttpClient | None) -> None:
        if not isinstance(given, httpx2.AsyncClient | httpx2.AsyncBaseTransport | None):
            kinds = "an httpx2.AsyncClient or an httpx2.AsyncBaseTransport"
            raise ConfigurationError("client", f"http_client= must be {kinds}")
        self._given = given
        self._own = _Pools(_async_pool)
        self._closed = False
        self._loop: object = None

    async def send(self, step: Send) -> Reply:
        """The reply to a request, with no credentials but its own, and without following it elsewhere.

        Raises:
            TransportError: no complete reply came.
        """
        client = self._client(step)
        if isinstance(client, httpx2.AsyncClient | httpx2.AsyncBaseTransport):
            return await _send_async(client, step)
        return await client.send(step)

    async def begin(self, step: Send) -> Opened:
        """The head of the reply to a request, and what is still to come; else as `send`."""
        client = self._client(step)
        if isinstance(client, httpx2.AsyncClient | httpx2.AsyncBaseTransport):
            return _opened(*await _begun_async(client, step))
        return await client.begin(step)

    def _client(self, step: Send) -> AsyncPool | httpx2.AsyncClient | httpx2.AsyncBaseTransport:
        from anyio.lowlevel import current_token  # here, as a blocking caller needs no event loop

        if self._closed:
            raise TransportError(_CLOSED, sent=False, final=True)
        loop = current_token()
        if self._loop not in (None, loop):
            raise TransportError("the client belongs to another event loop: make one in each", sent=False, final=True)
        self._loop = loop
        return self._given or self._own.to(step.request.address)

    async def close(self) -> None:
        """Close the connections that are our own."""
        self._closed = True
        for own in self._own.close():
            await (own.aclose() if isinstance(own, httpx2.AsyncBaseTransport) else own.close())


def _send(client: httpx2.Client | httpx2.BaseTransport, step: Send) -> Reply:
    response, exchange = _begun(client, step)
    builder = ReplyBuilder(step.limit)
    try:
        while (part := exchange.receive(step.until)) is not None and not builder.add(part.content):
            pass
    finally:
        exchange.close()
    return builder.reply(head(response.status_code, _headers(response)))


async def _send_async(client: httpx2.AsyncClient | httpx2.AsyncBaseTransport, step: Send) -> Reply:
    response, exchange = await _begun_async(client, step)
    builder = ReplyBuilder(step.limit)
    try:
        while (part := await exchange.receive(step.until)) is not None and not builder.add(part.content):
            pass
    finally:
        await exchange.close()
    return builder.reply(head(response.status_code, _headers(response)))


class _Waits(dict[str, float | None]):
    """How long httpx2 waits for each piece at most; it looks when it sends, and again when it begins to read."""

    def __init__(self, timeout: float) -> None:
        super().__init__()
        self._timeout = timeout

    def end(self, until: float, *, sent: bool) -> None:
        """Nothing is waited for behind this moment; TransportError if it has come."""
        left = until - time.monotonic()
        if left <= 0:
            raise TransportError(LATE, sent=sent, timeout=True)
        self.update(httpx2.Timeout(min(self._timeout, left)).as_dict())


def _begun(client: httpx2.Client | httpx2.BaseTransport, step: Send) -> tuple[httpx2.Response, Exchange]:
    waits = _Waits(step.timeout)

    def begin() -> httpx2.Response:
        # The request holds secrets, and locals end up in reports.
        if isinstance(client, httpx2.Client):
            return client.send(_prepared(client, step, waits), stream=True, auth=None, follow_redirects=False)
        return client.handle_request(_prepared(client, step, waits))

    response = _within(begin)
    return response, Exchange(_parts(response, waits))


def _parts(response: httpx2.Response, waits: _Waits) -> Generator[bytes, float, None]:
    """What an exchange is made of."""
    parts: Iterator[bytes | None] = iter([response.content]) if response.is_stream_consumed else response.iter_raw()
    parts = chain(parts, (None,))
    try:
        part: bytes | None = b""
        while part is not None:
            waits.end((yield part), sent=True)
            part = b""  # it may hold a secret, and locals end up in reports
            part = _within(partial(next, parts))
    finally:
        response.close()


def _within(do: Callable[[], Value]) -> Value:
    """What a library does, or why it cannot."""
    try:
        return do()
    except _FAILURES as error:
        fault = _failure(error)
    raise fault


async def _begun_async(
    client: httpx2.AsyncClient | httpx2.AsyncBaseTransport, step: Send
) -> tuple[httpx2.Response, AsyncExchange]:
    waits = _Waits(step.timeout)

    async def begin() -> httpx2.Response:
        if isinstance(client, httpx2.AsyncClient):  # as above
            return await client.send(_prepared(client, step, waits), stream=True, auth=None, follow_redirects=False)
        return await client.handle_async_request(_prepared(client, step, waits))

    response = await _within_async(begin(), step.until)
    return response, await AsyncExchange.begun(_parts_async(response, waits))


async def _parts_async(response: httpx2.Response, waits: _Waits) -> AsyncGenerator[bytes, float]:
    """As for those that block."""
    parts = _read(response) if response.is_stream_consumed else response.aiter_raw()
    try:
        part: bytes | None = b""
        while part is not None:
            until = yield part
            waits.end(until, sent=True)
            part = b""  # as above
            part = await _within_async(anext(parts, None), until)
    finally:
        try:
            await parts.aclose()
        finally:
            await response.aclose()


async def _read(response: httpx2.Response) -> AsyncGenerator[bytes, None]:
    """What was read already."""
    yield response.content


async def _within_async(doing: Awaitable[Value], until: float) -> Value:
    """As for those that block, no longer than to a moment."""
    from anyio import fail_after

    try:
        with fail_after(max(0.0, until - time.monotonic())):
            return await doing
    except TimeoutError:
        fault = TransportError(LATE, sent=True, timeout=True)
    except _FAILURES as error:
        fault = _failure(error)
    raise fault


def _prepared(client: object, step: Send, waits: _Waits) -> httpx2.Request:
    """A request that has nothing of what the caller's client would add: credentials, cookies, parameters, headers."""
    request = step.request
    waits.end(step.until, sent=False)
    if isinstance(client, httpx2.Client | httpx2.AsyncClient) and client.is_closed:
        raise TransportError(_CLOSED, sent=False, final=True)
    return httpx2.Request(
        request.method,
        request.url,
        headers=request.headers,
        content=request.content,
        extensions={"timeout": waits},
    )


def _opened(response: httpx2.Response, exchange: Exchange | AsyncExchange) -> Opened:
    return Opened(head(response.status_code, _headers(response)), exchange)


def _headers(response: httpx2.Response) -> list[tuple[bytes, bytes]]:
    # What httpx2 has read itself, it has unpacked as well.
    read = response.is_stream_consumed and hasattr(response, "_content")
    return [(name, value) for name, value in response.headers.raw if not (read and name.lower() == b"content-encoding")]


def _failure(error: Exception) -> TransportError:
    """Why no reply came. The error itself is not handed on: it holds the request, and that a secret."""
    timeout = isinstance(error, httpx2.TimeoutException)
    return TransportError.caused_by(error, sent=not isinstance(error, _NOT_SENT), timeout=timeout)
