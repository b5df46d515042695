"""The clients of Library."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ._runtime import core
from .resources import AsyncBooks, AsyncDefault, AsyncReadingRooms, Books, Default, ReadingRooms

if TYPE_CHECKING:
    from ._runtime.transport import AsyncHttpClient, HttpClient


_USER_AGENT = "methods_client/1.2"


class Client(core.SyncClient):
    """A client that blocks. Use it in `with`, or close it.

    Args:
        base_url: Where the API is. `https://library.example/v1` (The one library.) by default.
        timeout: Seconds to wait for a connection, and between two pieces of an answer.
        http_client: Connections of your own to use; they are not closed with this client.

    Raises:
        ConfigurationError: `base_url` is not an address.
    """

    def __init__(
        self,
        *,
        base_url: str = "https://library.example/v1",
        timeout: float = 60.0,
        http_client: HttpClient | None = None,
    ) -> None:
        super().__init__(
            base_url,
            {},
            _USER_AGENT,
            timeout,
            http_client,
        )

    @cached_property
    def books(self) -> Books:
        """What stands on the shelves."""
        return Books(self)

    @cached_property
    def reading_rooms(self) -> ReadingRooms:
        """Where to read."""
        return ReadingRooms(self)

    @cached_property
    def default(self) -> Default:
        """default"""
        return Default(self)


class AsyncClient(core.AsyncClient):
    """A client that awaits. Use it in `async with`, or close it.

    Args:
        base_url: Where the API is. `https://library.example/v1` (The one library.) by default.
        timeout: Seconds to wait for a connection, and between two pieces of an answer.
        http_client: Connections of your own to use; they are not closed with this client.

    Raises:
        ConfigurationError: `base_url` is not an address.
    """

    def __init__(
        self,
        *,
        base_url: str = "https://library.example/v1",
        timeout: float = 60.0,
        http_client: AsyncHttpClient | None = None,
    ) -> None:
        super().__init__(
            base_url,
            {},
            _USER_AGENT,
            timeout,
            http_client,
        )

    @cached_property
    def books(self) -> AsyncBooks:
        """What stands on the shelves."""
        return AsyncBooks(self)

    @cached_property
    def reading_rooms(self) -> AsyncReadingRooms:
        """Where to read."""
        return AsyncReadingRooms(self)

    @cached_property
    def default(self) -> AsyncDefault:
        """default"""
        return AsyncDefault(self)
