"""The base classes of generated clients and their resources."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final, TypeVar, cast

from . import address
from .auth import Credentials
from .drivers import drive, drive_async
from .errors import ConfigurationError
from .flow import call
from .keys import KeyMemory
from .operation import ACCEPT
from .options import Settings
from .servers import server_of
from .transport import AsyncTransport, SyncTransport

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from os import PathLike
    from types import TracebackType
    from typing import Any, Self, Unpack

    from .address import Address
    from .auth import Secrets
    from .bulk.options import BulkOptions, Elements
    from .bulk.tasks import AsyncBulkRun
    from .bulk.threads import BulkRun
    from .bulk.writing import Caller
    from .flow import Call
    from .operation import Operation
    from .options import Options
    from .steps import Flow
    from .streams import AnyStream, AsyncStream, Stream
    from .transport import AsyncHttpClient, HttpClient

Result = TypeVar("Result")
Item = TypeVar("Item")

_WHOLE: Final = "only bytes and texts can be taken as they come, and its answer is read as a whole: {}"


class _Core:
    """What sync and async clients share: where to send, as whom, and how."""

    _servers: ClassVar[tuple[str, ...]] = ()
    """Where the API is, as its description says; told where operations have servers of their own."""

    def __init__(
        self, base_url: str, credentials: Secrets, environment: str, user_agent: str, options: Options
    ) -> None:
        try:
            self._address = address.parse(base_url)
        except ValueError as error:
            raise ConfigurationError("client", f"base_url {error}") from None
        self._credentials = Credentials(credentials, self._address, environment)
        self._settings = Settings(user_agent=user_agent).changed(options)
        self._keys = KeyMemory()
        self._original = True

    def __repr__(self) -> str:
        return f"{type(self).__name__}(base_url={str(self._address)!r})"

    def with_options(self, **options: Unpack[Options]) -> Self:
        """A copy of this client with some options set anew. It shares connections, tokens and keys, and closes nothing.

        Raises:
            ConfigurationError: an option is unknown or unfit.
        """
        other = object.__new__(type(self))
        # What begins with an underscore is the client's own; the rest are resources, which belong to their client.
        vars(other).update({name: value for name, value in vars(self).items() if name.startswith("_")})
        other._settings = self._settings.changed(options)
        other._original = False
        return other

    def _flow(
        self,
        operation: Operation[Result],
        arguments: Mapping[str, object],
        body: object,
        options: Options | None,
        kind: Callable[..., Call] | None = None,
        *,
        raw: bool = False,
    ) -> Flow[Result]:
        if operation.accepts:
            operation = operation.accepting(arguments.get(ACCEPT))
        if raw:
            operation = operation.raw
            if not operation.streams:
                raise ConfigurationError(operation.id, _WHOLE.format(operation.accepted))
        server, settings = self._circumstances(operation, options)
        return call(operation, server, self._credentials, settings, arguments, body, self._keys, kind)

    def _caller(
        self, operation: Operation[Any], arguments: Mapping[str, object], options: Options | None
    ) -> Caller:  # Any: as of `BulkRun`
        from .bulk.writing import Caller  # here, as most callers need no journal

        server, settings = self._circumstances(operation, options)
        return Caller(operation, server, self._credentials, settings, arguments)

    def _circumstances(self, operation: Operation[Result], options: Options | None) -> tuple[Address, Settings]:
        """Where a call goes, and how."""
        settings = self._settings if options is None else self._settings.changed(options, operation.id)
        try:
            return server_of(self._address, operation.servers, self._servers), settings
        except ValueError as error:
            raise ConfigurationError(operation.id, f"a server of the description {error}") from None


class SyncClient(_Core):
    """The base of a generated `Client`. Use it as a context manager, or call `close()`. Threads may share it."""

    def __init__(
        self,
        base_url: str,
        credentials: Secrets,
        environment: str,
        user_agent: str,
        http_client: HttpClient | None,
        options: Options,
    ) -> None:
        super().__init__(base_url, credentials, environment, user_agent, options)
        self._transport = SyncTransport(http_client)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections, but for an `http_client` that the caller brought. Closing a copy does nothing."""
        if self._original:
            self._transport.close()


