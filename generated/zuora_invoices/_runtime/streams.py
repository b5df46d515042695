"""Answers that are taken as they come: what comes in them one after the other, or their bytes.

Each is an iterator and a context manager, and lets go of its connection at the end, at an error, when it is closed, and
when nobody has it any longer. The options `deadline` and `timeout` are for the call until the head of its answer is
there; after that `timeout` is for the wait from one piece to the next alone, and a stream may last as long as it does.
`max_response_bytes` is for one element of it.
"""

from __future__ import annotations

from contextlib import contextmanager
from errno import EISDIR
from os import strerror
from pathlib import Path
from secrets import token_hex
from threading import Lock
from typing import TYPE_CHECKING, BinaryIO, Final, Generic, TypeAlias, TypeVar

from msgspec import Struct

from .drivers import drive, drive_async
from .errors import ConnectionFailedError
from .http import TransportError
from .steps import Close, Receive

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from types import TracebackType
    from typing import Self

    from .drivers import AsyncSender, Sender
    from .exchange import AsyncExchange, Exchange, Part
    from .http import Reply
    from .steps import Flow

__all__ = ["AsyncByteStream", "AsyncStream", "ByteStream", "ServerSentEvent", "Stream", "StreamBrokenError"]

Item = TypeVar("Item", covariant=True)
Data = TypeVar("Data", covariant=True)

_PART: Final = ".part"
_CLOSED: Final = "it was closed before its end"
_BUSY: Final = "another thread or task is waiting for more of this stream: let one take all, and hand on what it gets"


class StreamBrokenError(ConnectionFailedError):
    """A stream broke off, or nothing came in time; what came before is whole. The outcome of the call is `unknown`.

    `status` and `headers` (names in lower case) are those of the answer. Nothing is sent again by itself.
    """

    def __init__(self, operation: str, message: str, status: int, headers: Mapping[str, str]) -> None:
        super().__init__(operation, message, "unknown")
        self._status = status
        self.headers = dict(headers)


class ServerSentEvent(Struct, Generic[Data], frozen=True):
    """One event of a `text/event-stream`, as the HTML standard has them.

    `id` is that of the latest event that had one: sent as the header `Last-Event-ID` it says where a new call goes on.
    `retry` is in milliseconds: how long to wait before that, where the server says it.
    """

    data: Data
    event: str = "message"
    id: str = ""
    retry: int | None = None


class EndOfStream(Exception):  # noqa: N818 - no error: an element says that no more comes
    """No more comes, though the connection may stay open."""


class Source(Generic[Item]):
    """What comes in an answer, one after the other, as a flow for each: it does no input of its own."""

    def __init__(
        self,
        head: Reply,
        exchange: Exchange | AsyncExchange,
        read: Callable[[Part | None], Iterable[Item]],
        failed: Callable[[Exception], Exception],
    ) -> None:
        """`read` says what is there with more bytes, or with none left; `failed` what an error of any step means."""
        self.head = head
        self._exchange = exchange
        self._read = read
        self._failed = failed
        self._items: Iterator[Item] = iter(())
        self._turn = Lock()  # nobody ever waits for it
        self._ended = False
        self._closed = False

    def next(self) -> Flow[tuple[Item, ...]]:
        """The next one; none at the end. RuntimeError: another thread or task is taking one."""
        if not self._turn.acquire(blocking=False):
            raise RuntimeError(_BUSY)
        try:
            return (yield from self._next())
        finally:
            self._turn.release()

    def _next(self) -> Flow[tuple[Item, ...]]:
        fault: Exception | None = None
        try:
            while not self._closed:
                for item in self._items:
                    return (item,)
                if self._ended:
                    return ()
                part: Part | None = yield Receive(self._exchange, float("inf"))
                self._items = iter(self._read(part))
                self._ended = part is None  # and not before, as what came can be cut
        except EndOfStream:
            pass
        except Exception as error:  # noqa: BLE001 - it is told what it means, if anybody still wants to know
            fault = None if self._closed else self._failed(error)
        self._closed = True
        yield Close(self._exchange)
        if fault is not None:
            raise fault
        return ()

    def demand_all(self) -> None:
        """StreamBrokenError: somebody closed it before its end."""
        if not self._ended:
            raise self._failed(TransportError(_CLOSED, sent=True))

    def close(self) -> Flow[None]:
        """Nothing more is wanted. Whoever waits for more lets go of the connection when the wait is over."""
        self._closed = True
        if self._turn.acquire(blocking=False):
            try:
                yield Close(self._exchange)
            finally:
                self._turn.release()


