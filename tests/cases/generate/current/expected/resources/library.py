"""The operations on library."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from typing import TYPE_CHECKING

from .._operations import library as _operations
from .._runtime.core import AsyncResource, SyncResource

if TYPE_CHECKING:
    from typing import Literal

    from .. import models
    from .._runtime.options import Options
    from .._runtime.streams import AsyncStream, Stream


class Library(SyncResource):
    """The operations on library.

    What a method raises, where a call does not succeed:
        RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
        TokenError: no token could be had.
        StatusError: the status says failure.
        RejectionError: the status says success, the body says failure.
        UndecodableResponseError: the answer is not of a described type, or is one to another request.
        ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
    """

    def read_news(self, *, options: Options | None = None) -> Stream[models.Wish]:
        """readNews

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Library` lists the kinds.
        """
        return self._stream(_operations.READ_NEWS, {}, None, options)

    def add_thing(self, body: models.Thing, *, options: Options | None = None) -> None:
        """addThing

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Library` lists the kinds.
        """
        return self._call(_operations.ADD_THING, {}, body, options)

    def add_loan(
        self,
        body: models.Loan | models.AddLoanRequestMultipart,
        *,
        content_type: Literal["application/x-www-form-urlencoded", "multipart/form-data"] | None = None,
        options: Options | None = None,
    ) -> None:
        """addLoan

        Args:
            content_type: The media type of the body. Left out, the type of `body` decides, and of what tells nothing,
                as a dict, it is application/x-www-form-urlencoded.
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Library` lists the kinds.
        """
        return self._call(_operations.ADD_LOAN, {"content_type": content_type}, body, options)

    def add_card(
        self,
        body: models.Card | models.AddCardRequestForm | models.AddCardRequestMultipart,
        *,
        content_type: Literal["application/json", "application/x-www-form-urlencoded", "multipart/form-data"]
        | None = None,
        options: Options | None = None,
    ) -> None:
        """addCard

        Args:
            content_type: The media type of the body. Left out, the type of `body` decides, and of what tells nothing,
                as a dict, it is application/json.
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Library` lists the kinds.
        """
        return self._call(_operations.ADD_CARD, {"content_type": content_type}, body, options)


class AsyncLibrary(AsyncResource):
    """The operations on library."""

    async def read_news(self, *, options: Options | None = None) -> AsyncStream[models.Wish]:
        """readNews

        Arguments and errors are those of `Library.read_news`.
        """
        return await self._stream(_operations.READ_NEWS, {}, None, options)

    async def add_thing(self, body: models.Thing, *, options: Options | None = None) -> None:
        """addThing

        Arguments and errors are those of `Library.add_thing`.
        """
        return await self._call(_operations.ADD_THING, {}, body, options)

    async def add_loan(
        self,
        body: models.Loan | models.AddLoanRequestMultipart,
        *,
        content_type: Literal["application/x-www-form-urlencoded", "multipart/form-data"] | None = None,
        options: Options | None = None,
    ) -> None:
        """addLoan

        Arguments and errors are those of `Library.add_loan`.
        """
        return await self._call(_operations.ADD_LOAN, {"content_type": content_type}, body, options)

    async def add_card(
        self,
        body: models.Card | models.AddCardRequestForm | models.AddCardRequestMultipart,
        *,
        content_type: Literal["application/json", "application/x-www-form-urlencoded", "multipart/form-data"]
        | None = None,
        options: Options | None = None,
    ) -> None:
        """addCard

        Arguments and errors are those of `Library.add_card`.
        """
        return await self._call(_operations.ADD_CARD, {"content_type": content_type}, body, options)
