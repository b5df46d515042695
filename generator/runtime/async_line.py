"""A line to a server that is awaited, on asyncio and on trio; else as `line.py`."""

from __future__ import annotations

import ssl
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import anyio
from anyio.abc import SocketAttribute
from anyio.streams.tls import TLSAttribute

from .exchange import Part
from .line import PIECE, watch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anyio.abc import ByteStream

    from .address import Address
    from .line import Attempt

_MOST: Final = 256 * 1024  # bytes, as event loops take so many at most, and would keep what is more


class AsyncLine:
    """A line that is awaited."""

    def __init__(self, connected: ByteStream) -> None:
        self._stream = connected
        self._came = watch(connected.extra(SocketAttribute.raw_socket))  # noqa: S610 - no query of a database

    @classmethod
    async def to(cls, address: Address, tls: ssl.SSLContext | None, attempt: Attempt) -> AsyncLine:
        """A new line to a server."""
        host, port = address.host, address.port
        with _faults(), anyio.fail_after(attempt.left()):
            if tls is None:
                return cls(await anyio.connect_tcp(host, port))
            secure = anyio.connect_tcp(host, port, ssl_context=tls, tls_standard_compatible=False, tls_hostname=host)
            return cls(await secure)

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
        if self._came():
            return True
        secure: ssl.SSLObject | None = self._stream.extra(TLSAttribute.ssl_object, None)  # noqa: S610 - as above
        if secure is None:
            return False
        try:
            secure.read(1)
        except ssl.SSLWantReadError:
            return False
        except ssl.SSLError:
            pass
        return True

    async def close(self) -> None:
        """Let go of it, also where whoever had it was cancelled."""
        with anyio.CancelScope(shield=True):
            await self._stream.aclose()


@contextmanager
def _faults() -> Iterator[None]:
    """What anyio calls otherwise is an `OSError` here."""
    try:
        yield
    except (anyio.BrokenResourceError, anyio.ClosedResourceError, anyio.EndOfStream):
        raise ConnectionError("the connection was lost") from None
