"""The operations on reading_rooms."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from typing import TYPE_CHECKING

from .._operations import reading_rooms as _operations
from .._runtime.core import AsyncResource, SyncResource

if TYPE_CHECKING:
    from .. import models
    from .._runtime.options import Options


class ReadingRooms(SyncResource):
    """Where to read.

    What a method raises, where a call does not succeed:
        RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
        TokenError: no token could be had.
        StatusError: the status says failure.
        RejectionError: the status says success, the body says failure.
        UndecodableResponseError: the answer is not of a described type, or is one to another request.
        ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
    """

    def find_rooms(
        self,
        simple: str,
        list_: list[str],
        dict_: dict[str, int],
        label: str,
        labels: list[str],
        matrix: int,
        exploded: list[int],
        *,
        options: Options | None = None,
    ) -> list[str]:
        """findRooms

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `ReadingRooms` lists the kinds.
        """
        return self._call(
            _operations.FIND_ROOMS,
            {
                "exploded": exploded,
                "matrix": matrix,
                "labels": labels,
                "label": label,
                "dict_": dict_,
                "list_": list_,
                "simple": simple,
            },
            None,
            options,
        )

    def book_room(
        self,
        body_: str,
        body: models.BookRoomRequest | None = None,
        *,
        self_: str | None = None,
        class_: str | None = None,
        options: Options | None = None,
    ) -> dict[str, int] | list[str | int]:
        """bookRoom

        Args:
            body_: The room.
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `ReadingRooms` lists the kinds.
        """
        return self._call(_operations.BOOK_ROOM, {"body_": body_, "self_": self_, "class_": class_}, body, options)


class AsyncReadingRooms(AsyncResource):
    """Where to read."""

    async def find_rooms(
        self,
        simple: str,
        list_: list[str],
        dict_: dict[str, int],
        label: str,
        labels: list[str],
        matrix: int,
        exploded: list[int],
        *,
        options: Options | None = None,
    ) -> list[str]:
        """findRooms

        Arguments and errors are those of `ReadingRooms.find_rooms`.
        """
        return await self._call(
            _operations.FIND_ROOMS,
            {
                "exploded": exploded,
                "matrix": matrix,
                "labels": labels,
                "label": label,
                "dict_": dict_,
                "list_": list_,
                "simple": simple,
            },
            None,
            options,
        )

    async def book_room(
        self,
        body_: str,
        body: models.BookRoomRequest | None = None,
        *,
        self_: str | None = None,
        class_: str | None = None,
        options: Options | None = None,
    ) -> dict[str, int] | list[str | int]:
        """bookRoom

        Arguments and errors are those of `ReadingRooms.book_room`.
        """
        return await self._call(
            _operations.BOOK_ROOM, {"body_": body_, "self_": self_, "class_": class_}, body, options
        )
