"""The sandbox's time: the machine's own, or one that is frozen or moved."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta


class Clock:
    """Tells the time in UTC. Freeze it, move it, let it run on; threads may share it.

    It stands `at` a moment, which is in UTC if it has no zone, or by default goes with the machine.
    """

    def __init__(self, at: datetime | None = None) -> None:
        self._lock = threading.Lock()
        self._offset = timedelta()
        self._frozen = self._first = None if at is None else _in_utc(at)

    def now(self) -> datetime:
        """The present moment, with its zone."""
        with self._lock:
            return self._frozen if self._frozen is not None else datetime.now(UTC) + self._offset

    def timestamp(self) -> float:
        """The present moment in seconds since 1970."""
        return self.now().timestamp()

    def freeze(self, at: datetime | None = None) -> None:
        """Stand still, now or at some moment; one without a zone is in UTC."""
        moment = self.now() if at is None else _in_utc(at)
        with self._lock:
            self._frozen = moment

    def move(self, by: timedelta | float) -> None:
        """Go forwards or, with a negative time, back; a number is of seconds. A frozen clock stays frozen."""
        step = by if isinstance(by, timedelta) else timedelta(seconds=by)
        with self._lock:
            if self._frozen is None:
                self._offset += step
            else:
                self._frozen += step

    def run(self) -> None:
        """Go on from the moment at which the clock stands."""
        with self._lock:
            if self._frozen is not None:
                self._offset = self._frozen - datetime.now(UTC)
                self._frozen = None

    def reset(self) -> None:
        """Tell the time as at first."""
        with self._lock:
            self._frozen = self._first
            self._offset = timedelta()

    @property
    def frozen(self) -> bool:
        """Whether it stands still."""
        return self._frozen is not None

    @staticmethod
    def monotonic() -> float:
        """Seconds for measuring how long something takes, which freezing does not stop."""
        return time.perf_counter()


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