class _Head(Generic[Item]):
    """What both flavours know of the answer."""

    _source: Source[Item]

    @property
    def status(self) -> int:
        """The status of the answer."""
        return self._source.head.status

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers of the answer; names are in lower case."""
        return self._source.head.headers

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.status})"


class Stream(_Head[Item]):
    """What comes in an answer, one after the other, each when it is asked for. Use it in `with`, or close it.

    Raises:
        StreamBrokenError: it broke off. What came before is whole.
        UndecodableResponseError: an element is not as described, or the stream ends within one.
        RejectionError: an element says that the call failed.
        RuntimeError: another thread or task is waiting for more of it.
    """

    def __init__(self, source: Source[Item], sender: Sender) -> None:
        self._source = source
        self._sender = sender

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Item:
        for item in drive(self._source.next(), self._sender):
            return item
        raise StopIteration

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connection; nothing more comes.

        While another thread waits for more, the connection is let go of when that wait is over, and nothing more comes.
        """
        drive(self._source.close(), self._sender)


class AsyncStream(_Head[Item]):
    """What comes in an answer, one after the other, each when it is asked for. Use it in `async with`, or close it.

    Raises:
        StreamBrokenError: it broke off. What came before is whole.
        UndecodableResponseError: an element is not as described, or the stream ends within one.
        RejectionError: an element says that the call failed.
        RuntimeError: another thread or task is waiting for more of it.
    """

    def __init__(self, source: Source[Item], sender: AsyncSender) -> None:
        self._source = source
        self._sender = sender

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Item:
        for item in await drive_async(self._source.next(), self._sender):
            return item
        raise StopAsyncIteration

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Let go of the connection; nothing more comes.

        While another task waits for more, the connection is let go of when that wait is over, and nothing more comes.
        """
        await drive_async(self._source.close(), self._sender)


AnyStream: TypeAlias = Stream[Item] | AsyncStream[Item]


class ByteStream(Stream[bytes]):
    """The bytes of an answer, part by part as they come, decompressed. Use it in `with`, or close it."""

    def write_to(self, target: str | Path | BinaryIO) -> int:
        """Write all that comes to a file; the number of bytes.

        A file that is named is there as a whole or not at all: what comes goes into one of its own beside it, whose
        name ends in `.part`, until all is there.

        Raises:
            StreamBrokenError: it broke off, or was closed before its end.
            OSError: the file cannot be written.
        """
        size = 0
        with self, _file(target) as file:
            for part in self:
                file.write(part)
                size += len(part)
            self._source.demand_all()
        return size


class AsyncByteStream(AsyncStream[bytes]):
    """The bytes of an answer, part by part as they come, decompressed. Use it in `async with`, or close it."""

    async def write_to(self, target: str | Path | BinaryIO) -> int:
        """Write all that comes to a file; the number of bytes. Files are written in a thread.

        A file that is named is there as a whole or not at all: what comes goes into one of its own beside it, whose
        name ends in `.part`, until all is there.

        Raises:
            StreamBrokenError: it broke off, or was closed before its end.
            OSError: the file cannot be written.
        """
        from anyio.to_thread import run_sync

        size = 0
        async with self:
            with _file(target) as file:
                async for part in self:
                    await run_sync(file.write, part)
                    size += len(part)
                self._source.demand_all()
        return size


@contextmanager
def _file(target: str | Path | BinaryIO) -> Iterator[BinaryIO]:
    """A file to write to: the caller's, or a new one that takes its name when all of it is there."""
    if not isinstance(target, str | Path):
        yield target
        return
    if Path(target).is_dir():  # which would be found out when all is there
        raise IsADirectoryError(EISDIR, strerror(EISDIR), str(target))
    part = Path(f"{target}.{token_hex(4)}{_PART}")  # others may write to the same target meanwhile
    try:
        with part.open("xb") as file:
            yield file
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