class AsyncClient(_Core):
    """The base of a generated `AsyncClient`. Use it as an async context manager, or await `close()`."""

    def __init__(
        self,
        base_url: str,
        credentials: Secrets,
        environment: str,
        user_agent: str,
        http_client: AsyncHttpClient | None,
        options: Options,
    ) -> None:
        super().__init__(base_url, credentials, environment, user_agent, options)
        self._transport = AsyncTransport(http_client)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections, but for an `http_client` that the caller brought. Closing a copy does nothing."""
        if self._original:
            await self._transport.close()


class SyncResource:
    """The base of a generated group of operations."""

    def __init__(self, client: SyncClient) -> None:
        self._client = client

    def _call(
        self,
        operation: Operation[Result],
        arguments: Mapping[str, object],
        body: object = None,
        options: Options | None = None,
    ) -> Result:
        client = self._client
        return drive(client._flow(operation, arguments, body, options), client._transport)

    def _stream(
        self,
        operation: Operation[AnyStream[Item]],
        arguments: Mapping[str, object],
        body: object = None,
        options: Options | None = None,
    ) -> Stream[Item]:
        """As `_call`, of an operation whose answer is a stream."""
        return cast("Stream[Item]", self._choose(operation, arguments, body, options))

    def _choose(
        self,
        operation: Operation[Result],
        arguments: Mapping[str, object],
        body: object = None,
        options: Options | None = None,
        *,
        raw: bool = False,
    ) -> Result:
        """As `_call`, of an operation whose answer can be a stream, or is taken as its bytes come."""
        from .streaming import StreamedCall
        from .streams import ByteStream, Stream

        client = self._client
        kind = partial(StreamedCall, partial(ByteStream if raw else Stream, sender=client._transport))
        return drive(client._flow(operation, arguments, body, options, kind, raw=raw), client._transport)

    def _bulk(
        self,
        operation: Operation[Any],
        elements: Elements[Any],
        journal: str | PathLike[str],
        arguments: Mapping[str, object],
        options: Options | None,
        bulk: BulkOptions,
    ) -> BulkRun[Any, Any]:  # Any: the generated method says which types these are
        from .bulk import BulkRun  # here, as most callers need no journal

        client = self._client
        caller = client._caller(operation, arguments, options)
        return BulkRun(caller, client._transport, elements, journal, bulk)


class AsyncResource:
    """The base of a generated group of operations."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def _call(
        self,
        operation: Operation[Result],
        arguments: Mapping[str, object],
        body: object = None,
        options: Options | None = None,
    ) -> Result:
        client = self._client
        return await drive_async(client._flow(operation, arguments, body, options), client._transport)

    async def _stream(
        self,
        operation: Operation[AnyStream[Item]],
        arguments: Mapping[str, object],
        body: object = None,
        options: Options | None = None,
    ) -> AsyncStream[Item]:
        """As `_call`, of an operation whose answer is a stream."""
        return cast("AsyncStream[Item]", await self._choose(operation, arguments, body, options))

    async def _choose(
        self,
        operation: Operation[Result],
        arguments: Mapping[str, object],
        body: object = None,
        options: Options | None = None,
        *,
        raw: bool = False,
    ) -> Result:
        """As `_call`, of an operation whose answer can be a stream, or is taken as its bytes come."""
        from .streaming import StreamedCall
        from .streams import AsyncByteStream, AsyncStream

        client = self._client
        kind = partial(StreamedCall, partial(AsyncByteStream if raw else AsyncStream, sender=client._transport))
        return await drive_async(client._flow(operation, arguments, body, options, kind, raw=raw), client._transport)

    def _bulk(
        self,
        operation: Operation[Any],
        elements: Elements[Any],
        journal: str | PathLike[str],
        arguments: Mapping[str, object],
        options: Options | None,
        bulk: BulkOptions,
    ) -> AsyncBulkRun[Any, Any]:  # as above
        from .bulk import AsyncBulkRun

        client = self._client
        caller = client._caller(operation, arguments, options)
        return AsyncBulkRun(caller, client._transport, elements, journal, bulk)
