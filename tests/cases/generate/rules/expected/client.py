"""The clients of Orders with rules."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ._runtime import core
from .resources import AsyncOrders, AsyncSmall, Orders, Small

if TYPE_CHECKING:
    from ._runtime.transport import AsyncHttpClient, HttpClient


_USER_AGENT = "rules_client/3.0.1"


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
    def orders(self) -> Orders:
        """orders"""
        return Orders(self)

    @cached_property
    def small(self) -> Small:
        """small"""
        return Small(self)


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
    def orders(self) -> AsyncOrders:
        """orders"""
        return AsyncOrders(self)

    @cached_property
    def small(self) -> AsyncSmall:
        """small"""
        return AsyncSmall(self)
