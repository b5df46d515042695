"""The clients of Zuora standalone invoices."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ._runtime import core
from .resources import AsyncInvoices, Invoices

if TYPE_CHECKING:
    from ._runtime.transport import AsyncHttpClient, HttpClient


_USER_AGENT = "zuora_invoices/0.1.0"


class Client(core.SyncClient):
    """A client that blocks. Use it in `with`, or close it.

    Args:
        base_url: Where the API is. One of: `https://rest.na.zuora.com` (US Cloud 1, production),
            `https://rest.sandbox.na.zuora.com` (US Cloud 1, API sandbox), `https://rest.zuora.com` (US Cloud 2,
            production), `https://rest.apisandbox.zuora.com` (US Cloud 2, API sandbox), `https://rest.test.zuora.com`
            (US Central Sandbox), `https://rest.eu.zuora.com` (EU, production), `https://rest.sandbox.eu.zuora.com` (EU,
            API sandbox), `https://rest.test.eu.zuora.com` (EU Central Sandbox).
        token: The bearer token.
        client_id: The id for which a bearer token is fetched.
        client_secret: The secret that goes with `client_id`.
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
        timeout: float = 60.0,
        http_client: HttpClient | None = None,
    ) -> None:
        super().__init__(
            base_url,
            {
                "token": token,
                "client_id": client_id,
                "client_secret": client_secret,
            },
            _USER_AGENT,
            timeout,
            http_client,
        )

    @cached_property
    def invoices(self) -> Invoices:
        """Standalone invoices bill a customer account for one-off goods and services."""
        return Invoices(self)


class AsyncClient(core.AsyncClient):
    """A client that awaits. Use it in `async with`, or close it.

    Args:
        base_url: Where the API is. One of: `https://rest.na.zuora.com` (US Cloud 1, production),
            `https://rest.sandbox.na.zuora.com` (US Cloud 1, API sandbox), `https://rest.zuora.com` (US Cloud 2,
            production), `https://rest.apisandbox.zuora.com` (US Cloud 2, API sandbox), `https://rest.test.zuora.com`
            (US Central Sandbox), `https://rest.eu.zuora.com` (EU, production), `https://rest.sandbox.eu.zuora.com` (EU,
            API sandbox), `https://rest.test.eu.zuora.com` (EU Central Sandbox).
        token: The bearer token.
        client_id: The id for which a bearer token is fetched.
        client_secret: The secret that goes with `client_id`.
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
        timeout: float = 60.0,
        http_client: AsyncHttpClient | None = None,
    ) -> None:
        super().__init__(
            base_url,
            {
                "token": token,
                "client_id": client_id,
                "client_secret": client_secret,
            },
            _USER_AGENT,
            timeout,
            http_client,
        )

    @cached_property
    def invoices(self) -> AsyncInvoices:
        """Standalone invoices bill a customer account for one-off goods and services."""
        return AsyncInvoices(self)
