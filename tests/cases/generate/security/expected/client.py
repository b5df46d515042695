"""The clients of Guarded pets."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ._runtime import core
from .resources import AsyncDoors, Doors

if TYPE_CHECKING:
    from typing import Unpack

    from ._runtime.auth import AsyncToken, Token
    from ._runtime.options import Options
    from ._runtime.transport import AsyncHttpClient, HttpClient

_ENVIRONMENT = "SECURITY_CLIENT"
_USER_AGENT = "security_client/1"


class Client(core.SyncClient):
    """A client that blocks. Use it in `with`, or close it.

    Args:
        base_url: Where the API is. One of: `https://one.example` (First), `https://two.example`.
        password: The password of basic authentication.
        token: The bearer token, or a function that gives the one to use; it is asked before each attempt.
        username: The user of basic authentication.
        cookie_key: An API key.
        header_key: An API key.
        query_key: An API key.
        http_client: An httpx2 client or transport of your own to use; it is not closed with this client.
        options: See `Options`; each can be changed later by `with_options`, or for one call by `options=`.

    Without any credential among the arguments, these environment variables are read: `SECURITY_CLIENT_PASSWORD`,
    `SECURITY_CLIENT_TOKEN`, `SECURITY_CLIENT_USERNAME`, `SECURITY_CLIENT_COOKIE_KEY`, `SECURITY_CLIENT_HEADER_KEY`,
    `SECURITY_CLIENT_QUERY_KEY`.

    Raises:
        ConfigurationError: `base_url` is not an address, or something else is unfit.
    """

    def __init__(
        self,
        *,
        base_url: str,
        password: str | None = None,
        token: Token | None = None,
        username: str | None = None,
        cookie_key: str | None = None,
        header_key: str | None = None,
        query_key: str | None = None,
        http_client: HttpClient | None = None,
        **options: Unpack[Options],
    ) -> None:
        super().__init__(
            base_url,
            {
                "password": password,
                "token": token,
                "username": username,
                "cookie_key": cookie_key,
                "header_key": header_key,
                "query_key": query_key,
            },
            _ENVIRONMENT,
            _USER_AGENT,
            http_client,
            options,
        )

    @cached_property
    def doors(self) -> Doors:
        """doors"""
        return Doors(self)


class AsyncClient(core.AsyncClient):
    """A client that awaits. Use it in `async with`, or close it.

    Args:
        base_url: Where the API is. One of: `https://one.example` (First), `https://two.example`.
        password: The password of basic authentication.
        token: The bearer token, or a function that gives the one to use; it is asked before each attempt.
        username: The user of basic authentication.
        cookie_key: An API key.
        header_key: An API key.
        query_key: An API key.
        http_client: An httpx2 client or transport of your own to use; it is not closed with this client.
        options: See `Options`; each can be changed later by `with_options`, or for one call by `options=`.

    Without any credential among the arguments, these environment variables are read: `SECURITY_CLIENT_PASSWORD`,
    `SECURITY_CLIENT_TOKEN`, `SECURITY_CLIENT_USERNAME`, `SECURITY_CLIENT_COOKIE_KEY`, `SECURITY_CLIENT_HEADER_KEY`,
    `SECURITY_CLIENT_QUERY_KEY`.

    Raises:
        ConfigurationError: `base_url` is not an address, or something else is unfit.
    """

    def __init__(
        self,
        *,
        base_url: str,
        password: str | None = None,
        token: AsyncToken | None = None,
        username: str | None = None,
        cookie_key: str | None = None,
        header_key: str | None = None,
        query_key: str | None = None,
        http_client: AsyncHttpClient | None = None,
        **options: Unpack[Options],
    ) -> None:
        super().__init__(
            base_url,
            {
                "password": password,
                "token": token,
                "username": username,
                "cookie_key": cookie_key,
                "header_key": header_key,
                "query_key": query_key,
            },
            _ENVIRONMENT,
            _USER_AGENT,
            http_client,
            options,
        )

    @cached_property
    def doors(self) -> AsyncDoors:
        """doors"""
        return AsyncDoors(self)
