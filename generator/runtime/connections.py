"""The connections of a pool, in use and kept: which one a request takes, and which are to be closed."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Final, Generic, TypeAlias, TypeVar

from .http11 import Http11

if TYPE_CHECKING:
    from .async_line import AsyncLine
    from .line import Line

AnyLine = TypeVar("AnyLine", bound="Line | AsyncLine")

Server: TypeAlias = tuple[str, int]
"""A host and a port."""

_IDLE: Final = 15.0  # seconds; servers close idle connections too, and a request sent at that moment is lost


class Connection(Generic[AnyLine]):
    """A connection, and what was said over it. It is of one request at a time."""

    __slots__ = ("expires", "http", "line", "server", "whole")

    def __init__(self, server: Server) -> None:
        self.server = server
        self.line: AnyLine | None = None
        """Where it was not opened yet, nothing."""
        self.http = Http11()
        self.whole = True
        """Whether all was sent that was to be."""
        self.expires = 0.0

    def is_quiet(self) -> bool:
        """Whether nothing came since, neither an end nor what nobody asked for."""
        return self.line is not None and not self.line.is_readable()


class Connections(Generic[AnyLine]):
    """Those to all servers. Threads may share it."""

    def __init__(self, most: int) -> None:
        """There are `most` of them at most, if no more are in use."""
        self._most = most
        self._lock = threading.Lock()
        self._used: set[Connection[AnyLine]] = set()
        self._kept: list[Connection[AnyLine]] = []
        """The one that came back last is the last."""
        self._ended = False

    def __len__(self) -> int:
        return len(self._used) + len(self._kept)

    def take(self, server: Server) -> tuple[Connection[AnyLine], list[AnyLine]]:
        """A connection, which may have no line yet, and the lines that are to be closed."""
        stale: list[Connection[AnyLine]] = []
        with self._lock:
            while self._kept and self._kept[0].expires <= time.monotonic():
                stale.append(self._kept.pop(0))
            found: Connection[AnyLine] | None = None
            for one in [one for one in reversed(self._kept) if one.server == server]:
                self._kept.remove(one)
                if one.is_quiet():
                    found = one
                    break
                stale.append(one)
            found = found or Connection(server)
            self._used.add(found)
            while self._kept and len(self) > self._most:
                stale.append(self._kept.pop(0))
        return found, _lines(stale)

    def give_back(self, connection: Connection[AnyLine]) -> list[AnyLine]:
        """Keep a connection, if another request may follow; the lines that are to be closed."""
        with self._lock:
            self._used.discard(connection)
            if self._ended or not connection.whole or not connection.http.ended():
                return _lines([connection])
            connection.expires = time.monotonic() + _IDLE
            self._kept.append(connection)
            return []

    def end(self) -> list[AnyLine]:
        """Keep none from now on; the lines of all that there are."""
        with self._lock:
            self._ended = True
            kept, self._kept = self._kept, []
            return _lines([*kept, *self._used])


def _lines(connections: list[Connection[AnyLine]]) -> list[AnyLine]:
    return [one.line for one in connections if one.line is not None]
