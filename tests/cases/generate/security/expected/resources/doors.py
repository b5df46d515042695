"""The operations on doors."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from typing import TYPE_CHECKING

from .._operations import doors as _operations
from .._runtime.core import AsyncResource, SyncResource

if TYPE_CHECKING:
    from .._runtime.options import Options


class Doors(SyncResource):
    """The operations on doors.

    What a method raises, where a call does not succeed:
        RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
        TokenError: no token could be had.
        StatusError: the status says failure.
        RejectionError: the status says success, the body says failure.
        UndecodableResponseError: the answer is not of a described type, or is one to another request.
        ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
    """

    def by_default(self, *, options: Options | None = None) -> None:
        """byDefault

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Doors` lists the kinds.
        """
        return self._call(_operations.BY_DEFAULT, {}, None, options)

    def by_basic(self, *, options: Options | None = None) -> None:
        """byBasic

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Doors` lists the kinds.
        """
        return self._call(_operations.BY_BASIC, {}, None, options)

    def by_header(self, *, options: Options | None = None) -> None:
        """byHeader

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Doors` lists the kinds.
        """
        return self._call(_operations.BY_HEADER, {}, None, options)

    def by_query(self, *, options: Options | None = None) -> None:
        """byQuery

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Doors` lists the kinds.
        """
        return self._call(_operations.BY_QUERY, {}, None, options)

    def by_cookie(self, *, options: Options | None = None) -> None:
        """byCookie

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Doors` lists the kinds.
        """
        return self._call(_operations.BY_COOKIE, {}, None, options)

    def by_all_together(self, *, options: Options | None = None) -> None:
        """byAllTogether

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Doors` lists the kinds.
        """
        return self._call(_operations.BY_ALL_TOGETHER, {}, None, options)

    def by_either(self, *, options: Options | None = None) -> None:
        """byEither

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Doors` lists the kinds.
        """
        return self._call(_operations.BY_EITHER, {}, None, options)

    def by_fetched_token(self, *, options: Options | None = None) -> None:
        """byFetchedToken

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Doors` lists the kinds.
        """
        return self._call(_operations.BY_FETCHED_TOKEN, {}, None, options)

    def by_scopes(self, *, options: Options | None = None) -> None:
        """byScopes

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Doors` lists the kinds.
        """
        return self._call(_operations.BY_SCOPES, {}, None, options)

    def by_person(self, *, options: Options | None = None) -> None:
        """byPerson

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Doors` lists the kinds.
        """
        return self._call(_operations.BY_PERSON, {}, None, options)

    def by_names(self, *, options: Options | None = None) -> None:
        """byNames

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Doors` lists the kinds.
        """
        return self._call(_operations.BY_NAMES, {}, None, options)

    def by_chance(self, *, options: Options | None = None) -> None:
        """byChance

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Doors` lists the kinds.
        """
        return self._call(_operations.BY_CHANCE, {}, None, options)

    def by_nothing(self, *, options: Options | None = None) -> None:
        """byNothing

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Doors` lists the kinds.
        """
        return self._call(_operations.BY_NOTHING, {}, None, options)


class AsyncDoors(AsyncResource):
    """The operations on doors."""

    async def by_default(self, *, options: Options | None = None) -> None:
        """byDefault

        Arguments and errors are those of `Doors.by_default`.
        """
        return await self._call(_operations.BY_DEFAULT, {}, None, options)

    async def by_basic(self, *, options: Options | None = None) -> None:
        """byBasic

        Arguments and errors are those of `Doors.by_basic`.
        """
        return await self._call(_operations.BY_BASIC, {}, None, options)

    async def by_header(self, *, options: Options | None = None) -> None:
        """byHeader

        Arguments and errors are those of `Doors.by_header`.
        """
        return await self._call(_operations.BY_HEADER, {}, None, options)

    async def by_query(self, *, options: Options | None = None) -> None:
        """byQuery

        Arguments and errors are those of `Doors.by_query`.
        """
        return await self._call(_operations.BY_QUERY, {}, None, options)

    async def by_cookie(self, *, options: Options | None = None) -> None:
        """byCookie

        Arguments and errors are those of `Doors.by_cookie`.
        """
        return await self._call(_operations.BY_COOKIE, {}, None, options)

    async def by_all_together(self, *, options: Options | None = None) -> None:
        """byAllTogether

        Arguments and errors are those of `Doors.by_all_together`.
        """
        return await self._call(_operations.BY_ALL_TOGETHER, {}, None, options)

    async def by_either(self, *, options: Options | None = None) -> None:
        """byEither

        Arguments and errors are those of `Doors.by_either`.
        """
        return await self._call(_operations.BY_EITHER, {}, None, options)

    async def by_fetched_token(self, *, options: Options | None = None) -> None:
        """byFetchedToken

        Arguments and errors are those of `Doors.by_fetched_token`.
        """
        return await self._call(_operations.BY_FETCHED_TOKEN, {}, None, options)

    async def by_scopes(self, *, options: Options | None = None) -> None:
        """byScopes

        Arguments and errors are those of `Doors.by_scopes`.
        """
        return await self._call(_operations.BY_SCOPES, {}, None, options)

    async def by_person(self, *, options: Options | None = None) -> None:
        """byPerson

        Arguments and errors are those of `Doors.by_person`.
        """
        return await self._call(_operations.BY_PERSON, {}, None, options)

    async def by_names(self, *, options: Options | None = None) -> None:
        """byNames

        Arguments and errors are those of `Doors.by_names`.
        """
        return await self._call(_operations.BY_NAMES, {}, None, options)

    async def by_chance(self, *, options: Options | None = None) -> None:
        """byChance

        Arguments and errors are those of `Doors.by_chance`.
        """
        return await self._call(_operations.BY_CHANCE, {}, None, options)

    async def by_nothing(self, *, options: Options | None = None) -> None:
        """byNothing

        Arguments and errors are those of `Doors.by_nothing`.
        """
        return await self._call(_operations.BY_NOTHING, {}, None, options)
