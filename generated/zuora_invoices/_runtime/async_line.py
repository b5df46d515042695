"""A line to a server that is awaited, on asyncio and on trio; else as `line.py`."""

from __future__ import annotations

import ssl
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import anyio
from anyio import aclose_forcefully
from anyio.abc import ByteStream, SocketAttribute
from anyio.streams.tls import TLSAttribute, TLSStream

from .exchange import Part
from .line import PIECE, watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from anyio.abc import SocketStream

    from .address import Address
    from .line import Attempt

_MOST: Final = 256 * 1024  # bytes, as event loops take so many at most, and would keep what is more


class _Eager(ByteStream):
    """Takes all that an event loop has taken from a socket, as neither TLS nor the socket shows what is left there."""

    def __init__(self, stream: SocketStream) -> None:
        self._stream = stream

    @property
    def extra_attributes(self) -> Mapping[Any, Callable[[], Any]]:
        """As of the stream."""
        return self._stream.extra_attributes

    async def receive(self, max_bytes: int = 0) -> bytes:
        """All that there is."""
        del max_bytes
        return await self._stream.receive(_MOST)

    async def send(self, item: bytes) -> None:
        """As of the stream."""
        await self._stream.send(item)

    async def send_eof(self) -> None:
        """As of the stream."""
        await self._stream.send_eof()

    async def aclose(self) -> None:
        """As of the stream."""
        await self._stream.aclose()


class AsyncLine:
    """A line that is awaited."""

    def __init__(self, stream: ByteStream) -> None:
        self._stream = stream
        self._came = watch(stream.extra(SocketAttribute.raw_socket))  # noqa: S610 - no query of a database
        self._secure: ssl.SSLObject | None = stream.extra(TLSAttribute.ssl_object, None)  # noqa: S610 - as above

    @classmethod
    async def to(cls, address: Address, tls: ssl.SSLContext | None, attempt: Attempt) -> AsyncLine:
        """A new line to a server."""
        with _faults(), anyio.fail_after(attempt.left()):
            stream = _Eager(await anyio.connect_tcp(address.host, address.port))
            try:
                return cls(stream if tls is None else await _secured(stream, tls, address.host))
            except BaseException:
                await aclose_forcefully(stream)
                raise

    async def write(self, part: Part, attempt: Attempt) -> None:
        """Send all of a part."""
        rest = memoryview(part.content)
        while rest:
            with _faults(), anyio.fail_after(attempt.left()):
                await self._stream.send(bytes(rest[:PIECE]))
            rest = rest[PIECE:]

    async def read(self, attempt: Attempt) -> Part:
        """What comes next; nothing at the end."""
        with _faults(), anyio.fail_after(attempt.left()):
            try:
                return Part(await self._stream.receive(_MOST))
            except anyio.EndOfStream:
                return Part(b"")

    def is_readable(self) -> bool:
        """Whether something came, be it the end; with TLS it may have been taken from the socket before."""
        came = self._came()
        if came or self._secure is None:
            return came
        try:
            self._secure.read(1)
        except ssl.SSLWantReadError:
            return False
        except ssl.SSLError:
            pass
        return True

    async def close(self) -> None:
        """Let go of it, also where whoever had it was cancelled."""
        with anyio.CancelScope(shield=True):
            await self._stream.aclose()

    async def stop(self) -> None:
        """End it for whoever uses it."""
        await self.close()


async def _secured(stream: ByteStream, tls: ssl.SSLContext, host: str) -> ByteStream:
    return await TLSStream.wrap(stream, server_side=False, hostname=host, ssl_context=tls, standard_compatible=False)


@contextmanager
def _faults() -> Iterator[None]:
    """What anyio calls otherwise is an `OSError` here."""
    try:
        yield
    except (anyio.BrokenResourceError, anyio.ClosedResourceError, anyio.EndOfStream):
        raise ConnectionError("the connection was lost") from None
