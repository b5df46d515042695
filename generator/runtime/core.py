"""What every generated client is made of: construction, closing, and the way from a resource's method to a call."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from .auth import Credentials
from .errors import ConfigurationError
from .flow import call, drive, drive_async
from .transport import AsyncHttpClient, AsyncTransport, HttpClient, SyncTransport

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType
    from typing import Self

    from .flow import Flow
    from .operation import Operation

Result = TypeVar("Result")


class _Core:
    """What sync and async clients share: where to send, as whom, and with which headers."""

    def __init__(self, base_url: str, credentials: Mapping[str, str | None], user_agent: str) -> None:
        if fault := _address_fault(base_url):
            raise ConfigurationError("client", f"base_url {fault}")
        self._base_url = base_url
        self._credentials = Credentials(credentials)
        self._headers = {"User-Agent": user_agent}

    def __repr__(self) -> str:
        return f"{type(self).__name__}(base_url={self._base_url!r})"

    def _flow(self, operation: Operation[Result], arguments: Mapping[str, object], body: object) -> Flow[Result]:
        return call(operation, self._base_url, self._credentials, arguments, body, self._headers)


def _address_fault(base_url: object) -> str | None:
    """What keeps a base URL from being one; it is not shown, as it may hold a password."""
    if not isinstance(base_url, str) or not base_url.isprintable() or base_url != base_url.strip():
        return "must be a printable string"
    try:
        parts = urlsplit(base_url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        return f"is no address: {error}"
    if parts.scheme not in ("https", "http") or not host:
        return "must begin with https:// or http:// and name a host"
    if "@" in parts.netloc:
        return "must hold no user and no password: credentials are arguments of their own"
    if "?" in base_url or "#" in base_url:
        return "must end with the path: a query or a fragment would swallow what comes after"
    return None


class SyncClient(_Core):
    """The base of a generated `Client`. Use it as a context manager, or call `close()`."""

    def __init__(
        self,
        base_url: str,
        credentials: Mapping[str, str | None],
        user_agent: str,
        timeout: float,
        http_client: HttpClient | None,
    ) -> None:
        super().__init__(base_url, credentials, user_agent)
        self._transport = SyncTransport(http_client or HttpClient(), timeout, owned=http_client is None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections; an `http_client` that the caller brought stays open."""
        self._transport.close()


class AsyncClient(_Core):
    """The base of a generated `AsyncClient`. Use it as an async context manager, or await `close()`."""

    def __init__(
        self,
        base_url: str,
        credentials: Mapping[str, str | None],
        user_agent: str,
        timeout: float,
        http_client: AsyncHttpClient | None,
    ) -> None:
        super().__init__(base_url, credentials, user_agent)
        self._transport = AsyncTransport(http_client or AsyncHttpClient(), timeout, owned=http_client is None)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections; an `http_client` that the caller brought stays open."""
        await self._transport.close()


class SyncResource:
    """The base of a generated group of operations."""

    def __init__(self, client: SyncClient) -> None:
        self._client = client

    def _call(self, operation: Operation[Result], arguments: Mapping[str, object], body: object = None) -> Result:
        client = self._client
        return drive(client._flow(operation, arguments, body), client._transport)


class AsyncResource:
    """The base of a generated group of operations."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def _call(self, operation: Operation[Result], arguments: Mapping[str, object], body: object = None) -> Result:
        client = self._client
        return await drive_async(client._flow(operation, arguments, body), client._transport)
