"""An answer that is still coming: whoever opened it takes its content part by part, and lets go of it at any time.

The connection is let go of in every case: at the end, at an error, when the caller closes it, and when he forgets it.
That is what generators are for: Python ends one that nobody has any longer, and event loops do it for those that await.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from .http import TransportError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Generator

    from .http import Reply


_INTERRUPTED: Final = "whoever waited for more was interrupted: what came meanwhile is lost"


class Part(Struct, frozen=True):
    """Bytes of an answer, which may hold a secret and are not shown: what holds them can end up in reports."""

    content: bytes

    def __repr__(self) -> str:
        return f"Part({len(self.content)})"


EMPTY: Final = Part(b"")


class Exchange:
    """The content of an answer, for a caller that blocks."""

    def __init__(self, parts: Generator[bytes, float, None]) -> None:
        """`parts` begins with an empty part, is sent until when the next one must come, and closes what it reads."""
        self._parts = parts
        self._waiting = False
        next(parts)  # what was never begun is never ended either

    def receive(self, until: float) -> Part | None:
        """The next bytes, nothing at the end; TransportError if it breaks off, or they are not there in time."""
        if self._waiting:
            raise TransportError(_INTERRUPTED, sent=True)
        self._waiting = True
        try:
            part = Part(self._parts.send(until))
        except StopIteration:
            part = None
        self._waiting = False
        return part

    def close(self) -> None:
        """Let go of the connection."""
        self._parts.close()


class AsyncExchange:
    """The content of an answer, for a caller that awaits."""

    def __init__(self, parts: AsyncGenerator[bytes, float]) -> None:
        self._parts = parts
        self._waiting = False

    @classmethod
    async def begun(cls, parts: AsyncGenerator[bytes, float]) -> AsyncExchange:
        """As for one that blocks."""
        await anext(parts)
        return cls(parts)

    async def receive(self, until: float) -> Part | None:
        """As for one that blocks."""
        if self._waiting:
            raise TransportError(_INTERRUPTED, sent=True)
        self._waiting = True
        try:
            part = Part(await self._parts.asend(until))
        except StopAsyncIteration:
            part = None
        self._waiting = False
        return part

    async def close(self) -> None:
        """Let go of the connection."""
        await self._parts.aclose()


class Opened(Struct, frozen=True):
    """The head of an answer, as a reply without content, and the content that is still to come."""

    head: Reply
    exchange: Exchange | AsyncExchange
