"""The operations on pets."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from typing import TYPE_CHECKING

from .._operations import pets as _operations
from .._runtime.core import AsyncResource, SyncResource

if TYPE_CHECKING:
    from .. import models
    from .._runtime.options import Options


class Pets(SyncResource):
    """The operations on pets.

    What a method raises, where a call does not succeed:
        RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
        TokenError: no token could be had.
        StatusError: the status says failure.
        RejectionError: the status says success, the body says failure.
        UndecodableResponseError: the answer is not of a described type, or is one to another request.
        ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
    """

    def add_pet(self, body: models.PetRequest, *, options: Options | None = None) -> models.Pet:
        """addPet

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Pets` lists the kinds.
        """
        return self._call(_operations.ADD_PET, {}, body, options)

    def add_animals(
        self, body: list[models.AnimalRequest], *, options: Options | None = None
    ) -> models.AddAnimalsResponse:
        """addAnimals

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Pets` lists the kinds.
        """
        return self._call(_operations.ADD_ANIMALS, {}, body, options)


class AsyncPets(AsyncResource):
    """The operations on pets."""

    async def add_pet(self, body: models.PetRequest, *, options: Options | None = None) -> models.Pet:
        """addPet

        Arguments and errors are those of `Pets.add_pet`.
        """
        return await self._call(_operations.ADD_PET, {}, body, options)

    async def add_animals(
        self, body: list[models.AnimalRequest], *, options: Options | None = None
    ) -> models.AddAnimalsResponse:
        """addAnimals

        Arguments and errors are those of `Pets.add_animals`.
        """
        return await self._call(_operations.ADD_ANIMALS, {}, body, options)
