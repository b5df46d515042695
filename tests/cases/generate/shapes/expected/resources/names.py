"""The operations on names."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from typing import TYPE_CHECKING

from .._operations import names as _operations
from .._runtime.core import AsyncResource, SyncResource

if TYPE_CHECKING:
    from .. import models
    from .._runtime.options import Options


class Names(SyncResource):
    """The operations on names.

    What a method raises, where a call does not succeed:
        RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
        TokenError: no token could be had.
        StatusError: the status says failure.
        RejectionError: the status says success, the body says failure.
        UndecodableResponseError: the answer is not of a described type, or is one to another request.
        ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
    """

    def set_names(self, body: models.OddNamesRequest, *, options: Options | None = None) -> models.OddNames:
        """setNames

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Names` lists the kinds.
        """
        return self._call(_operations.SET_NAMES, {}, body, options)


class AsyncNames(AsyncResource):
    """The operations on names."""

    async def set_names(self, body: models.OddNamesRequest, *, options: Options | None = None) -> models.OddNames:
        """setNames

        Arguments and errors are those of `Names.set_names`.
        """
        return await self._call(_operations.SET_NAMES, {}, body, options)
