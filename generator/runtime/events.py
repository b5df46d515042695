"""What happens during a call, as typed events for hooks. None of them shows a body, a credential or a query."""

from __future__ import annotations

import logging
from collections.abc import Mapping  # noqa: TC003 - as below
from typing import TYPE_CHECKING, Final, TypeAlias

from msgspec import Struct

# When it runs too, so that the signatures of these classes can be shown.
from .errors import ApiError  # noqa: TC001

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["CallInfo", "Event", "GiveUpEvent", "Hook", "RequestEvent", "ResponseEvent", "RetryEvent"]

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
Hook: TypeAlias = "Callable[[Event], None]"


def notify(hooks: Sequence[Hook], event: Event) -> None:
    """Tell hooks of an event. A hook that fails does not fail the call, which may have been carried out."""
    for hook in hooks:
        try:
            hook(event)
        except Exception:
            LOGGER.exception("a hook failed")
