"""The connections of a pool, in use and kept: which one a request takes, and which are to be closed."""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING, Final, Generic, TypeAlias, TypeVar

from .http11 import Http11

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .async_line import AsyncLine
    from .line import Line

AnyLine = TypeVar("AnyLine", bound="Line | AsyncLine")

Server: TypeAlias = tuple[str, int]
"""A host and a port."""

CLOSED: Final = "the client was closed meanwhile"
_UNUSED: Final = Http11()
_IDLE: Final = 15.0  # seconds; servers close idle connections too, and a request sent at that moment is lost


class Connection(Generic[AnyLine]):
    """What a request goes over, and where it leads."""

    __slots__ = ("counted", "expires", "http", "line", "server", "whole")

    def __init__(self, server: Server) -> None:
        self.server = server
        self.counted = False
        """Whether it is one of those of which there may be so many."""
        self.line: AnyLine | None = None
        self.http = _UNUSED
        """What was said over the line."""
        self.whole = True
        """Whether all was sent that was to be."""
        self.expires = 0.0

    def begin(self, line: AnyLine) -> None:
        """Let it have a new line."""
        self.line, self.http = line, Http11()


class Connections(Generic[AnyLine]):
    """Those to all servers.

    Threads may share it. There is no lock that somebody could hold at a fork, or while Python looks for garbage: a
    stream that nobody has any longer gives its connection back then.
    """

    def __init__(self, most: int) -> None:
        """There are `most` of them at most, if no more are in use."""
        self._most = most
        self._used: set[Connection[AnyLine]] = set()
        self._kept: dict[Server, deque[Connection[AnyLine]]] = {}
        """The one that came back last is the last."""
        self.ended = False
        """Whether none is kept any longer."""

    def __len__(self) -> int:
        return len(self._used) + sum(map(len, tuple(self._kept.values())))

    def equip(self, connection: Connection[AnyLine]) -> list[AnyLine]:
        """Let a connection have the line of one that was kept, if there is any; the lines that are to be closed."""
        self._used.add(connection)
        now = time.monotonic()
        stale = self._dropped(lambda oldest: oldest.expires <= now)
        kept = self._kept.setdefault(connection.server, deque())
        while connection.line is None and (found := _popped(kept.pop)):
            [one] = found
            if one.line is None or one.line.is_readable():
                stale += found
            else:
                connection.line, connection.http = one.line, one.http
        return _lines([*stale, *self._dropped(lambda _: len(self) > self._most)])

    def demand_open(self) -> None:
        """ConnectionError: they were ended meanwhile."""
        if self.ended:
            raise ConnectionError(CLOSED)

    def give_back(self, connection: Connection[AnyLine]) -> list[AnyLine]:
        """Keep a connection, if another request may follow; the lines that are to be closed."""
        self._used.discard(connection)
        if not connection.whole or not connection.http.ended():
            return _lines([connection])
        connection.expires = time.monotonic() + _IDLE
        self._kept[connection.server].append(connection)
        return self.end() if self.ended else []

    def end(self) -> list[AnyLine]:
        """Keep none from now on; the lines that are to be closed."""
        self.ended = True
        return _lines(self._dropped(lambda _: True))

    def in_use(self) -> list[AnyLine]:
        """The lines that somebody uses. Only he may close them, as the number of a socket is soon that of another."""
        return _lines(self._used.copy())

    def _dropped(self, is_stale: Callable[[Connection[AnyLine]], bool]) -> list[Connection[AnyLine]]:
        """Of those that are kept, to each server the first ones of which something holds."""
        dropped: list[Connection[AnyLine]] = []
        for kept in tuple(self._kept.values()):
            while kept and is_stale(kept[0]):
                dropped += _popped(kept.popleft)
        return dropped


def _popped(pop: Callable[[], Connection[AnyLine]]) -> list[Connection[AnyLine]]:
    """One of those that are kept; none if another thread was quicker."""
    try:
        return [pop()]
    except IndexError:
        return []


def _lines(connections: Iterable[Connection[AnyLine]]) -> list[AnyLine]:
    return [one.line for one in connections if one.line is not None]
