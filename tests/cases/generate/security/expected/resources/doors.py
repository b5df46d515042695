"""The operations on doors."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from .. import _operations
from .._runtime.core import AsyncResource, SyncResource


class Doors(SyncResource):
    """The operations on doors."""

    def by_default(
        self,
    ) -> None:
        """byDefault

        Raises:
            RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
            StatusError: the status says failure.
            RejectionError: the status says success, the body says failure.
            UndecodableResponseError: the answer is not of a described type.
            ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
        """
        return self._call(
            _operations.BY_DEFAULT,
            {},
        )

    def by_basic(
        self,
    ) -> None:
        """byBasic

        Raises:
            RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
            StatusError: the status says failure.
            RejectionError: the status says success, the body says failure.
            UndecodableResponseError: the answer is not of a described type.
            ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
        """
        return self._call(
            _operations.BY_BASIC,
            {},
        )

    def by_header(
        self,
    ) -> None:
        """byHeader

        Raises:
            RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
            StatusError: the status says failure.
            RejectionError: the status says success, the body says failure.
            UndecodableResponseError: the answer is not of a described type.
            ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
        """
        return self._call(
            _operations.BY_HEADER,
            {},
        )

    def by_query(
        self,
    ) -> None:
        """byQuery

        Raises:
            RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
            StatusError: the status says failure.
            RejectionError: the status says success, the body says failure.
            UndecodableResponseError: the answer is not of a described type.
            ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
        """
        return self._call(
            _operations.BY_QUERY,
            {},
        )

    def by_cookie(
        self,
    ) -> None:
        """byCookie

        Raises:
            RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
            StatusError: the status says failure.
            RejectionError: the status says success, the body says failure.
            UndecodableResponseError: the answer is not of a described type.
            ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
        """
        return self._call(
            _operations.BY_COOKIE,
            {},
        )

    def by_all_together(
        self,
    ) -> None:
        """byAllTogether

        Raises:
            RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
            StatusError: the status says failure.
            RejectionError: the status says success, the body says failure.
            UndecodableResponseError: the answer is not of a described type.
            ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
        """
        return self._call(
            _operations.BY_ALL_TOGETHER,
            {},
        )

    def by_either(
        self,
    ) -> None:
        """byEither

        Raises:
            RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
            StatusError: the status says failure.
            RejectionError: the status says success, the body says failure.
            UndecodableResponseError: the answer is not of a described type.
            ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
        """
        return self._call(
            _operations.BY_EITHER,
            {},
        )

    def by_fetched_token(
        self,
    ) -> None:
        """byFetchedToken

        Raises:
            RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
            StatusError: the status says failure.
            RejectionError: the status says success, the body says failure.
            UndecodableResponseError: the answer is not of a described type.
            ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
        """
        return self._call(
            _operations.BY_FETCHED_TOKEN,
            {},
        )

    def by_scopes(
        self,
    ) -> None:
        """byScopes

        Raises:
            RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
            StatusError: the status says failure.
            RejectionError: the status says success, the body says failure.
            UndecodableResponseError: the answer is not of a described type.
            ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
        """
        return self._call(
            _operations.BY_SCOPES,
            {},
        )

    def by_person(
        self,
    ) -> None:
        """byPerson

        Raises:
            RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
            StatusError: the status says failure.
            RejectionError: the status says success, the body says failure.
            UndecodableResponseError: the answer is not of a described type.
            ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
        """
        return self._call(
            _operations.BY_PERSON,
            {},
        )

    def by_names(
        self,
    ) -> None:
        """byNames

        Raises:
            RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
            StatusError: the status says failure.
            RejectionError: the status says success, the body says failure.
            UndecodableResponseError: the answer is not of a described type.
            ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
        """
        return self._call(
            _operations.BY_NAMES,
            {},
        )

    def by_chance(
        self,
    ) -> None:
        """byChance

        Raises:
            RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
            StatusError: the status says failure.
            RejectionError: the status says success, the body says failure.
            UndecodableResponseError: the answer is not of a described type.
            ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
        """
        return self._call(
            _operations.BY_CHANCE,
            {},
        )

    def by_nothing(
        self,
    ) -> None:
        """byNothing

        Raises:
            RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
            StatusError: the status says failure.
            RejectionError: the status says success, the body says failure.
            UndecodableResponseError: the answer is not of a described type.
            ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
        """
        return self._call(
            _operations.BY_NOTHING,
            {},
        )


class AsyncDoors(AsyncResource):
    """The operations on doors."""

    async def by_default(
        self,
    ) -> None:
        """byDefault

        Raises:
            RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
            StatusError: the status says failure.
            RejectionError: the status says success, the body says failure.
            UndecodableResponseError: the answer is not of a described type.
            ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
        """
        return await self._call(
            _operations.BY_DEFAULT,
            {},
        )

    async def by_basic(
        self,
    ) -> None:
        """byBasic

        Raises:
            RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
            StatusError: the status says failure.
            RejectionError: the status says success, the body says failure.
            UndecodableResponseError: the answer is not of a described type.
            ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
        """
        return await self._call(
            _operations.BY_BASIC,
            {},
        )

    async def by_header(
        self,
    ) -> None:
        """byHeader

        Raises:
            RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
            StatusError: the status says failure.
            RejectionError: the status says success, the body says failure.
            UndecodableResponseError: the answer is not of a described type.
            ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
        """
        return await self._call(
            _operations.BY_HEADER,
            {},
        )

    async def by_query(
        self,
    ) -> None:
        """byQuery

        Raises:
            RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
            StatusError: the status says failure.
            RejectionError: the status says success, the body says failure.
            UndecodableResponseError: the answer is not of a described type.
            ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
        """
        return await self._call(
            _operations.BY_QUERY,
            {},
        )

    async def by_cookie(
        self,
    ) -> None:
        """byCookie

        Raises:
            RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
            StatusError: the status says failure.
            RejectionError: the status says success, the body says failure.
            UndecodableResponseError: the answer is not of a described type.
            ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
        """
        return await self._call(
            _operations.BY_COOKIE,
            {},
        )

    async def by_all_together(
        self,
    ) -> None:
        """byAllTogether

        Raises:
            RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
            StatusError: the status says failure.
            RejectionError: the status says success, the body says failure.
            UndecodableResponseError: the answer is not of a described type.
            ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
        """
        return await self._call(
            _operations.BY_ALL_TOGETHER,
            {},
        )

    async def by_either(
        self,
    ) -> None:
        """byEither

        Raises:
            RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
            StatusError: the status says failure.
            RejectionError: the status says success, the body says failure.
            UndecodableResponseError: the answer is not of a described type.
            ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
        """
        return await self._call(
            _operations.BY_EITHER,
            {},
        )

    async def by_fetched_token(
        self,
    ) -> None:
        """byFetchedToken

        Raises:
            RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
            StatusError: the status says failure.
            RejectionError: the status says success, the body says failure.
            UndecodableResponseError: the answer is not of a described type.
            ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
        """
        return await self._call(
            _operations.BY_FETCHED_TOKEN,
            {},
        )

    async def by_scopes(
        self,
    ) -> None:
        """byScopes

        Raises:
            RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
            StatusError: the status says failure.
            RejectionError: the status says success, the body says failure.
            UndecodableResponseError: the answer is not of a described type.
            ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
        """
        return await self._call(
            _operations.BY_SCOPES,
            {},
        )

    async def by_person(
        self,
    ) -> None:
        """byPerson

        Raises:
            RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
            StatusError: the status says failure.
            RejectionError: the status says success, the body says failure.
            UndecodableResponseError: the answer is not of a described type.
            ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
        """
        return await self._call(
            _operations.BY_PERSON,
            {},
        )

    async def by_names(
        self,
    ) -> None:
        """byNames

        Raises:
            RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
            StatusError: the status says failure.
            RejectionError: the status says success, the body says failure.
            UndecodableResponseError: the answer is not of a described type.
            ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
        """
        return await self._call(
            _operations.BY_NAMES,
            {},
        )

    async def by_chance(
        self,
    ) -> None:
        """byChance

        Raises:
            RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
            StatusError: the status says failure.
            RejectionError: the status says success, the body says failure.
            UndecodableResponseError: the answer is not of a described type.
            ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
        """
        return await self._call(
            _operations.BY_CHANCE,
            {},
        )

    async def by_nothing(
        self,
    ) -> None:
        """byNothing

        Raises:
            RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
            StatusError: the status says failure.
            RejectionError: the status says success, the body says failure.
            UndecodableResponseError: the answer is not of a described type.
            ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
        """
        return await self._call(
            _operations.BY_NOTHING,
            {},
        )
