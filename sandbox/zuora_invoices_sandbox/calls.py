"""The call log: what came in and what went out, to be looked at by tests and on the page. It holds no secrets."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final, overload

from .bodies import encodable, shortened, text_of, unpacked
from .masking import hiding, masked_headers
from .messages import Answer, Headers
from .outcomes import Creation, Failure, Kind, Outcome, outcome_of
from .refusal import Reason

if TYPE_CHECKING:
    from datetime import datetime

    from .messages import Delivery, Request

SHOWN: Final = 128 << 10
"""So much of a body is kept, in bytes: more than an answer to a batch of 50 has."""
_TARGET_SHOWN: Final = 4 << 10
_HEADERS_SHOWN: Final = 16 << 10
_MARGIN: Final = 8 << 10
"""More is searched for secrets than is kept, so that none is cut in two and its first half kept."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request and what it was answered."""

    number: int
    """Counted from 1; goes on after `clear()`."""
    at: datetime
    """The sandbox's time at which it came."""
    method: str
    target: str
    request_headers: tuple[tuple[str, str], ...]
    request_body: str
    request_size: int
    """Bytes on the wire."""
    status: int | None
    """`None`: the connection ended without an answer."""
    answer_headers: tuple[tuple[str, str], ...]
    answer_body: str
    """What was said; for a call that was dropped, what would have been said, if it had come so far."""
    answer_size: int
    milliseconds: float
    """How long the sandbox took, without any delay on demand."""
    kind: Kind
    outcome: str
    """In words: `created 2, failed 1`, `refused`, `replayed`, `dropped`."""
    creations: tuple[Creation, ...]
    """The invoices that it made, or that a replay told of again; in a call that was dropped, too."""
    failures: tuple[Failure, ...]
    fault: str | None
    """The fault that it was given on demand."""
    replayed: bool
    """Whether the answer is the kept one of an earlier request with its idempotency key."""
    user: str | None
    """Name of the user whose token it had."""
    idempotency_key: str | None
    track_id: str | None
    request_id: str | None

    @property
    def created(self) -> tuple[str, ...]:
        """Ids of the invoices that it made."""
        return tuple(one.id for one in self.creations)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why it, or some of its invoices, were refused."""
        return tuple(one for failure in self.failures for one in failure.reasons)

    @property
    def kept_bytes(self) -> int:
        """About how much room it takes."""
        pairs = (*self.request_headers, *self.answer_headers)
        of_headers = sum(len(name) + len(value) for name, value in pairs)
        return 1000 + len(self.target) + len(self.request_body) + len(self.answer_body) + of_headers


Listener = Callable[["Call | None"], None]
"""Told of each call after it is in the log, and with `None` that the log was cleared; in the thread that did it."""


class CallLog(Sequence[Call]):
    """The last calls, oldest first; threads may share it. `secrets` are hidden wherever they stand."""

    def __init__(self, *, size: int = 1000, limit: int = 64 << 20, secrets: Collection[str] = ()) -> None:
        self._size = size
        self._limit = limit
        self._secrets = frozenset(secrets)
        self._changed = threading.Condition()
        self._calls: deque[Call] = deque()
        self._bytes = 0
        self._numbers = 0
        self.clears = 0
        """How often it was cleared."""
        self._listeners: list[Listener] = []
        self.closed = False
        """Whether listeners are to leave; see `close`."""

    def record(
        self,
        request: Request,
        delivery: Delivery,
        *,
        at: datetime,
        milliseconds: float = 0.0,
        fault: str | None = None,
        user: str | None = None,
        replayed: bool = False,
        undelivered: Answer | None = None,
    ) -> Call:
        """Keep a call. `undelivered` is the answer that was made and did not get out, if the delivery has none."""
        made = _call(request, delivery, undelivered, self._secrets, at, milliseconds, fault, user, replayed=replayed)
        with self._changed:
            self._numbers += 1
            call = made(number=self._numbers)
            self._calls.append(call)
            self._bytes += call.kept_bytes
            while len(self._calls) > self._size or (self._bytes > self._limit and len(self._calls) > 1):
                self._bytes -= self._calls.popleft().kept_bytes
            self._changed.notify_all()
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener(call)
        return call

    @property
    def last_number(self) -> int:
        """Number of the newest call ever recorded; 0 before the first."""
        return self._numbers

    def find(self, number: int) -> Call | None:
        """The call of this number, if it is still kept."""
        with self._changed:
            place = number - self._calls[0].number if self._calls else -1
            return self._calls[place] if 0 <= place < len(self._calls) else None

    def clear(self) -> None:
        """Forget all calls."""
        with self._changed:
            self._calls.clear()
            self._bytes = 0
            self.clears += 1
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener(None)

    def close(self) -> None:
        """Send listeners away, as a server that ends waits for those that listen. Calls can still be recorded."""
        self.closed = True
        with self._changed:
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener(None)

    def wait(self, after: int, timeout: float) -> bool:
        """Wait, at most so many seconds, until there is a call with a number above `after`; whether there is."""
        with self._changed:
            return self._changed.wait_for(lambda: self._numbers > after, timeout)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Have a listener told; it must be quick and raise nothing. What comes back ends it."""
        with self._changed:
            self._listeners.append(listener)

        def end() -> None:
            with self._changed:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return end

    @overload
    def __getitem__(self, index: int) -> Call: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Call, ...]: ...
    def __getitem__(self, index: int | slice) -> Call | tuple[Call, ...]:
        with self._changed:
            return tuple(self._calls)[index] if isinstance(index, slice) else self._calls[index]

    def __len__(self) -> int:
        return len(self._calls)

    def __iter__(self) -> Iterator[Call]:
        return iter(self[:])  # as it is now: others may go on writing

    def __repr__(self) -> str:
        return f"CallLog({len(self)} calls)"


