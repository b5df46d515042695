"""The operations on pets."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import _operations
from .._runtime.core import AsyncResource, SyncResource

if TYPE_CHECKING:
    from .. import models


class Pets(SyncResource):
    """The operations on pets."""

    def add_pet(
        self,
        body: models.PetRequest,
    ) -> models.Pet:
        """addPet

        Raises:
            RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
            StatusError: the status says failure.
            RejectionError: the status says success, the body says failure.
            UndecodableResponseError: the answer is not of a described type.
            ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
        """
        return self._call(
            _operations.ADD_PET,
            {},
            body,
        )

    def add_animals(
        self,
        body: list[models.AnimalRequest],
    ) -> models.AddAnimalsResponse:
        """addAnimals

        Raises:
            RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
            StatusError: the status says failure.
            RejectionError: the status says success, the body says failure.
            UndecodableResponseError: the answer is not of a described type.
            ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
        """
        return self._call(
            _operations.ADD_ANIMALS,
            {},
            body,
        )


class AsyncPets(AsyncResource):
    """The operations on pets."""

    async def add_pet(
        self,
        body: models.PetRequest,
    ) -> models.Pet:
        """addPet

        Raises:
            RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
            StatusError: the status says failure.
            RejectionError: the status says success, the body says failure.
            UndecodableResponseError: the answer is not of a described type.
            ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
        """
        return await self._call(
            _operations.ADD_PET,
            {},
            body,
        )

    async def add_animals(
        self,
        body: list[models.AnimalRequest],
    ) -> models.AddAnimalsResponse:
        """addAnimals

        Raises:
            RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
            StatusError: the status says failure.
            RejectionError: the status says success, the body says failure.
            UndecodableResponseError: the answer is not of a described type.
            ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
        """
        return await self._call(
            _operations.ADD_ANIMALS,
            {},
            body,
        )
