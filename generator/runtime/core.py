"""What every generated client is made of: construction, closing, and the way from a resource's method to a call."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

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
        if not base_url.startswith(("https://", "http://")):
            raise ConfigurationError("client", f"base_url must begin with https:// or http://, not {base_url!r}")
        self._base_url = base_url
        self._credentials = Credentials(credentials)
        self._headers = {"User-Agent": user_agent}

    def __repr__(self) -> str:
        return f"{type(self).__name__}(base_url={self._base_url!r})"

    def _flow(self, operation: Operation[Result], arguments: Mapping[str, object], body: object) -> Flow[Result]:
        return call(operation, self._base_url, self._credentials, arguments, body, self._headers)


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
