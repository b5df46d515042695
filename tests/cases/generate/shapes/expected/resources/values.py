"""The operations on values."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import _operations
from .._runtime.core import AsyncResource, SyncResource

if TYPE_CHECKING:
    from .. import models


class Values(SyncResource):
    """The operations on values."""

    def set_values(
        self,
        body: models.ValuesRequest,
    ) -> models.Values:
        """setValues

        Raises:
            RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
            StatusError: the status says failure.
            RejectionError: the status says success, the body says failure.
            UndecodableResponseError: the answer is not of a described type.
            ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
        """
        return self._call(
            _operations.SET_VALUES,
            {},
            body,
        )

    def set_tags(
        self,
        body: models.TagsRequest,
    ) -> models.Tags:
        """setTags

        Raises:
            RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
            StatusError: the status says failure.
            RejectionError: the status says success, the body says failure.
            UndecodableResponseError: the answer is not of a described type.
            ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
        """
        return self._call(
            _operations.SET_TAGS,
            {},
            body,
        )


class AsyncValues(AsyncResource):
    """The operations on values."""

    async def set_values(
        self,
        body: models.ValuesRequest,
    ) -> models.Values:
        """setValues

        Raises:
            RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
            StatusError: the status says failure.
            RejectionError: the status says success, the body says failure.
            UndecodableResponseError: the answer is not of a described type.
            ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
        """
        return await self._call(
            _operations.SET_VALUES,
            {},
            body,
        )

    async def set_tags(
        self,
        body: models.TagsRequest,
    ) -> models.Tags:
        """setTags

        Raises:
            RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
            StatusError: the status says failure.
            RejectionError: the status says success, the body says failure.
            UndecodableResponseError: the answer is not of a described type.
            ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
        """
        return await self._call(
            _operations.SET_TAGS,
            {},
            body,
        )
