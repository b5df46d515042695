"""The operations on default."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from typing import TYPE_CHECKING

from .._operations import default as _operations
from .._runtime.core import AsyncResource, SyncResource

if TYPE_CHECKING:
    from .. import models
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

    def send_letter(
        self,
        id: int,
        body: models.SendLetterRequest,
        *,
        filter: models.SendLetterFilter | None = None,
        route: str | None = None,
        options: Options | None = None,
    ) -> None:
        """sendLetter

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Default` lists the kinds.
        """
        return self._call(_operations.SEND_LETTER, {"id": id, "filter": filter, "route": route}, body, options)

    def describe_letter(self, id: int, body: models.Letter | None = None, *, options: Options | None = None) -> None:
        """describeLetter

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Default` lists the kinds.
        """
        return self._call(_operations.DESCRIBE_LETTER, {"id": id}, body, options)

    def send_photos(self, body: models.SendPhotosRequest | None = None, *, options: Options | None = None) -> None:
        """sendPhotos

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Default` lists the kinds.
        """
        return self._call(_operations.SEND_PHOTOS, {}, body, options)

    def order_stamps(self, body: models.OrderStampsRequest | None = None, *, options: Options | None = None) -> None:
        """orderStamps

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Default` lists the kinds.
        """
        return self._call(_operations.ORDER_STAMPS, {}, body, options)

    def import_parcels(self, body: bytes, *, options: Options | None = None) -> str:
        """importParcels

        A body of application/xml is taken as it is: what the description says of it is not checked.

        An answer of text/xml is taken as it is: what the description says of it is not checked.

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Default` lists the kinds.
        """
        return self._call(_operations.IMPORT_PARCELS, {}, body, options)


class AsyncDefault(AsyncResource):
    """The operations on default."""

    async def send_letter(
        self,
        id: int,
        body: models.SendLetterRequest,
        *,
        filter: models.SendLetterFilter | None = None,
        route: str | None = None,
        options: Options | None = None,
    ) -> None:
        """sendLetter

        Arguments and errors are those of `Default.send_letter`.
        """
        return await self._call(_operations.SEND_LETTER, {"id": id, "filter": filter, "route": route}, body, options)

    async def describe_letter(
        self, id: int, body: models.Letter | None = None, *, options: Options | None = None
    ) -> None:
        """describeLetter

        Arguments and errors are those of `Default.describe_letter`.
        """
        return await self._call(_operations.DESCRIBE_LETTER, {"id": id}, body, options)

    async def send_photos(
        self, body: models.SendPhotosRequest | None = None, *, options: Options | None = None
    ) -> None:
        """sendPhotos

        Arguments and errors are those of `Default.send_photos`.
        """
        return await self._call(_operations.SEND_PHOTOS, {}, body, options)

    async def order_stamps(
        self, body: models.OrderStampsRequest | None = None, *, options: Options | None = None
    ) -> None:
        """orderStamps

        Arguments and errors are those of `Default.order_stamps`.
        """
        return await self._call(_operations.ORDER_STAMPS, {}, body, options)

    async def import_parcels(self, body: bytes, *, options: Options | None = None) -> str:
        """importParcels

        Arguments and errors are those of `Default.import_parcels`.
        """
        return await self._call(_operations.IMPORT_PARCELS, {}, body, options)
