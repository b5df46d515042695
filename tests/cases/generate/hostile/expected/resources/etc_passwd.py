"""The operations on etc_passwd."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from typing import TYPE_CHECKING

from .._operations import etc_passwd as _operations
from .._runtime.core import AsyncResource, SyncResource

if TYPE_CHECKING:
    from typing import Literal

    from .._runtime.options import Options


class EtcPasswd(SyncResource):
    """ends in a quote "

    What a method raises, where a call does not succeed:
        RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
        TokenError: no token could be had.
        StatusError: the status says failure.
        RejectionError: the status says success, the body says failure.
        UndecodableResponseError: the answer is not of a described type, or is one to another request.
        ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
    """

    def class_(self, *, options: Options | None = None) -> Literal["a | None | b"]:
        """class

        \"""

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `EtcPasswd` lists the kinds.
        """
        return self._call(_operations.CLASS_, {}, None, options)


class AsyncEtcPasswd(AsyncResource):
    """ends in a quote \""""

    async def class_(self, *, options: Options | None = None) -> Literal["a | None | b"]:
        """class

        Arguments and errors are those of `EtcPasswd.class_`.
        """
        return await self._call(_operations.CLASS_, {}, None, options)
