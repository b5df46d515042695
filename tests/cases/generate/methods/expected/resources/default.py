"""The operations on default."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from typing import TYPE_CHECKING

from .._operations import default as _operations
from .._runtime.core import AsyncResource, SyncResource

if TYPE_CHECKING:
    from typing import Any

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

    def tell_apart_by_fragment(self, *, options: Options | None = None) -> None:
        """tellApartByFragment

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Default` lists the kinds.
        """
        return self._call(_operations.TELL_APART_BY_FRAGMENT, {}, None, options)

    def list_(self, *, options: Options | None = None) -> Any:
        """list

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Default` lists the kinds.
        """
        return self._call(_operations.LIST, {}, None, options)

    def pages(self, *, options: Options | None = None) -> list[int]:
        """pages

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Default` lists the kinds.
        """
        return self._call(_operations.PAGES, {}, None, options)


class AsyncDefault(AsyncResource):
    """The operations on default."""

    async def tell_apart_by_fragment(self, *, options: Options | None = None) -> None:
        """tellApartByFragment

        Arguments and errors are those of `Default.tell_apart_by_fragment`.
        """
        return await self._call(_operations.TELL_APART_BY_FRAGMENT, {}, None, options)

    async def list_(self, *, options: Options | None = None) -> Any:
        """list

        Arguments and errors are those of `Default.list_`.
        """
        return await self._call(_operations.LIST, {}, None, options)

    async def pages(self, *, options: Options | None = None) -> list[int]:
        """pages

        Arguments and errors are those of `Default.pages`.
        """
        return await self._call(_operations.PAGES, {}, None, options)
