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
        self._ended = False

    def __len__(self) -> int:
        return len(self._used) + sum(map(len, self._all_kept()))

    def equip(self, connection: Connection[AnyLine]) -> list[AnyLine]:
        """Let a connection have the line of one that was kept, if there is any; the lines that are to be closed."""
        self._used.add(connection)
        now = time.monotonic()
        stale: list[Connection[AnyLine]] = []
        for kept in self._all_kept():
            while kept and kept[0].expires <= now:
                stale += _popped(kept.popleft)
        kept = self._kept.setdefault(connection.server, deque())
        while connection.line is None and (found := _popped(kept.pop)):
            [one] = found
            if one.line is None or one.line.is_readable():
                stale += found
            else:
                connection.line, connection.http = one.line, one.http
        for kept in self._all_kept():
            while kept and len(self) > self._most:
                stale += _popped(kept.popleft)
        return _lines(stale)

    def demand_open(self) -> None:
        """ConnectionError: they were ended meanwhile."""
        if self._ended:
            raise ConnectionError("the client was closed meanwhile")

    def give_back(self, connection: Connection[AnyLine]) -> list[AnyLine]:
        """Keep a connection, if another request may follow; the lines that are to be closed."""
        self._used.discard(connection)
        if not connection.whole or not connection.http.ended():
            return _lines([connection])
        connection.expires = time.monotonic() + _IDLE
        self._kept[connection.server].append(connection)
        return self.end() if self._ended else []

    def end(self) -> list[AnyLine]:
        """Keep none from now on; the lines of all that there are."""
        self._ended = True
        kept = [one for each in self._all_kept() for _ in tuple(each) for one in _popped(each.popleft)]
        return _lines([*kept, *self._used.copy()])

    def _all_kept(self) -> tuple[deque[Connection[AnyLine]], ...]:
        return tuple(self._kept.values())


def _popped(pop: Callable[[], Connection[AnyLine]]) -> list[Connection[AnyLine]]:
    """One of those that are kept; none if another thread was quicker."""
    try:
        return [pop()]
    except IndexError:
        return []


def _lines(connections: Iterable[Connection[AnyLine]]) -> list[AnyLine]:
    return [one.line for one in connections if one.line is not None]
