"""The operations on default."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from typing import TYPE_CHECKING

from .._operations import default as _operations
from .._runtime.core import AsyncResource, SyncResource

if TYPE_CHECKING:
    from .. import models
    from .._runtime.options import Options


class Default(SyncResource):
    """The operations on default.

    What a method raises, where a call does not succeed:
        RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
        TokenError: no token could be had.
        StatusError: the status says failure.
        RejectionError: the status says success, the body says failure.
        UndecodableResponseError: the answer is not of a described type, or is one to another request.
        ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
    """

    def add_animal(self, body: models.AnimalRequest, *, options: Options | None = None) -> models.Animal:
        """Add an animal.

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Default` lists the kinds.
        """
        return self._call(_operations.ADD_ANIMAL, {}, body, options)

    def pay(
        self, body: models.PayRequest, *, options: Options | None = None
    ) -> models.Paid | models.Pending | models.UnknownPayResponse:
        """Pay for food.

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Default` lists the kinds.
        """
        return self._call(_operations.PAY, {}, body, options)


class AsyncDefault(AsyncResource):
    """The operations on default."""

    async def add_animal(self, body: models.AnimalRequest, *, options: Options | None = None) -> models.Animal:
        """Add an animal.

        Arguments and errors are those of `Default.add_animal`.
        """
        return await self._call(_operations.ADD_ANIMAL, {}, body, options)

    async def pay(
        self, body: models.PayRequest, *, options: Options | None = None
    ) -> models.Paid | models.Pending | models.UnknownPayResponse:
        """Pay for food.

        Arguments and errors are those of `Default.pay`.
        """
        return await self._call(_operations.PAY, {}, body, options)
