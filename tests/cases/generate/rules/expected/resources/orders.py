"""The operations on orders."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from typing import TYPE_CHECKING

from .._operations import orders as _operations
from .._runtime.core import AsyncResource, SyncResource

if TYPE_CHECKING:
    from .. import models
    from .._runtime.options import Options


class Orders(SyncResource):
    """The operations on orders.

    What a method raises, where a call does not succeed:
        RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
        TokenError: no token could be had.
        StatusError: the status says failure.
        RejectionError: the status says success, the body says failure.
        UndecodableResponseError: the answer is not of a described type, or is one to another request.
        ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
    """

    def place_order(
        self, body: models.Order, *, api_version: str | None = None, options: Options | None = None
    ) -> None:
        """placeOrder

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Orders` lists the kinds.
        """
        return self._call(_operations.PLACE_ORDER, {"api_version": api_version}, body, options)

    def place_orders(
        self, body: models.OrderBatch, *, api_version: str | None = None, options: Options | None = None
    ) -> None:
        """placeOrders

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Orders` lists the kinds.
        """
        return self._call(_operations.PLACE_ORDERS, {"api_version": api_version}, body, options)


class AsyncOrders(AsyncResource):
    """The operations on orders."""

    async def place_order(
        self, body: models.Order, *, api_version: str | None = None, options: Options | None = None
    ) -> None:
        """placeOrder

        Arguments and errors are those of `Orders.place_order`.
        """
        return await self._call(_operations.PLACE_ORDER, {"api_version": api_version}, body, options)

    async def place_orders(
        self, body: models.OrderBatch, *, api_version: str | None = None, options: Options | None = None
    ) -> None:
        """placeOrders

        Arguments and errors are those of `Orders.place_orders`.
        """
        return await self._call(_operations.PLACE_ORDERS, {"api_version": api_version}, body, options)
