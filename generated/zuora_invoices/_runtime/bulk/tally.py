"""Counts of a run, from which its progress is told."""

from __future__ import annotations

import time
from collections import Counter, deque
from typing import TYPE_CHECKING, Any, Final

from ..events import LOGGER
from .progress import BulkProgress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .part import BulkPart

_WINDOW: Final = 30.0  # seconds over which speed is measured
_POINTS: Final = 300


class Tally:
    """How many elements have which outcome, and how fast that goes."""

    def __init__(self, total: int | None, told: Callable[[BulkProgress], object] | None) -> None:
        self._total = total
        self._told = told
        self._began = time.monotonic()
        self._counts: Counter[str] = Counter()
        self._new = 0
        self._open = 0
        """How many were told as unknown, and are under way for the next run."""
        self._points: deque[tuple[float, int]] = deque([(self._began, 0)], maxlen=_POINTS)
        self._under_way = 0
        self._workers = 0
        self.is_new = False
        """Something was counted of which the caller has not been told."""

    def add(self, parts: Iterable[BulkPart[Any, Any]]) -> None:
        """Count parts."""
        for one in parts:
            self._counts[one.outcome] += 1
            self._new += not one.earlier
            self._open += one.outcome == "unknown" and one.key_expires is not None
            self.is_new = True

    def set(self, *, under_way: int, workers: int) -> None:
        """Say how many elements are under way by the journal, and how many requests may be."""
        self._under_way, self._workers = under_way - self._open, workers
        self._points.append((time.monotonic(), self._new))

    def tell(self) -> None:
        """Tell the caller's function; what it raises does not fail the run."""
        self.is_new = False
        if self._told is not None:
            try:
                self._told(self.progress())
            except Exception:  # noqa: BLE001 - as a hook that fails fails no call
                LOGGER.exception("a function for the progress of a run failed")

    def progress(self) -> BulkProgress:
        """How far the run has come."""
        now, counts = time.monotonic(), self._counts
        since, before = next((one for one in self._points if one[0] > now - _WINDOW), (now, self._new))
        speed = (self._new - before) / (now - since) if now > since else 0.0
        left = None if self._total is None else max(0, self._total - counts.total())
        return BulkProgress(
            total=self._total,
            done=counts["created"],
            rejected=counts["rejected"],
            invalid=counts["invalid"],
            unknown=counts["unknown"],
            under_way=self._under_way,
            elapsed=now - self._began,
            per_second=speed,
            seconds_left=left / speed if left and speed else (0.0 if left == 0 else None),
            workers=self._workers,
        )
