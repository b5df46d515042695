"""The operations on small."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from typing import TYPE_CHECKING

from .._operations import small as _operations
from .._runtime.core import AsyncResource, SyncResource

if TYPE_CHECKING:
    from .. import models
    from .._runtime.options import Options


class Small(SyncResource):
    """The operations on small.

    What a method raises, where a call does not succeed:
        RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
        TokenError: no token could be had.
        StatusError: the status says failure.
        RejectionError: the status says success, the body says failure.
        UndecodableResponseError: the answer is not of a described type, or is one to another request.
        ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
    """

    def place_small(self, body: models.Small, *, options: Options | None = None) -> None:
        """placeSmall

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Small` lists the kinds.
        """
        return self._call(_operations.PLACE_SMALL, {}, body, options)


class AsyncSmall(AsyncResource):
    """The operations on small."""

    async def place_small(self, body: models.Small, *, options: Options | None = None) -> None:
        """placeSmall

        Arguments and errors are those of `Small.place_small`.
        """
        return await self._call(_operations.PLACE_SMALL, {}, body, options)
