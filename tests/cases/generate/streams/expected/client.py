"""The clients of Prices."""

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
    from .resources import AsyncDefault, Default

_ENVIRONMENT = "STREAMS_CLIENT"
_USER_AGENT = "streams_client/1"


class Client(core.SyncClient):
    """A client that blocks. Use it in `with`, or close it.

    Args:
        base_url: Where the API is. `https://prices.example` by default.
        http_client: An httpx2 client or transport of your own to use; it is not closed with this client.
        options: See `Options`; each can be changed later by `with_options`, or for one call by `options=`.

    Raises:
        ConfigurationError: `base_url` is not an address, or something else is unfit.
    """

    def __init__(
        self,
        *,
        base_url: str = "https://prices.example",
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
    def default(self) -> Default:
        """default"""
        return _resources.Default(self)


class AsyncClient(core.AsyncClient):
    """A client that awaits. Use it in `async with`, or close it.

    Args:
        base_url: Where the API is. `https://prices.example` by default.
        http_client: An httpx2 client or transport of your own to use; it is not closed with this client.
        options: See `Options`; each can be changed later by `with_options`, or for one call by `options=`.

    Raises:
        ConfigurationError: `base_url` is not an address, or something else is unfit.
    """

    def __init__(
        self,
        *,
        base_url: str = "https://prices.example",
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
    def default(self) -> AsyncDefault:
        """default"""
        return _resources.AsyncDefault(self)
