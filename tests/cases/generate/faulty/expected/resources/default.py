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

    def delete_books_name(self, name: str, *, options: Options | None = None) -> None:
        """delete /books/{name}

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Default` lists the kinds.
        """
        return self._call(_operations.DELETE_BOOKS_NAME, {"name": name}, None, options)


class AsyncDefault(AsyncResource):
    """The operations on default."""

    async def delete_books_name(self, name: str, *, options: Options | None = None) -> None:
        """delete /books/{name}

        Arguments and errors are those of `Default.delete_books_name`.
        """
        return await self._call(_operations.DELETE_BOOKS_NAME, {"name": name}, None, options)
