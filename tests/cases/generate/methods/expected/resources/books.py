"""The operations on books."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from typing import TYPE_CHECKING

from .._operations import books as _operations
from .._runtime.core import AsyncResource, SyncResource

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal
    from typing import Literal

    from .. import models
    from .._runtime.options import Options


class Books(SyncResource):
    """What stands on the shelves. And what does not.

    What a method raises, where a call does not succeed:
        RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
        KeyReusedError: the idempotency key went out with another body before. Nothing was sent.
        TokenError: no token could be had.
        StatusError: the status says failure.
        RejectionError: the status says success, the body says failure.
        UndecodableResponseError: the answer is not of a described type, or is one to another request.
        ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
    """

    def find_books(
        self,
        *,
        required_words: list[str],
        x_needed: str,
        x_trace: str | None = None,
        plain: str | None = None,
        exploded: list[int] | None = None,
        joined: list[int] | None = None,
        spaced: list[str] | None = None,
        piped: list[str] | None = None,
        deep: dict[str, str] | None = None,
        range: models.FindBooksRange | None = None,
        since: date | None = None,
        before: datetime | None = None,
        price: Decimal | None = None,
        used: bool | None = None,
        order: Literal["title", "author"] | None = None,
        filter: models.FindBooksFilter | None = None,
        x_shelves: list[int] | None = None,
        x_sizes: dict[str, int] | None = None,
        accept_language: str | None = None,
        session: str | None = None,
        visited: list[int] | None = None,
        options: Options | None = None,
    ) -> list[models.Book]:
        """Find books

        Args:
            x_trace: An id of yours.
            filter: Written as JSON.
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Books` lists the kinds.
        """
        return self._call(
            _operations.FIND_BOOKS,
            {
                "x_trace": x_trace,
                "required_words": required_words,
                "plain": plain,
                "exploded": exploded,
                "joined": joined,
                "spaced": spaced,
                "piped": piped,
                "deep": deep,
                "range": range,
                "since": since,
                "before": before,
                "price": price,
                "used": used,
                "order": order,
                "filter": filter,
                "x_shelves": x_shelves,
                "x_sizes": x_sizes,
                "x_needed": x_needed,
                "accept_language": accept_language,
                "session": session,
                "visited": visited,
            },
            None,
            options,
        )

    def add_book(
        self,
        body: models.BookRequest,
        *,
        x_trace: str | None = None,
        request_key: str | None = None,
        options: Options | None = None,
    ) -> models.Book | models.Receipt | None:
        """Add a book

        Adds a book, once:

        - by its title
        - or by its number

        Then says where it stands.

        Args:
            body: The book to add.
            x_trace: An id of yours.
            request_key: Left out, the client makes one.
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Books` lists the kinds.
        """
        return self._call(_operations.ADD_BOOK, {"x_trace": x_trace, "request_key": request_key}, body, options)

    def add_books(self, body: models.AddBooksRequest, *, options: Options | None = None) -> models.BooksAdded:
        """Add many books, each for itself

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Books` lists the kinds.
        """
        return self._call(_operations.ADD_BOOKS, {}, body, options)

    def get_book(self, book_id: int, *, options: Options | None = None) -> models.Book:
        """getBook

        Args:
            book_id: The number on its back.
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Books` lists the kinds.
        """
        return self._call(_operations.GET_BOOK, {"book_id": book_id}, None, options)

    def replace_book(self, book_id: int, body: models.BookRequest, *, options: Options | None = None) -> None:
        """replaceBook

        Args:
            book_id: The number on its back.
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Books` lists the kinds.
        """
        return self._call(_operations.REPLACE_BOOK, {"book_id": book_id}, body, options)

    def remove_book(self, book_id: int, *, options: Options | None = None) -> None:
        """removeBook

        Deprecated.

        Args:
            book_id: The number on its back.
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Books` lists the kinds.
        """
        return self._call(_operations.REMOVE_BOOK, {"book_id": book_id}, None, options)

    def options_of_book(self, book_id: int, *, options: Options | None = None) -> None:
        """optionsOfBook

        Args:
            book_id: The number on its back.
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Books` lists the kinds.
        """
        return self._call(_operations.OPTIONS_OF_BOOK, {"book_id": book_id}, None, options)

    def has_book(self, book_id: int, *, options: Options | None = None) -> None:
        """hasBook

        Args:
            book_id: The number on its back.
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Books` lists the kinds.
        """
        return self._call(_operations.HAS_BOOK, {"book_id": book_id}, None, options)

    def change_book(
        self, book_id: int, body: models.ChangeBookRequest | None = None, *, options: Options | None = None
    ) -> models.Book:
        """changeBook

        Args:
            book_id: The number on its back.
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Books` lists the kinds.
        """
        return self._call(_operations.CHANGE_BOOK, {"book_id": book_id}, body, options)

    def trace_book(self, book_id: int, *, options: Options | None = None) -> str:
        """traceBook

        Args:
            book_id: The number on its back.
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Books` lists the kinds.
        """
        return self._call(_operations.TRACE_BOOK, {"book_id": book_id}, None, options)

    def get_cover(self, book_id: int, *, options: Options | None = None) -> bytes:
        """getCover

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Books` lists the kinds.
        """
        return self._call(_operations.GET_COVER, {"book_id": book_id}, None, options)

    def set_cover(self, book_id: int, body: bytes, *, options: Options | None = None) -> None:
        """setCover

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Books` lists the kinds.
        """
        return self._call(_operations.SET_COVER, {"book_id": book_id}, body, options)

    def get_blurb(self, book_id: int, *, options: Options | None = None) -> str:
        """getBlurb

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Books` lists the kinds.
        """
        return self._call(_operations.GET_BLURB, {"book_id": book_id}, None, options)

    def set_blurb(self, book_id: int, body: str, *, options: Options | None = None) -> None:
        """setBlurb

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Books` lists the kinds.
        """
        return self._call(_operations.SET_BLURB, {"book_id": book_id}, body, options)


class AsyncBooks(AsyncResource):
    """What stands on the shelves. And what does not."""

    async def find_books(
        self,
        *,
        required_words: list[str],
        x_needed: str,
        x_trace: str | None = None,
        plain: str | None = None,
        exploded: list[int] | None = None,
        joined: list[int] | None = None,
        spaced: list[str] | None = None,
        piped: list[str] | None = None,
        deep: dict[str, str] | None = None,
        range: models.FindBooksRange | None = None,
        since: date | None = None,
        before: datetime | None = None,
        price: Decimal | None = None,
        used: bool | None = None,
        order: Literal["title", "author"] | None = None,
        filter: models.FindBooksFilter | None = None,
        x_shelves: list[int] | None = None,
        x_sizes: dict[str, int] | None = None,
        accept_language: str | None = None,
        session: str | None = None,
        visited: list[int] | None = None,
        options: Options | None = None,
    ) -> list[models.Book]:
        """Find books

        Arguments and errors are those of `Books.find_books`.
        """
        return await self._call(
            _operations.FIND_BOOKS,
            {
                "x_trace": x_trace,
                "required_words": required_words,
                "plain": plain,
                "exploded": exploded,
                "joined": joined,
                "spaced": spaced,
                "piped": piped,
                "deep": deep,
                "range": range,
                "since": since,
                "before": before,
                "price": price,
                "used": used,
                "order": order,
                "filter": filter,
                "x_shelves": x_shelves,
                "x_sizes": x_sizes,
                "x_needed": x_needed,
                "accept_language": accept_language,
                "session": session,
                "visited": visited,
            },
            None,
            options,
        )

    async def add_book(
        self,
        body: models.BookRequest,
        *,
        x_trace: str | None = None,
        request_key: str | None = None,
        options: Options | None = None,
    ) -> models.Book | models.Receipt | None:
        """Add a book

        Arguments and errors are those of `Books.add_book`.
        """
        return await self._call(_operations.ADD_BOOK, {"x_trace": x_trace, "request_key": request_key}, body, options)

    async def add_books(self, body: models.AddBooksRequest, *, options: Options | None = None) -> models.BooksAdded:
        """Add many books, each for itself

        Arguments and errors are those of `Books.add_books`.
        """
        return await self._call(_operations.ADD_BOOKS, {}, body, options)

    async def get_book(self, book_id: int, *, options: Options | None = None) -> models.Book:
        """getBook

        Arguments and errors are those of `Books.get_book`.
        """
        return await self._call(_operations.GET_BOOK, {"book_id": book_id}, None, options)

    async def replace_book(self, book_id: int, body: models.BookRequest, *, options: Options | None = None) -> None:
        """replaceBook

        Arguments and errors are those of `Books.replace_book`.
        """
        return await self._call(_operations.REPLACE_BOOK, {"book_id": book_id}, body, options)

    async def remove_book(self, book_id: int, *, options: Options | None = None) -> None:
        """removeBook

        Deprecated.

        Arguments and errors are those of `Books.remove_book`.
        """
        return await self._call(_operations.REMOVE_BOOK, {"book_id": book_id}, None, options)

    async def options_of_book(self, book_id: int, *, options: Options | None = None) -> None:
        """optionsOfBook

        Arguments and errors are those of `Books.options_of_book`.
        """
        return await self._call(_operations.OPTIONS_OF_BOOK, {"book_id": book_id}, None, options)

    async def has_book(self, book_id: int, *, options: Options | None = None) -> None:
        """hasBook

        Arguments and errors are those of `Books.has_book`.
        """
        return await self._call(_operations.HAS_BOOK, {"book_id": book_id}, None, options)

    async def change_book(
        self, book_id: int, body: models.ChangeBookRequest | None = None, *, options: Options | None = None
    ) -> models.Book:
        """changeBook

        Arguments and errors are those of `Books.change_book`.
        """
        return await self._call(_operations.CHANGE_BOOK, {"book_id": book_id}, body, options)

    async def trace_book(self, book_id: int, *, options: Options | None = None) -> str:
        """traceBook

        Arguments and errors are those of `Books.trace_book`.
        """
        return await self._call(_operations.TRACE_BOOK, {"book_id": book_id}, None, options)

    async def get_cover(self, book_id: int, *, options: Options | None = None) -> bytes:
        """getCover

        Arguments and errors are those of `Books.get_cover`.
        """
        return await self._call(_operations.GET_COVER, {"book_id": book_id}, None, options)

    async def set_cover(self, book_id: int, body: bytes, *, options: Options | None = None) -> None:
        """setCover

        Arguments and errors are those of `Books.set_cover`.
        """
        return await self._call(_operations.SET_COVER, {"book_id": book_id}, body, options)

    async def get_blurb(self, book_id: int, *, options: Options | None = None) -> str:
        """getBlurb

        Arguments and errors are those of `Books.get_blurb`.
        """
        return await self._call(_operations.GET_BLURB, {"book_id": book_id}, None, options)

    async def set_blurb(self, book_id: int, body: str, *, options: Options | None = None) -> None:
        """setBlurb

        Arguments and errors are those of `Books.set_blurb`.
        """
        return await self._call(_operations.SET_BLURB, {"book_id": book_id}, body, options)
