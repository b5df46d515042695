"""The clients of Shapes of pets."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ._runtime import core
from .resources import AsyncNames, AsyncPets, AsyncValues, Names, Pets, Values

if TYPE_CHECKING:
    from typing import Unpack

    from ._runtime.options import Options
    from ._runtime.transport import AsyncHttpClient, HttpClient

_ENVIRONMENT = "SHAPES_CLIENT"
_USER_AGENT = "shapes_client/0"


class Client(core.SyncClient):
    """A client that blocks. Use it in `with`, or close it.

    Args:
        base_url: Where the API is.
        http_client: An httpx2 client or transport of your own to use; it is not closed with this client.
        options: See `Options`; each can be changed later by `with_options`, or for one call by `options=`.

    Raises:
        ConfigurationError: `base_url` is not an address, or something else is unfit.
    """

    def __init__(
        self,
        *,
        base_url: str,
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
        http_client: An httpx2 client or transport of your own to use; it is not closed with this client.
        options: See `Options`; each can be changed later by `with_options`, or for one call by `options=`.

    Raises:
        ConfigurationError: `base_url` is not an address, or something else is unfit.
    """

    def __init__(
        self,
        *,
        base_url: str,
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
