"""A line to a server that is awaited, on asyncio and on trio; else as `line.py`."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import anyio
from anyio.abc import SocketAttribute

from .exchange import Part
from .line import watch

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator

    from anyio.abc import ByteStream

    from .address import Address
    from .line import Attempt

_PIECE: Final = 256 * 1024  # bytes, as event loops take so many at most, and would keep what is more


class AsyncLine:
    """A line that is awaited."""

    def __init__(self, connected: ByteStream) -> None:
        self._stream = connected
        self.is_readable = watch(connected.extra(SocketAttribute.raw_socket))  # noqa: S610 - no query of a database
        """Whether something came, be it the end."""

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
        with _faults(), anyio.fail_after(attempt.left()):
            await self._stream.send(part.content)

    async def read(self, attempt: Attempt) -> Part:
        """What comes next; nothing at the end."""
        try:
            with _faults(), anyio.fail_after(attempt.left()):
                return Part(await self._stream.receive(_PIECE))
        except anyio.EndOfStream:
            return Part(b"")

    async def close(self) -> None:
        """Let go of it, also where whoever had it was cancelled."""
        with anyio.CancelScope(shield=True):
            await self._stream.aclose()


@contextmanager
def _faults() -> Iterator[None]:
    """What anyio calls otherwise is an `OSError` here."""
    try:
        yield
    except (anyio.BrokenResourceError, anyio.ClosedResourceError):
        raise ConnectionError("the connection was lost") from None
