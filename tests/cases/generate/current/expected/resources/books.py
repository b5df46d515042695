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
    """Books.

    What a method raises, where a call does not succeed:
        RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
        TokenError: no token could be had.
        StatusError: the status says failure.
        RejectionError: the status says success, the body says failure.
        UndecodableResponseError: the answer is not of a described type, or is one to another request.
        ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
    """

    def list_books(self, *, filter: models.ListBooksFilter | None = None, options: Options | None = None) -> list[str]:
        """listBooks

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Books` lists the kinds.
        """
        return self._call(_operations.LIST_BOOKS, {"filter": filter}, None, options)

    def query_books(self, body: models.WishRequest, *, options: Options | None = None) -> list[str]:
        """queryBooks

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Books` lists the kinds.
        """
        return self._call(_operations.QUERY_BOOKS, {}, body, options)

    def link_books(self, *, wing: str | None = None, options: Options | None = None) -> None:
        """linkBooks

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Books` lists the kinds.
        """
        return self._call(_operations.LINK_BOOKS, {"wing": wing}, None, options)

    def search_by_tree(self, *, tree: dict[str, int], options: Options | None = None) -> None:
        """searchByTree

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Books` lists the kinds.
        """
        return self._call(_operations.SEARCH_BY_TREE, {"tree": tree}, None, options)

    def search_by_text(self, *, words: str | None = None, options: Options | None = None) -> None:
        """searchByText

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Books` lists the kinds.
        """
        return self._call(_operations.SEARCH_BY_TEXT, {"words": words}, None, options)


class AsyncBooks(AsyncResource):
    """Books."""

    async def list_books(
        self, *, filter: models.ListBooksFilter | None = None, options: Options | None = None
    ) -> list[str]:
        """listBooks

        Arguments and errors are those of `Books.list_books`.
        """
        return await self._call(_operations.LIST_BOOKS, {"filter": filter}, None, options)

    async def query_books(self, body: models.WishRequest, *, options: Options | None = None) -> list[str]:
        """queryBooks

        Arguments and errors are those of `Books.query_books`.
        """
        return await self._call(_operations.QUERY_BOOKS, {}, body, options)

    async def link_books(self, *, wing: str | None = None, options: Options | None = None) -> None:
        """linkBooks

        Arguments and errors are those of `Books.link_books`.
        """
        return await self._call(_operations.LINK_BOOKS, {"wing": wing}, None, options)

    async def search_by_tree(self, *, tree: dict[str, int], options: Options | None = None) -> None:
        """searchByTree

        Arguments and errors are those of `Books.search_by_tree`.
        """
        return await self._call(_operations.SEARCH_BY_TREE, {"tree": tree}, None, options)

    async def search_by_text(self, *, words: str | None = None, options: Options | None = None) -> None:
        """searchByText

        Arguments and errors are those of `Books.search_by_text`.
        """
        return await self._call(_operations.SEARCH_BY_TEXT, {"words": words}, None, options)
