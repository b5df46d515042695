"""What the end of a call means for the elements that were in it. Pure decisions, on which money depends.

Nothing is sent under a new key unless the server has said, of this very request, that it did nothing. What may have
been done goes out again under its own key alone, or not at all.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from ..batch import BatchResult
from ..errors import (
    ApiError,
    ConfigurationError,
    IdempotencyMismatchError,
    MismatchedResponseError,
    RequestValidationError,
    UndecodableResponseError,
)

if TYPE_CHECKING:
    from ..reasons import Reason
    from .batches import Batch


_HOPELESS: Final = (404, 405, 406, 410, 415)
"""Statuses that say that no request of this kind is known there, whatever is in it."""


class Fate(Enum):
    """What becomes of all elements of a request that did not succeed."""

    AGAIN = auto()
    """It may have been carried out: the same request again, under its key."""
    LATER_RUN = auto()
    """The same, and not in this run: the server would say the same."""
    BACK = auto()
    """Nothing was done, for a reason that has nothing to do with the elements: they go out later."""
    HALT = auto()
    """Nothing gets through, whatever is in it: the run ends. Nothing was done, unless the outcome is unknown."""
    RETRY = auto()
    """The server did nothing, for a reason that can pass: they go out again, so many times."""
    SPLIT = auto()
    """The server did nothing, for a reason that may lie in one of several elements: each half goes out by itself."""
    REJECTED = auto()
    """The server did nothing, and says why."""
    DARK = auto()
    """It may have been carried out, and nobody can find out by sending it again."""


class Exchange(Struct, frozen=True):
    """A call that has ended: with a value, or with an error."""

    batch: Batch
    value: object = None
    error: BaseException | None = None


class Verdict(Struct, frozen=True):
    """What became of one element, as far as the answer tells: `created`, `failed`, or `unknown`."""

    what: str
    result: Any = None  # the model of what was made, or what came
    reasons: tuple[Reason, ...] = ()

    @property
    def transient(self) -> bool:
        """Whether it failed for reasons that can pass."""
        return self.what == "failed" and bool(self.reasons) and all(one.transient for one in self.reasons)


def verdicts(exchange: Exchange) -> tuple[Verdict, ...]:
    """What an answer says of each element, in order. The call has made sure that it is for these."""
    answer = exchange.value
    found: dict[int, Verdict] = {}
    if isinstance(answer, BatchResult):
        for part in answer.created:
            found[part.object_index] = Verdict("created", part.result)
        for part in answer.failed:
            found[part.object_index] = Verdict("failed", part.result, part.reasons)
        for part in answer.unknown:
            found[part.object_index] = Verdict("unknown", part.result)
    dark = Verdict("unknown")
    return tuple(found.get(place, dark) for place in range(len(exchange.batch.elements)))


def fate(error: BaseException, size: int) -> Fate:
    """What becomes of so many elements of a call that failed."""
    if not isinstance(error, ApiError):
        return Fate.LATER_RUN  # a fault of ours, which says nothing of the call
    if isinstance(error, MismatchedResponseError | IdempotencyMismatchError):
        return Fate.DARK
    may_pass = error.status == 429 or error.transient
    is_hopeless = isinstance(error, ConfigurationError | RequestValidationError) or error.status in _HOPELESS
    if is_hopeless or (error.early and not may_pass):
        return Fate.HALT
    if isinstance(error, UndecodableResponseError) and not error.cut:
        return Fate.LATER_RUN  # another version of the client may read it
    if error.outcome == "unknown":
        return Fate.AGAIN
    if error.outcome == "not_sent" or error.early:
        return Fate.BACK
    if error.transient:
        return Fate.RETRY
    return Fate.SPLIT if size > 1 else Fate.REJECTED
