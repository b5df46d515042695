"""The operations on shelves."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from typing import TYPE_CHECKING

from .._operations import shelves as _operations
from .._runtime.core import AsyncResource, SyncResource

if TYPE_CHECKING:
    from .. import models
    from .._runtime.options import Options


class Shelves(SyncResource):
    """The operations on shelves.

    What a method raises, where a call does not succeed:
        RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
        TokenError: no token could be had.
        StatusError: the status says failure.
        RejectionError: the status says success, the body says failure.
        UndecodableResponseError: the answer is not of a described type, or is one to another request.
        ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
    """

    def add_shelf(self, body: models.AddShelfRequest, *, options: Options | None = None) -> models.AddShelfResponse:
        """addShelf

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Shelves` lists the kinds.
        """
        return self._call(_operations.ADD_SHELF, {}, body, options)


class AsyncShelves(AsyncResource):
    """The operations on shelves."""

    async def add_shelf(
        self, body: models.AddShelfRequest, *, options: Options | None = None
    ) -> models.AddShelfResponse:
        """addShelf

        Arguments and errors are those of `Shelves.add_shelf`.
        """
        return await self._call(_operations.ADD_SHELF, {}, body, options)
