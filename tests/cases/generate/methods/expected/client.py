"""The clients of Library."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from . import resources as _resources
from ._runtime import core

if TYPE_CHECKING:
    from typing import Unpack

    from ._runtime.options import Options
    from ._runtime.transport import AsyncHttpClient, HttpClient
    from .resources import AsyncBooks, AsyncDefault, AsyncReadingRooms, Books, Default, ReadingRooms

_ENVIRONMENT = "METHODS_CLIENT"
_USER_AGENT = "methods_client/1.2"


class Client(core.SyncClient):
    """A client that blocks. Use it in `with`, or close it.

    Args:
        base_url: Where the API is. `https://library.example/v1` (The one library.) by default.
        http_client: An httpx2 client or transport of your own to use; it is not closed with this client.
        options: See `Options`; each can be changed later by `with_options`, or for one call by `options=`.

    Raises:
        ConfigurationError: `base_url` is not an address, or something else is unfit.
    """

    def __init__(
        self,
        *,
        base_url: str = "https://library.example/v1",
        http_client: HttpClient | None = None,
        **options: Unpack[Options],
    ) -> None:
        super().__init__(
            base_url,
            {},
            _ENVIRONMENT,
            _USER_AGENT,
            http_client,
            options,
        )

    @cached_property
    def books(self) -> Books:
        """What stands on the shelves."""
        return _resources.Books(self)

    @cached_property
    def reading_rooms(self) -> ReadingRooms:
        """Where to read."""
        return _resources.ReadingRooms(self)

    @cached_property
    def default(self) -> Default:
        """default"""
        return _resources.Default(self)


class AsyncClient(core.AsyncClient):
    """A client that awaits. Use it in `async with`, or close it.

    Args:
        base_url: Where the API is. `https://library.example/v1` (The one library.) by default.
        http_client: An httpx2 client or transport of your own to use; it is not closed with this client.
        options: See `Options`; each can be changed later by `with_options`, or for one call by `options=`.

    Raises:
        ConfigurationError: `base_url` is not an address, or something else is unfit.
    """

    def __init__(
        self,
        *,
        base_url: str = "https://library.example/v1",
        http_client: AsyncHttpClient | None = None,
        **options: Unpack[Options],
    ) -> None:
        super().__init__(
            base_url,
            {},
            _ENVIRONMENT,
            _USER_AGENT,
            http_client,
            options,
        )

    @cached_property
    def books(self) -> AsyncBooks:
        """What stands on the shelves."""
        return _resources.AsyncBooks(self)

    @cached_property
    def reading_rooms(self) -> AsyncReadingRooms:
        """Where to read."""
        return _resources.AsyncReadingRooms(self)

    @cached_property
    def default(self) -> AsyncDefault:
        """default"""
        return _resources.AsyncDefault(self)
