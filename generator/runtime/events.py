"""What happens during a call: told to hooks as typed events, to the log as one line an attempt, and to `answers()`.

Nothing here shows a body, a credential or a query.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping  # noqa: TC003 - as below
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Final, TypeAlias

from msgspec import Struct

# When it runs too, so that the signatures of these classes can be shown.
from .errors import ApiError  # noqa: TC001

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .options import Hook

__all__ = ["Answer", "CallInfo", "Event", "GiveUpEvent", "RequestEvent", "ResponseEvent", "RetryEvent", "answers"]

LOGGER: Final = logging.getLogger(__name__.partition("._runtime")[0])


class CallInfo(Struct, frozen=True, eq=False):
    """One call of an operation, however many requests it takes; the same object in each of its events."""

    operation: str
    method: str
    path: str
    """As the description has it, with names in braces."""
    track_id: str | None = None


class RequestEvent(Struct, frozen=True):
    """A request is about to go out; `attempt` counts from 1."""

    call: CallInfo
    attempt: int
    idempotency_key: str | None


class ResponseEvent(Struct, frozen=True):
    """An answer came; `elapsed` is in seconds since its request, `error` is what is wrong with it, if anything is."""

    call: CallInfo
    attempt: int
    status: int
    headers: Mapping[str, str]
    elapsed: float
    error: ApiError | None


class RetryEvent(Struct, frozen=True):
    """An attempt failed, and another one follows after `wait` seconds with this key."""

    call: CallInfo
    attempt: int
    error: ApiError
    wait: float
    idempotency_key: str | None


class GiveUpEvent(Struct, frozen=True):
    """The call failed for good: `error` is what its caller gets."""

    call: CallInfo
    error: ApiError


Event: TypeAlias = RequestEvent | ResponseEvent | RetryEvent | GiveUpEvent


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


def tell(hooks: Sequence[Hook], event: Event) -> None:
    """Tell hooks of an event. A hook that fails does not fail the call, which may have been carried out."""
    for hook in hooks:
        try:
            hook(event)
        except Exception:
            LOGGER.exception("a hook failed")
