"""How often and how much at once: quotas over a minute, an hour and a day, and places for requests under way.

A window begins with its first request and ends after its length, or when the clock goes back before it: what is counted
is one number a window, whatever comes. Each process counts for itself. Quotas and places are one file, as they are the
`limits` of a tenant.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final, TypeAlias

from zuora_invoices_sandbox.refusal import Category, Refused, general

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from zuora_invoices_sandbox.clock import Clock
    from zuora_invoices_sandbox.tenant.model import Tenant

HeaderLines: TypeAlias = tuple[tuple[str, str], ...]

_MINUTE: Final = timedelta(minutes=1)
_SECOND: Final = timedelta(seconds=1)
_PEERS: Final = 1_000


@dataclass(frozen=True, slots=True)
class _Quota:
    """What a window has room for: `reset` is in whole seconds, rounded up, so that whoever waits them is admitted."""

    limit: int
    remaining: int
    reset: int


@dataclass(slots=True)
class _Window:
    """One quota; its user holds a lock."""

    limit: int
    length: timedelta
    began: datetime | None = None
    used: int = 0

    def quota(self, now: datetime) -> _Quota:
        """The room there is; a window that is over is emptied."""
        if self.began is not None and not timedelta() <= now - self.began < self.length:
            self.clear()
        left = self.length if self.began is None else self.length - (now - self.began)
        return _Quota(self.limit, self.limit - self.used, -(-left // _SECOND))

    def count(self, now: datetime) -> None:
        """One more request, for which `quota` had room at this moment."""
        self.began = self.began or now
        self.used += 1

    def clear(self) -> None:
        """Forget what was counted."""
        self.began = None
        self.used = 0


class Limits:
    """The limits of a tenant; threads may share them."""

    def __init__(self, tenant: Tenant, clock: Clock) -> None:
        limits = tenant.limits
        self._clock = clock
        self._lock = threading.Lock()
        self._windows = (
            _Window(limits.per_minute, _MINUTE),
            _Window(limits.per_hour, timedelta(hours=1)),
            _Window(limits.per_day, timedelta(days=1)),
        )
        self._type = limits.concurrency.type
        self._places = limits.concurrency.limit
        self._under_way = 0

    def admit(self) -> None:
        """Count one request in every window; one that is refused counts in none.

        Raises:
            Refused: 429, category 70, with `Retry-After`, as a quota is used up.
        """
        now = self._clock.now()
        with self._lock:
            nearest = self._nearest(now)
            if nearest.remaining > 0:
                for window in self._windows:
                    window.count(now)
                return
        raise Refused(
            [general(Category.LIMIT, f"The quota of {nearest.limit} requests is used up for {nearest.reset} seconds.")],
            429,
            (("Retry-After", str(nearest.reset)),),
        )

    def headers(self) -> HeaderLines:
        """The three `RateLimit-*` as things stand: they belong on every answer, refusals included."""
        now = self._clock.now()
        with self._lock:
            nearest = self._nearest(now)
        return (
            ("RateLimit-Limit", str(nearest.limit)),
            ("RateLimit-Remaining", str(nearest.remaining)),
            ("RateLimit-Reset", str(nearest.reset)),
        )

    @contextmanager
    def place(self) -> Iterator[HeaderLines]:
        """A place among the requests under way, while the block runs; gives the three `Concurrency-Limit-*`.

        Raises:
            Refused: 429, category 70, with the same three, as there is no place left.
        """
        with self._lock:
            left = self._places - self._under_way
            if left > 0:
                self._under_way += 1
        if left <= 0:
            text = f"{self._places} requests are under way, and there may be no more at once."
            raise Refused([general(Category.LIMIT, text)], 429, self._concurrency(0))
        try:
            yield self._concurrency(left - 1)
        finally:
            with self._lock:
                self._under_way -= 1

    def reset(self) -> None:
        """Forget what was counted; requests under way keep their places."""
        with self._lock:
            for window in self._windows:
                window.clear()

    def _nearest(self, now: datetime) -> _Quota:
        # Of two that are used up, the one that lasts longer says how long to wait.
        return min((window.quota(now) for window in self._windows), key=lambda quota: (quota.remaining, -quota.reset))

    def _concurrency(self, remaining: int) -> HeaderLines:
        return (
            ("Concurrency-Limit-Type", self._type),
            ("Concurrency-Limit-Limit", str(self._places)),
            ("Concurrency-Limit-Remaining", str(remaining)),
        )


class PeerLimits:
    """So many requests a minute from each address; threads may share it.

    Of more than 1,000 addresses the ones that were not heard of for longest are forgotten.
    """

    def __init__(self, per_minute: int, clock: Clock) -> None:
        self._limit = per_minute
        self._clock = clock
        self._lock = threading.Lock()
        self._windows: dict[str, _Window] = {}

    def admit(self, peer: str) -> int:
        """Count one request; gives 0, or the seconds after which there is room again."""
        now = self._clock.now()
        with self._lock:
            window = self._windows.pop(peer, None) or _Window(self._limit, _MINUTE)
            self._windows[peer] = window  # at the end of the line, as the one heard of last
            if len(self._windows) > _PEERS:
                del self._windows[next(iter(self._windows))]
            quota = window.quota(now)
            if quota.remaining > 0:
                window.count(now)
                return 0
            return quota.reset

    def reset(self) -> None:
        """Forget what was counted."""
        with self._lock:
            self._windows.clear()

    def __len__(self) -> int:
        return len(self._windows)