def _call(
    request: Request,
    delivery: Delivery,
    undelivered: Answer | None,
    known: frozenset[str],
    at: datetime,
    milliseconds: float,
    fault: str | None,
    user: str | None,
    *,
    replayed: bool,
) -> Callable[..., Call]:
    """What is left to say is its number."""
    answer = delivery.answer or undelivered or Answer(0)
    content = unpacked(request.body, request.headers.get("Content-Encoding", ""))
    answer_content = unpacked(answer.body, Headers(answer.headers).get("Content-Encoding", ""))
    text, answer_text = text_of(content[: SHOWN + _MARGIN]), text_of(answer_content[: SHOWN + _MARGIN])
    target = request.target[: _TARGET_SHOWN + _MARGIN]
    outcome = _as_delivered(outcome_of(answer.status, answer_content), delivery, replayed=replayed)
    told = [*(one.number for one in outcome.creations)]
    told += [reason.message for failure in outcome.failures for reason in failure.reasons]
    headers = (*request.headers.raw(), *answer.headers)
    hide = hiding(known, headers, (target, text, answer_text), told)
    request_headers = _bounded(masked_headers(request.headers.raw(), hide))
    answer_headers = _bounded(masked_headers(answer.headers, hide))
    return partial(
        Call,
        at=at,
        method=encodable(request.method[:100]),
        target=encodable(hide(target)[:_TARGET_SHOWN]),
        request_headers=request_headers,
        request_body=shortened(hide(text), SHOWN, len(content)),
        request_size=len(request.body),
        status=delivery.answer.status if delivery.answer else None,
        answer_headers=answer_headers,
        answer_body=shortened(hide(answer_text), SHOWN, len(answer_content)),
        answer_size=len(answer.body),
        milliseconds=milliseconds,
        kind=outcome.kind,
        outcome=outcome.label,
        creations=tuple(Creation(one.index, one.id, hide(one.number)) for one in outcome.creations),
        failures=tuple(_masked_failure(failure, hide) for failure in outcome.failures),
        fault=fault,
        replayed=replayed,
        user=user,
        idempotency_key=Headers(request_headers).get("Idempotency-Key"),
        track_id=Headers(request_headers).get("Zuora-Track-Id"),
        request_id=Headers(answer_headers).get("Zuora-Request-Id"),
    )


def _as_delivered(outcome: Outcome, delivery: Delivery, *, replayed: bool) -> Outcome:
    """An outcome as the caller met it: it may be that of an earlier call, and it may be lost on its way."""
    label = "replayed" if replayed else outcome.label
    if delivery.answer is None:
        lost = f"dropped after: {label}" if outcome.creations else "dropped"
        return replace(outcome, kind=Kind.DROPPED, label=lost)
    if delivery.cut is not None:
        return replace(outcome, kind=Kind.DROPPED, label=f"cut off: {label}")
    return replace(outcome, kind=Kind.REPLAYED, label=label) if replayed else outcome


def _bounded(headers: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Headers, up to so many characters of them all."""
    kept: list[tuple[str, str]] = []
    room = _HEADERS_SHOWN
    for name, value in headers:
        if room <= 0:
            kept.append(("...", f"{len(headers) - len(kept)} more headers"))
            break
        kept.append((encodable(name[:200]), encodable(shortened(value, room, len(value)))))
        room -= len(name) + len(value)
    return tuple(kept)


def _masked_failure(failure: Failure, hide: Callable[[str], str]) -> Failure:
    return replace(
        failure,
        reasons=tuple(Reason(one.code, hide(one.message)[:_TARGET_SHOWN]) for one in failure.reasons),
    )
