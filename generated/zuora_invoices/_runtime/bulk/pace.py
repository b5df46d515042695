"""How many requests may be under way: fewer while the server says that there are too many, more once it takes them.

What grows by one for each full round of successes, and is halved when there were too many, finds what a server takes
(as congestion control does). What answers tell of limits bounds it besides. Pure: time is an argument.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..operation import LimitHeaders

_TOO_MANY: Final = 429
_LONGEST: Final = 3600.0  # seconds that an answer can ask to wait


class Seen(Struct, frozen=True):
    """An answer, as far as it tells of limits: when it came, and to a request that began when."""

    at: float
    began: float
    status: int
    headers: Mapping[str, str]


class Pace:
    """The number of requests that may be under way, and from when on the next may begin."""

    def __init__(self, workers: int, rate: float | None, named: LimitHeaders | None) -> None:
        self._workers = workers
        self._interval = 1 / rate if rate is not None else 0.0
        self._named = named
        self._window = float(workers)
        self._most = workers
        self._cut = float("-inf")
        self._next = float("-inf")

    @property
    def workers(self) -> int:
        """How many may be under way."""
        return max(1, min(int(self._window), self._most))

    def wait(self, now: float, busy: int) -> float | None:
        """Seconds until another may begin, with so many under way; `None` if one of these has to end first."""
        return None if busy >= self.workers else max(0.0, self._next - now)

    def started(self, now: float) -> None:
        """Say that one begins."""
        self._next = max(self._next, now + self._interval)

    def hold(self, until: float) -> None:
        """Let none begin before a moment."""
        self._next = max(self._next, until)

    def see(self, answer: Seen) -> None:
        """Take account of an answer."""
        self._look_at_headers(answer)
        if answer.status == _TOO_MANY:
            if answer.began >= self._cut:  # else it is of the crowd for which the number was halved already
                self._window = max(1.0, self._window / 2)
                self._cut = answer.at
        elif answer.status < 500:
            self._window = min(float(self._workers), self._window + 1 / self._window)

    def _look_at_headers(self, answer: Seen) -> None:
        if self._named is None:
            return
        names, headers = self._named, answer.headers
        remaining, reset = _number(headers, names.remaining), _number(headers, names.reset)
        if remaining is not None and reset is not None:
            if remaining < 1:
                self.hold(answer.at + min(reset, _LONGEST))
            elif remaining < self._workers:
                self._window = min(self._window, max(1.0, remaining))
        limit, left = _number(headers, names.concurrency_limit), _number(headers, names.concurrency_remaining)
        if limit is not None:
            self._most = max(1, min(self._workers, int(limit)))
        if left is not None and left < 1:
            self._window = max(1.0, self._window - 1)


def _number(headers: Mapping[str, str], name: str | None) -> float | None:
    try:
        number = float(headers[name or ""].partition(",")[0])
    except (KeyError, ValueError):
        return None
    return number if 0 <= number < float("inf") else None
