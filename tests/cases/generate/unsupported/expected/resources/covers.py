"""The operations on covers."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from typing import TYPE_CHECKING

from .._operations import covers as _operations
from .._runtime.core import AsyncResource, SyncResource

if TYPE_CHECKING:
    from .._runtime.options import Options
    from .._runtime.streams import AsyncStream, ServerSentEvent, Stream


class Covers(SyncResource):
    """The operations on covers.

    What a method raises, where a call does not succeed:
        RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
        TokenError: no token could be had.
        StatusError: the status says failure.
        RejectionError: the status says success, the body says failure.
        UndecodableResponseError: the answer is not of a described type, or is one to another request.
        ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
    """

    def add_cover(self, body: str | None = None, *, options: Options | None = None) -> Stream[ServerSentEvent[str]]:
        """addCover

        A body of text/event-stream is taken as it is: what the description says of it is not checked.

        The client sends no credential of `certificate`: bring it by `headers=` or an `http_client=` of your own.

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Covers` lists the kinds.
        """
        return self._stream(_operations.ADD_COVER, {}, body, options)


class AsyncCovers(AsyncResource):
    """The operations on covers."""

    async def add_cover(
        self, body: str | None = None, *, options: Options | None = None
    ) -> AsyncStream[ServerSentEvent[str]]:
        """addCover

        Arguments and errors are those of `Covers.add_cover`.
        """
        return await self._stream(_operations.ADD_COVER, {}, body, options)
