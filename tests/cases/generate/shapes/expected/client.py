"""The clients of Shapes of pets."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ._runtime import core
from .resources import AsyncNames, AsyncPets, AsyncValues, Names, Pets, Values

if TYPE_CHECKING:
    from ._runtime.transport import AsyncHttpClient, HttpClient


_USER_AGENT = "shapes_client/0"


class Client(core.SyncClient):
    """A client that blocks. Use it in `with`, or close it.

    Args:
        base_url: Where the API is.
        timeout: Seconds to wait for a connection, and between two pieces of an answer.
        http_client: Connections of your own to use; they are not closed with this client.

    Raises:
        ConfigurationError: `base_url` is not an address.
    """

    def __init__(
        self,
        *,
        base_url: str,
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
    def pets(self) -> Pets:
        """pets"""
        return Pets(self)

    @cached_property
    def names(self) -> Names:
        """names"""
        return Names(self)

    @cached_property
    def values(self) -> Values:
        """values"""
        return Values(self)


class AsyncClient(core.AsyncClient):
    """A client that awaits. Use it in `async with`, or close it.

    Args:
        base_url: Where the API is.
        timeout: Seconds to wait for a connection, and between two pieces of an answer.
        http_client: Connections of your own to use; they are not closed with this client.

    Raises:
        ConfigurationError: `base_url` is not an address.
    """

    def __init__(
        self,
        *,
        base_url: str,
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
    def pets(self) -> AsyncPets:
        """pets"""
        return AsyncPets(self)

    @cached_property
    def names(self) -> AsyncNames:
        """names"""
        return AsyncNames(self)

    @cached_property
    def values(self) -> AsyncValues:
        """values"""
        return AsyncValues(self)
