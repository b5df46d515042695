"""Requests over HTTP, sync and async: over connections of our own, or over the caller's httpx2 client or transport."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.request import getproxies

import httpx2

from .response import LATE, Body, words
from .steps import TransportError

if TYPE_CHECKING:
    from .network import AsyncPool, Pool
    from .response import Reply
    from .steps import Send

HttpClient: TypeAlias = httpx2.Client | httpx2.BaseTransport
AsyncHttpClient: TypeAlias = httpx2.AsyncClient | httpx2.AsyncBaseTransport

_NOT_SENT: Final = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.UnsupportedProtocol,
    httpx2.LocalProtocolError,
    httpx2.ProxyError,
    httpx2.InvalidURL,
)
"""Failures before a byte of the request can have left."""
_FAILURES: Final = (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, OSError, UnicodeError)


class SyncTransport:
    """Sends and waits. Threads may share it; a process made by fork gets connections of its own."""

    def __init__(self, given: HttpClient | None) -> None:
        self._given = given
        self._own: Pool | httpx2.Client | None = None
        self._process = os.getpid()
        self._closed = False

    def send(self, step: Send) -> Reply:
        """The reply to a request, with no credentials but its own, and without following it elsewhere.

        Raises:
            TransportError: no complete reply came.
        """
        if self._closed:
            raise TransportError("the client is closed", sent=False)
        way = self._given or self._opened()
        return _over(way, step) if isinstance(way, httpx2.Client | httpx2.BaseTransport) else way.send(step)

    def close(self) -> None:
        """Close the connections that are our own."""
        self._closed = True
        if self._own is not None:
            self._own.close()

    def _opened(self) -> Pool | httpx2.Client:
        """Our own connections, made at the first use, and anew after a fork: two processes must not share sockets."""
        if self._own is None or self._process != os.getpid():
            from .network import Pool  # here, as a caller who brings connections needs none

            self._process = os.getpid()
            self._own = httpx2.Client() if _behind_proxy() else Pool()
        return self._own


class AsyncTransport:
    """Sends and awaits. It belongs to one event loop."""

    def __init__(self, given: AsyncHttpClient | None) -> None:
        self._given = given
        self._own: AsyncPool | httpx2.AsyncClient | None = None
        self._process = os.getpid()
        self._closed = False

    async def send(self, step: Send) -> Reply:
        """The reply to a request, with no credentials but its own, and without following it elsewhere.

        Raises:
            TransportError: no complete reply came.
        """
        if self._closed:
            raise TransportError("the client is closed", sent=False)
        way = self._given or self._opened()
        if isinstance(way, httpx2.AsyncClient | httpx2.AsyncBaseTransport):
            return await _over_async(way, step)
        return await way.send(step)

    async def close(self) -> None:
        """Close the connections that are our own."""
        self._closed = True
        if isinstance(self._own, httpx2.AsyncClient):
            await self._own.aclose()
        elif self._own is not None:
            await self._own.close()

    def _opened(self) -> AsyncPool | httpx2.AsyncClient:
        if self._own is None or self._process != os.getpid():
            from .network import AsyncPool  # here, as a caller who brings connections needs none

            self._process = os.getpid()
            self._own = httpx2.AsyncClient() if _behind_proxy() else AsyncPool()
        return self._own


def _behind_proxy() -> bool:
    """Whether the environment names proxies, which httpx2's client knows how to use."""
    found = getproxies()
    return any(found.get(scheme) for scheme in ("http", "https", "all"))


def _over(way: httpx2.Client | httpx2.BaseTransport, step: Send) -> Reply:
    try:
        request = _prepared(way, step)
        if isinstance(way, httpx2.Client):
            response = way.send(request, stream=True, auth=None, follow_redirects=False)
        else:
            response = way.handle_request(request)
        body = Body(step)
        try:
            for part in [response.content] if response.is_stream_consumed else response.iter_raw():
                if body.takes(part):
                    break
        finally:
            response.close()
    except _FAILURES as error:
        fault = _failure(error)
    else:
        return body.reply(response.status_code, _headers(response))
    raise fault


async def _over_async(way: httpx2.AsyncClient | httpx2.AsyncBaseTransport, step: Send) -> Reply:
    from anyio import fail_after

    try:
        request = _prepared(way, step)
        with fail_after(max(0.0, step.until - time.monotonic())):
            if isinstance(way, httpx2.AsyncClient):
                response = await way.send(request, stream=True, auth=None, follow_redirects=False)
            else:
                response = await way.handle_async_request(request)
            body = Body(step)
            try:
                if response.is_stream_consumed:
                    body.takes(response.content)
                else:
                    async for part in response.aiter_raw():
                        if body.takes(part):
                            break
            finally:
                await response.aclose()
    except TimeoutError:
        fault = TransportError(LATE, sent=True, timeout=True)
    except _FAILURES as error:
        fault = _failure(error)
    else:
        return body.reply(response.status_code, _headers(response))
    raise fault


def _prepared(way: object, step: Send) -> httpx2.Request:
    request = step.request
    left = step.until - time.monotonic()
    if left <= 0:
        raise httpx2.ConnectTimeout(LATE)
    timeout = min(step.timeout, left)
    if not isinstance(way, httpx2.Client | httpx2.AsyncClient):
        extensions = {"timeout": httpx2.Timeout(timeout).as_dict()}
        return httpx2.Request(
            request.method, request.url, headers=request.headers, content=request.content, extensions=extensions
        )
    if way.is_closed:
        raise httpx2.LocalProtocolError("the client is closed")
    prepared = way.build_request(
        request.method, request.url, headers=request.headers, content=request.content, timeout=timeout
    )
    if "Content-Encoding" not in request.headers:
        prepared.headers.pop("Content-Encoding", None)  # a default of the caller's client would not be true
    return prepared


def _headers(response: httpx2.Response) -> list[tuple[bytes, bytes]]:
    # What httpx2 has read itself, it has unpacked as well.
    read = response.is_stream_consumed and hasattr(response, "_content")
    return [(name, value) for name, value in response.headers.raw if not (read and name.lower() == b"content-encoding")]


def _failure(error: Exception) -> TransportError:
    """Why no reply came. The error itself is not handed on: it holds the request, and that a secret."""
    timeout = isinstance(error, httpx2.TimeoutException)
    return TransportError(words(error, timeout=timeout), sent=not isinstance(error, _NOT_SENT), timeout=timeout)
