"""The operations on books."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from typing import TYPE_CHECKING

from .._operations import books as _operations
from .._runtime.core import AsyncResource, SyncResource

if TYPE_CHECKING:
    from typing import Any, Literal

    from .. import models
    from .._runtime.options import Options


class Books(SyncResource):
    """Old and new.

    What a method raises, where a call does not succeed:
        RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
        TokenError: no token could be had.
        StatusError: the status says failure.
        RejectionError: the status says success, the body says failure.
        UndecodableResponseError: the answer is not of a described type, or is one to another request.
        ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
    """

    def put_books_id_pages_page(self, id: str, page: str, *, options: Options | None = None) -> None:
        """put /books/{id}/pages/{page}

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Books` lists the kinds.
        """
        return self._call(_operations.PUT_BOOKS_ID_PAGES_PAGE, {"id": id, "page": page}, None, options)

    def add_page(self, id: str, page: str, body: models.BookRequest, *, options: Options | None = None) -> None:
        """addPage

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Books` lists the kinds.
        """
        return self._call(_operations.ADD_PAGE, {"id": id, "page": page}, body, options)

    def get_books_id(
        self,
        id: int,
        *,
        gone: Any = None,
        limit: int | None = None,
        kind: Literal["a", "b", 5] | None = None,
        options: Options | None = None,
    ) -> models.Book:
        """A book, by its number and its part.

        Left out is the header parameter 'X-Deep', which cannot be of style 'deepObject' in a header.

        Args:
            gone: Not checked before sending: what it is, as its reference leads nowhere.
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Books` lists the kinds.
        """
        return self._call(
            _operations.GET_BOOKS_ID, {"id": id, "gone": gone, "limit": limit, "kind": kind}, None, options
        )


class AsyncBooks(AsyncResource):
    """Old and new."""

    async def put_books_id_pages_page(self, id: str, page: str, *, options: Options | None = None) -> None:
        """put /books/{id}/pages/{page}

        Arguments and errors are those of `Books.put_books_id_pages_page`.
        """
        return await self._call(_operations.PUT_BOOKS_ID_PAGES_PAGE, {"id": id, "page": page}, None, options)

    async def add_page(self, id: str, page: str, body: models.BookRequest, *, options: Options | None = None) -> None:
        """addPage

        Arguments and errors are those of `Books.add_page`.
        """
        return await self._call(_operations.ADD_PAGE, {"id": id, "page": page}, body, options)

    async def get_books_id(
        self,
        id: int,
        *,
        gone: Any = None,
        limit: int | None = None,
        kind: Literal["a", "b", 5] | None = None,
        options: Options | None = None,
    ) -> models.Book:
        """A book, by its number and its part.

        Arguments and errors are those of `Books.get_books_id`.
        """
        return await self._call(
            _operations.GET_BOOKS_ID, {"id": id, "gone": gone, "limit": limit, "kind": kind}, None, options
        )
