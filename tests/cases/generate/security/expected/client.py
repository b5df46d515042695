"""The clients of Guarded pets."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ._runtime import core
from .resources import AsyncDoors, Doors

if TYPE_CHECKING:
    from ._runtime.transport import AsyncHttpClient, HttpClient


_USER_AGENT = "security_client/1"


class Client(core.SyncClient):
    """A client that blocks. Use it in `with`, or close it.

    Args:
        base_url: Where the API is. One of: `https://one.example` (First), `https://two.example`.
        token: The bearer token.
        client_id: The id for which a bearer token is fetched.
        client_secret: The secret that goes with `client_id`.
        username: The user of basic authentication.
        password: The password of basic authentication.
        client_id2: An API key.
        cookie_key: An API key.
        header_key: An API key.
        query_key: An API key.
        timeout2: An API key.
        timeout: Seconds to wait for a connection, and between two pieces of an answer.
        http_client: Connections of your own to use; they are not closed with this client.

    Raises:
        ConfigurationError: `base_url` is not an address.
    """

    def __init__(
        self,
        *,
        base_url: str,
        token: str | None = None,
        client_id: str | None = None,
        client_secret: str | None = None,
        username: str | None = None,
        password: str | None = None,
        client_id2: str | None = None,
        cookie_key: str | None = None,
        header_key: str | None = None,
        query_key: str | None = None,
        timeout2: str | None = None,
        timeout: float = 60.0,
        http_client: HttpClient | None = None,
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
            _USER_AGENT,
            timeout,
            http_client,
        )

    @cached_property
    def doors(self) -> Doors:
        """doors"""
        return Doors(self)


class AsyncClient(core.AsyncClient):
    """A client that awaits. Use it in `async with`, or close it.

    Args:
        base_url: Where the API is. One of: `https://one.example` (First), `https://two.example`.
        token: The bearer token.
        client_id: The id for which a bearer token is fetched.
        client_secret: The secret that goes with `client_id`.
        username: The user of basic authentication.
        password: The password of basic authentication.
        client_id2: An API key.
        cookie_key: An API key.
        header_key: An API key.
        query_key: An API key.
        timeout2: An API key.
        timeout: Seconds to wait for a connection, and between two pieces of an answer.
        http_client: Connections of your own to use; they are not closed with this client.

    Raises:
        ConfigurationError: `base_url` is not an address.
    """

    def __init__(
        self,
        *,
        base_url: str,
        token: str | None = None,
        client_id: str | None = None,
        client_secret: str | None = None,
        username: str | None = None,
        password: str | None = None,
        client_id2: str | None = None,
        cookie_key: str | None = None,
        header_key: str | None = None,
        query_key: str | None = None,
        timeout2: str | None = None,
        timeout: float = 60.0,
        http_client: AsyncHttpClient | None = None,
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
            _USER_AGENT,
            timeout,
            http_client,
        )

    @cached_property
    def doors(self) -> AsyncDoors:
        """doors"""
        return AsyncDoors(self)
