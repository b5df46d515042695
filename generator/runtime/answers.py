"""What came with the values of calls, for those who ask for it with `answers()`."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - so that the signature of `Answer` can be shown
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime  # noqa: TC003 - as above
from typing import TYPE_CHECKING

from msgspec import Struct

from .unread import Unread  # noqa: TC001 - as above

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Answer", "answers"]


class Answer(Struct, frozen=True):
    """What came with the value of a successful call; `elapsed` is in seconds, all attempts and waits included."""

    operation: str
    value: object
    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    elapsed: float
    attempts: int
    idempotency_key: str | None
    key_expires: datetime | None = None
    """Until when, in UTC, the same call with the same key certainly brings the same answer; `None` if nobody says."""
    unread: tuple[Unread, ...] = ()
    """The fields, anywhere in the value, that came with a value that is not as described, and are `None`."""


_RECORDING: ContextVar[tuple[list[Answer], ...]] = ContextVar("answers", default=())


@contextmanager
def answers() -> Iterator[list[Answer]]:
    """Record status, headers and time of each call that succeeds within the block, in the order in which they end.

    Calls of other threads, and of tasks that were started outside the block, are not recorded.
    """
    recorded: list[Answer] = []
    before = _RECORDING.set((*_RECORDING.get(), recorded))
    try:
        yield recorded
    finally:
        _RECORDING.reset(before)


def record(answer: Answer) -> None:
    """Put an answer into each block of `answers()` around the call."""
    for recorded in _RECORDING.get():
        recorded.append(answer)
