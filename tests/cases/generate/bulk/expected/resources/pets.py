"""The operations on pets."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from typing import TYPE_CHECKING

from .._operations import pets as _operations
from .._runtime.core import AsyncResource, SyncResource

if TYPE_CHECKING:
    from os import PathLike
    from typing import Unpack

    from .. import models
    from .._runtime.bulk import AsyncBulkRun, BulkOptions, BulkRun
    from .._runtime.bulk.options import Elements
    from .._runtime.options import Options


class Pets(SyncResource):
    """The operations on pets.

    What a method raises, where a call does not succeed:
        RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
        KeyReusedError: the idempotency key went out with another body before. Nothing was sent.
        TokenError: no token could be had.
        StatusError: the status says failure.
        RejectionError: the status says success, the body says failure.
        UndecodableResponseError: the answer is not of a described type, or is one to another request.
        ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
    """

    def add_pets(
        self,
        farm: str,
        body: models.NewPets,
        *,
        journal: str,
        workers: int | None = None,
        trace: str | None = None,
        key: str | None = None,
        options: Options | None = None,
    ) -> models.Added:
        """Add some pets

        Args:
            farm: Where they live.
            workers: Who looks after them.
            key: Left out, the client makes one.
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Pets` lists the kinds.
        """
        return self._call(
            _operations.ADD_PETS,
            {"farm": farm, "workers": workers, "journal": journal, "trace": trace, "key": key},
            body,
            options,
        )

    def add_pets_bulk2(
        self,
        elements: Elements[models.NewPet],
        *,
        journal: str | PathLike[str],
        farm: str,
        journal_: str,
        workers_: int | None = None,
        options: Options | None = None,
        **bulk: Unpack[BulkOptions],
    ) -> BulkRun[models.NewPet, models.Pet]:
        """`add_pets` for any number of elements, each done once

        Takes as many requests as are needed, several at once, each as full as the description allows. What goes out is
        written to a journal first: the same call again, after whatever happened, goes on where it ended, and does
        nothing twice. Nothing is sent before the run is gone through, in `with ... as run:`; see `BulkRun`.

        Args:
            elements: Models, or their wire data, each alone or as `(reference, model)`. A reference is the caller's own
                id of an element; left out, it is the position, from 0. They are gone through as they are needed.
            journal: The path of the file that keeps what was done; it is made where there is none.
            farm: Where they live.
            workers_: Who looks after them.
            options: For the requests of this run; see `Options`.
            bulk: See `BulkOptions`.

        Raises:
            ConfigurationError: an option is unfit. Nothing was sent.
        """
        return self._bulk(
            _operations.ADD_PETS,
            elements,
            journal,
            {
                "farm": farm,
                "workers": workers_,
                "journal": journal_,
            },
            options,
            bulk,
        )

    def add_pets_bulk(self, *, options: Options | None = None) -> None:
        """Has the name that the second method would have

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Pets` lists the kinds.
        """
        return self._call(_operations.ADD_PETS_BULK, {}, None, options)

    def add_pets_at_own_risk(self, body: models.NewPets, *, options: Options | None = None) -> models.Added:
        """Takes batches, and makes nothing of sending them again

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Pets` lists the kinds.
        """
        return self._call(_operations.ADD_PETS_AT_OWN_RISK, {}, body, options)


class AsyncPets(AsyncResource):
    """The operations on pets."""

    async def add_pets(
        self,
        farm: str,
        body: models.NewPets,
        *,
        journal: str,
        workers: int | None = None,
        trace: str | None = None,
        key: str | None = None,
        options: Options | None = None,
    ) -> models.Added:
        """Add some pets

        Arguments and errors are those of `Pets.add_pets`.
        """
        return await self._call(
            _operations.ADD_PETS,
            {"farm": farm, "workers": workers, "journal": journal, "trace": trace, "key": key},
            body,
            options,
        )

    def add_pets_bulk2(
        self,
        elements: Elements[models.NewPet],
        *,
        journal: str | PathLike[str],
        farm: str,
        journal_: str,
        workers_: int | None = None,
        options: Options | None = None,
        **bulk: Unpack[BulkOptions],
    ) -> AsyncBulkRun[models.NewPet, models.Pet]:
        """`add_pets` for any number of elements, each done once

        Takes as many requests as are needed, several at once, each as full as the description allows. What goes out is
        written to a journal first: the same call again, after whatever happened, goes on where it ended, and does
        nothing twice. Nothing is sent before the run is gone through, in `async with ... as run:`; see `AsyncBulkRun`.

        Args:
            elements: Models, or their wire data, each alone or as `(reference, model)`. A reference is the caller's own
                id of an element; left out, it is the position, from 0. They are gone through as they are needed.
            journal: The path of the file that keeps what was done; it is made where there is none.
            farm: Where they live.
            workers_: Who looks after them.
            options: For the requests of this run; see `Options`.
            bulk: See `BulkOptions`.

        Raises:
            ConfigurationError: an option is unfit. Nothing was sent.
        """
        return self._bulk(
            _operations.ADD_PETS,
            elements,
            journal,
            {
                "farm": farm,
                "workers": workers_,
                "journal": journal_,
            },
            options,
            bulk,
        )

    async def add_pets_bulk(self, *, options: Options | None = None) -> None:
        """Has the name that the second method would have

        Arguments and errors are those of `Pets.add_pets_bulk`.
        """
        return await self._call(_operations.ADD_PETS_BULK, {}, None, options)

    async def add_pets_at_own_risk(self, body: models.NewPets, *, options: Options | None = None) -> models.Added:
        """Takes batches, and makes nothing of sending them again

        Arguments and errors are those of `Pets.add_pets_at_own_risk`.
        """
        return await self._call(_operations.ADD_PETS_AT_OWN_RISK, {}, body, options)
