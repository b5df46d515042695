"""The operations on default."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from typing import TYPE_CHECKING

from .._operations import default as _operations
from .._runtime.core import AsyncResource, SyncResource

if TYPE_CHECKING:
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

    def list_files(self, *, options: Options | None = None) -> None:
        """listFiles

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Default` lists the kinds.
        """
        return self._call(_operations.LIST_FILES, {}, None, options)

    def upload_file(self, *, options: Options | None = None) -> None:
        """uploadFile

        Its server is `https://eu.upload.files.example/v1` (others: `https://upload.files.test`); see `base_url`.

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Default` lists the kinds.
        """
        return self._call(_operations.UPLOAD_FILE, {}, None, options)

    def preview(self, *, options: Options | None = None) -> None:
        """preview

        Its server is `/v2`; see `base_url`.

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Default` lists the kinds.
        """
        return self._call(_operations.PREVIEW, {}, None, options)

    def set_preview(self, *, options: Options | None = None) -> None:
        """setPreview

        Its server is `../labs`; see `base_url`.

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Default` lists the kinds.
        """
        return self._call(_operations.SET_PREVIEW, {}, None, options)

    def delete_preview(self, *, options: Options | None = None) -> None:
        """deletePreview

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Default` lists the kinds.
        """
        return self._call(_operations.DELETE_PREVIEW, {}, None, options)

    def read_status(self, *, options: Options | None = None) -> None:
        """readStatus

        Its server is `/`; see `base_url`.

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Default` lists the kinds.
        """
        return self._call(_operations.READ_STATUS, {}, None, options)


class AsyncDefault(AsyncResource):
    """The operations on default."""

    async def list_files(self, *, options: Options | None = None) -> None:
        """listFiles

        Arguments and errors are those of `Default.list_files`.
        """
        return await self._call(_operations.LIST_FILES, {}, None, options)

    async def upload_file(self, *, options: Options | None = None) -> None:
        """uploadFile

        Arguments and errors are those of `Default.upload_file`.
        """
        return await self._call(_operations.UPLOAD_FILE, {}, None, options)

    async def preview(self, *, options: Options | None = None) -> None:
        """preview

        Arguments and errors are those of `Default.preview`.
        """
        return await self._call(_operations.PREVIEW, {}, None, options)

    async def set_preview(self, *, options: Options | None = None) -> None:
        """setPreview

        Arguments and errors are those of `Default.set_preview`.
        """
        return await self._call(_operations.SET_PREVIEW, {}, None, options)

    async def delete_preview(self, *, options: Options | None = None) -> None:
        """deletePreview

        Arguments and errors are those of `Default.delete_preview`.
        """
        return await self._call(_operations.DELETE_PREVIEW, {}, None, options)

    async def read_status(self, *, options: Options | None = None) -> None:
        """readStatus

        Arguments and errors are those of `Default.read_status`.
        """
        return await self._call(_operations.READ_STATUS, {}, None, options)
