"""A line to a server that blocks: bytes go over it and come, with TLS or without.

No step takes longer than its attempt leaves. Whatever fails is an `OSError`, and a `TimeoutError` where time ran out.
`async_line.py` has its like that is awaited.
"""

from __future__ import annotations

import select
import socket
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from .exchange import Part
from .http import LATE

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable

    from .address import Address

PIECE: Final = 64 * 1024
"""So many bytes are one step."""


class Attempt:
    """One request on its way: when it must be over, and whether a byte of it can have left."""

    __slots__ = ("sent", "timeout", "until")

    def __init__(self, timeout: float, until: float) -> None:
        self.timeout = timeout
        self.until = until
        self.sent = False

    def left(self) -> float:
        """Seconds that may be waited for one step.

        Raises:
            TimeoutError: the deadline has passed.
        """
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError(LATE)
        return min(left, self.timeout)


class Line:
    """A line that blocks."""

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected
        self.is_readable = watch(connected)
        """Whether something came, be it the end."""

    @classmethod
    def to(cls, address: Address, tls: ssl.SSLContext | None, attempt: Attempt) -> Line:
        """A new line to a server."""
        connected = _connected(address, attempt)
        try:
            connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if tls is not None:
                connected.settimeout(attempt.left())
                connected = tls.wrap_socket(connected, server_hostname=address.host)
        except BaseException:
            connected.close()
            raise
        return cls(connected)

    def write(self, part: Part, attempt: Attempt) -> None:
        """Send all of a part."""
        rest = memoryview(part.content)
        while rest:
            self._socket.settimeout(attempt.left())
            rest = rest[self._socket.send(rest[:PIECE]) :]

    def read(self, attempt: Attempt) -> Part:
        """What comes next; nothing at the end."""
        self._socket.settimeout(attempt.left())
        return Part(self._socket.recv(PIECE))

    def stop(self) -> None:
        """End it for whoever uses it in another thread, which closes it then."""
        with suppress(OSError):
            socket.socket.shutdown(self._socket, socket.SHUT_RDWR)  # that of TLS would let him go on without TLS

    def close(self) -> None:
        """Let go of it."""
        self._socket.close()


def _connected(address: Address, attempt: Attempt) -> socket.socket:
    # One by one, as each address is given the whole timeout.
    found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    *others, last = dict.fromkeys(str(one[4][0]) for one in found)
    for other in others:
        with suppress(OSError):
            return socket.create_connection((other, address.port), attempt.left())
    return socket.create_connection((last, address.port), attempt.left())


def watch(one: socket.socket) -> Callable[[], bool]:
    """What says whether something came, be it the end, or that can no longer be told."""
    if not hasattr(select, "poll"):
        return lambda: one.fileno() < 0 or bool(select.select([one], [], [], 0)[0])
    poll = select.poll()  # any number of files may be open
    poll.register(one, select.POLLIN)
    return lambda: one.fileno() < 0 or bool(poll.poll(0))
