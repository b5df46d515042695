"""The operations on default."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from typing import TYPE_CHECKING, overload

from .._operations import default as _operations
from .._runtime.core import AsyncResource, SyncResource

if TYPE_CHECKING:
    from datetime import date
    from typing import Literal

    from .. import models
    from .._runtime.options import Options
    from .._runtime.streams import AnyStream, AsyncStream, ServerSentEvent, Stream


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

    def watch_ticks(
        self, *, options: Options | None = None
    ) -> Stream[ServerSentEvent[models.Tick | models.WatchTicksResponsePause | str]]:
        """watchTicks

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Default` lists the kinds.
        """
        return self._stream(_operations.WATCH_TICKS, {}, None, options)

    @overload
    def ask(
        self,
        body: models.Question,
        *,
        accept: Literal["application/json"] | None = None,
        options: Options | None = None,
    ) -> models.Answer: ...

    @overload
    def ask(
        self, body: models.Question, *, accept: Literal["text/event-stream"], options: Options | None = None
    ) -> Stream[ServerSentEvent[models.Word]]: ...

    def ask(
        self,
        body: models.Question,
        *,
        accept: Literal["application/json", "text/event-stream"] | None = None,
        options: Options | None = None,
    ) -> models.Answer | AnyStream[ServerSentEvent[models.Word]]:
        """ask

        Args:
            accept: The media type of the answer. Left out, it is application/json.
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Default` lists the kinds.
        """
        return self._choose(_operations.ASK, {"accept": accept}, body, options)

    @overload
    def export(
        self,
        *,
        since: date,
        accept2: str | None = None,
        accept: Literal["application/jsonl", "application/x-ndjson"] | None = None,
        options: Options | None = None,
    ) -> Stream[models.Tick] | None: ...

    @overload
    def export(
        self, *, since: date, accept2: str | None = None, accept: Literal["text/csv"], options: Options | None = None
    ) -> str | None: ...

    @overload
    def export(
        self,
        *,
        since: date,
        accept2: str | None = None,
        accept: Literal["application/zip", "application/gzip"],
        options: Options | None = None,
    ) -> bytes | None: ...

    def export(
        self,
        *,
        since: date,
        accept2: str | None = None,
        accept: Literal["application/jsonl", "application/x-ndjson", "text/csv", "application/zip", "application/gzip"]
        | None = None,
        options: Options | None = None,
    ) -> str | bytes | AnyStream[models.Tick] | None:
        """export

        Args:
            accept: The media type of the answer. Left out, it is application/jsonl or application/x-ndjson.
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Default` lists the kinds.
        """
        return self._choose(_operations.EXPORT, {"since": since, "accept2": accept2, "accept": accept}, None, options)

    def read_report(
        self, *, accept: Literal["application/pdf", "application/zip"] | None = None, options: Options | None = None
    ) -> bytes:
        """readReport

        Args:
            accept: The media type of the answer. Left out, it is application/pdf or application/zip.
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Default` lists the kinds.
        """
        return self._call(_operations.READ_REPORT, {"accept": accept}, None, options)

    def read_log(self, *, options: Options | None = None) -> Stream[ServerSentEvent[str]]:
        """readLog

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Default` lists the kinds.
        """
        return self._stream(_operations.READ_LOG, {}, None, options)

    def replay_log(self, *, options: Options | None = None) -> Stream[models.ReplayLogResponseItem]:
        """replayLog

        Args:
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Default` lists the kinds.
        """
        return self._stream(_operations.REPLAY_LOG, {}, None, options)


class AsyncDefault(AsyncResource):
    """The operations on default."""

    async def watch_ticks(
        self, *, options: Options | None = None
    ) -> AsyncStream[ServerSentEvent[models.Tick | models.WatchTicksResponsePause | str]]:
        """watchTicks

        Arguments and errors are those of `Default.watch_ticks`.
        """
        return await self._stream(_operations.WATCH_TICKS, {}, None, options)

    @overload
    async def ask(
        self,
        body: models.Question,
        *,
        accept: Literal["application/json"] | None = None,
        options: Options | None = None,
    ) -> models.Answer: ...

    @overload
    async def ask(
        self, body: models.Question, *, accept: Literal["text/event-stream"], options: Options | None = None
    ) -> AsyncStream[ServerSentEvent[models.Word]]: ...

    async def ask(
        self,
        body: models.Question,
        *,
        accept: Literal["application/json", "text/event-stream"] | None = None,
        options: Options | None = None,
    ) -> models.Answer | AnyStream[ServerSentEvent[models.Word]]:
        """ask

        Arguments and errors are those of `Default.ask`.
        """
        return await self._choose(_operations.ASK, {"accept": accept}, body, options)

    @overload
    async def export(
        self,
        *,
        since: date,
        accept2: str | None = None,
        accept: Literal["application/jsonl", "application/x-ndjson"] | None = None,
        options: Options | None = None,
    ) -> AsyncStream[models.Tick] | None: ...

    @overload
    async def export(
        self, *, since: date, accept2: str | None = None, accept: Literal["text/csv"], options: Options | None = None
    ) -> str | None: ...

    @overload
    async def export(
        self,
        *,
        since: date,
        accept2: str | None = None,
        accept: Literal["application/zip", "application/gzip"],
        options: Options | None = None,
    ) -> bytes | None: ...

    async def export(
        self,
        *,
        since: date,
        accept2: str | None = None,
        accept: Literal["application/jsonl", "application/x-ndjson", "text/csv", "application/zip", "application/gzip"]
        | None = None,
        options: Options | None = None,
    ) -> str | bytes | AnyStream[models.Tick] | None:
        """export

        Arguments and errors are those of `Default.export`.
        """
        return await self._choose(
            _operations.EXPORT, {"since": since, "accept2": accept2, "accept": accept}, None, options
        )

    async def read_report(
        self, *, accept: Literal["application/pdf", "application/zip"] | None = None, options: Options | None = None
    ) -> bytes:
        """readReport

        Arguments and errors are those of `Default.read_report`.
        """
        return await self._call(_operations.READ_REPORT, {"accept": accept}, None, options)

    async def read_log(self, *, options: Options | None = None) -> AsyncStream[ServerSentEvent[str]]:
        """readLog

        Arguments and errors are those of `Default.read_log`.
        """
        return await self._stream(_operations.READ_LOG, {}, None, options)

    async def replay_log(self, *, options: Options | None = None) -> AsyncStream[models.ReplayLogResponseItem]:
        """replayLog

        Arguments and errors are those of `Default.replay_log`.
        """
        return await self._stream(_operations.REPLAY_LOG, {}, None, options)
