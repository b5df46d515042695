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
        password: The password of basic authentication.
        token: The bearer token.
        username: The user of basic authentication.
        cookie_key: An API key.
        header_key: An API key.
        query_key: An API key.
        timeout: Seconds to wait for a connection, and between two pieces of an answer.
        http_client: Connections of your own to use; they are not closed with this client.

    Raises:
        ConfigurationError: `base_url` is not an address.
    """

    def __init__(
        self,
        *,
        base_url: str,
        password: str | None = None,
        token: str | None = None,
        username: str | None = None,
        cookie_key: str | None = None,
        header_key: str | None = None,
        query_key: str | None = None,
        timeout: float = 60.0,
        http_client: HttpClient | None = None,
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
        password: The password of basic authentication.
        token: The bearer token.
        username: The user of basic authentication.
        cookie_key: An API key.
        header_key: An API key.
        query_key: An API key.
        timeout: Seconds to wait for a connection, and between two pieces of an answer.
        http_client: Connections of your own to use; they are not closed with this client.

    Raises:
        ConfigurationError: `base_url` is not an address.
    """

    def __init__(
        self,
        *,
        base_url: str,
        password: str | None = None,
        token: str | None = None,
        username: str | None = None,
        cookie_key: str | None = None,
        header_key: str | None = None,
        query_key: str | None = None,
        timeout: float = 60.0,
        http_client: AsyncHttpClient | None = None,
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
            _USER_AGENT,
            timeout,
            http_client,
        )

    @cached_property
    def doors(self) -> AsyncDoors:
        """doors"""
        return AsyncDoors(self)
