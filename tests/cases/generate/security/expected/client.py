"""The clients of Guarded pets."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from . import resources as _resources
from ._runtime import core

if TYPE_CHECKING:
    from typing import Unpack

    from ._runtime.auth import AsyncToken, Token
    from ._runtime.options import Options
    from ._runtime.transport import AsyncHttpClient, HttpClient
    from .resources import AsyncDoors, Doors

_ENVIRONMENT = "SECURITY_CLIENT"
_USER_AGENT = "security_client/1"


class Client(core.SyncClient):
    """A client that blocks. Use it in `with`, or close it.

    Args:
        base_url: Where the API is. One of: `https://one.example` (First), `https://two.example`.
        token: The bearer token, or a function that gives the one to use; it is asked before each attempt.
        client_id: The id for which the token endpoint gives tokens.
        client_secret: The secret that goes with it. A token is used until shortly before its end, then renewed.
        username: The user of basic authentication.
        password: The password of basic authentication.
        client_id2: An API key.
        cookie_key: An API key.
        header_key: An API key.
        query_key: An API key.
        timeout2: An API key.
        http_client: An httpx2 client or transport of your own to use; it is not closed with this client.
        options: See `Options`; each can be changed later by `with_options`, or for one call by `options=`.

    Without any credential among the arguments, these environment variables are read: `SECURITY_CLIENT_TOKEN`,
    `SECURITY_CLIENT_CLIENT_ID`, `SECURITY_CLIENT_CLIENT_SECRET`, `SECURITY_CLIENT_USERNAME`,
    `SECURITY_CLIENT_PASSWORD`, `SECURITY_CLIENT_CLIENT_ID2`, `SECURITY_CLIENT_COOKIE_KEY`,
    `SECURITY_CLIENT_HEADER_KEY`, `SECURITY_CLIENT_QUERY_KEY`, `SECURITY_CLIENT_TIMEOUT2`.

    Raises:
        ConfigurationError: `base_url` is not an address, or something else is unfit.
    """

    def __init__(
        self,
        *,
        base_url: str,
        token: Token | None = None,
        client_id: str | None = None,
        client_secret: str | None = None,
        username: str | None = None,
        password: str | None = None,
        client_id2: str | None = None,
        cookie_key: str | None = None,
        header_key: str | None = None,
        query_key: str | None = None,
        timeout2: str | None = None,
        http_client: HttpClient | None = None,
        **options: Unpack[Options],
    ) -> None:
        super().__init__(
            base_url,
            {
                "token": token,
                "client_id": client_id,
                "client_secret": client_secret,
                "username": username,
                "password": password,
                "client_id2": client_id2,
                "cookie_key": cookie_key,
                "header_key": header_key,
                "query_key": query_key,
                "timeout2": timeout2,
            },
            _ENVIRONMENT,
            _USER_AGENT,
            http_client,
            options,
        )

    @cached_property
    def doors(self) -> Doors:
        """doors"""
        return _resources.Doors(self)


class AsyncClient(core.AsyncClient):
    """A client that awaits. Use it in `async with`, or close it.

    Args:
        base_url: Where the API is. One of: `https://one.example` (First), `https://two.example`.
        token: The bearer token, or a function that gives the one to use; it is asked before each attempt.
        client_id: The id for which the token endpoint gives tokens.
        client_secret: The secret that goes with it. A token is used until shortly before its end, then renewed.
        username: The user of basic authentication.
        password: The password of basic authentication.
        client_id2: An API key.
        cookie_key: An API key.
        header_key: An API key.
        query_key: An API key.
        timeout2: An API key.
        http_client: An httpx2 client or transport of your own to use; it is not closed with this client.
        options: See `Options`; each can be changed later by `with_options`, or for one call by `options=`.

    Without any credential among the arguments, these environment variables are read: `SECURITY_CLIENT_TOKEN`,
    `SECURITY_CLIENT_CLIENT_ID`, `SECURITY_CLIENT_CLIENT_SECRET`, `SECURITY_CLIENT_USERNAME`,
    `SECURITY_CLIENT_PASSWORD`, `SECURITY_CLIENT_CLIENT_ID2`, `SECURITY_CLIENT_COOKIE_KEY`,
    `SECURITY_CLIENT_HEADER_KEY`, `SECURITY_CLIENT_QUERY_KEY`, `SECURITY_CLIENT_TIMEOUT2`.

    Raises:
        ConfigurationError: `base_url` is not an address, or something else is unfit.
    """

    def __init__(
        self,
        *,
        base_url: str,
        token: AsyncToken | None = None,
        client_id: str | None = None,
        client_secret: str | None = None,
        username: str | None = None,
        password: str | None = None,
        client_id2: str | None = None,
        cookie_key: str | None = None,
        header_key: str | None = None,
        query_key: str | None = None,
        timeout2: str | None = None,
        http_client: AsyncHttpClient | None = None,
        **options: Unpack[Options],
    ) -> None:
        super().__init__(
            base_url,
            {
                "token": token,
                "client_id": client_id,
                "client_secret": client_secret,
                "username": username,
                "password": password,
                "client_id2": client_id2,
                "cookie_key": cookie_key,
                "header_key": header_key,
                "query_key": query_key,
                "timeout2": timeout2,
            },
            _ENVIRONMENT,
            _USER_AGENT,
            http_client,
            options,
        )

    @cached_property
    def doors(self) -> AsyncDoors:
        """doors"""
        return _resources.AsyncDoors(self)
