"""Requests over HTTP, sync and async. The only file that imports the HTTP library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

import httpx2

from .response import Reply

if TYPE_CHECKING:
    from .request import Request

HttpClient = httpx2.Client
AsyncHttpClient = httpx2.AsyncClient

Pool = TypeVar("Pool", httpx2.Client, httpx2.AsyncClient)

# Failures before a byte of the request can have left.
_NOT_SENT = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.UnsupportedProtocol,
    httpx2.LocalProtocolError,
    httpx2.ProxyError,
    httpx2.InvalidURL,
)


class TransportError(Exception):
    """No reply came; `sent` is false only where the request certainly never left, `timeout` where time ran out."""

    def __init__(self, message: str, *, sent: bool, timeout: bool) -> None:
        super().__init__(message)
        self.sent = sent
        self.timeout = timeout


class _Transport(Generic[Pool]):
    """A connection pool; closed with the client only if it is `owned`, that is, not the caller's."""

    def __init__(self, pool: Pool, timeout: float, *, owned: bool) -> None:
        self.pool: Pool = pool
        self.timeout = timeout
        self.owned = owned

    def _prepared(self, request: Request) -> httpx2.Request:
        if self.pool.is_closed:
            raise TransportError("the client is closed", sent=False, timeout=False)
        try:
            prepared = self.pool.build_request(
                request.method,
                request.url,
                headers=dict(request.headers),
                content=request.content,
                timeout=self.timeout,
            )
        except (httpx2.InvalidURL, UnicodeError) as error:
            raise _failure(error) from error
        if "Content-Encoding" not in request.headers:
            prepared.headers.pop("Content-Encoding", None)  # a default of the caller's pool would not be true
        return prepared


class SyncTransport(_Transport[httpx2.Client]):
    """Sends and waits."""

    def send(self, request: Request) -> Reply:
        """The reply to a request, with no credentials but its own, and without following it elsewhere.

        Raises:
            TransportError: no complete reply came.
        """
        prepared = self._prepared(request)
        try:
            return _reply(self.pool.send(prepared, auth=None, follow_redirects=False))
        except httpx2.HTTPError as error:
            raise _failure(error) from error

    def close(self) -> None:
        """Close the connections that are this client's own."""
        if self.owned:
            self.pool.close()


class AsyncTransport(_Transport[httpx2.AsyncClient]):
    """Sends and awaits."""

    async def send(self, request: Request) -> Reply:
        """The reply to a request, with no credentials but its own, and without following it elsewhere.

        Raises:
            TransportError: no complete reply came.
        """
        prepared = self._prepared(request)
        try:
            return _reply(await self.pool.send(prepared, auth=None, follow_redirects=False))
        except httpx2.HTTPError as error:
            raise _failure(error) from error

    async def close(self) -> None:
        """Close the connections that are this client's own."""
        if self.owned:
            await self.pool.aclose()


def _reply(response: httpx2.Response) -> Reply:
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Reply(response.status_code, headers, response.content)


def _failure(error: Exception) -> TransportError:
    timeout = isinstance(error, httpx2.TimeoutException)
    words = str(error) or ("no answer in time" if timeout else "the connection was lost")
    return TransportError(f"{words} ({type(error).__name__})", sent=not isinstance(error, _NOT_SENT), timeout=timeout)
