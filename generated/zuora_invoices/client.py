"""The clients of Zuora standalone invoices."""

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
    from .resources import AsyncInvoices, Invoices

_ENVIRONMENT = "ZUORA_INVOICES"
_USER_AGENT = "zuora_invoices/0.2.0"


class Client(core.SyncClient):
    """A client that blocks. Use it in `with`, or close it.

    Args:
        base_url: Where the API is. One of: `https://rest.na.zuora.com` (US Cloud 1, production),
            `https://rest.sandbox.na.zuora.com` (US Cloud 1, API sandbox), `https://rest.zuora.com` (US Cloud 2,
            production), `https://rest.apisandbox.zuora.com` (US Cloud 2, API sandbox), `https://rest.test.zuora.com`
            (US Central Sandbox), `https://rest.eu.zuora.com` (EU, production), `https://rest.sandbox.eu.zuora.com` (EU,
            API sandbox), `https://rest.test.eu.zuora.com` (EU Central Sandbox), `https://rest.ap.zuora.com` (APAC,
            production), `https://rest.test.ap.zuora.com` (APAC Central Sandbox).
        token: The bearer token, or a function that gives the one to use; it is asked before each attempt.
        client_id: The id for which the token endpoint gives tokens.
        client_secret: The secret that goes with it. A token is used until shortly before its end, then renewed.
        http_client: An httpx2 client or transport of your own to use; it is not closed with this client.
        options: See `Options`; each can be changed later by `with_options`, or for one call by `options=`.

    Without any credential among the arguments, these environment variables are read: `ZUORA_INVOICES_TOKEN`,
    `ZUORA_INVOICES_CLIENT_ID`, `ZUORA_INVOICES_CLIENT_SECRET`.

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
        http_client: HttpClient | None = None,
        **options: Unpack[Options],
    ) -> None:
        super().__init__(
            base_url,
            {"token": token, "client_id": client_id, "client_secret": client_secret},
            _ENVIRONMENT,
            _USER_AGENT,
            http_client,
            options,
        )

    @cached_property
    def invoices(self) -> Invoices:
        """Standalone invoices bill a customer account for one-off goods and services."""
        return _resources.Invoices(self)


class AsyncClient(core.AsyncClient):
    """A client that awaits. Use it in `async with`, or close it.

    Args:
        base_url: Where the API is. One of: `https://rest.na.zuora.com` (US Cloud 1, production),
            `https://rest.sandbox.na.zuora.com` (US Cloud 1, API sandbox), `https://rest.zuora.com` (US Cloud 2,
            production), `https://rest.apisandbox.zuora.com` (US Cloud 2, API sandbox), `https://rest.test.zuora.com`
            (US Central Sandbox), `https://rest.eu.zuora.com` (EU, production), `https://rest.sandbox.eu.zuora.com` (EU,
            API sandbox), `https://rest.test.eu.zuora.com` (EU Central Sandbox), `https://rest.ap.zuora.com` (APAC,
            production), `https://rest.test.ap.zuora.com` (APAC Central Sandbox).
        token: The bearer token, or a function that gives the one to use; it is asked before each attempt.
        client_id: The id for which the token endpoint gives tokens.
        client_secret: The secret that goes with it. A token is used until shortly before its end, then renewed.
        http_client: An httpx2 client or transport of your own to use; it is not closed with this client.
        options: See `Options`; each can be changed later by `with_options`, or for one call by `options=`.

    Without any credential among the arguments, these environment variables are read: `ZUORA_INVOICES_TOKEN`,
    `ZUORA_INVOICES_CLIENT_ID`, `ZUORA_INVOICES_CLIENT_SECRET`.

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
        http_client: AsyncHttpClient | None = None,
        **options: Unpack[Options],
    ) -> None:
        super().__init__(
            base_url,
            {"token": token, "client_id": client_id, "client_secret": client_secret},
            _ENVIRONMENT,
            _USER_AGENT,
            http_client,
            options,
        )

    @cached_property
    def invoices(self) -> AsyncInvoices:
        """Standalone invoices bill a customer account for one-off goods and services."""
        return _resources.AsyncInvoices(self)
