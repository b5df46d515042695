"""The operations on values."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from typing import TYPE_CHECKING

from .._operations import values as _operations
from .._runtime.core import AsyncResource, SyncResource

if TYPE_CHECKING:
    from .. import models
    from .._runtime.options import Options


class Values(SyncResource):
    """The operations on values.

    What a method raises, where a call does not succeed:
        RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
        TokenError: no token could be had.
        StatusError: the status says failure.
        RejectionError: the status says success, the body says failure.
        UndecodableResponseError: the answer is not of a described type, or is one to another request.
        ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
    """

    def set_values(self, body: models.ValuesRequest, *, options: Options | None = None) -> models.Values:
        """setValues

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Values` lists the kinds.
        """
        return self._call(_operations.SET_VALUES, {}, body, options)

    def set_tags(self, body: models.TagsRequest, *, options: Options | None = None) -> models.Tags:
        """setTags

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Values` lists the kinds.
        """
        return self._call(_operations.SET_TAGS, {}, body, options)


class AsyncValues(AsyncResource):
    """The operations on values."""

    async def set_values(self, body: models.ValuesRequest, *, options: Options | None = None) -> models.Values:
        """setValues

        Arguments and errors are those of `Values.set_values`.
        """
        return await self._call(_operations.SET_VALUES, {}, body, options)

    async def set_tags(self, body: models.TagsRequest, *, options: Options | None = None) -> models.Tags:
        """setTags

        Arguments and errors are those of `Values.set_tags`.
        """
        return await self._call(_operations.SET_TAGS, {}, body, options)
