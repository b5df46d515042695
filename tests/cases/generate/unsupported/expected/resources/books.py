"""The operations on books."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from typing import TYPE_CHECKING

from .._operations import books as _operations
from .._runtime.core import AsyncResource, SyncResource

if TYPE_CHECKING:
    from .. import models
    from .._runtime.options import Options


class Books(SyncResource):
    """The operations on books.

    What a method raises, where a call does not succeed:
        RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
        TokenError: no token could be had.
        StatusError: the status says failure.
        RejectionError: the status says success, the body says failure.
        UndecodableResponseError: the answer is not of a described type, or is one to another request.
        ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
    """

    def find_books(self, *, options: Options | None = None) -> None:
        """findBooks

        The client sends no credential of `digest`: bring it by `headers=` or an `http_client=` of your own.

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Books` lists the kinds.
        """
        return self._call(_operations.FIND_BOOKS, {}, None, options)

    def add_book(self, body: models.Book, *, options: Options | None = None) -> None:
        """addBook

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Books` lists the kinds.
        """
        return self._call(_operations.ADD_BOOK, {}, body, options)


class AsyncBooks(AsyncResource):
    """The operations on books."""

    async def find_books(self, *, options: Options | None = None) -> None:
        """findBooks

        Arguments and errors are those of `Books.find_books`.
        """
        return await self._call(_operations.FIND_BOOKS, {}, None, options)

    async def add_book(self, body: models.Book, *, options: Options | None = None) -> None:
        """addBook

        Arguments and errors are those of `Books.add_book`.
        """
        return await self._call(_operations.ADD_BOOK, {}, body, options)
