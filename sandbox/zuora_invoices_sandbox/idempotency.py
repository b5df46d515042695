"""One call under an idempotency key: carried out once, and its answer replayed for a day.

An answer is kept in the transaction that makes its invoices. So whatever happens to the sandbox, either both are there
or neither is, and a key whose call was cut short is free again.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from .gates.headers import KEY
from .messages import Answer
from .records import KeptAnswer
from .refusal import Category, Refused, general

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from .messages import Request
    from .store import Transaction

LIFETIME: Final = timedelta(hours=24)


class Running:
    """The keys whose calls are under way in this program; threads share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._keys: set[str] = set()

    @contextmanager
    def hold(self, key: str | None) -> Iterator[None]:
        """Keep others from running a call with the same key.

        Raises:
            Refused: with 409, a call with this key is under way.
        """
        if key is None:
            yield
            return
        with self._lock:
            if key in self._keys:
                raise underway()
            self._keys.add(key)
        try:
            yield
        finally:
            with self._lock:
                self._keys.discard(key)


def underway() -> Refused:
    """Say that the first call with a key has not ended."""
    message = f"The first request with this {KEY} is still being worked on. Send it again later."
    return Refused([general(Category.LOCKED, message)], 409)


def kept(transaction: Transaction, key: str | None, request: Request, tenant: str, now: datetime) -> Answer | None:
    """The answer to an earlier call with this key, if there was one in the last 24 hours.

    Raises:
        Refused: with 409, the call is under way in another program on the same database; with 422, the key belongs to
            a call of another tenant, URL or method.
    """
    if key is None:
        return None
    if not transaction.hold(key):
        raise underway()
    found = transaction.kept(key, now - LIFETIME)
    if found is None:
        return None
    if (found.tenant, found.method, found.target) != (tenant, request.method, request.target):
        message = f"This {KEY} was used with another tenant, URL or method. A different call needs another key."
        raise Refused([general(Category.RULE, message)], 422)
    return Answer(found.status, found.body, found.headers)


def keep(
    transaction: Transaction, key: str | None, request: Request, tenant: str, now: datetime, answer: Answer
) -> None:
    """Have the answer replayed to calls with the same key."""
    if key is not None:
        transaction.keep(
            KeptAnswer(
                key=key,
                tenant=tenant,
                method=request.method,
                target=request.target,
                status=answer.status,
                headers=answer.headers,
                body=answer.body,
                at=now,
            )
        )
