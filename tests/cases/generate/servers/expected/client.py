"""The clients of Files."""

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

_ENVIRONMENT = "SERVERS_CLIENT"
_USER_AGENT = "servers_client/1"


class Client(core.SyncClient):
    """A client that blocks. Use it in `with`, or close it.

    Args:
        base_url: Where the API is. One of: `https://api.files.example/v1` (live), `https://api.files.test/v1` (tests).
            Operations with a server of their own are called there; at another `base_url` than the API's, this is called
            in place of every host.
        key: An API key.
        http_client: An httpx2 client or transport of your own to use; it is not closed with this client.
        options: See `Options`; each can be changed later by `with_options`, or for one call by `options=`.

    Without any credential among the arguments, these environment variables are read: `SERVERS_CLIENT_KEY`.

    Raises:
        ConfigurationError: `base_url` is not an address, or something else is unfit.
    """

    _servers = ("https://api.files.example/v1", "https://api.files.test/v1")

    def __init__(
        self,
        *,
        base_url: str,
        key: str | None = None,
        http_client: HttpClient | None = None,
        **options: Unpack[Options],
    ) -> None:
        super().__init__(
            base_url,
            {"key": key},
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
        base_url: Where the API is. One of: `https://api.files.example/v1` (live), `https://api.files.test/v1` (tests).
            Operations with a server of their own are called there; at another `base_url` than the API's, this is called
            in place of every host.
        key: An API key.
        http_client: An httpx2 client or transport of your own to use; it is not closed with this client.
        options: See `Options`; each can be changed later by `with_options`, or for one call by `options=`.

    Without any credential among the arguments, these environment variables are read: `SERVERS_CLIENT_KEY`.

    Raises:
        ConfigurationError: `base_url` is not an address, or something else is unfit.
    """

    _servers = ("https://api.files.example/v1", "https://api.files.test/v1")

    def __init__(
        self,
        *,
        base_url: str,
        key: str | None = None,
        http_client: AsyncHttpClient | None = None,
        **options: Unpack[Options],
    ) -> None:
        super().__init__(
            base_url,
            {"key": key},
            _ENVIRONMENT,
            _USER_AGENT,
            http_client,
            options,
        )

    @cached_property
    def default(self) -> AsyncDefault:
        """default"""
        return _resources.AsyncDefault(self)
