"""The operations on pets_import_os."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from typing import TYPE_CHECKING

from .._operations import pets_import_os as _operations
from .._runtime.core import AsyncResource, SyncResource

if TYPE_CHECKING:
    from typing import Literal

    from .. import models
    from .._runtime.options import Options


class PetsImportOs(SyncResource):
    """\"""; raise SystemExit(3) #

    What a method raises, where a call does not succeed:
        RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
        TokenError: no token could be had.
        StatusError: the status says failure.
        RejectionError: the status says success, the body says failure.
        UndecodableResponseError: the answer is not of a described type, or is one to another request.
        ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
    """

    def add_import_os_raise_system_exit_3(
        self,
        id: str,
        body: models.PetRequest | None = None,
        *,
        q_import_os: Literal[
            '"',
            "'",
            "\\",
            "\n",
            '"""; import os',
            "{{ 1 }}",
            "{% x %}",
            "\u202e",
            "\x07",
            "a | None | b",
            "\U0001f431",
            "#",
        ]
        | None = None,
        x_a: str | None = None,
        options: Options | None = None,
    ) -> models.Pet:
        """\"""

        Ends with a backslash \\

        Args:
            body: \"""; raise SystemExit(3)
            id: \""" raise SystemExit(3) \"""
            q_import_os: One   line and two {{ nine }}
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `PetsImportOs` lists the kinds.
        """
        return self._call(
            _operations.ADD_IMPORT_OS_RAISE_SYSTEM_EXIT_3,
            {"id": id, "q_import_os": q_import_os, "x_a": x_a},
            body,
            options,
        )


class AsyncPetsImportOs(AsyncResource):
    """\"""; raise SystemExit(3) #"""

    async def add_import_os_raise_system_exit_3(
        self,
        id: str,
        body: models.PetRequest | None = None,
        *,
        q_import_os: Literal[
            '"',
            "'",
            "\\",
            "\n",
            '"""; import os',
            "{{ 1 }}",
            "{% x %}",
            "\u202e",
            "\x07",
            "a | None | b",
            "\U0001f431",
            "#",
        ]
        | None = None,
        x_a: str | None = None,
        options: Options | None = None,
    ) -> models.Pet:
        """\"""

        Arguments and errors are those of `PetsImportOs.add_import_os_raise_system_exit_3`.
        """
        return await self._call(
            _operations.ADD_IMPORT_OS_RAISE_SYSTEM_EXIT_3,
            {"id": id, "q_import_os": q_import_os, "x_a": x_a},
            body,
            options,
        )
